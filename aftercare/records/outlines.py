"""What lists and their flags need of the models, without the models: which fields there are, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from aftercare.records.drawn_outlines import DRAWN


class Field(NamedTuple):
    """A field of a record, in the order of its file."""

    name: str
    is_flat: bool
    """Whether a value of it is one word, so that it may stand on the command line."""
    empty: Any
    """What a row has where the record says nothing."""
    refers: tuple[str, ...]
    """The kinds of record of which it holds the id."""


class Shown(NamedTuple):
    """A column of a list, and what tells how its value is said."""

    path: str
    name: str
    choices: bool
    """Whether it takes only a few values, each of them a word of ours."""
    refers: bool
    """Whether it holds the id of a record, or may."""
    may_refer: bool
    is_fact: bool


class Outline(NamedTuple):
    """A kind of record from outside."""

    model: str
    main_date: str
    """The field by whose date it belongs to a period; "" where none does."""
    fields: tuple[Field, ...]
    columns: tuple[Shown, ...]

    @property
    def header(self) -> list[str]:
        """The names of the fields of a row."""
        return ["id", "kind", *(field.name for field in self.fields if field.name != "id")]


@cache
def outline_of(kind: str) -> Outline:
    """The outline of a *kind*."""
    model, main_date, fields, columns = DRAWN[kind]
    return Outline(model, main_date, tuple(map(_field, fields.split())), tuple(map(_shown, columns.split())))


def _field(drawn: str) -> Field:
    head, __, kinds = drawn.partition(">")
    is_part, shape = head.endswith(":"), head.rstrip(":")
    name = shape.rstrip("[]{}")
    is_named = shape.endswith("{}")
    empty: Any = {} if is_named else [] if shape.endswith("[]") else None
    return Field(name, not (is_part or is_named), empty, tuple(kinds.split(",")) if kinds else ())


def _shown(drawn: str) -> Shown:
    path = drawn.rstrip("?>@")
    marks = drawn.removeprefix(path)
    return Shown(path, path.rpartition(".")[2], "?" in marks, ">" in marks, False, "@" in marks)


def short(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """A row without its id, and without the fields in which the record says nothing."""
    empty = {"kind": kind} | _empty(kind)
    return {name: value for name, value in row.items() if name != "id" and not (name in empty and empty[name] == value)}


def whole(record_id: str, kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The row again of which *said* is what :func:`short` left."""
    return {"id": record_id, "kind": kind, **_empty(kind), **said}


@cache
def _empty(kind: str) -> dict[str, Any]:
    return {field.name: field.empty for field in outline_of(kind).fields if field.name != "id"}
