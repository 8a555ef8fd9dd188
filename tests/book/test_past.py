"""A book as git has kept it."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from aftercare.book.book import Book
from aftercare.book.past import PastBook
from aftercare.errors import NoBook


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book in a sub-folder of a repository, with two commits: a customer, and the same with another name."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "shop" / "book"
    customers = folder / "customers" / "2026"
    customers.mkdir(parents=True)
    (folder / "aftercare.yaml").write_text("shop: 阳光家电\n", encoding="utf-8")
    _git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for day, name in (("2026-03-03", "王建国"), ("2026-03-09", "王建军")):
        (customers / "CU26-0001.yaml").write_text(f"id: CU26-0001\nname: {name}\n", encoding="utf-8")
        _git(tmp_path, "add", "--all")
        _git(tmp_path, "commit", "--quiet", "--message=x", f"--date={day}T12:00:00+00:00", day=day)
    return folder


def _git(folder: Path, *words: str, day: str = "2026-03-03") -> None:
    names = ["-c", "user.name=Shop", "-c", "user.email=shop@example.com"]
    environment = {"GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    subprocess.run(["git", *names, *words], cwd=folder, env=environment, check=True)


def test_a_commit_is_read_as_it_was(book: Path) -> None:
    """The records, the settings and the day are those of the commit, not those on the disk."""
    (book / "customers" / "2026" / "CU26-0001.yaml").unlink()

    past = PastBook.at(book, "HEAD~1")

    assert past is not None
    assert past.day == date(2026, 3, 3)
    assert [getattr(record, "name", "") for record in past.read().records.values()] == ["王建国"]
    assert past.settings.shop_facts.name == "阳光家电"
    assert list(Book(book).read().records) == []


def test_the_day_is_when_it_was_done(book: Path) -> None:
    """After a rebase ``--as-of COMMIT`` would have judged by another day than ``log`` shows for that commit."""
    _git(book, "commit", "--quiet", "--amend", "--no-edit", day="2026-03-20")

    past = PastBook.at(book, "HEAD")

    assert past is not None
    assert past.day == date(2026, 3, 9)


@pytest.mark.parametrize("name", ["no-such-branch", "--all", "-p", "HEAD:aftercare.yaml", "", "HEAD\n", "HEAD HEAD"])
def test_what_is_no_commit_is_none(book: Path, name: str) -> None:
    """A text that names no commit, or that git could take for an option, is nobody's commit."""
    assert PastBook.at(book, name) is None


def test_a_commit_without_settings_holds_no_book(book: Path) -> None:
    """Looking back to before the book was put into git would have been told as an output that cannot be written."""
    _git(book, "rm", "--quiet", "--cached", "aftercare.yaml")
    _git(book, "commit", "--quiet", "--message=x")
    with pytest.raises(NoBook):
        PastBook.at(book, "HEAD")


def test_without_git_there_is_no_past(tmp_path: Path) -> None:
    """A folder that git does not keep has no commits."""
    (tmp_path / "aftercare.yaml").write_text("shop: x\n", encoding="utf-8")

    assert PastBook.at(tmp_path, "HEAD") is None


def test_looking_back_runs_no_program_of_the_folder(book: Path, tmp_path: Path) -> None:
    """Settings by which git shows signatures would have run a program of whoever handed the folder over.

    The operator would have lost the machine by asking ``--as-of`` for a commit.  Git's own ``show`` does run it.
    """
    canary, trap = tmp_path / "canary", tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {canary}\n")
    trap.chmod(0o755)
    for name, value in {"log.showSignature": "true", "gpg.program": str(trap), "core.pager": str(trap)}.items():
        _git(book, "config", name, value)
    commit = subprocess.check_output(["git", "cat-file", "commit", "HEAD"], cwd=book)
    head, gap, message = commit.partition(b"\n\n")
    signature = b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    signed = subprocess.check_output(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"], input=head + signature + gap + message, cwd=book
    )
    name = signed.decode().strip()

    past = PastBook.at(book, name)

    assert past is not None
    assert past.day == date(2026, 3, 9)
    assert not canary.exists()
    _git(book, "show", "--no-patch", "--format=%H", name)
    assert canary.exists()


def test_what_was_too_large_then_is_a_fault_of_then(book: Path) -> None:
    """A file that no record can be is named, and takes no memory for what it held."""
    (book / "customers" / "2026" / "CU26-0002.yaml").write_bytes(b"note: " + b"x" * (1 << 21))
    _git(book, "add", "--all")
    _git(book, "commit", "--quiet", "--message=x")

    past = PastBook.at(book, "HEAD")

    assert past is not None
    assert [fault.code for fault in past.read().faults] == ["too-large"]
