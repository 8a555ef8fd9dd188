"""Promises as cases: on which day one counts, and whether it was kept in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aftercare.answers.measures.counting import Case, Facts
from aftercare.answers.period import Period
from aftercare.answers.promises import Promise
from aftercare.plain.moments import Moment, day_of, in_order

_JUDGED = frozenset({"kept", "kept_late", "broken", "overdue"})
"""The states in which it is known how a promise ended; one that was released or became void is owed to nobody."""


def counts_on(promise: Promise) -> Moment | None:
    """The day on which a promise counts: when it was due, as moved by consent, or earlier where we broke it before.

    None while nobody can say how it will end, and for what is owed no more.
    """
    if promise.state not in _JUDGED:
        return None
    ended = promise.ended.at if promise.state == "broken" and promise.ended else None
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
        customer=draft.to,
        product=facts.product(draft.product) if draft.product else product,
        channel=channel,
        person=promise.person,
        records=tuple(dict.fromkeys(filter(None, (draft.record, promise.kept and promise.kept.record)))),
    )


def due_in(facts: Facts, period: Period, wanted: Callable[[Promise], bool]) -> Iterator[tuple[Promise, Case]]:
    """The promises that are *wanted* and count in a period, each with its case."""
    for promise in facts.ledger.promises:
        if not wanted(promise):
            continue
        on = counts_on(promise)
        if on is not None and period.first <= day_of(on) <= period.last:
            yield promise, case_of(facts, promise, on)
