"""What each measure of ``docs/score.md`` is called, what it counts, and what of that is good, in words."""

from __future__ import annotations

from typing import NamedTuple

from aftercare.answers.measures.counting import Measure
from aftercare.language import N_, _, word
from aftercare.records.words import PROMISE_KINDS
from aftercare.render.promises import kind_name


class Wording(NamedTuple):
    """A measure in words: its title, the cases it counts, and which of them make the figure."""

    title: str
    of: str
    good: str = ""


WORDINGS = {
    "L1": Wording(
        N_("Communication"),
        N_("promised call-backs, visits, information, confirmations and follow-ups"),
        N_("made in time, with nothing left unsolved"),
    ),
    "call_back_reach": Wording(
        N_("call-backs in which somebody was reached"),
        N_("contacts of ours for a call-back, a check or a revisit"),
        N_("somebody was reached, or wanted nothing"),
    ),
    "call_backs_done": Wording(
        N_("call-backs done at all"),
        N_("promised call-backs, checks and revisits"),
        N_("done, in time or late"),
    ),
    "delays_told": Wording(
        N_("delays told before the time was over"),
        N_("promises told or by law that were late, broken or are overdue"),
        N_("the customer heard of it before the time was over"),
    ),
    "wishes_answered": Wording(
        N_("wishes that got an answer"),
        N_("wishes, by the day they were said, but for those withdrawn"),
        N_("the customer was told what became of it, or it was realised"),
    ),
    "L2": Wording(N_("Reliability"), N_("promises that the customer was told or the law demands"), N_("kept in time")),
    "promises_kept": Wording(
        N_("all promises, our own plans too"), N_("all promises, our own plans too"), N_("kept in time")
    ),
    "on_time_in_full": Wording(
        N_("delivered on time in full"),
        N_("sales with a delivery promised, once none of it is still to come"),
        N_("every delivery of the sale was in time"),
    ),
    "installed_on_time": Wording(
        N_("installed on the day agreed"),
        N_("promised installations"),
        N_("done in time, and never moved by us"),
    ),
    "moved_by_us": Wording(
        N_("promises that we asked to move"),
        N_("promises that the customer was told or the law demands"),
        N_("moved at our wish at least once"),
    ),
    "offers_honoured": Wording(
        N_("published offers honoured"), N_("promises that an offer made"), N_("kept in time")
    ),
    "L3": Wording(
        N_("Responsiveness"),
        N_("promises about what customers brought to us: answers, solutions, repairs, parts, replacements, refunds"),
        N_("kept in time"),
    ),
    "repairs_in_time": Wording(N_("repairs in time"), N_("promised repairs"), N_("finished in time")),
    "complaints_in_time": Wording(
        N_("complaints dealt with in time"),
        N_("complaints that were resolved"),
        N_("acknowledged, answered and resolved in time"),
    ),
    "complaint_days": Wording(
        N_("days to the solution of a complaint"), N_("complaints, from receipt to the first solution")
    ),
    "complaint_age": Wording(
        N_("open complaints by age in days"), N_("complaints open at the end of the period, or today")
    ),
    "turnaround_repaired": Wording(
        N_("days until repaired"), N_("repairs of claims, from taking in to the day they were repaired")
    ),
    "turnaround_collected": Wording(
        N_("days until handed back"), N_("repairs of claims, from taking in to the day they were handed back")
    ),
    "waiting_for_parts": Wording(
        N_("days that repairs waited for parts"), N_("repairs handed back that had to wait for a part")
    ),
    "parts_fill": Wording(
        N_("parts there when a repair wanted them"), N_("parts that repairs asked for"), N_("no repair waited for it")
    ),
    "L4": Wording(
        N_("Access"), N_("contacts that customers sought with us"), N_("not missed, and not left unsolved")
    ),
    "missed_calls_returned": Wording(
        N_("missed calls returned in time"), N_("promises that follow a missed call"), N_("kept in time")
    ),
    "in_touch": Wording(
        N_("customers with whom we were in touch"),
        N_("customers who had bought, have not left and may be contacted"),
        N_("a contact in the period"),
    ),
    "channels": Wording(N_("contacts by channel"), N_("all contacts but missed ones")),
    "L5": Wording(
        N_("Assurance"),
        N_("deliveries, installations, contacts at home, claims, and complaints about an incident"),
        N_("none of the customer's rights and nobody's safety was hurt"),
    ),
    "accidents": Wording(N_("accidents and dangers"), N_("complaints about an incident, by kind")),
    "remedies": Wording(N_("decisions about claims"), N_("decisions, by remedy")),
    "claimed_in_first_year": Wording(
        N_("units with a fault in the first year"),
        N_("units sold in the period"),
        N_("a fault was reported within 12 months of the sale"),
    ),
    "L6": Wording(
        N_("Competence"),
        N_("repairs of claims that were handed back, but for those not done"),
        N_("mended the first time, and not back with the same fault by today"),
    ),
    "repeat_30": Wording(
        N_("repairs back within 30 days"),
        N_("repairs handed back 30 days ago or more"),
        N_("came in again with the same fault within 30 days"),
    ),
    "repeat_60": Wording(
        N_("repairs back within 60 days"),
        N_("repairs handed back 60 days ago or more"),
        N_("came in again with the same fault within 60 days"),
    ),
    "repeat_90": Wording(
        N_("repairs back within 90 days"),
        N_("repairs handed back 90 days ago or more"),
        N_("came in again with the same fault within 90 days"),
    ),
    "qualified_work": Wording(
        N_("work by somebody who may do it"),
        N_("installations done, and contacts at home for a repair"),
        N_("nobody worked without the certificate or training asked for"),
    ),
    "checklists_done": Wording(
        N_("checklists ticked to the end"),
        N_("installations done"),
        N_("the whole checklist was ticked, and it was tested"),
    ),
    "L7": Wording(
        N_("Satisfaction"),
        N_("contacts with a grade, and complaints confirmed by the customer"),
        N_("a grade of 4 or 5, or satisfied with the solution"),
    ),
    "satisfaction": Wording(N_("mean grade, of 1 to 5"), N_("contacts with a grade")),
    "grades": Wording(N_("how many of each grade"), N_("contacts with a grade")),
    "nps": Wording(
        N_("would recommend us, net"),
        N_("answers from 0 to 10: those who say 9 or 10 less those who say 0 to 6, in per cent of all"),
    ),
    "complaints_reopened": Wording(
        N_("complaints that came back"), N_("complaints that were resolved"), N_("reopened after the first solution")
    ),
    "beyond": Wording(N_("kindnesses beyond what was owed"), N_("kindnesses, by their day")),
    "L10": Wording(
        N_("What it brings"),
        N_("customers who bought in the period"),
        N_("had bought before, or were brought by somebody"),
    ),
    "bought_again": Wording(
        N_("customers who came back"), N_("customers who bought in the period"), N_("had bought before")
    ),
    "came_through_somebody": Wording(
        N_("customers brought by others"),
        N_("customers who bought in the period"),
        N_("had been brought by another customer"),
    ),
    "back_well_served": Wording(
        N_("bought again, all in time before"),
        N_("earlier customers to whom every promise had been kept in time"),
        N_("bought in the period"),
    ),
    "back_let_down": Wording(
        N_("bought again, let down before"),
        N_("earlier customers to whom something had been late or broken"),
        N_("bought in the period"),
    ),
}  # fmt: skip
"""Every measure by its id."""

WHYS = {
    "late": N_("late"),
    "broken": N_("broken"),
    "overdue": N_("overdue"),
    "unsolved": N_("left unsolved"),
    "missed": N_("missed"),
    "no_answer": N_("nobody reached"),
    "untold": N_("the delay not told"),
    "unanswered": N_("no answer"),
    "moved": N_("moved by us"),
    "waited": N_("had to wait for it"),
    "silent": N_("no contact"),
    "not_fixed": N_("not mended"),
    "no_fault": N_("no fault found"),
    "repeat": N_("a fault that had been mended before"),
    "came_back": N_("came back with the same fault"),
    "unknown": N_("no result noted"),
    "grade_1": N_("grade 1"),
    "grade_2": N_("grade 2"),
    "grade_3": N_("grade 3"),
    "not_satisfied": N_("not satisfied with the solution"),
    "new": N_("new, brought by nobody"),
    "first_time": N_("the first time"),
    "not_brought": N_("came by themselves"),
    "stayed_away": N_("did not buy"),
    "charged-delivery": N_("delivery charged"),
    "damage": N_("damage not made good"),
    "charged-installation": N_("installation charged"),
    "unqualified": N_("without the certificate or training asked for"),
    "no-technician": N_("nobody named who did it"),
    "checklist": N_("checklist not complete"),
    "not-tested": N_("not tested"),
    "asked-for": N_("money, goods or meals asked for"),
    "threat": N_("threatened"),
    "benefit-refused": N_("a benefit refused"),
    "benefit-charged": N_("a benefit charged"),
    "less-than-open": N_("less than the customer had a right to"),
    "loan-out": N_("a loan not taken back"),
    "sub-standard": N_("sub-standard goods or parts"),
    "above-cost": N_("parts above cost"),
    "labour-charged": N_("labour charged"),
    "above-offer": N_("dearer than offered"),
    "unsafe": N_("not made safe"),
    "maker-not-told": N_("the maker not told"),
}
"""The words for why a case counts against a measure."""

_PARTS = {
    "again": N_("bought before"),
    "brought": N_("brought by somebody"),
    "new": N_("new customers"),
    "promoter": N_("9 or 10"),
    "passive": N_("7 or 8"),
    "detractor": N_("0 to 6"),
    "refused": N_("refused"),
    "delivery": N_("delivery"),
    "installation": N_("installation"),
    "visit": N_("contact"),
    "sale": N_("sale"),
    "claim": N_("claim"),
    "complaint": N_("complaint"),
}
_AGES = {
    "0-1": N_("0–1 days"),
    "2-3": N_("2–3 days"),
    "4-5": N_("4–5 days"),
    "6-15": N_("6–15 days"),
    "16-45": N_("16–45 days"),
    "46-": N_("46 days and more"),
}


def title(measure: Measure) -> str:
    """What a measure is called; the first of a law bears the law's number."""
    said = _(WORDINGS[measure.id].title)
    return f"{measure.id} {said}" if measure.id == measure.law else said


def why(code: str) -> str:
    """Why a case counts against a measure."""
    return _(WHYS[code]) if code in WHYS else word(code)


def part(measure: Measure, name: str) -> str:
    """A kind of case: a promise's, a channel, a grade, an age, a remedy."""
    if name in _AGES:
        return _(_AGES[name])
    if name in _PARTS:
        return _(_PARTS[name])
    if measure.sort == "share" and name in PROMISE_KINDS:
        return kind_name(name)
    return word(name)
