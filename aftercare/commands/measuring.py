"""What figures of the service are made of: the facts of a session's book, and the period that is asked about."""

from __future__ import annotations

from functools import partial

from aftercare.answers import filters
from aftercare.answers.breaches.all import breaches_in
from aftercare.answers.measures.counting import Facts
from aftercare.answers.period import EVER, Period
from aftercare.book.book import Book
from aftercare.commands.session import Session


def facts_of(session: Session) -> tuple[Book, Facts]:
    """The book and what measures look at: its records, as they were known, and the ledger on the session's day.

    Breaches are looked for when a measure first asks for them.
    """
    book = session.book()
    shelf = session.read(book)
    ledger, now = session.ledger_in(book, shelf), session.now()
    return book, Facts(shelf, ledger, now, partial(breaches_in, shelf, ledger, now))


def asked_period(session: Session, text: str | None) -> Period:
    """The period that a text names, from the session's day; all time where there is none.

    UsageProblem for what is no period.
    """
    return Period(*filters.period(text, session.moment_now())) if text is not None else EVER
