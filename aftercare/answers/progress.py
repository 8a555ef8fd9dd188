"""How far a complaint is: its steps with their times, who has it in hand, how often the customer had to come for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from aftercare.answers import trainings
from aftercare.answers.kept_with import keep_with
from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Promise
from aftercare.answers.rounds import Way, owners, ways
from aftercare.plain.moments import Moment, day_of, days_between, in_order, is_late, iso
from aftercare.policies.plans import NUMBERED
from aftercare.records.complaint import Complaint
from aftercare.records.visit import Visit

STAGES = ("received", "acknowledged", "answered", "refused", "resolved", "confirmed", "withdrawn")
"""How far a complaint can be, in the round that it is in."""


class Standing(NamedTuple):
    """A complaint at a glance, as its own record and the contacts about it have it."""

    stage: str
    """One of :data:`STAGES`."""
    rounds: int
    owner: str
    owner_since: Moment | None
    contacts: int
    """How often the customer came or called for it of their own accord."""


def standing(complaint: Complaint, visits: Iterable[Visit]) -> Standing:
    """How a complaint stands."""
    found, handed = ways(complaint), owners(complaint)
    person, since = handed[-1] if handed else ("", None)
    return Standing(_stage(found[-1]), len(found), person, since, contacts(complaint, visits))


def _stage(way: Way) -> str:
    if way.withdrawn is not None:
        return "withdrawn"
    if way.resolved:
        return "confirmed" if any(said.satisfied for said in way.confirmed) else "resolved"
    if way.refused is not None:
        return "refused"
    return "answered" if way.answers else "acknowledged" if way.acknowledged is not None else "received"


def contacts(complaint: Complaint, visits: Iterable[Visit]) -> int:
    """How often the customer had to come or call for one matter.

    That it was taken down, and each time it came back, counts once; where it was heard in a contact of ours, or when
    we asked whether all is well, the customer did not have to come for it.
    """
    known = {visit.id: visit for visit in visits}
    asked = {said.at for said in complaint.confirmed if not said.satisfied}
    by_themselves = sum(back.heard_in is None and back.at not in asked for back in complaint.reopened)
    heard_in = {complaint.heard_in, *(back.heard_in for back in complaint.reopened)}
    came = {
        visit.id
        for visit in known.values()
        if visit.came_to_us and (visit.id in heard_in or any(_is_about(one, complaint.id) for one in _subjects(visit)))
    }
    return (complaint.heard_in is None) + by_themselves + len(came)


def _subjects(visit: Visit) -> Sequence[str]:
    return [*visit.about, *visit.keeps]


def _is_about(subject: str, complaint: str) -> bool:
    return subject.split("/", 1)[0] == complaint


def steps(complaint: Complaint, ledger: Ledger, now: Moment) -> list[dict[str, Any]]:
    """Every promise of a complaint as a row: its time, when it was kept, by how many days late, and what keeps it."""
    promises = [promise for promise in ledger.promises if promise.draft.subject == complaint.id]
    return [_row(promise, ledger, now) for promise in sorted(promises, key=_in_turn)]


def _in_turn(promise: Promise) -> tuple[Any, ...]:
    """What is dangerous first, then round by round as it is due, then what was passed on."""
    due, number = promise.due, _round(promise)
    is_danger = promise.what in {"make_safe", "report"}
    return not is_danger, number is None, number, due is None, in_order(due.by) if due else (), promise.id


def _row(promise: Promise, ledger: Ledger, now: Moment) -> dict[str, Any]:
    draft, due = promise.draft, promise.due.by if promise.due else None
    done = promise.kept.at if promise.kept else None
    at = done or (now if promise.state == "overdue" else None)
    ended = promise.ended
    return {
        "id": promise.id,
        "kind": "promise",
        "what": promise.what,
        "round": _round(promise),
        "state": promise.state,
        "due": iso(due) if due else None,
        "done": iso(done) if done else None,
        "late": bool(at is not None and due is not None and is_late(at, due)),
        "late_days": max(0, days_between(due, at)) if at is not None and due is not None else 0,
        "ended_on": iso(ended.at) if ended else None,
        "reason": ended.reason or None if ended else None,
        "binds": draft.binds,
        "person": promise.person or None,
        "line": draft.plan.line if draft.plan else None,
        "keep_with": keep_with(promise, ledger.affairs[draft.to]) if promise.is_open else None,
    }


def _round(promise: Promise) -> int | None:
    """The round that a step belongs to; what was passed on, and what is dangerous, belongs to none."""
    plan = promise.draft.plan
    of_round = plan and plan.after in NUMBERED and plan.after.startswith("complain")
    return int(promise.id.rpartition(".")[2]) if of_round else None


def whole(complaint: Complaint, ledger: Ledger, now: Moment) -> dict[str, Any]:
    """A complaint's progress as machines read it."""
    found = standing(complaint, ledger.affairs[complaint.customer].visits)
    return {
        "id": complaint.id,
        "kind": "complaint",
        "customer": complaint.customer,
        "what": complaint.what,
        "received_at": iso(complaint.received_at),
        "urgency": complaint.urgency,
        "safety": complaint.touches_safety,
        "stage": found.stage,
        "rounds": found.rounds,
        "reopened": found.rounds - 1,
        "contacts": found.contacts,
        "person": found.owner or None,
        "person_since": iso(found.owner_since) if found.owner_since else None,
        "days": days_between(complaint.received_at, day_of(now)),
        "steps": steps(complaint, ledger, now),
        "trainings": [
            {"on": iso(one.on), "what": one.what, "people": [person.id for person in one.people]}
            for one in trainings.about(complaint, ledger.affairs[complaint.customer])
        ],
    }
