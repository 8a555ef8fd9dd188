"""What no record may say, whoever writes it: facts of the future, references that lead nowhere, who was forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aftercare.book.references import circle_of, dangling_among, references_among
from aftercare.errors import Contradicts, FutureFact, NotBroughtBack
from aftercare.plain.moments import Moment, is_late, iso
from aftercare.plain.tree import dotted
from aftercare.records.customer import Customer
from aftercare.records.fields import BLANK
from aftercare.records.schema import leaves

if TYPE_CHECKING:
    from aftercare.book.shelf import Shelf
    from aftercare.records.base import Record
    from aftercare.records.schema import Value


def of_the_future(held: Sequence[Value], now: Moment) -> None:
    """FutureFact where one of these values is a fact that has not happened yet."""
    for leaf in held:
        if leaf.field.is_fact and is_late(leaf.value, now):
            raise FutureFact(dotted(leaf.path), iso(leaf.value), iso(now))


def of_references(shelf: Shelf, record: Record, held: Sequence[Value]) -> None:
    """Contradicts where one of these values, which a record of the shelf holds, leads nowhere or back to itself."""
    for __, sentence in dangling_among(shelf, references_among(held)):
        raise Contradicts(sentence)
    circle = circle_of(shelf, record) if isinstance(record, Customer) else None
    if circle:
        raise Contradicts(circle)


def of_the_forgotten(before: Record | None, customer: Customer) -> None:
    """NotBroughtBack where a customer who was forgotten *before* would be filled in again."""
    if not (isinstance(before, Customer) and before.forgotten):
        return
    if customer.forgotten is None:
        raise NotBroughtBack(customer.id, "forgotten")
    for leaf in leaves(customer):
        personal = leaf.field.personal
        if personal and personal.leaves != "words" and leaf.value != BLANK:
            raise NotBroughtBack(customer.id, dotted(leaf.path))
