"""A record as the machine formats have it: every field it may have, in the order of its file."""

from __future__ import annotations

from typing import Any

from aftercare.records.base import Record
from aftercare.records.names import kind_of_id
from aftercare.records.schema import fields_of


def row(record: Record) -> dict[str, Any]:
    """Every field of a record, ``None`` where it has no value; unknown keys too."""
    dumped = record.model_dump(mode="json", by_alias=True)
    known = {field.name: dumped.pop(field.name) for field in fields_of(type(record))}
    return {"id": record.id, "kind": kind_of_id(record.id), **known, **dumped}
