"""Disks that are really full, of bytes or of names, and disks and folders that may only be read."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.every_verb import Row, files_of
from tests.torture import tracing
from tests.torture.figures import CannotTry, Figure
from tests.torture.needs import need_mount
from tests.torture.stage import FEW, SOME, Stage, Tally, book, judge, rows, said_wrong, staged, state, typed

PAGE = 4096
_WRONG = ("lost", "torn", "stuck", "litter", "uncommitted", "traceback", "silent", "wordy", "hang")
_SIZES = {"100 B": 20, "12 kB": 12_000, "900 kB": 900_000}
READING = ("due", "customer list", "show CU26-0001", "find 王", "balance", "claim check CL26-0001", "policy list")
"""Commands that only read, and answer on a disk that cannot be written."""


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Bytes, names, and what may only be read."""
    tracing.load(traced=False)
    books = [book(scratch / f"book-{git}", git=git) for git in ((False,) if short else (False, True))]
    yield no_bytes(books, scratch, short)
    yield no_names(books, scratch, short)
    for what, closed in (
        ("disk remounted read-only", remounted),
        ("read-only bind mount", bound),
        ("folder under chattr +i", unchangeable),
    ):
        with suppress(CannotTry):
            yield read_only(books, scratch, what, closed, short)


def long_note(size: int) -> Row:
    """A change of a record of about this many bytes."""
    note = "长" * (size // 3)
    return Row("customer add", shlex.join(["customer", "add", "--name", "新客", "--note", note]), {"CU26-0004": "新客"})


def no_bytes(books: list[Path], scratch: Path, short: bool) -> Figure:
    """A row with 0 to 24 pages free, small and large records, and again when there is room."""
    tally = Tally(2, "a full disk, with 0 to 24 pages free", "trials", *_WRONG)
    for base in books:
        tried = [long_note(size) for size in _SIZES.values() if size < 100_000] + rows(FEW[:1] if short else SOME)
        for row in tried[1:3] if short else tried:
            stage = staged(row, base, scratch)
            for pages in (0, 1, 3, 8) if short else range(25):
                full_of_bytes(tally, stage, scratch / "disk", pages * PAGE)
        if not short:
            stage = staged(long_note(_SIZES["900 kB"]), base, scratch)
            for pages in range(0, 264, 24):
                full_of_bytes(tally, stage, scratch / "disk", pages * PAGE)
    return tally.figure()


def full_of_bytes(tally: Tally, stage: Stage, at: Path, free: int) -> None:
    """One trial with so many bytes free."""
    with small_disk(at, "size=16m"):
        root = stage.fresh(at / "book")
        with filled(at, free):
            done = typed(root, stage.row.argv)
            found, why = state(stage, root)
        if found == "torn":
            tally.wrong("torn", f"{stage.name} while full: {why}")
        judge(tally, stage, root, done, f"{free} bytes free")


def no_names(books: list[Path], scratch: Path, short: bool) -> Figure:
    """The same with 0 to 8 inodes free."""
    tally = Tally(2, "a disk with 0 to 8 inodes free", "trials", *_WRONG)
    for base in books:
        for row in rows(FEW[:1] if short else SOME):
            stage = staged(row, base, scratch)
            for free in (0, 2, 5) if short else range(9):
                with small_disk(scratch / "disk", "size=32m,nr_inodes=2000"):
                    root = stage.fresh(scratch / "disk" / "book")
                    ballast = scratch / "disk" / "ballast"
                    ballast.mkdir()
                    for number in range(os.statvfs(root).f_ffree - free):
                        (ballast / str(number)).touch()
                    done = typed(root, stage.row.argv)
                    for file in ballast.iterdir():
                        file.unlink()
                    judge(tally, stage, root, done, f"{free} inodes free")
    return tally.figure()


def read_only(books: list[Path], scratch: Path, what: str, closed: object, short: bool) -> Figure:
    """Reading commands answer, writing ones are refused in a line, and nothing is changed."""
    assert callable(closed)
    tally = Tally(4, f"a {what}", "commands", "refused", "accepted", "changed", "traceback", "silent", "wordy", "hang")
    for base in books:
        with closed(base, scratch / "closed") as root:
            before = files_of(root)
            for line in READING[: 2 if short else None]:
                tally.tried += 1
                done = typed(root, line.split())
                if done.code not in {0, 1} or said_wrong(done._replace(code=0)):
                    tally.wrong("refused", f"{what}: {line}: {done.code} {done.err}")
            for row in rows(FEW if short else SOME):
                tally.tried += 1
                done = typed(root, row.argv)
                for kind, why in said_wrong(done):
                    tally.wrong(kind, f"{what}: {row.name}: {why}")
                if done.code != 5:
                    tally.wrong("accepted", f"{what}: {row.name}: {done.code} {done.err}")
            if files_of(root) != before:
                tally.wrong("changed", what)
    return tally.figure()


@contextmanager
def small_disk(at: Path, options: str) -> Iterator[None]:
    """A small disk in memory, mounted at the folder."""
    need_mount(at, "-t", "tmpfs", "-o", f"{options},mode=700", "tmpfs")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True, capture_output=True)


@contextmanager
def filled(at: Path, free: int) -> Iterator[None]:
    """A disk on which just so many bytes are free."""
    room = os.statvfs(at)
    with (at / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        rest = room.f_bavail * room.f_frsize - free
        while rest > 0:
            rest -= ballast.write(b"x" * min(rest, 1 << 20))
    yield
    (at / "ballast").unlink()


@contextmanager
def remounted(base: Path, at: Path) -> Iterator[Path]:
    """A copy of the book on a disk that was made read-only."""
    with small_disk(at, "size=32m"):
        subprocess.run(["cp", "-a", str(base), str(at / "book")], check=True)
        subprocess.run(["mount", "-o", "remount,ro", str(at)], check=True)
        yield at / "book"


@contextmanager
def bound(base: Path, at: Path) -> Iterator[Path]:
    """The book seen through a mount that may only be read."""
    need_mount(at, "--bind", str(base))
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(at)], check=True)
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True, capture_output=True)


@contextmanager
def unchangeable(base: Path, at: Path) -> Iterator[Path]:
    """A copy of the book in which no folder may be changed, where the file system knows a mark for that."""
    at = at.with_name(f"unchangeable-{base.name}")
    subprocess.run(["cp", "-a", str(base), str(at)], check=True)
    folders = [str(at), *(str(folder) for folder in at.rglob("*") if folder.is_dir())]
    try:
        done = subprocess.run(["chattr", "+i", *folders], capture_output=True, check=False)
        if done.returncode:
            raise CannotTry("chattr +i is not for this file system")
        yield at
    finally:
        subprocess.run(["chattr", "-i", *folders], capture_output=True, check=False)
        subprocess.run(["rm", "-rf", str(at)], check=True)
