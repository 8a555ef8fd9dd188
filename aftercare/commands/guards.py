"""The guard before a mass change: what touches much of a book at once is asked about first."""

from __future__ import annotations

import sys

import click

from aftercare.commands.session import Session
from aftercare.errors import MassChange
from aftercare.language import _
from aftercare.render.output import confirmed

MOST_FILES = 20
"""So many files may be changed at once without being asked."""
MOST_SHARE = 5
"""And so many of the records: one in this number."""


def guard(session: Session, count: int, of: int, yes: bool, what: str) -> None:
    """Let pass what changes *count* files in a book *of* so many records; ask first where that is much.

    Much is more than twenty files, or, of more than one, more than a fifth of the records.  *yes* is the operator's
    ``--yes``; *what* is what is about to be done, in the operator's language.  Without a terminal nothing is asked:
    MassChange.  A no ends the command like an interruption.
    """
    del session
    if yes or not is_much(count, of):
        return
    question = _("{what}: {count} files of {of} records").format(what=what, count=count, of=of)
    if not sys.stdin.isatty():
        raise MassChange(question)
    if not confirmed(question):
        raise click.Abort


def is_much(count: int, of: int) -> bool:
    """Whether *count* files are so many of a book *of* so many records that nobody should change them by mistake."""
    return count > MOST_FILES or (count > 1 and count * MOST_SHARE > of)
