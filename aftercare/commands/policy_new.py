"""``policy new``: begin a pack of a maker's or of the shop's own."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from aftercare.answers.schemas import PACK
from aftercare.book.schema_files import FOLDER, put_in_book
from aftercare.commands.deeds import written
from aftercare.commands.policy import NEW
from aftercare.commands.policy_schema import texts
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, verb
from aftercare.errors import AftercareError, BadValue, NoBook
from aftercare.language import _
from aftercare.plain.moments import day_of
from aftercare.policies import load
from aftercare.policies.authoring.pack_schema import pack_schema
from aftercare.policies.beginnings import ISSUERS, begun
from aftercare.policies.reading_plans import NAME
from aftercare.render.output import put, put_data


@verb(
    "new",
    NEW,
    argument("issuer", choices=ISSUERS, metavar="maker|shop"),
    argument("name", metavar="ID"),
    example="aftercare policy new maker seagull-watches",
)
def new(session: Session, issuer: str, name: str) -> None:
    """``policy new``: into the book's policies/, or where there is no book onto the output."""
    if not re.fullmatch(NAME, name):
        raise BadValue("ID", name, _("small letters, digits and dashes, like seagull-watches"))
    if name in {pack.id for pack in load.shipped()}:
        raise BadValue("ID", name, _("a pack that comes with the program is called that; to replace it, copy it"))
    today = day_of(session.now())
    try:
        country = session.book().settings.country or ""
    except NoBook:
        if session.folder or os.environ.get("AFTERCARE_BOOK"):
            raise
        put_data(begun(issuer, name, today, "").rstrip("\n"))
        return
    with session.writing(f"policy new {issuer}") as pen:
        text = _schema_line(pen.book.root) + begun(issuer, name, today, country)
        file = pen.begin_policy(name, text.encode())
        written(session, pen, f"policy: {name}")
    put(file)


def _schema_line(root: Path) -> str:
    """The comment by which an editor finds the schema, which is put there; where it cannot be, ``policy schema
    --write`` can do so later, and the pack is the same.
    """
    with suppress(AftercareError, OSError):
        put_in_book(root, texts({PACK: pack_schema()}))
    return f"# yaml-language-server: $schema=../{FOLDER}/{PACK}\n"
