"""Every measure, by the law of service it belongs to; the first of each law is its score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aftercare.answers.measures import (
    access,
    assurance,
    bringing,
    competence,
    contacts,
    promised,
    repairs,
    responding,
    satisfied,
)
from aftercare.answers.measures.counting import Facts, Measure, Score, counted
from aftercare.answers.period import Period

MEASURES: tuple[Measure, ...] = (
    *contacts.MEASURES,
    *promised.MEASURES,
    *responding.MEASURES,
    *repairs.MEASURES,
    *access.MEASURES,
    *assurance.MEASURES,
    *competence.MEASURES,
    *satisfied.MEASURES,
    *bringing.MEASURES,
)
LAWS: tuple[str, ...] = ("L1", "L2", "L3", "L4", "L5", "L6", "L7", "L10")
BY_ID = {measure.id: measure for measure in MEASURES}


def scores(facts: Facts, period: Period, *, only: Sequence[Measure] = MEASURES, compare: bool = False) -> list[Score]:
    """The measures in a period, each beside that of the period before where they are to be *compared*."""
    return list(_scores(facts, period, only, period.before() if compare else None))


def _scores(facts: Facts, period: Period, only: Sequence[Measure], before: Period | None) -> Iterable[Score]:
    for measure in only:
        score = counted(measure, facts, period)
        yield replace(score, before=counted(measure, facts, before)) if before else score
