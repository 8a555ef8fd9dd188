"""Every verb that writes, killed with all it started after each call that changes something; this takes long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.every_verb import EVERY
from tests.torture import tracing
from tests.torture.figures import Figure
from tests.torture.lanes.kills import WRONG, everything
from tests.torture.stage import Tally, book, staged


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """One row after the other, but for the one that begins a book; three of them in a sample."""
    tracing.load()
    base = book(scratch / "book", git=False)
    tally = Tally(2, "`kill -9` after each call, for every verb that writes", "points", *WRONG)
    for row in [row for row in EVERY if row.verb != "init"][:: 50 if short else 1]:
        everything(tally, staged(row, base, scratch), scratch, every=3 if short else 1)
    yield tally.figure()
