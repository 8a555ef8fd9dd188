"""How a command begins and ends: it finds its book, reads it or asks its index, writes, and has an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aftercare import errors, language
from aftercare.commands.bearings import Bearings, here
from aftercare.errors import FOUND, INVALID, UsageProblem
from aftercare.language import _

if TYPE_CHECKING:
    from aftercare.answers.ledger import Ledger
    from aftercare.answers.recalled import Recalled
    from aftercare.answers.rechecked import Rechecked
    from aftercare.answers.rules import Rules
    from aftercare.book.book import Book
    from aftercare.book.index.indexed import Indexed
    from aftercare.book.pen import Pen
    from aftercare.book.shelf import Shelf
    from aftercare.errors import Fault, NotCommitted
    from aftercare.plain.moments import Moment

Known = TypeVar("Known", bound="Recalled")
Said = TypeVar("Said")
_GLANCED_AT, _MOST_TOLD = 1_000, 5
"""So many of the records that a command wrote are looked at for names with something unseen; so many are told."""
LAST_YEAR = 2261
"""The last whole year in which Python can tell the time; with a clock beyond it no book can be held."""


class Session(Bearings):
    """One run of the tool: its bearings, and what it has found so far that decides its exit code."""

    def __init__(
        self, folder: str | None = None, today: str | None = None, as_of: str | None = None, lang: str | None = None
    ) -> None:
        super().__init__(folder, today, as_of, lang)
        self.exit_code = 0
        self._rules: tuple[tuple[Any, ...], tuple[Rules, Sequence[Fault]]] | None = None
        self.saved = False
        """Whether the command has changed the book for good, whatever comes after it."""
        self.interrupted = False
        """Whether Ctrl-C was pressed, whatever was made of it since."""
        self.waits_for_nobody = False
        """Whether a thread of a library may be left that has no end."""
        self._warned: set[str] = set()
        self._opened: list[Indexed | Book] = []

    def book(self) -> Book:
        """The book, and from here on its language where none was asked for."""
        present = self.present_book()
        self._opened.append(present)
        self.found_zone = present.settings.time_zone or ""
        self.now()
        book: Book = self.past or present
        if not self.lang and not os.environ.get("AFTERCARE_LANG") and book.settings.language:
            language.use(book.settings.language)
        return book

    def read(self, book: Book, *, whole: bool = False) -> Shelf:
        """The records, as far as they were known on ``--as-of``; faults go to stderr and make the exit code 3.

        *whole*: nearly all of them will be asked for.
        """
        from aftercare.answers.asof import known_on

        whole = whole and not self.as_of
        shelf = book.read_whole(verify=self.verifies) if whole else book.read(verify=self.verifies)
        for fault in shelf.faults:
            self.warn(str(fault))
        if shelf.faults:
            self.exit_code = INVALID
        return known_on(shelf, self.now()) if self.as_of else shelf

    def rules(self, book: Book) -> Rules:
        """The rules in force; a faulty pack is one line on stderr, exit code 3, and the rest goes on."""
        rules, faults = self.rules_in(book)
        self.warn_of_packs(faults)
        return rules

    def rules_in(self, book: Book) -> tuple[Rules, Sequence[Fault]]:
        """The same with what is wrong, of which nothing is said; a command that asks again has the packs read once."""
        from aftercare.answers.chosen import rules_in

        asked = book, book.own_packs(), language.current()
        if self._rules is None or self._rules[0] != asked:
            self._rules = asked, rules_in(book)
        return self._rules[1]

    def warn_of_packs(self, faults: Iterable[Fault]) -> None:
        """One line for each file that is faulty, with its first fault; ``policy check`` has them all."""
        of_file: dict[str, list[Fault]] = {}
        for fault in faults:
            of_file.setdefault(fault.file, []).append(fault)
        for first, *more in of_file.values():
            further = _("{fault} (and {n} more: {command})").format(
                fault=first, n=len(more), command="aftercare policy check"
            )
            self.warn(further if more else str(first))
            self.exit_code = INVALID

    def recalled(self) -> Recalled | None:
        """The promises on the day as the index knows them; None where the records themselves have to be asked.

        Faults of files and packs go to stderr and make the exit code 3, as where these are read.
        """
        from aftercare.answers.recalled import Recalled

        return self._warned_of(self._by_index(Recalled, verify=self.verifies))

    def rechecked(self) -> Rechecked | None:
        """The same with all that is wrong in the book, what is settled too; every file of it is looked at."""
        return self._warned_of(self.found_wrong(with_settled=True))

    def found_wrong(self, *, with_settled: bool) -> Rechecked | None:
        """The same for whoever shows the faults: nothing is said of them here."""
        from aftercare.answers.rechecked import Rechecked

        return self._by_index(lambda index, now: Rechecked(index, now, with_settled=with_settled), verify=True)

    def _warned_of(self, found: Known | None) -> Known | None:
        if found is None or not self._warned_of_files(found.index):
            return None
        self.warn_of_packs(errors.Fault(*fault) for fault in found.pack_faults)
        return found

    def indexed(self) -> Indexed | None:
        """The index with all that the files say now; None where the records themselves have to be asked.

        Faults of files go to stderr and make the exit code 3, as where these are read.
        """

        def caught_up(index: Indexed, _now: Moment) -> Indexed:
            index.catch_up()
            return index

        index = self._by_index(caught_up, verify=self.verifies)
        return index if index and self._warned_of_files(index) else None

    def _by_index(self, question: Callable[[Indexed, Moment], Said], *, verify: bool) -> Said | None:
        """The one door to the index: what it says on the day; None where the records themselves have to be asked."""
        index = self._index()
        if index is None:
            return None
        now = self.now()
        return index.answer(lambda index: question(index, now), verify=verify)

    def _warned_of_files(self, index: Indexed) -> bool:
        """Say what is wrong with files; False where the disk does not let the index tell, so that they are read."""
        from sqlite3 import Error

        try:
            found = index.faults()
        except Error:
            index.distrust()
            return False
        for fault in found:
            self.warn(str(errors.Fault(*fault)))
            self.exit_code = INVALID
        return True

    def _index(self) -> Indexed | None:
        """The index of the book, in the language of the answer; None where the records themselves have to be asked.

        Only a new one needs the settings to be read.
        """
        if self.as_of or self.by_files:
            return None
        from aftercare.book.index.indexed import Indexed
        from aftercare.book.root import root_of

        root = root_of(self.folder, os.environ, here())
        index = Indexed(root, language.current())
        said = "" if index.is_anew else index.said("language")
        if index.is_anew:
            self.book()
        elif said and not self.lang and not os.environ.get("AFTERCARE_LANG"):
            language.use(said)
        if index.language != language.current():
            index.close()
            index = Indexed(root, language.current())
        if not index.is_anew:
            self.found_zone = index.said("zone")
        self._opened.append(index)
        if sys.stderr.isatty():
            from aftercare.render.progress import followed

            index.follow = followed()
        return index

    def do_without_index(self) -> None:
        """Ask the files alone from here on: the index cannot be read.  The next command makes a new one."""
        for opened in self._opened:
            opened.distrust()
        self.by_files = True
        self.exit_code = 0
        self._rules = None

    def close(self) -> None:
        """Let go of what was opened, so that others may keep what they learn; what was answered stays answered."""
        while self._opened:
            self._opened.pop().close()

    def ledger(self, customers: list[str] | None = None) -> tuple[Book, Shelf, Ledger]:
        """The book, its records, and its ledger on the day."""
        book = self.book()
        shelf = self.read(book)
        return book, shelf, self.ledger_in(book, shelf, customers)

    def ledger_in(self, book: Book, shelf: Shelf, customers: list[str] | None = None) -> Ledger:
        """The ledger on the day of records that were read already; of some *customers* only, where they are named."""
        from aftercare.answers.ledger import ledger_of

        return ledger_of(shelf, self.rules(book), self.now(), customers)

    @contextmanager
    def writing(self, command: str, *, whole: bool = False) -> Iterator[Pen]:
        """A pen for the book; what a command writes it writes through this.  *whole*: it asks for nearly all of it."""
        from aftercare.book.ids import CENTURY
        from aftercare.plain.moments import iso

        if self.as_of:
            raise UsageProblem(_("--as-of looks back; nothing can be written then"))
        if (machine := datetime.now()).year > LAST_YEAR:
            raise errors.NoIdsThen(iso(machine.date()), CENTURY, CENTURY + 99)
        with self.book().writing(command, self.now(), whole=whole) as pen:
            try:
                yield pen
            finally:
                self.saved = self.saved or pen.saved
            if pen.saved:
                self._tell_unseen(pen)

    def _tell_unseen(self, pen: Pen) -> None:
        """Say in which names there is more than is seen, as far as a glance shows; ``check`` has all."""
        from itertools import islice

        from aftercare.answers.unseen import told_of, unseen_in

        told = 0
        for record_id, record in islice(pen.touched_by_id(), _GLANCED_AT):
            before = pen.before.get(record_id)
            known = set(unseen_in(before)) if before else set()
            for path, character in unseen_in(record()):
                if (path, character) not in known and told < _MOST_TOLD:
                    told += 1
                    self.warn(f"{record_id}: {told_of(path, character)}")

    @contextmanager
    def pen(self, command: str, *, dry_run: bool) -> Iterator[Pen]:
        """A pen as of :meth:`writing`; a dry run only reads, and waits for nobody."""
        if not dry_run:
            with self.writing(command) as pen:
                yield pen
            return
        from aftercare.book.pen import Pen

        if self.as_of:
            raise UsageProblem(_("--as-of looks back; nothing can be written then"))
        book = self.book()
        yield Pen(book, self.read(book), self.now())

    def warn(self, line: str) -> None:
        """A line on stderr, once: a command that asks the book twice finds the same faults twice."""
        from aftercare.render.output import say

        if line not in self._warned:
            self._warned.add(line)
            say(line)

    def not_committed(self, error: NotCommitted) -> None:
        """All is saved, and git has no commit of it: that is said, and is the exit code, but stops nothing."""
        self.exit_code = error.exit_code
        self.warn(f"aftercare: {error.sentence}")
        for line in error.remedies:
            self.warn(line)

    def found(self, anything: bool) -> None:
        """The exit code of a question that found something; an invalid file beats it."""
        if anything and not self.exit_code:
            self.exit_code = FOUND


def session_of(context: click.Context) -> Session:
    """The session of a running command."""
    return context.ensure_object(Session)
