"""Mending a book: what was found is put right without losing a byte, and each mend says which bytes it moves where."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Container, Sequence
from pathlib import Path
from typing import NamedTuple

from aftercare.book import history, journal, writing
from aftercare.book.journal import Change, Noted
from aftercare.book.locking import OWN, is_of_a_book
from aftercare.book.set_aside import SetAside
from aftercare.errors import CannotWrite

LOCK = f"{OWN}/lock"
BY_HAND = "changed by hand"
"""The title of a commit of what people changed without a command."""
OTHERS = 0o077
"""The permissions that nobody but the owner is to have."""


class Mend(NamedTuple):
    """What puts one thing right.

    ``changes`` of files; ``kept`` are those of which a copy is set aside first, ``away`` files that are set aside
    themselves; ``closed`` what others are shut out of; ``committed`` files that git is to know.  ``finishes`` what a
    killed command began.  Only done when the operator is ``sure`` of it.
    """

    changes: tuple[Change, ...] = ()
    kept: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    committed: tuple[str, ...] = ()
    finishes: bool = False
    sure: bool = False

    @property
    def acts(self) -> bool:
        """Whether it does anything to files, beyond telling git of them."""
        return bool(self.changes or self.away or self.closed) and not self.finishes

    def is_done(self, places: Container[str]) -> bool:
        """Whether all of it was to set files aside, and that is done: what was set aside has its place."""
        return bool(self.away) and not self.changes and all(file in places for file in self.away)

    @property
    def files(self) -> set[str]:
        """The files whose content or place it changes."""
        return {*(change.file for change in self.changes if change.after is not None), *self.away}


def finish(root: Path, aside: SetAside) -> list[str]:
    """Finish what a killed command began, and give the files; a note that cannot be followed is set aside.

    Call it under the lock.  The errors are those of :func:`writing.recover`.
    """
    if journal.look(root).state in {"mixed", "strange"}:
        aside.move(journal.FILE)
    return writing.recover(root)


def left_unfinished(root: Path, *, locked: bool) -> Noted:
    """What a killed command noted and did not do; nothing while a live one holds the book, which will do it.

    Nothing is written or waited for; *locked*: it is we who hold the book.
    """
    if locked:
        return journal.look(root)
    try:
        lock = os.open(root / LOCK, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:  # nobody has ever written here
        return journal.look(root)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return journal.look(root)
    except BlockingIOError:
        return Noted("none")
    except OSError:  # a file system without locks
        return journal.look(root)
    finally:
        os.close(lock)


def carry_out(root: Path, mends: Sequence[Mend], aside: SetAside) -> None:
    """Do all of it: nothing is replaced before its bytes are safe, and all changes of files are one step.

    Call it under the lock.  CannotWrite, ChangedUnderneath as of :func:`writing.write`.
    """
    for file in dict.fromkeys(file for mend in mends for file in mend.kept):
        aside.copy(file)
    for file in dict.fromkeys(file for mend in mends for file in mend.away):
        aside.move(file)
    changes = {change.file: change for mend in mends for change in mend.changes}
    if changes:
        writing.write(root, list(changes.values()))
    for path in dict.fromkeys(path for mend in mends for path in mend.closed):
        _close(root / path)


def remember(root: Path, mends: Sequence[Mend]) -> None:
    """Note what is to be committed, before any of it is done, in case we are killed in between."""
    if files := _to_commit(mends):
        history.remember(root, files)


def commit(root: Path, mends: Sequence[Mend]) -> None:
    """Let git know of what was mended; NotCommitted where it cannot."""
    if files := _to_commit(mends):
        history.commit(root, files, "doctor")


def commit_what_was(root: Path, mends: Sequence[Mend]) -> None:
    """Let git know of what was changed by hand, before anything is mended; NotCommitted where it cannot.

    It is a commit of its own, under the title of no command, so that ``undo`` takes back no work of people's.  What
    commands saved and could not commit is another one before it.
    """
    files = list(dict.fromkeys(file for mend in mends for file in mend.committed if is_of_a_book(file)))
    noted = set(history.remembered(root))
    if saved := [file for file in files if file in noted]:
        history.commit(root, saved, "doctor")
    if by_hand := [file for file in files if file not in noted]:
        history.commit(root, by_hand, BY_HAND)


def _to_commit(mends: Sequence[Mend]) -> list[str]:
    changed = [change.file for mend in mends for change in mend.changes]
    gone = [file for mend in mends for file in mend.away]
    return [file for file in dict.fromkeys([*changed, *gone]) if is_of_a_book(file)]


def _close(path: Path) -> None:
    """Take away what others may do with a file or folder, if it is one and no link."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotWrite(str(path), str(error.strerror)) from error
    try:
        os.fchmod(descriptor, stat.S_IMODE(os.fstat(descriptor).st_mode) & ~OTHERS)
    except OSError as error:
        raise CannotWrite(str(path), str(error.strerror)) from error
    finally:
        os.close(descriptor)
