"""L2, reliability (可靠): what was promised, done by then.  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.measures.dues import due_in
from aftercare.answers.period import Period


def in_time(facts: Facts, period: Period) -> Iterator[Case]:
    """What customers had our word or the law's for."""
    return (case for __, case in due_in(facts, period, lambda one: one.draft.binds != "plan"))


def kept(facts: Facts, period: Period) -> Iterator[Case]:
    """Every promise, our own plans too, by kind."""
    return (case for __, case in due_in(facts, period, lambda _one: True))


MEASURES = (
    Measure("L2", "L2", "share", in_time),
    Measure("promises_kept", "L2", "share", kept),
)
