"""What was done for customers beyond what was promised: kindnesses and free work that nobody was owed.

They stand in the records of what was done (``beyond``).  They promise nothing, keep nothing and open nothing, and no
other question of a book looks at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.happened import Entry
from aftercare.plain import money
from aftercare.plain.moments import Moment, in_order
from aftercare.records.base import Kindness, Record
from aftercare.records.sale import Sale


class Kind(NamedTuple):
    """One kindness, with what its record adds: which of its own it is, when, about what, by whom."""

    kindness: Kindness
    record: str
    number: int
    at: Moment
    about: str
    person: str


def of(affairs: Affairs) -> list[Kind]:
    """Every kindness to a customer, the earliest first."""
    return sorted(_all(affairs), key=in_time)


def in_time(one: Kind) -> tuple[tuple[datetime, bool], str, int]:
    """A key that sorts kindnesses as they came."""
    return in_order(one.at), one.record, one.number


def _all(affairs: Affairs) -> Iterator[Kind]:
    sales = {sale.id: sale for sale in affairs.sales}
    for sale in affairs.sales:
        yield from _each(sale, sale.beyond, sale.sold_on, sale.id, sale.person)
    for delivery in affairs.deliveries:
        sale = sales[delivery.sale]
        at = works.done_at(delivery) or delivery.arrived_at or delivery.arranged_on or sale.sold_on
        yield from _each(delivery, delivery.beyond, at, _lines(delivery, sale), delivery.person)
    for installation in affairs.installations:
        sale = sales[installation.sale]
        at = works.done_at(installation) or installation.started_at or installation.arranged_on or sale.sold_on
        yield from _each(installation, installation.beyond, at, _lines(installation, sale), installation.technician)
    for claim in affairs.claims:
        yield from _each(claim, claim.beyond, claim.reported_on, f"{claim.unit} {claim.id}", None)
    for visit in affairs.visits:
        about = " ".join(dict.fromkeys([*visit.about, *(kept.rpartition("/")[0] for kept in visit.keeps)]))
        yield from _each(visit, visit.beyond, visit.at, about, visit.by)


def _lines(work: works.Work, sale: Sale) -> str:
    return " ".join(f"{sale.id}/{n}" for n in range(1, len(sale.items) + 1) if works.covers(work, n))


def _each(record: Record, beyond: Iterable[Kindness], at: Moment, about: str, person: str | None) -> Iterator[Kind]:
    for number, one in enumerate(beyond, start=1):
        yield Kind(one, record.id, number, one.at or at, one.unit or about, one.by or person or "")


def entries(affairs: Affairs) -> Iterator[Entry]:
    """The kindnesses as a story tells them: what, and what it was worth."""
    for one in of(affairs):
        worth_ = money.plain(one.kindness.worth) if one.kindness.worth else ""
        text = " ".join(filter(None, (one.kindness.what, worth_)))
        yield Entry(one.at, "beyond", one.record, one.about, text, person=one.person)


def worth(kindnesses: Iterable[Kind]) -> Decimal:
    """What they were worth together, in the book's currency; an amount in another is not reckoned."""
    amounts = (one.kindness.worth for one in kindnesses)
    return sum((amount.value for amount in amounts if amount and not amount.currency), Decimal(0))
