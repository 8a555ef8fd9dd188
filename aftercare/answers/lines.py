"""The lines of sales: what each is, which works are about it, when it was handed over and put up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from aftercare.answers import offers, works
from aftercare.answers.affairs import Affairs
from aftercare.answers.promises import Keeping
from aftercare.answers.rules import Rules
from aftercare.answers.works import Work
from aftercare.plain.moments import Moment, in_order
from aftercare.policies.categories import ROOT
from aftercare.records.fields import Window
from aftercare.records.installation import Installation
from aftercare.records.offer import Give
from aftercare.records.sale import Item, Sale, Told


class Line(NamedTuple):
    """One line of a sale with the works about its sale."""

    unit: str
    number: int
    sale: Sale
    item: Item
    category: str
    deliveries: Sequence[Work]
    installations: Sequence[Work]
    told: Told
    """What the customer was told: at the sale, else by what the shop published."""
    told_by: Mapping[str, str] = MappingProxyType({})
    """The offers that told it, where the sale itself did not: ``deliver``, ``install``."""

    def is_told(self, what: str) -> bool:
        """Whether a time was told for one of these works, be it one that is not known yet."""
        return getattr(self.told, what, None) is not None or what in self.told_by

    @property
    def waits_to_install(self) -> bool:
        """Whether its installation has so long after its delivery, which is still to come."""
        return self.told.install is None and "install" in self.told_by


def lines_of(affairs: Affairs, rules: Rules) -> Iterator[Line]:
    """Every line ever sold to the customer."""
    for unit, sale, item in affairs.units():
        product = affairs.products.get(item.product)
        category = rules.categories.find(product.category) if product else None
        line = Line(
            unit,
            int(unit.rpartition("/")[2]),
            sale,
            item,
            category or ROOT,
            [] if item.taken else affairs.deliveries_of(sale),
            _installations(affairs, sale, item, rules),
            sale.told_for(item),
        )
        yield _by_offers(line, affairs) if affairs.offers else line


def _by_offers(line: Line, affairs: Affairs) -> Line:
    """The line with the times that offers tell where the sale told none: of several the earliest."""
    told: dict[str, Window | None] = {"deliver": line.told.deliver, "install": line.told.install}
    told_by: dict[str, str] = {}
    # The delivery first: an installation may have its time from it.
    for what, all_works in (("deliver", line.deliveries), ("install", line.installations)):
        if told[what] is not None or (what == "deliver" and line.item.taken):
            continue
        arranged = any(works.covers(work, line.number) and work.cancelled is None for work in all_works)
        times = [
            (time, offer)
            for offer, give in _times_for(line, what, affairs)
            if arranged or not give.arranged
            if (time := _time(give, line)) is not None or give.after == "delivered"
        ]
        if times:
            by, told_by[what] = min(times, key=lambda found: in_order(found[0] or date.max))
            told[what] = Window.model_construct(from_=None, by=by) if by else None
            line = line._replace(
                told=Told.model_construct(deliver=told["deliver"], install=told["install"]), told_by=told_by
            )
    return line


def _times_for(line: Line, what: str, affairs: Affairs) -> Iterator[tuple[str, Give]]:
    """The rows of offers by which a work on the line has a time."""
    for offer in affairs.offers:
        if any(give.what == what and give.within for give in offer.gives):
            met = offers.meeting(offer, line.sale, affairs.customer, affairs.products)
            if line.number in met.lines:
                yield from (
                    (offer.id, give)
                    for __, give in offers.rows(offer, line.sale.sold_on)
                    if give.what == what and give.within
                )


def _time(give: Give, line: Line) -> Moment | None:
    """When the time of an offer ends; None while what it runs from has not happened."""
    begins = line.sale.sold_on
    if give.what == "install" and give.after == "delivered":
        at, __ = delivered(line)
        if at is None:
            return None
        begins = at
    return offers.after(give.within or "", begins)


def told_of(affairs: Affairs, sale: Sale, number: int, rules: Rules) -> Told:
    """What the customer was told about one line of a sale, at the sale or by what the shop published."""
    unit = f"{sale.id}/{number}"
    found = next((line.told for line in lines_of(affairs, rules) if line.unit == unit), None)
    return found or sale.told_for(sale.items[number - 1])


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
    expected = line.told.deliver is not None or any(
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
