"""What is left of a person where no record is rewritten: lines of files as they are now, and git's history.

What is looked for reaches no other program: git lists its objects and gives their contents, and we look through them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from aftercare.book import history
from aftercare.book.book import Book
from aftercare.book.git import Git
from aftercare.book.index.database import is_index
from aftercare.book.locking import OWN, read_own
from aftercare.book.set_aside import FOLDER as SET_ASIDE
from aftercare.errors import NotCommitted
from aftercare.plain.blotting import OwnWords
from aftercare.plain.encodings import recoded
from aftercare.records.enclosures import FOLDER as ATTACHMENTS
from aftercare.records.enclosures import attached, named_in

_LARGEST = 4 * 1024 * 1024


@dataclass
class History:
    """What git keeps of a person: the commits, the words exactly as they stand there, or why nobody could look."""

    commits: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    unknown: str = ""
    attached: dict[str, str] = field(default_factory=dict)
    """The attached files that one of the person's records named at any time and git has still, each with its path."""


class Line(NamedTuple):
    """A line of a file that holds some of a person's words, as they stand there."""

    file: str
    number: int
    words: frozenset[str]

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


def lines_with(book: Book, words: OwnWords, planned: Callable[[str], bytes | None]) -> Iterator[Line]:
    """Every line in the book's folder that holds one of the *words*, of records and of whatever else lies there.

    A file that is called by one is told by its first line.
    *planned* gives what a file is about to hold, ``None`` where it stays as it is.
    """
    for file in _files(book.root):
        relative = file.relative_to(book.root).as_posix()
        if words.are_in(relative):
            yield Line(relative, 1, frozenset())  # no rewriting of a history changes what a file is called
        data = planned(relative)
        if data is None:
            data = _held_by(file)
        text = _text(data)
        if words.are_in(text):
            for number, line in enumerate(text.splitlines(), start=1):
                if found := words.places(line):
                    yield Line(relative, number, frozenset(line[start:end] for start, end in found))


def _files(root: Path) -> Iterator[Path]:
    """The files in a folder, sorted, but for git's and our own."""
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(name for name in inner if name not in {".git", OWN})
        yield from (Path(folder, name) for name in sorted(names))


def _held_by(file: Path) -> bytes:
    """What a file holds; nothing of one that is no file, cannot be read, or is larger than any text of a shop."""
    with suppress(OSError):
        if stat.S_ISREG(file.lstat().st_mode):
            return read_own(file, _LARGEST)
    return b""


def _text(data: bytes) -> str:
    """What bytes say, also those of a file that was saved in another encoding, as doctor sets some aside."""
    found = recoded(data, chinese=True)
    return (found.data if found else data).decode("utf-8", "replace")


def own_files_with(root: Path, words: OwnWords) -> list[str]:
    """The files of the tool's own folder that hold one of the words: what was set aside there, and the like.

    The index goes when somebody is forgotten.
    """
    found = []
    for folder, __, names in os.walk(root / OWN):
        for name in names:
            file = Path(folder, name)
            if file.parent == root / OWN and is_index(name):
                continue
            if words.are_in(_text(_held_by(file))):
                found.append(str(file.relative_to(root)))
    return sorted(found)


def earlier(root: Path, file: str) -> list[bytes]:
    """What a file of the book held at any time that git remembers."""
    if not history.is_on(root):
        return []
    try:
        git = Git(root)
        versions = {blob for __, blob, path in _changes(git, file) if path.endswith(file)}
        return [_text(data).encode() for __, data in git.each(sorted(versions), _LARGEST)]
    except NotCommitted:
        return []


def every_version(root: Path, folders: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Every state of every file in some folders of the book that git remembers, with the file; also of removed ones."""
    if not history.is_on(root):
        return
    with suppress(NotCommitted):
        git = Git(root)
        files = {blob: _within_book(path) for __, blob, path in _changes(git, *folders)}
        yield from ((files[blob], _text(data).encode()) for blob, data in git.each(sorted(files), _LARGEST))


def _within_book(path: str) -> str:
    """Where a record lies in the book, of its path in the repository, which may hold other folders too."""
    return "/".join(path.split("/")[-3:])


def in_history(root: Path, words: OwnWords, files: Container[str] = ()) -> History:
    """The commits, of all branches and of the reflog, that put one of the words into a file of the book.

    *files* are those of the person's records.  Attached files are told by name, as git has it, and not looked through.
    Also where the book makes none itself: somebody may keep its folder in git by hand.
    """
    found = History()
    if not history.is_on(root):
        found.unknown = history.unasked(root)
        return found
    try:
        git = Git(root)
        by_blob: dict[str, set[str]] = {}
        theirs = set[str]()
        named, held = set[str](), dict[str, str]()
        for commit, blob, name in _changes(git, "."):
            file = name[max(name.rfind(f"{ATTACHMENTS}/"), 0) :]
            if attached(file):
                held[file] = name
                continue
            by_blob.setdefault(blob, set()).add(commit)
            if _within_book(name) in files:
                theirs.add(blob)
        for blob, data in git.each(sorted(by_blob), _LARGEST):
            if blob in theirs:
                named.update(named_in(_text(data)))
            if said := set(_said(_text(data), words)):
                found.words |= said
                found.commits |= by_blob[blob]
        found.attached = {file: held[file] for file in named & held.keys()}
    except NotCommitted as error:
        found.unknown = error.reason
    return found


def attached_set_aside(root: Path) -> list[str]:
    """The attached files that were set aside once no record named them; by now nobody can say whose they were."""
    walk = os.walk(root / SET_ASIDE)  # it passes over what cannot be looked into
    found = (os.path.relpath(f"{folder}/{name}", root) for folder, __, names in walk for name in names)
    return sorted(file for file in found if f"/{ATTACHMENTS}/" in file)


def _said(text: str, words: OwnWords) -> Iterator[str]:
    if words.are_in(text):
        for line in text.splitlines():
            yield from (line[start:end] for start, end in words.places(line))


def _changes(git: Git, *paths: str) -> Iterator[tuple[str, str, str]]:
    """Each commit with a content that it put at one of the paths, and that path.

    Only git's plumbing is asked, which no setting of the book makes run anything.
    """
    commits = git.do("rev-list", "--all", "--reflog", "--", *paths)
    said = git.do(
        "diff-tree", "--stdin", "-r", "--root", "-m", "--no-renames", "--", *paths, given=f"{commits}\n".encode()
    )
    commit = ""
    for line in said.splitlines() if commits else ():
        about, __, name = line.partition("\t")
        if not line.startswith(":"):
            commit = line.split()[0]
        elif about.split()[1].startswith("100"):
            yield commit, about.split()[3], name
