"""A clock that notes what it is compared with, so that one knows for how long an answer holds.

What is owed depends on the clock only through comparisons: with a deadline, with the end of a month.  Between the
nearest moments on either side with which the time was compared an answer stays what it is.  A watched time is a day or
a time like any other, so the rules that are asked know nothing of it; whatever takes it apart in another way than by a
comparison (its digits, a count of days) makes the answer one of that day, or of that minute.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from aftercare.plain.moments import Moment, shifted, start_of

_DAY = timedelta(days=1)
_NONE = timedelta()


class Span(NamedTuple):
    """When an answer holds: strictly between two moments, or at the one moment that both are."""

    after: Moment
    before: Moment

    def holds(self, now: Moment) -> bool:
        """Whether an answer that was given in this span is the answer *now*; all are days, or all are times."""
        return self.after < now < self.before or self.after == now == self.before


class Watch:
    """What one time was compared with so far; ``now`` is that time, to be handed to the rules."""

    def __init__(self, now: Moment) -> None:
        self._now = now
        self._after: Moment = type(now).min
        self._before: Moment = type(now).max
        self.now: Moment = _watched(self, now, _NONE)

    @property
    def span(self) -> Span:
        """How long what was answered by this time holds."""
        return Span(self._after, self._before)

    def note(self, at: Moment) -> None:
        """From this moment on, or after it, another answer may begin; it is of the same sort as the time itself."""
        if at <= self._now:
            self._after = max(self._after, at)
        if at >= self._now:
            self._before = min(self._before, at)
        if self._now in {self._after, self._before}:
            self._after = self._before = self._now

    def note_days(self, first: date, last: date, offset: timedelta) -> None:
        """All days from *first* to *last* are alike, for a day that lies *offset* after the time; others are not."""
        if isinstance(self._now, datetime):
            self.note(shifted(start_of(first), -offset))
            self.note(shifted(start_of(shifted(last, _DAY)), -offset))
        else:
            self.note(shifted(first, -offset - _DAY))
            self.note(shifted(last, _DAY - offset))


def _watched(watch: Watch, plain: Moment, offset: timedelta) -> Moment:
    """A moment, which lies *offset* after the watched time, as one that notes what it is compared with."""
    made: _Day | _Time
    if isinstance(plain, datetime):
        made = _Time(*plain.timetuple()[:6], plain.microsecond)
    else:
        made = _Day(plain.year, plain.month, plain.day)
    made.watch, made.plain, made.offset = watch, plain, offset
    return made


_QUIET = frozenset(
    {"watch", "plain", "offset", "date", "year", "month", "_compared", "_said", "_as_added", "__class__", "__dict__"}
)
"""What of a watched moment can be asked for without saying all of it."""


class _Noting:
    """What a watched day and a watched time have in common; it stands before ``date`` or ``datetime``."""

    watch: Watch
    plain: Any
    offset: timedelta

    def __getattribute__(self, name: str) -> Any:
        """A part of the moment, or what is reckoned from its parts: whoever has it may know the whole."""
        if name not in _QUIET:
            object.__getattribute__(self, "_said")()
        return object.__getattribute__(self, name)

    def __lt__(self, other: Any) -> bool:
        self._compared(other)
        return bool(self.plain < other)

    def __le__(self, other: Any) -> bool:
        self._compared(other)
        return bool(self.plain <= other)

    def __gt__(self, other: Any) -> bool:
        self._compared(other)
        return bool(self.plain > other)

    def __ge__(self, other: Any) -> bool:
        self._compared(other)
        return bool(self.plain >= other)

    def __eq__(self, other: object) -> bool:
        self._compared(other)
        return bool(self.plain == other)

    def __hash__(self) -> int:
        self._said()
        return hash(self.plain)

    def __add__(self, by: timedelta) -> Any:
        try:
            return _watched(self.watch, self.plain + by, self.offset + self._as_added(by))
        except OverflowError:  # it is beyond the calendar, where another time may not be
            self._said()
            raise

    def __radd__(self, by: timedelta) -> Any:
        return self + by

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self + -other
        self._said()
        return self.plain - other

    def __rsub__(self, other: Any) -> Any:
        self._said()
        return other - self.plain

    def __str__(self) -> str:
        self._said()
        return str(self.plain)

    def __format__(self, form: str) -> str:
        self._said()
        return format(self.plain, form)

    @property
    def year(self) -> int:
        """The year, which is the same for all its days."""
        year: int = self.plain.year
        self.watch.note_days(date(year, 1, 1), date(year, 12, 31), self.offset)
        return year

    @property
    def month(self) -> int:
        """The month of the year."""
        day = self.plain
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day.year < date.max.year else date.max
        self.watch.note_days(date(day.year, day.month, 1), shifted(following, -_DAY), self.offset)
        month: int = day.month
        return month

    def __repr__(self) -> str:
        self._said()
        return repr(self.plain)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """A copy is of one time, and watches nothing."""
        self._said()
        return self.plain.__reduce_ex__(protocol)

    def replace(self, *parts: Any, **named: Any) -> Any:
        """Another moment, made of what is known of this one."""
        return self.plain.replace(*parts, **named)

    def _as_added(self, by: timedelta) -> timedelta:
        """How much later it is by so much."""
        return by

    def _compared(self, other: object) -> None:
        """Note with what it is compared."""
        raise NotImplementedError

    def _said(self) -> None:
        """Note that all of it is known."""
        raise NotImplementedError


class _Day(_Noting, date):
    """The day of a watched time, or one that lies so many days from it."""

    def _compared(self, other: object) -> None:
        if isinstance(other, date) and not isinstance(other, datetime):
            day = date(other.year, other.month, other.day)
            self.watch.note_days(day, day, self.offset)
        else:
            self._said()

    def _said(self) -> None:
        self.watch.note_days(self.plain, self.plain, self.offset)

    def _as_added(self, by: timedelta) -> timedelta:
        return timedelta(days=by.days)  # hours do not make another day of it


class _Time(_Noting, datetime):
    """A watched time, or one that lies so much later."""

    def _compared(self, other: object) -> None:
        if isinstance(other, datetime):
            self.watch.note(shifted(other, -self.offset))
        else:
            self._said()

    def _said(self) -> None:
        self.watch.note(shifted(self.plain, -self.offset))

    def date(self) -> Any:
        """Its day."""
        return _watched(self.watch, self.plain.date(), self.offset)
