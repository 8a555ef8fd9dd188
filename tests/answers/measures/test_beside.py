"""A score beside others: by month, its lowest and highest, and its groups with what they were before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aftercare.answers.measures.beside import by_month, extremes, groups
from aftercare.answers.measures.counting import Case
from aftercare.answers.period import Period
from tests.render import scores_made as made

L2 = made.measure("L2", "L2")
CASES = [
    Case("a", date(2026, 1, 5), True, person="ST1"),
    Case("b", date(2026, 1, 6), False, "late", person="ST2"),
    Case("c", date(2026, 2, 5), True, person="ST1"),
    Case("d", date(2026, 3, 5), True),
]


def test_each_month_with_a_case_has_its_own_score() -> None:
    """In the order of the calendar; a month without cases has none."""
    months = by_month(made.score(L2, list(reversed(CASES))))
    assert list(months) == ["2026-01", "2026-02", "2026-03"]
    assert [(one.good, one.of) for one in months.values()] == [(1, 2), (1, 1), (1, 1)]


def test_the_middle_of_days_is_that_of_the_month() -> None:
    """What is no share has months too."""
    days = made.score(made.measure("complaint_days", "L3", "days"), made.amounts("1", "2", "9"))
    assert {month: str(one.value) for month, one in by_month(days).items()} == {"2026-02": "2.0"}


def test_of_equal_months_the_earliest_is_named() -> None:
    """So that an answer does not change with the order of the cases."""
    assert extremes(made.score(L2, CASES)) == ("2026-01", "2026-02")
    assert extremes(made.score(L2, CASES[:2])) is None
    assert extremes(made.score(made.measure("complaint_days", "L3", "days"), CASES)) is None


def test_a_group_stands_beside_its_own_past() -> None:
    """One that had no case in the period before stands beside nothing, and not beside the whole."""
    before = replace(made.score(L2, CASES[:1]), period=Period(date(2025, 10, 1), date(2025, 12, 31)))
    now = made.score(L2, CASES, before=before)
    found = {one.group: one.before for one in groups(now, "person")}
    assert list(found) == ["", "ST1", "ST2"]
    assert {group: one and (one.group, one.of) for group, one in found.items()} == {
        "": ("", 0),
        "ST1": ("ST1", 1),
        "ST2": ("ST2", 0),
    }
    assert [one.before for one in groups(made.score(L2, CASES), "person")] == [None, None, None]


def test_persons_are_never_told_apart_by_what_a_sale_brings() -> None:
    """The measure says so itself."""
    brings = made.measure("L10", "L10", by_person=False)
    assert groups(made.score(brings, CASES), "person") == []
    assert len(groups(made.score(brings, CASES), "channel")) == 1
