"""Which files changed since the index was written, told by their stamps alone.

Each folder of a year has the stamps of all its files in one row: one comparison says that nothing changed.  Of a folder
that is *sealed* only the folder itself and its open records are looked at: a file put there, taken away, renamed or
replaced is seen, and so is an open record that was edited in place; a closed one that was edited in place is not.

Anything that is no record where records lie (a link, a stray file, a folder too many) is for those who read the whole
book to tell: :class:`Untidy`.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import time
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from aftercare.records.names import KINDS

RACY = 20_000_000
"""Nanoseconds.  What was written so shortly before we looked may be written again without its times telling (as git's
racy entries); it is looked at again.
"""
_COARSE, _SECOND = 2_000_000_000, 1_000_000_000
"""Nanoseconds: the same on a disk that knows whole seconds only, or every other one."""
_STAMP = struct.Struct("<4Q")
_FEW = 100
_NEVER = bytes(_STAMP.size)
_U64 = (1 << 64) - 1
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_STRAY = re.compile(r"[^.].*\.ya?ml|[^.]+", re.DOTALL | re.IGNORECASE)
"""What may be meant for a record, or may hold some; the rest of what somebody keeps beside records is theirs."""
_PREFIXES = {kind.folder: kind.prefix for kind in KINDS}


class Untidy(Exception):
    """Something lies among the records that is none; the index knows nothing of such a book."""


class Folder(NamedTuple):
    """A folder of a year as it was seen: its own stamp, the names of its records, their stamps one after another."""

    stamp: bytes
    names: str
    stamps: bytes

    @property
    def files(self) -> int:
        """How many files lie in it."""
        return len(self.stamps) // _STAMP.size

    def each(self) -> Iterator[tuple[str, bytes]]:
        """The names with their stamps."""
        names = self.names.split("\n") if self.names else []
        size = _STAMP.size
        return ((name, self.stamps[at * size : (at + 1) * size]) for at, name in enumerate(names))


class Asked:
    """A folder of whose files one after another is asked: of a few by searching for them, of many by a table."""

    def __init__(self, path: str, folder: Folder) -> None:
        self.path = path
        self._folder = folder
        self._few = _FEW
        self._stamps: dict[str, bytes] = {}

    def has_as_it_is(self, name: str) -> bool:
        """Whether the file of this name has the stamp it had."""
        known = self._stamps.get(name, b"") if self._stamps else self._found(name)
        try:
            return known != b"" and _stamp(os.lstat(f"{self.path}/{name}")) == known
        except OSError:
            return False

    def _found(self, name: str) -> bytes:
        """The stamp of the file of this name; "" where none was seen."""
        self._few -= 1
        if self._few < 0:
            self._stamps = dict(self._folder.each())
        names = self._folder.names
        at = f"\n{names}\n".find(f"\n{name}\n")
        place = names.count("\n", 0, max(at, 0)) * _STAMP.size
        return self._folder.stamps[place : place + _STAMP.size] if at >= 0 else b""


class Seal(NamedTuple):
    """What is enough to look at in a folder of a large book: its own stamp, and its open records with theirs."""

    stamp: bytes
    names: str = ""
    stamps: bytes = b""

    def holds(self, path: str) -> bool:
        """Whether the folder at *path* and its open records have the stamps they had."""
        names = self.names.split("\n") if self.names else []
        try:
            if _stamp(os.lstat(path)) != self.stamp:
                return False
            return b"".join([_stamp(os.lstat(f"{path}/{name}")) for name in names]) == self.stamps
        except OSError:
            return False


def sealed(folder: Folder, names: Container[str]) -> Seal:
    """The seal of a folder of whose records those of these *names* are open."""
    held = [(name, stamp) for name, stamp in folder.each() if name in names]
    return Seal(folder.stamp, "\n".join(name for name, __ in held), b"".join(stamp for __, stamp in held))


class Look(NamedTuple):
    """What was seen: the folders that are not as they were, the ids of the files that changed, came or went."""

    folders: dict[str, Folder | None]
    """Those that are otherwise now; None for one that is gone."""
    changed: set[str]


def look(root: Path, known: Mapping[str, Folder], seals: Mapping[str, Seal]) -> Look:
    """Compare the files of a book with what is *known*; of folders with *seals* that hold no more is looked at.

    Untidy where anything but records lies in the place of records.
    """
    began = _now()
    before = str(root)
    folders: dict[str, Folder | None] = {}
    changed: set[str] = set()
    there = list(_years(before))
    for path in known.keys() - set(there):
        folders[path] = None
        changed.update(name for name, __ in known[path].each())
    for path in there:
        seal = seals.get(path)
        if seal and seal.holds(f"{before}/{path}"):
            continue
        old = known.get(path)
        new = _seen(before, path, old, began)
        if old is None or new != old or _NEVER in new.stamps:
            was = dict(old.each()) if old else {}
            now = dict(new.each())
            names = was.keys() | now.keys()
            changed.update(name for name in names if was.get(name) != now.get(name) or now.get(name) == _NEVER)
            folders[path] = new
    return Look(folders, {name.removesuffix(".yaml") for name in changed})


def stamps_of_folders(root: Path) -> dict[str, bytes]:
    """Every folder of a year with its stamp: another one once a file was put there, replaced or taken away."""
    return {path: _stamp(os.lstat(f"{root}/{path}")) for path in _years(str(root))}


def _years(root: str) -> Iterator[str]:
    """The folders of the years, below those of the kinds."""
    for folder in _PREFIXES:
        try:
            with os.scandir(f"{root}/{folder}") as entries:
                for entry in entries:
                    if _YEAR.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                        yield f"{folder}/{entry.name}"
                    elif _STRAY.fullmatch(entry.name):
                        raise Untidy
        except FileNotFoundError:
            if os.path.lexists(f"{root}/{folder}"):  # a link that leads nowhere
                raise Untidy from None
            continue
        except OSError as error:
            raise Untidy from error
        if Path(root, folder).is_symlink():
            raise Untidy


def _seen(root: str, path: str, old: Folder | None, began: int) -> Folder:
    """A folder as it is now, every file of it looked at."""
    names: list[str] = []
    stamps: list[bytes] = []
    try:
        own = _racy(os.lstat(f"{root}/{path}"), began)
        with os.scandir(f"{root}/{path}") as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(".yaml") and name[0] != ".":
                    about = entry.stat(follow_symlinks=False)
                    if not stat.S_ISREG(about.st_mode):
                        raise Untidy
                    names.append(name)
                    stamps.append(_racy(about, began))
                elif _STRAY.fullmatch(name):
                    raise Untidy
                elif name.endswith(".tmp"):
                    own = _NEVER  # a writer was killed; the next one is to look here, and take away what is left
    except OSError as error:
        raise Untidy from error
    said = "\n".join(names)
    if old is None or said != old.names:
        _refuse_strays(path, names)
    return Folder(own, said, b"".join(stamps))


def _refuse_strays(path: str, names: Iterable[str]) -> None:
    """Each name is that of a record which belongs here."""
    folder, __, year = path.partition("/")
    named = re.compile(rf"{_PREFIXES[folder]}{year[2:]}-(?:[0-9]{{4}}|[1-9][0-9]{{4,8}})\.yaml", re.ASCII)
    if not year.startswith("20") or not all(named.fullmatch(name) and "-0000." not in name for name in names):
        raise Untidy


def _stamp(about: os.stat_result) -> bytes:
    return _STAMP.pack(about.st_ino, about.st_size, about.st_mtime_ns & _U64, about.st_ctime_ns & _U64)


def _racy(about: os.stat_result, began: int) -> bytes:
    """The stamp, or one that no file has."""
    modified, changed = about.st_mtime_ns, about.st_ctime_ns
    if began - max(modified, changed) < _COARSE:  # nearly every file is older, and needs no closer look
        recent = _COARSE if modified % _SECOND == 0 else RACY
        if max(modified, changed) > began - recent:
            return _NEVER
    return _STAMP.pack(about.st_ino, about.st_size, modified & _U64, changed & _U64)


def _now() -> int:
    """The clock in nanoseconds; by one that Python cannot tell, after 2262, every file may just have been written."""
    try:
        return time.time_ns()
    except OverflowError:
        return 0


def settled(path: str) -> bytes:
    """The stamp of a file, nothing where there is none; one that is never given again where it may be being written."""
    began = _now()
    try:
        stamp = _racy(os.lstat(path), began)
    except OSError:
        return b""
    return stamp + (began & _U64).to_bytes(8, "little") if stamp == _NEVER else stamp


def settled_in(folder: str) -> bytes:
    """The stamp of a folder with those of all that lies in it."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is wanted
    except OSError:
        names = []
    return b"\0".join(
        [settled(folder), *(name.encode(errors="surrogateescape") + settled(f"{folder}/{name}") for name in names)]
    )
