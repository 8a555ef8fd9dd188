"""The index tells of customers: nothing of one who was forgotten, or of what was taken out of a record, stays in it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.counter import Counter, opened
from tests.the_index import left_beside_it

NAME, PHONE = "王建国", "13800138000"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, which is read through its index."""
    monkeypatch.setattr("aftercare.book.book.WORTH_AN_INDEX", 0)
    return opened(tmp_path / "book", capsys, monkeypatch)


def _ask(counter: Counter) -> None:
    """A question in the way of a process that ends: then it lets go of the index."""
    counter.done("due")
    gc.collect()


def _holding(counter: Counter, word: str) -> list[str]:
    own = counter.folder / ".aftercare"
    return sorted(path.name for path in own.rglob("*") if path.is_file() and word.encode() in path.read_bytes())


def test_who_is_forgotten_is_in_no_index(counter: Counter) -> None:
    """Of every language, and of a command that was killed: it would have told of them until somebody asked again."""
    counter.done("--lang zh due")
    _ask(counter)
    half = counter.folder / ".aftercare/index-en.db.999999999.new"
    half.write_bytes(f"{NAME} {PHONE}".encode())
    assert _holding(counter, NAME) == ["index-en.db", half.name, "index-zh.db"]
    told = counter.done(f"customer forget {NAME} --yes --owing")
    assert "set aside" not in told.err
    assert _holding(counter, NAME) == _holding(counter, PHONE) == []
    assert not any((counter.folder / ".aftercare").glob("index*"))
    _ask(counter)
    assert _holding(counter, NAME) == _holding(counter, PHONE) == []


def test_a_dry_run_does_not_tell_of_the_index(counter: Counter) -> None:
    """It is nothing that was set aside, and nothing that the operator has to delete."""
    _ask(counter)
    assert "set aside" not in counter.done(f"customer forget {NAME} --dry-run").err
    assert left_beside_it(counter.folder) == []


def test_what_is_gone_from_a_record_is_gone_from_the_index(counter: Counter) -> None:
    """Not only marked as free: a name that was mistyped could be read in the file for years."""
    counter.write("customers/2026/CU26-0003.yaml", f"id: CU26-0003\nname: 钱小姐\nnote: {'一' * 9000}\n")
    _ask(counter)
    assert _holding(counter, "钱小姐") == ["index-en.db"]
    counter.write("customers/2026/CU26-0003.yaml", "id: CU26-0003\nname: 孙小姐\n")
    _ask(counter)
    assert _holding(counter, "孙小姐") == ["index-en.db"]
    assert _holding(counter, "钱小姐") == _holding(counter, "一一一") == []


def test_doctor_knows_it(counter: Counter) -> None:
    """A folder in its place is set aside; the index itself is no leftover, and is neither asked nor written."""
    (counter.folder / ".aftercare/index-en.db").mkdir(parents=True, mode=0o700)
    (counter.folder / ".aftercare").chmod(0o700)
    counter.folder.chmod(0o700)
    for path in counter.folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    found = counter("doctor")
    assert found.code == 1
    assert ".aftercare/index-en.db:1: index a folder stands where the index is to be" in found.out
    assert counter.done("doctor --fix").lines[0].startswith(".aftercare/index-en.db:1: index")
    _ask(counter)
    assert (counter.folder / ".aftercare/index-en.db").is_file()
    assert counter.done("doctor").out == ""
