"""Benefits: what a shop gives its customers, or its members by their level, again and again when they ask for it.

A benefit is a grant and no promise until somebody asks.  How often it may be had is dated, as all figures are: what
counts is the day on which it is asked for.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from aftercare.plain.moments import Span
from aftercare.plain.text import fold
from aftercare.policies.standards import Clause, DatedFigure, DatedSpan

MEMBERSHIP_YEAR, EVER = "membership_year", "ever"
PER: tuple[str, ...] = ("month", "year", MEMBERSHIP_YEAR, EVER)
"""Within which time a limit counts: a month or a year of the calendar, a year of the membership, all the time."""


class Limit(NamedTuple):
    """How often a benefit may be had, and within which of :data:`PER`."""

    times: int
    per: str


class DatedLimit(NamedTuple):
    """A limit that holds from a day on; ``None``: without limit from then on."""

    since: date
    limit: Limit | None


class Held(NamedTuple):
    """A membership by its name, and the levels of it that count; none named is whatever level."""

    of: str
    levels: tuple[str, ...] = ()

    def fits(self, of: str, level: str | None) -> bool:
        """Whether a membership of that name and level is meant, however it is written."""
        return _key(of) == _key(self.of) and (not self.levels or _key(level or "") in map(_key, self.levels))


@dataclass(frozen=True, slots=True)
class Benefit(Clause):
    """One thing that the shop gives, and to whom."""

    held: tuple[Held, ...]
    """Any of these memberships is enough; none at all: every customer has it."""
    limits: tuple[DatedLimit, ...]
    """The oldest first; none: without limit."""
    within: tuple[DatedSpan, ...]
    """How soon after it was asked for it is done, the oldest figure first; none: on the same day."""
    costs: tuple[DatedFigure, ...]
    """What it costs in the book's currency, the oldest first; none: nothing."""

    def limit(self, on: date) -> Limit | None:
        """How often it may be had, by the figure of that day; ``None``: as often as one likes."""
        return next((dated.limit for dated in reversed(self.limits) if dated.since <= on), None)

    def span(self, on: date) -> Span:
        """How soon it is done when it is asked for on that day."""
        found = next((dated.span for dated in reversed(self.within) if dated.since <= on), None)
        return found or Span()

    def cost(self, on: date) -> Decimal | None:
        """What it costs on that day; ``None``: nothing."""
        return next((dated.figure for dated in reversed(self.costs) if dated.since <= on), None)


def period(per: str, on: date, began: date | None) -> tuple[date, date]:
    """The first and the last day of the month, the year or the year of membership that a day lies in.

    A year of membership runs from the day the membership *began*, and from that day of each later year; 29 February is
    the 28th where there is none.  Of a membership of which nobody knows when it began the calendar's year is taken.
    """
    if per == EVER:
        return date.min, date.max
    if per == "month":
        return on.replace(day=1), on.replace(day=calendar.monthrange(on.year, on.month)[1])
    if per != MEMBERSHIP_YEAR or began is None or began > on:
        return date(on.year, 1, 1), date(on.year, 12, 31)
    years = on.year - began.year
    if _anniversary(began, years) > on:
        years -= 1
    following = _anniversary(began, years + 1)
    return _anniversary(began, years), following if following == date.max else following - timedelta(days=1)


def _anniversary(began: date, years: int) -> date:
    return began if not years else _day(Span(years=years), began)


def _day(span: Span, start: date) -> date:
    """The day so long after another; the calendar's last one where there is none."""
    found = span.after(start)
    return date(found.year, found.month, found.day)


def meant(benefits: Sequence[Benefit], typed: str) -> list[Benefit]:
    """The benefits that a text may mean: by ``pack/id``, else by the id alone, else by the title in either language."""
    said = _key(typed)
    by_line = [one for one in benefits if _key(one.line) == said]
    by_id = [one for one in benefits if _key(one.id) == said]
    return by_line or by_id or [one for one in benefits if said in map(_key, one.title)]


def _key(text: str) -> str:
    return fold(text).casefold().strip()
