"""L1, communication (沟通): promised contacts, calls, word of delays and of wishes.

``docs/score.md`` says what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers import wishes
from aftercare.answers.breaches.delays import is_told
from aftercare.answers.breaches.finding import Scope
from aftercare.answers.lines import lines_of
from aftercare.answers.measures.about import of_contact
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.measures.dues import due_in, of_kinds
from aftercare.answers.period import Period
from aftercare.answers.promises import Promise
from aftercare.plain.moments import is_late
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish

CALL_BACKS = frozenset({"call_back", "check_back", "revisit"})
"""The kinds of promise, and the purposes of contacts, by which we ask how somebody fares."""
PROMISED = CALL_BACKS | {"information", "confirm", "follow_up"}
"""The kinds of promise that a word of ours keeps."""


def in_touch(facts: Facts, period: Period) -> Iterator[Case]:
    """Promised contacts; one that left something unsolved was none."""
    for promise, case in due_in(facts, period, lambda one: one.what in PROMISED):
        visit = facts.shelf.get(promise.kept.record) if promise.kept else None
        is_unsolved = case.good and isinstance(visit, Visit) and visit.solved == "no"
        yield case._replace(good=False, why="unsolved") if is_unsolved else case


def reached(facts: Facts, period: Period) -> Iterator[Case]:
    """Each time we called back, whether or not it was promised."""
    for affairs in facts.people:
        for visit in affairs.visits:
            if visit.purpose in CALL_BACKS and period.holds(visit.at) and _is_ours(visit):
                yield _of_visit(facts, visit)


def _is_ours(visit: Visit) -> bool:
    """Whether we began it; a call that nobody of ours took was the customer's."""
    return not visit.came_to_us and visit.outcome != "missed"


def _of_visit(facts: Facts, visit: Visit) -> Case:
    is_reached = visit.outcome in {"reached", "declined"}
    return of_contact(facts, visit)._replace(good=is_reached, why="" if is_reached else "no_answer")


def called_back(facts: Facts, period: Period) -> Iterator[Case]:
    """Promised call-backs; one that came late was done all the same."""
    for case in of_kinds(CALL_BACKS)(facts, period):
        yield case._replace(good=True, why="") if case.why == "late" else case


def warned(facts: Facts, period: Period) -> Iterator[Case]:
    """Delays of what customers had our word or the law's for, and whether they heard of each before its time was over.

    Packing is left out: it has no time but the delivery's.
    """
    scopes: dict[str, Scope] = {}
    for promise, case in due_in(facts, period, _is_delayed):
        scope = scopes.get(case.customer) or _scope(facts, case.customer)
        scopes[case.customer] = scope
        knew = _was_given_up_in_time(promise) or is_told(scope, promise)
        yield case._replace(good=knew, why="" if knew else "untold")


def _is_delayed(promise: Promise) -> bool:
    is_bound = promise.draft.binds != "plan" and promise.what != "pack"
    return is_bound and promise.state in {"kept_late", "broken", "overdue"}


def _was_given_up_in_time(promise: Promise) -> bool:
    """Whether we said that we would not before the time was over, or where there was none."""
    ended = promise.ended.at if promise.state == "broken" and promise.ended else None
    return ended is not None and (promise.due is None or not is_late(ended, promise.due.by))


def _scope(facts: Facts, customer: str) -> Scope:
    """What the search for word of a delay goes by."""
    affairs = facts.ledger.affairs[customer]
    promises = {promise.id: promise for promise in facts.ledger.to[customer]}
    rules = facts.ledger.rules
    return Scope(affairs, list(lines_of(affairs, rules)), promises, rules, {}, facts.now)


def answered(facts: Facts, period: Period) -> Iterator[Case]:
    """Wishes that were not taken back, and whether the customer heard what came of them."""
    for affairs in facts.people:
        for wish in affairs.wishes:
            is_taken_back = wish.withdrawn is not None and not is_late(wish.withdrawn.on, facts.now)
            if period.holds(wish.said_on) and not is_taken_back:
                yield _of_wish(facts, wish, affairs.visits)


def _of_wish(facts: Facts, wish: Wish, visits: list[Visit]) -> Case:
    ends = [*wishes.told_on(wish, visits), *([wish.realised.on] if wish.realised else [])]
    is_answered = any(not is_late(end, facts.now) for end in ends)
    product, channel = facts.goods(*wish.about)
    return Case(
        id=wish.id,
        on=wish.said_on,
        good=is_answered,
        why="" if is_answered else "unanswered",
        customer=wish.customer,
        product=product,
        channel=channel,
        person=wish.by or "",
        records=(wish.id,),
    )


MEASURES = (
    Measure("L1", "L1", "share", in_touch),
    Measure("call_back_reach", "L1", "share", reached),
    Measure("call_backs_done", "L1", "share", called_back),
    Measure("delays_told", "L1", "share", warned),
    Measure("wishes_answered", "L1", "share", answered),
)
