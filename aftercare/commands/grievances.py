"""Complaints that a contact opens: in the same command, in the same commit, with what the customer said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aftercare.answers.affairs import affairs_of
from aftercare.answers.rounds import ways
from aftercare.answers.rules import Rules
from aftercare.answers.unhappy import grievance, same_matter, subjects_of
from aftercare.book.pen import Pen
from aftercare.commands import deeds
from aftercare.commands.deeds import Beside
from aftercare.language import _
from aftercare.plain.moments import Moment, iso
from aftercare.plain.splicing import Append
from aftercare.plain.tree import Tree
from aftercare.records.visit import Visit


class Hearing(NamedTuple):
    """Where something was heard: from which customer, about what, when, in which record, by whom, and how."""

    customer: str
    about: Sequence[str]
    at: Moment
    record: str
    by: str = ""
    channel: str = ""

    @property
    def person(self) -> dict[str, Tree]:
        """Who of the shop heard it, as a record says it."""
        return {"by": self.by} if self.by else {}


def hearing(visit: Visit) -> Hearing:
    """A contact, as the place where something was heard."""
    return Hearing(visit.customer, subjects_of(visit), visit.at, visit.id, visit.by or "", visit.channel)


NOTHING = Beside({"opened": [], "reopened": []}, [])
"""Nothing was opened."""


def by_itself(pen: Pen, visit: Visit, rules: Rules) -> Beside:
    """Open a complaint for what a contact tells, if it tells of any; about a complaint it tells that it came back."""
    affairs = affairs_of(pen.shelf.around([visit.customer]))[visit.customer]
    what = grievance(visit, affairs, rules)
    known = same_matter(visit, affairs)
    if not what:
        return NOTHING
    if known is None:
        new = open_complaint(pen, hearing(visit), what)
        return Beside({"opened": [new], "reopened": []}, [_("opened complaint {complaint}").format(complaint=new)])
    if not ways(known)[-1].is_settled:
        return NOTHING
    back: dict[str, Tree] = {"at": iso(visit.at), "reason": what, **hearing(visit).person, "heard_in": visit.id}
    pen.edit(known.id, [Append(("reopened",), back)])
    said = _("{complaint} came back: it is reopened").format(complaint=known.id)
    return Beside({"opened": [], "reopened": [known.id]}, [said])


def together(one: Beside, other: Beside) -> Beside:
    """What two lots of records opened, as one answer."""
    rows = {name: [*one.rows.get(name, ()), *other.rows.get(name, ())] for name in NOTHING.rows}
    return Beside(rows, [*one.said, *other.said])


def open_complaint(pen: Pen, heard: Hearing, what: str, resolved: dict[str, Tree] | None = None) -> str:
    """Write down a complaint that was heard, about the same things, *resolved* at once or not; its id."""
    tree: dict[str, Tree] = {
        "customer": heard.customer,
        "about": list(heard.about),
        "received_at": iso(heard.at),
        "channel": heard.channel or None,
        "what": what,
        **heard.person,
        "heard_in": heard.record,
        "resolved": [resolved] if resolved else [],
    }
    with deeds.typed_in("complaint"):
        return pen.add("complaint", tree).id
