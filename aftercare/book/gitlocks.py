"""Git's own lock files, which a git that is killed leaves behind: taken away where it is certain that nobody has them.

A note in our own folder says that we have set git to work, and on which locks; it goes when git has left none of them.
Note and work belong under the book's lock, which goes with its process, so whoever holds the book and finds a note
knows that its writer is gone.  A lock is that writer's, and dead, if it is named in the note, was made in the time the
writer had for it, and no process is at work on it: not a git that outlives its writer for a moment, nor anybody else's.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from aftercare.book.locking import read_own, settle, write_own
from aftercare.errors import NotCommitted
from aftercare.language import _

PATIENCE = 120.0
"""Seconds after which a git that hangs is given up; a lock that is made later than that after the note is not ours."""
_NOTE = "committing"
_WAIT, _POLL = 2.0, 0.02  # seconds that a git has to end after its writer
_OLD = 60.0  # seconds after which a lock is nobody's where processes cannot be looked at
_PROCESSES = Path("/proc")


@contextmanager
def noted(own: Path, locks: Mapping[str, Path]) -> Iterator[None]:
    """Note, in our *own* folder, that git is at work and may take these *locks*, given by name and file.

    The note stays where a lock is left, by a git that was killed or could not take it away.  OSError if it cannot be
    written.
    """
    write_own(own / _NOTE, os.fsencode("\n".join(locks)), lasting=True)
    settle(own)  # a lock may outlast a power cut, and then its note has to as well
    since = (own / _NOTE).lstat().st_mtime_ns
    try:
        yield
    finally:
        with suppress(OSError):  # a note that stays says nothing wrong of what stands, and goes the next time
            if not any(_is_of_that_time(file, since) for file in locks.values()):
                (own / _NOTE).unlink()


def clear(own: Path, locks: Mapping[str, Path], homes: Sequence[Path]) -> None:
    """Take away those of *locks* (name and file) that a killed writer left; without a note of one, do nothing.

    *homes* are the folders, with all in them, in which a git that uses these locks is at work.  Call it under the
    book's lock.  NotCommitted, and the locks stay, if somebody may still be at work on them.
    """
    try:
        since = (own / _NOTE).lstat().st_mtime_ns
    except FileNotFoundError:
        return
    names = os.fsdecode(read_own(own / _NOTE)).split("\n")
    files = [file for name, file in locks.items() if name in names]
    until = time.monotonic() + _WAIT
    while (busy := in_use(files, homes)) and time.monotonic() < until:
        time.sleep(_POLL)
    left = [file for file in files if _is_of_that_time(file, since)]
    if left and busy:
        raise NotCommitted(
            _("a command that was killed left git's {file}, and it may be in use").format(file=left[0].name)
        )
    for file in left:
        file.unlink(missing_ok=True)
    (own / _NOTE).unlink()


def _is_of_that_time(file: Path, since: int) -> bool:
    """Whether a lock of our own user is there that was made when the writer was at work, *since* in nanoseconds."""
    try:
        found = file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    in_time = since <= found.st_mtime_ns <= since + PATIENCE * 1e9
    return in_time and stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()


def in_use(files: Sequence[Path], homes: Sequence[Path]) -> bool:
    """Whether a process has one of git's lock *files* open, or a git runs in one of *homes*, as of :func:`clear`.

    Where processes cannot be looked at, a file that is not old yet counts as in use.
    """
    there = []
    for file in files:
        with suppress(OSError):
            there.append(file.stat())
    if not (_PROCESSES / "self" / "fd").is_dir():
        return any(time.time() - found.st_mtime < _OLD for found in there)
    ids = {(found.st_dev, found.st_ino) for found in there}
    return any(_is_git_in(process, homes) or bool(ids & _open_files(process)) for process in _PROCESSES.glob("[0-9]*"))


def _is_git_in(process: Path, homes: Sequence[Path]) -> bool:
    try:
        if not (process / "comm").read_bytes().startswith(b"git"):
            return False
        at = (process / "cwd").readlink()
    except OSError:  # ended by now, or another user's, who cannot make a lock of ours
        return False
    return any(at.is_relative_to(home) for home in homes)


def _open_files(process: Path) -> set[tuple[int, int]]:
    """Device and number of every file that a process has open, as far as we may see it."""
    found = set()
    with suppress(OSError):
        for descriptor in (process / "fd").iterdir():
            with suppress(OSError):
                status = descriptor.stat()
                found.add((status.st_dev, status.st_ino))
    return found
