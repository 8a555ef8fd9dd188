"""What is wrong between records and shows only when all are put side by side: one number on two things.

Each record has traits (the serial numbers in a sale, the row of a table that it was imported from), and a look goes
through one trait of all records, in the order of their files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aftercare.book.ids import parse
from aftercare.book.references import circles_among, named_by
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _
from aftercare.plain.text import fold
from aftercare.plain.tree import Path, dotted
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.sale import Sale


class Finding(NamedTuple):
    """Something wrong with a record: where in it, a code as in ``docs/check.md``, and the sentence."""

    record: str
    path: Path
    code: str
    sentence: str


class Trait(NamedTuple):
    """Something that a record bears, at a place in it; of two with the same ``value`` one may be wrong."""

    trait: str
    value: str
    record: str
    place: int
    said: str
    """As it stands there; of who is said to have brought a customer, the id of now."""


SERIAL, SOURCE, FORMERLY, BROUGHT = "serial", "source", "formerly", "brought"


def traits_of(record: Record, shelf: Shelf) -> Iterator[Trait]:
    """All that one record bears; what a called-off sale was about may have been sold again."""
    if isinstance(record, Sale) and record.cancelled is None:
        for place, item in enumerate(record.items):
            if item.serial:
                yield Trait(SERIAL, fold(item.serial).casefold(), record.id, place, item.serial)
    if record.source_key:
        yield Trait(SOURCE, f"{kind_of(record.id)} {record.source_key}", record.id, 0, record.source_key)
    for place, text in enumerate(record.formerly):
        yield Trait(FORMERLY, text, record.id, place, text)
    if isinstance(record, Customer) and (by := named_by(shelf, record)):
        yield Trait(BROUGHT, record.id, record.id, 0, by.id)


def serials_twice(borne: Iterable[Trait]) -> Iterator[Finding]:
    """One serial number on two units."""
    known: dict[str, str] = {}
    for one in borne:
        unit = f"{one.record}/{one.place + 1}"
        other = known.setdefault(one.value, unit)
        if other != unit:
            sentence = _("{serial} is also the serial number of {other}").format(serial=one.said, other=other)
            yield Finding(one.record, ("items", one.place, "serial"), "serial", sentence)


def imported_twice(borne: Iterable[Trait]) -> Iterator[Finding]:
    """Two records of one kind that came from the same row of an import."""
    known: dict[str, str] = {}
    for one in borne:
        first = known.setdefault(one.value, one.record)
        if first != one.record:
            sentence = _("{first} was imported from the same row ({key})").format(first=first, key=one.said)
            yield Finding(one.record, ("source_key",), "twice", sentence)


def formerly_said(borne: Iterable[Trait]) -> Iterator[Finding]:
    """Ids that records say they had and that are of another kind, their own, or also said by another.

    That another record has such an id now is no fault: two clones gave it, and one of the two moved on.
    """
    whose: dict[str, str] = {}
    for __, text, record, number, ___ in borne:
        where, named = dotted(("formerly", number)), parse(text)
        if named is None or named.kind.name != kind_of(record):
            sentence = _("{where}: {text} is of another kind")
        elif text == record:
            sentence = _("{where}: {text} is its own id")
        elif whose.setdefault(text, record) != record:
            sentence = _("{where}: {other} says that it was {text} too")
        else:
            continue
        said = sentence.format(where=where, text=text, other=whose.get(text, ""))
        yield Finding(record, ("formerly", number), "formerly", said)


def circles_in(borne: Iterable[Trait]) -> Iterator[Finding]:
    """Customers who are said to have brought each other."""
    for customer, sentence in circles_among({one.record: one.said for one in borne}).items():
        yield Finding(customer, ("referred_by",), "referral-circle", sentence)
