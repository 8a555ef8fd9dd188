"""Plans that come back: how often, counted from what, in which season, how much sooner or later it may be, how long.

A day that is planned lies in the season and on a day on which the shop is open; so does the last day of the time that
is left around it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from aftercare.language import N_
from aftercare.plain.moments import Span, add_months, day_of
from aftercare.plain.opening import Opening
from aftercare.policies.shape import Node, value_of

KEYS = ("every", "counted_from", "season", "tolerance", "until")
COUNTED_FROM = ("completion", "plan")
_MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)
_COMMON_YEAR, _LEAP_YEAR = 2023, 2024
_SOME_DAY = date(2023, 1, 31)
"""A day from which lengths of time are compared."""
_A_DAY = timedelta(days=1)


class Often(NamedTuple):
    """After how long it comes back, for events from a day on; None: not any more."""

    since: date
    span: Span | None


class Season(NamedTuple):
    """The part of the year in which it is done, both ends included, as months and days; it may pass the year's end.

    It begins on a day that every year has; 29 February as its end is the last day of the month.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last

    def reached(self, day: date) -> date:
        """The day itself if it lies in the season, else the first day of the next one."""
        if self.holds(day):
            return day
        begins = date(day.year, *self.first)
        return begins if begins > day else date(day.year + 1, *self.first)

    def begins(self, day: date) -> date:
        """The first day of the season in which a day lies."""
        begins = date(day.year, *self.first)
        return begins if begins <= day else date(day.year - 1, *self.first)

    def ends(self, day: date) -> date:
        """The last day of the season in which a day lies."""
        year = day.year if self.first <= self.last or (day.month, day.day) <= self.last else day.year + 1
        month, last = self.last
        return date(year, month, min(last, monthrange(year, month)[1]))


class Tolerance(NamedTuple):
    """How long before its day it may be done, and how long after it is still in time."""

    before: Span
    after: Span


class Window(NamedTuple):
    """When it is to be done: the day that is planned, and from when until when it is in time."""

    day: date
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a plan comes back."""

    every: tuple[Often, ...]
    """The oldest first."""
    from_plan: bool
    """It keeps to its own days, whenever the last one was done; else each counts from the completion before."""
    season: Season | None
    tolerance: Tolerance | None
    until: Span | None
    """How long after the event it ends."""

    def span(self, on: date) -> Span | None:
        """After how long it comes back where the event is of that day."""
        return next((often.span for often in reversed(self.every) if often.since <= on), None)

    def placed(self, day: date, opening: Opening) -> date:
        """The first day from then on that lies in the season and on which the shop is open.

        Where the season has none left, the last such day before: better some days early than a year late.
        """
        if self.season is None:
            return opening.open_day(day)
        while day.year < date.max.year - 1:
            day = self.season.reached(day)
            begins, ends = self.season.begins(day), self.season.ends(day)
            later = opening.open_day(day)
            found = later if later <= ends else opening.open_day_by(day, begins)
            if found:
                return found
            day = ends + _A_DAY
        return day

    def window(self, day: date, opening: Opening) -> Window:
        """The time around a placed day within which it is to be done; it does not leave the season."""
        if self.tolerance is None:
            return Window(day, day, day)
        begins, ends = _before(day, self.tolerance.before), _after(day, self.tolerance.after)
        if self.season:
            begins, last = max(begins, self.season.begins(day)), self.season.ends(day)
            return Window(day, begins, _open_within(min(ends, last), last, day, opening))
        return Window(day, begins, opening.open_day(ends))


def _open_within(ends: date, last: date, day: date, opening: Opening) -> date:
    """The first open day from *ends* on, else the last one before, no later than *last* and no sooner than *day*."""
    later = opening.open_day(ends)
    return later if later <= last else opening.open_day_by(ends, day) or day


def _after(day: date, span: Span) -> date:
    try:
        return add_months(day, span.months + 12 * span.years) + timedelta(days=span.days)
    except (OverflowError, ValueError):
        return date.max


def _before(day: date, span: Span) -> date:
    return day_of(span.before(day))


def times(span: Span, count: int) -> Span:
    """A length of time so many times over."""
    return Span(*(part * count for part in span))


def plus(span: Span, other: Span) -> Span:
    """Two lengths of time, one after the other; months are counted first."""
    return Span(*(one + two for one, two in zip(span, other, strict=True)))


def read_recurrence(said: Mapping[str, Node]) -> Recurrence | None:
    """What the keys of a plan say of its coming back; None where it comes but once."""
    for key in KEYS[1:]:
        if key in said and "every" not in said:
            said[key].complain("missing", N_("{where}: how often is not said; write “{example}”"), example=_LIKE)
    if "every" not in said:
        return None
    every = tuple(_every(said["every"]))
    found = Recurrence(
        every=every,
        from_plan=value_of(said, "counted_from", lambda node: node.choice(COUNTED_FROM), "") == "plan",
        season=value_of(said, "season", _season, None),
        tolerance=value_of(said, "tolerance", _tolerance, None),
        until=value_of(said, "until", read_length, None),
    )
    if found.tolerance:
        _complain_of_overlap(said["tolerance"], found.tolerance, every)
    return found


_LIKE = "every: {2026-01-01: {months: 12}}"


def _every(node: Node) -> Iterator[Often]:
    found = []
    for since, entry in node.named().items():
        day = Node(since, entry.path, entry.complaints).day()
        span = None if entry.value is None else read_length(entry)
        if day:
            found.append(Often(day, span))
    yield from sorted(found, key=lambda often: often.since)


def read_length(node: Node) -> Span:
    """A length of time of a day at least."""
    span = node.span()
    if isinstance(node.value, dict) and (span.hours or not any(span)):
        node.complain("value", N_("{where}: a day at least is wanted, in days, months or years"))
    return span


def _season(node: Node) -> Season | None:
    said = node.keys(("from", "to"), needed=("from", "to"))
    first = value_of(said, "from", lambda entry: read_month_day(entry, _COMMON_YEAR), None)
    last = value_of(said, "to", lambda entry: read_month_day(entry, _LEAP_YEAR), None)
    return Season(first, last) if first and last else None


def read_month_day(node: Node, year: int) -> tuple[int, int] | None:
    """A month and day that the *year* has, written as 04-01; None where it is a fault."""
    text = node.matching(_MONTH_DAY, "04-01")
    if not text:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(f"{year}-{text}")
        return day.month, day.day
    node.complain("date", N_("{where}: “{value}” is no day of every year, like 04-01"))
    return None


def _tolerance(node: Node) -> Tolerance:
    said = node.keys(("before", "after"))
    if isinstance(node.value, dict) and not said:
        node.complain("missing", N_("{where}: how long before, or after, is wanted"))
    return Tolerance(value_of(said, "before", read_length, Span()), value_of(said, "after", read_length, Span()))


def _complain_of_overlap(node: Node, tolerance: Tolerance, every: tuple[Often, ...]) -> None:
    """One visit is for one time: nobody may come so early that it could be for the time before."""
    reaches = _after(_SOME_DAY, tolerance.before)
    if any(often.span and any(often.span) and reaches >= _after(_SOME_DAY, often.span) for often in every):
        node.complain("value", N_("{where}: it reaches back to the time before; make “before” shorter than “every”"))
