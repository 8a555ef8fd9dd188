"""What contacts leave to be done, and what was said in them that the next one should know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.at_home import units_named
from aftercare.answers.contacts import is_to_be_answered, is_unanswered, last_time, spoken
from aftercare.answers.ledger import ledger_of
from aftercare.plain.moments import Moment, iso, parse
from aftercare.plain.opening import opening
from aftercare.records.complaint import Complaint
from aftercare.records.visit import Visit
from tests.answers.shop import BUYER, CHAIR, COOLER, PLANS, UNIT, deadline, promises, record, rules, shelf, states

LEFT = """
- id: asked
  title: 答复提问
  category: goods
  after: asked
  what: answer
  step: answer
  channel: phone
  due: {2020-01-01: [{days: 1}]}
- id: missed
  title: 回未接来电
  category: goods
  after: missed_call
  what: answer
  step: answer
  channel: phone
  due: {2020-01-01: [{days: 1}]}
  retry: {attempts: 3, again: {days: 1}}
- id: again
  title: 再教一次
  category: air_conditioner
  after: not_understood
  what: training
  step: training
  channel: home
  due: {2020-01-01: [{days: 7}]}
"""
OURS = PLANS + LEFT.lstrip("\n")
SALE = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}, {{product: {CHAIR}, taken: yes}}]")
ASKED = "VI26-0001/answer.1"
EDGES = (date(2028, 2, 28), date(2026, 2, 28), date(2026, 12, 31), date(2026, 3, 31))


def _contact(number: int, at: str, **more: str) -> str:
    return record(f"VI26-{number:04}", **{"about": f"[{UNIT}]", "at": at, "purpose": "advice"} | more)


def _question(**more: str) -> str:
    return _contact(1, "2026-03-05T10:00", **{"question": "怎么除湿"} | more)


def _affairs(*records: str) -> Affairs:
    return affairs_of(shelf(*records))[BUYER]


@pytest.mark.parametrize(
    ("fields", "open_"),
    [
        ({}, True),
        ({"solved": "no", "advice": "开窗"}, True),
        ({"solved": "handed_on"}, True),
        ({"advice": "按除湿键"}, False),
        ({"solved": "yes"}, False),
        ({"purpose": "call_back"}, True),
        ({"question": "", "solved": "no"}, False),
        ({"outcome": "no_answer"}, False),
        ({"outcome": "missed"}, False),
    ],
)
def test_a_question_is_open_without_an_answer_or_where_that_did_not_help(fields: dict[str, str], open_: bool) -> None:
    """Whatever the contact was for; a question that nobody wrote down cannot be answered."""
    book = shelf(SALE, _question(**fields))
    assert [is_to_be_answered(visit) for visit in book.of(Visit)] == [open_]


@pytest.mark.parametrize(
    ("now", "state"), [("2026-03-05", "waiting"), ("2026-03-06", "due"), ("2026-03-07", "overdue")]
)
def test_an_answer_is_owed_by_the_next_day(now: str, state: str) -> None:
    """The last good day is not late, the day after is."""
    assert states(SALE, _question(), now=now, plans=OURS)[ASKED] == state


@given(st.sampled_from(EDGES), st.integers(-2, 2), st.sampled_from([None, time(0, 0), time(10, 30), time(23, 59)]))
def test_the_day_after_is_the_next_one_of_the_calendar(edge: date, off: int, hour: time | None) -> None:
    """At the ends of months and years and in a leap year, with an hour or without."""
    day = edge + timedelta(days=off)
    at: Moment = datetime.combine(day, hour) if hour else day
    found = promises(_contact(1, iso(at), question="怎么除湿", about=""), now=iso(day), plans=OURS)
    assert deadline(found[ASKED]) == (day + timedelta(days=1)).isoformat()


def test_a_promise_of_an_answer_says_what_was_asked_and_who_took_it_down() -> None:
    """About the goods of the contact; what was handed on is nobody's yet."""
    draft = promises(SALE, _question(by="ST26-0009"), now="2026-03-05", plans=OURS)[ASKED].draft
    assert (draft.words, draft.about, draft.product, draft.person) == ("怎么除湿", (UNIT,), COOLER, "ST26-0009")
    handed_on = promises(SALE, _question(by="ST26-0009", solved="handed_on"), now="2026-03-05", plans=OURS)[ASKED]
    assert handed_on.person == ""


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"solved": "yes"}, "kept"),
        ({"solved": "yes", "about": "[SA26-0001]"}, "kept"),
        ({"solved": "no"}, "due"),
        ({}, "due"),
        ({"solved": "yes", "about": "[SA26-0001/2]"}, "due"),
        ({"solved": "yes", "purpose": "call_back"}, "due"),
        ({"solved": "yes", "at": "2026-03-05T09:00"}, "due"),
        ({"purpose": "other", "keeps": f"[{ASKED}]"}, "kept"),
        ({"purpose": "other", "keeps": f"[{ASKED}]", "outcome": "missed"}, "due"),
    ],
)
def test_a_question_is_answered_by_name_or_by_solving_one_about_the_same(fields: dict[str, str], state: str) -> None:
    """Later, by a word of advice that helped; an unsolved one, other goods and an earlier contact answer nothing."""
    later = _contact(2, **{"at": "2026-03-06T09:00"} | fields)
    assert states(SALE, _question(), later, now="2026-03-06", plans=OURS)[ASKED] == state


def test_a_call_that_nobody_took_is_answered_by_the_next_word() -> None:
    """By advice of ours, or when the customer comes or calls again, whatever it is about; not by any call of ours."""
    missed = _contact(1, "2026-03-05T22:40", about="", channel="hotline", purpose="other", outcome="missed")
    for fields, state in (
        ({"purpose": "advice"}, "kept"),
        ({"purpose": "other", "incoming": "yes"}, "kept"),
        ({"purpose": "other"}, "due"),
        ({"purpose": "other", "incoming": "yes", "outcome": "missed"}, "due"),
    ):
        found = states(SALE, missed, _contact(2, "2026-03-06T09:00", **fields), now="2026-03-06", plans=OURS)
        assert found[ASKED] == state, fields


@pytest.mark.parametrize(
    ("at", "by", "from_"),
    [
        ("2026-03-06T08:29", "2026-03-06", "2026-03-06T08:30"),
        ("2026-03-06T08:30", "2026-03-09", None),
        ("2026-03-06T17:59", "2026-03-09", None),
        ("2026-03-06T18:00", "2026-03-09", "2026-03-09T08:30"),
        ("2026-03-07T10:00", "2026-03-09", "2026-03-09T08:30"),
        ("2026-03-05T12:00", "2026-03-06", None),
    ],
)
def test_a_call_while_the_shop_is_closed_is_for_its_next_opening(at: str, by: str, from_: str | None) -> None:
    """Open on weekdays from 8:30 to 18:00; in its hours the plan counts, which never ends on a closed day."""
    hours = opening([*["8:30-18:00"] * 5, "closed", "closed"], [])
    missed = _contact(1, at, about="", channel="hotline", purpose="other", outcome="missed")
    found = ledger_of(shelf(missed), replace(rules(OURS), opening=hours), parse(at)).get(ASKED)
    assert found is not None
    assert found.due is not None
    assert (iso(found.due.by), iso(found.due.from_) if found.due.from_ else None) == (by, from_)


def test_a_call_that_nobody_took_is_tried_three_times() -> None:
    """Called back in vain it comes up again; after the last attempt it is given up."""
    missed = _contact(1, "2026-03-05T22:40", about="", channel="hotline", purpose="other", outcome="missed")
    tries = [_contact(day, f"2026-03-0{day + 4}", about="", outcome="no_answer") for day in (2, 3, 4)]
    assert deadline(promises(missed, *tries[:1], now="2026-03-06", plans=OURS)[ASKED]) == "2026-03-07"
    assert states(missed, *tries, now="2026-03-08", plans=OURS)[ASKED] == "void"


@pytest.mark.parametrize(("understood", "is_owed"), [("yes", False), ("partly", True), ("no", True), ("", False)])
def test_what_was_not_understood_is_trained_again(understood: str, is_owed: bool) -> None:
    """Of goods of the plan's category; the next training about them keeps it, and not the one that it follows."""
    first = _contact(1, "2026-03-05", purpose="training", understood=understood, note="不会调风速")
    found = promises(SALE, first, now="2026-03-06", plans=OURS)
    assert ("VI26-0001/training.1" in found) is is_owed
    if is_owed:
        promise = found["VI26-0001/training.1"]
        assert (deadline(promise), promise.draft.words) == ("2026-03-12", "不会调风速")
        second = _contact(2, "2026-03-08", purpose="training", understood="yes")
        assert states(SALE, first, second, now="2026-03-08", plans=OURS)[promise.id] == "kept"
    chair = _contact(1, "2026-03-05", purpose="training", understood="no", about="[SA26-0001/2]")
    assert "VI26-0001/training.1" not in promises(SALE, chair, now="2026-03-06", plans=OURS)


def test_nothing_is_owed_for_contacts_before_the_opening_day() -> None:
    """The plans are the shop's own."""
    assert ASKED not in promises(SALE, _question(), now="2026-03-06", plans=OURS, begins_on="2026-03-06")
    assert ASKED in promises(SALE, _question(), now="2026-03-06", plans=OURS, begins_on="2026-03-05")


@pytest.mark.parametrize(
    ("reference", "units"),
    [
        ("SA26-0001", ["SA26-0001/1", "SA26-0001/2"]),
        ("SA26-0001/2/call-back.1", ["SA26-0001/2"]),
        ("CL26-0001/answer.1", [UNIT]),
        ("DE26-0001", ["SA26-0001/2"]),
        ("VI26-0001/answer.1", [UNIT]),
        ("CO26-0001", ["SA26-0001/2"]),
        ("SA26-0001/9", []),
        ("PR26-0001", []),
    ],
)
def test_an_id_means_the_goods_behind_it(reference: str, units: list[str]) -> None:
    """A sale all its lines, a claim its unit, a work its lines, a contact and a complaint what they were about."""
    book = (
        SALE,
        record("CL26-0001"),
        record("DE26-0001", items="[2]"),
        _question(keeps="[VI26-0001/answer.1]"),
        record("CO26-0001", customer=BUYER, about="[SA26-0001/2]", received_at="2026-03-05", what="椅子晃"),
    )
    assert units_named(_affairs(*book), [reference], rules()) == units


def test_what_was_said_last_about_the_same_thing_comes_first() -> None:
    """In words, with the id of what became a record; our own promise is nothing that the customer said."""
    affairs = _affairs(
        SALE,
        record("WI26-0001", customer=BUYER, said_on="2026-03-04", words="遥控器字太小"),
        record("PM26-0001", words="寄滤网", due="2026-03-09"),
        _contact(1, "2026-03-04", heard="[声音小, WI26-0001, PM26-0001]"),
        _contact(2, "2026-03-05", about="[SA26-0001/2]", heard="[坐着舒服]"),
        _contact(3, "2026-03-06", heard="[PM26-0001]"),
        _contact(4, "2026-03-07"),
    )
    said = spoken(affairs, rules())
    assert [one.visit for one in said] == ["VI26-0001", "VI26-0002"]
    about_cooler = last_time(said, [UNIT])
    assert about_cooler is not None
    assert about_cooler.words == ["声音小", "遥控器字太小 (WI26-0001)"]
    elsewhere = last_time(said, ["SA26-0009/1"])
    assert elsewhere is not None
    assert elsewhere.visit == "VI26-0002"
    assert last_time(said[:1], [UNIT], but="VI26-0001") is None


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({}, True),
        ({"answers": "[{at: 2026-03-06, says: 换新}]"}, False),
        ({"resolved": "[{at: 2026-03-05}]"}, False),
        ({"answers": "[{at: 2026-03-06, says: 换新}]", "reopened": "[{at: 2026-03-09}]"}, True),
        ({"answers": "[{at: 2026-03-10, says: 换新}]", "reopened": "[{at: 2026-03-09}]"}, False),
        ({"withdrawn": "{on: 2026-03-06}"}, False),
    ],
)
def test_a_complaint_waits_until_it_is_answered(fields: dict[str, str], waits: bool) -> None:
    """From when it came in, or came back."""
    book = shelf(record("CO26-0001", customer=BUYER, received_at="2026-03-05", what="没来", **fields))
    assert [is_unanswered(complaint) for complaint in book.of(Complaint)] == [waits]
