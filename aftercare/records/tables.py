"""The records as tables: one for each kind, one for each list in it, with typed columns; no model is needed for it.

A field of a record is a column, one within another is joined by ``_`` (``told_deliver_by``).  The entries of a list are
rows of a table of their own (``sale_items``), with the record's id and the position from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from aftercare.records.drawn_columns import DRAWN

MARKS = "#%$?@>*"


_IN_SHORT = frozenset({"solar", "item"})
"""The fields whose value may stand alone: a birthday by the solar calendar, a whole line of a sale."""


class Column(NamedTuple):
    """A column: its name, the path to its value within an entry, and the mark of its sort.

    The marks: "" text, ``#`` whole number, ``%`` number, ``$`` amount of money, ``?`` yes or no, ``@`` day or time,
    ``>`` id of another record, ``*`` anything else, as JSON; ``=`` is the text of the amount before it, to the last
    decimal.  A path that ends in ``[]`` is a list in one text.
    """

    name: str
    path: str
    mark: str


class Table(NamedTuple):
    """A table: the kind of record it is of, the path to the entries that are its rows, and its columns.

    ``keys`` are the first columns of a table of entries: the id of the record, and the entry's position or name.
    """

    name: str
    kind: str
    path: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def table(name: str) -> Table:
    """One of the tables in :data:`NAMES`."""
    kind, path, columns = DRAWN[name]
    return Table(name, kind, path, keys(kind, path), tuple(_columns(columns.split())))


NAMES = tuple(DRAWN)


def split(drawn: str) -> tuple[str, str]:
    """The path and the mark of a column as it is drawn."""
    return (drawn[:-1], drawn[-1]) if drawn[-1] in MARKS else (drawn, "")


def column_name(path: str) -> str:
    """What the column of a value is called; that of an entry which is no more than a value is ``value``."""
    return path.removesuffix("[]").replace(".", "_") if path != "." else "value"


def keys(kind: str, path: str) -> tuple[str, ...]:
    """The first columns of a table of entries; none of the table of the records themselves.

    A line of a sale is a unit, which has an id of its own.
    """
    if not path:
        return ()
    *outer, last = (step for step in path.split(".") if step.endswith(("[]", "{}")))
    names = (f"{step[:-2]}_{_place(step)}" for step in outer)
    return (kind, *names, _place(last), *(("unit",) if (kind, path) == ("sale", "items[]") else ()))


def _place(step: str) -> str:
    return "position" if step.endswith("[]") else "name"


def _columns(drawn: Sequence[str]) -> Iterator[Column]:
    for one in drawn:
        path, mark = split(one)
        name = column_name(path)
        yield Column(name, path, mark)
        if mark == "$":
            yield Column(f"{name}_text", path, "=")


def entries(
    table: Table, row: Mapping[str, Any], wanted: Sequence[str], now: Callable[[str], str] | None
) -> Iterator[tuple[Any, ...]]:
    """The rows that a record gives to a table: of each the values of the *wanted* columns.

    *row* is the record as the machine formats have it; *now* makes ids of today of those in it, where any changed.
    """
    record = str(row["id"])
    columns = {column.name: column for column in table.columns}
    for places, entry in _found(row, table.path.split(".") if table.path else [], ()):
        held = dict(zip(table.keys, (record, *places, f"{record}/{places[-1]}" if places else ""), strict=False))
        yield tuple(held[name] if name in held else said(entry, columns[name], now) for name in wanted)


def said(entry: Any, column: Column, now: Callable[[str], str] | None = None) -> Any:
    """What an entry says in a column, as a database holds it."""
    return _value(_at(entry, column.path), column, now)


def _found(value: Any, steps: Sequence[str], places: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The entries to which a path leads, with the positions and the names on the way."""
    if not steps:
        yield places, value
        return
    step, *rest = steps
    inner = value.get(step.rstrip("[]{}")) if isinstance(value, Mapping) else None
    if step.endswith("[]"):
        for position, entry in enumerate(inner or (), start=1):
            yield from _found(entry, rest, (*places, position))
    elif step.endswith("{}"):
        for name, entry in (inner or {}).items():
            yield from _found(entry, rest, (*places, name))
    elif inner is not None:
        yield from _found(inner, rest, places)


def _at(entry: Any, path: str) -> Any:
    if path == ".":
        return entry
    for step in path.removesuffix("[]").split("."):
        if isinstance(entry, Mapping):
            entry = entry.get(step)
        elif step not in _IN_SHORT:
            return None
    return entry


def _value(value: Any, column: Column, now: Callable[[str], str] | None) -> Any:
    """A value as a database holds it."""
    if value is None or value == []:
        return None
    if column.path.endswith("[]"):
        return ", ".join(str(_value(one, Column("", "", column.mark), now)) for one in value)
    match column.mark:
        case "?":
            return int(bool(value))
        case "#":
            return int(value)
        case "%" | "$":
            return _number(value)
        case ">":
            return now(str(value)) if now else str(value)
        case "*" if not isinstance(value, str | int | float):
            import json

            return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, int | float) else str(value)


def _number(value: Any) -> int | float | None:
    """A number, whole where it is; none of an amount in another currency than the book's."""
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number
