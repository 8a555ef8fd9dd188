"""Records as pages for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from aftercare.answers.finding import OfShelf, describe
from aftercare.book.shelf import Shelf
from aftercare.language import _, label, word
from aftercare.plain.text import printable
from aftercare.records.base import Record
from aftercare.records.schema import FieldOf, fields_of
from aftercare.render import cells
from aftercare.render.rows import plain


def said(field: cells.Sayable, value: Any, shelf: Shelf) -> str:
    """One value as people say it: yes or no, a word of a closed list, a time, whom or what an id means."""
    return cells.said(field, value, OfShelf(shelf).known_as)


def page(record: Record, shelf: Shelf) -> Iterator[str]:
    """A record as a page for people: a line for each thing it says, what belongs together indented together."""
    yield printable(f"{describe(shelf, record.id)}")
    yield from _lines(record, shelf, "  ", skip="id")


def _lines(part: BaseModel, shelf: Shelf, indent: str, skip: str = "") -> Iterator[str]:
    for field in fields_of(type(part)):
        held = getattr(part, field.attribute)
        if held in (None, [], {}) or field.name == skip:
            continue
        name = label(type(part).__name__, field.name)
        if field.shape == "named":
            held = [_named(field, key, value, shelf) for key, value in held.items()]
        entries = held if isinstance(held, list) else [held]
        if any(isinstance(entry, BaseModel) for entry in entries):
            yield from _groups(name, field, entries, shelf, indent)
        else:
            text = _(", ").join(_leaf(field, entry, shelf) for entry in entries)
            yield printable(indent + _("{name}: {text}").format(name=name, text=text))
    for key, value in (part.model_extra or {}).items():
        yield printable(indent + _("{name}: {text}").format(name=key, text=plain(value)))


def _named(field: FieldOf, key: str, value: Any, shelf: Shelf) -> str:
    """One of several named values; a group stands in brackets behind its name."""
    if field.name == "facts":
        from aftercare.render.grants import label as called

        return _("{fact}: {value}").format(fact=called(key), value=cells.circumstance(key, str(value)))
    if not isinstance(value, BaseModel):
        return _("{question}: {answer}").format(question=word(key), answer=value)
    told = ((inner, getattr(value, inner.attribute)) for inner in fields_of(type(value)))
    said_of = _(", ").join(_leaf(inner, one, shelf) for inner, one in told if one is not None)
    return _("{name} ({said})").format(name=word(key), said=said_of)


def _leaf(field: FieldOf, value: Any, shelf: Shelf) -> str:
    from aftercare.plain import money

    return money.plain(value) if isinstance(value, money.Amount) else said(field, value, shelf)


def _groups(name: str, field: FieldOf, entries: list[Any], shelf: Shelf, indent: str) -> Iterator[str]:
    for number, entry in enumerate(entries, start=1):
        head = f"{indent}{name} {number}" if field.shape == "many" else f"{indent}{name}"
        if isinstance(entry, BaseModel):
            yield _("{name}:").format(name=head)
            yield from _lines(entry, shelf, f"{indent}  ")
        else:
            yield printable(_("{name}: {text}").format(name=head, text=_leaf(field, entry, shelf)))
