"""Ways to spoil the tool's own folder in a book, and each file that it may hold."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from aftercare.book.locking import OWN

FILES = (
    "lock", "holder", "uncommitted", "git-index", "git-index.lock", "committing", ".gitignore", "journal",
    "index-en.db", "index-en.stamp", "index-en.db-journal", "index-en.db-wal",
)  # fmt: skip
"""What the folder holds, or a later version may put into it."""
SECRET = b"nothing of yours\n"


def _garbage(at: Path, _outside: Path) -> None:
    at.write_bytes(b"\x89PNG\xff\x00../../../victim\0/etc/passwd\0\n{" * 50)


def _empty(at: Path, _outside: Path) -> None:
    at.write_bytes(b"")


def _zeros(at: Path, _outside: Path) -> None:
    at.write_bytes(bytes(4096))


def _later(at: Path, _outside: Path) -> None:
    at.write_bytes(b"SQLite format 3\0" + b'{"version": 999, "steps": [{"file": "../victim", "after": null}]}' * 9)


def _names(at: Path, _outside: Path) -> None:
    """Paths that would be harmful if they were believed."""
    at.write_bytes(b"\0".join([b"../victim", b"/etc/passwd", b".git/config", b"aftercare.yaml", b"customers", b"-x"]))


def _folder(at: Path, _outside: Path) -> None:
    at.mkdir()
    (at / "inside").write_bytes(SECRET)


def _to_victim(at: Path, outside: Path) -> None:
    at.symlink_to(outside / "victim")


def _second_name(at: Path, outside: Path) -> None:
    """As an archive may unpack it: the same file under two names."""
    at.hardlink_to(outside / "victim")


def _to_nothing(at: Path, outside: Path) -> None:
    at.symlink_to(outside / "new")


def _to_itself(at: Path, _outside: Path) -> None:
    at.symlink_to(at.name)


def _pipe(at: Path, _outside: Path) -> None:
    os.mkfifo(at)


def _shut(at: Path, _outside: Path) -> None:
    at.write_bytes(b"x")
    at.chmod(0)


def _to_zero(at: Path, _outside: Path) -> None:
    at.symlink_to("/dev/zero")


def _take_away(at: Path) -> None:
    """Make room where the tool has put something of its own."""
    if at.is_dir() and not at.is_symlink():
        shutil.rmtree(at)
    else:
        at.unlink(missing_ok=True)


SPOILT: dict[str, Callable[[Path, Path], None]] = {
    "garbage": _garbage,
    "empty": _empty,
    "zeros": _zeros,
    "a later version's": _later,
    "harmful names": _names,
    "a folder": _folder,
    "a link to a victim": _to_victim,
    "a second name of a victim": _second_name,
    "a link to nothing": _to_nothing,
    "a link to itself": _to_itself,
    "a pipe": _pipe,
    "shut": _shut,
    "a link to a device": _to_zero,
}


class Trial(NamedTuple):
    """One thing to spoil (``""``: the whole folder), and how."""

    name: str
    how: str

    def spoil(self, book: Path, outside: Path) -> None:
        """Do it to a *book*; victims lie *outside*."""
        outside.mkdir(exist_ok=True)
        (outside / "victim").write_bytes(SECRET)
        (outside / "victim").chmod(0o640)
        own = book / OWN
        if self.name:
            own.mkdir(mode=0o700, exist_ok=True)
        at = own / self.name if self.name else own
        _take_away(at)
        SPOILT[self.how](at, outside)

    @staticmethod
    def has_escaped(outside: Path) -> bool:
        """Whether anything outside the book was touched, or made."""
        victim = outside / "victim"
        return (
            [path.name for path in outside.iterdir()] != ["victim"]
            or victim.read_bytes() != SECRET
            or victim.stat().st_mode & 0o777 != 0o640
        )


def trials() -> Iterator[Trial]:
    """Every file, and the folder itself, in every way."""
    for name in ("", *FILES):
        for how in SPOILT:
            yield Trial(name, how)
