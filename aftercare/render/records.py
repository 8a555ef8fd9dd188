"""Records as rows for machines, and as pages and cells for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from aftercare.answers.finding import describe
from aftercare.book.ids import parse, split_unit
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _, label, word
from aftercare.plain.moments import Moment, iso
from aftercare.plain.text import printable
from aftercare.plain.tree import textify
from aftercare.records.base import Record
from aftercare.records.schema import FieldOf, field_at, fields_of
from aftercare.records.words import PROMISE_KINDS, REMEDIES
from aftercare.render.rows import Column, plain

_STATES = ("open", "closed", "ask", "if_proven", "review")
_CODES = {"asked": REMEDIES, "remedy": REMEDIES, "what": PROMISE_KINDS, "damage": ("none",), "state": _STATES}
"""Fields of free text in which the words of a closed list are said as such."""


def row(record: Record) -> dict[str, Any]:
    """Every field of a record, ``None`` where it has no value; unknown keys too."""
    dumped = record.model_dump(mode="json", by_alias=True)
    known = {field.name: dumped.pop(field.name) for field in fields_of(type(record))}
    return {"id": record.id, "kind": kind_of(record.id), **known, **dumped}


def header(model: type[Record]) -> list[str]:
    """The fields of :func:`row`, for the header of a CSV without rows."""
    return ["id", "kind", *(field.name for field in fields_of(model) if field.name != "id")]


def columns(model: type[Record], shelf: Shelf) -> list[Column]:
    """The columns in which a list shows records of a kind."""
    return [Column(path, title(model, path), _cell(model, path, shelf)) for path in model.summary]


def title(model: type[BaseModel], path: str) -> str:
    """What a column is called that shows the field at a dotted path."""
    return label(model.__name__, path)


def _cell(model: type[Record], path: str, shelf: Shelf) -> Callable[[Any], str]:
    field = field_at(model, tuple(path.split(".")))

    def say(value: Any) -> str:
        if field is None or value is None:
            return plain(value)
        if isinstance(value, list):
            return _(", ").join(said(field, entry, shelf) for entry in value)
        return said(field, value, shelf)

    return say


def said(field: FieldOf, value: Any, shelf: Shelf) -> str:
    """One value as people say it: yes or no, a word of a closed list, a time, whom or what an id means."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices or value in _CODES.get(field.name, ()):
        return word(str(value))
    if field.name == "exclusions":
        return _circumstance(field.name, str(value))
    if isinstance(value, Moment):
        return iso(value).replace("T", " ")
    text = str(textify(value)) if not isinstance(value, tuple) else plain(list(value))
    if (field.refers or field.may_refer) and parse(split_unit(text)[0]) and shelf.get(split_unit(text)[0]):
        return describe(shelf, text) if field.name != "id" else text
    return text[:10] + " " + text[11:] if field.is_fact and text[10:11] == "T" else text


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

        return _("{fact}: {value}").format(fact=called(key), value=_circumstance(key, str(value)))
    if not isinstance(value, BaseModel):
        return _("{question}: {answer}").format(question=word(key), answer=value)
    told = ((inner, getattr(value, inner.attribute)) for inner in fields_of(type(value)))
    said_of = _(", ").join(_leaf(inner, one, shelf) for inner, one in told if one is not None)
    return _("{name} ({said})").format(name=word(key), said=said_of)


def _circumstance(fact: str, value: str) -> str:
    from aftercare.render import circumstances  # the vocabulary is read only where facts are

    return circumstances.value(fact, value)


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
