"""A book on disk: found, read, and opened for writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare import language
from aftercare.book import journal
from aftercare.book.files import Opened, Unusable, folders, packs, read_bytes, scan, stamp_of_folders, unreadable
from aftercare.book.ids import of_path
from aftercare.book.root import root_of
from aftercare.book.settings import FILE, Settings, settings_of
from aftercare.book.shelf import Outcome, Shelf, read_record, shelf_of
from aftercare.book.tongue import POLICIES
from aftercare.errors import Fault, InvalidBook
from aftercare.plain.moments import Moment

if TYPE_CHECKING:
    from aftercare.book.index.indexed import Indexed
    from aftercare.book.pen import Pen
    from aftercare.book.whole import Whole

WORTH_AN_INDEX = 300
"""From so many files on it takes longer to read them all than to keep an index of them."""
_PATIENCE = 10  # times that a book is read again since others write to it


class Book:
    """One folder with ``aftercare.yaml``; its records are read anew each time they are asked for."""

    def __init__(self, root: Path, *, is_indexed: bool = False) -> None:
        self.root = root
        self._is_indexed = is_indexed
        self._index: Indexed | None = None
        self._shelf: Shelf | None = None
        self._is_by_folder = False
        self._noted = self.noted()
        self.settings, self.setting_faults = self._settings()
        self._known: dict[str, tuple[tuple[int, ...], Outcome]] = {}
        self._whole: Whole | None = None

    @classmethod
    def find(cls, named: str | None, environment: Mapping[str, str], here: Path, *, is_indexed: bool = True) -> Book:
        """The book *named*, else that of ``AFTERCARE_BOOK``, else the nearest one from *here* upwards.

        It is read through its index (*is_indexed*), unless ``AFTERCARE_INDEX`` is ``off``.
        """
        is_indexed = is_indexed and environment.get("AFTERCARE_INDEX") != "off"
        return cls(root_of(named, environment, here), is_indexed=is_indexed)

    def _settings(self) -> tuple[Settings, tuple[Fault, ...]]:
        try:
            return settings_of(self.bytes_of(FILE))
        except Unusable as error:
            return Settings.model_construct(), (error.fault,)

    def read(self, *, verify: bool = False) -> Shelf:
        """All records as they are at one moment, with all faults.

        What a killed command left to be done counts as done.  While others write, what they changed is read again,
        until nothing changed meanwhile.  A file is parsed again only if its stamp has changed since it was read last,
        by this process or by whoever wrote the index; with *verify* each is looked at, also in a large book.
        """
        return self._by_index(verify=verify) or self._from_files()

    def _read_to_write(self, *, whole: bool = False) -> Shelf:
        """The same for whoever writes: of a folder with the stamp it had a file is looked at once it is asked for.

        What was put there, taken away or replaced is seen; so is what was edited in place, where anything rests on it.
        """
        if whole:
            return self._by_index(by_folder=True, as_it_is=True) or self._from_all_files()
        return self._by_index(by_folder=True) or self._from_files()

    def read_whole(self, *, verify: bool = False) -> Shelf:
        """The same for whoever will ask for nearly all of them: each takes hardly more room than its file.

        An index is asked where it is as the files are; to bring it up to date first would take twice as long.
        """
        return self._by_index(verify=verify, as_it_is=True) or self._from_all_files()

    def _from_all_files(self) -> Shelf:
        from aftercare.book.whole import Whole  # which has the models of records loaded

        self._whole = self._whole or Whole(self)
        return self._whole.read()

    def is_noted(self, relative: str) -> bool:
        """Whether an unfinished change says what a file holds."""
        return relative in self._noted

    def look_at_notes(self) -> None:
        """Learn anew what an unfinished change says of its files."""
        self._noted = self.noted()

    def _by_index(self, *, verify: bool = False, by_folder: bool = False, as_it_is: bool = False) -> Shelf | None:
        """The records as the index has them once it is as the files are; *as_it_is*, if it is so by now.

        None where it cannot speak for the book, and where reading the few files there are is the shorter way.
        """
        if not self._is_indexed or self.setting_faults or not (self._index or self._has_many_files()):
            return None
        import sqlite3

        from aftercare.book.index.freshness import Untidy
        from aftercare.book.index.indexed import Indexed
        from aftercare.book.index.lazily import LazyRecords
        from aftercare.book.index.lazily import shelf_of as shelf_of_index

        try:
            index = self._index = self._index or Indexed(self.root, language.current())
            if not (as_it_is and index.is_anew):
                index.see(verify=verify, by_folder=by_folder)
            if as_it_is and not index.is_fresh:
                self.close()
                self._is_indexed = False  # this command has no more use for it
                return None
            if not index.is_fresh:
                self._shelf = None
                index.catch_up()
        except (Untidy, sqlite3.Error, OSError):  # a file that cannot be looked at is told when it is read
            self._index = self._shelf = None
            return None
        if self._shelf is None or self._is_by_folder != by_folder:
            records = LazyRecords(index.connection, self.settings.setting, index if by_folder else None)
            self._shelf, self._is_by_folder = shelf_of_index(index, self.settings, records), by_folder
        return self._shelf

    def close(self) -> None:
        """Let go of the index; records that were not read by then cannot be read through it any more."""
        if self._index:
            self._index.close()
        self._index = self._shelf = None

    def distrust(self) -> None:
        """Let go of the index, which cannot be read, and have the next command make a new one."""
        if self._index:
            self._index.distrust()
        self._index = self._shelf = None

    def _has_many_files(self) -> bool:
        return next(islice(scan(self.root), WORTH_AN_INDEX, None), None) is not None

    def _from_files(self) -> Shelf:
        for _time in range(_PATIENCE):
            before = self.state()
            self._noted = self.noted()
            shelf = shelf_of(self._outcomes(), self.settings, self.setting_faults)
            if self.state() == before:
                break
        return shelf

    def _outcomes(self) -> Iterator[tuple[str, Outcome]]:
        with Opened(self.root) as opened:
            for relative in self.files():
                try:
                    yield relative, self._outcome(relative, opened)
                except Unusable as error:
                    yield relative, [error.fault]
                except FileNotFoundError:  # taken away by another process since the folder was read
                    continue
                except OSError as error:
                    yield relative, [unreadable(relative, error).fault]

    def _outcome(self, relative: str, opened: Opened) -> Outcome:
        noted, known = relative in self._noted, self._known.get(relative)
        if known is not None and known[0] == (self.stamp(relative) if noted else opened.stamp(relative)):
            return known[1]
        stamp, data = (self.stamp(relative), self.bytes_of(relative)) if noted else opened.read(relative)
        outcome = read_record(relative, data, self.settings.setting)
        self._known[relative] = stamp, outcome
        return outcome

    def noted(self) -> Mapping[str, bytes | None]:
        """What an unfinished change says of its files: their bytes, or None for one that goes."""
        return {change.file: change.after for change in journal.pending(self.root)}

    def state(self) -> tuple[object, ...]:
        """What tells whether somebody put, replaced or took away a file meanwhile."""
        return journal.stamp(self.root), stamp_of_folders(self.root)

    def files(self) -> Iterable[str]:
        """The files that are, or should be, records."""
        found = scan(self.root)
        if not self._noted:
            return found
        new = {file for file in self._noted if of_path(file)}
        return sorted(file for file in {*found, *new} if self._noted.get(file, b"") is not None)

    def stamp(self, relative: str) -> tuple[int, ...]:
        """What tells one state of a file from another without reading it; written anew, a file has a new inode."""
        if relative in self._noted:
            return (hash(self._noted[relative]),)
        about = (self.root / relative).lstat()
        return about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns

    def bytes_of(self, relative: str) -> bytes:
        """What one file of the book holds; the errors are those of :func:`read_bytes`."""
        if relative not in self._noted:
            return read_bytes(self.root, relative)
        data = self._noted[relative]
        if data is None:
            raise FileNotFoundError(relative)
        return data

    def policies(self) -> list[str]:
        """The files of the shop's own packs; what stands in their folder's place is given itself, to be refused."""
        return packs(self.root, POLICIES)

    def own_packs(self) -> list[tuple[str, bytes | Fault]]:
        """The shop's own packs: each file of ``policies/``, by name, with its content or why it cannot be read.

        One that is gone by the time it is read is none.
        """
        found = ((file, self._bytes_or_fault(file)) for file in self.policies())
        return [(file, said) for file, said in found if said is not None]

    def _bytes_or_fault(self, file: str) -> bytes | Fault | None:
        try:
            return self.bytes_of(file)
        except FileNotFoundError:
            return None
        except Unusable as error:
            return error.fault

    @contextmanager
    def writing(self, command: str, now: Moment, *, whole: bool = False) -> Iterator[Pen]:
        """A pen for this book, which nobody else writes to meanwhile; *whole* as in :meth:`read_whole`.

        The book is read before the lock is taken, and what changed since is read again under it: so nobody waits
        while we load and parse.  InvalidBook where the settings are faulty, for they might have said how to write, and
        where the system does not let a record or a folder be read, for what is written might rest on it.
        """
        if self.setting_faults:
            raise InvalidBook(self.setting_faults)
        from aftercare.book import attachments, writing
        from aftercare.book.locking import held
        from aftercare.book.pen import Pen
        from aftercare.book.schema_files import FOLDER as SCHEMAS

        self._read_to_write(whole=whole)
        with held(self.root, command):
            writing.recover(self.root)
            seen = folders(self.root)
            index = self._index
            unclear = [path for path in seen if "/" not in path or not (index and index.is_folder_as_known(path))]
            writing.clear_leftovers(self.root, "", *unclear, POLICIES, SCHEMAS, *attachments.folders(self.root))
            shelf = self._read_to_write(whole=whole)
            unseen = [fault for fault in shelf.faults if fault.code == "unreadable" or fault.file in seen]
            if unseen:  # what is decided might rest on them
                raise InvalidBook(unseen)
            yield Pen(self, shelf, now)
