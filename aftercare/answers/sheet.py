"""What goes onto paper about a sale: the delivery sheet and the labels for the packs, as plain values.

Nothing here is worded or laid out; :mod:`aftercare.render.paper` does that in the customer's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aftercare.answers import at_home, works
from aftercare.answers.checklists import Ticked, checklists_of, items_of, lists_of
from aftercare.answers.ledger import Ledger
from aftercare.answers.papers import Party, Time, buyer_of, floor_of, name_of, party_of, recipient_of, times_of
from aftercare.book.settings import Shop
from aftercare.book.shelf import Shelf
from aftercare.errors import CalledOff, NothingToDeliver
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.policies.credo import Basic
from aftercare.policies.standards import Checklist
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.product import Product
from aftercare.records.sale import Item, Sale


@dataclass(frozen=True)
class SheetLine:
    """One line of the sale on the sheet, in pieces: ordered, brought before, brought now."""

    number: int
    product: str
    serial: str
    ordered: int
    before: int
    now: int
    packing: str
    agreed: str
    accessories: tuple[str, ...]

    @property
    def remaining(self) -> int:
        """How many pieces are still to come after this delivery."""
        return max(0, self.ordered - self.before - self.now)


@dataclass(frozen=True)
class DeliverySheet:
    """Everything on a delivery sheet."""

    sale: Sale
    delivery: Delivery | None
    """``None`` where none is written down yet."""
    customer: Customer
    printed_on: Moment
    shop: Shop
    recipient: Party
    buyer: Party | None
    """Only where somebody else receives."""
    floor: str
    """Which floor, where it goes to the buyer's own address; "" is not known."""
    person: str
    """Who brings it; "" for nobody yet."""
    times: tuple[Time, ...]
    lines: tuple[SheetLine, ...]
    later: tuple[SheetLine, ...]
    """Lines that this delivery does not bring and that are still owed."""
    lists: tuple[tuple[Checklist, tuple[Ticked, ...]], ...] = ()
    """What belongs to the delivery, item by item: of the work itself, and of conduct at the customer's home."""
    credo: tuple[Basic, ...] = ()
    """What the shop holds itself to on the day of printing."""


@dataclass(frozen=True)
class Label:
    """The label on the packs of one line of a sale."""

    unit: str
    shop: Shop
    product: str
    model: str
    maker: str
    hotline: str
    serial: str
    pieces: int
    nature: tuple[str, ...]
    packing: str
    recipient: Party


def open_deliveries(shelf: Shelf, sale: str) -> list[str]:
    """The ids of a sale's deliveries that were neither signed for nor called off."""
    return [
        work.id for work in shelf.of(Delivery) if work.sale == sale and work.signed is None and work.cancelled is None
    ]


def delivery_sheet(shelf: Shelf, ledger: Ledger, sale: Sale, delivery: Delivery | None, now: Moment) -> DeliverySheet:
    """The sheet of a *delivery* of a *sale*, or, where there is none yet, of all that would be delivered.

    *ledger* holds the buyer's promises.  CalledOff: the sale or the delivery was; NothingToDeliver: all of it came;
    NoSuchRecord: the buyer's file is not there.
    """
    for record in (sale, delivery):
        if record and record.cancelled:
            raise CalledOff(record.id)
    customer = buyer_of(shelf, sale)
    every = [_line(shelf, sale, number, delivery) for number in range(1, len(sale.items) + 1)]
    lines = tuple(line for line in every if line.now)
    if not lines:
        raise NothingToDeliver(sale.id, _signed(shelf, sale))
    recipient = recipient_of(customer, (delivery.to if delivery else None) or sale.deliver_to)
    return DeliverySheet(
        sale=sale,
        delivery=delivery,
        customer=customer,
        printed_on=now,
        shop=shelf.settings.shop_facts,
        recipient=recipient,
        buyer=party_of(customer) if recipient.name != customer.name else None,
        floor=floor_of(customer, recipient),
        person=name_of(shelf, delivery.person if delivery else None),
        times=times_of(ledger, sale, [line.number for line in lines], "deliver"),
        lines=lines,
        later=tuple(line for line in every if not line.now and line.remaining and _is_owed(ledger, sale, line.number)),
        lists=tuple(_lists(ledger, sale, lines, delivery, now)),
        credo=ledger.rules.credo(day_of(now)),
    )


def _lists(
    ledger: Ledger, sale: Sale, lines: Sequence[SheetLine], delivery: Delivery | None, now: Moment
) -> Iterator[tuple[Checklist, tuple[Ticked, ...]]]:
    """The lists of a delivery with their items; of one that is not written down yet those of the day."""
    affairs, rules = ledger.affairs[sale.customer], ledger.rules
    if delivery:
        lists = checklists_of(affairs, delivery, rules)
    else:
        units = [f"{sale.id}/{line.number}" for line in lines]
        lists = lists_of("delivery", at_home.categories_of(affairs, units, rules), day_of(now), rules)
    items = items_of(lists, delivery.checklist if delivery else ())
    for one in lists:
        yield one, tuple(item for item in items if item.line == one.line)


def labels(shelf: Shelf, sale: Sale, line: int | None = None) -> list[Label]:
    """The labels of all lines of a sale, or of one.

    CalledOff: the sale was; NoSuchRecord: the buyer's file is not there.
    """
    if sale.cancelled:
        raise CalledOff(sale.id)
    recipient = recipient_of(buyer_of(shelf, sale), sale.deliver_to)
    return [
        _label(shelf, f"{sale.id}/{number}", item, recipient)
        for number, item in enumerate(sale.items, start=1)
        if line in {None, number}
    ]


def _label(shelf: Shelf, unit: str, item: Item, recipient: Party) -> Label:
    found = shelf.get(item.product)
    product = found if isinstance(found, Product) else None
    return Label(
        unit=unit,
        shop=shelf.settings.shop_facts,
        product=product.name if product else item.product,
        model=(product.model or "") if product else "",
        maker=(product.maker or "") if product else "",
        hotline=(product.hotline or "") if product else "",
        serial=item.serial or "",
        pieces=item.pieces,
        nature=tuple(product.nature) if product else (),
        packing=_packing(item),
        recipient=recipient,
    )


def _packing(item: Item) -> str:
    return (item.packing.wanted or "") if item.packing else ""


def _line(shelf: Shelf, sale: Sale, number: int, delivery: Delivery | None) -> SheetLine:
    item = sale.items[number - 1]
    found = shelf.get(item.product)
    product = found if isinstance(found, Product) else None
    before, now = _pieces(shelf, sale, number, delivery)
    return SheetLine(
        number=number,
        product=" ".join(filter(None, (product.name, product.model))) if product else item.product,
        serial=item.serial or "",
        ordered=item.pieces,
        before=before,
        now=now,
        packing=_packing(item),
        agreed=item.agreed or "",
        accessories=tuple(product.accessories) if product else (),
    )


def _pieces(shelf: Shelf, sale: Sale, number: int, delivery: Delivery | None) -> tuple[int, int]:
    """How many pieces of a line came before this delivery, and how many it brings."""
    item = sale.items[number - 1]
    others = [
        work
        for work in shelf.of(Delivery)
        if work.sale == sale.id and work.cancelled is None and work.id != (delivery.id if delivery else "")
    ]
    earlier = [work for work in others if _came_before(work, delivery)]
    before, __ = works.finished(works.keepings(earlier, number), item.pieces)
    left = item.pieces - before
    if delivery is None or not delivery.items:
        return before, 0 if item.taken else max(0, left - _elsewhere(others, number, delivery))
    if not works.covers(delivery, number):
        return before, 0
    named = works.pieces_of(delivery, number)
    return before, max(0, left - _elsewhere(others, number, delivery)) if named is None else named


def _came_before(work: Delivery, delivery: Delivery | None) -> bool:
    """Whether another delivery was done by the time of this one; one that is not done yet comes after all that are."""
    done, own = works.done_at(work), works.done_at(delivery) if delivery else None
    if done is None:
        return False
    return own is None or delivery is None or (in_order(done), work.id) < (in_order(own), delivery.id)


def _elsewhere(others: Sequence[Delivery], number: int, delivery: Delivery | None) -> int:
    """The pieces of a line that other open deliveries bring by name, so that they are not this one's to bring."""
    if delivery and delivery.signed:
        return 0
    return sum(works.pieces_of(work, number) or 0 for work in others if work.signed is None)


def _signed(shelf: Shelf, sale: Sale) -> list[str]:
    return [work.id for work in shelf.of(Delivery) if work.sale == sale.id and work.signed]


def _is_owed(ledger: Ledger, sale: Sale, number: int) -> bool:
    promise = ledger.get(f"{sale.id}/{number}/deliver")
    return promise is not None and promise.is_open
