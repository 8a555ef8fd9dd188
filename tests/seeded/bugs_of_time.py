"""Bugs about time: when a window begins and ends, days off, stays in the workshop, and named clocks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from aftercare.plain import moments
from aftercare.plain.moments import Moment, day_of
from aftercare.policies.conditions import After, FactIs
from aftercare.policies.judging import clock, clocks, decide, ends, grants, hearing, measures, situation, weighing
from aftercare.policies.judging.clock import End, Start, Terms
from aftercare.policies.judging.days import Calendar, Rolled, calendar
from aftercare.policies.judging.ends import Reckoning
from aftercare.policies.judging.given import Given, Stay
from aftercare.policies.judging.hearing import View
from aftercare.policies.judging.situation import Situation
from aftercare.policies.windows import DatedLength, Length, Restatement, Window
from tests.seeded.bugs import CN, EUROPE, MADE, MAKER, SHOP, UK_QC, US_TW_JP, VEHICLES, Bug

_A_DAY = timedelta(days=1)
_add, _run, _tested_day, _started, _days_in = clock.add, clock._run, clock.tested_day, clock.started, situation.days_in
_inside, _chosen, _after, _last_or_first = hearing._inside, Reckoning._chosen, View._after, Reckoning._last_or_first
_latest_of, _stated, _ftc_delay, _end = ends._latest_of, Reckoning._stated, clocks.ftc_delay, Reckoning.end


def _counts_the_first_day(start: date, length: Length, _counts: bool) -> date:
    return _add(start, length, True)


def _last_day_is_late(end: End, first: date, last: date) -> Any:
    return _inside(end, first + _A_DAY, last + _A_DAY)


def _moved_by_pauses(run: Any, window: Window, start: date, case: Situation) -> Any:
    for __, day in clock._paused(window, run.day, start, case) if window.pauses else ():
        run = run._replace(day=day, earliest=day, latest=day)
    return run


def _rolls_first(window: Window, start: date, fact: str, terms: Terms, case: Situation) -> Any:
    run = _run(replace(window, pauses=""), start, fact, terms, case)
    return _moved_by_pauses(run, window, start, case)


def _floor_first(window: Window, start: date, fact: str, terms: Terms, case: Situation) -> Any:
    run = _run(replace(window, pauses="", rolls=False), start, fact, terms, case)
    run = _moved_by_pauses(run, window, start, case)
    if window.rolls and terms.calendar is not None:
        end, early, late = terms.calendar.roll(run.day)
        run = run._replace(day=end, earliest=early, latest=late)
    return run


def _no_floor(window: Window, start: date, fact: str, terms: Terms, case: Situation) -> Any:
    return _run(window, start, fact, terms._replace(floor=None), case)


def _pauses_at_any_time(window: Window, end: date, _start: date, case: Situation) -> Iterator[tuple[int, date]]:
    how = "inclusive" if window.pauses == "waiting" else window.stays
    for stay in case.stays:
        end += timedelta(days=_days_in(stay, case.on, how))
        yield 0, end


def _pauses_by_first_end(window: Window, end: date, start: date, case: Situation) -> Iterator[tuple[int, date]]:
    how = "inclusive" if window.pauses == "waiting" else window.stays
    moved = end
    for stay in case.stays:
        if start <= day_of(stay.in_) <= end and (days := _days_in(stay, case.on, how)):
            moved += timedelta(days=days)
            yield days, moved


def _a_day_at_least(stay: Stay, until: Moment, how: str = "days") -> int:
    return max(1, _days_in(stay, until, how))


def _out_minus_in(stay: Stay, until: Moment, _how: str = "days") -> int:
    return _days_in(stay, until)


def _rounded_down(stay: Stay, until: Moment, how: str = "days") -> int:
    end = stay.out or until
    if how == "started_24h" and isinstance(stay.in_, datetime) and isinstance(end, datetime):
        return max(1, math.floor((end - stay.in_) / _A_DAY))
    return _days_in(stay, until, how)


def _inclusive_of_one_day(stay: Stay, until: Moment, how: str = "days") -> int:
    return _days_in(stay, until, "days" if how == "inclusive" else how)


def _open_takes_no_time(stay: Stay, until: Moment, how: str = "days") -> int:
    return _days_in(stay, until, how) if stay.out else 0


def _renews_all(window: Window, start: Start, case: Situation) -> Start:
    return _started(replace(window, restarts=True), start, case)


def _tests_the_claim(window: Window, case: Situation, override: str) -> Any:
    found = _tested_day(window, case, override)
    return ("today", case.today, case.today, ()) if found and found[0] == "fault_on" else found


def _its_own_test(window: Window, case: Situation, _override: str) -> Any:
    return _tested_day(window, case, "")


def _oldest(window: Window, governing: date) -> DatedLength | None:
    return next((dated for dated in window.values if dated.since <= governing), None)


def _weekdays_are_worked(_calendar: Calendar, day: date) -> bool:
    return day.weekday() >= 5


def _only_orders_count(calendar: Calendar, day: date) -> bool:
    return calendar._named.get(day, False)


def _first_workday_counts(calendar: Calendar, day: date, count: int) -> Rolled:
    return calendar._nth(day, count)


def _overflowing(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, 1) + timedelta(days=day.day - 1)


def _no_variant(reckoning: Reckoning, window: Window, *looked: Any) -> Any:
    return _chosen(reckoning, replace(window, variants=()), *looked)


def _last_variant(reckoning: Reckoning, window: Window, *looked: Any) -> Any:
    return _chosen(reckoning, replace(window, variants=window.variants[::-1]), *looked)


def _always_there(reckoning: Reckoning, window: Window) -> End:
    return _end(reckoning, replace(window, when=None))


def _over_at_the_figure(view: View, window: Window) -> weighing.Weighed:
    fact, most = window.meter or ("", Decimal(0))
    return view.condition(FactIs(fact, max=most - Decimal("0.01")))


def _past_by_time_alone(view: View, wanted: After) -> weighing.Weighed:
    name = wanted.window
    named = {name: [(pack, replace(window, meter=None)) for pack, window in view.hearing.windows.get(name, ())]}
    return _after(replace(view, hearing=replace(view.hearing, windows={**view.hearing.windows, **named})), wanted)


def _first_of_them(found: Sequence[End]) -> End:
    return _latest_of([end for end in found if not end.absent][:1])


def _the_other_way(reckoning: Reckoning, window: Window) -> Start | End:
    return _last_or_first(reckoning, replace(window, start="latest" if window.start == "earliest" else "earliest"))


def _first_known(reckoning: Reckoning, window: Window) -> Start | End:
    return reckoning._start(replace(window, start="first"))


def _calendar_of_the_pack(reckoning: Reckoning, _window: Window) -> Calendar | None:
    return calendar(reckoning.view.pack.law.counting.calendar)


def _first_part(reckoning: Reckoning, length: Length) -> Length | End:
    found = reckoning.view.found(length.fact)
    if not length.by or not isinstance(found, Given) or not found.value:
        return _stated(reckoning, length)
    return Length(length.unit, int(next(iter(found.value.values()))))


def _restated_without_pauses(rule: Restatement, window: Window) -> Window:
    return replace(window, start="first", names=rule.names, restarts=window.restarts or rule.restarts)


def _restated_without_restart(rule: Restatement, window: Window) -> Window:
    return replace(window, start="first", names=rule.names, pauses=window.pauses or ("stay" if rule.pauses else ""))


def _silence_refuses(end: date, notices: Sequence[clocks.Notice], answers: Sequence[clocks.Answer | None]) -> Any:
    silent = bool(notices) and not any(answers[:1])
    first = [notices[0]._replace(revised_date=None)] if silent else notices[:1]
    return _ftc_delay(end, [*first, *notices[1:]], answers)


def _silence_agrees(end: date, notices: Sequence[clocks.Notice], answers: Sequence[clocks.Answer | None]) -> Any:
    said = [answer or clocks.Answer("consent", None) for answer in answers[1:]]
    return _ftc_delay(end, notices, [*answers[:1], *said])


def _days_in_everywhere(other: Callable[..., int]) -> list[tuple[object, str, Any]]:
    return [(module, "days_in", other) for module in (clock, grants, decide, measures)]


BUGS: Sequence[Bug] = (
    # Lengths and days off.
    Bug("the oldest figure holds", [(Window, "value", _oldest)], UK_QC),
    Bug(
        "the last good day is a day too late",
        [(hearing, "_inside", _last_day_is_late)],
        CN,
        "the last good day is good",
    ),
    Bug("the first day is counted", [(clock, "add", _counts_the_first_day)], CN),
    Bug("a month that lacks the day ends in the next", [(moments, "add_months", _overflowing)], CN),
    Bug("only ordered holidays are days off", [(Calendar, "is_off", _only_orders_count)], CN),
    Bug("only weekends are days off", [(Calendar, "is_off", _weekdays_are_worked)], CN),
    Bug("nobody works on a Saturday", [(Calendar, "_is_weekend", lambda _, day: day.weekday() >= 5)], US_TW_JP),
    Bug("the first working day is counted", [(Calendar, "add_workdays", _first_workday_counts)], US_TW_JP),
    Bug("a window has no calendar of its own", [(Reckoning, "_calendar", _calendar_of_the_pack)], MADE),
    Bug("the length for another part holds", [(Reckoning, "_stated", _first_part)], MAKER),
    # Stays in the workshop and replacements.
    Bug("a day off moves the end before the pauses do", [(clock, "_run", _rolls_first)], CN),
    Bug("repairs pause nothing", [(clock, "_paused", lambda *_: iter(()))], CN),
    Bug("repairs pause what is over", [(clock, "_paused", _pauses_at_any_time)], EUROPE),
    Bug("repairs pause by the end without pauses", [(clock, "_paused", _pauses_by_first_end)], MADE),
    Bug("a stay takes a day at least", _days_in_everywhere(_a_day_at_least), VEHICLES),
    Bug("a stay by the hour is out minus in", _days_in_everywhere(_out_minus_in), VEHICLES),
    Bug("begun days do not count", _days_in_everywhere(_rounded_down), VEHICLES),
    Bug("of a stay only one end counts", [(clock, "days_in", _inclusive_of_one_day)], UK_QC),
    Bug("an open stay takes no time", _days_in_everywhere(_open_takes_no_time), SHOP),
    Bug("a replacement begins every period anew", [(ends, "started", _renews_all)], CN),
    Bug("a replacement begins no period anew", [(ends, "started", lambda _window, start, _case: start)], CN),
    # Kinds of windows.
    Bug("the day of the claim is tested", [(hearing, "tested_day", _tests_the_claim)], CN),
    Bug("a window tests only its own day", [(hearing, "tested_day", _its_own_test)], EUROPE),
    Bug("every window is there", [(Reckoning, "end", _always_there)], EUROPE),
    Bug("variants do not count", [(Reckoning, "_chosen", _no_variant)], EUROPE),
    Bug("the last variant wins", [(Reckoning, "_chosen", _last_variant)], EUROPE),
    Bug("no meter counts", [(View, "_metered", lambda _view, _window: weighing.YES)], VEHICLES),
    Bug("the figure on the meter is over already", [(View, "_metered", _over_at_the_figure)], VEHICLES),
    Bug("only time takes one past a window", [(View, "_after", _past_by_time_alone)], MADE),
    Bug("no floor counts", [(clock, "_run", _no_floor)], EUROPE),
    Bug("the floor comes before the pauses", [(clock, "_run", _floor_first)], MADE),
    Bug("of several windows the first counts", [(ends, "_latest_of", _first_of_them)], EUROPE),
    Bug("earliest is latest", [(Reckoning, "_last_or_first", _the_other_way)], EUROPE),
    Bug("the first of several days begins a window", [(Reckoning, "_last_or_first", _first_known)], EUROPE),
    # Rules that restate windows, and clocks.
    Bug("a restated window has no pauses", [(Restatement, "of", _restated_without_pauses)], SHOP),
    Bug("a restated window is not begun anew", [(Restatement, "of", _restated_without_restart)], SHOP),
    Bug("silence refuses a first delay", [(clocks, "ftc_delay", _silence_refuses)], US_TW_JP),
    Bug("silence agrees to a later delay", [(clocks, "ftc_delay", _silence_agrees)], US_TW_JP),
)
