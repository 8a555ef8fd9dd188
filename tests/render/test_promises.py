"""Promises in lines and sentences."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from aftercare.answers.chosen import rules_in
from aftercare.answers.due import row
from aftercare.answers.ledger import ledger_of
from aftercare.book.book import Book
from aftercare.render.promises import FIELDS

DAY = date(2026, 11, 20)


def test_the_header_names_the_fields_of_every_row() -> None:
    """A CSV without rows has the header that it has with them, in the same order."""
    book = Book(Path(__file__).parents[2] / "data")
    ledger = ledger_of(book.read(), rules_in(book)[0], DAY)

    assert {tuple(row(promise, ledger, DAY)) for promise in ledger.promises} == {FIELDS}
