"""``show`` and ``KIND show``: one record, for people a page, for machines its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aftercare.commands.looking_up import looked_up, meant
from aftercare.commands.nouns import GENERIC
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, argument, output_options
from aftercare.render.rows import Choice, emit_one

if TYPE_CHECKING:
    from aftercare.book.shelf import Shelf


def show_verb(kind: str) -> Verb:
    """``KIND show``."""

    def show(session: Session, ref: str, fmt: str, **more: Any) -> None:
        show_meant(session, ref, (kind,), Choice(fmt, more["fields"]))

    params: list[click.Parameter] = [argument("ref", metavar="REF"), *output_options()]
    example = f"aftercare {kind} show 1"
    return Verb("show", callback=click.pass_obj(show), params=params, help=GENERIC["show"], example=example)


def show_meant(session: Session, ref: str, kinds: tuple[str, ...], choice: Choice) -> None:
    """Print the record that a REF means; only a page for people needs the record itself."""
    is_page = choice.fmt == "table" and not choice.fields
    register = looked_up(session, ref)
    if register is not None:
        found = meant(session, register, ref, kinds, echoed=not is_page)
        if is_page:
            _show_page(session, register.shelf_around(found, session.book().settings), found)
        else:
            emit_one(register.row(found), choice)
        return
    from aftercare.commands import deeds
    from aftercare.commands.generic import show_record

    shelf = session.read(session.book())
    found = deeds.resolved(session, shelf, ref, kinds, echoed=not is_page)
    show_record(session, shelf, found, choice)


def _show_page(session: Session, shelf: Shelf, record_id: str) -> None:
    from aftercare.commands.generic import show_record

    show_record(session, shelf, record_id, Choice())
