"""References between records: whether each leads somewhere, and who refers to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from aftercare.book.ids import loosely, parse
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _
from aftercare.plain.text import nth
from aftercare.plain.tree import Path, dotted
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.sale import Sale
from aftercare.records.schema import Value, leaves


class Reference(NamedTuple):
    """One reference of a record: where it stands, what it says, and the kinds of which it may be."""

    path: Path
    text: str
    kinds: tuple[str, ...]


def references(record: Record) -> Iterator[Reference]:
    """Every reference that a record holds."""
    yield from references_among(leaves(record))


def references_among(held: Iterable[Value]) -> Iterator[Reference]:
    """The references among the values of a record."""
    for leaf in held:
        refers, may_refer = leaf.field.refers, leaf.field.may_refer
        if refers and not (refers.or_words and is_words(str(leaf.value), refers.kinds)):
            yield Reference(leaf.path, str(leaf.value), refers.kinds)
        elif may_refer and is_id_of(str(leaf.value), may_refer.kinds):
            yield Reference(leaf.path, str(leaf.value), may_refer.kinds)


def ids_in(record: Record) -> set[str]:
    """The ids that a record names, also in the steps of promises."""
    return {bit for reference in references(record) for bit in _named(reference.text) if parse(bit)}


def is_id_of(text: str, kinds: tuple[str, ...]) -> bool:
    """Whether a free text is, to the letter, the id of a record of one of these kinds."""
    named = parse(text)
    return named is not None and named.kind.name in kinds


def is_words(text: str, kinds: tuple[str, ...]) -> bool:
    """Whether a text that may be words is no id of one of these *kinds*, not even one that is written loosely."""
    named = loosely(text)
    return named is None or named.kind.name not in kinds


def dangling(shelf: Shelf, record: Record) -> Iterator[tuple[Path, str]]:
    """The references that lead nowhere, each with a sentence that says why."""
    yield from dangling_among(shelf, references(record))


def dangling_among(shelf: Shelf, named: Iterable[Reference]) -> Iterator[tuple[Path, str]]:
    """The same, of references that are known."""
    for reference in named:
        sentence = _wrong(shelf, reference)
        if sentence:
            where = dotted(reference.path)
            yield reference.path, sentence.format(where=where, text=reference.text)


def _wrong(shelf: Shelf, reference: Reference) -> str:
    head, __, rest = reference.text.partition("/")
    kind = kind_of(head)
    record = shelf.get(head)
    if record is None:
        if head in shelf.invalid:
            return ""
        return _("{where}: {text} was removed") if head in shelf.tombstones else _("{where}: there is no {text}")
    if "any_promise" in reference.kinds:
        return ""
    if rest:
        line = _line(record, rest)
        return "" if "unit" in reference.kinds and line else _("{where}: there is no {text}")
    return "" if kind in reference.kinds else _("{where}: {text} is of another kind")


def _line(record: Record, rest: str) -> bool:
    return isinstance(record, Sale) and not rest.startswith("0") and nth(rest, len(record.items)) > 0


def back_to_themselves(named: Mapping[str, str]) -> set[str]:
    """Those to whom one comes back by going from each to whoever is *named* behind it, and so on."""
    found: set[str] = set()
    seen: set[str] = set()
    for start in named:
        way: dict[str, None] = {}
        at = start
        while at in named and at not in seen:
            seen.add(at)
            way[at] = None
            at = named[at]
        if at in way:
            steps = list(way)
            found.update(steps[steps.index(at) :])
    return found


def circles(shelf: Shelf) -> dict[str, str]:
    """The customers who are said to have brought each other, round in a circle, each with a sentence that says so."""
    return circles_among({one.id: by.id for one in shelf.of(Customer) if (by := named_by(shelf, one))})


def circles_among(named: Mapping[str, str]) -> dict[str, str]:
    """The same, of customers with whoever is *named* to have brought each."""
    return {customer: _in_circle(customer, named[customer]) for customer in sorted(back_to_themselves(named))}


def circle_of(shelf: Shelf, customer: Customer) -> str | None:
    """The sentence about a customer who is one of them; None for others."""
    first, seen = named_by(shelf, customer), set[str]()
    by = first
    while by is not None and by.id != customer.id and by.id not in seen:
        seen.add(by.id)
        by = named_by(shelf, by) if isinstance(by, Customer) else None
    return _in_circle(customer.id, first.id) if first and by and by.id == customer.id else None


def named_by(shelf: Shelf, customer: Customer) -> Record | None:
    """The record that a customer is said to have been brought by, where it is there."""
    return shelf.get(customer.referred_by) if customer.referred_by else None


def _in_circle(customer: str, by: str) -> str:
    itself, others = _("{where}: nobody brings themselves"), _("{where}: {by} was brought by {customer}, in a circle")
    return (itself if by == customer else others).format(where="referred_by", by=by, customer=customer)


def referrers(shelf: Shelf, record_id: str) -> list[str]:
    """The ids of the records that refer to one."""
    return [
        record.id
        for record in shelf.naming([record_id])
        if record.id != record_id and any(record_id in _named(r.text) for r in references(record))
    ]


def mentions(shelf: Shelf, record_ids: Collection[str]) -> dict[str, set[str]]:
    """The records that refer to any of some ids, each with those that it names."""
    wanted = frozenset(record_ids)
    found: dict[str, set[str]] = {}
    for record in shelf.naming(wanted):
        for reference in references(record):
            named = wanted & _named(reference.text) - {record.id}
            if named:
                found.setdefault(record.id, set()).update(named)
    return found


def _named(text: str) -> set[str]:
    """The ids in a reference: that of its record, and those in the steps of a promise (``SA26-0012/OF26-0003.1``,
    ``CU25-0042/thanks.CU26-0001``).
    """
    return {bit for step in text.split("/") for bit in step.split(".")}
