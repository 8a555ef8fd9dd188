"""Power cuts: a book on an ext4 of its own, whose disk is copied as it is, without what is still in memory.

The command is stopped after each call that changes something, the disk's image is copied, the copy is mounted, which
plays its journal back, and what is in it is judged and worked on.  The last cut comes when the command has said that it
is done: from there on nothing may be lost.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aftercare.book import lasting
from tests.torture import tracing
from tests.torture.figures import CannotTry, Figure
from tests.torture.needs import need_mount
from tests.torture.stage import ENVIRONMENT, FEW, SOME, Stage, Tally, book, goes_on, rows, staged, state
from tests.torture.tracing import Run

_SIZE = 16 * 1024 * 1024
_WRONG = ("lost", "torn", "stuck", "litter", "uncommitted", "missed")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Cuts at each call, without git and with it."""
    tracing.load()
    tried = Tally(1, "a power cut when a writer without care has said that it is done", "cuts", "unnoticed")
    careless(tried, scratch)
    yield tried.figure()
    for git in (False, True):
        base = book(scratch / f"book-{git}", git=git)
        tally = Tally(1, f"a power cut after each call{', the book in git' if git else ''}", "cuts", *_WRONG)
        for row in rows(FEW[:1] if short else FEW if git else SOME):
            cut(tally, staged(row, base, scratch), scratch, every=1 if not short else 40 if git else 8)
        yield tally.figure()
    tally = Tally(1, "a power cut after each call of an import whose files are written out together", "cuts", *_WRONG)
    with few_are_many():
        for git in (False, True):
            for row in rows(["import of orders"]):
                base = scratch / f"book-{git}"
                cut(tally, staged(row, base, scratch), scratch, every=1 if not short else 40)
    yield tally.figure()


@contextmanager
def few_are_many() -> Iterator[None]:
    """Have a few files written as many are; the commands are children of ours."""
    usual, lasting.MANY = lasting.MANY, 2
    try:
        yield
    finally:
        lasting.MANY = usual


def cut(tally: Tally, stage: Stage, scratch: Path, every: int) -> None:
    """Cut the power after one in *every* calls, and at the end."""
    number = 0
    with disk(scratch / "disk") as (image, mounted):
        root = stage.fresh(mounted / "book")
        subprocess.run(["sync", "-f", str(mounted)], check=True)
        for call, end in tracing.frozen(stage.row.argv, ENVIRONMENT, root):
            done = end() if not call else None
            number += 1
            if done or number % every == 0:
                after_the_cut(tally, stage, image, scratch, call or "it was done", done)


def after_the_cut(tally: Tally, stage: Stage, image: Path, scratch: Path, call: str, done: Run | None) -> None:
    """Judge what a copy of the disk holds; *done* tells how the command ended, if it has."""
    tally.tried += 1
    where = f"{stage.name}, cut after {call[:160]}"
    with copied(image, scratch) as left:
        root = left / "book"
        found, why = state(stage, root)
        if found == "torn":
            tally.wrong("torn", f"{where}: {why}")
            return
        if done and done.code != 0:
            tally.wrong("missed", f"{where}: {done}")
        if done and found == "old":
            tally.wrong("lost", where)
        after = goes_on(stage, root, found)
        if after:
            tally.wrong(after.partition(":")[0], f"{where} ({found}): {after}")


def careless(tally: Tally, scratch: Path) -> None:
    """A file written without fsync must be gone after a cut, or this lane could not see what it looks for."""
    with disk(scratch / "disk") as (image, mounted):
        (mounted / "record").write_text("old\n")
        subprocess.run(["sync", "-f", str(mounted)], check=True)
        (mounted / "new").write_text("new\n")
        (mounted / "new").rename(mounted / "record")
        tally.tried += 1
        with copied(image, scratch) as left:
            if (left / "record").read_text() == "new\n":
                tally.wrong("unnoticed", "what was never written out was there after the cut")


@contextmanager
def disk(at: Path) -> Iterator[tuple[Path, Path]]:
    """A disk of its own: its image, and the folder where it is mounted."""
    image = at.with_suffix(".image")
    with image.open("wb") as file:
        file.truncate(_SIZE)
    try:
        subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        raise CannotTry("there is no mkfs.ext4") from None
    with mounted(image, at):
        yield image, at
    image.unlink()


@contextmanager
def copied(image: Path, scratch: Path) -> Iterator[Path]:
    """A copy of the disk as it is now, mounted."""
    copy = scratch / "copy.image"
    shutil.copyfile(image, copy)
    with mounted(copy, scratch / "copy"):
        yield scratch / "copy"


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[None]:
    """An image, mounted as a disk."""
    need_mount(at, "-o", "loop", str(image))
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True, capture_output=True)
