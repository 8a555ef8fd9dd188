"""The journal: what one command does to several files is one step, whoever is killed and whoever reads meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from aftercare.book import journal, writing
from aftercare.book.book import Book
from aftercare.book.journal import Change
from aftercare.errors import CannotWrite

CUSTOMER, SALE, VISIT = "customers/2026/CU26-0001.yaml", "sales/2026/SA26-0001.yaml", "visits/2026/VI26-0001.yaml"
OLD, NEW = b"id: CU26-0001\nname: A\n", b"id: CU26-0001\nname: B\n"
SOLD = b"id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-01\nitems: []\n"
SEEN = b"id: VI26-0001\ncustomer: CU26-0001\nat: 2026-03-01\nchannel: phone\noutcome: reached\n"
CHANGES = [Change(CUSTOMER, OLD, NEW), Change(SALE, None, SOLD), Change(VISIT, SEEN, None)]
CALLS = ("open", "write", "fsync", "link", "replace", "unlink", "mkdir", "fchmod", "rename")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with a customer and a visit."""
    (tmp_path / "aftercare.yaml").write_bytes(b"shop: x\n")
    writing.create(tmp_path, CUSTOMER, OLD)
    writing.create(tmp_path, VISIT, SEEN)
    return tmp_path


def as_read(root: Path) -> tuple[bytes, bool, bool]:
    """What a reader makes of it: the customer's file, and whether the sale and the visit are there."""
    book = Book(root)
    files = set(book.read().records) | set(book.read().invalid)
    return book.bytes_of(CUSTOMER), "SA26-0001" in files, "VI26-0001" in files


ALL, NONE = (NEW, True, False), (OLD, False, True)


def killed_at(call: str, at: int, work: Callable[[], object]) -> bool:
    """Do some *work* in another process that ends for good at its *at*-th *call*; whether it came to that."""
    child = os.fork()
    if not child:
        count = 0
        real = getattr(os, call)

        def counted(*arguments: Any, **names: Any) -> Any:
            nonlocal count
            count += 1
            if count == at:
                os._exit(9)
            return real(*arguments, **names)

        setattr(os, call, counted)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("call", CALLS)
def test_who_is_killed_half_way_has_done_all_or_nothing(root: Path, call: str) -> None:
    """A sale without its customer, or a customer changed by a command that is not there, would be a wrong book."""
    at = 1
    while killed_at(call, at, lambda: writing.write(root, CHANGES)):
        found = as_read(root)
        assert found in {ALL, NONE}
        writing.recover(root)
        assert as_read(root) == found
        assert not journal.is_there(root)
        if found == ALL:
            writing.write(root, [Change(file, after, before) for file, before, after in CHANGES])
        at += 1
    assert as_read(root) == ALL


def test_recovering_may_be_killed_too(root: Path) -> None:
    """A second fault while the first is mended changes nothing: the note stays until all is done."""
    assert killed_at("link", 1, lambda: writing.write(root, CHANGES))
    at = 1
    while killed_at("open", at, lambda: writing.recover(root)):
        assert as_read(root) == ALL
        at += 1
    assert at > 3
    assert as_read(root) == ALL
    assert not journal.is_there(root)


def test_what_the_operator_wrote_since_is_kept(root: Path) -> None:
    """Who mended a file by hand after a crash finds it as they left it, and the rest is done."""
    assert killed_at("link", 1, lambda: writing.write(root, CHANGES))
    (root / CUSTOMER).write_bytes(b"id: CU26-0001\nname: C\n")
    assert as_read(root) == (b"id: CU26-0001\nname: C\n", True, False)
    assert writing.recover(root) == [SALE, VISIT]
    assert (root / CUSTOMER).read_bytes() == b"id: CU26-0001\nname: C\n"


@pytest.mark.parametrize(
    "noted",
    [
        b"",
        b"\0" * 400,
        b"aftercare journal 1 \n",
        b"aftercare journal 1 0000\n[]",
        b"[]",
        *(
            b"aftercare journal 1 " + sha256(said).hexdigest().encode() + b"\n" + said
            for said in (
                b"{}",
                b"[[]]",
                b'["x"]',
                b"[" * 100_000,
                b'[{"file": "x"}]',
                b'[{"file": 1, "was": "", "is": null}]',
                b'[{"file": "x", "was": "", "is": "!"}]',
                b'[{"file": "../x", "was": "", "is": "eA=="}]',
                b'[{"file": "/tmp/x", "was": "", "is": "eA=="}]',
                b'[{"file": ".git/hooks/post-commit", "was": "", "is": "eA=="}]',
                b'[{"file": ".aftercare/x", "was": "", "is": "eA=="}]',
                b"\xff",
            )
        ),
    ],
)
def test_a_note_that_is_not_ours_says_nothing(root: Path, noted: bytes) -> None:
    """Whoever hands over a book with a forged or damaged note changes no answer and no file, in it or outside."""
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    (root / ".aftercare").mkdir()
    (root / journal.FILE).write_bytes(noted)
    assert as_read(root) == NONE
    assert writing.recover(root) == []
    assert not journal.is_there(root)
    assert before == {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_a_disk_that_refuses_leaves_it_to_be_finished(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be finished now is read as done all the same, and finished once the disk lets it."""
    assert killed_at("link", 1, lambda: writing.write(root, CHANGES))

    def refuses(*arguments: object, **names: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuses)
        with pytest.raises(CannotWrite):
            writing.recover(root)
    assert as_read(root) == ALL
    writing.recover(root)
    assert as_read(root) == ALL
    assert (root / SALE).read_bytes() == SOLD


def test_a_reader_sees_no_half_of_what_others_do_meanwhile(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A customer and their sale, written while the folders are read one after the other, are seen both or neither."""
    book = Book(root)
    kinds_read = 0
    real = Book.bytes_of

    def slow(self: Book, relative: str) -> bytes:
        nonlocal kinds_read
        kinds_read += 1
        if kinds_read == 1:
            writing.write(root, CHANGES)
        return real(self, relative)

    monkeypatch.setattr(Book, "bytes_of", slow)
    shelf = book.read()
    assert shelf.records["CU26-0001"].model_dump()["name"] == "B"
    assert "VI26-0001" not in shelf.records
    assert "SA26-0001" in {*shelf.records, *shelf.invalid}
