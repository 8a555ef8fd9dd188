"""Files that belong to records, kept below ``attachments/`` under what they hold, so that none can change unseen.

The same content is kept once.  Nothing here is ever opened but to be hashed, let alone run.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from aftercare.book.enclosed import altered, names, not_plain
from aftercare.book.files import open_folder, split
from aftercare.book.journal import Change
from aftercare.book.locking import settle
from aftercare.book.writing import may_be_there, write
from aftercare.errors import CannotWrite, ChangedUnderneath, InvalidBook
from aftercare.records.enclosures import FOLDER

LARGEST = 256 * 1024 * 1024
"""The most that is ever taken, in bytes."""
_AT_ONCE = 1024 * 1024
_PLAIN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
ENDINGS = (
    "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "avif", "tif", "tiff", "bmp", "pdf", "txt", "csv", "tsv",
    "eml", "ofd", "odt", "ods", "odp", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "rtf", "mp4", "m4v", "mov", "3gp",
    "webm", "mkv", "avi", "mp3", "m4a", "aac", "amr", "ogg", "opus", "wav", "flac", "vcf", "ics",
)  # fmt: skip
"""Endings that name data.  Any other is left off, so that no double click runs what a customer sent."""


def place_for(root: Path, data: bytes, name: str) -> str:
    """Where a content that was called *name* belongs; where it is kept already, whatever ending it has there."""
    sha256 = hashlib.sha256(data).hexdigest()
    folder = f"{FOLDER}/{sha256[:2]}"
    same = [kept for kept in names(root, folder) if kept.partition(".")[0] == sha256]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return f"{folder}/{min(same)}" if same else f"{folder}/{sha256}" + (f".{ending}" if ending in ENDINGS else "")


def is_there(root: Path, file: str) -> bool:
    """Whether an attached file lies there, as far as the disk says."""
    return os.path.isfile(root / file)  # noqa: PTH113 - pathlib's own asks whether the disk answers at all


def folders(root: Path) -> list[str]:
    """Where attached files lie, as far as the disk says."""
    try:
        return [f"{FOLDER}/{name}" for name in names(root, FOLDER)]
    except OSError:
        return []


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


def write_with(root: Path, contents: Mapping[str, bytes], naming: Sequence[Change]) -> None:
    """Keep contents at their places, and write the changes that name them; what was new goes if those fail.

    InvalidBook where another content lies there, and the errors of ``writing.write``.
    """
    new: list[str] = []
    try:
        for file, data in contents.items():
            if not is_there(root, file):
                new.append(file)  # before it is, for an interruption in between must find it
            try:
                write(root, [Change(file, None, data)])
            except ChangedUnderneath:  # it is kept already
                new = [other for other in new if other != file]
                if digest(root, file) != hashlib.sha256(data).hexdigest():
                    raise InvalidBook([altered(file)]) from None
        write(root, naming)
    except BaseException:
        if not may_be_there(root, naming):
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
