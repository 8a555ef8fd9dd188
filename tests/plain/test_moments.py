"""Moments: what a day, an hour and a length of time mean."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.moments import (
    Moment,
    Span,
    add_months,
    day_of,
    days_between,
    end_of,
    in_order,
    is_late,
    iso,
    parse,
    start_of,
)

# Within two days of the first of a month: month ends, 29 February and year ends come up in every run.
DAYS = st.builds(
    lambda year, month, off: date(year, month, 1) + timedelta(days=off),
    st.integers(1931, 2098),
    st.sampled_from([1, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    st.integers(-2, 2),
)
CLOCK = st.builds(time, st.sampled_from([0, 9, 12, 23]), st.sampled_from([0, 1, 30, 59]), st.sampled_from([0, 59]))
TIMES = st.builds(datetime.combine, DAYS, CLOCK)
MOMENTS: st.SearchStrategy[Moment] = st.one_of(DAYS, TIMES)


@given(MOMENTS)
def test_what_is_written_reads_back(moment: Moment) -> None:
    """Every moment is read back as it was, a day as a day and a time as a time."""
    again = parse(iso(moment))
    assert again == moment
    assert isinstance(again, datetime) is isinstance(moment, datetime)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2026-03-04T18:00", datetime(2026, 3, 4, 18)),
        ("2026-03-04 18:00", datetime(2026, 3, 4, 18)),
        ("2026-03-04T18:00:30", datetime(2026, 3, 4, 18, 0, 30)),
    ],
)
def test_iso_is_read(text: str, moment: Moment) -> None:
    """A day, and a time after ``T`` or a space, to the minute or to the second."""
    assert parse(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-3-4",
        "2026/03/04",
        "20260304",
        "2026-W10-3",
        "2026-03",
        "2026-02-29",
        "2026-13-01",
        "0000-01-01",
        "2026-03-04T24:00",
        "2026-03-04T18",
        "2026-03-04T18:60",
        "2026-03-04t18:00",
        "2026-03-04T9:00",
        " 2026-03-04",
        "2026-03-04\n",
        "２０２６-03-04",
        "2026-03-04T18:00Z",
        "2026-03-04T18:00+08:00",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """What is not strictly ISO, does not exist, or has an offset where no zone is known, is no moment."""
    with pytest.raises(ValueError):  # noqa: PT011 - the text is all there is to say
        parse(text)


def test_an_offset_becomes_the_time_of_the_shop() -> None:
    """A time with an offset is the same instant on the shop's clock, be it another day."""
    assert parse("2026-03-04T18:00Z", "Asia/Shanghai") == datetime(2026, 3, 5, 2)
    assert parse("2026-03-04T18:00+08:00", "Asia/Shanghai") == datetime(2026, 3, 4, 18)


def test_a_bare_day_is_the_whole_day() -> None:
    """A day begins at midnight and ends with its last second; a time is itself."""
    day, hour = date(2026, 3, 4), datetime(2026, 3, 4, 18)
    assert (start_of(day), end_of(day)) == (datetime(2026, 3, 4), datetime(2026, 3, 4, 23, 59, 59))
    assert (start_of(hour), end_of(hour), day_of(hour)) == (hour, hour, day)


@pytest.mark.parametrize(
    ("done", "due", "late"),
    [
        (datetime(2026, 3, 4, 23, 59), date(2026, 3, 4), False),
        (datetime(2026, 3, 5), date(2026, 3, 4), True),
        (date(2026, 3, 4), date(2026, 3, 4), False),
        (date(2026, 3, 5), date(2026, 3, 4), True),
        (date(2026, 3, 4), datetime(2026, 3, 4, 9), False),
        (date(2026, 3, 5), datetime(2026, 3, 4, 23, 59), True),
        (datetime(2026, 3, 4, 18), datetime(2026, 3, 4, 18), False),
        (datetime(2026, 3, 4, 18, 0, 1), datetime(2026, 3, 4, 18), True),
    ],
)
def test_in_time_or_late(done: Moment, due: Moment, late: bool) -> None:
    """The hour decides when both sides have one; else the days do, and the deadline's own day is in time."""
    assert is_late(done, due) is late


@given(MOMENTS, MOMENTS)
def test_late_only_after_the_whole_deadline(done: Moment, due: Moment) -> None:
    """What is late began after its deadline began, and nothing is late against itself."""
    assert not is_late(done, done)
    if is_late(done, due):
        assert end_of(done) > start_of(due)
        assert not is_late(due, done)


@given(st.lists(MOMENTS))
def test_days_and_times_sort_together(moments: list[Moment]) -> None:
    """Sorted moments never step back a day, and a bare day comes before the times within it."""
    ordered = sorted(moments, key=in_order)
    for earlier, later in pairwise(ordered):
        assert start_of(earlier) <= start_of(later)
        if day_of(earlier) == day_of(later) and not isinstance(later, datetime):
            assert not isinstance(earlier, datetime)


@given(MOMENTS, MOMENTS)
def test_days_between_counts_calendar_days(first: Moment, second: Moment) -> None:
    """The hour of either side makes no difference, and there and back cancel out."""
    days = days_between(first, second)
    assert day_of(first) + timedelta(days=days) == day_of(second)
    assert days_between(second, first) == -days


@given(DAYS, st.integers(-360, 360))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    """The month counted to is right, and the day is the same one, or the month's last where it is missing."""
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    if moved.day != day.day:
        assert moved.day < day.day
        assert (moved + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_at_their_ends(day: date, months: int, moved: date) -> None:
    """Months end where the calendar says, in leap years and over the turn of the year, forwards and back."""
    assert add_months(day, months) == moved


@pytest.mark.parametrize(
    ("span", "moment", "after"),
    [
        (Span(days=7), date(2026, 2, 25), date(2026, 3, 4)),
        (Span(days=7), datetime(2026, 2, 25, 18), date(2026, 3, 4)),
        (Span(months=1), date(2026, 1, 31), date(2026, 2, 28)),
        (Span(years=1), date(2028, 2, 29), date(2029, 2, 28)),
        (Span(hours=48), datetime(2026, 2, 27, 9, 30), datetime(2026, 3, 1, 9, 30)),
        (Span(hours=24), date(2026, 12, 31), datetime(2027, 1, 1)),
    ],
)
def test_a_span_after_a_moment(span: Span, moment: Moment, after: Moment) -> None:
    """Days, months and years end on a whole day; hours end at an hour, counted from midnight after a bare day."""
    assert span.after(moment) == after
    assert isinstance(span.after(moment), datetime) is isinstance(after, datetime)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_a_longer_span_never_ends_earlier(day: date, months: int, more: int) -> None:
    """A longer promise never falls due before a shorter one of the same unit."""
    assert Span(months=months).after(day) <= Span(months=months + more).after(day)
    assert Span(days=months).after(day) <= Span(days=months + more).after(day)


@pytest.mark.parametrize("span", [Span(days=1), Span(months=1), Span(years=1), Span(hours=48)])
def test_nothing_comes_after_the_last_day(span: Span) -> None:
    """A year typed as 9999 is wrong, but no reason to fail: what would come after the last day is on it."""
    assert span.after(date(9999, 12, 31)) == date(9999, 12, 31)


@given(DAYS, st.integers(0, 400))
def test_so_many_days_before_is_what_so_many_days_after_comes_back_from(day: date, days: int) -> None:
    """Counted in days the way back is the way there."""
    assert Span(days=days).after(Span(days=days).before(day)) == day


@pytest.mark.parametrize(
    ("span", "moment", "before"),
    [
        (Span(months=1), date(2026, 3, 31), date(2026, 2, 28)),
        (Span(years=1), date(2028, 2, 29), date(2027, 2, 28)),
        (Span(days=1), datetime(2026, 3, 1, 9, 0), date(2026, 2, 28)),
        (Span(hours=2), datetime(2026, 3, 1, 1, 0), datetime(2026, 2, 28, 23, 0)),
        (Span(years=1), date.min, date.min),
        (Span(hours=1), date.min, date.min),
    ],
)
def test_a_span_before_a_moment(span: Span, moment: Moment, before: Moment) -> None:
    """Days are whole, months end where their days do, and there is a first day."""
    assert span.before(moment) == before


@given(MOMENTS, st.data())
def test_only_the_one_form_is_read(moment: Moment, data: st.DataObject) -> None:
    """The library reads weeks, days of the year and numbers without strokes too: 2026-W1-1 is no day in a record."""
    text = iso(moment)
    at = data.draw(st.integers(0, len(text)))
    typed = data.draw(st.one_of(st.text("0123456789-:TZ+W ２", max_size=2), st.text(max_size=2)))
    text = text[:at] + typed + text[at + len(typed) :]
    try:
        parse(text)
    except ValueError:
        return
    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?", text)


@pytest.mark.parametrize(
    "text", ["2026-W10-3", "2026-10-W3", "2026-063", "20260304", "２０２６-03-04", "2026-03-0４", "2026-+3-04"]
)
def test_other_forms_are_refused(text: str) -> None:
    """Some of them are as long as a day."""
    with pytest.raises(ValueError, match=re.escape(text)):
        parse(text)
