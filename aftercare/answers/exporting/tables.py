"""A book as tables, drawn from the models alone: the same for every shop, whatever its records say.

Each kind is a table, with a row for a record.  What lies in a group stands in columns (``told_deliver_by``); each list
is a table of its own (``sale_items``), whose rows have an ``id``, the record in which they stand, called by its kind,
and their ``position``; so have values under names of their own, with their ``name``.  Of a line of a sale the id is the
unit's.  Every column of :mod:`aftercare.records.tables` is there, so that one question does for both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_origin

from aftercare.answers.exporting.cells import in_short
from aftercare.records import tables as of_records
from aftercare.records.drawn_columns import DRAWN
from aftercare.records.fields import Amounted, Dated, Figured, PartOfLine, YesOrNo
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.schema import FieldOf, fields_of

if TYPE_CHECKING:
    from pydantic import BaseModel

Sort: TypeAlias = Literal[
    "text",
    "integer",
    "number",
    "money",
    "amount",
    "currency",
    "moment",
    "day",
    "time",
    "yesno",
    "json",
    "line",
    "again",
]
Row: TypeAlias = Mapping[str, Any]
Values: TypeAlias = tuple[Any, ...]
UNITS = "sale_items"
TABLE_OF: Mapping[str, str] = MappingProxyType({kind: name for name, (kind, path, __) in DRAWN.items() if not path})
"""What the table of a kind is called, as ``aftercare sql`` calls it: one question does for both."""


@dataclass(frozen=True)
class Column:
    """A column: its name, what its values are, the way to them in a record or an entry, and whose ids they are."""

    name: str
    sort: Sort
    path: tuple[str, ...] = ()
    refers: str = ""
    sentence: str = ""
    drawn: of_records.Column | None = None
    """Of what says again, in one text, what stands elsewhere too: how it is made."""


@dataclass
class Table:
    """A table: its columns, those that every row begins with first, and the lists within, each a table too."""

    name: str
    kind: str
    own: list[Column]
    """What is not in the record itself: the id, and where the row belongs."""
    columns: list[Column] = field(default_factory=list)
    lists: list[tuple[tuple[str, ...], str, Table]] = field(default_factory=list)
    shorts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    parent: str = ""
    places: tuple[str, ...] = ()
    """What the columns are called, in tables within, that say the place of the row within which theirs stand."""

    @property
    def all(self) -> list[Column]:
        """Every column, in the order of a row's values."""
        return [*self.own, *self.columns]

    def every(self) -> Iterator[Table]:
        """The table, and those of the lists within."""
        yield self
        for __, ___, inner in self.lists:
            yield from inner.every()


@cache
def drawn(*, split: bool = False) -> tuple[Table, ...]:
    """The tables of all kinds.  Where moments are *split*, one column has the day, another the time if it is said."""
    return tuple(_of_kind(kind, split) for kind in MODELLED)


def _of_kind(kind: str, split: bool) -> Table:
    own = [Column("id", "text", sentence="the record's id")]
    table = Table(TABLE_OF[kind], kind, own)
    _fill(table, model_of(kind), (), split)
    table.columns = [column for column in table.columns if column.name != "id"]
    table.columns.extend(_again(table))
    table.columns.append(Column("more", "json", sentence="what no field of ours is for, by its path"))
    return table


def _fill(table: Table, model: type[BaseModel], before: tuple[str, ...], split: bool) -> None:
    for one in fields_of(model):
        path = (*before, one.name)
        if one.shape != "one":
            table.lists.append((path, one.shape, _inner(table, one, path, split)))
        elif one.part is not None:
            if "Birthday" in one.part.__name__:
                table.shorts.append((path, in_short({f.name: f for f in fields_of(one.part)})))
            _fill(table, one.part, path, split)
        else:
            table.columns.extend(_columns("_".join(path), one, path, split))


def _inner(table: Table, one: FieldOf, path: tuple[str, ...], split: bool) -> Table:
    own = [
        Column("id", "text", sentence="the id of the row"),
        Column(table.kind, "text", refers=TABLE_OF[table.kind], sentence="the record in which it stands"),
    ]
    if table.parent:
        own.append(Column("of", "text", refers=table.name, sentence="the row within which it stands"))
    own += [_placed(name) for name in table.places]
    own.append(
        Column("name", "text", sentence="its name")
        if one.shape == "named"
        else Column("position", "line", sentence="its place, from 1")
    )
    if _is_units(table, path):
        own.append(Column("unit", "text", sentence="the unit: by this id claims and visits name it"))
    before = table.name if table.parent else table.kind
    place = f"{path[-1]}_{'name' if one.shape == 'named' else 'position'}"
    name = "_".join((before, *path))
    inner = Table(name, table.kind, own, parent=table.name, places=(*table.places, place))
    if one.part is not None:
        _fill(inner, one.part, (), split)
    elif PartOfLine in one.types:
        _fill(inner, PartOfLine, (), split)
    else:
        inner.columns.extend(_columns("value", one, (), split))
    inner.columns.extend(_again(inner))
    return inner


def _placed(name: str) -> Column:
    return Column(name, "line" if name.endswith("_position") else "text", sentence="the place of that row")


def _again(table: Table) -> Iterator[Column]:
    """What the table says a second time, in one text: lists of words, and amounts as they are written."""
    for one in of_records.table(table.name).columns:
        if one.mark == "=" or one.path.endswith("[]"):
            yield Column(
                one.name, "again", sentence="all of them" if one.mark != "=" else "as it is written", drawn=one
            )


def _is_units(table: Table, path: tuple[str, ...]) -> bool:
    return (table.kind, *path) == ("sale", "items")


def _columns(name: str, one: FieldOf, path: tuple[str, ...], split: bool) -> Iterator[Column]:
    said = one.about.sentence
    match _sort(one):
        case "moment" if split:
            yield Column(name, "day", path, sentence=said)
            yield Column(f"{name}_time", "time", path, sentence=said)
        case "money":
            yield Column(name, "money" if split else "amount", path, sentence=said)
            yield Column(f"{name}_currency", "currency", path, sentence=said)
        case sort:
            yield Column(name, sort, path, _refers(one), said)


def _sort(one: FieldOf) -> Sort:
    marks = tuple(type(mark) for mark in one.marks)
    if Dated in marks:
        return "moment"
    if Amounted in marks:
        return "money"
    if YesOrNo in marks:
        return "yesno"
    if Figured in marks:
        return "integer" if int in one.types else "number"
    if not all(kind is str or get_origin(kind) is Literal for kind in one.types):
        raise TypeError(one.name)  # a model says something that no table can hold yet
    return "text"


def _refers(one: FieldOf) -> str:
    """The table whose ids stand in a field; "" where they may be of several, or words."""
    refers = one.refers
    if refers is None or refers.or_words or len(refers.kinds) != 1:
        return ""
    return UNITS if refers.kinds == ("unit",) else TABLE_OF.get(refers.kinds[0], "")


def rows_of(table: Table, row: Row, found: dict[str, list[Values]], now: Mapping[str, str]) -> None:
    """Add to *found* what a record says, as rows of its tables; *now* has the ids of now for those of formerly."""
    more = {path: value for path, value in _unknown(model_of(table.kind), row, "") if value is not None}
    values = _values(table, _spelt(table, row), now)
    values[-1] = json.dumps(more, ensure_ascii=False) if more else None
    found[table.name].append((row["id"], *values))
    _lists(table, row, (str(row["id"]), str(row["id"])), (), found, now)


def _lists(
    table: Table,
    row: Row,
    ids: tuple[str, str],
    places: Values,
    found: dict[str, list[Values]],
    now: Mapping[str, str],
) -> None:
    """The rows of the lists within a row: *ids* are those of the record and of the row, *places* lead to the row."""
    record, of = ids
    for path, shape, inner in table.lists:
        held = _at(row, path)
        if not held:
            continue
        entries = held.items() if shape == "named" else enumerate(held, start=1)
        within = (of, *places) if table.parent else ()
        for key, entry in entries:
            row_id = f"{of}/{key}" if inner.name == UNITS else f"{of}/{'.'.join(path)}/{key}"
            spelt = entry if isinstance(entry, dict) else {"item": entry} if _holds_parts(inner) else entry
            unit = (row_id,) if inner.name == UNITS else ()
            found[inner.name].append((row_id, record, *within, key, *unit, *_values(inner, spelt, now)))
            if inner.lists:
                _lists(inner, spelt, (record, row_id), (*places, key), found, now)


def _holds_parts(table: Table) -> bool:
    return bool(table.columns) and bool(table.columns[0].path)


def _spelt(table: Table, row: Row) -> Row:
    """The row, with what stands in short spelt out."""
    for (name, *rest), short in table.shorts:
        if not rest and isinstance(row.get(name), str):
            row = {**row, name: {short: row[name]}}
    return row


def _values(table: Table, row: Any, now: Mapping[str, str]) -> list[Any]:
    return [
        of_records.said(row, column.drawn, _ids_of(now))
        if column.drawn
        else _value_of(column, _at(row, column.path), now)
        for column in table.columns
    ]


def _at(row: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if not isinstance(row, dict):
            return None
        row = row.get(step)
    return row


def _value_of(column: Column, value: Any, now: Mapping[str, str]) -> Any:
    """A value as its column has it: of an amount the figure or the currency, of a moment the day or the time."""
    if value is None or column.sort == "json":
        return None
    match column.sort:
        case "day":
            return value[:10]
        case "time":
            return value if len(value) > len("2026-03-04") else None
        case "amount":
            return None if " " in value else value  # no sum may mix currencies
        case "money":
            return value.rpartition(" ")[2]
        case "currency":
            return value.rpartition(" ")[0] or None
        case "text" if column.refers and now:
            return _of_now(value, now)
        case _:
            return value


def _of_now(said: str, now: Mapping[str, str]) -> str:
    """An id, or that of a part of a record, as it is now."""
    head, sign, rest = said.partition("/")
    return now.get(head, head) + sign + rest


def _ids_of(now: Mapping[str, str]) -> Callable[[str], str] | None:
    return partial(_of_now, now=now) if now else None


@cache
def _parts(model: type[BaseModel]) -> Mapping[str, tuple[type[BaseModel], bool] | None]:
    """What a model knows, by name: of what holds a model too that model, and whether it stands there by itself."""
    return {one.name: (one.part, one.shape == "one") if one.part else None for one in fields_of(model)}


def _unknown(model: type[BaseModel], held: Any, before: str) -> Iterator[tuple[str, Any]]:
    """What a row holds that its model does not know, by its path."""
    parts = _parts(model)
    for name, value in held.items():
        if name not in parts:
            if before or name != "kind":
                yield before + name, value
            continue
        part = parts[name]
        if part is None or not value:
            continue
        inner, is_alone = part
        if not is_alone:
            entries = value.items() if isinstance(value, dict) else enumerate(value, start=1)
            for key, entry in entries:
                if isinstance(entry, dict):
                    yield from _unknown(inner, entry, f"{before}{name}.{key}.")
        elif isinstance(value, dict):
            yield from _unknown(inner, value, f"{before}{name}.")
