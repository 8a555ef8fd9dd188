"""Promises as cases: on which day one counts, and whether it was kept in time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from aftercare.answers.affairs import HOUSE
from aftercare.answers.measures.counting import Case, Facts
from aftercare.answers.period import Period
from aftercare.answers.promises import Promise
from aftercare.plain.moments import Moment, in_order

_JUDGED = frozenset({"kept", "kept_late", "broken", "overdue"})
"""The states in which it is known how a promise ended; one that was released or became void is owed to nobody."""


def counts_on(promise: Promise) -> Moment | None:
    """The day on which a promise counts: when it was due, as it stands in the ledger, or earlier where we broke it
    before; one without a time counts when it was kept or broken.

    None while nobody can say how it will end, for what is owed no more, and where nobody knows the day.
    """
    if promise.state not in _JUDGED:
        return None
    ended = promise.ended.at if promise.ended else None
    kept = promise.kept.at if promise.kept else None
    known = [at for at in (promise.due.by if promise.due else kept, ended) if at is not None]
    return min(known, key=in_order, default=None)


def case_of(facts: Facts, promise: Promise, on: Moment) -> Case:
    """A promise as a case: good where it was kept in time, else ``late``, ``broken`` or ``overdue``."""
    draft = promise.draft
    product, channel = facts.goods(*(draft.about if draft.id == draft.record else draft.subjects))
    state = promise.state
    return Case(
        id=promise.id,
        on=on,
        good=state == "kept",
        why="" if state == "kept" else "late" if state == "kept_late" else state,
        part=promise.what,
        binds=draft.binds,
        customer="" if draft.to == HOUSE else draft.to,
        product=facts.product(draft.product) if draft.product else product,
        channel=channel,
        person=promise.person,
        records=tuple(dict.fromkeys(filter(None, (draft.record, promise.kept and promise.kept.record)))),
    )


def due_in(
    facts: Facts, period: Period, wanted: Callable[[Promise], bool], *, of_house: bool = False
) -> Iterator[tuple[Promise, Case]]:
    """The promises that are *wanted* and count in a period, each with its case.

    What is owed to nobody in particular (a certificate to renew, a misprint to put right) is no customer's, and is left
    out but for who counts what is *of the house* too.
    """
    for promise in facts.ledger.promises:
        if not wanted(promise) or (promise.draft.to == HOUSE and not of_house):
            continue
        on = counts_on(promise)
        if on is not None and period.holds(on):
            yield promise, case_of(facts, promise, on)


def of_kinds(kinds: Collection[str]) -> Callable[[Facts, Period], Iterable[Case]]:
    """What a measure counts that is of promises of some kinds, and of nothing else."""

    def cases(facts: Facts, period: Period) -> Iterator[Case]:
        return (case for __, case in due_in(facts, period, lambda one: one.what in kinds))

    return cases
