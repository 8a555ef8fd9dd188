"""``aftercare find``: records by what people say of them."""

from __future__ import annotations

from typing import Any

from aftercare.answers import finding
from aftercare.book.shelf import kind_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.language import N_, word
from aftercare.render.rows import Choice, Column, emit


@verb(
    "find",
    N_("Find records by name, pinyin, four digits of a phone, serial number, model or any text."),
    argument("text", metavar="TEXT"),
    *output_options(),
    example="aftercare find wjg",
)
def find(session: Session, text: str, fmt: str, **asked: Any) -> None:
    """Records of every kind; people and things first, then what refers to them."""
    shelf = session.read(session.book())
    found = finding.search(shelf, text)
    rows = [
        {"id": r.id, "kind": kind_of(r.id), "found": finding.describe(shelf, r.id).partition(" ")[2]} for r in found
    ]
    columns = [
        Column("id", N_("ID")),
        Column("kind", N_("kind"), word),
        Column("found", N_("found")),
    ]
    choice = Choice(fmt, asked["fields"], asked["sort"], asked["limit"])
    emit(rows, columns, choice, header=["id", "kind", "found"])
