"""The shop's records against GB/T 27922-2011: to which of its indicators they can speak, and with which figures.

Nothing is passed here and no points are given: which points the single indicators have is in no source that was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from aftercare.answers.measures.all import MEASURES
from aftercare.answers.measures.counting import Facts, Score, counted
from aftercare.answers.measures.evidence import EVIDENCE
from aftercare.answers.period import Period
from aftercare.policies.national import Group, Indicator, Standard, standard

State: TypeAlias = Literal["evidence", "not_assessed"]
Reason: TypeAlias = Literal["", "not_recorded", "none_in_period"]
"""Why something is not assessed: no record is ever kept of it; none of those that are falls in the period."""
NO_SCORE = "points_unknown"
"""Why there is no score."""
RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "organisation": (),
    "staffing": ("certified_people", "qualified_work"),
    "resources": ("trainings",),
    "rules": ("credo_lines", "checklists_done"),
    "supervision": ("breaches_found",),
    "improvement": ("breaches_settled", "trainings_after_complaints"),
    "culture": (),
    "goods_information": ("goods_described", "offers_published"),
    "technical_support": ("use_explained", "advice_given"),
    "delivery": ("on_time_in_full",),
    "repair": ("L6", "repairs_in_time", "turnaround_collected", "parts_fill"),
    "quality": ("L5", "claimed_in_first_year"),
    "disposal": (),
    "relations": ("customers_on_file", "call_backs_done", "call_back_reach", "in_touch", "L7"),
    "complaints": ("complaints_in_time", "complaint_days", "complaints_reopened"),
}
"""The figures that speak to each indicator, by their ids; none where no record could show it."""


class Assessed(NamedTuple):
    """One indicator: the figures of which there is anything to count in the period."""

    indicator: Indicator
    figures: Sequence[Score]
    reason: Reason

    @property
    def state(self) -> State:
        """``evidence`` where the records speak to it; they never say that it is passed."""
        return "evidence" if self.figures else "not_assessed"


@dataclass(frozen=True)
class Assessment:
    """What the records of a period can say to the standard."""

    standard: Standard
    period: Period
    found: Sequence[Assessed]

    def of(self, group: Group) -> list[Assessed]:
        """The indicators of a group, in their order."""
        return [one for one in self.found if one.indicator in group.indicators]


def with_evidence(found: Sequence[Assessed]) -> int:
    """To how many of some indicators the records can speak."""
    return sum(one.state == "evidence" for one in found)


def assessed(facts: Facts, period: Period) -> Assessment:
    """The standard, indicator by indicator, in a period."""
    return Assessment(standard(), period, [_assessed(one, facts, period) for one in standard().indicators])


def _assessed(indicator: Indicator, facts: Facts, period: Period) -> Assessed:
    names = RESTS_ON[indicator.id]
    known = [measure for measure in (*EVIDENCE, *MEASURES) if measure.id in names]
    measures = sorted(known, key=lambda measure: names.index(measure.id))
    scores = [score for measure in measures if (score := counted(measure, facts, period)).of]
    return Assessed(indicator, scores, "" if scores else "none_in_period" if names else "not_recorded")
