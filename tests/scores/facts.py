"""What the measures look at, of a folder on a day: the program's own side of the comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from pathlib import Path

from aftercare.answers.breaches.all import breaches_in
from aftercare.answers.chosen import rules_in
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.measures.all import BY_ID, scores
from aftercare.answers.measures.counting import Facts, Score
from aftercare.answers.period import EVER, Period
from aftercare.answers.rules import Rules
from aftercare.book.book import Book
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import parse
from tests.scores import recount
from tests.scores.recount import Span


@cache
def facts(folder: Path, today: str) -> Facts:
    """The facts of a book on a day."""
    book = Book(folder)
    rules, __ = rules_in(book)
    return facts_of(book.read(), rules, today)


def facts_of(shelf: Shelf, rules: Rules, today: str, change: Callable[[Ledger], Ledger] | None = None) -> Facts:
    """The facts of some records on a day, their ledger perhaps changed."""
    now = parse(today)
    ledger = ledger_of(shelf, rules, now)
    seen = change(ledger) if change else ledger
    return Facts(shelf, seen, now, partial(breaches_in, shelf, seen, now))


def score(seen: Facts, measure: str, span: Span) -> Score:
    """A measure in some days, as the program counts it."""
    return scores(seen, period(span), only=[BY_ID[measure]])[0]


def every(seen: Facts, span: Span, but: Iterable[str] = ()) -> dict[str, Score]:
    """All measures by id, without some."""
    left_out = set(but)
    wanted = [measure for measure in BY_ID.values() if measure.id not in left_out]
    return {one.measure.id: one for one in scores(seen, period(span), only=wanted)}


def period(span: Span) -> Period:
    """The same days for the program."""
    if span == recount.EVER:
        return EVER
    return Period(date.fromisoformat(span.first), date.fromisoformat(span.last))
