"""A score beside others of its kind: its months, its extremes, and its groups with what they were before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from aftercare.answers.measures.counting import Case, Per, Score, apart
from aftercare.answers.period import month_of


def by_month(score: Score) -> dict[str, Score]:
    """The score of each month in which there was a case, the earliest first."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in score.cases:
        found[month_of(case.on)].append(case)
    return {month: replace(score, cases=cases, before=None) for month, cases in sorted(found.items())}


def extremes(score: Score) -> tuple[str, str] | None:
    """The months in which a share was lowest and highest, the earliest of equals; None where there are not two."""
    months = [month for month in score.months if score.measure.sort == "share"]
    if len(months) < 2:
        return None
    by_share = sorted(months, key=lambda one: (Decimal(one.good) / one.of, one.month))
    highest = max(months, key=lambda one: Decimal(one.good) / one.of)
    return by_share[0].month, highest.month


def groups(score: Score, per: Per) -> list[Score]:
    """A score for each person, product or channel of its period, each beside its own of the period before."""
    if score.before is None:
        return apart(score, per)
    before = {one.group: one for one in apart(score.before, per)}
    none = replace(score.before, cases=())
    return [replace(one, before=before.get(one.group) or replace(none, group=one.group)) for one in apart(score, per)]
