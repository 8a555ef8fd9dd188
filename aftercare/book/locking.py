"""One writer at a time: a lock on the whole book, from before a file is read for changing until it is written.

The lock belongs to a process and goes with it, however it ends, so there is nothing to clear away.  Readers need none.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aftercare.book.files import AS_FOLDER, split
from aftercare.errors import BookLocked, CannotWrite

OWN = ".aftercare"
"""The tool's own folder in a book; nothing in it is a record, and git leaves it alone."""
LARGEST = 1 << 28
"""So many bytes, 256 MiB, are read of one of its files: more than any of them has."""
_LOCK, _HOLDER, _IGNORE = f"{OWN}/lock", f"{OWN}/holder", f"{OWN}/.gitignore"
_EVERYTHING = b"*\n"
_HALF_WRITTEN = re.compile(r".+\.[0-9]+\.new", re.DOTALL)


@contextmanager
def held(root: Path, command: str, wait: float = 10.0) -> Iterator[None]:
    """Hold the book for *command* (what another process is told if it waits in vain), waiting up to *wait* seconds.

    BookLocked: another process kept it longer.  CannotWrite: the book's folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    _own_folder(root)
    lock = FileLock(root / _LOCK, timeout=wait, mode=0o600, poll_interval=0.02)
    try:
        lock.acquire()
    except Timeout as error:
        raise BookLocked(_holder(root), wait) from error
    except OSError as error:
        raise CannotWrite(_LOCK, str(error.strerror)) from error
    try:
        _clear(make_own_folder(root))
        _say_who(root, f"{command} ({os.getpid()})")
        yield
    finally:
        with suppress(OSError):  # what was written stands; the end of the process releases the lock all the same
            lock.release()


def make_own_folder(root: Path) -> Path:
    """The tool's own folder, made if it is not there, for the owner alone and hidden from git.

    CannotWrite if it cannot be made, or if something else bears its name.  Call it under the lock.
    """
    folder = _own_folder(root)
    try:
        if read_own(root / _IGNORE) != _EVERYTHING:
            write_own(root / _IGNORE, _EVERYTHING)
    except OSError as error:
        raise CannotWrite(OWN, str(error.strerror)) from error
    return folder


def _own_folder(root: Path) -> Path:
    folder = root / OWN
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        if folder.is_symlink() or not folder.is_dir():
            raise NotADirectoryError(0, os.strerror(20))
    except OSError as error:
        raise CannotWrite(OWN, str(error.strerror)) from error
    return folder


def _clear(own: Path) -> None:
    """Take away what killed writers left half-written: under the lock it is nobody's, and it may tell of customers."""
    with suppress(OSError):
        for left in [path for path in own.iterdir() if _HALF_WRITTEN.fullmatch(path.name)]:
            left.unlink()


def is_of_a_book(path: str) -> bool:
    """Whether a path, relative to the book, may name a file of it: no way out, nor into git's folder or our own."""
    try:
        split(path)
        os.fsencode(path)
    except (PermissionError, UnicodeEncodeError):
        return False
    return path.partition("/")[0] not in {".git", OWN}


def write_own(file: Path, data: bytes, *, lasting: bool = False) -> None:
    """Write a file of the tool's own folder, whole or not at all; only a *lasting* one survives a power cut.

    It lasts once its folder was given to :func:`settle`.
    """
    write_own_pieces(file, [data], lasting=lasting)


def write_own_pieces(file: Path, pieces: Iterable[bytes], *, lasting: bool = False) -> None:
    """The same of what comes piece by piece, each of which may be forgotten once it is written."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with suppress(FileNotFoundError):
            temporary.unlink()
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as out:
            for data in pieces:
                out.write(data)
            if lasting:
                out.flush()
                os.fsync(out.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Make the names in a folder last, where its file system does not see to that by itself."""
    here = os.open(folder, AS_FOLDER)
    try:
        os.fsync(here)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(here)


def read_own(file: Path, most: int = LARGEST) -> bytes:
    """What an ordinary file of the tool's own folder holds, as far as *most* bytes; nothing if there is none."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return b""
    with os.fdopen(descriptor, "rb") as data:
        held = os.fstat(descriptor)  # room is made for what is there, not for the most that there may be
        return data.read(min(most, held.st_size)) if stat.S_ISREG(held.st_mode) else b""


def _say_who(root: Path, who: str) -> None:
    """Leave word of who holds the book; whoever waits can do without it, so a full disk is no reason to stop."""
    with suppress(OSError):
        write_own(root / _HOLDER, who.encode())


def _holder(root: Path) -> str:
    """Who was the last to say that he holds the book: one printable line, or nothing."""
    said = b""
    with suppress(OSError):
        said = read_own(root / _HOLDER, 200)
    return "".join(letter for letter in said.decode("utf-8", "replace") if letter.isprintable())
