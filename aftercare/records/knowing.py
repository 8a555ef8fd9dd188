"""What a record is known and found by: its name, the words that mean it alone, its texts, phones and serial numbers."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.language import _
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint
from aftercare.records.customer import Customer
from aftercare.records.enclosures import attached
from aftercare.records.enquiry import Enquiry
from aftercare.records.known import Known
from aftercare.records.offer import Offer
from aftercare.records.part import Part
from aftercare.records.points import Points
from aftercare.records.product import Product
from aftercare.records.sale import Sale
from aftercare.records.schema import leaves
from aftercare.records.staff import Staff
from aftercare.records.wish import Wish

PHONES = frozenset({"phone", "phones"})
"""The fields that are found by their last digits, four or more, and not by any."""


def known_of(record: Record) -> Known:
    """By what people know a record, as far as it says so itself."""
    match record:
        case Customer():
            return Known(record.id, called(record), next(iter(record.phones), ""))
        case Staff():
            return Known(record.id, record.name, record.role or "")
        case Product():
            return Known(record.id, record.name, record.model or "")
        case Part():
            return Known(record.id, record.name, record.number or "")
        case Offer():
            return Known(record.id, record.title)
        case Sale():
            return Known(record.id, owner=record.customer, goods=tuple(item.product for item in record.items))
        case _:
            about = getattr(record, "sale", None) or getattr(record, "unit", None) or ""
            owner = getattr(record, "customer", None) or getattr(record, "to", None) or ""
            goods = (record.gift,) if isinstance(record, Points) and record.gift else ()
            return Known(record.id, _said(record) or "", "", owner, about, goods)


def _said(record: Record) -> str | None:
    """What somebody said, what points were drawn for, or why they were given; else the record's own name."""
    match record:
        case Enquiry():
            return record.question
        case Complaint():
            return record.what
        case Wish():
            return record.words
        case Points():
            return record.for_ or record.reason
        case _:
            found: str | None = getattr(record, "name", None)
            return found


def called(customer: Customer) -> str:
    """The customer's name, or that there is none any more."""
    return _("(forgotten)") if customer.forgotten else customer.name


def words_of(record: Record) -> Iterator[str]:
    """The words that mean a record by themselves, beside its id."""
    match record:
        case Customer() | Staff():
            yield record.name
        case Product():
            yield from filter(None, (record.name, record.model, record.sku))
        case Part():
            yield from filter(None, (record.name, record.number))
        case Sale():
            yield from filter(None, (record.invoice, record.order))
        case Offer():
            yield record.title
        case _:
            pass
    yield from (word for word in (*record.earlier_ids, record.source_key) if word)


def texts_of(record: Record) -> Iterator[str]:
    """All its texts, in any of which it may be found; a phone is no text, and of an attached file only what it is."""
    for leaf in leaves(record):
        if isinstance(leaf.value, str) and not PHONES & set(leaf.path):
            enclosed = attached(leaf.value) if leaf.path[0] == "attachments" else None
            yield enclosed.what if enclosed else leaf.value


def phones_of(record: Record) -> list[str]:
    """The numbers by whose last digits somebody is found."""
    match record:
        case Customer():
            return [*record.phones, *(contact.phone for contact in record.contacts if contact.phone)]
        case Staff():
            return [record.phone] if record.phone else []
        case _:
            return []


def names_of(record: Record) -> tuple[str, ...]:
    """The name of somebody, and how it is read where they said so; nothing of what is no person."""
    return (record.name, *filter(None, (record.pinyin,))) if isinstance(record, Customer | Staff) else ()


def serials_in(record: Record) -> Iterator[tuple[str, str]]:
    """The serial numbers that a record gives to units, each with the unit: of what was sold, or handed over instead."""
    if isinstance(record, Sale):
        for line, item in enumerate(record.items, start=1):
            if item.serial:
                yield item.serial, f"{record.id}/{line}"
    elif isinstance(record, Claim) and record.replaced and record.replaced.serial:
        yield record.replaced.serial, record.unit
