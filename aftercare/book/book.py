"""A book on disk: found, read, and opened for writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.book.files import Unusable, read_bytes, scan
from aftercare.book.settings import FILE, Settings, settings_of
from aftercare.book.shelf import Shelf, shelve
from aftercare.errors import Fault, NoBook
from aftercare.plain.moments import Moment

if TYPE_CHECKING:
    from aftercare.book.pen import Pen

POLICIES = "policies"


class Book:
    """One folder with ``aftercare.yaml``; its records are read anew each time they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings, self.setting_faults = self._settings()

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
            return settings_of(read_bytes(self.root, FILE))
        except Unusable as error:
            return Settings.model_construct(), (error.fault,)

    def read(self) -> Shelf:
        """All records as they are now, with all faults."""
        return shelve(self._files(), self.settings, self.setting_faults)

    def _files(self) -> Iterator[tuple[str, bytes | Fault]]:
        for relative in scan(self.root):
            try:
                yield relative, read_bytes(self.root, relative)
            except Unusable as error:
                yield relative, error.fault
            except FileNotFoundError:  # taken away by another process since the folder was read
                continue

    def own_packs(self) -> list[tuple[str, bytes]]:
        """The shop's own packs: each file of ``policies/`` with its name, in the order of the names."""
        folder = self.root / POLICIES
        names = sorted(p.name for p in folder.glob("*.yaml")) if folder.is_dir() and not folder.is_symlink() else []
        return [(f"{POLICIES}/{name}", read_bytes(self.root, f"{POLICIES}/{name}")) for name in names]

    @contextmanager
    def writing(self, command: str, now: Moment) -> Iterator[Pen]:
        """A pen for this book, which nobody else writes to meanwhile; the book is read under the lock."""
        from aftercare.book.locking import held
        from aftercare.book.pen import Pen

        with held(self.root, command):
            yield Pen(self, self.read(), now)
