"""Periods: what lies in one, and which is the one before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.period import EVER, Period, month_of, months_back
from aftercare.plain.moments import parse

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
FIRSTS = st.builds(date, st.integers(1900, 2100), st.integers(1, 12), st.just(1))


def _period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2028-03-01", "2028-03-31", ("2028-02-01", "2028-02-29")),
        ("2028-02-01", "2028-02-29", ("2028-01-01", "2028-01-31")),
        ("2026-01-01", "2026-01-31", ("2025-12-01", "2025-12-31")),
        ("2026-07-01", "2026-09-30", ("2026-04-01", "2026-06-30")),
        ("2026-01-01", "2026-03-31", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2025-01-01", "2026-12-31", ("2023-01-01", "2024-12-31")),
        ("2025-11-01", "2026-02-28", ("2025-07-01", "2025-10-31")),
    ],
)
def test_before_whole_months_are_as_many_months(first: str, last: str, expected: tuple[str, str]) -> None:
    """A month, a quarter, a year, or any span of them, however many days each has."""
    assert _period(first, last).before() == _period(*expected)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-10", "2026-03-10", ("2026-03-09", "2026-03-09")),
        ("2026-03-02", "2026-03-08", ("2026-02-23", "2026-03-01")),
        ("2026-03-01", "2026-03-30", ("2026-01-30", "2026-02-28")),
        ("2026-03-02", "2026-03-31", ("2026-01-31", "2026-03-01")),
        ("2028-02-01", "2028-02-28", ("2028-01-04", "2028-01-31")),
        ("2028-02-29", "2028-02-29", ("2028-02-28", "2028-02-28")),
        ("2028-03-01", "2028-03-01", ("2028-02-29", "2028-02-29")),
        ("2026-01-01", "2026-01-01", ("2025-12-31", "2025-12-31")),
    ],
)
def test_before_any_other_span_are_as_many_days(first: str, last: str, expected: tuple[str, str]) -> None:
    """A day short of a month is no month: in a leap year, the 28th of February is not its end."""
    assert _period(first, last).before() == _period(*expected)


@pytest.mark.parametrize(
    "period",
    [
        EVER,
        Period(date(2026, 1, 1), date.max),
        Period(date.min, date(2026, 1, 31)),
        Period(date(1, 1, 2), date(1, 1, 3)),
        Period(date(1, 2, 1), date(1, 3, 31)),
        Period(date(1, 7, 1), date(2, 6, 30)),
        Period(date(2, 1, 1), date(9999, 12, 30)),
    ],
)
def test_before_what_has_no_beginning_or_no_end_is_nothing(period: Period) -> None:
    """Nor is there anything before the calendar; none of it is an error."""
    assert period.before() is None


def test_before_the_second_month_of_the_calendar_is_the_first() -> None:
    """Year 1 begins in January."""
    assert Period(date(1, 2, 1), date(1, 2, 28)).before() == Period(date(1, 1, 1), date(1, 1, 31))


@given(DAYS, st.integers(0, 800))
def test_the_period_before_ends_the_day_before(first: date, length: int) -> None:
    """Nothing lies between the two, and nothing in both."""
    period = Period(first, first + timedelta(days=length))
    before = period.before()
    assert before is not None
    assert before.last == first - timedelta(days=1)
    assert before.first <= before.last


@given(FIRSTS, st.integers(1, 30))
def test_whole_months_before_whole_months_are_as_many(first: date, count: int) -> None:
    """So that a quarter is compared with a quarter, and the one before the one before follows on."""
    months = list(months_back(first, count))
    before = Period(months[0].first, months[-1].last).before()
    assert before is not None
    earlier = list(months_back(before.last, count))
    assert before == Period(earlier[0].first, earlier[-1].last)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2026-02-28", False),
        ("2026-02-28T23:59", False),
        ("2026-03-01", True),
        ("2026-03-01T00:00", True),
        ("2026-03-31", True),
        ("2026-03-31T23:59:59", True),
        ("2026-04-01T00:00", False),
    ],
)
def test_both_ends_belong_to_it_whatever_the_hour(moment: str, holds: bool) -> None:
    """The last day is over at midnight."""
    assert _period("2026-03-01", "2026-03-31").holds(parse(moment)) is holds


def test_all_time_holds_every_day_and_is_open() -> None:
    """So is what has only one end."""
    assert all(EVER.holds(day) for day in (date.min, date(2028, 2, 29), date.max, datetime(9999, 12, 31, 23, 59)))
    assert EVER.is_open
    assert Period(date(2026, 1, 1), date.max).is_open
    assert not _period("2026-01-01", "2026-12-31").is_open


@pytest.mark.parametrize("year", [1, 9999])
def test_a_period_at_the_edge_of_the_calendar_is_open(year: int) -> None:
    """Nothing lies beyond, so that it is what an end left open is: nobody has records of either year."""
    assert Period(date(year, 1, 1), date(year, 12, 31)).is_open


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-01", "2026-12-31", (324, 365)),
        ("2026-11-20", "2026-11-21", (1, 2)),
        ("2026-11-01", "2026-11-20", None),
        ("2026-11-20", "2026-11-20", None),
        ("2026-11-21", "2026-11-30", None),
        ("2028-01-01", "2028-12-31", None),
        ("2026-01-01", "9999-12-31", None),
    ],
)
def test_how_much_of_a_period_is_over(first: str, last: str, expected: tuple[int, int] | None) -> None:
    """By 20 November, that day included; of what is over, has not begun or never ends there is nothing to say."""
    assert _period(first, last).over(date(2026, 11, 20)) == expected


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (date(2026, 3, 9), "2026-03"),
        (datetime(2026, 12, 31, 23, 59), "2026-12"),
        (date(1, 2, 3), "0001-02"),
        (date(9999, 12, 31), "9999-12"),
    ],
)
def test_a_month_is_written_so_that_months_sort(moment: date, month: str) -> None:
    """With four figures of the year, in the first centuries too."""
    assert month_of(moment) == month


@given(DAYS, st.integers(1, 40))
def test_months_back_are_whole_and_follow_each_other(last: date, count: int) -> None:
    """The earliest first, each from its first day to its last, up to the month that the day falls in."""
    months = list(months_back(last, count))
    assert len(months) == count
    assert months[-1].holds(last)
    for one, other in pairwise(months):
        assert (one.first.day, one.last + timedelta(days=1)) == (1, other.first)
        assert other.before() == one
