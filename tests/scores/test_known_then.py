"""The scores of a day, by all that the book holds and by what was known then: the same but for what came later."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.answers.asof import known_on
from aftercare.answers.measures.all import MEASURES
from aftercare.answers.measures.counting import Facts, Measure, counted
from aftercare.answers.measures.evidence import EVIDENCE
from aftercare.answers.period import EVER
from aftercare.plain.moments import is_late, parse
from tests.scores.facts import facts, facts_of

DATA = Path(__file__).parents[2] / "data"
DAYS = (
    "2025-12-31", "2026-01-20", "2026-03-01", "2026-04-11", "2026-04-15", "2026-05-05", "2026-06-24", "2026-07-03",
    "2026-07-31", "2026-08-15", "2026-09-29", "2026-10-08", "2026-11-19",
)  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_a_score_of_the_past_differs_by_what_came_later_alone(day: str) -> None:
    """As of 15 April `score` held against the shop what a fitter asked for on the 18th, and on the 15th it had not."""
    book = facts(DATA, DAYS[-1])
    now = facts_of(book.shelf, book.ledger.rules, day)
    then = facts_of(known_on(book.shelf, parse(day)), book.ledger.rules, day)
    later = _later(now)
    for measure in (*MEASURES, *EVIDENCE):
        if measure.law != "L10":
            assert {case for case in _cases(measure, then) ^ _cases(measure, now) if case[0] not in later} == set()


def _cases(measure: Measure, seen: Facts) -> set[tuple[str, bool, str]]:
    return {(case.id, case.good, case.why) for case in counted(measure, seen, EVER).cases}


def _later(seen: Facts) -> set[str]:
    """The promises that were kept or ended after the day, and the units of sales that were called off after it."""
    found = set()
    for promise in seen.ledger.promises:
        ends = [one.at for one in (promise.kept, promise.ended) if one]
        if any(is_late(end, seen.now) for end in ends):
            found.add(promise.id)
    for affairs in seen.people:
        for unit, sale, __ in affairs.units():
            if sale.cancelled and is_late(sale.cancelled.on, seen.now):
                found.add(unit)
    return found
