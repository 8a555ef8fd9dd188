"""When a shop is open: what its texts say, and the days and times that follow from them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.moments import day_of, in_order
from aftercare.plain.opening import ALWAYS, Closed, Hours, Opening, closed, hours, opening

MORNING, AFTERNOON = Hours(8 * 60 + 30, 12 * 60), Hours(13 * 60 + 30, 18 * 60)
_HOURS = st.sampled_from(["closed", "8:30-18:00", "8:30-12:00, 13:30-18:00", "0:00-24:00"])
_DAYS = st.dates(date(2024, 2, 20), date(2024, 3, 20))
_SHUT = st.tuples(_DAYS, st.integers(0, 9)).map(lambda span: f"{span[0]}..{span[0] + timedelta(days=span[1])}")
OPENINGS = st.builds(
    opening, st.lists(_HOURS, min_size=7, max_size=7).filter(lambda week: set(week) != {"closed"}), st.lists(_SHUT)
)
"""Weeks with an open day, and spans of closed days around 29 February."""
MOMENTS = st.datetimes(datetime(2024, 2, 20), datetime(2024, 3, 20))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8:30-18:00", (Hours(510, 1080),)),
        ("8:30-12:00, 13:30-18:00", (MORNING, AFTERNOON)),
        ("08:30–12:00，13:30 - 18:00", (MORNING, AFTERNOON)),
        ("0:00-24:00", (Hours(0, 1440),)),
        ("closed", ()),
        ("Closed", ()),
    ],
)
def test_hours_are_one_span_or_several(text: str, expected: tuple[Hours, ...]) -> None:
    """Breaks are left out; nothing is open on a closed day; the day may end at midnight."""
    assert hours(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8-18",
        "18:00-8:30",
        "8:30-8:30",
        "8:30-24:01",
        "8:60-9:00",
        "9:00-12:00, 11:00-18:00",
        "open",
        "8:30-18:00,",
    ],
)
def test_hours_that_are_none_are_refused(text: str) -> None:
    """A time that ends before it begins, overlaps another or does not exist is no hours."""
    with pytest.raises(ValueError):  # noqa: PT011 - the error holds the text alone
        hours(text)


def test_closed_days_are_one_or_a_span() -> None:
    """Both ends of a span are closed."""
    assert closed("2026-02-17") == Closed(date(2026, 2, 17), date(2026, 2, 17))
    assert closed("2026-10-01..2026-10-07") == Closed(date(2026, 10, 1), date(2026, 10, 7))


@pytest.mark.parametrize("text", ["2026-02-30", "2026-10-07..2026-10-01", "10-01", "2026-10-01.."])
def test_closed_days_that_are_none_are_refused(text: str) -> None:
    """A day that does not exist, or a span that ends before it begins."""
    with pytest.raises(ValueError):  # noqa: PT011 - the error holds the text alone
        closed(text)


def test_the_shop_is_open_from_the_first_minute_and_not_at_the_last() -> None:
    """At 18:00 it is closed; at noon, between two spans, too."""
    shop = Opening(((MORNING, AFTERNOON),) * 7)
    day = datetime(2026, 3, 2)
    found = [shop.is_open(day + timedelta(hours=hour)) for hour in (8, 8.5, 11.99, 12, 13.5, 17.99, 18)]
    assert found == [False, True, True, False, True, True, False]
    assert shop.next_opening(day + timedelta(hours=12)) == day + timedelta(hours=13.5)
    assert shop.next_opening(day + timedelta(hours=18)) == day + timedelta(hours=32.5)


def test_who_says_nothing_is_always_open() -> None:
    """Nothing is put off then."""
    for moment in (date(2026, 3, 1), datetime(2026, 3, 1, 23, 59, 59), date.max, datetime(9999, 12, 31, 23, 59)):
        assert ALWAYS.is_open(moment)
        assert ALWAYS.next_opening(moment) == ALWAYS.put_off(moment) == moment


def test_the_calendar_may_end_before_the_shop_opens() -> None:
    """Then the day stays as it is."""
    shut = Opening(((MORNING,),) * 7, (Closed(date(9999, 12, 1), date.max),))
    assert shut.open_day(date(9999, 12, 5)) == date(9999, 12, 5)
    assert shut.next_opening(datetime(9999, 12, 31, 9)) == datetime(9999, 12, 31, 9)


@given(OPENINGS, _DAYS)
def test_the_next_open_day_is_open_and_none_before_it_is(shop: Opening, day: date) -> None:
    """From the day itself on; and it is an open day for itself."""
    found = shop.open_day(day)
    assert found >= day
    assert shop.is_open(found)
    assert not any(shop.is_open(day + timedelta(days=n)) for n in range((found - day).days))
    assert shop.open_day(found) == found


@given(OPENINGS, _DAYS, st.integers(0, 40))
def test_the_last_open_day_is_open_and_none_after_it_is(shop: Opening, day: date, reach: int) -> None:
    """Not before the first day that is allowed; where there is none, none."""
    first = day - timedelta(days=reach)
    found = shop.open_day_by(day, first)
    later = (first + timedelta(days=n) for n in range(reach + 1) if found is None or first + timedelta(days=n) > found)
    assert not any(map(shop.is_open, later))
    assert found is None or (first <= found <= day and shop.is_open(found))


@given(OPENINGS, MOMENTS)
def test_the_next_opening_is_open_and_no_minute_before_it_is(shop: Opening, moment: datetime) -> None:
    """A moment while the shop is open is its own; looked at minute by minute there is no earlier one."""
    found = shop.next_opening(moment)
    assert isinstance(found, datetime)
    assert shop.is_open(found)
    assert (found == moment) == shop.is_open(moment)
    between = range(0, int((found - moment).total_seconds() // 60), 7)
    assert not any(shop.is_open(moment + timedelta(minutes=n)) for n in between)


@given(OPENINGS, st.one_of(_DAYS, MOMENTS))
def test_what_is_put_off_falls_on_an_open_day(shop: Opening, moment: date) -> None:
    """Never earlier, and not at all where its day is open."""
    found = shop.put_off(moment)
    assert shop.is_open(day_of(found))
    assert in_order(found) >= in_order(moment)
    assert (found == moment) or not shop.is_open(day_of(moment))
