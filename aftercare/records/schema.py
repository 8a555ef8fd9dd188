"""Walking a model: which fields there are, what they hold, and which of their texts are facts or references.

Everything generic stands on this: flags, help, ``set``, the pages of the docs, references, ``--as-of``.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from aftercare.records.base import Record
from aftercare.records.fields import About, Happening, MayRefer, PartOfLine, Personal, Refers

Path = tuple[str | int, ...]
_first = itemgetter(0)


class FieldOf(NamedTuple):
    """One field of a model, seen from outside.

    ``name`` is its key in the file, ``types`` what one value of it may be (without ``None``), ``marks`` what the value
    is marked as, ``shape`` "one", "many" (a list) or "named" (a mapping of names to values).
    """

    name: str
    attribute: str
    about: About
    required: bool
    shape: Literal["one", "many", "named"]
    types: tuple[Any, ...]
    marks: tuple[Any, ...]
    refers: Refers | None
    """What its text is the id of."""
    may_refer: MayRefer | None
    """What its text may be the id of; any other text stands for itself."""
    is_fact: bool
    """Whether its moment is one that has happened."""

    @property
    def part(self) -> type[BaseModel] | None:
        """The nested model, where the field holds one (and not merely a short form of it)."""
        found = [t for t in self.types if isinstance(t, type) and issubclass(t, BaseModel) and t is not PartOfLine]
        return found[0] if found else None

    @property
    def choices(self) -> tuple[str, ...]:
        """The only values it takes, where they are few."""
        return tuple(str(v) for t in self.types if get_origin(t) is Literal for v in get_args(t))

    @property
    def personal(self) -> Personal | None:
        """Whether it tells of a customer as a person, and what forgetting leaves of it."""
        return next((m for m in self.marks if isinstance(m, Personal)), None)


@cache
def fields_of(model: type[BaseModel]) -> tuple[FieldOf, ...]:
    """The fields of *model* in the order in which a file holds them."""
    found = []
    for attribute, info in sorted(model.model_fields.items(), key=lambda pair: _rank(model, pair[0])):
        extra = info.json_schema_extra
        about = extra["about"] if isinstance(extra, dict) else None
        shape, kinds, inner = _shape(info.annotation)
        marks = (*info.metadata, *inner)
        found.append(
            FieldOf(
                attribute.rstrip("_"),
                attribute,
                about if isinstance(about, About) else About(""),
                info.is_required(),
                shape,
                kinds,
                marks,
                next((m for m in marks if isinstance(m, Refers)), None),
                next((m for m in marks if isinstance(m, MayRefer)), None),
                any(isinstance(m, Happening) for m in marks),
            )
        )
    return tuple(found)


def _rank(model: type[BaseModel], attribute: str) -> int:
    """The id stands first; what is said of records in general stands behind what makes one of its kind."""
    if attribute == "id":
        return 0
    return 2 if issubclass(model, Record) and attribute in Record.model_fields else 1


def _shape(annotation: Any) -> tuple[Literal["one", "many", "named"], tuple[Any, ...], tuple[Any, ...]]:
    kinds, marks = _unwrapped(annotation)
    for kind in kinds:
        if get_origin(kind) is list:
            inner, inner_marks = _unwrapped(get_args(kind)[0])
            return "many", inner, (*marks, *inner_marks)
        if get_origin(kind) is dict:
            inner, inner_marks = _unwrapped(get_args(kind)[1])
            return "named", inner, (*marks, *inner_marks)
    return "one", kinds, marks


def _unwrapped(annotation: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The alternatives of an annotation without ``None``, and the marks found around them."""
    if get_origin(annotation) is Annotated:
        base, *marks = get_args(annotation)
        kinds, inner = _unwrapped(base)
        return kinds, (*marks, *inner)
    if get_origin(annotation) in {Union, types.UnionType}:
        found = [_unwrapped(part) for part in get_args(annotation) if part is not type(None)]
        return tuple(k for kinds, _ in found for k in kinds), tuple(m for _, marks in found for m in marks)
    return (annotation,), ()


class Value(NamedTuple):
    """One leaf of a record: where it stands, its field, and what it holds."""

    path: Path
    field: FieldOf
    value: Any


def leaves(record: BaseModel, path: Path = ()) -> Iterator[Value]:
    """Every leaf that a record holds, in the file's order; absent ones are left out."""
    ranks = _ranks_of(type(record))
    # Most of a record's fields are empty: they are passed over before any is looked at.
    filled = [
        (ranks[key], held) for key, held in record.__dict__.items() if held is not None and held != [] and key in ranks
    ]
    filled.sort(key=_first)
    every = fields_of(type(record))
    for rank, held in filled:
        field = every[rank]
        if field.shape == "one":
            if isinstance(held, BaseModel):
                yield from leaves(held, (*path, field.name))
            else:
                yield Value((*path, field.name), field, held)
            continue
        for key, entry in enumerate(held) if field.shape == "many" else held.items():
            if isinstance(entry, BaseModel):
                yield from leaves(entry, (*path, field.name, key))
            else:
                yield Value((*path, field.name, key), field, entry)


def told_of_others(record: BaseModel, path: Path = ()) -> Iterator[Value]:
    """Of the :func:`leaves` those that others can prove wrong: what has happened, and what is, or may be, an id."""
    for field, nested in _telling(type(record)):
        held = record.__dict__.get(field.attribute)
        if held is None or held == []:
            continue
        one_by_one = ((None, held),) if field.shape == "one" else enumerate(held)
        for key, entry in held.items() if field.shape == "named" else one_by_one:
            at = (*path, field.name) if key is None else (*path, field.name, key)
            if isinstance(entry, BaseModel):
                if nested:
                    yield from told_of_others(entry, at)
            else:
                yield Value(at, field, entry)


@cache
def _telling(model: type[BaseModel]) -> tuple[tuple[FieldOf, bool], ...]:
    """The fields that are a fact or an id, or hold such fields; and whether they hold them."""
    found = []
    for field in fields_of(model):
        parts = [one for one in field.types if isinstance(one, type) and issubclass(one, BaseModel)]
        nested = any(_telling(part) for part in parts)
        if nested or field.refers or field.may_refer or field.is_fact:
            found.append((field, nested))
    return tuple(found)


@cache
def _ranks_of(model: type[BaseModel]) -> dict[str, int]:
    return {field.attribute: rank for rank, field in enumerate(fields_of(model))}


def unknown_keys(record: BaseModel, path: Path = ()) -> Iterator[Path]:
    """The keys of a record that its model does not know, nested ones too."""
    for key in record.model_extra or {}:
        yield (*path, key)
    for field in fields_of(type(record)):
        held = getattr(record, field.attribute)
        for n, entry in enumerate(held or ()) if field.shape == "many" else ((None, held),):
            if isinstance(entry, BaseModel):
                yield from unknown_keys(entry, (*path, field.name) if n is None else (*path, field.name, n))


def field_at(model: type[BaseModel], path: Path) -> FieldOf | None:
    """The field a *path* of a record leads to; positions in lists are passed over, ``None`` where it leads nowhere."""
    field = next((f for f in fields_of(model) if f.name == path[0]), None)
    rest = path[1:]
    if field is None:
        return None
    if rest and (field.shape == "named" or (field.shape == "many" and isinstance(rest[0], int))):
        rest = rest[1:]
    if not rest:
        return field
    return field_at(field.part, rest) if field.part else None
