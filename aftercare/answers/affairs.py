"""What a customer and the shop have with each other: everything that refers to one customer.

A customer is the unit of recomputation: the promises to one follow from that one's affairs alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from aftercare.answers.ids_of_now import id_of_now, parts_by_any_id, products_by_any_id, with_ids_of_now
from aftercare.answers.offers import meeting
from aftercare.book.references import back_to_themselves
from aftercare.book.shelf import Shelf
from aftercare.plain.groups import grouped
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.enquiry import Enquiry
from aftercare.records.event import Event
from aftercare.records.fields import Part as PartOfRecord
from aftercare.records.installation import Installation
from aftercare.records.offer import Offer
from aftercare.records.part import Part, Used
from aftercare.records.points import Points
from aftercare.records.product import Product
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.sale import Item, Sale
from aftercare.records.staff import Staff, Training
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish

_R = TypeVar("_R", bound=Record)
_P = TypeVar("_P", bound=PartOfRecord)


class Use(NamedTuple):
    """A part that went into something of a customer's; ``subject`` is the id of now of what it was used for."""

    part: Part
    place: int
    row: Used
    subject: str


class Taught(NamedTuple):
    """Something that one of our people was taught because of a complaint, whose id is that of now."""

    person: Staff
    training: Training
    complaint: str


@dataclass
class Affairs:
    """One customer's records, each kind in the order of its ids.

    They are gathered by :func:`affairs_of` before anything is asked of them, and stay as they are then.
    """

    customer: Customer
    products: Mapping[str, Product]
    sales: list[Sale] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    installations: list[Installation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    promises: list[PromiseRecord] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    points: list[Points] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    """The events to which the customer is to come; of the house, those it holds."""
    brought: list[Affairs] = field(default_factory=list)
    """Those of the customers whom this one brought."""
    brought_by: str = ""
    """The id of the customer who brought this one; "" where nobody did, or nobody whom the book knows."""
    offers: Sequence[Offer] = ()
    """What the shop published, which is for everybody."""
    staff: Sequence[Staff] = ()
    """Of the house: its people."""
    parts: Mapping[str, Part] = field(default_factory=dict)
    """The parts of the book, which are nobody's own; repairs name them."""
    uses: list[Use] = field(default_factory=list)
    """What of them was used for this customer, each part in the order of its file."""
    taught: list[Taught] = field(default_factory=list)
    """What our people were taught because of this customer's complaints, in the order of the people's ids."""

    def units(self) -> Iterable[tuple[str, Sale, Item]]:
        """Every line ever sold to the customer, with its sale."""
        for sale in self.sales:
            for number, item in enumerate(sale.items, start=1):
                yield f"{sale.id}/{number}", sale, item

    def deliveries_of(self, sale: Sale) -> list[Delivery]:
        """The deliveries of a sale, those that were called off too."""
        return list(self._deliveries.get(sale.id, ()))

    def installations_of(self, sale: Sale) -> list[Installation]:
        """The installations of a sale, those that were called off too."""
        return list(self._installations.get(sale.id, ()))

    def claims_of(self, unit: str) -> list[Claim]:
        """The claims about a unit."""
        return list(self._claims.get(unit, ()))

    @cached_property
    def sale_by_id(self) -> Mapping[str, Sale]:
        """The sales by their ids."""
        return {sale.id: sale for sale in self.sales}

    @cached_property
    def product_by_unit(self) -> Mapping[str, str]:
        """The products of the lines, as the sales name them, by the lines' units."""
        return {unit: item.product for unit, __, item in self.units()}

    @cached_property
    def _deliveries(self) -> Mapping[str, Sequence[Delivery]]:
        return grouped(self.deliveries, lambda work: work.sale)

    @cached_property
    def _installations(self) -> Mapping[str, Sequence[Installation]]:
        return grouped(self.installations, lambda work: work.sale)

    @cached_property
    def _claims(self) -> Mapping[str, Sequence[Claim]]:
        return grouped(self.claims, lambda claim: claim.unit)


HOUSE = "house"
"""In the place of a customer's id: what the shop owes nobody in particular, but the public or itself.

It is no id that a record can have.  What was published is to be put right where it was published, a certificate is to
be renewed, an event is to be prepared, whoever will come.
"""
_HOUSE = Customer.model_construct(id=HOUSE, name="")

_OWN: Mapping[type[Record], str] = {
    Sale: "sales",
    Delivery: "deliveries",
    Installation: "installations",
    Claim: "claims",
    Visit: "visits",
    PromiseRecord: "promises",
    Complaint: "complaints",
    Wish: "wishes",
    Enquiry: "enquiries",
    Points: "points",
}
"""Where the records of each kind lie in the affairs of their customer."""


def affairs_of(shelf: Shelf) -> dict[str, Affairs]:
    """The affairs of every customer of the book, by the customer's id, and those of the house."""
    products = products_by_any_id(shelf)
    parts = parts_by_any_id(shelf)
    # By their ids, whatever the order in which the files were read.
    records = sorted(shelf.records.values(), key=lambda record: record.id)
    if shelf.formerly:
        records = [with_ids_of_now(shelf, record) for record in records]
    offers = _of(Offer, records)
    found = {
        record.id: Affairs(record, products, parts=parts, offers=offers)
        for record in records
        if isinstance(record, Customer)
    }
    found[HOUSE] = Affairs(_HOUSE, products, parts=parts, offers=offers, staff=_of(Staff, records))
    for record in records:
        own = _OWN.get(type(record))
        owner = found.get(customer_of(shelf, record) or "")
        if own and owner:
            getattr(owner, own).append(record)
    for event in _of(Event, records):
        for owner_id in found.keys() & customers_of(shelf, event):
            found[owner_id].events.append(event)
    _share_out_brought(found)
    _share_out_uses(shelf, found)
    _share_out_trainings(shelf, found)
    return found


def affairs_with(shelf: Shelf, customer: str | None) -> Affairs | None:
    """The affairs of one customer, or of the house; None of whom the book does not know."""
    return affairs_of(shelf.around([customer])).get(customer) if customer else None


def _share_out_brought(found: Mapping[str, Affairs]) -> None:
    """Note of each customer who brought them, and whom they brought.

    Of people who are said to have brought each other, round in a circle, nobody can say who was first: nothing follows.
    """
    named = {one.customer.id: one.customer.referred_by for one in found.values()}
    known = {customer: by for customer, by in named.items() if by and by in found}
    circle = back_to_themselves(known)
    for customer, referrer in known.items():
        if customer not in circle:
            found[customer].brought_by = referrer
            found[referrer].brought.append(found[customer])


def _share_out_uses(shelf: Shelf, found: Mapping[str, Affairs]) -> None:
    """Note of each customer which parts were used for them."""
    for part in shelf.of(Part):
        for place, row in enumerate(part.used):
            owner = found.get(owner_of(shelf, row.for_) or "") if row.for_ else None
            if owner and row.for_:
                owner.uses.append(Use(part, place, row, id_of_now(shelf, row.for_)))


def _share_out_trainings(shelf: Shelf, found: Mapping[str, Affairs]) -> None:
    """Note of each customer what was taught because of their complaints."""
    for person in sorted(shelf.of(Staff), key=lambda person: person.id):
        for training in person.trainings:
            for complaint in training.answers:
                if owner := found.get(owner_of(shelf, complaint) or ""):
                    owner.taught.append(Taught(person, training, id_of_now(shelf, complaint)))


def _of(model: type[_R], records: Iterable[Record]) -> list[_R]:
    return [record for record in records if isinstance(record, model)]


def customer_of(shelf: Shelf, record: Record) -> str | None:
    """The customer a record is about, or the house; ``None`` for products and parts, and where a reference leads
    nowhere.
    """
    match record:
        case Sale() | Visit() | Complaint() | Wish() | Enquiry() | Points():  # most records first
            return _known(shelf, record.customer)
        case Delivery() | Installation():
            return owner_of(shelf, record.sale)
        case Customer():
            return record.id
        case Offer() | Event() | Staff():
            return HOUSE
        case Claim():
            return owner_of(shelf, record.unit)
        case PromiseRecord():
            return _known(shelf, record.to) if record.to else owner_of(shelf, record.of or "")
        case _:
            return None


def customers_of(shelf: Shelf, record: Record) -> set[str]:
    """The customers whose promises may follow from a record: the one it is about and who brought them; of an event its
    guests; of an offer the house, and whose sales meet it; of a part all whose repairs name it, or are named by it.
    """
    if isinstance(record, Offer):
        return {HOUSE, *_buyers_of(shelf, record)}
    if isinstance(record, Event):
        return {HOUSE} | {guest for one in record.guests if (guest := _known(shelf, one.customer))}
    if not isinstance(record, Part):
        owner = customer_of(shelf, record)
        return {owner, *_referrer(shelf, owner)} if owner else set()
    ids = set(record.ids)
    named = {claim for order in record.ordered for claim in order.for_}
    named |= {claim for came in record.received for claim in came.for_}
    named |= {use.for_ for use in record.used if use.for_}
    named |= {claim.id for claim in shelf.of(Claim) if not ids.isdisjoint(_waited_for(claim))}
    return {owner for one in named if (owner := owner_of(shelf, one))}


def _buyers_of(shelf: Shelf, offer: Offer) -> Iterator[str]:
    """The customers of the sales that meet an offer."""
    products = products_by_any_id(shelf)
    for sale in shelf.of(Sale):
        buyer = shelf.get(sale.customer)
        if isinstance(buyer, Customer) and meeting(offer, sale, buyer, products).state == "yes":
            yield buyer.id


def _referrer(shelf: Shelf, customer: str) -> Iterator[str]:
    """Who brought a customer."""
    record = shelf.get(customer)
    referrer = _known(shelf, record.referred_by) if isinstance(record, Customer) and record.referred_by else None
    if referrer:
        yield referrer


def _waited_for(claim: Claim) -> Iterator[str]:
    return (waiting.for_ for repair in claim.repairs for waiting in repair.waiting if waiting.for_)


def owner_of(shelf: Shelf, reference: str) -> str | None:
    """The customer behind an id, a unit (``SA26-0012/1``) or a promise (``SA26-0012/1/deliver``)."""
    record = shelf.get(reference.split("/", 1)[0])
    return customer_of(shelf, record) if record else None


def behind(shelf: Shelf, promise: str) -> set[str]:
    """Everybody who is behind one of the ids in that of a promise, the house too: whoever it was made to is one."""
    bits = {bit for step in promise.split("/") for bit in step.split(".")}
    return {owner for bit in bits if (owner := owner_of(shelf, bit))}


def customer_behind(shelf: Shelf, reference: str) -> str | None:
    """The customer behind an id; ``None`` also where it is of what is nobody's in particular: an offer, an event."""
    owner = owner_of(shelf, reference)
    return None if owner == HOUSE else owner


def _known(shelf: Shelf, customer: str) -> str | None:
    record = shelf.get(customer)
    return record.id if record else None
