"""What is unwise in a pack that can be used all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aftercare.policies.authoring.cases import read_cases
from aftercare.policies.authoring.lint import findings
from aftercare.policies.authoring.trials import Trial, try_all
from aftercare.policies.load import parse, rules, shipped
from aftercare.policies.pack import Pack

_TODAY = date(2026, 11, 22)
_STATUTE = """\
id: x-law
issuer: statute
title: {en: X, zh: 甲}
in_force: {from: 2020-01-01}
country: XX
checked_on: 2026-11-01
sources:
  act: {what: an act, where: somewhere, sure: verified}
counting: {first_day: no, roll: working_day, calendar: CN}
windows:
  w: {from: sold_on, value: {2020-01-01: {days: 7}}, pauses: stay, cite: [act]}
lines:
- {id: fix, title: {en: Fix, zh: 修}, grants: [repair], within: w, cite: {act: "1"}}
"""
_CHILD = """\
id: x-child
issuer: statute
title: {en: Y, zh: 乙}
in_force: {from: 2020-01-01}
country: XX
checked_on: 2026-11-01
extends: x-law
sources:
  order: {what: an order, where: somewhere, sure: verified}
counting: {first_day: no, roll: working_day, calendar: CN}
windows:
  w: {from: sold_on, value: {2020-01-01: {days: 7}}, pauses: stay, cite: [order]}
"""


def _codes(text: str, *others: str, trials: list[Trial] | None = None) -> list[tuple[str, int]]:
    packs = [parse(one.encode(), "x.yaml") for one in (text, *others)]
    return [(fault.code, fault.line) for fault in findings(packs[0], packs, _TODAY, trials or [])]


def test_a_good_pack_is_passed_over_in_silence() -> None:
    """Nothing is said of a pack whose figures have sources, both languages, a calendar and a fresh look."""
    assert _codes(_STATUTE) == []
    assert _codes(_CHILD, _STATUTE) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("pauses: stay, cite: [act]", "pauses: stay", "uncited", 11),
        ("{en: Fix, zh: 修}", "Fix", "untranslated", 13),
        ("title: {en: X, zh: 甲}", "title: X", "untranslated", 3),
        ("checked_on: 2026-11-01", "checked_on: 2025-11-21", "overdue", 6),
        ("calendar: CN", "calendar: ZZ", "no-calendar", 9),
        ("{days: 7}}", "{days: 7}, 2021-01-01: ~, 2022-01-01: {days: 7}}", "gap", 11),
        ("verified}", "verified}\n  more: {what: a note, where: somewhere, sure: secondary}", "unused", 9),
        (
            "roll: working_day, calendar: CN}\nwindows:\n  w: {from: sold_on, value: {2020-01-01: {days",
            "roll: none}\nwindows:\n  w: {from: sold_on, value: {2020-01-01: {workdays",
            "no-calendar",
            11,
        ),
    ],
)
def test_each_finding_stands_at_its_line(old: str, new: str, code: str, line: int) -> None:
    """One thing that is unwise is one finding."""
    assert old in _STATUTE
    assert _codes(_STATUTE.replace(old, new)) == [(code, line)]


def test_the_last_good_day_of_a_review() -> None:
    """A year is within the year; the day after is overdue."""
    for day, found in (("2025-11-22", []), ("2025-11-21", [("overdue", 6)])):
        assert _codes(_STATUTE.replace("2026-11-01", day)) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{days: 7}", "{days: 6}"),
        (", pauses: stay", ""),
        ("pauses: stay", "pauses: stay, roll: none"),
        ("pauses: stay", "pauses: stay, meter: {odometer_km: 100}"),
    ],
)
def test_a_child_that_gives_less_says_why(old: str, new: str) -> None:
    """Shorter, without pauses, ending on a day off, or sooner by a meter: all of it must be meant."""
    child = _CHILD.replace(old, new)
    assert _codes(child, _STATUTE) == [("narrower", 12)]
    said = child.replace("cite: [order]", "narrower: {en: so it says, zh: 原文如此}, cite: [order]")
    assert _codes(said, _STATUTE) == []


@pytest.mark.parametrize("longer", ["{days: 8}", "{months: 1}", "{years: 1}"])
def test_a_child_that_gives_more_need_say_nothing(longer: str) -> None:
    """A longer period of whatever unit."""
    assert _codes(_CHILD.replace("{days: 7}", longer), _STATUTE) == []


def test_a_child_without_restart() -> None:
    """A replacement began the parent's window anew."""
    parent = _STATUTE.replace("pauses: stay", "pauses: stay, restarts: replacement")
    assert _codes(_CHILD, parent) == [("narrower", 12)]


def test_a_gap_between_two_rules_for_the_same_goods() -> None:
    """Days on which neither holds; a rule that follows at once leaves none."""
    table = "goods:\n  car: {}\n"
    first = _STATUTE.replace("{from: 2020-01-01}", "{from: 2020-01-01, to: 2021-12-31}") + table
    for since, found in (("2022-01-01", []), ("2022-01-02", [("gap", 4)])):
        then = _STATUTE.replace("x-law", "x-then").replace("2020-01-01", since) + table
        assert _codes(first, then) == found


_OURS = """\
id: ours
issuer: shop
title: 本店承诺
country: CN
counting: {first_day: no, roll: none}
windows:
  our_days: {from: sold_on, value: {2020-01-01: {days: DAYS}}}
lines:
- {id: back, title: 退货, grants: [refund], when: {category: refrigerator}, within: our_days}
"""


@pytest.mark.parametrize(("days", "found"), [("6", [("dead", 9)]), ("30", [])])
def test_a_promise_that_the_law_beats_is_empty(days: str, found: list[tuple[str, int]]) -> None:
    """Six days where the law gives seven; thirty days are a promise."""
    theirs = rules([("ours.yaml", _OURS.replace("DAYS", days).encode())], country="CN", region="").packs
    own = next(pack for pack in theirs if pack.id == "ours")
    assert [(fault.code, fault.line) for fault in findings(own, theirs, _TODAY)] == found


_CASES = """\
cases:
- id: A
  law: x-law
  today: 2026-01-08
  facts: {sold_on: 2026-01-01, fault_on: 2026-01-08}
  expect: {remedies: {repair: open}}
- id: B
  law: x-law
  today: 2026-01-09
  facts: {sold_on: 2026-01-01, fault_on: 2026-01-09}
  expect: {remedies: {repair: closed}}
- id: C
  law: x-law
  today: 2026-01-09
  facts: {sold_on: 2026-01-01}
  expect: {remedies: {repair: ask}}
"""


def _trials(pack: Pack, without: str) -> list[Trial]:
    cases = [case for case in read_cases(_CASES.encode(), "c.yaml").cases if case.id != without]
    trials, faults = try_all(cases, [pack])
    assert faults == []
    assert [trial.state for trial in trials] == ["passed"] * len(trials)
    return trials


@pytest.mark.parametrize(
    ("without", "found"),
    [
        ("", []),
        ("A", [("untested", 11), ("untested", 13)]),
        ("B", [("untested", 11), ("untested", 13)]),
        ("C", [("untested", 13)]),
    ],
)
def test_what_cases_leave_untried(without: str, found: list[tuple[str, int]]) -> None:
    """A line is to be granted, refused and asked about, a window to be tried on both sides of its last good day."""
    pack = parse(_STATUTE.encode(), "x.yaml")
    assert _codes(_STATUTE, trials=_trials(pack, without)) == found


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.id)
def test_nothing_is_unwise_in_what_ships(pack: Pack) -> None:
    """The packs that come with the program are an example to others."""
    assert findings(replace(pack), shipped(), _TODAY) == []
