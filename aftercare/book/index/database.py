"""The index as a file: SQLite in the tool's own folder, of no worth by itself.

It is trusted only as this tool left it: a stamp beside it names the file's inode, size and times, so one that was
damaged, copied from elsewhere or half written by a killed command is not even opened, but built anew.  So nothing in it
is ever checked twice.  Where it cannot be written (a disk that is read-only, another command that writes it just now),
the same is done in memory: a question is answered all the same, and never waits.

It tells of customers as the records do: it is for its owner alone, what is gone from it is overwritten, and when
somebody is forgotten it goes as a whole.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from aftercare.book.index.tables import TABLES, VERSION
from aftercare.book.locking import OWN, make_own_folder, read_own, write_own
from aftercare.errors import AftercareError, CannotWrite

_MOMENTS = (0.002, 0.005, 0.01)
"""Seconds, in which a command that writes the index has written its stamp too."""
_CAREFULLY = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",  # what is gone from a record is gone from here
    "PRAGMA temp_store = MEMORY",  # nothing of it lies elsewhere
    "PRAGMA synchronous = OFF",  # it need not outlast the machine's running
    "PRAGMA journal_mode = MEMORY",
)
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_LONGEST = 8192
"""So many bytes has no stamp, whatever the path of its book."""


class Database:
    """An open index: ``connection`` is for questions, and for changes within :meth:`changing`."""

    def __init__(self, root: Path, language: str) -> None:
        self._file = root / OWN / f"index-{language}.db"
        self._stamp = self._file.with_suffix(".stamp")
        self._inode: list[bytes] = []
        trusted = self._trusted()
        self.is_new = trusted is None
        """Whether it does not bear its name yet."""
        self._is_empty = self.is_new
        self._begun: Path | None = None
        self.connection = trusted or _emptied(":memory:")

    def _trusted(self) -> sqlite3.Connection | None:
        """The index on the disk, if it is as we left it."""
        if not _is_own(self._file.parent) or not self._is_as_left() or any(map(os.path.lexists, self._beside())):
            return None
        with suppress(sqlite3.Error):
            opened = sqlite3.connect(f"{self._file.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)
            for said in _CAREFULLY:
                opened.execute(said)
            opened.execute("BEGIN")  # what is asked from here on is asked of one state
            version, mark = opened.execute("PRAGMA user_version").fetchone(), _mark(self._file)
            if version == (VERSION,) and self._said() == mark:
                self._inode = _inode(mark)
                return opened
            opened.close()
        return None

    def _beside(self) -> Iterator[str]:
        """What SQLite would heed beside the index; we leave none of it there, so it is somebody else's."""
        return (f"{self._file}{end}" for end in ("-journal", "-wal"))

    def _is_as_left(self) -> bool:
        """Whether the stamp names this very file; of two that another command writes one after the other, soon."""
        for wait in (*_MOMENTS, 0):
            mark = _mark(self._file)
            if not mark or self._said() == mark:
                return bool(mark)
            time.sleep(wait)
        return False

    def _new_file(self) -> Path:
        make_own_folder(self._file.parent.parent)
        _clear_left(self._file)
        new = self._file.with_name(f"{self._file.name}.{os.getpid()}.new")
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        return new

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Change the index as one step; on the disk where that can be, else in memory.

        sqlite3.Error where the disk refuses what it first took, and what was changed is nowhere: the files have it.
        """
        try:
            self._begin()
            yield self.connection
            self._keep()
        except BaseException:
            self.close()  # half a change is none: the next command builds it anew
            raise

    def _begin(self) -> None:
        """Take hold of the index on the disk; where another command has it, or the disk lets nobody write, copy it.

        A new one bears its name only once it is whole.
        """
        if self._is_empty:
            self._is_empty = False
            with suppress(OSError, sqlite3.Error, AftercareError):
                self._begun = self._new_file()
                on_disk = _emptied(self._begun)
                self.connection.close()
                self.connection = on_disk
                return
            self._leave_nothing()
        if self.is_new:
            return
        try:
            self.connection.execute("DELETE FROM stale WHERE 0")
        except sqlite3.Error:
            copy = sqlite3.connect(":memory:", isolation_level=None)
            self.connection.backup(copy)
            self.connection.close()
            self.connection = copy
            self.connection.execute("BEGIN")

    def start_over(self) -> None:
        """Go on with an empty one, which takes the place of this once it is whole; within :meth:`changing`.

        To undo that this is emptied would take as much memory as it is large.
        """
        self.close()
        self.connection = _emptied(":memory:")
        self.is_new = self._is_empty = True
        self._begin()

    def write_out(self) -> None:
        """Write what was changed so far, within :meth:`changing`; it is trusted only once all of it is written.

        What would undo a change is held in memory, and of a long one that grows as large as the index.
        """
        if self.is_new or not self._on_disk():
            return
        with suppress(OSError, sqlite3.OperationalError):
            self._stamp.unlink(missing_ok=True)
            self.connection.execute("COMMIT")
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def _keep(self) -> None:
        """What was changed lies on the disk, and the stamp says so.

        While others read the index it stays as they know it, and we alone have what was changed.  Until all of it is
        written no stamp vouches for it, so a kill leaves no half of a change that is trusted.
        """
        on_disk = self._on_disk()
        if not on_disk:
            return
        mark = _mark(self._file)
        try:
            if not self.is_new:
                self._stamp.unlink(missing_ok=True)
        except OSError:
            return
        try:
            self.connection.execute("COMMIT")
        except sqlite3.OperationalError:
            if not self.connection.in_transaction:
                raise
            self._vouch(mark)
            return
        with suppress(OSError):
            if self.is_new:
                self._take_name(Path(on_disk))
            self._vouch(_mark(self._file))
        self._leave_nothing()
        self.connection.execute("BEGIN")

    def _take_name(self, new: Path) -> None:
        self._inode = _inode(_mark(new))
        new.replace(self._file)
        self._begun = None
        self.is_new = False
        for left in self._beside():
            Path(left).unlink(missing_ok=True)

    def _vouch(self, mark: bytes) -> None:
        """Say that the index is as we left it, unless somebody took it away or put another in its place."""
        with suppress(OSError):
            if _inode(mark) == self._inode:
                write_own(self._stamp, mark)

    def _on_disk(self) -> str:
        """The path of the file that is open; "" in memory."""
        return str(self.connection.execute("PRAGMA database_list").fetchone()[2] or "")

    def close(self) -> None:
        """Let go of it, once or again; what was begun and not done is undone, or not found."""
        self.connection.close()
        self._leave_nothing()

    def distrust(self) -> None:
        """Let go of it, and have nobody trust it again; whoever comes next builds it anew, where it can be read."""
        self.close()
        with suppress(OSError):
            self._stamp.unlink(missing_ok=True)

    def _leave_nothing(self) -> None:
        """Take away what was begun and did not get its name; whoever reads it reads on."""
        if self._begun:
            with suppress(OSError):
                self._begun.unlink()
            self._begun = None

    def _said(self) -> bytes | None:
        """What the stamp says; None where there is none that is an ordinary file."""
        try:
            return read_own(self._stamp, _LONGEST) or None
        except OSError:
            return None


def forget_all(root: Path) -> None:
    """Take every index of a book away, with what was begun of one: it may tell of somebody who was forgotten.

    CannotWrite where one stays.
    """
    own = root / OWN
    at = OWN
    try:
        for file in sorted(own.iterdir()) if _is_own(own) else ():
            if is_index(file.name) and not _is_own(file):
                at = f"{OWN}/{file.name}"
                file.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(at, str(error.strerror)) from error


def is_index(name: str) -> bool:
    """Whether a file of the tool's own folder, by its name, is an index or belongs to one."""
    return bool(re.fullmatch(r"index-[a-z]+\.(?:db|stamp)(?:\.[0-9]+\.new)?(?:-journal|-wal|-shm)?", name, re.ASCII))


def _emptied(place: Path | str) -> sqlite3.Connection:
    """A new index, for one command to fill."""
    opened = sqlite3.connect(place, isolation_level=None)
    opened.execute("PRAGMA secure_delete = ON")
    opened.execute("PRAGMA temp_store = MEMORY")
    opened.execute("PRAGMA journal_mode = OFF")
    opened.execute("PRAGMA synchronous = OFF")
    opened.executescript(f"BEGIN;PRAGMA user_version = {VERSION};{TABLES}COMMIT;")
    opened.execute("BEGIN")
    return opened


def _clear_left(file: Path) -> None:
    """Take away what killed commands left of an index that they built: it tells of customers, and nobody needs it."""
    for left in file.parent.glob(f"{file.name}.*.new"):
        number = left.name.removesuffix(".new").rpartition(".")[2]
        if number.isascii() and number.isdigit() and not _runs(int(number)):
            left.unlink()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def _is_own(folder: Path) -> bool:
    try:
        return stat.S_ISDIR(folder.lstat().st_mode)
    except OSError:
        return False


def _mark(file: Path) -> bytes:
    """What tells this very file in this very state from any other; nothing of what is no ordinary file of our own."""
    try:
        about = file.lstat()
    except OSError:
        return b""
    if not stat.S_ISREG(about.st_mode) or about.st_uid != os.geteuid():
        return b""
    times = f"{about.st_mtime_ns} {about.st_ctime_ns} {_boot()}"
    return f"{VERSION} {about.st_dev} {about.st_ino} {about.st_size} {times} {file}\n".encode(errors="surrogateescape")


@cache
def _boot() -> str:
    """What tells one start of the machine from the next: what was not on the disk when its power went is lost.

    Where the system does not say it, the minute in which it was started, as far as that can be told.
    """
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return str(round((time.time() - time.monotonic()) / 60))


def _inode(mark: bytes) -> list[bytes]:
    """What of a mark tells one file from another."""
    return mark.split()[:3]
