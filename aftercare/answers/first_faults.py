"""When each unit sold first failed, or how long it was looked at without a fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from aftercare.answers.observed import Observed, Sold
from aftercare.answers.survival import Life, Mark, after
from aftercare.plain.moments import day_of

MONTHS = (1, 3, 6, 12, 24, 36)
"""After how many months it is said what share is still without a fault."""

How: TypeAlias = Literal["failed", "changed", "left"]
_ORDER: tuple[How, ...] = ("failed", "changed", "left")
"""What counts first where several things happened on one day: what failed was still there to fail."""


class _Change(NamedTuple):
    """Something that ends the first life of pieces of a line."""

    on: date
    how: How
    pieces: int


def lives(file: Observed, last: date) -> list[Life]:
    """The first life of every piece sold by a day, in days from the sale, and whether a fault ended it by then.

    Each claim is of another piece of its line, but for one that names the earlier claim whose fault came back.  A life
    that no fault ended is looked at until the piece came back for good, was paid back, went out of use or was
    exchanged without a fault, else until *last*.  The thing handed over in exchange has no life of its own here.
    """
    changes = _changes(file)
    return [
        life
        for line in file.sold.values()
        if day_of(line.on) <= last
        for life in _of_line(line, changes.get(line.unit, ()), last)
    ]


def still_without_fault(some: list[Life]) -> list[Mark]:
    """The share without a fault after each of :data:`MONTHS`, a month being a twelfth of 365.25 days."""
    return after(some, [round(months * 365.25 / 12) for months in MONTHS])


def _changes(file: Observed) -> dict[str, list[_Change]]:
    """What became of each unit, with the failures of a day before all else of that day."""
    found: dict[str, list[_Change]] = defaultdict(list)
    faults = {one.id for one in file.noted if one.what == "fault"}
    for one in file.noted:
        if one.what == "fault" and not one.again:
            found[one.unit].append(_Change(day_of(one.on), "failed", 1))
        elif one.what == "exchange" and one.id not in faults:
            found[one.unit].append(_Change(day_of(one.on), "changed", 1))
    for gone in file.left:
        found[gone.unit].append(_Change(day_of(gone.on), "left", gone.pieces))
    for line in file.sold.values():
        if line.retired:
            found[line.unit].append(_Change(day_of(line.retired), "left", line.pieces))
    for changes in found.values():
        changes.sort(key=lambda one: (one.on, _ORDER.index(one.how)))
    return found


def _of_line(line: Sold, changes: Iterable[_Change], last: date) -> Iterator[Life]:
    """The lives of a line's pieces; of those that left service, those that had failed are taken to have gone first."""
    sold = day_of(line.on)
    whole = there = line.pieces
    for change in changes:
        if change.on > last:
            break
        days = max((change.on - sold).days, 0)
        if change.how == "left":
            there = max(there - change.pieces, 0)
            ended = max(whole - there, 0)
        else:
            ended = min(1, whole)
        if ended:
            yield Life(days, change.how == "failed", ended)
            whole -= ended
    if whole:
        yield Life((last - sold).days, False, whole)
