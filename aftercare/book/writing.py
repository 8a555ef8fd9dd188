"""Writing the files of a book: each becomes the new one or stays the old one, whole, and what is done lasts.

New content goes into a temporary file beside its target, onto the disk, and takes the target's name in one step; then
the folder goes onto the disk.  All of it is meant to be done under :func:`aftercare.book.locking.held`, so a temporary
file that is there before us belongs to a writer that was killed.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from aftercare.book import journal, lasting
from aftercare.book.files import AS_FOLDER, Unusable, open_folder, read_bytes, split
from aftercare.book.journal import Change
from aftercare.errors import CannotWrite, ChangedUnderneath, Fault, InvalidBook, NotConfirmed
from aftercare.language import _

_LEFTOVER = re.compile(r"\..+\.[0-9]+\.tmp", re.DOTALL)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
NO_LINKS = frozenset({errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
"""How a file system says that a file cannot have two names there."""


def create(root: Path, relative: str, data: bytes) -> None:
    """Write a new file; the errors are those of :func:`write`."""
    write(root, [Change(relative, None, data)])


def replace(root: Path, relative: str, data: bytes, expected: bytes) -> None:
    """Write *data* over a file that still holds *expected*; the errors are those of :func:`write`."""
    write(root, [Change(relative, expected, data)])


def delete(root: Path, relative: str, expected: bytes) -> None:
    """Take away a file that still holds *expected*; the errors are those of :func:`write`."""
    write(root, [Change(relative, expected, None)])


def write(root: Path, changes: Sequence[Change]) -> None:
    """Make all *changes*, to different files; when it returns they survive a power cut.

    A failure takes back what had been done.  A killed process leaves each file whole, old or new; where there are
    several, the journal makes one step of them: what it left undone is read as done, and :func:`recover` finishes it.

    ChangedUnderneath: a file does not hold what was expected, or a new one is there already; nothing was changed.
    CannotWrite: the system refused; nothing was changed.  NotConfirmed: it refused so late that this is not certain.
    """
    writing = _Writing(root)
    try:
        writing.run(changes, noting=len(changes) > 1)
    except OSError as error:
        problem = CannotWrite if writing.take_back() else NotConfirmed
        raise problem(writing.at, str(error.strerror)) from error
    except BaseException:  # an interruption too leaves nothing half done
        writing.take_back()
        raise
    finally:
        writing.close()


def may_be_there(root: Path, changes: Iterable[Change]) -> bool:
    """Whether changes that were not written, as it seemed, are there all the same, or will be when they are recovered.

    An interruption may come when all is done but the tidying up; a refusal so late that nothing could be taken back.
    """
    if journal.is_there(root):
        return True
    for change in changes:
        try:
            if read_bytes(root, change.file) == change.after:
                return True
        except FileNotFoundError:
            continue
        except (Unusable, OSError):
            return True
    return False


def recover(root: Path) -> list[str]:
    """Finish what a killed writer had begun on several files, and give their names.  Call it under the lock.

    CannotWrite if the system refuses; it stays to be finished.  InvalidBook where only people know how to finish it.
    """
    noted = journal.look(root)
    if noted.state == "none":
        return []
    if noted.state in {"mixed", "newer"}:
        raise InvalidBook([unfinished(noted)])
    left = noted.todo
    finishing = _Writing(root)
    finishing.at = journal.FILE
    try:
        if noted.state == "strange":
            journal.put_away(root)
        finishing.run(left)
        journal.clear(root)
    except OSError as error:
        raise CannotWrite(finishing.at, str(error.strerror)) from error
    finally:
        finishing.close()
    return [change.file for change in left]


def unfinished(noted: journal.Noted) -> Fault:
    """Why nobody can write before it is settled what becomes of a change that a killed command left half done."""
    if noted.state == "newer":
        message = _("a newer version of aftercare was killed here half-way; let that one finish it")
    else:
        message = _("a command was killed half-way, and {files} changed since; see: {command}")
    said = message.format(files=", ".join(noted.changed[:8]), command="aftercare doctor")
    return Fault(journal.FILE, 1, "unfinished", said)


def is_leftover(name: str) -> bool:
    """Whether a file of this name can only be one that a killed writer left half-written."""
    return bool(_LEFTOVER.fullmatch(name))


def clear_leftovers(root: Path, *folders: str) -> None:
    """Take away the temporary files that killed writers left in *folders*.  Call it under the lock."""
    for folder in folders:
        with suppress(OSError):
            here = open_folder(root, folder)
            try:
                _clear(here)
            finally:
                os.close(here)


class _Writing:
    """One write under way: the folders it holds open, its temporary files, and what it has done so far.

    Folders are held by descriptor, so none can be exchanged for a link between two steps.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.at = ""
        self.folders: dict[str, int] = {}
        self.cleared: set[str] = set()
        self.temporaries: list[tuple[int, str]] = []
        self.done: list[Change] = []
        self.noted = False
        self.together = False  # whether what is written reaches the disk with all the rest, and not each by itself

    def run(self, changes: Sequence[Change], *, noting: bool = False) -> None:
        self.together = len(changes) >= lasting.MANY
        for change in changes:
            self.prepare(change)
        self.make_last()
        for change in changes:
            self.compare(change)
        if noting:
            self.at = journal.FILE
            self.noted = True  # before it is so: an interruption in between must find it
            journal.note(self.root, changes)
        for change in changes:
            self.put(change)
        self.settle()
        if noting:
            self.at = journal.FILE
            journal.clear(self.root)

    def prepare(self, change: Change) -> None:
        """Write the new content beside its target, onto the disk."""
        self.at = change.file
        parent, name = split(change.file)
        here = self.folder(parent)
        if parent not in self.cleared:
            _clear(here)
            self.cleared.add(parent)
        if change.after is not None:
            self.fill(here, name, change.after, is_new=change.before is None)

    def fill(self, here: int, name: str, data: bytes, *, is_new: bool = False) -> None:
        temporary = _temporary(name)
        self.temporaries.append((here, name))
        file = os.open(temporary, _NEW_FILE, 0o600, dir_fd=here)
        try:
            if not is_new:
                with suppress(FileNotFoundError):  # a replaced file keeps its permissions
                    os.fchmod(file, stat.S_IMODE(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode) & 0o777)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
            if not self.together:
                os.fsync(file)
        finally:
            os.close(file)

    def make_last(self) -> None:
        """Have the new contents on the disk, before any of them takes a name."""
        if not self.together:
            return
        self.together = False
        if not lasting.all_at_once(self.root):
            for here, name in self.temporaries:
                file = os.open(_temporary(name), os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=here)
                try:
                    os.fsync(file)
                finally:
                    os.close(file)

    def compare(self, change: Change) -> None:
        """Refuse if the file no longer holds what the change was made from."""
        self.at = change.file
        if change.before is not None and not self.holds(change.file, change.before):
            raise ChangedUnderneath(change.file)

    def put(self, change: Change) -> None:
        """Let the change come true.

        Of an interruption it is not known whether it came before or after that, so it counts as done; a refusal tells.
        """
        self.at = change.file
        parent, name = split(change.file)
        here = self.folders[parent]
        self.done.append(change)
        try:
            if change.after is None:
                os.unlink(name, dir_fd=here)
            elif change.before is None:
                _put_new(here, change.file, name)
            else:
                os.replace(_temporary(name), name, src_dir_fd=here, dst_dir_fd=here)
        except (OSError, ChangedUnderneath):
            self.done.pop()
            raise

    def settle(self) -> None:
        """Make the names last: every folder, and those above it in case it is new."""
        for here in reversed(self.folders.values()):
            try:
                os.fsync(here)
            except OSError as error:
                if error.errno != errno.EINVAL:  # a file system that keeps folders safe by itself
                    raise

    def take_back(self) -> bool:
        """Undo what was done, last first; whether that worked.  Nothing interrupts it."""
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        began = bool(self.done)
        try:
            while self.done:
                self.restore(self.done[-1])
                self.done.pop()
            if began:
                self.settle()
            if self.noted:
                journal.clear(self.root)
        except (OSError, ChangedUnderneath):
            return False
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        return True

    def restore(self, change: Change) -> None:
        """Let a file hold again what it held before, if the change came as far as that."""
        file, before, after = change
        parent, name = split(file)
        here = self.folders[parent]
        if before is None:
            if self.holds(file, after):
                os.unlink(name, dir_fd=here)
        elif not self.holds(file, before):
            with suppress(FileNotFoundError):
                os.unlink(_temporary(name), dir_fd=here)
            self.fill(here, name, before)
            if after is None:
                _put_new(here, file, name)
            else:
                os.replace(_temporary(name), name, src_dir_fd=here, dst_dir_fd=here)

    def holds(self, file: str, data: bytes | None) -> bool:
        """Whether a file is there and holds just this."""
        try:
            return read_bytes(self.root, file) == data
        except (FileNotFoundError, Unusable):
            return False

    def folder(self, path: str) -> int:
        """The folder at *path*, made for the owner alone if it is not there, and those above it."""
        if path not in self.folders:
            if path:
                parent, _slash, name = path.rpartition("/")
                above = self.folder(parent)
                with suppress(FileExistsError):
                    os.mkdir(name, 0o700, dir_fd=above)
                self.folders[path] = os.open(name, AS_FOLDER | os.O_NOFOLLOW, dir_fd=above)
            else:
                self.folders[path] = os.open(self.root, AS_FOLDER)
        return self.folders[path]

    def close(self) -> None:
        for here, name in self.temporaries:
            with suppress(OSError):
                os.unlink(_temporary(name), dir_fd=here)
        for here in self.folders.values():
            os.close(here)


def _put_new(here: int, file: str, name: str) -> None:
    """Give the finished temporary file its name, if nobody has it; a link does that in one step."""
    try:
        os.link(_temporary(name), name, src_dir_fd=here, dst_dir_fd=here, follow_symlinks=False)
    except FileExistsError as error:
        raise ChangedUnderneath(file) from error
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if name in os.listdir(here):
            raise ChangedUnderneath(file) from error
        os.rename(_temporary(name), name, src_dir_fd=here, dst_dir_fd=here)
    with suppress(OSError):  # before the folder goes onto the disk, or a power cut would bring it back
        os.unlink(_temporary(name), dir_fd=here)


def _temporary(name: str) -> str:
    return f".{name}.{os.getpid()}.tmp"


def _clear(here: int) -> None:
    for name in os.listdir(here):
        if name[0] == "." and is_leftover(name):
            with suppress(OSError):  # what cannot be cleared is in nobody's way
                os.unlink(name, dir_fd=here)
