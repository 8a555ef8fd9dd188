"""What in a contact is a complaint of itself: a low grade, a report of a charge or of something asked for."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.breaches.finding import reported
from aftercare.answers.rules import Rules
from aftercare.language import _
from aftercare.plain.moments import day_of
from aftercare.policies.categories import ROOT
from aftercare.records.complaint import Complaint
from aftercare.records.visit import Visit


def grievance(visit: Visit, affairs: Affairs, rules: Rules) -> str:
    """What the customer is not content with, in the customer's words as far as there are any; "" where all is well.

    Which grade is a low one the packs say; where none makes it a duty, nothing is opened.
    """
    duty = rules.duty("open_complaint", ROOT, day_of(visit.at))
    if duty is None or visit.outcome != "reached":
        return ""
    worst = duty.grade(day_of(visit.at))
    is_low = visit.satisfaction is not None and worst is not None and visit.satisfaction <= worst
    asked = reported(visit, is_charge_known=_is_charge_known(visit, affairs))
    if not (is_low or asked):
        return ""
    said = [*visit.heard, *(visit.answers[key] for key in asked)]
    return _("; ").join(said) or visit.note or _("grade {grade} of 5").format(grade=visit.satisfaction)


def _is_charge_known(visit: Visit, affairs: Affairs) -> bool:
    """Whether a charge stands in the record of the work, the repair or the delivery that the contact is about."""
    subjects = set(subjects_of(visit))
    for claim in affairs.claims:
        if {claim.id, claim.unit} & subjects and any(stay.cost and stay.cost.value for stay in claim.repairs):
            return True
    all_works: list[works.Work] = [*affairs.installations, *affairs.deliveries]
    about = {subject.split("/", 1)[0] for subject in subjects}
    return any(work.charged and work.charged.value for work in all_works if {work.id, work.sale} & about)


def subjects_of(visit: Visit) -> list[str]:
    """What a contact is about, as records name it: the subjects themselves, and those of the promises it keeps."""
    return list(dict.fromkeys([*visit.about, *_of_promises(visit)]))


def _of_promises(visit: Visit) -> Iterator[str]:
    """The unit, the claim or the complaint behind each promise that is named."""
    for promise in visit.keeps:
        head, *steps = promise.split("/")
        is_unit = head.startswith("SA") and bool(steps) and steps[0].isdigit()
        if not head.startswith(("CU", "PM")):
            yield f"{head}/{steps[0]}" if is_unit else head


def same_matter(visit: Visit, affairs: Affairs) -> Complaint | None:
    """The complaint that a contact is about, if it is about one: what is wrong then is that it came back."""
    about = set(subjects_of(visit))
    return next((complaint for complaint in affairs.complaints if complaint.id in about), None)
