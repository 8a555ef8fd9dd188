"""Scores made up for tests: measures of every sort, with the ids and the laws that the page gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from aftercare.answers.measures.counting import Case, Law, Measure, Score, Sort
from aftercare.answers.period import Period

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
NOW = date(2026, 11, 20)


def measure(name: str, law: Law, sort: Sort = "share", *, by_person: bool = True, less: bool = False) -> Measure:
    """A measure that counts nothing by itself."""
    return Measure(name, law, sort, lambda _facts, _period: (), by_person=by_person, less=less)


def shared(good: int, of: int) -> list[Case]:
    """So many cases, the first of them good, one a day from the first of January on."""
    return [
        Case(f"SA26-{n:04}/1/deliver", date(2026, 1, 1 + n % 28), n < good, "" if n < good else "late")
        for n in range(of)
    ]


def amounts(*values: str) -> list[Case]:
    """A case for each amount, on the first days of February."""
    return [Case(f"CO26-{n:04}", date(2026, 2, n), amount=Decimal(value)) for n, value in enumerate(values, start=1)]


def parts(**counts: int) -> list[Case]:
    """So many cases of each kind."""
    return [Case(f"VI26-{n:04}", date(2026, 3, 1), part=name) for name, count in counts.items() for n in range(count)]


def score(made: Measure, cases: Sequence[Case] = (), *, group: str | None = None, before: Score | None = None) -> Score:
    """A score of the quarter."""
    return Score(made, QUARTER, cases, group, before)
