"""One record on a page that is served: every field with its value, and the way to each record that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from aftercare.answers.finding import describe
from aftercare.book.ids import parse, path_of
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _, word
from aftercare.plain.tree import textify
from aftercare.records import rows
from aftercare.records.base import Record
from aftercare.render.page import page


class Value(NamedTuple):
    """A field: its name, and its text with where that leads, or the fields within it."""

    name: str
    text: str = ""
    href: str = ""
    within: Sequence[Value] = ()


def record_page(record: Record, shelf: Shelf) -> str:
    """A record's page in the language in use."""
    named = parse(record.id)
    return page(
        "record.html",
        id=record.id,
        title=describe(shelf, record.id).partition(" ")[2] or record.id,
        kind=word(kind_of(record.id)),
        file=path_of(named) if named else "",
        values=[*_values(rows.row(record), shelf)],
        back=_("Back to the report"),
    )


def _values(row: Any, shelf: Shelf) -> Iterator[Value]:
    for name, held in row.items():
        if held not in (None, "", [], {}) and name not in {"id", "kind"}:
            yield from _value(str(name), held, shelf)


def _value(name: str, held: Any, shelf: Shelf) -> Iterator[Value]:
    """A field, or one for each entry of a list."""
    if isinstance(held, dict):
        yield Value(name, within=[*_values(held, shelf)])
    elif isinstance(held, list):
        for entry in held:
            yield from _value(name, entry, shelf)
    else:
        text = str(textify(held))
        other = shelf.get(text.partition("/")[0])
        yield Value(name, text, f"/record/{other.id}" if other else "")
