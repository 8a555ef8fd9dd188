"""``check``: everything that is wrong in the book and can be mended, each with its file and line."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers.checking import GROUPS, checked
from aftercare.book.ids import of_path
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, output_options, verb
from aftercare.errors import INVALID, Fault
from aftercare.language import N_
from aftercare.plain.text import printable
from aftercare.render.output import put
from aftercare.render.rows import Choice, emit

_FIELDS = ("id", "file", "line", "code", "message")


def _row(fault: Fault) -> dict[str, Any]:
    named = of_path(fault.file)
    return {"id": str(named) if named else None, **fault._asdict()}


def _check(session: Session, group: str, fmt: str, **more: Any) -> None:
    found = checked(session.book(), group)
    choice = Choice(fmt, more["fields"], more["sort"], more["limit"])
    if fmt == "table" and not choice.fields and not choice.sort:
        for fault in found.faults[: choice.limit]:
            put(printable(str(fault)))
    else:
        emit([_row(fault) for fault in found.faults], [], choice, header=_FIELDS)
    if found.invalid:
        session.exit_code = INVALID
    session.found(bool(found.faults))


def check() -> Verb:
    """``check``, with what to look at."""
    made = verb(
        "check",
        N_("Find what is wrong in the book's files; silent when nothing is."),
        click.Argument(["group"], type=click.Choice(GROUPS), default="book", metavar="[files|references|book]"),
        *output_options(),
        example="aftercare check\naftercare check references --format json",
    )
    return made(_check)
