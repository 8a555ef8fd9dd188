"""What one command writes, as files: noted while it is planned, put in place together, made one commit.

What records name lies there before them, and goes after them: a kill leaves a file too many, never one too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from aftercare.book import attachments, history
from aftercare.book.files import Unusable
from aftercare.book.ids import of_path, place_of
from aftercare.book.journal import Change
from aftercare.records.enclosures import files_in, named_in

if TYPE_CHECKING:
    from datetime import datetime

    from aftercare.book.book import Book
    from aftercare.book.shelf import Shelf


class Batch:
    """The changes of files that a pen holds; ``enclosed`` are attached files that come with them, by their places."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._changes: dict[str, Change] = {}
        self.enclosed: dict[str, bytes] = {}
        self.forgets = False
        """Whether what no record names any more goes for good, and is not set aside."""

    def put(self, file: str, data: bytes, *, instead_of: bytes | None = None) -> None:
        """A file will hold this; *instead_of* what it holds now, where nothing was planned for it yet."""
        planned = self._changes.get(file)
        self._changes[file] = Change(file, planned.before if planned else instead_of, data)

    def put_first(self, file: str, data: bytes, *, instead_of: bytes | None) -> None:
        """A file that is written before all others, since they speak of it."""
        self._changes = {file: Change(file, instead_of, data), **self._changes}

    def take(self, changes: Iterable[Change]) -> None:
        """Take changes as they are, in the place of what was planned for their files."""
        self._changes.update((change.file, change) for change in changes)

    def planned(self, file: str) -> bytes | None:
        """What a file is about to hold; ``None`` where it is not touched, or goes."""
        change = self._changes.get(file)
        return change.after if change else None

    def clear(self) -> None:
        """Plan nothing yet; what was enclosed stays so."""
        self._changes.clear()

    def is_empty(self) -> bool:
        """Whether no file would be another."""
        return not self._real() and not self.enclosed

    def written_over(self) -> Iterator[str]:
        """The ids of the records whose files hold something by now that is written over."""
        for file, change in self._changes.items():
            if change.before is not None and (named := of_path(file)):
                yield str(named)

    def let_go(self, before: Shelf, after: Shelf, touched: Iterable[str]) -> list[str]:
        """The attached files that a record *touched* named and none does any more, though they lie there still."""
        going: list[str] = []
        if self._changes and all(change.before is None for change in self._changes.values()):
            return []  # nothing that was there is another now
        for record_id in dict.fromkeys(touched):
            change = self._changes.get(place_of(record_id))
            held = before.records.get(record_id) if change is None or change.before is not None else None
            if held and held.attachments:
                now = after.records.get(record_id)
                named = set(now.attachments if now else ())
                going += [entry for entry in held.attachments if entry not in named]
        files = [file for file in files_in(going) if attachments.is_there(self._book.root, file)]
        return [file for file in files if not self._is_named(file)] if files else []

    def _is_named(self, file: str) -> bool:
        """Whether any record names an attached file once this is written; one that cannot be read may."""
        for one in {*self._book.files(), *self._changes}:
            change = self._changes.get(one)
            try:
                held = change.after if change else self._book.bytes_of(one)
            except FileNotFoundError:
                continue
            except (Unusable, OSError):
                return True
            if held and file.encode() in held and file in named_in(held.decode("utf-8", "replace")):
                return True
        return False

    def remember(self, let_go: Sequence[str]) -> None:
        """Before anything is written: where git keeps the history, have it know which files this is about."""
        if self._book.settings.git:
            history.remember(self._book.root, self._files(let_go))

    def put_in_place(self) -> None:
        """Write it all, or nothing; from here on it stays."""
        attachments.write_with(self._book.root, self.enclosed, self._real())

    def take_away(self, let_go: Sequence[str], at: datetime) -> None:
        """What no record names any more goes, and is set aside *at* this time where git does not have it."""
        if let_go and not (self.forgets or self._book.settings.git):
            from aftercare.book.set_aside import SetAside

            aside = SetAside(self._book.root, at)
            for file in let_go:
                aside.move(file)
        attachments.away(self._book.root, let_go)

    def commit(self, let_go: Sequence[str], message: str) -> None:
        """One commit of just these files, where the book keeps its history in git; NotCommitted where it fails."""
        if self._book.settings.git:
            history.commit(self._book.root, self._files(let_go), message)

    def _files(self, let_go: Sequence[str]) -> list[str]:
        return [*self.enclosed, *(change.file for change in self._real()), *let_go]

    def _real(self) -> list[Change]:
        return [change for change in self._changes.values() if change.before != change.after]
