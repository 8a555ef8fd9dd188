"""What the papers of a sale have in common: whose they are, who is met where, which times hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Term
from aftercare.book.shelf import Shelf
from aftercare.errors import NoSuchRecord
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order
from aftercare.plain.text import fold, nth
from aftercare.records.claim import Claim
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.fields import Recipient
from aftercare.records.installation import Installation
from aftercare.records.product import Product
from aftercare.records.sale import Sale
from aftercare.records.staff import Staff

_SPOKEN = {
    "zh": ("zh", "chinese", "mandarin", "中文", "汉语", "国语", "华语", "普通话"),
    "en": ("en", "english", "英文", "英语"),
}


class Party(NamedTuple):
    """Somebody to be met or called; "" is not known."""

    name: str
    phone: str
    address: str


class Time(NamedTuple):
    """A time for some lines of the sale: ``first`` as it was before it was moved, ``told`` where the customer knows."""

    term: Term
    first: Term | None
    told: bool
    lines: tuple[int, ...]


class Thing(NamedTuple):
    """The goods of one line of a sale, as a paper names them; "" is not known."""

    unit: str
    name: str
    model: str
    serial: str
    maker: str
    hotline: str
    pieces: int
    sold_on: Moment
    invoice: str

    @property
    def called(self) -> str:
        """The name with its model."""
        return f"{self.name} {self.model}".strip()


def spoken_by(customer: Customer | None) -> str:
    """The language of a customer's papers as the file names it, "zh" or "en"; "" for none or another."""
    said = fold(customer.language or "").casefold() if customer else ""
    known = {said, said.replace("_", "-").partition("-")[0]}
    return next((language for language, words in _SPOKEN.items() if known.intersection(words)), "")


def buyer_of(shelf: Shelf, sale: Sale) -> Customer:
    """Who bought; NoSuchRecord where the file is not there."""
    found = shelf.get(sale.customer)
    if not isinstance(found, Customer):
        raise NoSuchRecord(_("customer"), sale.customer)
    return found


def party_of(customer: Customer) -> Party:
    """The customer, as one is met and called."""
    address = customer.address.text if customer.address else None
    return Party(customer.name, ", ".join(customer.phones), address or "")


def recipient_of(customer: Customer, other: Recipient | None) -> Party:
    """Who receives; somebody else has a phone of their own or none that we know, and lives with the buyer or not."""
    buyer = party_of(customer)
    if other is None:
        return buyer
    name = other.name or buyer.name
    phone = other.phone or (buyer.phone if name == buyer.name else "")
    return Party(name, phone, other.address or buyer.address)


def floor_of(customer: Customer, recipient: Party) -> str:
    """Which floor, where it is the buyer's own address; "" is not known."""
    home = customer.address
    return home.floor or "" if home and home.text == recipient.address else ""


def name_of(shelf: Shelf, person: str | None) -> str:
    """The name of somebody of the shop; "" for nobody yet."""
    found = shelf.get(person or "")
    return found.name if isinstance(found, Staff) else ""


def thing_of(shelf: Shelf, sale: Sale, number: int, claims: Sequence[Claim] = ()) -> Thing:
    """The thing in use under a line of a sale, counted from 1; *claims* are those about it, by which it may be another.

    After an exchange whose record says no serial number, that of the thing in use is not known.
    """
    item = sale.items[number - 1]
    found = shelf.get(item.product)
    product = found if isinstance(found, Product) else None
    exchanged = sorted((claim.replaced for claim in claims if claim.replaced), key=lambda one: in_order(one.on))
    other = next((one.model for one in reversed(exchanged) if one.model), None)
    return Thing(
        unit=f"{sale.id}/{number}",
        name=product.name if product else item.product,
        model=other or ((product.model or "") if product else ""),
        serial=(exchanged[-1].serial if exchanged else item.serial) or "",
        maker=(product.maker or "") if product else "",
        hotline=(product.hotline or "") if product else "",
        pieces=item.pieces,
        sold_on=sale.sold_on,
        invoice=sale.invoice or "",
    )


def goods_of(shelf: Shelf, subject: str) -> list[str]:
    """The goods that an id is about: those of a unit, of a sale, of a work or a claim; none for anything else."""
    head, __, line = subject.partition("/")
    record = shelf.get(head)
    if isinstance(record, Claim):
        return goods_of(shelf, record.unit)
    if isinstance(record, Delivery | Installation):
        return goods_of(shelf, record.sale)
    if not isinstance(record, Sale):
        return []
    number = line.partition("/")[0]
    wanted = [nth(number, len(record.items))] if number.isdecimal() else range(1, len(record.items) + 1)
    return [thing_of(shelf, record, one).called for one in wanted if one]


def times_of(ledger: Ledger, sale: Sale, numbers: Sequence[int], step: str) -> tuple[Time, ...]:
    """The times in force of a *step* (``deliver``, ``install``) of a sale, each with the lines it holds for."""
    found: dict[tuple[Term, Term | None, bool], list[int]] = {}
    for number in numbers:
        promise = ledger.get(f"{sale.id}/{number}/{step}")
        if promise and promise.due:
            first = promise.draft.term if promise.draft.term != promise.due else None
            told = promise.draft.binds != "plan" or bool(promise.moves)
            found.setdefault((promise.due, first, told), []).append(number)
    return tuple(Time(*key, tuple(lines)) for key, lines in found.items())
