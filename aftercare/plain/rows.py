"""Looking into a row as the machine formats have it: values of JSON, found by dotted names of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aftercare.plain.text import nth


def pick(row: Any, path: str) -> Any:
    """The value of a dotted field; of a list, the values of its entries, or one of them counted from 1."""
    if isinstance(row, Mapping) and path in row:
        return row[path]
    for step in path.split("."):
        if isinstance(row, Mapping):
            row = row.get(step)
        elif isinstance(row, list) and _is_place(step):
            place = nth(step, len(row))
            row = row[place - 1] if place else None
        elif isinstance(row, list):
            row = [entry.get(step) for entry in entries(row) if isinstance(entry, Mapping)]
        else:
            return None
    return row


def entries(value: Any) -> Iterator[Any]:
    """What a field holds, one by one: a list's entries, those of lists within it too, or the value itself."""
    if isinstance(value, list):
        for entry in value:
            yield from entries(entry)
    elif value is not None:
        yield value


def leads(row: Any, path: str) -> bool | None:
    """Whether a dotted field is there; None where a value on the way is absent, so that it cannot be told."""
    if not path or (isinstance(row, Mapping) and path in row):
        return True
    if row is None or row == []:
        return None
    step, __, rest = path.partition(".")
    if isinstance(row, list):
        inner = rest if _is_place(step) else path
        found = {leads(entry, inner) for entry in row}
        return True if True in found else None if None in found else False
    return leads(row[step], rest) if isinstance(row, Mapping) and step in row else False


def _is_place(step: str) -> bool:
    return step.isascii() and step.isdigit()
