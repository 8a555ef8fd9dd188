"""A book on disk: found, read, and opened for writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.book import journal
from aftercare.book.files import Unusable, read_bytes, scan, stamp_of_folders
from aftercare.book.ids import of_path
from aftercare.book.settings import FILE, Settings, settings_of
from aftercare.book.shelf import Outcome, Shelf, read_record, shelf_of
from aftercare.errors import Fault, InvalidBook, NoBook
from aftercare.plain.moments import Moment

if TYPE_CHECKING:
    from aftercare.book.pen import Pen

POLICIES = "policies"
_PATIENCE = 10  # times that a book is read again since others write to it


class Book:
    """One folder with ``aftercare.yaml``; its records are read anew each time they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._noted = self.noted()
        self.settings, self.setting_faults = self._settings()
        self._known: dict[str, tuple[tuple[int, ...], Outcome]] = {}

    @classmethod
    def find(cls, named: str | None, environment: Mapping[str, str], here: Path) -> Book:
        """The book *named*, else that of ``AFTERCARE_BOOK``, else the nearest one from *here* upwards."""
        asked = named or environment.get("AFTERCARE_BOOK")
        if asked:
            root = Path(asked)
            if not (root / FILE).is_file():
                raise NoBook(asked)
            return cls(root.resolve())
        for folder in (here, *here.parents):
            if (folder / FILE).is_file():
                return cls(folder)
        raise NoBook(str(here))

    def _settings(self) -> tuple[Settings, tuple[Fault, ...]]:
        try:
            return settings_of(self.bytes_of(FILE))
        except Unusable as error:
            return Settings.model_construct(), (error.fault,)

    def read(self) -> Shelf:
        """All records as they are at one moment, with all faults.

        What a killed command left to be done counts as done.  While others write, what they changed is read again,
        until nothing changed meanwhile.  A file is parsed again only if its stamp has changed since this process read
        it last.
        """
        for _time in range(_PATIENCE):
            before = self.state()
            self._noted = self.noted()
            shelf = shelf_of(self._outcomes(), self.settings, self.setting_faults)
            if self.state() == before:
                break
        return shelf

    def _outcomes(self) -> Iterator[tuple[str, Outcome]]:
        for relative in self.files():
            try:
                stamp = self.stamp(relative)
                known = self._known.get(relative)
                if known is None or known[0] != stamp:
                    data = self.bytes_of(relative)
                    known = self._known[relative] = stamp, read_record(relative, data, self.settings.setting)
                yield relative, known[1]
            except Unusable as error:
                yield relative, [error.fault]
            except FileNotFoundError:  # taken away by another process since the folder was read
                continue

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
        """The files of the shop's own packs."""
        folder = self.root / POLICIES
        found = folder.glob("*.yaml") if folder.is_dir() and not folder.is_symlink() else ()
        return sorted(f"{POLICIES}/{path.name}" for path in found)

    def own_packs(self) -> list[tuple[str, bytes]]:
        """The shop's own packs: each file of ``policies/`` with its content, in the order of the names."""
        return [(file, self.bytes_of(file)) for file in self.policies()]

    @contextmanager
    def writing(self, command: str, now: Moment) -> Iterator[Pen]:
        """A pen for this book, which nobody else writes to meanwhile.

        The book is read before the lock is taken, and what changed since is read again under it: so nobody waits
        while we load and parse.  InvalidBook where the settings are faulty: they might have said how to write.
        """
        if self.setting_faults:
            raise InvalidBook(self.setting_faults)
        from aftercare.book import writing
        from aftercare.book.locking import held
        from aftercare.book.pen import Pen

        self.read()
        with held(self.root, command):
            writing.recover(self.root)
            yield Pen(self, self.read(), now)
