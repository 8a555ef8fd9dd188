"""Records as rows for machines, and as trees and cells for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aftercare.answers.finding import describe
from aftercare.book.ids import parse
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import N_, _
from aftercare.plain.tree import Tree, textify
from aftercare.records.base import Record
from aftercare.render.rows import plain


def row(record: Record) -> dict[str, Any]:
    """Every field of a record, ``None`` where it has no value; unknown keys too."""
    dumped = record.model_dump(mode="json", by_alias=True)
    return {"id": record.id, "kind": kind_of(record.id), **dumped}


def tree(record: Record) -> dict[str, Tree]:
    """What a record holds, as its file would say it in the canonical form."""
    whole: dict[str, Tree] = _filled(textify(record.model_dump(mode="json", by_alias=True)))
    return whole


def _filled(value: Tree) -> Any:
    if isinstance(value, dict):
        return {k: _filled(v) for k, v in value.items() if v not in (None, [], {})}
    return [_filled(entry) for entry in value] if isinstance(value, list) else value


def teller(shelf: Shelf) -> Callable[[Any], str]:
    """Says a value of a record in a cell: an id with the words by which people know it."""

    def say(value: Any) -> str:
        if isinstance(value, str) and parse(value) and shelf.get(value):
            return describe(shelf, value).partition(" ")[2] or value
        return plain(value).replace("T", " ") if isinstance(value, str) and value[10:11] == "T" else plain(value)

    return say


def title(field: str) -> str:
    """The title of a column."""
    return _(TITLES.get(field, field))


TITLES = {
    "id": N_("ID"),
    "name": N_("name"),
    "phones": N_("phones"),
    "phone": N_("phone"),
    "address.text": N_("address"),
    "category": N_("category"),
    "model": N_("model"),
    "maker": N_("maker"),
    "customer": N_("customer"),
    "sold_on": N_("sold on"),
    "channel": N_("channel"),
    "invoice": N_("invoice"),
    "sale": N_("sale"),
    "person": N_("person"),
    "technician": N_("fitter"),
    "dispatched_at": N_("left at"),
    "started_at": N_("begun at"),
    "signed.at": N_("signed at"),
    "signed.by": N_("signed by"),
    "unit": N_("unit"),
    "reported_on": N_("reported on"),
    "fault.symptom": N_("symptom"),
    "asked": N_("asked for"),
    "closed.on": N_("closed on"),
    "at": N_("when"),
    "purpose": N_("purpose"),
    "outcome": N_("outcome"),
    "satisfaction": N_("grade"),
    "to": N_("to"),
    "what": N_("kind"),
    "words": N_("words"),
    "due": N_("due"),
    "of": N_("about"),
    "role": N_("role"),
    "state": N_("state"),
    "binds": N_("binds"),
    "product": N_("product"),
    "serial": N_("serial number"),
    "kind": N_("kind"),
    "found": N_("found"),
}
