"""What a book answers, once by its index and once by its files alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aftercare import language
from aftercare.answers.chosen import rules_in
from aftercare.answers.due import lasting_row
from aftercare.answers.ledger import ledger_of
from aftercare.answers.recalled import Recalled, _kept
from aftercare.book.book import Book
from aftercare.book.index.indexed import Indexed
from aftercare.plain.moments import Moment

Row = tuple[Any, ...]


def by_files(root: Path, now: Moment) -> list[Row]:
    """Every promise of the ledger, as the index keeps it."""
    book = Book(root)
    ledger = ledger_of(book.read(), rules_in(book)[0], now)
    rows = [_kept(promise, 0, lasting_row(promise, ledger) if promise.is_open else None) for promise in ledger.promises]
    return sorted(rows, key=repr)


def by_index(root: Path, now: Moment) -> list[Row] | None:
    """The same by the index; None where it does not speak for the book."""
    found = opened(root, now)
    if found is None:
        return None
    rows = found.index.connection.execute("SELECT * FROM promises").fetchall()
    found.index.close()
    return sorted(((row[0], 0, *row[2:]) for row in rows), key=repr)


def opened(root: Path, now: Moment) -> Recalled | None:
    """The index of a book, brought up to date."""
    return Indexed(root, language.current()).answer(lambda index: Recalled(index, now))


def differences(root: Path, now: Moment) -> str:
    """The first few promises of which the two say otherwise; "" where they agree, or the index does not speak."""
    indexed = by_index(root, now)
    if indexed is None:
        return ""
    files = by_files(root, now)
    wrong = [f"only by the index: {row}" for row in indexed if row not in files]
    wrong += [f"only by the files: {row}" for row in files if row not in indexed]
    return "\n".join(wrong[:4])
