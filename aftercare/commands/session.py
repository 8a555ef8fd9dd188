"""What the global options said: which book, which day, which language; and how a command begins and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aftercare import errors, language
from aftercare.commands.later import LaterOption
from aftercare.errors import FOUND, INVALID, UsageProblem
from aftercare.language import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from aftercare.answers.ledger import Ledger
    from aftercare.answers.recalled import Recalled
    from aftercare.answers.rechecked import Rechecked
    from aftercare.answers.rules import Rules
    from aftercare.book.book import Book
    from aftercare.book.index.indexed import Indexed
    from aftercare.book.past import PastBook
    from aftercare.book.pen import Pen
    from aftercare.book.shelf import Shelf
    from aftercare.errors import AftercareError, Fault, NotCommitted
    from aftercare.plain.moments import Moment

Known = TypeVar("Known", bound="Recalled")

INDEX = "AFTERCARE_INDEX"
"""Set to ``off``, every command reads the files themselves."""
LAST_YEAR = 2261
"""The last whole year in which Python can tell the time; with a clock beyond it no book can be held."""


class Session:
    """One run of the tool: its global options, and what it has found so far that decides its exit code."""

    def __init__(
        self, folder: str | None = None, today: str | None = None, as_of: str | None = None, lang: str | None = None
    ) -> None:
        self.folder = folder
        self.today = today
        self.as_of = as_of
        self.lang = lang
        self.color = "auto"
        self.verify = False
        self.exit_code = 0
        self.past: PastBook | None = None
        """The book at a commit, once ``--as-of`` turned out to name one."""
        self._rules: tuple[tuple[Any, ...], tuple[Rules, Sequence[Fault]]] | None = None
        self.saved = False
        """Whether the command has changed the book for good, whatever comes after it."""
        self.interrupted = False
        """Whether Ctrl-C was pressed, whatever was made of it since."""
        self.waits_for_nobody = False
        """Whether a thread of a library may be left that has no end."""
        self._clock: datetime | None = None
        self._warned: set[str] = set()
        self._opened: list[Indexed | Book] = []
        self.found_zone: str | None = None
        """The shop's time zone, once its book was looked for; "" where there is none, or it does not say."""

    def clock(self) -> datetime:
        """The time where the shop is, to the minute; that of the machine where no book says where it is.

        One command has one time: the machine's clock may be put back while it runs.
        """
        if self._clock is None:
            from zoneinfo import ZoneInfo

            zone = self.zone()
            now = datetime.now(ZoneInfo(zone) if zone else None)
            self._clock = now.replace(second=0, microsecond=0, tzinfo=None)
        return self._clock

    def zone(self) -> str:
        """The shop's time zone, as the book says it; "" where the machine's has to do."""
        if self.found_zone is None:
            from aftercare.book.book import Book

            try:
                self.found_zone = Book.find(self.folder, os.environ, _here()).settings.time_zone or ""
            except errors.NoBook:  # whoever needs one says so
                self.found_zone = ""
        return self.found_zone

    def now(self) -> Moment:
        """The clock that the command goes by: ``--as-of`` (a day, or a commit's), ``--today``, else the machine's."""
        from aftercare.plain.moments import parse
        from aftercare.plain.words import understand

        said = self.as_of or self.today or os.environ.get("AFTERCARE_TODAY")
        if not said:
            return self.clock()
        if len(said) == len("2026-11-22"):  # as a rule it is a day, for which no clock and no zone is asked
            with suppress(ValueError):
                return parse(said)
        try:
            return understand(said, self.clock())
        except errors.NotADate:
            past = self._past() if self.as_of else None
            if past is None:
                raise self._not_a_time(said) from None
            return past.day

    def moment_now(self) -> datetime:
        """The clock as a time, from which words such as ``tomorrow`` are reckoned."""
        from aftercare.plain.moments import start_of

        now = self.now()
        return now if isinstance(now, datetime) else start_of(now)

    def book(self) -> Book:
        """The book, and from here on its language where none was asked for."""
        from aftercare.book.book import Book

        present = Book.find(self.folder, os.environ, _here())
        self._opened.append(present)
        self.found_zone = present.settings.time_zone or ""
        self.now()
        book: Book = self.past or present
        if not self.lang and not os.environ.get("AFTERCARE_LANG") and book.settings.language:
            language.use(book.settings.language)
        return book

    def _past(self) -> PastBook | None:
        """The book at the commit that ``--as-of`` names, if it names one."""
        from aftercare.book.book import Book
        from aftercare.book.past import PastBook

        if self.past is None and self.as_of:
            self.past = PastBook.at(Book.find(self.folder, os.environ, _here()).root, self.as_of)
        return self.past

    def _not_a_time(self, said: str) -> AftercareError:
        """What is wrong with a clock that is no date; ``--as-of`` may name a commit too, where git keeps the book."""
        if not self.as_of:
            return errors.NotADate(said, "--today")
        from aftercare.book.book import Book
        from aftercare.book.history import is_on

        if is_on(Book.find(self.folder, os.environ, _here()).root):
            return errors.NeitherDateNorCommit(said, "--as-of")
        return errors.NotADate(said, "--as-of")

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
        from aftercare.answers.recalled import recalled

        index = self.index()
        return self._warned_of(recalled(index, self.now(), verify=self.verifies) if index else None)

    def rechecked(self) -> Rechecked | None:
        """The same with all that is wrong in the book, what is settled too; every file of it is looked at."""
        from aftercare.answers.rechecked import rechecked

        index = self.index()
        return self._warned_of(rechecked(index, self.now(), with_settled=True) if index else None)

    def _warned_of(self, found: Known | None) -> Known | None:
        if found is None or not self._warned_of_files(found.index):
            return None
        self.warn_of_packs(errors.Fault(*fault) for fault in found.pack_faults)
        return found

    def indexed(self) -> Indexed | None:
        """The index with all that the files say now; None where the records themselves have to be asked.

        Faults of files go to stderr and make the exit code 3, as where these are read.
        """
        from aftercare.book.index.freshness import Untidy

        index = self.index()
        if index is None:
            return None
        self.now()
        try:
            index.see(verify=self.verifies)
            if not index.is_fresh:
                with index.changing():
                    pass
        except Untidy:
            index.close()
            return None
        return index if self._warned_of_files(index) else None

    def _warned_of_files(self, index: Indexed) -> bool:
        """Say what is wrong with files; False where the disk does not let the index tell, so that they are read."""
        from sqlite3 import Error

        try:
            found = index.faults()
        except Error:
            index.close()
            return False
        for fault in found:
            self.warn(str(errors.Fault(*fault)))
            self.exit_code = INVALID
        return True

    def index(self) -> Indexed | None:
        """The index of the book, in the language of the answer; None where the records themselves have to be asked.

        Only a new one needs the settings to be read.
        """
        if self.as_of or os.environ.get(INDEX) == "off":
            return None
        from aftercare.book.index.indexed import Indexed
        from aftercare.book.root import root_of

        root = root_of(self.folder, os.environ, _here())
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

    def close(self) -> None:
        """Let go of what was opened, so that others may keep what they learn; what was answered stays answered."""
        while self._opened:
            self._opened.pop().close()

    @property
    def verifies(self) -> bool:
        """Whether every file is looked at in a large book too: when asked for, and where nobody sits at a terminal."""
        return self.verify or "TERM" not in os.environ

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


def _here() -> Path:
    """The folder in which we were started; nowhere in particular, once it is gone."""
    from pathlib import Path

    try:
        return Path.cwd()
    except OSError:
        return Path()


def session_of(context: click.Context) -> Session:
    """The session of a running command."""
    return context.ensure_object(Session)


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Global options hold wherever they stand: the one nearest the end of the line wins."""
    if value is None or parameter.name is None:
        return
    setattr(session_of(context), parameter.name.removeprefix("global_"), value)
    if parameter.name == "global_lang":
        language.use(value)


def global_options(hidden: bool) -> list[click.Parameter]:
    """The options that every command takes."""
    made: list[tuple[tuple[str, str], str, dict[str, Any]]] = [
        (("-C", "global_folder"), N_("the book's folder"), {"metavar": "DIR"}),
        (("--today", "global_today"), N_("the day, or the time, to go by"), {"metavar": "T"}),
        (("--as-of", "global_as_of"), N_("what was known on this day, or at this commit"), {"metavar": "D|COMMIT"}),
        (("--lang", "global_lang"), N_("the language"), {"type": click.Choice(language.LANGUAGES)}),
        (("--color", "global_color"), N_("colours"), {"type": click.Choice(("auto", "always", "never"))}),
        (
            ("--verify", "global_verify"),
            N_("look at every file, in a large book too"),
            {"is_flag": True, "default": None},
        ),
    ]
    return [
        LaterOption(names, help=text, expose_value=False, callback=_keep, hidden=hidden, is_eager=True, **more)
        for names, text, more in made
    ]
