"""Files that the operator names for what is put out: written whole or not at all, for their owner alone."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from aftercare.book.locking import settle
from aftercare.errors import CannotWrite, MayNotLast, WouldOverwrite
from aftercare.language import _

_LONGEST = 60
_UNFINISHED = ".unfinished"
_PLAIN_FILE = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def saved(target: Path, data: bytes, force: bool) -> None:
    """Write a file whole or not at all; one that is there is replaced only with *force*, and only if it is a file.

    WouldOverwrite: it is there.  CannotWrite: refused by the system; no plain file; one of a book's own.  MayNotLast:
    it is written, and the disk does not say that it stays.
    """
    try:
        refuse_if_there(target, force)
        _put(target, data, force)
    except FileExistsError:
        raise WouldOverwrite(str(target)) from None
    except OSError as error:
        raise CannotWrite(str(target), str(error.strerror)) from error


def refuse_if_there(target: Path, force: bool) -> None:
    """Refuse a name that is taken, before any work is done for it; one among a book's own files even with *force*."""
    from aftercare.book.belongings import is_among

    try:
        there = stat.S_ISREG(target.lstat().st_mode) if os.path.lexists(target) else None
        among = is_among(target)
    except OSError as error:  # a name that is too long, a folder that lets nobody look
        raise CannotWrite(str(target), str(error.strerror)) from error
    if there is not None and not force:
        raise WouldOverwrite(str(target))
    if among:
        raise CannotWrite(str(target), _("it lies among the files of a book"))
    if there is False:
        raise CannotWrite(str(target), _("it is not a plain file"))


def _put(target: Path, data: bytes, force: bool) -> None:
    with _beside(target) as (temporary, finished):
        temporary.write(data)
        temporary.flush()
        os.fsync(temporary.fileno())
        if not force:
            _claim(target, str(finished))
        else:  # who may read it is the operator's to say, and stays as it was said
            with suppress(FileNotFoundError):
                finished.chmod(stat.S_IMODE(target.lstat().st_mode))
        finished.replace(target)
    try:
        settle(target.parent)
    except PermissionError:  # a folder in which one may write and not look
        return
    except OSError as error:
        raise MayNotLast(str(target), str(error.strerror)) from error


@contextmanager
def _beside(target: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file beside the target to write in, and its name; it is held, so that nobody takes it for a leftover."""
    from secrets import token_hex

    start = f".{target.name[:_LONGEST]}."
    _clear(target.parent, start)
    while True:
        name = target.parent / f"{start}{token_hex(4)}{_UNFINISHED}"
        opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(opened, "w+b") as file:
            try:
                with suppress(OSError):
                    fcntl.flock(opened, fcntl.LOCK_EX)
                if not os.fstat(opened).st_nlink:  # it was taken for one before it could be held
                    continue
                yield file, name
                return
            finally:
                name.unlink(missing_ok=True)


def _clear(folder: Path, start: str) -> None:
    """Take away what was left half-written when we were killed: nobody holds it, and customers may be named in it."""
    with suppress(OSError):
        left = [path for path in folder.iterdir() if path.name.startswith(start) and path.name.endswith(_UNFINISHED)]
        for path in left:
            with suppress(OSError), os.fdopen(os.open(path, _PLAIN_FILE), "r+b", buffering=0) as file:
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()


def _claim(target: Path, finished: str) -> None:
    """Take the name in one step, where nobody has been faster; FileExistsError if somebody was."""
    try:
        os.link(finished, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as that of a memory stick
        if os.path.lexists(target):
            raise FileExistsError(target) from None
