"""``aftercare find``: records by what people say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aftercare.commands.looking_up import looked_up
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.language import N_, word
from aftercare.records.names import kind_of_id
from aftercare.render.rows import Choice, Column, emit

if TYPE_CHECKING:
    from aftercare.answers.naming import Register


@verb(
    "find",
    N_("Find records by name, pinyin, four digits of a phone, serial number, model or any text."),
    argument("text", metavar="TEXT"),
    *output_options(),
    example="aftercare find wjg",
)
def find(session: Session, text: str, fmt: str, **asked: Any) -> None:
    """Records of every kind; people and things first, then what refers to them."""
    register = looked_up(session, text) or _records(session)
    found = register.search(text, ())
    rows = [{"id": one, "kind": kind_of_id(one), "found": register.describe(one).partition(" ")[2]} for one in found]
    columns = [
        Column("id", N_("ID")),
        Column("kind", N_("kind"), word),
        Column("found", N_("found")),
    ]
    choice = Choice(fmt, asked["fields"], asked["sort"], asked["limit"])
    emit(rows, columns, choice, header=["id", "kind", "found"])


def _records(session: Session) -> Register:
    from aftercare.answers.finding import OfShelf

    return OfShelf(session.read(session.book()))
