"""Faults by the months that the goods had been in service: what fails young, and what wears."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple

from aftercare.answers.in_service import stays
from aftercare.answers.observed import Noted, Observed
from aftercare.plain.moments import Span, day_of, days_after


class Age(NamedTuple):
    """One month in the life of what was sold, 0 being the first; ``None`` in the total of all of them."""

    age: int | None
    faults: int
    reached: int
    """Pieces that were in service for a day of that month at least."""
    unit_months: float
    """How long they were in that month of their lives: one that went through all of it makes one."""


def by_age(file: Observed, first: date, last: date) -> list[Age]:
    """A line for each month of life that anything reached from *first* to *last*, and the total behind them.

    A life begins with the sale and goes on after an exchange, as it does for what is counted otherwise.
    """
    faults = _faults(file, first, last)
    reached: Counter[int] = Counter()
    months: dict[int, float] = defaultdict(float)
    whole = 0
    for (sold, since, until), pieces in _alike(file, first, last).items():
        whole += pieces
        for age, share in _months_of_life(sold, since, until):
            reached[age] += pieces
            months[age] += share * pieces
    ages = range(max([*reached, *faults], default=-1) + 1)
    lines = [Age(age, faults[age], reached[age], round(months[age], 6)) for age in ages]
    return [*lines, Age(None, faults.total(), whole, round(sum(months.values()), 6))]


def _alike(file: Observed, first: date, last: date) -> Counter[tuple[date, date, date]]:
    """Pieces in service in the period: when they were sold, since when they count, and the day after they last do."""
    after = days_after(last, 1)
    found: Counter[tuple[date, date, date]] = Counter()
    for stay in stays(file):
        since = max(stay.since, first)
        until = min(stay.until or after, after)
        if since < until:
            found[day_of(stay.line.on), since, until] += stay.pieces
    return found


def _months_of_life(sold: date, since: date, until: date) -> list[tuple[int, float]]:
    """The months of a life that lie between two days, each with the share of it that does."""
    found = []
    age = _age(sold, since)
    begins = _birthday(sold, age)
    while begins < until:
        ends = _birthday(sold, age + 1)
        days = (min(ends, until) - max(begins, since)).days
        found.append((age, days / (ends - begins).days))
        age, begins = age + 1, ends
    return found


def _faults(file: Observed, first: date, last: date) -> Counter[int]:
    """The faults of the period, by the month of the unit's life; one that is said to be older than the sale is of the
    first.
    """
    found: Counter[int] = Counter()
    for one in file.noted:
        if one.what == "fault" and first <= day_of(one.on) <= last:
            found[age_at(file, one)] += 1
    return found


def age_at(file: Observed, one: Noted) -> int:
    """In which month of the unit's life something was noted of it, 0 being the first."""
    return _age(day_of(file.sold[one.unit].on), day_of(one.on))


def _age(sold: date, day: date) -> int:
    """The whole months from the sale to a day."""
    months = max(12 * (day.year - sold.year) + day.month - sold.month, 0)
    return months if months == 0 or _birthday(sold, months) <= day else months - 1


def _birthday(sold: date, age: int) -> date:
    """The day on which so many months are over; past the end of the calendar its last day."""
    return day_of(Span(months=age).after(sold))
