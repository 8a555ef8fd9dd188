"""Records as if they had named others by the ids these have now, whatever they were called when it was written;
and records by any id they had.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from aftercare.book.shelf import Shelf
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.fields import Part as PartOfRecord
from aftercare.records.part import Part
from aftercare.records.product import Product
from aftercare.records.schema import fields_of

_P = TypeVar("_P", bound=PartOfRecord)
_R = TypeVar("_R", bound=Record)


def with_ids_of_now(shelf: Shelf, record: _P) -> _P:
    """The record, or the part of one, as if it had named others by the ids they have now."""
    changes: dict[str, Any] = {}
    for field_ in fields_of(type(record)):
        held = getattr(record, field_.attribute)
        refers = field_.refers or field_.may_refer
        if isinstance(held, PartOfRecord):
            changes[field_.attribute] = with_ids_of_now(shelf, held)
        elif held and field_.part and field_.shape == "many":
            changes[field_.attribute] = [
                with_ids_of_now(shelf, one) if isinstance(one, PartOfRecord) else one for one in held
            ]
        elif refers and isinstance(held, str):
            changes[field_.attribute] = id_of_now(shelf, held)
        elif refers and held:
            changes[field_.attribute] = [id_of_now(shelf, one) for one in held]
    return record.model_copy(update=changes) if changes else record


def id_of_now(shelf: Shelf, reference: str) -> str:
    """A reference by the ids of now: that of its record, and those that a step holds (``SA26-0012/OF26-0003.1``)."""
    steps = (step.split(".") for step in reference.split("/"))
    return "/".join(".".join(_bit_of_now(shelf, bit) for bit in step) for step in steps)


def ids_of_now(shelf: Shelf) -> Callable[[str], str] | None:
    """What makes references of today of those that are typed; None where no record had another id."""
    return partial(id_of_now, shelf) if shelf.formerly else None


def _bit_of_now(shelf: Shelf, bit: str) -> str:
    record = shelf.get(bit)
    return record.id if record else bit


def products_by_any_id(shelf: Shelf) -> dict[str, Product]:
    """The products of the book by their ids, and by those they had."""
    return _by_any_id(shelf, Product)


def parts_by_any_id(shelf: Shelf) -> dict[str, Part]:
    """The parts of the book by their ids, and by those they had."""
    return _by_any_id(shelf, Part)


def claims_by_any_id(shelf: Shelf) -> dict[str, Claim]:
    """The claims of the book by their ids, and by those they had."""
    return _by_any_id(shelf, Claim)


def _by_any_id(shelf: Shelf, model: type[_R]) -> dict[str, _R]:
    """The records of a kind by their ids, and by those they had."""
    found = {record.id: record for record in shelf.of(model)}
    return {old: found[now] for old, now in shelf.formerly.items() if now in found} | found
