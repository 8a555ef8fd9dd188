"""``promise inform``: the customer was told about a promise, most often that it will be late."""

from __future__ import annotations

import click

from aftercare.answers.due import channel_of
from aftercare.answers.owed import named, refuse_house
from aftercare.answers.promises import Promise
from aftercare.book.pen import Pen
from aftercare.commands import deeds, facts
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.promises import REF, promise_now, refuse_ended
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.language import N_
from aftercare.plain.tree import Tree
from aftercare.records.schema import fields_of
from aftercare.records.visit import Visit
from aftercare.records.words import CHANNELS

_OUTCOMES = next(field.choices for field in fields_of(Visit) if field.name == "outcome")


@verb(
    "inform",
    N_("The customer was told about a promise: that it will be late, who comes, that it is ready."),
    REF,
    option("--what", required=True, metavar="S", text=N_("what was told")),
    option("--channel", type=click.Choice(CHANNELS), text=N_("how; absent: as the customer wishes")),
    option("--by", metavar="REF", text=N_("who of the shop told it")),
    option("--outcome", type=click.Choice(_OUTCOMES), default="reached", text=N_("whether the customer was reached")),
    AT,
    JSON,
    example="aftercare promise inform SA26-0012/1/install --what 师傅车坏了，明天上午到",
)
def inform(
    session: Session, ref: str, what: str, channel: str | None, by: str | None, outcome: str, at: str | None, fmt: str
) -> None:
    """A contact about what was promised; one that was promised itself is kept by it."""

    def make(pen: Pen, reader: Reader) -> dict[str, Tree]:
        ledger, promise = promise_now(session, pen, ref)
        refuse_ended(promise)
        refuse_house(promise, ledger)
        way = channel or channel_of(promise, ledger.affairs[promise.draft.to]) or "phone"
        tree: dict[str, Tree] = {"customer": promise.draft.to, "about": _about(promise), "channel": way}
        tree["purpose"] = "information"
        if promise.what == "information":
            tree["keeps"] = [promise.id]
        tree["at"] = facts.at(session, reader, at)
        if by:
            tree["by"] = reader.resolve(by, ("staff",))
        return tree | {"outcome": outcome, "note": what}

    deeds.add_one(session, "visit", make, fmt=fmt, verb="inform")


def _about(promise: Promise) -> list[Tree]:
    """What it is about; a spoken one too that has no subject but itself."""
    draft = promise.draft
    subjects = [draft.subject, *draft.about] if draft.id == draft.record else [named(draft.subject)]
    return list(dict.fromkeys(subject for subject in subjects if subject != draft.to))
