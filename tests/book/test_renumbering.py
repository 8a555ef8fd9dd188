"""Another number changes nothing but the number: the same promises, the same states, nothing left behind."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from aftercare.answers.chosen import rules_in
from aftercare.answers.ledger import ledger_of
from aftercare.book.book import Book
from aftercare.book.ids import of_path
from aftercare.book.references import dangling, referrers
from aftercare.book.renumbering import renamed, renumbered
from aftercare.book.shelf import Shelf, kind_of, shelve
from aftercare.plain.moments import parse
from aftercare.records.kinds import MODELLED

SAMPLE = Path(__file__).resolve().parent.parent.parent / "data"
NOW = parse("2026-11-21")


@cache
def _sample() -> tuple[Book, Shelf]:
    book = Book(SAMPLE)
    return book, book.read()


def _most_named(kind: str) -> str:
    """The record of a kind to which most others refer."""
    __, shelf = _sample()
    return max((i for i in shelf.records if kind_of(i) == kind), key=lambda i: len(referrers(shelf, i)))


@cache
def _states_before() -> dict[str, tuple[str, object]]:
    return _states(*_sample())


def _states(book: Book, shelf: Shelf) -> dict[str, tuple[str, object]]:
    rules, __ = rules_in(book)
    return {promise.id: (promise.state, promise.due) for promise in ledger_of(shelf, rules, NOW).promises}


@pytest.mark.parametrize("kind", MODELLED)
def test_the_book_says_the_same_under_the_new_number(kind: str) -> None:
    """Whatever is most spoken of in the sample shop: no reference leads nowhere, and the ledger is the same."""
    book, shelf = _sample()
    if not any(kind_of(record_id) == kind for record_id in shelf.records):
        pytest.fail(f"the sample shop has no {kind}")
    old = _most_named(kind)
    plan = renumbered(book, shelf, old, None, NOW)
    new = plan.renumbered[0].new
    files = {file: book.bytes_of(file) for file in book.files()}
    files |= {c.file: c.after for c in plan.changes if c.after is not None and of_path(c.file)}
    after = shelve(files.items(), book.settings)
    assert after.faults == ()
    assert old in after.tombstones
    assert after.get(old) == after.records[new]
    assert referrers(after, old) == []
    assert sorted(renamed(i, {old: new}) for i in referrers(shelf, old)) == sorted(referrers(after, new))
    assert not any(list(dangling(after, record)) for record in after.records.values())
    expected = {renamed(i, {old: new}): held for i, held in _states_before().items()}
    assert _states(book, after) == expected
