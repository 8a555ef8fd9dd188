"""Delays that nobody told of: of installations, repairs and spoken words, told by a move or by word beforehand."""

from __future__ import annotations

import pytest

from aftercare.answers.breaches.delays import is_told
from aftercare.answers.breaches.finding import Scope
from aftercare.answers.ledger import ledger_of
from aftercare.answers.lines import lines_of
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.breaches.service import STANDARD, TO_INSTALL, UNIT, codes, found
from tests.answers.shop import COOLER, record
from tests.answers.watched import Watched

SOLD = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]", told=TO_INSTALL)
WORK = record("IN26-0001", technician="ST26-0001")
UNTOLD = f"{UNIT}/install/untold-delay"
SAID = {"words": "回电话", "due": "2026-03-05T18:00", "binds": "told"}
LAW = """
id: law
issuer: statute
in_force: {from: 2020-01-01}
checked_on: 2026-11-22
title: {en: Law, zh: 法}
sources: {A: {what: a, where: a, sure: verified}}
plans:
- {id: mend, title: {en: Mended, zh: 修好}, category: goods, after: taken_in, what: finish_repair, step: finish-repair,
   channel: counter, due: {2020-01-01: [{days: 30}]}, cite: [A]}
duties:
- {id: tell, duty: tell_repair_delays, category: goods, title: {en: Told, zh: 告知}, cite: [A]}
"""


def _untold(*records: str, now: str = "2026-03-05") -> list[str]:
    return [breach for breach in codes(*records, now=now) if breach.endswith("untold-delay")]


def _word(**fields: str) -> str:
    usual = {"purpose": "information", "at": "2026-03-04T17:59", "about": f"[{UNIT}]"}
    return record("VI26-0001", **usual | fields)


def test_an_installation_of_whose_delay_nobody_told() -> None:
    """Due on the 4th at six: on the 4th nothing is to be found, on the 5th it is."""
    assert _untold(SOLD, WORK, now="2026-03-04T23:00") == []
    assert _untold(SOLD, WORK) == [UNTOLD]
    breach = found(SOLD, WORK, now="2026-03-05")[UNTOLD]
    assert (breach.record, breach.promise, breach.person) == ("IN26-0001", f"{UNIT}/install", "ST26-0001")
    signed = record("IN26-0001", signed="{by: a, at: 2026-03-06}")
    assert _untold(SOLD, signed, now="2026-03-07") == [UNTOLD]


def test_the_lines_are_not_walked_for_each_promise() -> None:
    """For a customer who bought for years `check` and `score` walked all that was ever sold for every late promise."""
    sales = [record(f"SA26-{number:04}", items=f"[{{product: {COOLER}}}]", told=TO_INSTALL) for number in range(1, 9)]
    shelf, rules, now = shop.shelf(*sales), shop.rules(STANDARD), parse("2026-04-01")
    ledger = ledger_of(shelf, rules, now)
    affairs = ledger.affairs[shop.BUYER]
    lines = Watched(lines_of(affairs, rules))
    scope = Scope(affairs, lines, {one.id: one for one in ledger.to[shop.BUYER]}, rules, {}, now)
    late = [promise for promise in scope.promises.values() if promise.what == "install"]
    assert [is_told(scope, promise) for promise in late] == [False] * 8
    assert all(scope.category_of(promise.draft.subject) == "air_conditioner" for promise in late)
    assert lines.walks == 1


@pytest.mark.parametrize("about", [UNIT, "SA26-0001", "IN26-0001"])
def test_word_in_time_about_any_of_its_subjects_is_enough(about: str) -> None:
    """The unit, the sale, the installation itself."""
    assert _untold(SOLD, WORK, _word(about=f"[{about}]")) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2026-03-04T18:01"},
        {"outcome": "no_answer"},
        {"purpose": "advice"},
        {"about": f"[{COOLER}]"},
    ],
)
def test_word_too_late_or_to_nobody_or_of_something_else_is_none(change: dict[str, str]) -> None:
    """A minute after the time broke, nobody reached, another purpose, another subject."""
    assert _untold(SOLD, WORK, _word(**change)) == [UNTOLD]


def test_word_of_the_first_time_is_none_of_the_second() -> None:
    """What was told before a promise was made was about something else."""
    once = record("IN26-0001", technician="ST26-0001", signed="{by: a, at: 2026-03-04T12:00}")
    again = record("IN26-0002", technician="ST26-0001", arranged_on="2026-06-01", install="{by: 2026-06-05}")
    early, late = _word(at="2026-05-31"), _word(at="2026-06-05")
    assert _untold(SOLD, once, again, early, now="2026-06-06") == [f"{UNIT}/install.2/untold-delay"]
    assert _untold(SOLD, once, again, late, now="2026-06-06") == []


@pytest.mark.parametrize(
    ("asked_by", "on", "expected"),
    [
        ("shop", "2026-03-04", []),
        ("shop", "2026-03-05", [UNTOLD]),
        ("customer", "2026-03-04", [UNTOLD]),
    ],
)
def test_a_later_time_that_we_asked_for_is_word_of_it(asked_by: str, on: str, expected: list[str]) -> None:
    """Though the customer did not agree; asked for after the time it mends nothing."""
    move = f"[{{to: 2026-03-08, asked_by: {asked_by}, agreed: no, on: {on}}}]"
    assert _untold(SOLD, record("IN26-0001", moved=move)) == expected
    assert _untold(SOLD, WORK, record("PM26-0001", of=f"{UNIT}/install", moved=move)) == expected


def test_who_was_told_who_comes_was_not_told_that_they_come_later() -> None:
    """What a plan asks to be told is no word of a delay."""
    plan = """
id: ours
issuer: shop
title: 告知
plans:
- {id: coming, title: 上门, category: goods, after: arranged, what: information, step: tell-coming, channel: phone,
   due: {2020-01-01: [{days: 0}]}, ahead: {days: 1}}
duties:
- {id: tell, duty: tell_installation_delays, category: goods, title: 告知}
"""
    sold = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]", told="{install: {by: 2026-03-06T18:00}}")
    call = _word(at="2026-03-05", about="[IN26-0001]", keeps="[IN26-0001/tell-coming.1]")
    late = {"now": "2026-03-07", "pack": plan}
    assert list(found(sold, WORK, call, **late)) == [UNTOLD]
    assert list(found(sold, WORK, _word(at="2026-03-06", about="[IN26-0001]"), **late)) == []


def test_a_spoken_word_that_is_late() -> None:
    """From the day after on, kept by then or not; told by a move, or by word about the promise or what it is about."""
    assert _untold(record("PM26-0001", **SAID)) == []
    late = record("PM26-0001", **SAID)
    assert _untold(late, now="2026-03-06") == ["PM26-0001/untold-delay"]
    assert _untold(late, _word(about="[PM26-0001]", at="2026-03-05"), now="2026-03-06") == []
    about = record("PM26-0001", **SAID, about=f"[{UNIT}]")
    assert _untold(record("SA26-0001"), about, _word(at="2026-03-05"), now="2026-03-06") == []
    moved = record("PM26-0001", **SAID, moved="[{to: 2026-03-07, asked_by: shop, agreed: no, on: 2026-03-05}]")
    assert _untold(moved, now="2026-03-06") == []
    assert _untold(record("PM26-0001", **SAID | {"binds": "plan"}), now="2026-03-06") == []


def test_a_repair_by_law_of_whose_delay_nobody_told() -> None:
    """Thirty days from 1 August are over on the 31st; told on that day is told in time."""
    sold = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]")
    claim = record("CL26-0001", reported_on="2026-08-01", repairs="[{in: 2026-08-01}]")
    breach = "CL26-0001/finish-repair.1/untold-delay"
    assert list(found(sold, claim, now="2026-08-31", pack=LAW)) == []
    by_id = found(sold, claim, now="2026-09-01", pack=LAW)
    assert {key: (one.record, one.path, one.line) for key, one in by_id.items()} == {
        breach: ("CL26-0001", ("repairs", 0), "law/tell")
    }
    told = _word(at="2026-08-31", about="[CL26-0001]")
    assert list(found(sold, claim, told, now="2026-09-01", pack=LAW)) == []


def test_one_apology_is_for_the_delay_and_the_silence() -> None:
    """They are one thing to apologise for."""
    sorry = record("PM26-0001", of=f"{UNIT}/install", apologised="{at: 2026-03-06}")
    assert {f"{UNIT}/late-installation", UNTOLD} <= set(codes(SOLD, WORK, now="2026-03-05"))
    assert codes(SOLD, WORK, sorry, now="2026-03-06T12:00") == []


def test_packing_has_no_time_of_its_own() -> None:
    """Its time is the delivery's, of which the customer hears."""
    item = f"[{{product: {COOLER}, packing: {{wanted: 礼品包装, done_at: 2026-03-09}}}}]"
    assert _untold(record("SA26-0001", items=item), now="2026-03-10") == []
