"""What git has kept of a book, commit by commit: who wrote what when, and what each file held before and after.

It is read from git's objects alone, in a handful of git commands however long the history is.  What a repository's own
settings could put in between (replaced objects, grafts, mailmaps, converters, signatures shown) is not asked.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from aftercare.book.files import LIMIT
from aftercare.book.git import Git, objects
from aftercare.book.history import ALSO, UNDOES
from aftercare.book.ids import of_path
from aftercare.book.settings import FILE
from aftercare.book.titles import is_command
from aftercare.book.tongue import POLICIES
from aftercare.errors import HistoryCutOff, NoHistory, NotCommitted, OutsideHistory
from aftercare.plain.text import printable

COMMIT_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_./~^@{}-]{0,200}", re.ASCII)
"""By what a commit may be named; nothing that git could take for an option."""
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_AUTHOR = re.compile(r"(.*?) ?<[^<>]*> (-?\d{1,12}) ([+-])(\d\d)(\d\d)", re.ASCII)
_PLAIN_MODES = ("100644", "100755", "100664")
_BESIDE = re.compile(r"(.+/([A-Z]{2}[0-9]{2}-[0-9]{4,9}))\.([a-z]+(?:-[0-9]+)?\.json)")
_POLICY = re.compile(rf"{POLICIES}/[^/]+\.yaml", re.DOTALL)
STRANGE = "strange"
"""Stands for the content of what is no ordinary file: a link, another repository."""


class Commit(NamedTuple):
    """One commit: its hash and those before it, when it was made and by whom, and what it says."""

    id: str
    parents: tuple[str, ...]
    at: datetime
    author: str
    message: str

    @property
    def short(self) -> str:
        """As much of the hash as names it beside people."""
        return self.id[:8]

    @property
    def title(self) -> str:
        """Its first line."""
        return self.message.partition("\n")[0].strip()

    @property
    def undoes(self) -> tuple[str, ...]:
        """The commits that it takes back."""
        named = (line.removeprefix(UNDOES).strip() for line in self.message.split("\n") if line.startswith(UNDOES))
        return tuple(name for name in named if _HASH.fullmatch(name))

    @property
    def also(self) -> tuple[str, ...]:
        """The titles of earlier commands whose files it took along."""
        lines = self.message.split("\n")[1:]
        return tuple(line.removeprefix(ALSO).strip() for line in lines if line.startswith(ALSO))

    @property
    def is_undo(self) -> bool:
        """Whether it takes another one back, and does nothing else."""
        return bool(self.undoes) and self.title.startswith("undo ") and not self.also

    @property
    def is_command(self) -> bool:
        """Whether a command made it; else it was made by hand."""
        return is_command(self.title)


class Touch(NamedTuple):
    """One file that a commit changed: the names of its contents before and after, None where there was no file."""

    file: str
    before: str | None
    after: str | None


class Chronicle:
    """The commits of the branch, newest first; none where nothing was committed yet."""

    def __init__(self, root: Path) -> None:
        """NoHistory where git cannot be asked."""
        try:
            self.git = Git(root)
            asked = ("--is-inside-work-tree", "--show-prefix", "--is-shallow-repository")
            inside, *rest = self.git.do("rev-parse", *asked).split("\n")
            if inside != "true" or len(rest) != 2:
                raise NoHistory("")
            self.folder, shallow = rest
            self.head = self.git.head()
            self.commits = list(self._commits())
        except NotCommitted as error:
            raise NoHistory(error.reason) from error
        self.by_id = {commit.id: commit for commit in self.commits}
        self.is_cut_off = shallow == "true"

    def _commits(self) -> Iterator[Commit]:
        if not self.head:
            return
        hashes = self.git.read("rev-list", "--date-order", self.head)
        for name, data in objects(self.git.read("cat-file", "--batch", given=hashes)):
            if data is not None:
                yield commit_of(name, data)

    def starts_here(self, commit: Commit) -> bool:
        """Whether what was before a commit was not cloned along."""
        return any(parent not in self.by_id for parent in commit.parents)

    def touches(self, paths: Sequence[str] = (".",)) -> Iterator[tuple[Commit, list[Touch]]]:
        """The commits that changed files at *paths* (of git; within the book), newest first, and which.

        A merge is said to have changed what is as on none of its sides.
        """
        asked = [c for c in self.commits if not self.starts_here(c)]
        pairs = [f"{c.id} {parent}".strip() for c in asked for parent in c.parents or ("",)]
        given = "".join(f"{pair}\n" for pair in pairs).encode()
        found: dict[str, list[dict[str, Touch]]] = {}
        for name, touches in self._differences(given, paths):
            found.setdefault(name, []).append({touch.file: touch for touch in touches})
        for commit in asked:
            sides = found.get(commit.id, [])
            if sides and len(sides) >= len(commit.parents):
                common = set(sides[0]).intersection(*sides[1:])
                if common:
                    yield commit, [touch for file, touch in sides[0].items() if file in common]

    def touched_by(self, commit: Commit) -> list[Touch]:
        """What one commit of at most one parent changed in the book.

        HistoryCutOff where what was before it is not there; OutsideHistory where it changed more than the book.
        """
        if self.starts_here(commit):
            raise HistoryCutOff(commit.short)
        given = f"{' '.join((commit.id, *commit.parents))}\n".encode()
        every = [touch for __, touches in self._differences(given, (":/",), whole=True) for touch in touches]
        outside = [touch.file for touch in every if not touch.file.startswith(self.folder)]
        if outside:
            raise OutsideHistory(commit.title, commit.short, [printable(file) for file in outside])
        return [touch._replace(file=touch.file.removeprefix(self.folder)) for touch in every]

    def _differences(
        self, given: bytes, paths: Sequence[str], *, whole: bool = False
    ) -> Iterator[tuple[str, list[Touch]]]:
        asked = ("diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--no-ext-diff", "--no-textconv")
        words = iter(self._read(*asked, "--", *paths, given=given).split(b"\0"))
        name, touches = "", list[Touch]()
        for word in words:
            if word.startswith(b":"):
                modes = word[1:].decode().split()
                file = os.fsdecode(next(words))
                blobs = [_blob(mode, blob) for mode, blob in zip(modes[:2], modes[2:4], strict=True)]
                touches.append(Touch(file if whole else file.removeprefix(self.folder), blobs[0], blobs[1]))
            else:
                if name:
                    yield name, touches
                name, touches = word.strip().decode(), []

    def contents(self, blobs: Iterable[str | None]) -> dict[str, bytes]:
        """What the contents with these names are; those that are larger than any record, or not there, are left out."""
        names = dict.fromkeys(name for name in blobs if name and name != STRANGE)
        try:
            return self.git.contents(names, LIMIT)
        except NotCommitted as error:
            raise NoHistory(error.reason) from error

    def held(self, files: Sequence[tuple[str, str]]) -> list[str | None]:
        """The names of what files held at commits, asked as commit and file; None where there was no such file."""
        given = "".join(f"{commit}:./{file}\n" for commit, file in files).encode()
        said = self._read("cat-file", "--batch-check=%(objectname)", given=given).decode().split("\n")
        return [name if _HASH.fullmatch(name) else None for name in said[: len(files)]]

    def files(self) -> dict[str, str]:
        """The files of the book at the newest commit, each with the name of its content."""
        if not self.head:
            return {}
        listed = self._read("ls-tree", "-r", "-z", self.head, "--", ".").split(b"\0")
        entries = (os.fsdecode(line).partition("\t") for line in listed if line)
        found = {path: about.split() for about, __, path in entries}
        return {path: _blob(mode, name) or STRANGE for path, (mode, __, name) in found.items()}

    def left_out(self) -> set[str]:
        """The files that git was told to leave off the disk (a sparse checkout)."""
        listed = self._read("ls-files", "-t", "-z", "--", ".").split(b"\0")
        return {os.fsdecode(line[2:]) for line in listed if line.startswith(b"S ")}

    def is_same(self, data: bytes, blob: str | None) -> bool:
        """Whether *data* is the content of that name, perhaps with other line ends, as git may check it out."""
        return blob is not None and blob in {_name_of(data, blob), _name_of(data.replace(b"\r\n", b"\n"), blob)}

    def named(self, name: str) -> Commit | None:
        """The commit that somebody means by a *name* that git knows, or by part of a hash; None where none is meant."""
        if not COMMIT_NAME.fullmatch(name):
            return None
        said = self.git.ask("rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}")
        return self.by_id.get(said.out.strip()) if not said.code else None

    def _read(self, *arguments: str, given: bytes = b"") -> bytes:
        try:
            return self.git.read(*arguments, given=given)
        except NotCommitted as error:
            raise NoHistory(error.reason) from error


def owner_of(file: str) -> tuple[str | None, str] | None:
    """The record that a file is, or lies beside (then with the name of what lies there); None for what is not ours.

    Settings and packs belong to no record.
    """
    named = of_path(file)
    if named:
        return str(named), ""
    beside = _BESIDE.fullmatch(file)
    if beside and of_path(f"{beside[1]}.yaml"):
        return beside[2], beside[3]
    return (None, "") if file == FILE or _POLICY.fullmatch(file) else None


def _blob(mode: str, name: str) -> str | None:
    return None if not name.strip("0") else name if mode in _PLAIN_MODES else STRANGE


def _name_of(data: bytes, like: str) -> str:
    """The name that git gives to a content, in hashes as long as this one."""
    whole = b"blob %d\0" % len(data) + data
    return (hashlib.sha256(whole) if len(like) == 64 else hashlib.sha1(whole, usedforsecurity=False)).hexdigest()


def commit_of(name: str, data: bytes) -> Commit:
    """A commit, read from its object; it was made when its author made it, whatever rebase put it elsewhere since."""
    head, __, body = data.partition(b"\n\n")
    said: dict[str, list[bytes]] = {}
    for line in head.split(b"\n"):
        key, __, value = line.partition(b" ")
        said.setdefault(key.decode("ascii", "replace"), []).append(value)
    encoding = _encoding(said.get("encoding", [b""])[0])
    author = said.get("author", [b""])[0].decode(encoding, "replace")
    by, at = _signed(author)
    parents = tuple(parent.decode("ascii", "replace") for parent in said.get("parent", ()))
    return Commit(name, parents, at, by, body.decode(encoding, "replace"))


def _encoding(named: bytes) -> str:
    """The encoding that a commit names, where it is one of text; else UTF-8."""
    try:
        known = codecs.lookup(named.decode("ascii"))
    except (LookupError, UnicodeDecodeError, ValueError):
        return "utf-8"
    return known.name if getattr(known, "_is_text_encoding", False) else "utf-8"


def _signed(author: str) -> tuple[str, datetime]:
    """Who wrote a commit and when, at the hour that the clock beside them showed."""
    found = _AUTHOR.fullmatch(author)
    if not found:
        return author, datetime.fromtimestamp(0, UTC)
    name, seconds, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    try:
        return name, datetime.fromtimestamp(int(seconds), timezone(offset))
    except (OverflowError, ValueError, OSError):  # a year that no calendar has, an offset of more than a day
        return name, datetime.fromtimestamp(0, UTC)
