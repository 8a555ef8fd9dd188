"""Files that belong to records: kept below ``attachments/`` under what they hold, so that nobody can change one unseen.

The name of a file is the SHA-256 of its content: ``attachments/3f/3fa9….jpg``; the same content is kept once.  A record
names it in its list ``attachments``, the path first and then, after a space, what it is.  What else stands in that list
is words of the operator's own.  Nothing here is ever opened but to be hashed, let alone run.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from aftercare.book.files import open_folder, split
from aftercare.book.journal import Change
from aftercare.book.locking import settle
from aftercare.book.writing import write
from aftercare.errors import CannotWrite, ChangedUnderneath, Fault, InvalidBook
from aftercare.language import _
from aftercare.plain.patterns import late

FOLDER = "attachments"
LARGEST = 256 * 1024 * 1024
"""The most that is ever taken, in bytes."""
_AT_ONCE = 1024 * 1024
_PLAIN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_path = late(rf"({FOLDER}/([0-9a-f]{{2}})/(\2[0-9a-f]{{62}})(?:\.[a-z0-9]{{1,8}})?)(?: (.*))?", 16)
_two = late("[0-9a-f]{2}")
ENDINGS = (
    "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "avif", "tif", "tiff", "bmp", "pdf", "txt", "csv", "tsv",
    "eml", "ofd", "odt", "ods", "odp", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "rtf", "mp4", "m4v", "mov", "3gp",
    "webm", "mkv", "avi", "mp3", "m4a", "aac", "amr", "ogg", "opus", "wav", "flac", "vcf", "ics",
)  # fmt: skip
"""Endings that name data.  Any other is left off, so that no double click runs what a customer sent."""


class Attached(NamedTuple):
    """An entry of a record's list that names a file of ours: its path, the hash in it, and what it is."""

    file: str
    sha256: str
    what: str


def attached(entry: str) -> Attached | None:
    """What an entry of ``attachments`` names; None for words of the operator's own."""
    found = _path().fullmatch(entry)
    return Attached(found[1], found[3], found[4] or "") if found else None


def files_in(entries: Iterable[str]) -> list[str]:
    """The files of ours that entries name, each once."""
    return list(dict.fromkeys(one.file for entry in entries if (one := attached(entry))))


def place_for(root: Path, data: bytes, name: str) -> str:
    """Where a content that was called *name* belongs; where it is kept already, whatever ending it has there."""
    sha256 = hashlib.sha256(data).hexdigest()
    folder = f"{FOLDER}/{sha256[:2]}"
    same = [kept for kept in _names(root, folder) if kept.partition(".")[0] == sha256]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return f"{folder}/{min(same)}" if same else f"{folder}/{sha256}" + (f".{ending}" if ending in ENDINGS else "")


def digest(root: Path, file: str) -> str:
    """The SHA-256 of an attached file; FileNotFoundError where there is none, InvalidBook for what is no plain file."""
    folder, name = split(file)
    try:
        here = open_folder(root, folder)
        try:
            opened = os.open(name, _PLAIN_FILE, dir_fd=here)
        finally:
            os.close(here)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise InvalidBook([not_plain(file)]) from error
    with os.fdopen(opened, "rb") as content:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise InvalidBook([not_plain(file)])
        whole = hashlib.sha256()
        while piece := content.read(_AT_ONCE):
            whole.update(piece)
    return whole.hexdigest()


def not_plain(file: str) -> Fault:
    """That a link, a folder or a device lies where an attached file should."""
    return Fault(file, 1, "not-a-file", _("not an ordinary file; links are not followed"))


def altered(file: str) -> Fault:
    """That an attached file does not hold what it held when it was attached."""
    return Fault(file, 1, "attachment-altered", _("it is not what was attached: its content has changed since"))


@contextmanager
def put(root: Path, contents: Mapping[str, bytes]) -> Iterator[None]:
    """Keep contents at their places while something that names them is written; what was new goes if that fails.

    InvalidBook where another content lies there; CannotWrite where the system refuses.
    """
    new: list[str] = []
    try:
        for file, data in contents.items():
            try:
                write(root, [Change(file, None, data)])
                new.append(file)
            except ChangedUnderneath:  # it is kept already
                if digest(root, file) != hashlib.sha256(data).hexdigest():
                    raise InvalidBook([altered(file)]) from None
        yield
    except BaseException:
        for file in new:
            with suppress(OSError):
                _unlink(root, file)
        raise


def away(root: Path, files: Iterable[str]) -> None:
    """Take files away for good; one that is gone already is no error.  CannotWrite."""
    for file in files:
        try:
            _unlink(root, file)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise CannotWrite(file, str(error.strerror)) from error


def _unlink(root: Path, file: str) -> None:
    folder, name = split(file)
    here = open_folder(root, folder)
    try:
        os.unlink(name, dir_fd=here)
    finally:
        os.close(here)
    settle(root / folder)


class Lying(NamedTuple):
    """What lies where attached files do: its path, and whether it is a plain file."""

    file: str
    is_plain: bool


def lying(root: Path) -> Iterator[Lying]:
    """All that lies at the places of attached files, in the order of paths; what else is in the folder is not ours.

    What stands in the place of one of our folders and cannot be entered is given itself.
    """
    if not _is_folder(root, FOLDER):
        if os.path.lexists(root / FOLDER):
            yield Lying(FOLDER, is_plain=False)
        return
    for two in _names(root, FOLDER):
        folder = f"{FOLDER}/{two}"
        if not _two().fullmatch(two):
            continue
        if not _is_folder(root, folder):
            yield Lying(folder, is_plain=False)
        for name in _names(root, folder):
            if files_in([f"{folder}/{name}"]):
                yield Lying(f"{folder}/{name}", _is_plain(root, f"{folder}/{name}"))


def _is_plain(root: Path, file: str) -> bool:
    try:
        return stat.S_ISREG((root / file).lstat().st_mode)
    except OSError:
        return False


def _is_folder(root: Path, folder: str) -> bool:
    try:
        return stat.S_ISDIR((root / folder).lstat().st_mode)
    except OSError:
        return False


def _names(root: Path, folder: str) -> list[str]:
    """What lies in a folder, sorted; nothing where there is none, or it cannot be entered."""
    try:
        here = open_folder(root, folder)
    except OSError:
        return []
    try:
        return sorted(os.listdir(here))  # noqa: PTH208 - a descriptor has no Path
    finally:
        os.close(here)


def taken_in(path: Path, most: int) -> bytes:
    """The content of a file that was named to be attached.

    OSError: ELOOP for a link, EISDIR or ENXIO for what else is no plain file, EFBIG for more than *most* bytes.
    """
    opened = os.open(path, _PLAIN_FILE)
    with os.fdopen(opened, "rb") as content:
        mode = os.fstat(opened).st_mode
        if not stat.S_ISREG(mode):
            code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
            raise OSError(code, os.strerror(code))
        data = content.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data
