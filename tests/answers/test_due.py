"""What is owed on a day, what became due since the last look, and the row that says all about a promise."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from aftercare.answers.due import due, newly_due, row
from aftercare.answers.ledger import Ledger
from aftercare.plain.moments import iso, parse
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, UNIT, ledger, record

DELIVER = f"{UNIT}/deliver"
BOOK = (
    record("SA26-0001", told="{deliver: {from: 2026-03-04T09:00, by: 2026-03-04T18:00}}"),
    record("PM26-0001", due="2026-03-03", words="退押金"),
    record("PM26-0002", due="2026-03-04"),
    record("PM26-0003", due="2026-03-09"),
    record("PM26-0004"),
    record("PM26-0005", due="2026-03-03", kept="{at: 2026-03-03}"),
)


def _at(now: str, *more: str) -> Ledger:
    return ledger(*BOOK, *more, now=now)


def test_due_is_what_is_overdue_or_due_today_the_latest_behind_first() -> None:
    """Neither what is kept nor what waits is due; what has an hour of the day comes by its hour."""
    found = due(_at("2026-03-04"), parse("2026-03-04"))
    assert [p.id for p in found] == ["PM26-0001", "PM26-0002", DELIVER]
    assert [p.id for p in due(_at("2026-03-04"), parse("2026-03-04"), overdue_only=True)] == ["PM26-0001"]


@pytest.mark.parametrize(("days", "last"), [(4, False), (5, True), (6, True)])
def test_within_adds_what_comes_in_that_time(days: int, last: bool) -> None:
    """Waiting promises with a time are added up to the last day, included; those without one never."""
    found = [p.id for p in due(_at("2026-03-04"), parse("2026-03-04"), within=timedelta(days=days))]
    assert ("PM26-0003" in found) is last
    assert "PM26-0004" not in found


def test_a_window_comes_when_it_begins() -> None:
    """What may be done from the 5th on is within a day of the 4th, although it has time until the 9th."""
    sale = record("SA26-0002", told="{deliver: {from: 2026-03-05, by: 2026-03-09}}")
    found = due(_at("2026-03-04", sale), parse("2026-03-04"), within=timedelta(days=1))
    assert "SA26-0002/1/deliver" in {p.id for p in found}


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        ("2026-03-03T23:00", "2026-03-04T08:00", ["PM26-0001", "PM26-0002"]),
        ("2026-03-04T08:00", "2026-03-04T08:30", []),
        ("2026-03-04T08:30", "2026-03-04T09:00", [DELIVER]),
        ("2026-03-04T17:30", "2026-03-04T18:30", [DELIVER]),
        ("2026-03-04T18:30", "2026-03-04T19:30", []),
        ("2026-03-04T23:30", "2026-03-05T00:30", ["PM26-0002"]),
    ],
)
def test_since_says_each_turn_once(since: str, now: str, expected: list[str]) -> None:
    """A promise is news when it becomes due and when it becomes overdue, and in no run between."""
    found = due(_at(now), parse(now))
    new = [p.id for p in newly_due(found, parse(since), parse(now)) if "/call-back" not in p.id]
    assert new == expected


def test_an_hourly_line_tells_every_turn_exactly_once() -> None:
    """Runs an hour apart, each looking an hour back, name what one look at the end names, each turn one time."""
    told = []
    for hour in range(1, 80):
        now = datetime(2026, 3, 2, 12) + timedelta(hours=hour)
        found = due(_at(iso(now)), now)
        told += [p.id for p in newly_due(found, now - timedelta(hours=1), now) if "/call-back" not in p.id]
    assert sorted(told) == sorted(2 * ["PM26-0001", "PM26-0002", DELIVER])


def test_a_row_says_who_to_meet_where_and_how_to_keep_it() -> None:
    """For what is brought the one who receives it; every field is there, without a value too."""
    sale = record(
        "SA26-0001",
        told="{deliver: {by: 2026-03-02}}",
        deliver_to="{name: 王小明, phone: '13800138001', address: 文三路100号}",
    )
    moved = record("DE26-0001", moved="[{to: 2026-03-04, asked_by: shop, agreed: yes}]", person="ST26-0001")
    now = parse("2026-03-06")
    found = ledger(sale, moved, now="2026-03-06")
    promise = found.get(DELIVER)
    assert promise is not None
    said = row(promise, found, now)
    assert said["state"] == "overdue"
    assert (said["first_due"], said["due"], said["overdue_days"]) == ("2026-03-02", "2026-03-04", 2)
    assert (said["moves"], said["moves_by_shop"], said["person"]) == (1, 1, "ST26-0001")
    assert (said["name"], said["phone"], said["address"]) == ("王小明", "13800138001", "文三路100号")
    assert said["keep_with"] == ["aftercare", "delivery", "sign", "DE26-0001", "--by", "王小明"]
    assert said["kept_on"] is None
    assert said["kept_of"] is None


def test_rows_of_every_promise_have_the_same_fields() -> None:
    """A machine reads every row with the same eyes."""
    now = parse("2026-03-20")
    found = ledger(*BOOK, record("CL26-0001", reported_on="2026-03-10"), now="2026-03-20")
    assert len({tuple(row(p, found, now)) for p in found.promises}) == 1


def test_a_part_kept_is_shown_in_its_row() -> None:
    """Seven of ten: still owed, and saying so."""
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 10}}]", told="{deliver: {by: 2026-03-04}}")
    part = record("DE26-0001", items="[{item: 1, qty: 7}]", signed="{by: 王建国, at: 2026-03-03}")
    found = ledger(sale, part, now="2026-03-04")
    promise = found.get(DELIVER)
    assert promise is not None
    said = row(promise, found, parse("2026-03-04"))
    assert (said["state"], said["kept_of"], said["pieces"]) == ("due", "7/10", 10)
    assert said["keep_with"] == ["aftercare", "delivery", "sign", "SA26-0001", "--by", "王建国"]


def test_a_row_reaches_the_customer_as_they_wish() -> None:
    """A customer who prefers messages is not called; a visit at home stays one."""
    wishes = record(BUYER, contact="{by: message}", consent="{quiet: '21:00-09:00'}")
    found = ledger(wishes, record("SA26-0001"), now="2026-03-05")
    promise = found.get(f"{UNIT}/call-back.1")
    assert promise is not None
    said = row(promise, found, parse("2026-03-05"))
    assert (said["channel"], said["quiet"], said["line"]) == ("message", "21:00-09:00", "ours/call-back")


def test_every_open_promise_names_the_command_that_keeps_it() -> None:
    """A spoken one by its id, an apology by what it is for, a claim by a decision, a call by a contact."""
    sale = record(
        "SA26-0001", told="{deliver: {by: 2026-03-04}}", items=f"[{{product: {CHAIR}, packing: {{wanted: 礼盒}}}}]"
    )
    broken = record("PM26-0009", of=DELIVER, broken="{on: 2026-03-05}")
    taken = record("SA26-0002")
    found = ledger(
        sale,
        broken,
        taken,
        record("PM26-0001", due="2026-03-09"),
        record("CL26-0001", unit="SA26-0002/1"),
        now="2026-03-06",
    )
    now = parse("2026-03-06")
    said = {p.id: row(p, found, now)["keep_with"] for p in found.promises}
    assert said["PM26-0001"] == ["aftercare", "promise", "keep", "PM26-0001"]
    assert said[f"{DELIVER}/apology"] == ["aftercare", "promise", "apologise", DELIVER]
    assert said[DELIVER] is None
    assert said[f"{UNIT}/pack"][:3] == ["aftercare", "sale", "set"]
    assert said["CL26-0001/answer.1"][:4] == ["aftercare", "claim", "set", "CL26-0001"]
    call = "SA26-0002/1/call-back.1"
    assert said[call] == ["aftercare", "visit", "add", "--keeps", call, "--outcome", "reached"]


QUESTIONS = """
- {id: asked, title: 答复, category: goods, after: asked,
   what: answer, step: answer, channel: phone, due: {2020-01-01: [{days: 1}]}}
- {id: missed, title: 回电, category: goods, after: missed_call,
   what: answer, step: answer, channel: phone, due: {2020-01-01: [{days: 1}]}}
"""


def test_what_a_contact_left_is_kept_by_another() -> None:
    """A question by one that solves it, a call that nobody took by one that reaches the customer."""
    asked = record("VI26-0001", at="2026-03-05", purpose="advice", question="怎么除湿")
    missed = record("VI26-0002", at="2026-03-05", purpose="other", outcome="missed")
    found = ledger(asked, missed, now="2026-03-06", plans=shop.PLANS + QUESTIONS.lstrip())
    said = {p.id: row(p, found, parse("2026-03-06"))["keep_with"] for p in found.promises}
    visit = ["aftercare", "visit", "add", "--keeps"]
    assert said["VI26-0001/answer.1"] == [*visit, "VI26-0001/answer.1", "--outcome", "reached", "--solved", "yes"]
    assert said["VI26-0002/answer.1"] == [*visit, "VI26-0002/answer.1", "--outcome", "reached"]


def test_a_row_says_what_the_next_contact_should_know() -> None:
    """What was said last and when; what the customer was told and what they complained of, as long as it is open."""
    book = (
        record("SA26-0001"),
        record("WI26-0001", customer=BUYER, said_on="2026-03-03", words="遥控器字太小"),
        record("CO26-0001", customer=BUYER, received_at="2026-03-03", what="没回电话"),
        record("CO26-0002", customer=BUYER, received_at="2026-03-03", what="脏", resolved="[{at: 2026-03-03}]"),
        record("PM26-0001", due="2026-03-09"),
        record("PM26-0002", due="2026-03-03", kept="{at: 2026-03-03}"),
        record("VI26-0001", at="2026-03-03", about=f"[{UNIT}]", purpose="other", heard="[WI26-0001, 很安静]"),
    )
    found = ledger(*book, now="2026-03-05")
    said = {p.id: row(p, found, parse("2026-03-05")) for p in found.promises}
    call = said[f"{UNIT}/call-back.1"]
    assert (call["last_heard"], call["last_heard_on"]) == ("遥控器字太小 (WI26-0001); 很安静", "2026-03-03")
    assert call["also_open"] == ["CO26-0001", "PM26-0001"]
    assert said["PM26-0001"]["also_open"] == ["CO26-0001"]


DEEDS = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: repair, title: 修, category: goods, after: taken_in,
   what: finish_repair, step: finish-repair, channel: counter, due: {2020-01-01: [{days: 30}]}}
- {id: news, title: 告知, category: goods, after: taken_in,
   what: information, step: news, channel: phone, due: {2020-01-01: [{days: 2}]}}
- {id: replace, title: 换, category: goods, after: replace_decided,
   what: replace, step: replace, channel: counter, due: {2020-01-01: [{days: 7}]}}
- {id: refund, title: 退, category: goods, after: refund_decided,
   what: refund, step: refund, channel: counter, due: {2020-01-01: [{days: 7}]}}
- {id: loan, title: 还, category: goods, after: loan_over,
   what: return_loan, step: return-loan, channel: counter, due: {2020-01-01: [{days: 3}]}}
- {id: damage, title: 赔, category: goods, after: damaged,
   what: compensate, step: compensate, channel: counter, due: {2020-01-01: [{days: 7}]}}
"""


def test_what_a_deed_keeps_names_the_command_of_the_deed() -> None:
    """Repairs, exchanges, refunds, loans and damage have verbs of their own; a contact keeps what is to be told."""
    stay = record("CL26-0001", repairs="[{in: 2026-08-06}]", loans="[{thing: 扇, at: 2026-08-06}]")
    exchange = record("CL26-0002", decisions="[{on: 2026-08-06, remedy: replace}]")
    money = record("CL26-0003", decisions="[{on: 2026-08-06, remedy: refund}]")
    hurt = record("DE26-0001", damage="破", signed="{by: 王建国, at: 2026-03-04}")
    spoken = record("PM26-0001", what="refund", due="2026-08-09")
    book = (record("SA26-0001"), stay, exchange, money, hurt, spoken)
    found = ledger(*book, now="2026-08-07", plans=DEEDS)
    said = {p.id: " ".join(row(p, found, parse("2026-08-07"))["keep_with"]) for p in found.promises if p.is_open}
    assert said == {
        "CL26-0001/finish-repair.1": "aftercare claim repair CL26-0001 out",
        "CL26-0001/news.1": "aftercare visit add --keeps CL26-0001/news.1 --outcome reached",
        "CL26-0001/return-loan.1": "aftercare claim take-back CL26-0001",
        "CL26-0002/replace.1": "aftercare claim replace CL26-0002",
        "CL26-0003/refund.1": "aftercare claim refund CL26-0003",
        f"{UNIT}/compensate.1": "aftercare delivery make-good DE26-0001",
        "PM26-0001": "aftercare promise keep PM26-0001",
    }
