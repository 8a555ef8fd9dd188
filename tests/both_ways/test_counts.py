"""How much work a change makes: exactly the files that changed are read, and exactly those whom they touch reckoned."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aftercare.book import shelf
from aftercare.book.index import contents
from bench.records import write_book
from tests.both_ways.answers import opened
from tests.every_verb import standing_in, typed

NOW = datetime(2026, 11, 20, 10, 0)
_OPENED: list[str] = []
_IS_WATCHING = False


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if _IS_WATCHING and event == "open" and isinstance(arguments[0], str):
        _OPENED.append(arguments[0])


@contextmanager
def opened_files() -> Iterator[list[str]]:
    """The names of all files that this process opens meanwhile, in the order in which it does."""
    global _IS_WATCHING  # noqa: PLW0603 - a hook cannot be taken away again
    _OPENED.clear()
    _IS_WATCHING = True
    try:
        yield _OPENED
    finally:
        _IS_WATCHING = False


@pytest.fixture(scope="module", autouse=True)
def _hook() -> None:
    sys.addaudithook(_note)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of some 300 files, and its index: three of its 45 customers have the longer story."""
    write_book(tmp_path / "book", 300)
    _settle(tmp_path / "book")
    return tmp_path / "book"


def _settle(book: Path) -> None:
    """Let the index know the book, and look again at what was written while it looked."""
    for _ in range(3):
        found = opened(book, NOW)
        assert found is not None
        found.index.close()


def _work(book: Path, monkeypatch: pytest.MonkeyPatch, now: date = NOW) -> tuple[int, int]:
    """How many files are parsed, and how many customers reckoned (the house is one of them), at the next question."""
    parsed: list[str] = []
    before = shelf.tree_and_record

    def counted(file: str, *more: Any) -> Any:
        parsed.append(file)
        return before(file, *more)

    monkeypatch.setattr(contents, "tree_and_record", counted)
    found = opened(book, now)
    monkeypatch.setattr(contents, "tree_and_record", before)
    assert found is not None
    found.index.close()
    return len(parsed), found.customers_reckoned


def _replaced(book: Path, file: str, old: str, new: str) -> None:
    path = book / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


ALL = 46
"""The customers of the book, and the house."""
STORIES = 7
"""Those with the longer story, the neighbours whom they brought, and the house."""


def test_nothing_changed(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No record is opened, none parsed, nobody reckoned, and nothing written, in the index or anywhere else."""
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in book.rglob("*")}
    with opened_files() as seen:
        assert _work(book, monkeypatch) == (0, 0)
    assert [name for name in seen if name.endswith(".yaml")] == []
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in book.rglob("*")} == before


def test_a_command_opens_no_record(book: Path) -> None:
    """A question that the index can answer as a whole, from the settings on."""
    with standing_in(book, AFTERCARE_TODAY="2026-11-20T10:00"):
        assert typed("due --limit 3")[0] == 0
        with opened_files() as seen:
            assert typed("due --limit 3")[0] == 0
        records = [name for name in seen if name.endswith(".yaml") and "/policies/packs/" not in name]
        assert {Path(name).name for name in records} <= {"aftercare.yaml"}


@pytest.mark.parametrize(
    ("file", "old", "new", "customers"),
    [
        ("visits/2026/VI26-0002.yaml", "outcome: reached", "outcome: no_answer", 1),
        ("customers/2026/CU26-0002.yaml", "name: 王2", "name: 李2", 1),
        ("sales/2026/SA26-0002.yaml", "price: ", "note: x\n  price: ", 1),
        ("deliveries/2026/DE26-0002.yaml", "sale: ", "note: x\nsale: ", 1),
        ("products/2026/PR26-0012.yaml", "name: computer", "name: laptop", STORIES),
        ("products/2026/PR26-0011.yaml", "name: cooler", "name: fan", ALL),
        ("staff/2026/ST26-0001.yaml", "name: 张师傅", "name: 张工", 1),
        ("offers/2026/OF26-0001.yaml", "秋季", "冬季", ALL),
    ],
)
def test_one_file_changed(
    file: str, old: str, new: str, customers: int, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file is parsed, and whoever it can touch is reckoned anew, nobody else."""
    _replaced(book, file, old, new)
    assert _work(book, monkeypatch) == (1, customers)


def test_files_that_come_and_go(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is gone is not read, and what comes is read once."""
    path = book / "visits/2026/VI26-0002.yaml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert _work(book, monkeypatch) == (0, 1)
    path.write_text(text, encoding="utf-8")
    assert _work(book, monkeypatch) == (1, 1)


def test_packs_and_settings(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack of the shop's own changes no record, but what is owed to everybody; the settings may say how to read."""
    _replaced(book, "policies/ours.yaml", "days: 1", "days: 2")
    assert _work(book, monkeypatch) == (0, ALL)
    _settle(book)
    files = sum(1 for __ in book.glob("*/2*/*.yaml"))
    _replaced(book, "aftercare.yaml", "region: Zhejiang", "region: Jiangsu")
    assert _work(book, monkeypatch) == (files, ALL)


def test_time_goes_on(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is reckoned anew but those for whom a moment has come, and an hour later that is nobody."""
    within = _work(book, monkeypatch, NOW + timedelta(hours=1))
    assert within[0] == 0
    assert within[1] < STORIES
    files, customers = _work(book, monkeypatch, NOW + timedelta(days=1))
    assert files == 0
    assert 0 < customers < ALL
    assert _work(book, monkeypatch, NOW + timedelta(days=1)) == (0, 0)
