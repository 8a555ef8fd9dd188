"""The own verbs of deliveries."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers.works import Work, damaged
from aftercare.commands import facts
from aftercare.commands.facts import AT, BEYOND, MOVE
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.commands.works import BY_NAME, CHARGED, EXAMPLE, NOTE, POSTPONED, REF, change, postpone, sign
from aftercare.errors import Contradicts
from aftercare.language import N_, _
from aftercare.plain.moments import iso
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.delivery import Attempt, Delivery
from aftercare.records.schema import fields_of

MAKE_GOOD = N_("Damage on the way was made good.")
_IN_VAIN = next(field.choices for field in fields_of(Attempt) if field.name == "outcome")


@verb(
    "sign",
    N_("Signed for by the customer."),
    REF,
    BY_NAME,
    AT,
    option("--opened/--unopened", default=None, text=N_("unpacked and looked at together with the customer")),
    option("--damage", metavar="S", text=N_("damage on the way; none: looked for and not found")),
    option("--arrived-at", metavar="T", text=N_("when it came")),
    CHARGED,
    BEYOND,
    NOTE,
    JSON,
    example="aftercare delivery sign SA26-0012 --by 王建国 --opened --damage none",
)
def sign_delivery(session: Session, ref: str, by: str, at: str | None, fmt: str, **more: Any) -> None:
    """Sign for a delivery."""
    sign(session, "delivery", ref, fmt, by, at, more)


@verb("postpone", POSTPONED, REF, *MOVE, JSON, example=EXAMPLE.format(kind="delivery"))
def postpone_delivery(session: Session, ref: str, fmt: str, **values: Any) -> None:
    """Move the time of a delivery."""
    postpone(session, "delivery", ref, fmt, values)


@verb(
    "dispatch",
    N_("It left for the customer."),
    REF,
    AT,
    option("--by", "person", metavar="REF", text=N_("who brings it")),
    option("--vehicle", metavar="S", text=N_("with which vehicle")),
    option("--packed/--not-packed", default=None, text=N_("packed as the goods need it")),
    option("--confirmed-by", metavar="S", text=N_("with whom address and recipient were confirmed")),
    JSON,
    example="aftercare delivery dispatch DE26-0009 --by 李师傅 --packed",
)
def dispatch(session: Session, ref: str, at: str | None, confirmed_by: str | None, fmt: str, **more: Any) -> None:
    """A delivery left."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        when = facts.at(session, reader, at)
        edits = facts.sets("delivery", more, reader)
        if confirmed_by:
            edits.append(Set(("confirmed",), {"by": confirmed_by, "at": when}))
        return [*edits, Set(("dispatched_at",), when)]

    change(session, "delivery", ref, "dispatch", fmt, make)


@verb(
    "attempt",
    N_("It came in vain."),
    REF,
    option("--outcome", required=True, type=click.Choice(_IN_VAIN), text=N_("what happened")),
    AT,
    option("--by", metavar="REF", text=N_("who of the shop")),
    NOTE,
    JSON,
    example="aftercare delivery attempt DE26-0009 --outcome nobody_home",
)
def attempt(
    session: Session, ref: str, outcome: str, at: str | None, by: str | None, note: str | None, fmt: str
) -> None:
    """A delivery came in vain."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        fact: dict[str, Tree] = {"at": facts.at(session, reader, at), "outcome": outcome}
        if by:
            fact["by"] = reader.resolve(by, ("staff",))
        if note:
            fact["note"] = note
        return [Append(("attempts",), fact)]

    change(session, "delivery", ref, "attempt", fmt, make, new=False)


@verb(
    "make-good",
    MAKE_GOOD,
    REF,
    option("--how", metavar="S", text=N_("how it was made good"), required=True),
    option("--amount", metavar="M", text=N_("what was paid for it")),
    AT,
    JSON,
    example="aftercare delivery make-good DE26-0009 --how 更换外壳 --amount 50",
)
def make_good(session: Session, ref: str, how: str, amount: str | None, at: str | None, fmt: str) -> None:
    """Damage on the way was made good."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        if not isinstance(work, Delivery) or not damaged(work):
            raise Contradicts(
                _("no damage on the way is written down for {work}").format(work=work.id if work else ref)
            )
        if work.made_good is not None:
            raise Contradicts(
                _("{work}: the damage was made good on {when}").format(work=work.id, when=iso(work.made_good.at))
            )
        fact: dict[str, Tree] = {"at": facts.at(session, reader, at), "how": how}
        if amount:
            fact["amount"] = reader.amount("--amount", amount)
        return [Set(("made_good",), fact)]

    change(session, "delivery", ref, "make-good", fmt, make, new=False)
