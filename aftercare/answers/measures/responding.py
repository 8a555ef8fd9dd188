"""L3, responsiveness (反应): what customers brought to us, dealt with in time; complaints from receipt to solution.

``docs/score.md`` says what is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from aftercare.answers.measures.about import of_complaint
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.measures.dues import of_kinds
from aftercare.answers.period import Period
from aftercare.answers.promises import Promise
from aftercare.answers.rounds import owner, ways
from aftercare.answers.states import REGRETTABLE
from aftercare.plain.moments import Moment, day_of, days_between, in_order, is_late
from aftercare.records.complaint import Complaint, Resolved

BROUGHT = frozenset(
    {
        "acknowledge", "answer", "resolve", "pass_on", "make_safe", "report", "finish_repair", "supply_part", "replace",
        "refund", "compensate",
    }
)  # fmt: skip
"""The kinds of promise by which we deal with what a customer brought to us."""
_STEPS = frozenset({"acknowledge", "answer", "resolve"})
_AGES = ((0, 1), (2, 3), (4, 5), (6, 15), (16, 45))
"""The classes of age, in days; the last one has no end."""


def complaints_in_time(facts: Facts, period: Period) -> Iterator[Case]:
    """Complaints that were resolved, and whether each step of every round was in time; one to which no step was
    promised is none of them.
    """
    steps = _steps(facts)
    for complaint, first in _resolved_in(facts, period):
        if promised := steps.get(complaint.id):
            is_late_one = any(promise.state in REGRETTABLE for promise in promised)
            yield _solved(facts, complaint, first)._replace(good=not is_late_one, why="late" if is_late_one else "")


def _steps(facts: Facts) -> Mapping[str, Sequence[Promise]]:
    """The steps that were promised of each complaint, but for those that nobody owes any more."""
    found: dict[str, list[Promise]] = defaultdict(list)
    for promise in facts.ledger.promises:
        if promise.what in _STEPS and promise.state not in {"void", "released"}:
            found[promise.draft.subject].append(promise)
    return found


def complaint_days(facts: Facts, period: Period) -> Iterator[Case]:
    """The days from the receipt of each complaint to its first solution; one that was solved before it came in has
    none.
    """
    for complaint, first in _resolved_in(facts, period):
        days = days_between(complaint.received_at, first.at)
        if days >= 0:
            yield _solved(facts, complaint, first)._replace(amount=Decimal(days))


def _resolved_in(facts: Facts, period: Period) -> Iterator[tuple[Complaint, Resolved]]:
    """The complaints that were resolved for the first time in a period, each with that solution."""
    for affairs in facts.people:
        for complaint in affairs.complaints:
            first = min(complaint.resolved, key=lambda one: in_order(one.at), default=None)
            if first and period.holds(first.at):
                yield complaint, first


def _solved(facts: Facts, complaint: Complaint, first: Resolved) -> Case:
    return _case(facts, complaint, first.at, first.by or owner(complaint, first.at))


def _case(facts: Facts, complaint: Complaint, on: Moment, person: str) -> Case:
    return of_complaint(facts, complaint)._replace(on=on, person=person)


def complaint_age(facts: Facts, period: Period) -> Iterator[Case]:
    """The complaints that were open at the end of a period, or are today, by the age that they had then."""
    end = period.last if period.last < day_of(facts.now) else facts.now
    for affairs in facts.people if period.holds(end) else ():
        for complaint in affairs.complaints:
            if not is_late(complaint.received_at, end) and _is_open(complaint, end):
                age = days_between(complaint.received_at, end)
                yield _case(facts, complaint, end, owner(complaint, end))._replace(part=_class_of(age))


def _is_open(complaint: Complaint, end: Moment) -> bool:
    """Whether it was neither resolved, refused nor taken back by then, in the round that it was in."""
    way = [one for one in ways(complaint) if one.round.number == 1 or not is_late(one.round.begins, end)][-1]
    if (way.withdrawn is not None and not is_late(way.withdrawn, end)) or any(
        not is_late(one.at, end) for one in way.resolved
    ):
        return False
    given = [answer for answer in way.answers if not is_late(answer.at, end)]
    return not (given and given[-1].refused)


def _class_of(days: int) -> str:
    return next((f"{first}-{last}" for first, last in _AGES if days <= last), "46-")


MEASURES = (
    Measure("L3", "L3", "share", of_kinds(BROUGHT)),
    Measure("repairs_in_time", "L3", "share", of_kinds({"finish_repair"})),
    Measure("complaints_in_time", "L3", "share", complaints_in_time),
    Measure("complaint_days", "L3", "days", complaint_days, less=True),
    Measure("complaint_age", "L3", "spread", complaint_age),
)
