"""Spans of days that are asked about."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from aftercare.plain.moments import Moment, add_months, day_of


class Period(NamedTuple):
    """Some days, both ends included."""

    first: date
    last: date

    def holds(self, moment: Moment) -> bool:
        """Whether something happened in it."""
        return self.first <= day_of(moment) <= self.last

    @property
    def is_open(self) -> bool:
        """Whether an end of it is left open, as is one that reaches to the first or the last day of the calendar."""
        return self.first == date.min or self.last == date.max

    def over(self, day: date) -> tuple[int, int] | None:
        """Of how many days how many were over by *day*, where it has begun and is to end later; else None."""
        if self.is_open or not self.first <= day < self.last:
            return None
        return (day - self.first).days + 1, (self.last - self.first).days + 1

    def before(self) -> Period | None:
        """The period before: of whole months as many months, of any other as many days; None where it has no
        beginning, or none in the calendar.
        """
        if self.is_open:
            return None
        months = self._months()
        try:
            if months:
                return Period(add_months(self.first, -months), self.first - timedelta(days=1))
            return Period(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))
        except (OverflowError, ValueError):
            return None

    def _months(self) -> int:
        """How many whole months it is; 0 where it is not."""
        is_whole = self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1 if is_whole else 0


EVER = Period(date.min, date.max)


def month_of(moment: Moment) -> str:
    """The month in which something happened, as ``2026-03``."""
    return day_of(moment).isoformat()[:7]


def months_back(last: date, count: int) -> Iterator[Period]:
    """So many calendar months, the earliest first, of which the last is the one that *last* falls in."""
    first = last.replace(day=1)
    for back in range(count - 1, -1, -1):
        begin = add_months(first, -back)
        yield Period(begin, begin.replace(day=monthrange(begin.year, begin.month)[1]))
