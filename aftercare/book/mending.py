"""Mending a book: what was found is put right without losing a byte, and each mend says which bytes it moves where."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from aftercare.book import history, journal, writing
from aftercare.book.journal import Change
from aftercare.book.locking import is_of_a_book
from aftercare.book.set_aside import SetAside
from aftercare.errors import CannotWrite

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
        return bool(self.changes or self.away or self.closed)

    @property
    def files(self) -> set[str]:
        """The files whose content or place it changes."""
        return {*(change.file for change in self.changes if change.after is not None), *self.away}


def finish(root: Path, aside: SetAside) -> list[str]:
    """Finish what a killed command began; a note of one that is not ours is set aside.  Call it under the lock."""
    if journal.is_there(root):
        aside.copy(journal.FILE)
    return writing.recover(root)


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


def _to_commit(mends: Sequence[Mend]) -> list[str]:
    changed = [change.file for mend in mends for change in mend.changes]
    gone = [file for mend in mends for file in mend.away]
    files = [*changed, *gone, *(file for mend in mends for file in mend.committed)]
    return [file for file in dict.fromkeys(files) if is_of_a_book(file)]


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
