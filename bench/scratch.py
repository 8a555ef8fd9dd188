"""Where books and the data of other programs lie while they are measured; what was written once is taken again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bench.realistic import drawn, write_files
from bench.shop import Written

_WRITERS = ("records", "shop", "stories", "unfinished", "besides", "realistic", "exports")


class Scratch:
    """A folder for all that is measured."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def book(self, records: int, live: int | None = None) -> Path:
        """A realistic book of so many records."""
        return self._once(
            f"book-{records}" + (f"-{live}" if live else ""), lambda to: write_files(to, made(records, live))
        )

    def data(self, name: str, records: int, write: Callable[[Path, list[Written]], None]) -> Path:
        """The same records for another program."""

        def lay_out(to: Path) -> None:
            to.mkdir()
            write(to, made(records))

        return self._once(f"{name}-{records}", lay_out)

    def _once(self, name: str, write: Callable[[Path], None]) -> Path:
        folder, mark = self.folder / name, self.folder / f"{name}.written"
        if not mark.exists() or mark.read_text(encoding="utf-8") != _hand():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            write(folder)
            mark.write_text(_hand(), encoding="utf-8")
        return folder


@cache
def made(records: int, live: int | None = None) -> list[Written]:
    """The records of a book, drawn once."""
    return drawn(records, live)


@cache
def _hand() -> str:
    """What the writers are, as a hash: data of an earlier hand are written anew."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / f"{name}.py").read_bytes() for name in _WRITERS)).hexdigest()
