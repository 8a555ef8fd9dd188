"""Where a command stands, by its global options: which book, which day, which time, which language."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from aftercare import errors

if TYPE_CHECKING:
    from pathlib import Path

    from aftercare.book.book import Book
    from aftercare.book.past import PastBook
    from aftercare.errors import AftercareError
    from aftercare.plain.moments import Moment


class Bearings:
    """What the global options of one command said, and the book and the time that it goes by because of them."""

    def __init__(
        self, folder: str | None = None, today: str | None = None, as_of: str | None = None, lang: str | None = None
    ) -> None:
        self.folder = folder
        self.today = today
        self.as_of = as_of
        self.lang = lang
        self.color = "auto"
        self.verify = False
        self.by_files = os.environ.get("AFTERCARE_INDEX") == "off"
        """Whether the index is not asked, but the files alone."""
        self.past: PastBook | None = None
        """The book at a commit, once ``--as-of`` turned out to name one."""
        self.found_zone: str | None = None
        """The shop's time zone, once its book was looked for; "" where there is none, or it does not say."""
        self._clock: datetime | None = None

    @property
    def verifies(self) -> bool:
        """Whether every file is looked at in a large book too: when asked for, and where nobody sits at a terminal."""
        return self.verify or "TERM" not in os.environ

    def present_book(self) -> Book:
        """The book as it is now, whatever ``--as-of`` says; NoBook where there is none."""
        from aftercare.book.book import Book

        return Book.find(self.folder, os.environ, here(), is_indexed=not self.by_files)

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
            try:
                self.found_zone = self.present_book().settings.time_zone or ""
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

    def _past(self) -> PastBook | None:
        """The book at the commit that ``--as-of`` names, if it names one."""
        from aftercare.book.past import PastBook

        if self.past is None and self.as_of:
            self.past = PastBook.at(self.present_book().root, self.as_of)
        return self.past

    def _not_a_time(self, said: str) -> AftercareError:
        """What is wrong with a clock that is no date; ``--as-of`` may name a commit too, where git keeps the book."""
        if not self.as_of:
            return errors.NotADate(said, "--today")
        from aftercare.book.history import is_on

        if is_on(self.present_book().root):
            return errors.NeitherDateNorCommit(said, "--as-of")
        return errors.NotADate(said, "--as-of")


def here() -> Path:
    """The folder in which we were started; nowhere in particular, once it is gone."""
    from pathlib import Path

    try:
        return Path.cwd()
    except OSError:
        return Path()
