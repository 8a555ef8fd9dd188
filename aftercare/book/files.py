"""The files of a book, found and read without being led astray; :mod:`aftercare.book.writing` writes them.

Every path is relative to the book, with forward slashes.  No link below the book's own folder is ever followed.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Self, TypeAlias

from aftercare.book.ids import CENTURY, RecordId, path_of
from aftercare.errors import CannotRead, Fault, InvalidBook
from aftercare.language import _, refusal
from aftercare.plain.patterns import late
from aftercare.records.names import BY_NAME, KINDS

LIMIT = 1024 * 1024
"""The largest file that is read, in bytes."""
_year = late(r"[0-9]{4}")
_pack = late(r"[^.].*\.yaml", re.DOTALL)
_stray = late(r"[^.].*\.ya?ml", re.DOTALL | re.IGNORECASE)
_like_an_id = late(r"[A-Za-z]{2}[0-9]{2}[-_ ]?[0-9]+.*\.ya?ml", re.DOTALL | re.IGNORECASE)
"""What else somebody keeps in a folder of their own is theirs."""
_maybe_a_folder = late(r"[^.]+")
AS_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NOWHERE = frozenset({"", ".", ".."})
"""Parts of which no path of a book is made."""
_PLAIN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe must not make us wait


Stamp: TypeAlias = tuple[int, ...]
"""What tells one state of a file from another without reading it; written anew, a file has a new inode."""


class Unusable(InvalidBook):
    """A file that cannot be read as it stands; ``fault`` (not-a-file, too-large, unreadable) is for collecting."""

    def __init__(self, fault: Fault) -> None:
        super().__init__([fault])
        self.fault = fault


def read_bytes(root: Path, relative: str) -> bytes:
    """What the file holds.

    FileNotFoundError if there is none; :class:`Unusable` if it is a link, a device or a folder, if it is larger than
    :data:`LIMIT` or if the system does not let it be read.
    """
    with Opened(root) as opened:
        return opened.read(relative)[1]


class Opened:
    """Files of a book that are looked at one after the other: the folder of the last one is kept open for the next."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder: str | None = None
        self._here = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._folder is not None:
            os.close(self._here)
            self._folder = None

    def stamp(self, relative: str) -> Stamp:
        """What tells one state of a file from another; OSError where nobody can say."""
        return _stamp(os.stat(self._name(relative), dir_fd=self._here, follow_symlinks=False))

    def read(self, relative: str) -> tuple[Stamp, bytes]:
        """The stamp of a file, and what it holds; the errors are those of :func:`read_bytes`."""
        try:
            return self._read(relative)
        except FileNotFoundError:
            raise
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}:
                raise _not_a_file(relative) from error
            raise unreadable(relative, error) from error

    def _name(self, relative: str) -> str:
        """The name of a file in its folder, which is open now."""
        folder, _slash, name = relative.rpartition("/")
        if folder != self._folder or name in {"", ".", ".."} or "\0" in name:
            folder, name = split(relative)
            here = open_folder(self._root, folder)
            self.__exit__()
            self._folder, self._here = folder, here
        return name

    def _read(self, relative: str) -> tuple[Stamp, bytes]:
        file = os.open(self._name(relative), _PLAIN_FILE, dir_fd=self._here)
        try:
            about = os.fstat(file)
            if not stat.S_ISREG(about.st_mode):
                raise _not_a_file(relative)
            size = about.st_size
            data = os.read(file, size + 1) if size <= LIMIT else b""
            # All of a file of this size has come; a file that grows meanwhile, or has no size, is read to its end.
            while (len(data) != size or not size) and len(data) <= LIMIT >= size and (more := os.read(file, size + 1)):
                data += more
        finally:
            os.close(file)
        if max(len(data), size) > LIMIT:
            message = _("larger than {limit} bytes, which no record is").format(limit=LIMIT)
            raise Unusable(Fault(relative, 1, "too-large", message))
        return _stamp(about), data


def unreadable(relative: str, error: OSError) -> Unusable:
    """That the system does not let a file or a folder be read."""
    message = _("cannot be read: {reason}").format(reason=refusal(error.strerror))
    return Unusable(Fault(relative, 1, "unreadable", message))


def scan(root: Path) -> Iterator[str]:
    """Every file that is named like a record, sorted: ``KIND/YYYY/*.yaml`` in the folders of the known kinds.

    Dotfiles are left out.  What stands in a folder's place and cannot be entered, such as a link, is given under its
    own name, so that reading it says what is wrong and nothing is passed over in silence.  So are files that may be
    meant as records and lie one folder too high or too low, or end in ``.yml``.
    """
    for folder in sorted(kind.folder for kind in KINDS):
        names = _entries(root, folder)
        if names is None:
            yield folder
            continue
        for name in names:
            path = f"{folder}/{name}"
            if not _year().fullmatch(name):
                yield from _strays(root, path, name)
            elif (records := _entries(root, path)) is None:
                yield path
            else:
                for record in records:
                    yield from _strays(root, f"{path}/{record}", record)


def packs(root: Path, folder: str) -> list[str]:
    """The ``*.yaml`` in the folder of the shop's own packs; itself where it is none that can be entered."""
    found = _matching(root, folder, _pack())
    return [folder] if found is None else found


def stamp_of_folders(root: Path) -> tuple[tuple[str, int], ...]:
    """Every folder that :func:`scan` looks into, with its time of change: another one once a file was put or taken."""
    return tuple((folder, _changed_at(root / folder)) for folder in folders(root))


def folders(root: Path) -> list[str]:
    """Every folder that :func:`scan` looks into: those of the known kinds, and those of their years."""
    kinds = sorted(kind.folder for kind in KINDS)
    return [*kinds, *(year for kind in kinds for year in _matching(root, kind, _year()) or ())]


def _changed_at(folder: Path) -> int:
    try:
        return folder.lstat().st_mtime_ns
    except OSError:
        return 0


def attached(root: Path, record: RecordId) -> list[str]:
    """The files that lie beside a record and belong to it, sorted: ``CL26-0004.verdict-1.json`` of CL26-0004."""
    folder = path_of(record).rpartition("/")[0]
    return _matching(root, folder, re.compile(rf"{record}\.[a-z]+(?:-[0-9]+)?\.json")) or []


def next_number(root: Path, kind: str, year: int) -> int:
    """The running number for a new record of *kind* (its name) in *year*: one more than the highest ever used.

    A removed record keeps its file, so no number is used twice.  Call it under the lock.
    """
    name = BY_NAME[kind]
    used = re.compile(rf"{name.prefix}{year - CENTURY:02}-([0-9]{{4,9}})(?![0-9])")
    folder = f"{name.folder}/{year}"
    try:
        found = [used.match(entry) for entry in _names(root, folder)]
    except FileNotFoundError:
        return 1
    except OSError as error:
        raise CannotRead(folder, str(error.strerror)) from error
    return 1 + max((int(match[1]) for match in found if match), default=0)


def split(relative: str) -> tuple[str, str]:
    """The folder and the name of a path; PermissionError for one that could lead out of the book."""
    if "\0" in relative or not _NOWHERE.isdisjoint(relative.split("/")):
        raise PermissionError(errno.EACCES, _("it lies outside the book"))
    parent, _slash, name = relative.rpartition("/")
    return parent, name


def open_folder(root: Path, folder: str) -> int:
    """A descriptor of *folder*, of which no part is a link; OSError if there is none.  The caller closes it."""
    here = os.open(root, AS_FOLDER)
    for name in folder.split("/") if folder else ():
        try:
            there = os.open(name, AS_FOLDER | os.O_NOFOLLOW, dir_fd=here)
        finally:
            os.close(here)
        here = there
    return here


def _names(root: Path, folder: str) -> list[str]:
    here = open_folder(root, folder)
    try:
        return os.listdir(here)  # noqa: PTH208 - a descriptor has no Path
    finally:
        os.close(here)


def _strays(root: Path, path: str, name: str) -> Iterator[str]:
    """The path, if its name may be meant for a record; of a folder that is no year's, what is called as records are."""
    if _stray().fullmatch(name):
        yield path
    elif _maybe_a_folder().fullmatch(name):
        yield from _matching(root, path, _like_an_id()) or ()


def _entries(root: Path, folder: str) -> list[str] | None:
    """The names in *folder*, sorted; None for a folder that cannot be entered."""
    try:
        return sorted(_names(root, folder))
    except FileNotFoundError:
        return []
    except OSError:
        return None


def _matching(root: Path, folder: str, wanted: re.Pattern[str]) -> list[str] | None:
    """The paths in *folder* whose names are as *wanted*, sorted; None for a folder that cannot be entered."""
    names = _entries(root, folder)
    return None if names is None else [f"{folder}/{name}" for name in names if wanted.fullmatch(name)]


def _stamp(about: os.stat_result) -> Stamp:
    return about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _not_a_file(relative: str) -> Unusable:
    message = _("not an ordinary file; links are not followed")
    return Unusable(Fault(relative, 1, "not-a-file", message))
