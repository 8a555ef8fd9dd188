"""Records without people: what is left when nobody is to be known by it.

Nothing of a text is kept but what is named here; what is no text (days, amounts, figures, words that are chosen from a
few, ids of the book) is.  A text without which a record would be none, and a serial number, gives way to a word that
stands for it within one export, by a key that nobody keeps.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from aftercare.book.references import is_id_of
from aftercare.records.fields import Lasting, Personal
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.schema import FieldOf, fields_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aftercare.answers.nameless import Nameless

_LETTERS = "bcdfghjkmnpqrstvwxz"
"""No vowel, so that no word comes of them; no digit, so that no number does."""
_KEPT = frozenset(
    {
        *("address.region", "forgotten.greetings.step", "category", "maker", "fault.component", "saw.component"),
        *("exclusions", "decisions.verdict.packs", "decisions.verdict.remedies.line", "role", "theme", "component"),
        *("meets.category", "meets.regions", "maker_parts.part", "features", "accessories"),
    }
)
"""The texts that are kept but for what tells of somebody in them, of whatever kind of record."""
_CODES = frozenset({"model", "sku", "number", "replaced.model"})
"""Codes of makers, which are kept but for what is somebody's phone."""
_NAMES_OF_GOODS = frozenset({"product", "part"})
_STOOD_FOR = frozenset({"serial", "batch", "source_key"})
"""The texts that are told apart still."""
_WHERE_ONE_LIVES = frozenset({"address", "deliver_to", "to"})
"""Groups of which only the region is kept: how far from the shop somebody lives may tell who it is."""


class _Shape(NamedTuple):
    fields: Mapping[str, FieldOf]
    parts: Mapping[str, _Shape]


@cache
def _shape(model: type[BaseModel]) -> _Shape:
    fields = {one.name: one for one in fields_of(model)}
    return _Shape(fields, {name: _shape(one.part) for name, one in fields.items() if one.part is not None})


class NamelessRows:
    """Takes people out of the rows of one export."""

    def __init__(self, key: bytes, words: Nameless) -> None:
        self._key = key
        self._words = words

    def row(self, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row without them; every field of it is still there."""
        left: dict[str, Any] = self._part(kind, _shape(model_of(kind)), row, "")
        known = _shape(model_of(kind)).fields
        return {name: left.get(name) for name in row if name in known or name == "kind"} | {"kind": kind}

    def stand_in(self, text: str) -> str:
        """The word that stands for a text in this export."""
        digest = hmac.digest(self._key, text.encode(), "sha256")
        return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:12])

    def _part(self, kind: str, shape: _Shape, held: Mapping[str, Any], before: str) -> dict[str, Any]:
        return {
            name: self._field(kind, shape, name, value, f"{before}{name}")
            for name, value in held.items()
            if name in shape.fields
        }

    def _field(self, kind: str, shape: _Shape, name: str, value: Any, path: str) -> Any:
        field, part = shape.fields[name], shape.parts.get(name)
        if value is None or value in ([], {}):
            return value
        if name in _WHERE_ONE_LIVES and isinstance(value, dict):
            region = value.get("region")
            return dict.fromkeys(value) | ({"region": self._words(region)} if region else {})
        if isinstance(value, list):
            entries = (self._entry(kind, field, part, entry, path) for entry in value)
            return [entry for entry in entries if entry is not None]
        if field.shape == "named":
            kept = {key: self._entry(kind, field, part, entry, path) for key, entry in value.items()}
            return {key: entry for key, entry in kept.items() if entry is not None} if path in _KEPT or part else {}
        return self._entry(kind, field, part, value, path)

    def _entry(self, kind: str, field: FieldOf, part: _Shape | None, value: Any, path: str) -> Any:
        if part is not None:
            return self._part(kind, part, value, f"{path}.") if isinstance(value, dict) else None
        return value if not isinstance(value, str) else self._text(kind, field, value, path)

    def _text(self, kind: str, field: FieldOf, text: str, path: str) -> str | None:
        """What is left of a text."""
        is_personal = any(isinstance(mark, Personal) for mark in field.marks)
        if path in {"id", "formerly"}:
            return text
        if field.refers or field.may_refer:
            return text if _is_reference(text) else self._instead(field, text)
        if str not in field.types and not (is_personal and field.choices):
            return text
        if any(isinstance(mark, Lasting) for mark in field.marks):
            return text
        if path in _CODES:
            return self._words.code(text)
        if path in _KEPT or (path == "name" and kind in _NAMES_OF_GOODS):
            return self._words(text)
        if field.name in _STOOD_FOR:
            return self.stand_in(text)
        return self._instead(field, text)

    def _instead(self, field: FieldOf, text: str) -> str | None:
        """What stands for a text without which there would be no record; nothing for others."""
        return self.stand_in(text) if field.required and field.shape == "one" else None


def _is_reference(text: str) -> bool:
    """Whether a text is an id of the book, of a record, a unit or a promise, and nothing else."""
    head, __, rest = text.partition("/")
    return is_id_of(head, MODELLED) and all(sign.isascii() and (sign.isalnum() or sign in "/.-") for sign in rest)
