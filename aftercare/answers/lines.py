"""The lines of sales: what each is, which works are about it, when it was handed over and put up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.promises import Keeping
from aftercare.answers.rules import Rules
from aftercare.answers.works import Work
from aftercare.plain.moments import Moment, in_order
from aftercare.policies.categories import ROOT
from aftercare.records.installation import Installation
from aftercare.records.sale import Item, Sale


class Line(NamedTuple):
    """One line of a sale with the works about its sale."""

    unit: str
    number: int
    sale: Sale
    item: Item
    category: str
    deliveries: Sequence[Work]
    installations: Sequence[Work]


def lines_of(affairs: Affairs, rules: Rules) -> Iterator[Line]:
    """Every line ever sold to the customer."""
    for unit, sale, item in affairs.units():
        product = affairs.products.get(item.product)
        category = rules.categories.find(product.category) if product else None
        yield Line(
            unit,
            int(unit.rpartition("/")[2]),
            sale,
            item,
            category or ROOT,
            [] if item.taken else affairs.deliveries_of(sale),
            _installations(affairs, sale, item, rules),
        )


def _installations(affairs: Affairs, sale: Sale, item: Item, rules: Rules) -> list[Installation]:
    """The installations that may be about a line; one that names no lines is about those that are to be installed."""
    all_works = affairs.installations_of(sale)
    return all_works if is_to_be_installed(sale, item, affairs, rules) else [work for work in all_works if work.items]


def is_to_be_installed(sale: Sale, item: Item, affairs: Affairs, rules: Rules) -> bool:
    """A sale's installation is for the goods that need one; where the sale has none of these, for all of them."""
    own = item.told is not None and item.told.install is not None
    needing = [other for other in sale.items if _needs_installation(other, affairs, rules)]
    return own or item in needing or not needing


def _needs_installation(item: Item, affairs: Affairs, rules: Rules) -> bool:
    product = affairs.products.get(item.product)
    category = rules.categories.find(product.category) if product else None
    return bool(product and product.as_set) or bool(category and rules.is_installed(category))


def received(line: Line) -> list[Keeping]:
    """The deliveries of a line, each at the time it was signed for: from then on, not from its arrival, periods run."""
    signed = {work.id: work.signed.at for work in line.deliveries if work.signed}
    found = [keep._replace(at=signed[keep.record]) for keep in works.keepings(line.deliveries, line.number)]
    return sorted(found, key=lambda keep: in_order(keep.at))


def put_up_again(line: Line) -> list[Work]:
    """The installations of a line that had been put up before; ``UNIT/install.2`` is the first of them."""
    return works.again(line.installations, line.number, line.item.pieces)


def delivered(line: Line) -> tuple[Moment | None, str]:
    """When the whole line was handed over, and the record that says so; goods sold in the shop go home at once."""
    keeps = works.keepings(line.deliveries, line.number)
    __, last = works.finished(keeps, line.item.pieces)
    if last:
        return last.at, last.record
    expected = line.sale.told_for(line.item).deliver is not None or any(
        works.covers(work, line.number) and work.cancelled is None for work in line.deliveries
    )
    at_once = line.item.taken or (line.sale.channel in {None, "shop"} and not expected)
    return (line.sale.sold_on, line.sale.id) if at_once else (None, line.sale.id)


def installed(line: Line) -> tuple[Moment | None, str]:
    """When the whole line was installed, and the record that says so."""
    __, last = works.finished(works.keepings(line.installations, line.number), line.item.pieces)
    return (last.at, last.record) if last else (None, line.sale.id)


def to_install(affairs: Affairs, sale: Sale, rules: Rules) -> list[int]:
    """The lines of a sale that an installation is for which names none, counted from 1."""
    lines = enumerate(sale.items, start=1)
    return [number for number, item in lines if is_to_be_installed(sale, item, affairs, rules)]
