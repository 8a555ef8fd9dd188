"""What comes back: a promise for each time of a plan that recurs, one after the other.

The next time is promised only once the one before is settled: done, declined, given up, or said not to be done.  So a
missed one shows until somebody sees to it, nothing piles up behind it, and times that went by meanwhile are not made
up for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from aftercare.answers.endings import gave_up
from aftercare.answers.promises import Draft, Event, Fate, Promise, Term, Turn
from aftercare.plain.moments import Moment, Span, day_of, is_late
from aftercare.plain.opening import Opening
from aftercare.policies.plans import Plan
from aftercare.policies.recurrence import Recurrence, plus, times


def first(plan: Plan, recurs: Recurrence, event: Moment, opening: Opening) -> tuple[Turn, Term] | None:
    """The first time after an event, and when it is due; None where the plan ends before."""
    day = day_of(plan.spans(day_of(event))[0].after(event))
    return _turn(recurs, iter([(0, day)]), Turn(event, 0, 0, date.min), date.min, opening)


def followers(
    promises: Sequence[Promise], fates: Mapping[str, Fate], gone: Mapping[str, Event], opening: Opening
) -> list[Draft]:
    """Every further time that follows from how those before it ended.

    *promises* are of all times so far, those of one plan in their order; *gone* says how it ended with units.
    """
    found: list[Draft] = []
    waiting: set[str] = set()
    for promise in promises:
        series = _series(promise.draft)
        if promise.draft.turn is None or series in waiting:
            continue
        settled = _settled(promise, fates[promise.id])
        if settled is None:
            waiting.add(series)
        known = fates.get(f"{series}.{promise.draft.turn.number + 1}", Fate())
        # What a record tells of there is, though the one before it was passed over.
        passed_over = settled is None or any(is_late(settled, kept.at) for kept in known.kept)
        following = _next(promise, None if passed_over else settled, opening)
        end = gone.get(promise.draft.subject)
        if following and (settled or _is_told_of(known)) and not (end and is_late(following.made_on, end.at)):
            found.append(following)
    return found


def _series(draft: Draft) -> str:
    return draft.id.rpartition(".")[0]


def _settled(promise: Promise, fate: Fate) -> Moment | None:
    """When there was nothing left to do about one time; None while there is, and where all of it has ended."""
    if promise.kept:
        return promise.kept.at
    ended = promise.ended
    if ended and (promise.state in {"released", "broken"} or ended == gave_up(promise.draft, fate)):
        return ended.at
    return None


def _is_told_of(fate: Fate) -> bool:
    return bool(fate.kept or fate.moves or fate.released or fate.broken or fate.attempts)


def _next(promise: Promise, settled: Moment | None, opening: Opening) -> Draft | None:
    """The time after one that was settled, or after one that is open as if it had been settled on its day."""
    draft, turn = promise.draft, promise.draft.turn
    recurs = draft.plan.recurs if draft.plan else None
    every = recurs.span(day_of(turn.event)) if recurs and turn else None
    if draft.plan is None or turn is None or recurs is None or every is None:
        return None
    over = max(turn.day, day_of(settled)) if settled else turn.day
    done = day_of(promise.kept.at) if promise.kept else over
    days = _by_plan(draft.plan, turn, every) if recurs.from_plan else _from(done, every)
    found = _turn(recurs, days, turn, over, opening)
    if found is None:
        return None
    following, term = found
    number = f"{_series(draft)}.{following.number}"
    return replace(draft, id=number, made_on=settled or draft.made_on, term=term, turn=following)


def _by_plan(plan: Plan, turn: Turn, every: Span) -> Iterator[tuple[int, date]]:
    """The plan's own days after one of its times, each reckoned from the event: so no month's end is lost."""
    until_first = plan.spans(day_of(turn.event))[0]
    for step in count(turn.step + 1):
        yield step, day_of(plus(until_first, times(every, step)).after(turn.event))


def _from(done: date, every: Span) -> Iterator[tuple[int, date]]:
    for step in count(1):
        yield 0, day_of(times(every, step).after(done))


def _turn(
    recurs: Recurrence, days: Iterator[tuple[int, date]], before: Turn, over: date, opening: Opening
) -> tuple[Turn, Term] | None:
    """The first of the *days* that, where the season and the closed days put it, lies after another day."""
    last = day_of(recurs.until.after(before.event)) if recurs.until else date.max
    for step, day in days:
        if day > last or day == date.max:
            return None
        placed = recurs.placed(day, opening)
        if placed > over:
            window = recurs.window(placed, opening)
            term = Term(window.ends, window.begins if recurs.tolerance else None)
            return Turn(before.event, before.number + 1, step, placed), term
    return None
