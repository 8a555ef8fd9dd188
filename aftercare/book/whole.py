"""A book that is read as a whole, file by file, for whoever will ask for nearly all of it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from aftercare.book import journal
from aftercare.book.files import Opened, Unusable, scan, unreadable
from aftercare.book.growing import Growing
from aftercare.book.shelf import Outcome, Shelf, read_record, shelf_of
from aftercare.errors import Fault
from aftercare.records.base import Record

if TYPE_CHECKING:
    from aftercare.book.book import Book

_PATIENCE = 10  # times that a book is read again since others write to it


class Whole:
    """All records of a book, each kept as the bytes of its file."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._stamp = b""
        self._shelf: Shelf | None = None

    def read(self) -> Shelf:
        """Every file read once, and all again only where one has changed since, was put there or taken away.

        So what is read before a lock is taken is under it held against the files, and as a rule not read again.
        """
        for __ in range(_PATIENCE):
            stamp = self._stamp_of_all()
            if self._shelf is not None and stamp == self._stamp:
                return self._shelf
            self._book.look_at_notes()
            records = Growing({}, self._book.settings.setting)
            outcomes = self._outcomes(records)
            self._shelf = shelf_of(outcomes, self._book.settings, self._book.setting_faults, records)
            self._stamp = stamp
        return self._shelf  # type: ignore[return-value] # somebody writes all the while: it is as it was by then

    def _outcomes(self, records: Growing) -> Iterator[tuple[str, Outcome]]:
        """What the files hold; once somebody has taken in a record, it is kept as the bytes that it came from."""
        for relative, data in self._files():
            if isinstance(data, Fault):
                yield relative, [data]
                continue
            outcome = read_record(relative, data, self._book.settings.setting)
            yield relative, outcome
            if isinstance(outcome, Record):
                records.settle(outcome.id, data)

    def _files(self) -> Iterator[tuple[str, bytes | Fault]]:
        with Opened(self._book.root) as opened:
            for relative in self._book.files():
                try:
                    noted = self._book.is_noted(relative)
                    yield relative, self._book.bytes_of(relative) if noted else opened.read(relative)[1]
                except Unusable as error:
                    yield relative, error.fault
                except FileNotFoundError:  # taken away by another process since the folder was read
                    continue
                except OSError as error:
                    yield relative, unreadable(relative, error).fault

    def _stamp_of_all(self) -> bytes:
        """What tells one state of all files from another."""
        told = blake2b(repr(journal.stamp(self._book.root)).encode())
        with Opened(self._book.root) as opened:
            for relative in scan(self._book.root):
                try:
                    said = repr(opened.stamp(relative))
                except (OSError, Unusable) as error:
                    said = repr(error)
                told.update(f"{relative}\0{said}\n".encode("utf-8", "surrogateescape"))
        return told.digest()
