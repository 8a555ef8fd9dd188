"""Complaints that a contact opens: in the same command, in the same commit, with what the customer said."""

from __future__ import annotations

from aftercare.answers.affairs import affairs_of
from aftercare.answers.rounds import ways
from aftercare.answers.rules import Rules
from aftercare.answers.unhappy import grievance, same_matter, subjects_of
from aftercare.book.pen import Pen
from aftercare.commands import deeds
from aftercare.commands.deeds import Beside
from aftercare.language import _
from aftercare.plain.moments import iso
from aftercare.plain.splicing import Append
from aftercare.plain.tree import Tree
from aftercare.records.visit import Visit

NOTHING = Beside({"opened": [], "reopened": []}, [])
"""Nothing was opened."""


def by_itself(pen: Pen, visit: Visit, rules: Rules) -> Beside:
    """Open a complaint for what a contact tells, if it tells of any; about a complaint it tells that it came back."""
    affairs = affairs_of(pen.shelf)[visit.customer]
    what = grievance(visit, affairs, rules)
    known = same_matter(visit, affairs)
    if not what:
        return NOTHING
    if known is None:
        new = open_complaint(pen, visit, what)
        return Beside({"opened": [new], "reopened": []}, [_("opened complaint {complaint}").format(complaint=new)])
    if not ways(known)[-1].is_settled:
        return NOTHING
    back: dict[str, Tree] = {"at": iso(visit.at), "reason": what, **_by(visit), "heard_in": visit.id}
    pen.edit(known.id, [Append(("reopened",), back)])
    said = _("{complaint} came back: it is reopened").format(complaint=known.id)
    return Beside({"opened": [], "reopened": [known.id]}, [said])


def together(one: Beside, other: Beside) -> Beside:
    """What two lots of records opened, as one answer."""
    rows = {name: [*one.rows.get(name, ()), *other.rows.get(name, ())] for name in NOTHING.rows}
    return Beside(rows, [*one.said, *other.said])


def open_complaint(pen: Pen, visit: Visit, what: str, resolved: dict[str, Tree] | None = None) -> str:
    """Write down a complaint that was heard in a contact, about the same things, *resolved* at once or not; its id."""
    tree: dict[str, Tree] = {
        "customer": visit.customer,
        "about": list(subjects_of(visit)),
        "received_at": iso(visit.at),
        "channel": visit.channel,
        "what": what,
        **_by(visit),
        "heard_in": visit.id,
        "resolved": [resolved] if resolved else [],
    }
    with deeds.typed_in("complaint"):
        return pen.add("complaint", tree).id


def _by(visit: Visit) -> dict[str, Tree]:
    return {"by": visit.by} if visit.by else {}
