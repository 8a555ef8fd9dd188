"""When a shop is open: its hours on each day of the week, and the days on which it is closed all the same.

A shop that says nothing of it is always open, so that nothing is put off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from aftercare.plain.moments import Moment, at_minute, day_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHUT = "closed"
_CLOCK = r"([01]?\d|2[0-4]):([0-5]\d)"
_HOURS = re.compile(rf"{_CLOCK}\s*[-–]\s*{_CLOCK}", re.ASCII)
_APART = re.compile(r"\s*[,，、]\s*")
_DAY = r"(\d{4}-\d{2}-\d{2})"
_DAYS = re.compile(rf"{_DAY}(?:\.\.{_DAY})?", re.ASCII)
_MIDNIGHT = 24 * 60
_A_DAY = timedelta(days=1)


class Hours(NamedTuple):
    """A time of one day, in minutes from midnight; the shop is open at ``start`` and closed again at ``end``."""

    start: int
    end: int


class Closed(NamedTuple):
    """Days in a row, both ends included, on which the shop is closed."""

    first: date
    last: date


ALL_DAY = "0:00-24:00"


def hours(text: str) -> tuple[Hours, ...]:
    """The hours that ``8:30-12:00, 13:30-18:00`` says, none for ``closed``; ValueError for any other text."""
    if text.strip().casefold() == _SHUT:
        return ()
    found = tuple(map(_span, _APART.split(text.strip())))
    if any(later.start <= earlier.end for earlier, later in pairwise(found)):
        raise ValueError(text)
    return found


def _span(text: str) -> Hours:
    said = _HOURS.fullmatch(text)
    if not said:
        raise ValueError(text)
    first, last = (int(said[at]) * 60 + int(said[at + 1]) for at in (1, 3))
    if not first < last <= _MIDNIGHT:
        raise ValueError(text)
    return Hours(first, last)


def closed(text: str) -> Closed:
    """The days that ``2026-02-17`` or ``2026-10-01..2026-10-07`` says; ValueError for any other text."""
    said = _DAYS.fullmatch(text.strip())
    if not said:
        raise ValueError(text)
    first = date.fromisoformat(said[1])
    last = date.fromisoformat(said[2]) if said[2] else first
    if last < first:
        raise ValueError(text)
    return Closed(first, last)


@dataclass(frozen=True)
class Opening:
    """The hours of a shop, which opens on one day of the week at least."""

    week: tuple[tuple[Hours, ...], ...] = ((Hours(0, _MIDNIGHT),),) * len(WEEKDAYS)
    """The hours of each day, Monday first."""
    closed: tuple[Closed, ...] = ()

    def hours_of(self, day: date) -> tuple[Hours, ...]:
        """The hours of one day, none where it is closed."""
        if any(first <= day <= last for first, last in self.closed):
            return ()
        return self.week[day.weekday()]

    def is_open(self, moment: Moment) -> bool:
        """Whether the shop is open at a time; on a bare day, whether it opens at all."""
        found = self.hours_of(day_of(moment))
        if not isinstance(moment, datetime):
            return bool(found)
        minute = moment.hour * 60 + moment.minute
        return any(span.start <= minute < span.end for span in found)

    def open_day(self, day: date) -> date:
        """The day itself if the shop opens on it, else the next one; the day where the calendar ends before that."""
        return next((one for one in _days(day, date.max) if self.hours_of(one)), day)

    def open_day_by(self, day: date, first: date) -> date | None:
        """The day itself if the shop opens on it, else the last open one before, not before *first*."""
        return next((one for one in _days_back(day, first) if self.hours_of(one)), None)

    def next_opening(self, moment: Moment) -> Moment:
        """The moment itself while the shop is open, else when it opens next; of a bare day, the next open day."""
        if not isinstance(moment, datetime):
            return self.open_day(moment)
        if self.is_open(moment):
            return moment
        today = [start for start in self._starts(moment.date()) if start > moment]
        later = self.open_day(moment.date() + _A_DAY) if moment.date() < date.max else moment.date()
        return next(iter([*today, *self._starts(later)]), moment)

    def put_off(self, moment: Moment) -> Moment:
        """The moment itself on a day on which the shop opens, at whatever hour, else when it opens next."""
        return moment if self.hours_of(day_of(moment)) else self.next_opening(moment)

    def _starts(self, day: date) -> Iterator[datetime]:
        for span in self.hours_of(day):
            yield at_minute(day, span.start)


ALWAYS = Opening()


def opening(week: Iterable[str], closed_days: Iterable[str]) -> Opening:
    """The opening that texts say: of each weekday (Monday first), and the closed days."""
    return Opening(tuple(map(hours, week)), tuple(map(closed, closed_days)))


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while True:
        yield day
        if day >= last:
            return
        day += _A_DAY


def _days_back(last: date, first: date) -> Iterator[date]:
    day = last
    while day >= first:
        yield day
        if day == date.min:
            return
        day -= _A_DAY
