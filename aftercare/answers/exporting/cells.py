"""A record as the cells of one row of a sheet, and the way back from a cell to the value it means.

A column is a path as ``set`` takes it: ``address.text``, ``items.2.serial``.  A list of plain values is one cell, its
entries parted by semicolons; where that could not be taken apart again it is a list of JSON.  What no model knows, and
values under names of their own, are text, or JSON where they are more than that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from aftercare.plain.tree import Path, Tree, textify
from aftercare.records.kinds import model_of
from aftercare.records.schema import FieldOf, fields_of

if TYPE_CHECKING:
    from pydantic import BaseModel

Row: TypeAlias = Mapping[str, Any]
_JSON = ("[", "{", '"')
"""With one of these begins a cell of JSON, where a cell may hold more than one plain value."""
_SELDOM = frozenset({"attachments", "source_key", "formerly", "removed"})
"""The fields of every record that have a column only where a record says something in them."""


class Place(NamedTuple):
    """Where a column leads: the path, and its field; None where the model knows none."""

    path: Path
    field: FieldOf | None


class _Shape(NamedTuple):
    """A model from outside: its fields by name, in their order, and the shapes of those that hold a part."""

    fields: dict[str, FieldOf]
    places: dict[str, int]
    parts: dict[str, _Shape]
    nameds: frozenset[str]


@cache
def _shape(model: type[BaseModel]) -> _Shape:
    fields = fields_of(model)
    parts = {one.name: _shape(one.part) for one in fields if one.part is not None and one.shape != "named"}
    named = frozenset(one.name for one in fields if one.shape == "named")
    return _Shape({f.name: f for f in fields}, {f.name: n for n, f in enumerate(fields)}, parts, named)


def cells(kind: str, row: Row) -> dict[str, str]:
    """The cells of a record that say something, by their columns."""
    found: dict[str, str] = {}
    _spread(_shape(model_of(kind)), row, "", found)
    found.pop("kind", None)
    return found


def _spread(shape: _Shape, held: Row, before: str, found: dict[str, str]) -> None:
    for name, value in held.items():
        if value is None or value in ([], {}):
            continue
        column = before + name
        if name not in shape.fields:
            found[column] = _coded(value)
        elif isinstance(value, list):
            _spread_list(shape.parts.get(name), value, column, found)
        elif name in shape.parts:
            part = shape.parts[name]
            spelt = value if isinstance(value, dict) else {in_short(part.fields): value}
            _spread(part, spelt, column + ".", found)
        elif isinstance(value, dict):
            found.update((f"{column}.{key}", _coded(entry)) for key, entry in value.items())
        else:
            found[column] = _plain(value)


def _spread_list(part: _Shape | None, values: list[Any], column: str, found: dict[str, str]) -> None:
    if part is None and not any(isinstance(entry, dict) for entry in values):
        found[column] = _listed(values)
        return
    for n, entry in enumerate(values, start=1):
        if isinstance(entry, dict) and part is not None:
            _spread(part, entry, f"{column}.{n}.", found)
        else:
            found[f"{column}.{n}"] = _coded(entry)


def in_short(fields: Mapping[str, FieldOf]) -> str:
    """The field of a part that a single value in its place stands for (a birthday by the solar calendar)."""
    return next(iter(fields))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else str(textify(value))


def _coded(value: Any) -> str:
    """A value of any shape in one cell; :func:`decoded` gives it back."""
    if isinstance(value, str) and not value.lstrip().startswith(_JSON):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | list | dict) else _plain(value)


def decoded(cell: str) -> Tree:
    """The value of a cell that may hold any; a text that only looks like JSON is that text."""
    if cell.startswith(_JSON):
        try:
            return textify(json.loads(cell))
        except (ValueError, RecursionError):
            return cell
    return cell


def _listed(values: list[Any]) -> str:
    texts = [_plain(value) for value in values]
    is_clear = all(text and text.strip() == text and ";" not in text for text in texts)
    return "; ".join(texts) if is_clear and not texts[0].startswith("[") else json.dumps(texts, ensure_ascii=False)


def entries(cell: str) -> list[str]:
    """The entries of a list in one cell."""
    if cell.startswith("["):
        found = decoded(cell)
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return [str(one) for one in found]
    return [entry for one in cell.split(";") if (entry := one.strip())]


def place_of(kind: str, column: str) -> Place:
    """Where a column of a kind's sheet leads; the rest of the way is one key where the model knows no further."""
    return _led(_shape(model_of(kind)), column.split("."), ())


def _led(shape: _Shape, steps: list[str], before: Path) -> Place:
    name, *rest = steps
    field = shape.fields.get(name)
    here: Path = (*before, name)
    if field is None:
        return Place((*before, ".".join(steps)), None)
    if not rest:
        return Place(here, field)
    if name in shape.nameds:
        return Place((*here, ".".join(rest)), None)
    if field.shape == "many":
        if not (rest[0].isascii() and rest[0].isdigit() and 0 < int(rest[0]) < 10_000):
            return Place((*before, ".".join(steps)), None)
        here, rest = (*here, int(rest[0]) - 1), rest[1:]
        if not rest:
            return Place(here, field)
    if name not in shape.parts:
        return Place((*before, ".".join(steps)), None)
    return _led(shape.parts[name], rest, here)


def is_known(kind: str, column: str) -> bool:
    """Whether a column is one of the model's own, or stands under a name that may be any."""
    path, field = place_of(kind, column)
    return field is not None or (len(path) > 1 and _is_named(model_of(kind), path))


def _is_named(model: type[BaseModel], path: Path) -> bool:
    from aftercare.records.schema import field_at

    holder = field_at(model, path[:-1])
    return holder is not None and holder.shape == "named"


def usual(kind: str) -> list[str]:
    """The columns that every sheet of a kind has, whether or not any record says something in them."""
    return [column for column in _leaves(_shape(model_of(kind)), "") if column.partition(".")[0] not in _SELDOM]


def _leaves(shape: _Shape, before: str) -> Iterator[str]:
    for name, field in shape.fields.items():
        if name in shape.parts:
            if field.shape == "one":
                yield from _leaves(shape.parts[name], f"{before}{name}.")
        elif name not in shape.nameds:
            yield before + name


def in_order(kind: str, columns: Iterable[str]) -> list[str]:
    """Columns in the order in which a file of the kind holds its values; what no model knows comes last."""
    return sorted(set(columns), key=lambda column: _rank(_shape(model_of(kind)), column.split(".")))


def _rank(shape: _Shape, steps: list[str]) -> tuple[tuple[int, str], ...]:
    name, *rest = steps
    here = (shape.places.get(name, len(shape.places)), "" if name in shape.places else name)
    if not rest:
        return (here,)
    if rest[0].isdigit():
        first, rest = (int(rest[0]), ""), rest[1:]
        if not rest:
            return (here, first)
        return (here, first, *(_rank(shape.parts[name], rest) if name in shape.parts else ((0, ".".join(rest)),)))
    return (here, *(_rank(shape.parts[name], rest) if name in shape.parts else ((0, ".".join(rest)),)))


def is_figure_of_text(kind: str, column: str) -> bool:
    """Whether a column holds texts, in which digits are no number: a spreadsheet must not reckon them."""
    field = place_of(kind, column).field
    return field is not None and any(one is str for one in field.types) and field.refers is None and column != "id"
