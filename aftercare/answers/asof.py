"""A book as it was known on an earlier day: without the facts that came later (``--as-of``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from aftercare.book.shelf import Shelf, main_moment
from aftercare.plain.moments import Moment, is_late
from aftercare.records.base import Record
from aftercare.records.claim import Repair
from aftercare.records.complaint import PassedOn
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.enquiry import Appointment, Material
from aftercare.records.installation import Installation
from aftercare.records.offer import Place
from aftercare.records.product import ToldMaker
from aftercare.records.sale import Packing
from aftercare.records.schema import FieldOf, fields_of

P = TypeVar("P", bound=BaseModel)


class Found(NamedTuple):
    """Facts without a day of their own, and those whose days they came with: the first of these that is known."""

    facts: Sequence[str]
    at: Sequence[str]


_ASKED = ("agreed_beforehand", "asked_for")
FOUND: Mapping[type[BaseModel], Sequence[Found]] = {
    Customer: [Found(["do_not_contact"], ["do_not_contact_on"])],
    Packing: [Found(["by"], ["done_at"])],
    Delivery: [
        Found(["charged", "packed", "difficulty"], ["dispatched_at", "arrived_at", "signed"]),
        Found(["opened", "damage", "checklist"], ["arrived_at", "signed"]),
    ],
    Installation: [
        Found(
            ["checklist", "tested", "explained", "questions", "hotline_left", "charged", "materials", *_ASKED],
            ["started_at", "signed"],
        ),
    ],
    Repair: [
        Found(["problem", "cause"], ["diagnosed", "repaired", "tested", "out"]),
        Found(["done", "result"], ["repaired", "tested", "out"]),
        Found(["cost", "labour"], ["out"]),
    ],
    PassedOn: [Found(["by"], ["at"]), Found(["answer"], ["answered"])],
    Material: [Found(["how", "by"], ["sent_at"])],
    Appointment: [Found(["met_by", "said"], ["met_at"])],
    ToldMaker: [Found(["answer"], ["answered_on"])],
    Place: [Found(["by"], ["corrected_at"])],
}
"""What is noted with a happening and has no day itself: what was found at a work is not known before the work.

Where none of the days is noted, it was always known.
"""


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
    for found in FOUND.get(type(part), ()):
        noted = [name for name in found.at if getattr(part, name) is not None]
        if noted and all(changes.get(name, part) is None for name in noted):
            changes |= {name: [] if isinstance(getattr(part, name), list) else None for name in found.facts}
    return part.model_copy(update=changes) if changes else part


def _entries(held: Any, field: FieldOf, day: Moment) -> Any:
    if field.shape == "many":
        known = [entry for one in held if (entry := _entry(one, field, day)) is not None]
        return held if known == held else known
    if field.shape == "named":
        return held
    return _entry(held, field, day)


def _comes(value: BaseModel, day: Moment, *, entry: bool = False) -> bool:
    """Whether a part had not happened at all: its own day (``on``, ``at``) is later; of an *entry* of a list, all."""
    facts = [field for field in fields_of(type(value)) if field.is_fact and (entry or field.name in {"on", "at"})]
    stated = [at for field in facts if (at := getattr(value, field.attribute)) is not None]
    return bool(stated) and all(is_late(at, day) for at in stated)


def _entry(value: Any, field: FieldOf, day: Moment) -> Any:
    if isinstance(value, BaseModel):
        return None if _comes(value, day, entry=field.shape == "many") else _part(value, day)
    return None if field.is_fact and is_late(value, day) else value
