"""The book that measurements are taken on holds what they are said to measure."""

from __future__ import annotations

from pathlib import Path

from aftercare.answers.checking import checked
from aftercare.answers.chosen import rules_in
from aftercare.answers.due import due
from aftercare.answers.ledger import ledger_of
from aftercare.book.book import Book
from aftercare.records.words import PROMISE_KINDS
from bench.records import LAST, write_book


def test_every_kind_of_promise_is_due_in_the_book_for_measuring(tmp_path: Path) -> None:
    """``due`` is measured with promises of each kind, most of them made by other records; the files have no fault."""
    write_book(tmp_path / "book", 200)
    book = Book.find(str(tmp_path / "book"), {}, tmp_path)
    ledger = ledger_of(book.read(), rules_in(book)[0], LAST)
    assert {promise.what for promise in due(ledger, LAST)} == set(PROMISE_KINDS)
    follow = {promise.what for promise in ledger.promises if promise.draft.id != promise.draft.record}
    assert set(PROMISE_KINDS) - follow == {"inspection", "other"}
    assert checked(book).faults == []
