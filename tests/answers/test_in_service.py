"""The time that faults are counted against: unit-months by calendar days, in months and batches that add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.by_age import by_age
from aftercare.answers.in_service import InService, by_batch, fault_rate, stays
from aftercare.answers.observed import Left, Noted, Observed, Sold
from aftercare.plain.moments import add_months
from aftercare.records.claim import Replaced
from tests.answers.books import moments_near
from tests.answers.shop import COOLER

UNIT = "SA26-0001/1"
EDGE = date(2026, 2, 28)
LAST = date(2026, 12, 31)


def _sold(pieces: int = 1, on: date = date(2026, 1, 1), retired: date | None = None) -> dict[str, Sold]:
    return {UNIT: Sold(UNIT, COOLER, "W1", pieces, on, retired)}


def _months(file: Observed, first: date, last: date) -> float:
    return InService(stays(file)).unit_months(first, last)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-01", "2026-01-31", 2.0),
        ("2026-02-01", "2026-02-28", 2.0),
        ("2026-01-01", "2026-12-31", 24.0),
        ("2026-03-01", "2026-03-01", 2 / 31),
        ("2025-01-01", "2026-01-15", 2 * 15 / 31),
        ("2025-01-01", "2025-12-31", 0.0),
        ("2026-03-02", "2026-03-01", 0.0),
    ],
)
def test_a_piece_through_a_month_is_a_unit_month(first: str, last: str, expected: float) -> None:
    """February is as good a month as March; a day is its month's share; before the sale there is nothing."""
    found = _months(Observed(_sold(2)), date.fromisoformat(first), date.fromisoformat(last))
    assert found == pytest.approx(expected, abs=1e-6)


def test_the_day_of_the_sale_counts_and_the_day_it_left_does_not() -> None:
    """One of two pieces comes back on the eleventh: ten days of it count, and no piece comes back twice."""
    march = date(2026, 3, 1), date(2026, 3, 31)
    gone = [Left(UNIT, 1, date(2026, 3, 11))]
    assert _months(Observed(_sold(2, march[0]), gone), *march) == pytest.approx(1 + 10 / 31, abs=1e-6)
    twice = Observed(_sold(2, march[0]), [*gone, Left(UNIT, 5, date(2026, 3, 21))])
    assert _months(twice, *march) == pytest.approx(30 / 31, abs=1e-6)
    assert _months(twice, date(2026, 4, 1), LAST) == 0


def test_what_went_out_of_use_is_in_service_no_more() -> None:
    """A thing on the scrap heap does not fail: counting it as sound would make the goods look better than they are."""
    file = Observed(_sold(1, retired=date(2026, 2, 1)))
    assert _months(file, date.min, LAST) == 1.0


def test_what_left_before_it_was_sold_was_never_in_service() -> None:
    """A book may hold a return that is dated before its sale; it takes nothing from other units."""
    assert _months(Observed(_sold(), [Left(UNIT, 1, date(2025, 12, 1))]), date.min, LAST) == 0


def test_after_an_exchange_the_time_is_of_the_new_batch() -> None:
    """The faults that follow are the new batch's; without its time that batch would have faults of nothing."""
    new = Replaced.model_validate({"on": date(2026, 1, 31), "batch": "W9"})
    file = Observed(_sold(), exchanged={UNIT: [new]})
    assert [(one.batch, one.since, one.until) for one in by_batch(file)] == [
        ("W1", date(2026, 1, 1), date(2026, 2, 1)),
        ("W9", date(2026, 2, 1), None),
    ]
    assert InService(by_batch(file)).unit_months(date.min, LAST) == _months(file, date.min, LAST) == 12


@st.composite
def files(draw: st.DrawFn) -> Observed:
    """Lines sold around the end of a month, some of which left, failed, were exchanged or went out of use."""
    days = moments_near(EDGE).map(lambda moment: date(moment.year, moment.month, moment.day))
    sold = {}
    for number in range(draw(st.integers(1, 5))):
        unit = f"SA26-{number:04}/1"
        retired = draw(st.none() | days)
        sold[unit] = Sold(unit, COOLER, "W1", draw(st.integers(1, 4)), draw(days), retired)
    units = st.sampled_from(sorted(sold))
    left = [Left(unit, draw(st.integers(1, 5)), draw(days)) for unit in draw(st.lists(units, max_size=4))]
    noted = [Noted("fault", "CL26-0001", draw(days), COOLER, unit) for unit in draw(st.lists(units, max_size=6))]
    exchanged = {
        unit: [Replaced.model_validate({"on": draw(days), "batch": "W9"})]
        for unit in draw(st.lists(units, max_size=2, unique=True))
    }
    return Observed(sold, left, noted, exchanged=exchanged)


def _day_by_day(file: Observed, first: date, last: date) -> float:
    """The unit-months as anybody would count them: each day, each piece that is there."""
    total = 0.0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        there = 0
        for line in file.sold.values():
            if line.on <= day and not (line.retired and line.retired <= day):
                gone = sum(one.pieces for one in file.left if one.unit == line.unit and one.on <= day)
                there += max(line.pieces - gone, 0)
        total += there / (add_months(day.replace(day=1), 1) - day.replace(day=1)).days
    return total


@settings(max_examples=60)
@given(file=files(), ends=st.tuples(st.integers(-40, 40), st.integers(-40, 40)))
def test_it_is_what_a_count_of_every_day_makes(file: Observed, ends: Sequence[int]) -> None:
    """However the time is added up, by batches or not, it is that of each piece on each day."""
    first, last = (EDGE + timedelta(days=days) for days in sorted(ends))
    expected = _day_by_day(file, first, last)
    assert _months(file, first, last) == pytest.approx(expected, abs=1e-5)
    assert InService(by_batch(file)).unit_months(first, last) == pytest.approx(expected, abs=1e-5)


def test_a_rate_says_how_far_chance_may_reach() -> None:
    """Five faults in a thousand unit-months are half a fault in a hundred, and may well be a sixth or more than one."""
    rate = fault_rate(5, 1000)
    assert rate is not None
    assert [round(figure, 2) for figure in rate] == [0.5, 0.16, 1.17]
    none = fault_rate(0, 100)
    assert none is not None
    assert [round(figure, 2) for figure in none] == [0, 0, 3.69]
    assert fault_rate(1, 0.99) is None


def test_months_of_life_are_counted_from_the_sale() -> None:
    """Sold at the end of January, the first month of life ends with February; two of three pieces reach the second."""
    sold = _sold(3, date(2026, 1, 31))
    days = (date(2026, 1, 30), date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 30), date(2026, 3, 31))
    noted = [Noted("fault", "CL26-0001", day, COOLER, UNIT) for day in days]
    file = Observed(sold, [Left(UNIT, 1, date(2026, 2, 14))], noted)
    assert by_age(file, date.min, date(2026, 3, 31)) == [
        (0, 2, 3, 2.5),
        (1, 2, 2, 2.0),
        (2, 1, 2, pytest.approx(2 / 30, abs=1e-6)),
        (None, 5, 3, pytest.approx(4.5 + 2 / 30, abs=1e-6)),
    ]


def test_a_period_holds_the_months_of_life_that_fell_into_it() -> None:
    """In March a thing sold in January was in its third month; what it did before is not of March."""
    file = Observed(_sold(), [], [Noted("fault", "CL26-0001", date(2026, 1, 5), COOLER, UNIT)])
    march = by_age(file, date(2026, 3, 1), date(2026, 3, 31))
    assert march == [(0, 0, 0, 0.0), (1, 0, 0, 0.0), (2, 0, 1, 1.0), (None, 0, 1, 1.0)]
    assert by_age(Observed(), date.min, LAST) == [(None, 0, 0, 0.0)]


@settings(max_examples=60)
@given(file=files(), days=st.integers(-40, 60))
def test_the_months_of_life_hold_every_fault_once(file: Observed, days: int) -> None:
    """None is lost or counted twice, and nobody reaches a month whom the one before did not have."""
    last = EDGE + timedelta(days=days)
    *lines, total = by_age(file, date.min, last)
    assert total.faults == sum(one.faults for one in lines) == sum(one.on <= last for one in file.noted)
    assert all(later.reached <= earlier.reached for earlier, later in pairwise(lines))
    assert all(one.unit_months <= one.reached for one in lines)


def test_the_end_of_the_calendar_is_an_end_like_any_other() -> None:
    """What is sold on its last days makes no month that does not exist."""
    file = Observed(_sold(1, date(9999, 12, 30)))
    assert by_age(file, date.min, date.max)[-1].reached == 1
    assert _months(file, date.min, date.max) == pytest.approx(2 / 31, abs=1e-6)
