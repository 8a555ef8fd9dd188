"""What a complaint's own record, and that of a dangerous fault, say became of their promises."""

from __future__ import annotations

from aftercare.answers.promises import Draft, Event, Fate, Keeping
from aftercare.answers.rounds import Way, owner, ways
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.records.base import Deed
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint, PassedOn


def handle(complaint: Complaint, draft: Draft, fate: Fate) -> None:
    """Note what keeps or ends a promise that a plan made in the course of a complaint."""
    number = int(draft.id.rpartition(".")[2])
    match draft.plan and draft.plan.after:
        case "complained" | "complaint_answered" | "complaint_resolved":
            _of_round(complaint, ways(complaint)[number - 1], draft, fate)
        case "to_be_passed_on" | "answered_outside":
            _of_question(complaint, complaint.passed_on[number - 1], draft, fate)
        case "incident" if complaint.incident:
            _deed(complaint.incident.made_safe, "make_safe", complaint.id, draft, fate)
            _deed(complaint.incident.told_maker, "report", complaint.id, draft, fate)
        case _:
            pass


def _of_round(complaint: Complaint, way: Way, draft: Draft, fate: Fate) -> None:
    """A step is kept by what was done in its round; it ends when the matter came back, or the customer let it be."""
    done: dict[str, list[tuple[Moment | None, str | None]]] = {
        "acknowledge": [(way.acknowledged, None)],
        "answer": [(way.answered, None)],
        "resolve": [(one.at, one.by) for one in way.resolved[:1]],
        "confirm": [(one.at, one.by) for one in way.confirmed[:1]],
    }
    for at, by in done.get(draft.what, []):
        if at is not None:
            fate.kept.append(Keeping(at, complaint.id, person=by or owner(complaint, at)))
    ends = []
    if way.round.ends is not None:
        ends.append(Event(way.round.ends, complaint.id, _("the matter came back, and begins again")))
    if way.withdrawn is not None:
        ends.append(Event(way.withdrawn, complaint.id, _("the customer took the complaint back")))
    if way.refused is not None and draft.what in {"resolve", "confirm"}:
        ends.append(Event(way.refused, complaint.id, _("it was refused, and the ways outside were told")))
    fate.void = min(ends, key=lambda event: in_order(event.at), default=None)


def _of_question(complaint: Complaint, question: PassedOn, draft: Draft, fate: Fate) -> None:
    """A question is passed on, and what they answered is told."""
    if draft.what == "pass_on" and question.at is not None:
        fate.kept.append(Keeping(question.at, complaint.id, person=question.by or owner(complaint, question.at)))
    if draft.what == "information" and question.answered is not None:
        for told in sorted(complaint.answers, key=lambda answer: in_order(answer.at)):
            if not is_late(question.answered, told.at):
                fate.kept.append(Keeping(told.at, complaint.id, person=told.by or owner(complaint, told.at)))
                break
    if complaint.withdrawn:
        fate.void = Event(complaint.withdrawn.on, complaint.id, _("the customer took the complaint back"))


def disarm(claim: Claim, draft: Draft, fate: Fate) -> None:
    """A dangerous fault is made safe by what is written down of it, by taking the thing in, or by another for it."""
    _deed(claim.told_maker, "report", claim.id, draft, fate)
    _deed(claim.made_safe, "make_safe", claim.id, draft, fate)
    if draft.what == "make_safe":
        gone = [(stay.in_, stay.by or "") for stay in claim.repairs]
        gone += [(end.on, end.by or "") for end in (claim.replaced, claim.returned, claim.refunded) if end]
        fate.kept.extend(Keeping(at, claim.id, person=by) for at, by in gone)


def _deed(deed: Deed | None, what: str, record: str, draft: Draft, fate: Fate) -> None:
    if deed and draft.what == what:
        fate.kept.append(Keeping(deed.at, record, person=deed.by or ""))
