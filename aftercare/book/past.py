"""A book as git has kept it: its files as they were at a commit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from aftercare.book.book import Book
from aftercare.book.chronicle import COMMIT_NAME, commit_of
from aftercare.book.files import LIMIT, Opened
from aftercare.book.git import Git
from aftercare.book.ids import of_path
from aftercare.book.settings import FILE
from aftercare.book.shelf import Outcome, read_record
from aftercare.book.tongue import POLICIES
from aftercare.errors import NoBook, NotCommitted

_TOO_LARGE = b"\n" * (LIMIT + 1)
"""Stands for what is larger than any record, and read as such."""


class PastBook(Book):
    """The files of a commit in the place of those on the disk; it is read and never written."""

    def __init__(self, root: Path, day: date, contents: Mapping[str, bytes]) -> None:
        self.day = day
        self.contents = contents
        super().__init__(root)

    @classmethod
    def at(cls, root: Path, commit: str) -> PastBook | None:
        """The book in *root* at a commit, by whatever name git knows it; ``None`` where git knows none.

        NoBook for a commit from before the settings came into git.
        """
        found = _files_at(root, commit)
        if found and FILE not in found[1]:
            raise NoBook(commit)
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

    def _outcome(self, relative: str, _opened: Opened) -> Outcome:
        return read_record(relative, self.bytes_of(relative), self.settings.setting)

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
    if not COMMIT_NAME.fullmatch(name):
        return None
    try:
        git = Git(root)
        said = git.ask("rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}")
        if said.code:
            return None
        hashed = said.out.strip()
        day = commit_of(hashed, git.read("cat-file", "commit", hashed)).at.date()
        listed = git.read("ls-tree", "-r", "-z", hashed, "--", ".").split(b"\0")
        entries = [os.fsdecode(entry).partition("\t") for entry in listed if entry.endswith(b".yaml")]
        blobs = {path: about.split()[2] for about, _tab, path in entries if about.startswith("100")}
        held = git.contents(blobs.values(), LIMIT)
    except NotCommitted:
        return None
    return day, {path: held.get(blob, _TOO_LARGE) for path, blob in blobs.items()}
