"""The clock: when a window ends for one case, with the reckoning, and with its bounds where a day is not known.

The order of the reckoning is fixed: the start (or the replacement that begins it anew), the length, the pauses repair
by repair in the order of their days, each only if it began before the end reached so far, the floor, and last the day
off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from aftercare.plain.moments import Span, day_of, in_order, shifted
from aftercare.policies.judging.days import Calendar
from aftercare.policies.judging.given import Given, Stay
from aftercare.policies.judging.situation import Situation, days_in
from aftercare.policies.judging.verdict import Step
from aftercare.policies.judging.weighing import Check
from aftercare.policies.windows import Length, Window


class End(NamedTuple):
    """When a window ends.

    It may not exist (``absent`` says why: ``when``, ``in_force``, ``goods``, ``event``); it may run without an end yet,
    since it has not begun; its day may be unknown (``missing`` are the facts to ask for, ``figure`` that a figure is
    not known to anybody here); else ``day`` is its last good day, between ``earliest`` and ``latest``.
    """

    absent: str = ""
    running: bool = False
    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    missing: tuple[str, ...] = ()
    figure: bool = False
    start: date | None = None
    value_since: date | None = None
    steps: tuple[Step, ...] = ()
    assumed: tuple[Check, ...] = ()
    """What was taken for granted in choosing what the window is for this case."""

    @property
    def outcome(self) -> tuple[object, ...]:
        """All that an answer can depend on; how it was reckoned is not."""
        return self.absent, self.running, self.day, self.earliest, self.latest, self.missing, self.figure


class Start(NamedTuple):
    """When a window begins: a day, or the two days between which it lies, and the fact that says so."""

    fact: str
    first: date
    last: date
    missing: tuple[str, ...] = ()


def started(window: Window, start: Start, case: Situation) -> Start:
    """The start, or the last replacement where that begins the window anew."""
    again = case.replaced_on if window.restarts else None
    return Start("replaced_on", again, again) if again and again >= start.first else start


class Terms(NamedTuple):
    """What a window is reckoned by: its length, the day before which it does not end, and the days off."""

    length: Length
    floor: date | None
    calendar: Calendar | None


def reckoned(window: Window, start: Start, terms: Terms, case: Situation) -> End:
    """The end of a window from its *start*."""
    early = _run(window, start.first, start.fact, terms, case)
    late = early if start.last == start.first else _run(window, start.last, start.fact, terms, case)
    known = start.first == start.last
    return End(
        day=early.day if known else None,
        earliest=early.earliest,
        latest=late.latest,
        missing=start.missing,
        start=start.first if known else None,
        steps=early.steps if known else (),
    )


class _Run(NamedTuple):
    day: date
    earliest: date
    latest: date
    steps: tuple[Step, ...]


def _run(window: Window, start: date, fact: str, terms: Terms, case: Situation) -> _Run:
    calendar = terms.calendar
    steps = [Step("start", fact, start)]
    end, early, late = added(start, terms.length, window.counts_first, calendar)
    steps.append(Step("add", str(terms.length), end))
    if window.pauses:
        for days, day in _paused(window, end, start, case):
            end = early = late = day
            steps.append(Step("pause", str(days), day))
    if terms.floor is not None and terms.floor > end:
        end = early = late = terms.floor
        steps.append(Step("floor", "", end))
    if window.rolls and calendar is not None:
        end, early, late = calendar.roll(end)
        if end != steps[-1].day:
            steps.append(Step("roll", "", end))
    return _Run(end, early, late, tuple(steps))


def _paused(window: Window, end: date, start: date, case: Situation) -> Iterator[tuple[int, date]]:
    """The end after each stay in the workshop that moves it; an open stay is counted to today, and is at least that."""
    how = "inclusive" if window.pauses == "waiting" else window.stays
    for stay in _waits(case) if window.pauses == "waiting" else case.stays:
        days = days_in(stay, case.on, how)
        if days and start <= day_of(stay.in_) <= end:
            end = shifted(end, timedelta(days=days))
            yield days, end


def _waits(case: Situation) -> list[Stay]:
    """What the customer waited for, of whichever unit: repairs, and replacements from the day they were asked for."""
    replaced = (one for one in case.value("replacements") or () if one.get("requested_on") and one.get("on"))
    waits = [*(case.value("repairs") or ()), *(Stay(one["requested_on"], one["on"]) for one in replaced)]
    return sorted(waits, key=lambda stay: in_order(stay.in_))


def added(start: date, length: Length, counts_first: bool, calendar: Calendar | None) -> tuple[date, date, date]:
    """The last day of a length from a day on, and the bounds that it lies between where a calendar is not known."""
    if length.unit == "workdays" and calendar is not None and length.count:
        return calendar.add_workdays(start, length.count)
    end = add(start, length, counts_first)
    return end, end, end


def add(start: date, length: Length, counts_first: bool) -> date:
    """The last day of a length from a day on (Civil Code art. 201, 202).

    The first day is not counted, unless *counts_first*; months end on the corresponding day, or on the last day of a
    month that has no such day.
    """
    if length.unit in {"days", "workdays"}:
        return shifted(start, timedelta(days=length.count - (1 if counts_first else 0)))
    end = day_of(Span(months=length.count * (12 if length.unit == "years" else 1)).after(start))
    # A month that lacks the day has lost one already: it must not lose a second.
    return end - timedelta(days=1) if counts_first and end.day == start.day else end


def tested_day(window: Window, case: Situation, override: str) -> tuple[str, date, date, tuple[str, ...]] | None:
    """The day that must lie inside: its fact, its first and last possible day, what to ask; None: no such event."""
    for name in (override,) if override else window.tests:
        found = case.get(name)
        if isinstance(found, Given):
            if found.value is not None:
                day = day_of(found.value)
                return name, day, day, ()
            if name == "fault_on":
                return None
            continue
        first, last = case.bounds(name) or (date.min, case.today)
        return name, first, last, found.asks
    return None
