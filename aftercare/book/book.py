"""A book on disk: found, read, and opened for writing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.book.files import Unusable, packs, read_bytes, scan
from aftercare.book.settings import FILE, Settings, settings_of
from aftercare.book.shelf import Outcome, Shelf, read_record, shelf_of
from aftercare.errors import Fault, InvalidBook, NoBook
from aftercare.plain.moments import Moment

if TYPE_CHECKING:
    from aftercare.book.pen import Pen

POLICIES = "policies"


class Book:
    """One folder with ``aftercare.yaml``; its records are read anew each time they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings, self.setting_faults = self._settings()
        self._known: dict[str, tuple[tuple[int, ...], Outcome]] = {}

    @classmethod
    def find(cls, named: str | None, environment: Mapping[str, str], here: Path) -> Book:
        """The book *named*, else that of ``AFTERCARE_BOOK``, else the nearest one from *here* upwards."""
        asked = named or environment.get("AFTERCARE_BOOK")
        if asked:
            root = Path(asked)
            if not os.path.lexists(root / FILE):
                raise NoBook(asked)
            return cls(root.resolve())
        for folder in (here, *here.parents):
            if os.path.lexists(folder / FILE):
                return cls(folder)
        raise NoBook(str(here))

    def _settings(self) -> tuple[Settings, tuple[Fault, ...]]:
        try:
            return settings_of(self.bytes_of(FILE))
        except Unusable as error:
            return Settings.model_construct(), (error.fault,)

    def read(self) -> Shelf:
        """All records as they are now, with all faults.

        A file is parsed again only if its stamp has changed since this process read it last.
        """
        return shelf_of(self._outcomes(), self.settings, self.setting_faults)

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

    def files(self) -> Iterable[str]:
        """The files that are, or should be, records."""
        return scan(self.root)

    def stamp(self, relative: str) -> tuple[int, ...]:
        """What tells one state of a file from another without reading it; written anew, a file has a new inode."""
        about = (self.root / relative).lstat()
        return about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns

    def bytes_of(self, relative: str) -> bytes:
        """What one file of the book holds; the errors are those of :func:`read_bytes`."""
        return read_bytes(self.root, relative)

    def policies(self) -> list[str]:
        """The files of the shop's own packs; what stands in their folder's place is given itself, to be refused."""
        return packs(self.root, POLICIES)

    def own_packs(self) -> list[tuple[str, bytes | Fault]]:
        """The shop's own packs: each file of ``policies/``, by name, with its content or why it cannot be read."""
        return [(file, self._bytes_or_fault(file)) for file in self.policies()]

    def _bytes_or_fault(self, file: str) -> bytes | Fault:
        try:
            return self.bytes_of(file)
        except Unusable as error:
            return error.fault

    @contextmanager
    def writing(self, command: str, now: Moment) -> Iterator[Pen]:
        """A pen for this book, which nobody else writes to meanwhile.

        The book is read before the lock is taken, and what changed since is read again under it: so nobody waits
        while we load and parse.  InvalidBook where the settings are faulty: they might have said how to write.
        """
        if self.setting_faults:
            raise InvalidBook(self.setting_faults)
        from aftercare.book.locking import held
        from aftercare.book.pen import Pen

        self.read()
        with held(self.root, command):
            yield Pen(self, self.read(), now)
