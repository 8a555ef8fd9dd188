"""Which thing was in use under a line of a sale on a day: its serial number, and since when."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from aftercare.answers.ids_of_now import id_of_now
from aftercare.answers.observed import Observed
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, day_of
from aftercare.records.sale import Sale


class Thing(NamedTuple):
    """The thing in use; "" where its number is not known."""

    serial: str
    since: Moment


class Serials:
    """The things of the units of a quality file, by the ids that these have now.

    Their numbers are as they are *said* to whoever reads them.
    """

    def __init__(self, shelf: Shelf, file: Observed, said: Callable[[str], str] = str) -> None:
        self._shelf = shelf
        self._first = {unit: Thing(said(_sold_with(shelf, unit)), line.on) for unit, line in file.sold.items()}
        self._later = {
            unit: [Thing(said(one.serial or ""), one.on) for one in given] for unit, given in file.exchanged.items()
        }

    @property
    def all(self) -> frozenset[str]:
        """Every serial number that any of the units ever had."""
        things = [*self._first.values(), *(thing for later in self._later.values() for thing in later)]
        return frozenset(thing.serial for thing in things if thing.serial)

    def thing(self, unit: str, on: Moment) -> Thing:
        """The thing in use on a day: from the day after an exchange on the new one."""
        before = [thing for thing in self._later.get(unit, ()) if day_of(thing.since) < day_of(on)]
        return before[-1] if before else self._first[unit]

    def unit_now(self, unit: str) -> str:
        """The id that a unit has now, whichever its sale had before."""
        return id_of_now(self._shelf, unit)


def _sold_with(shelf: Shelf, unit: str) -> str:
    head, __, line = unit.partition("/")
    sale = shelf.get(head)
    return (sale.items[int(line) - 1].serial or "") if isinstance(sale, Sale) else ""
