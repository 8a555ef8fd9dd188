"""Promise 7: every writing command and every question in a book laid with traps, and in one kept elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests import every_verb
from tests.attacks import poisoned, traps
from tests.attacks.test_traps import LINES
from tests.attacks.traps import Traps
from tests.torture.figures import Figure


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """How many traps sprang, of all that were laid, over all commands."""
    laid = Traps(scratch / "traps")
    book = scratch / "book"
    book.mkdir()
    traps.lay_all(book, laid)
    laid.sprung()
    kept = scratch / "kept"
    shutil.copytree(book, kept, symlinks=True)
    rows = [row.line for row in every_verb.EVERY] + [*poisoned.QUESTIONS, *poisoned.PAPERS, *LINES]
    chosen = rows[:: len(rows) // 12] if short else rows
    sprung = wrong = 0
    for line in chosen:
        shutil.rmtree(book)
        shutil.copytree(kept, book, symlinks=True)
        with every_verb.standing_in(book, **traps.environment(book)):
            if line == "undo":  # which wants a command to take back
                every_verb.typed("staff add --name 小刘")
            code, __, err = every_verb.typed(line)
        wrong += code not in {0, 1} or "Traceback" in err
        sprung += len(laid.sprung())
    what = f"{laid.laid} traps in the folder of a book (settings, hooks, filters, programs, modules of Python)"
    yield Figure(7, what, len(chosen), "commands", {"sprung": sprung, "failed": wrong})
    yield _elsewhere(scratch / "odd")


def _elsewhere(scratch: Path) -> Figure:
    laid = Traps(scratch)
    tried = sprung = 0
    for __, book in traps.elsewhere(scratch, laid):
        laid.sprung()
        with every_verb.standing_in(book, **traps.environment(book)):
            for line in LINES:
                every_verb.typed(line)
                tried += 1
                sprung += len(laid.sprung())
    what = f"{laid.laid} traps in a repository that is not where one looks for it, or is none"
    return Figure(7, what, tried, "commands", {"sprung": sprung})
