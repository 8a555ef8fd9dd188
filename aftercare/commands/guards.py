"""The guard before a mass change: what touches much of a book at once is asked about first."""

from __future__ import annotations

import sys

import click

from aftercare.errors import MassChange
from aftercare.render.output import confirmed

MOST = 20
"""So many files or records may be changed at once without being asked."""
FEW = 5
"""So few may be changed in a book of any size."""
SHARE = 5
"""Of more than few, no more than one in this number of a book's records."""


def guard(question: str, *, much: bool, yes: bool) -> None:
    """Let pass what is not *much*; else ask the *question*, in the operator's language, that says what and how much.

    *yes* is the operator's ``--yes``.  Without a terminal nothing is asked: MassChange.  A no ends the command like an
    interruption.
    """
    if yes or not much:
        return
    if not sys.stdin.isatty():
        raise MassChange(question)
    if not confirmed(question):
        raise click.Abort


def is_much(count: int, of: int) -> bool:
    """Whether *count* files are so many of a book *of* so many records that nobody should change them by mistake."""
    return count > MOST or (count > FEW and count * SHARE > of)
