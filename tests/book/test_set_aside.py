"""What is taken away when a book is mended is kept, byte for byte, for the owner alone."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from aftercare.book.files import Unusable
from aftercare.book.set_aside import SetAside
from aftercare.errors import CannotWrite

NOW = datetime(2026, 3, 2, 10, 0, 5)
FILE = "sales/2026/SA26-0001.yaml~"


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Path:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_bytes(b"\xff one")
    (tmp_path / FILE).chmod(0o644)
    return tmp_path


def test_what_is_moved_keeps_its_path_and_bytes(book: Path) -> None:
    """It is found again where it was, below the time of the mending."""
    kept = SetAside(book, NOW).move(FILE)
    assert kept == f".aftercare/set-aside/2026-03-02T100005/{FILE}"
    assert (book / kept).read_bytes() == b"\xff one"
    assert (book / kept).stat().st_mode & 0o777 == 0o600
    assert not (book / FILE).exists()


def test_what_is_copied_stays(book: Path) -> None:
    """The copy is there before anything replaces the file; its folders are the owner's alone."""
    kept = SetAside(book, NOW).copy(FILE)
    assert (book / kept).read_bytes() == (book / FILE).read_bytes()
    folders = [folder for folder in (book / kept).parents if folder != book and book in folder.parents]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_two_runs_in_one_second_do_not_meet(book: Path) -> None:
    """What the first one kept would be gone for good if the second one wrote over it."""
    first = SetAside(book, NOW).move(FILE)
    (book / FILE).write_bytes(b"two")
    second = SetAside(book, NOW).move(FILE)
    assert second == f".aftercare/set-aside/2026-03-02T100005-2/{FILE}"
    assert ((book / first).read_bytes(), (book / second).read_bytes()) == (b"\xff one", b"two")


def test_a_path_that_leads_out_stays_within(book: Path) -> None:
    """A lock of a repository around the book lies above it; what is set aside lies in the book all the same."""
    (book / "shop").mkdir()
    (book / "lock").write_bytes(b"")
    assert SetAside(book / "shop", NOW).move("../lock") == ".aftercare/set-aside/2026-03-02T100005/lock"
    assert (book / "shop/.aftercare/set-aside/2026-03-02T100005/lock").exists()


def test_what_cannot_be_kept_is_not_taken_away(book: Path) -> None:
    """A refusal names the file, and the file is still there."""
    (book / ".aftercare").write_bytes(b"")
    with pytest.raises(CannotWrite):
        SetAside(book, NOW).move(FILE)
    assert (book / FILE).exists()


def test_a_link_for_our_folder_is_not_followed(book: Path) -> None:
    """What was set aside, customers and all, would have lain in a folder of somebody else's choosing."""
    (book / ".aftercare").mkdir()
    elsewhere = book / "elsewhere"
    elsewhere.mkdir()
    (book / ".aftercare/set-aside").symlink_to(elsewhere)
    for keep in (SetAside(book, NOW).copy, SetAside(book, NOW).move):
        with pytest.raises(CannotWrite):
            keep(FILE)
    assert (list(elsewhere.iterdir()), (book / FILE).read_bytes()) == ([], b"\xff one")


def test_a_pipe_or_link_is_not_copied(book: Path) -> None:
    """A pipe kept the command waiting for ever, with the book locked; a link brought in what it leads to."""
    (book / "secret").write_bytes(b"secret")
    os.mkfifo(book / "pipe")
    (book / "link").symlink_to("secret")
    aside = SetAside(book, NOW)
    for odd in ("pipe", "link"):
        with pytest.raises(Unusable):
            aside.copy(odd)
    assert (book / aside.move("link")).is_symlink()
    assert (book / aside.move("pipe")).is_fifo()


def test_one_run_keeps_all_that_bore_a_name(book: Path) -> None:
    """A file that comes again while the book is mended took the place of what had been kept of it."""
    aside = SetAside(book, NOW)
    first = aside.move(FILE)
    (book / FILE).write_bytes(b"two")
    second = aside.move(FILE)
    assert ((book / first).read_bytes(), (book / second).read_bytes()) == (b"\xff one", b"two")
