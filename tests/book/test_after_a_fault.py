"""What a kill, a power cut or a disk that cannot be read once cost an operator, found by ``make torture``."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from aftercare.book import gitlocks, history, writing
from aftercare.book.book import Book
from aftercare.book.journal import Change
from aftercare.errors import InvalidBook
from tests.every_verb import base_book, laid_out

NOW = datetime(2026, 3, 10, 10)


@pytest.fixture
def onto_the_disk(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What was put onto the disk: each file's name, or each folder's with what was in it then."""
    done: list[tuple[str, list[str]]] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        at = Path(f"/proc/self/fd/{descriptor}").readlink()
        done.append((at.name.split(".")[0], sorted(file.name for file in at.iterdir()) if at.is_dir() else []))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    return done


def test_a_power_cut_does_not_leave_a_record_out_of_the_history_for_good(
    tmp_path: Path, onto_the_disk: list[tuple[str, list[str]]]
) -> None:
    """The list of what is to be committed was an empty file after a cut, and no later command committed the record."""
    history.remember(tmp_path, ["sales/2026/SA26-0001.yaml"])
    assert [name for name, _in in onto_the_disk] == ["uncommitted", ""]
    assert "uncommitted" in onto_the_disk[-1][1]


def test_a_power_cut_does_not_leave_gits_index_locked_for_good(
    tmp_path: Path, onto_the_disk: list[tuple[str, list[str]]]
) -> None:
    """The note of git's locks was an empty file after a cut: the lock stayed, and every git command was refused."""
    with gitlocks.noted(tmp_path, {"index.lock": tmp_path / "index.lock"}):
        assert [name for name, _in in onto_the_disk] == ["committing", tmp_path.name]
        assert "committing" in onto_the_disk[-1][1]


def test_a_power_cut_does_not_leave_a_second_copy_of_a_customer(
    tmp_path: Path, onto_the_disk: list[tuple[str, list[str]]]
) -> None:
    """The temporary name of a new record was taken away after the folder was on the disk, so it came back."""
    writing.write(tmp_path, [Change("customers/2026/CU26-0001.yaml", None, b"id: CU26-0001\n")])
    assert [names for name, names in onto_the_disk if name == "2026"] == [["CU26-0001.yaml"]]


def test_what_a_killed_command_left_does_not_wait_for_a_write_in_the_same_folder(tmp_path: Path) -> None:
    """A command killed in a folder of last year left half a customer there for good, to be copied and handed about."""
    laid_out(tmp_path, base_book())
    left = [tmp_path / "sales/2025/.SA25-0009.yaml.4711.tmp", tmp_path / "customers/2025/.CU25-0001.yaml.4711.tmp"]
    for file in left:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"id: ")
    with Book(tmp_path).writing("part add", NOW):
        assert not [file for file in left if file.exists()]


def test_no_decision_is_taken_on_half_a_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that could not list the products for a moment made a verdict that knew no product, with exit 0."""
    laid_out(tmp_path, base_book())
    listdir = os.listdir

    def failing(at: int) -> list[str]:
        if Path(f"/proc/self/fd/{at}").readlink().name == "products":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return listdir(at)

    monkeypatch.setattr(os, "listdir", failing)
    with pytest.raises(InvalidBook, match=r"^products:1: "), Book(tmp_path).writing("claim decide", NOW):
        pass
