"""Files that lie beside a record: written with it, found by it, gone with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftercare.book import attachments
from aftercare.book.book import Book
from aftercare.book.files import attached
from aftercare.book.ids import parse
from aftercare.book.journal import Change
from aftercare.plain.splicing import Set

CLAIM = "CL26-0001"
TRACE = f"claims/2026/{CLAIM}.verdict-1.json"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with a sale and a claim."""
    files = {
        "aftercare.yaml": "git: no\n",
        "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王建国\n",
        "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: goods\n",
        "sales/2026/SA26-0001.yaml": (
            "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-02\nitems: [{product: PR26-0001}]\n"
        ),
        f"claims/2026/{CLAIM}.yaml": f"id: {CLAIM}\nunit: SA26-0001/1\nreported_on: 2026-03-03\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Book(tmp_path)


def _attach(book: Book, data: bytes) -> None:
    with book.writing("test", date(2026, 3, 4)) as pen:
        pen.edit(CLAIM, [Set(("note",), f"{len(data)}")])
        assert pen.attach(CLAIM, "verdict-1.json", data) == TRACE
        pen.done("test")


def test_a_file_beside_a_record_is_no_record(book: Book) -> None:
    """It lies there, the book is whole, and a second one of its name takes its place."""
    _attach(book, b"{}")
    assert (book.root / TRACE).read_bytes() == b"{}"
    _attach(book, b"[1]")
    assert (book.root / TRACE).read_bytes() == b"[1]"
    shelf = book.read()
    assert (shelf.faults, len(shelf.records)) == ((), 4)


def test_it_is_written_before_the_record_that_speaks_of_it(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that is killed between the two leaves no word about a file that is not there."""
    order: list[str] = []

    def write(root: Path, changes: list[Change]) -> None:
        order.extend(change.file for change in changes)

    monkeypatch.setattr(attachments, "write", write)
    _attach(book, b"{}")
    assert order == [TRACE, f"claims/2026/{CLAIM}.yaml"]


def test_it_goes_with_its_record(book: Book) -> None:
    """Those of other records, and what else lies there, stay."""
    _attach(book, b"{}")
    beside = [f"claims/2026/{name}" for name in ("CL26-00011.verdict-1.json", f"{CLAIM}.jpg", f"{CLAIM}.yaml")]
    for name in beside[:2]:
        (book.root / name).write_bytes(b"x")
    named = parse(CLAIM)
    assert named is not None
    assert attached(book.root, named) == [TRACE]
    with book.writing("test", date(2026, 3, 4)) as pen:
        pen.remove(CLAIM, "")
        pen.done("test")
    assert not (book.root / TRACE).exists()
    assert all((book.root / name).exists() for name in beside)
