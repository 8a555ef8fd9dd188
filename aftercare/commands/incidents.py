"""What is done at once about danger to people: made safe, and the maker told; of a complaint or of a claim."""

from __future__ import annotations

from typing import Any

from aftercare.commands import claims, complaints, facts
from aftercare.commands.complaints import BY, REF
from aftercare.commands.facts import AT
from aftercare.commands.generic import JSON
from aftercare.commands.own_verbs import SAFE, TOLD
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, option, verb
from aftercare.errors import Contradicts
from aftercare.language import N_, _
from aftercare.plain.moments import iso
from aftercare.plain.splicing import Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.base import Deed

HOW = option("--how", metavar="S", text=N_("how"))
_DONE = {
    "made_safe": N_("{record} was made safe on {when} already"),
    "told_maker": N_("the maker was told on {when} already"),
}


def _of_complaint(name: str, field: str, sentence: str) -> Verb:
    """A verb that notes a deed about the incident of a complaint."""

    def note(session: Session, **asked: Any) -> None:
        def make(desk: complaints.Desk) -> list[Edit]:
            incident = desk.complaint.incident
            if incident is None:
                raise Contradicts(
                    _("{complaint} tells of no incident").format(complaint=desk.complaint.id),
                    f"aftercare complaint set {desk.complaint.id} incident.kind=danger",
                )
            _refuse_done(getattr(incident, field), field, desk.complaint.id)
            # Of the day of the incident, not of the round: the danger may be removed before the matter is taken down.
            tree: dict[str, Tree] = {"at": facts.at(desk.session, desk.reader, desk.asked["at"]), **desk.person("by")}
            return [Set(("incident", field), tree | _how(desk.asked["how"]))]

        complaints.change(session, name, make, over=True, **asked)

    example = f"aftercare complaint {name} CO26-0001 --how …"
    return verb(name, sentence, REF, HOW, AT, BY, JSON, example=example)(note)


def _of_claim(name: str, field: str, sentence: str) -> Verb:
    """A verb that notes a deed about the dangerous fault of a claim."""

    def note(session: Session, ref: str, how: str | None, at: str | None, by: str | None, fmt: str) -> None:
        def make(desk: claims.Desk) -> list[Edit]:
            if not desk.claim.touches_safety:
                raise Contradicts(
                    _("{claim} tells of no danger").format(claim=desk.claim.id),
                    f"aftercare claim set {desk.claim.id} fault.severity=safety",
                )
            _refuse_done(getattr(desk.claim, field), field, desk.claim.id)
            when = desk.at(at)
            claims.refuse_before(when, desk.claim.reported_on, _("{when} is before it was reported ({began})"))
            return [Set((field,), {"at": when, **desk.person(by), **_how(how)})]

        claims.change(session, ref, name, fmt, make, closed=True)

    return verb(name, sentence, REF, HOW, AT, BY, JSON, example=f"aftercare claim {name} CL26-0004 --how …")(note)


def _how(said: str | None) -> dict[str, Tree]:
    return {"how": said} if said else {}


def _refuse_done(deed: Deed | None, field: str, record: str) -> None:
    if deed is not None:
        when = iso(deed.at).replace("T", " ")
        raise Contradicts(_(_DONE[field]).format(record=record, when=when))


complaint_make_safe = _of_complaint("make-safe", "made_safe", SAFE)
complaint_tell_maker = _of_complaint("tell-maker", "told_maker", TOLD)
claim_make_safe = _of_claim("make-safe", "made_safe", SAFE)
claim_tell_maker = _of_claim("tell-maker", "told_maker", TOLD)
