"""The JSON Schema of a kind of record, from its model.

Keys that a model does not know are kept in a record, so they are allowed; a record that was removed needs nothing more.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, get_origin

from pydantic import BaseModel, BeforeValidator

from aftercare.plain import json_schema as js
from aftercare.plain.json_schema import Schema
from aftercare.records.fields import Amounted, Dated, Figured, Lasting, YesOrNo
from aftercare.records.kinds import model_of
from aftercare.records.schema import FieldOf, fields_of

_MOST = 9_999_999
_LENGTH: Schema = {"type": "string", "pattern": "^[0-9]{1,4}[hdwmy]$"}
_AMOUNT: Schema = {"type": ["number", "string"], "pattern": r"\d"}


def record_schema(kind: str) -> Schema:
    """The schema of one record of a *kind*."""
    model = model_of(kind)
    defs: dict[str, Schema] = {}
    body = _part(model, defs)
    needed = body.pop("required")
    return js.document(
        kind,
        {
            "description": _first(model),
            **body,
            "if": {"properties": {"removed": {"type": "object"}}, "required": ["removed"]},
            "then": {"required": ["id"]},
            "else": {"required": needed},
        },
        defs,
    )


def settings_schema(model: type[BaseModel]) -> Schema:
    """The schema of a file of settings, which its *model* says; a shop may be its name alone, hours one text."""
    defs: dict[str, Schema] = {}
    body = _part(model, defs)
    return js.document("settings", {"description": _first(model), **body}, defs)


def _part(model: type[BaseModel], defs: dict[str, Schema]) -> Schema:
    fields = fields_of(model)
    parts = {field.name: {"description": field.about.sentence, **_shape(field, defs)} for field in fields}
    return js.group(parts, [field.name for field in fields if field.required], closed=False)


def _shape(field: FieldOf, defs: dict[str, Schema]) -> Schema:
    value = _value(field, defs)
    if field.shape == "many":
        return js.listed(value)
    return js.named(value) if field.shape == "named" else value


def _value(field: FieldOf, defs: dict[str, Schema]) -> Schema:
    values = [_type(kind, field, defs) for kind in field.types]
    # What is read before it is typed may be written in a short form: a birthday as a text.
    if field.part and any(isinstance(mark, BeforeValidator) for mark in field.marks):
        values.append(js.TEXT)
    found = [value for at, value in enumerate(values) if value not in values[:at]]
    return found[0] if len(found) == 1 else js.either(*found)


def _type(kind: Any, field: FieldOf, defs: dict[str, Schema]) -> Schema:
    if get_origin(kind) is Literal:
        return js.choice(field.choices)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind.__name__ not in defs:
            defs[kind.__name__] = {}  # it may hold itself
            defs[kind.__name__] = {"description": _first(kind), **_part(kind, defs)}
        return js.ref(kind.__name__)
    return _marked(kind, field)


def _marked(kind: Any, field: FieldOf) -> Schema:
    marks = {type(mark) for mark in field.marks}
    if Dated in marks:
        return js.MOMENT
    if YesOrNo in marks:
        return js.YES
    if Amounted in marks:
        return _AMOUNT
    if Lasting in marks:
        return _LENGTH
    if Figured in marks and kind in {int, Decimal}:
        return js.whole(1, _MOST) if kind is int else js.NUMBER
    return js.TEXT


def _first(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]
