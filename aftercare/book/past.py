"""A book as git has kept it: its files as they were at a commit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from aftercare.book.book import POLICIES, Book
from aftercare.book.git import Git
from aftercare.book.ids import of_path
from aftercare.errors import NotCommitted

_COMMIT_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_./~^@{}-]{0,200}", re.ASCII)


class PastBook(Book):
    """The files of a commit in the place of those on the disk; it is read and never written."""

    def __init__(self, root: Path, day: date, contents: Mapping[str, bytes]) -> None:
        self.day = day
        self.contents = contents
        super().__init__(root)

    @classmethod
    def at(cls, root: Path, commit: str) -> PastBook | None:
        """The book in *root* at a commit, by whatever name git knows it; ``None`` where git knows none."""
        found = _files_at(root, commit)
        return cls(root, *found) if found else None

    def noted(self) -> Mapping[str, bytes | None]:
        """A commit is finished."""
        return {}

    def state(self) -> tuple[object, ...]:
        """A commit never changes."""
        return ()

    def files(self) -> Iterable[str]:
        """The records of the commit."""
        return sorted(file for file in self.contents if of_path(file))

    def stamp(self, relative: str) -> tuple[int, ...]:
        """A commit never changes."""
        return ()

    def bytes_of(self, relative: str) -> bytes:
        """What a file held."""
        try:
            return self.contents[relative]
        except KeyError:
            raise FileNotFoundError(relative) from None

    def policies(self) -> list[str]:
        """The shop's own packs at that time."""
        return sorted(file for file in self.contents if file.startswith(f"{POLICIES}/") and file.endswith(".yaml"))


def _files_at(root: Path, name: str) -> tuple[date, dict[str, bytes]] | None:
    """The day of a commit and the book's YAML files as they were then; ``None`` where *name* is no commit's."""
    if not _COMMIT_NAME.fullmatch(name):
        return None
    try:
        git = Git(root)
        said = git.ask("show", "--no-patch", "--format=%H %cs", f"{name}^{{commit}}", "--")
        if said.code:
            return None
        hashed, day = said.out.split()
        listed = git.do("ls-tree", "-r", "-z", hashed, "--", ".")
        entries = [entry.partition("\t") for entry in listed.split("\0") if entry.endswith(".yaml")]
        blobs = {path: about.split()[2] for about, _tab, path in entries if about.startswith("100")}
        given = "".join(f"{blob}\n" for blob in blobs.values()).encode()
        held = os.fsencode(git.ask("cat-file", "--batch", given=given).out)
    except NotCommitted:
        return None
    return date.fromisoformat(day), dict(zip(blobs, contents_of(held), strict=True))


def contents_of(held: bytes) -> Iterator[bytes]:
    """The contents that ``cat-file --batch`` prints: a line ``HASH blob SIZE``, the bytes, and a line break."""
    while held:
        head, _line, rest = held.partition(b"\n")
        size = int(head.split()[2])
        yield rest[:size]
        held = rest[size + 1 :]
