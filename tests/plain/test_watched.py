"""A clock that notes what it is compared with: whatever is asked of it, the answer is the same all through its span."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from aftercare.plain import moments
from aftercare.plain.moments import Moment
from aftercare.plain.watched import Span, Watch

EDGES = (
    date.min, date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 1, 31),
    date(2026, 12, 31), date(2027, 1, 1), date.max - timedelta(days=1), date.max,
)  # fmt: skip
Question = Callable[[Any], object]


def _days() -> st.SearchStrategy[date]:
    return st.one_of(st.sampled_from(EDGES), st.dates(date(2025, 12, 1), date(2026, 3, 31)), st.dates())


def _times() -> st.SearchStrategy[datetime]:
    near = st.datetimes(datetime(2026, 1, 30), datetime(2026, 3, 2))
    return st.one_of(near, st.datetimes()).map(lambda time: time.replace(second=0, microsecond=0))


def _moments() -> st.SearchStrategy[Moment]:
    return st.one_of(_days(), _times())


def _or_error(ask: Callable[[], object]) -> object:
    """An answer, or what sort of error there was instead."""
    try:
        return ask()
    except (OverflowError, ValueError, TypeError) as error:
        return type(error)


def _compared(other: Moment) -> st.SearchStrategy[Question]:
    """Questions that end in a comparison with another moment, or in some part of the time."""
    whole = moments.day_of(other)
    return st.sampled_from(
        [
            lambda now: moments.day_of(now) < whole,
            lambda now: moments.day_of(now) == whole,
            lambda now: moments.start_of(now) <= moments.start_of(other),
            lambda now: moments.end_of(now) > moments.end_of(other),
            lambda now: moments.is_late(other, now),
            lambda now: moments.is_late(now, other),
            lambda now: moments.in_order(now) < moments.in_order(other),
            lambda now: max(moments.day_of(now), whole) == whole,
            lambda now: sorted([whole, moments.day_of(now)])[0] == whole,
            lambda now: now in {whole, other},
            lambda now: {whole: 1}.get(moments.day_of(now)),
            lambda now: moments.days_between(whole, now),
            lambda now: (moments.day_of(now) - whole).days > 3,
            lambda now: (whole - moments.day_of(now)).days > 3,
            lambda now: moments.day_of(now).year == whole.year,
            lambda now: moments.day_of(now).month in {1, 2, 12},
            lambda now: (moments.day_of(now).year, moments.day_of(now).month, moments.day_of(now).day),
            lambda now: moments.add_months(moments.day_of(now), 1) < whole,
            lambda now: moments.Span(months=1).after(now) > whole,
            lambda now: moments.Span(days=3).before(now) == whole,
            lambda now: f"{now}" < "2026-02",
            lambda now: f"{now:%Y-%m}",
            lambda now: repr(now),
            lambda now: moments.iso(now),
            lambda now: moments.day_of(now).weekday(),
            lambda now: moments.day_of(now).replace(day=1) < whole,
            lambda now: hash(now),
            lambda now: copy.deepcopy(now) < now + timedelta(days=1),
            lambda now: timedelta(days=2) + moments.day_of(now) < whole,
            lambda now: moments.day_of(now) + timedelta(hours=30) <= whole,
            lambda now: moments.start_of(now) - timedelta(hours=30) <= moments.start_of(other),
            lambda now: moments.day_of(moments.start_of(now) + timedelta(hours=5)) + timedelta(hours=5) <= whole,
            lambda now: moments.day_of(now).timetuple()[7] > 60,
            lambda now: pickle.loads(pickle.dumps(now)) == now,  # noqa: S301 - our own
        ]
    )


def _shifted(days: int, hours: int) -> Callable[[Any], Any]:
    def shift(now: Any) -> Any:
        by = timedelta(days=days, hours=hours if isinstance(now, datetime) else 0)
        return moments.shifted(now, by)

    return shift


@settings(max_examples=400)
@given(data=st.data(), now=_moments(), days=st.integers(-40, 40), hours=st.integers(-30, 30))
def test_an_answer_holds_all_through_its_span(data: st.DataObject, now: Moment, days: int, hours: int) -> None:
    """A promise would be called due by a clock for which it is overdue, until its file changes."""
    shift = _shifted(days, hours)
    questions = [data.draw(_compared(data.draw(_moments(), label="other"))) for _ in range(2)]
    watch = Watch(now)
    answers = [_or_error(lambda q=question: q(shift(watch.now))) for question in questions]  # type: ignore[misc]
    assert answers == [_or_error(lambda q=question: q(shift(now))) for question in questions]  # type: ignore[misc]
    assert watch.span.holds(now)
    then = data.draw(_within(watch.span, now), label="then")
    assume(watch.span.holds(then) and MINYEAR < then.year < MAXYEAR)  # at the ends of the calendar sums have no answer
    assert [_or_error(lambda q=question: q(shift(then))) for question in questions] == answers  # type: ignore[misc]


def _within(span: Span, now: Moment) -> st.SearchStrategy[Moment]:
    """Moments that lie in a span, mostly right at its ends."""
    if span.after == span.before:
        return st.just(now)
    step = timedelta(minutes=1) if isinstance(now, datetime) else timedelta(days=1)
    edges = st.sampled_from([span.after + step, span.before - step, now])
    if isinstance(now, datetime):
        after, before = (moments.start_of(one) for one in span)
        within = st.datetimes(after, before).map(lambda time: time.replace(second=0, microsecond=0))
        return st.one_of(edges, within)
    return st.one_of(edges, st.dates(*map(moments.day_of, span)))


@given(now=_moments(), other=_moments())
@example(now=date(2026, 3, 1), other=date(2026, 3, 1))
@example(now=date.max, other=date.max)
@example(now=date.min, other=date.min)
def test_a_watched_time_is_a_time(now: Any, other: Any) -> None:
    """The rules that are asked know nothing of it: it is as long, as early and as equal as the time itself."""
    watched: Any = Watch(now).now
    assert isinstance(watched, type(now))
    assert (watched == other, watched != other, hash(watched)) == (now == other, now != other, hash(now))
    assert (other == watched, str(watched), repr(watched)) == (other == now, str(now), repr(now))
    assert watched.isoformat() == now.isoformat()
    assert copy.copy(watched) == now
    if isinstance(other, datetime) == isinstance(now, datetime):
        mine = (watched < other, watched <= other, other < watched, other <= watched, watched - other)
        plain = (now < other, now <= other, other < now, other <= now, now - other)
        assert mine == plain
        assert other - watched == other - now
    else:
        with pytest.raises(TypeError):
            assert watched < other


def test_what_nobody_asked_holds_for_ever() -> None:
    """A customer of whom no answer hangs on the clock is never reckoned anew for its sake."""
    assert Watch(date(2026, 3, 1)).span == Span(date.min, date.max)
    first, last = datetime.min, datetime.max  # noqa: DTZ901 - the shop's time
    assert Watch(datetime(2026, 3, 1)).span == Span(first, last)


def test_a_deadline_in_the_future_is_the_end_of_the_span() -> None:
    """Until then nothing changes: what is looked at each morning is reckoned once."""
    watch = Watch(datetime(2026, 3, 1, 9))
    assert watch.now < datetime(2026, 3, 5)
    assert moments.day_of(watch.now) >= date(2026, 2, 1)
    assert watch.span == Span(datetime(2026, 2, 2), datetime(2026, 3, 5))
    assert watch.span.holds(datetime(2026, 3, 4, 23, 59))
    assert not watch.span.holds(datetime(2026, 3, 5))


def test_the_month_and_the_year_hold_to_their_ends() -> None:
    """A report of the month does not change within it."""
    watch = Watch(date(2024, 2, 29))
    assert watch.now.month == 2
    assert [watch.span.holds(date(2024, *day)) for day in ((1, 31), (2, 2), (2, 29), (3, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    last = Watch(date(9999, 12, 31))
    assert (last.now.month, last.now.year) == (12, 9999)
    assert last.span.holds(date(9999, 12, 31))


def test_beyond_the_calendar() -> None:
    """In the last days of the year 9999 a deadline is the last day there is, and is not for the days before."""
    watch = Watch(date(9999, 12, 20))
    assert moments.shifted(watch.now, timedelta(days=30)) == date.max
    assert not watch.span.holds(date(9999, 11, 1))
