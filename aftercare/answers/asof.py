"""A book as it was known on an earlier day: without the facts that came later (``--as-of``)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from aftercare.book.shelf import Shelf, main_moment
from aftercare.plain.moments import Moment, is_late
from aftercare.records.base import Record
from aftercare.records.schema import FieldOf, fields_of

P = TypeVar("P", bound=BaseModel)


def known_on(shelf: Shelf, day: Moment) -> Shelf:
    """The shelf without facts dated after *day*: later records are not there, later happenings are absent."""
    kept = {record.id: earlier for record in shelf.records.values() if (earlier := _record(record, day)) is not None}
    return replace(shelf, records=kept)


def _record(record: Record, day: Moment) -> Record | None:
    main = main_moment(record)
    if main is not None and is_late(main, day):
        return None
    return _part(record, day)


def _part(part: P, day: Moment) -> P | None:
    """The part as far as it had happened; ``None`` if what it cannot be without had not."""
    changes: dict[str, Any] = {}
    for field in fields_of(type(part)):
        held = getattr(part, field.attribute)
        if held is None or held == []:
            continue
        known = _entries(held, field, day)
        if known is None and field.required:
            return None
        if known is not held:
            changes[field.attribute] = known
            if known is None and field.is_fact:
                changes.update(_dated_by(field, part))
    return part.model_copy(update=changes) if changes else part


def _dated_by(field: FieldOf, part: BaseModel) -> dict[str, Any]:
    """What a day of its own belongs to: ``do_not_contact_on`` is the day of ``do_not_contact``, and goes with it."""
    name = field.attribute.removesuffix("_on")
    return {name: None} if name != field.attribute and name in type(part).model_fields else {}


def _entries(held: Any, field: FieldOf, day: Moment) -> Any:
    if field.shape == "many":
        known = [entry for one in held if (entry := _entry(one, field, day)) is not None]
        return held if known == held else known
    if field.shape == "named":
        return held
    return _entry(held, field, day)


def _comes(value: BaseModel, day: Moment, *, entry: bool = False) -> bool:
    """Whether a part had not happened at all: its own day (``on``) is later; of an *entry* of a list, all its days."""
    facts = [field for field in fields_of(type(value)) if field.is_fact and (entry or field.name == "on")]
    stated = [at for field in facts if (at := getattr(value, field.attribute)) is not None]
    return bool(stated) and all(is_late(at, day) for at in stated)


def _entry(value: Any, field: FieldOf, day: Moment) -> Any:
    if isinstance(value, BaseModel):
        return None if _comes(value, day, entry=field.shape == "many") else _part(value, day)
    return None if field.is_fact and is_late(value, day) else value
