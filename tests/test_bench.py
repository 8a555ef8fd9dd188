"""The books that measurements are taken on hold what they are said to measure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from aftercare.answers.checking import checked
from aftercare.answers.chosen import rules_in
from aftercare.answers.due import due
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.book.book import Book
from aftercare.book.pen import in_order
from aftercare.book.shelf import kind_of
from aftercare.plain.reading import read
from aftercare.plain.writing import write
from aftercare.records.names import BY_NAME
from aftercare.records.words import PROMISE_KINDS
from bench.realistic import drawn, write_realistic
from bench.records import LAST, write_book
from bench.shop import CLOSED

_RECORDS = 1200


def _ledger(folder: Path) -> tuple[Book, Ledger]:
    book = Book.find(str(folder), {}, folder.parent)
    return book, ledger_of(book.read(), rules_in(book)[0], LAST)


def test_every_kind_of_promise_is_due_in_the_book_for_measuring(tmp_path: Path) -> None:
    """``due`` is measured with promises of each kind, most of them made by other records; the files have no fault."""
    write_book(tmp_path / "book", 200)
    book, ledger = _ledger(tmp_path / "book")
    assert {promise.what for promise in due(ledger, LAST)} == set(PROMISE_KINDS)
    follow = {promise.what for promise in ledger.promises if promise.draft.id != promise.draft.record}
    assert set(PROMISE_KINDS) - follow == {"inspection", "other"}
    assert checked(book).faults == []


@pytest.fixture(scope="module")
def realistic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a realistic book, written once."""
    folder = tmp_path_factory.mktemp("realistic") / "book"
    write_realistic(folder, _RECORDS)
    return folder


def test_a_realistic_book_holds_every_kind_and_no_fault(realistic: Path) -> None:
    """What is measured is a book as a shop has it: each kind, ten years, nothing that ``check book`` would print."""
    book = Book.find(str(realistic), {}, realistic.parent)
    kinds = Counter(kind_of(record) for record in book.read().records)
    assert set(kinds) == set(BY_NAME)
    assert kinds.total() == _RECORDS
    assert checked(book).faults == []
    assert {f"{year}" for year in range(2016, 2027)} == {path.parent.name for path in realistic.rglob("*-*.yaml")}


def test_a_realistic_book_owes_what_it_is_said_to_owe(realistic: Path) -> None:
    """One record in ten owes something and one in a hundred is late: the generator's own tally is what the ledger says.

    The peers are given that tally; if it were wrong their lists would be longer or shorter than ours.
    """
    _book, ledger = _ledger(realistic)
    made = {one.id: one for one in drawn(_RECORDS)}
    late = Counter(promise.draft.record for promise in due(ledger, LAST))
    assert late == Counter(one.id for one in made.values() if one.is_overdue)
    assert late.total() == _RECORDS // 100
    assert sum(one.is_open for one in made.values()) == _RECORDS // 10
    owing = {promise.draft.record for promise in ledger.promises if promise.is_open}
    works = {record for record in owing if record.startswith("IN")}  # a revisit is owed for the sale, by its own work
    assert {one.id for one in made.values() if one.is_open and one.kind != "SA"} == {
        record for record in owing - works if not record.startswith("SA")
    }


def test_files_of_a_realistic_book_are_as_the_program_writes_them(realistic: Path) -> None:
    """A fast path for the program's own hand is measured on that hand."""
    kinds = {name.prefix: kind for kind, name in BY_NAME.items()}
    for path in realistic.rglob("*-*.yaml"):
        data = path.read_bytes()
        assert write(in_order(kinds[path.name[:2]], read(data, path.name))).encode() == data, path


def test_a_realistic_book_is_the_same_each_time() -> None:
    """Two runs measure the same records, on any machine."""
    assert drawn(400) == drawn(400)
    assert drawn(400) != drawn(401)


def test_only_years_long_past_grow_where_that_is_asked_for() -> None:
    """What is new, open and late stays that of the smaller book, record by record."""
    small, large = drawn(400), drawn(1000, live=400)
    assert len(large) == 1000
    more = Counter(large) - Counter(small)
    assert {one.day.year for one in more.elements()} <= set(range(2016, CLOSED.year + 1))
    assert [one for one in large if one.is_open] == [one for one in small if one.is_open]
    assert [one.id for one in large if one.day > CLOSED] == [one.id for one in small if one.day > CLOSED]
