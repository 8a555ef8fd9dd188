"""How long what was sold has been in service: the time that faults are counted against."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from aftercare.answers.observed import Observed, Sold
from aftercare.plain.chance import byar
from aftercare.plain.moments import day_of, days_after

LEAST = 1
"""Of less than one unit-month in service nothing is said: what was sold yesterday has shown nothing yet."""


class Stay(NamedTuple):
    """Pieces of a line that were in service from a day on, up to the day on which they left it.

    The day on which they left is no day in service; it is ``None`` where they are there still.
    """

    line: Sold
    batch: str
    pieces: int
    since: date
    until: date | None


class Rate(NamedTuple):
    """Faults for every hundred unit-months in service, with the ends of their 95 % interval."""

    faults: float
    low: float
    high: float


def fault_rate(faults: int, unit_months: float) -> Rate | None:
    """So many faults in so many unit-months; ``None`` of less than :data:`LEAST` of these.

    One unit can fail several times: the count is Poisson's and its interval Byar's.
    """
    if unit_months < LEAST:
        return None
    low, high = byar(faults)
    return Rate(100 * faults / unit_months, 100 * low / unit_months, 100 * high / unit_months)


def stays(file: Observed) -> Iterator[Stay]:
    """When the pieces of each line were in service: from the sale until they came back for good or were paid back, or
    the line went out of use.  Another one that was handed over takes the place of the first.
    """
    left: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for one in file.left:
        left[one.unit].append((day_of(one.on), one.pieces))
    for line in file.sold.values():
        ends = left.get(line.unit, [])
        if line.retired:
            ends = [*ends, (day_of(line.retired), line.pieces)]
        pieces, since = line.pieces, day_of(line.on)
        for day, count in sorted(ends):
            gone = min(count, pieces)
            if gone:
                yield Stay(line, line.batch, gone, since, max(day, since))
            pieces -= gone
        if pieces:
            yield Stay(line, line.batch, pieces, since, None)


def by_batch(file: Observed) -> Iterator[Stay]:
    """The same, in parts where a line was of one batch after the other: from the day after an exchange it is of the
    batch of the new one, as are its faults.
    """
    for stay in stays(file):
        part = stay
        for one in file.exchanged.get(stay.line.unit, ()):
            change = max(days_after(day_of(one.on), 1), part.since)
            if stay.until is None or change < stay.until:
                yield part._replace(until=change)
                part = part._replace(batch=one.batch or "", since=change)
        yield part


class InService:
    """The unit-months that some stays make up, in any span of days.

    One piece in service through a calendar month makes one unit-month, and through a day of it that day's share: a
    thirty-first in March.
    """

    def __init__(self, some: Iterable[Stay]) -> None:
        changes = sorted(change for stay in some for change in _changes(stay))
        self._at = [at for at, __ in changes]
        self._pieces = list(accumulate((pieces for __, pieces in changes), initial=0))
        self._before = list(accumulate((at * pieces for at, pieces in changes), initial=0.0))

    def unit_months(self, first: date, last: date) -> float:
        """The unit-months from *first* to *last*, both included."""
        if last < first:
            return 0.0
        return round(self._up_to(_month_after(last)) - self._up_to(_month_of(first)), 6)

    def _up_to(self, at: float) -> float:
        """Each piece in service counts from where it came in to *at*; each that left takes back what followed that."""
        passed = bisect_right(self._at, at)
        return at * self._pieces[passed] - self._before[passed]


def _changes(stay: Stay) -> Sequence[tuple[float, int]]:
    came = (_month_of(stay.since), stay.pieces)
    return (came, (_month_of(stay.until), -stay.pieces)) if stay.until else (came,)


def _month_of(day: date) -> float:
    """Where a day begins, in months since the year 2000."""
    return 12 * (day.year - 2000) + day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1]


def _month_after(day: date) -> float:
    """Where a day ends; of the last day that there is, too."""
    return 12 * (day.year - 2000) + day.month - 1 + day.day / monthrange(day.year, day.month)[1]
