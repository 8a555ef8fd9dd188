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
from aftercare.book.files import Opened, Stamp
from aftercare.book.journal import Change
from aftercare.errors import CannotRead, CannotWrite, InvalidBook

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


MENDED = b"id: CU26-0001\nname: C\n"


def test_a_sale_was_given_to_whoever_had_the_number_by_then(root: Path) -> None:
    """Where another file took a customer's place after a crash, what was still to be written is not.

    Nobody writes before the operator has looked, and what each file holds is what is read.
    """
    assert killed_at("link", 1, lambda: writing.write(root, CHANGES))
    (root / CUSTOMER).write_bytes(MENDED)
    (root / VISIT).write_bytes(b"another")
    (root / SALE).write_bytes(SOLD)
    assert journal.look(root) == ("mixed", (), [CUSTOMER, VISIT])
    (root / SALE).unlink()
    (root / CUSTOMER).write_bytes(NEW)
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    assert as_read(root) == (NEW, False, True)
    with pytest.raises(InvalidBook) as refused:
        writing.recover(root)
    assert [fault[:3] for fault in refused.value.faults] == [(journal.FILE, 1, "unfinished")]
    assert VISIT in str(refused.value)
    assert before == {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_a_change_that_had_not_begun_is_dropped_where_a_file_changed(root: Path) -> None:
    """Nothing of it was done and nothing of it was said, so that the book is simply as it was, and mended."""
    assert killed_at("replace", 3, lambda: writing.write(root, CHANGES))
    assert as_read(root) == ALL
    (root / CUSTOMER).write_bytes(MENDED)
    assert as_read(root) == (MENDED, False, True)
    assert writing.recover(root) == []
    assert as_read(root) == (MENDED, False, True)
    assert not journal.is_there(root)


def test_the_note_of_a_newer_version_waits_for_it(root: Path) -> None:
    """An older aftercare on another machine threw away half of what the newer one had begun."""
    (root / ".aftercare").mkdir()
    (root / journal.FILE).write_bytes(b"aftercare journal 2 " + b"0" * 64 + b"\n[]")
    with pytest.raises(InvalidBook, match="newer version"):
        writing.recover(root)
    assert as_read(root) == NONE


@pytest.mark.parametrize("thing", ["fifo", "folder", "link"])
def test_what_is_no_note_is_set_aside_and_in_nobodys_way(root: Path, tmp_path: Path, thing: str) -> None:
    """A folder or a pipe in its place stopped every command for good; what a link leads to is not touched."""
    (root / ".aftercare").mkdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    if thing == "fifo":
        os.mkfifo(root / journal.FILE)
    elif thing == "folder":
        (root / journal.FILE).mkdir()
    else:
        (root / journal.FILE).symlink_to(victim)
    assert as_read(root) == NONE
    assert writing.recover(root) == []
    assert os.path.lexists(root / ".aftercare/set-aside/journal-1")
    assert victim.read_bytes() == b"mine"


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
                b'[{"file": "customers/\\ud800.yaml", "was": "", "is": "eA=="}]',
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
    aside = root / ".aftercare/set-aside/journal-1"
    assert aside.read_bytes() == noted
    aside.unlink()
    (root / ".aftercare/.gitignore").unlink()
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
    real = Opened.read

    def slow(self: Opened, relative: str) -> tuple[Stamp, bytes]:
        nonlocal kinds_read
        kinds_read += 1
        if kinds_read == 1:
            writing.write(root, CHANGES)
        return real(self, relative)

    monkeypatch.setattr(Opened, "read", slow)
    shelf = book.read()
    assert shelf.records["CU26-0001"].model_dump()["name"] == "B"
    assert "VI26-0001" not in shelf.records
    assert "SA26-0001" in {*shelf.records, *shelf.invalid}


def test_half_a_sale_stayed_since_the_disk_could_not_be_read_for_a_moment(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note that cannot be read now is no strange one: it waits, and nobody writes before."""
    assert killed_at("link", 1, lambda: writing.write(root, CHANGES))

    def fails(*arguments: object) -> bytes:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "read_own", fails)
        with pytest.raises(CannotRead):
            writing.recover(root)
    assert as_read(root) == ALL
