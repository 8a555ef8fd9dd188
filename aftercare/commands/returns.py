"""The own verbs of claims for what goes back: the goods to the shop, and the money to the customer."""

from __future__ import annotations

from typing import Any

import click

from aftercare.commands.claims import REF, Desk, change, read, refuse_refunded, spoken, unit_of
from aftercare.commands.facts import AT
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.errors import BadValue, Contradicts
from aftercare.language import N_, _
from aftercare.plain.splicing import Edit, Set
from aftercare.records.claim import Returned


@verb(
    "return",
    N_("The goods came back for good: the customer does not keep them."),
    REF,
    AT,
    option("--qty", type=click.IntRange(min=1), metavar="N", text=N_("how many pieces of the line; absent: all of it")),
    option("--condition", metavar="S", text=N_("in what condition")),
    option("--complete/--incomplete", default=None, text=N_("with everything that belongs to them, or not")),
    option("--by", metavar="REF", text=N_("who took them in")),
    JSON,
    example="aftercare claim return CL26-0004 --condition 未使用，吊牌完好 --complete --by 李师傅",
)
def return_(session: Session, ref: str, at: str | None, qty: int | None, fmt: str, **more: Any) -> None:
    """What the customer had bought is with the shop again, also where the claim was closed before it came."""

    def make(desk: Desk) -> list[Edit]:
        if desk.claim.returned:
            when = spoken(desk.claim.returned.on)
            raise Contradicts(
                _("{claim}: the goods came back on {when} already").format(claim=desk.claim.id, when=when)
            )
        __, item = unit_of(desk)
        pieces = item.pieces if item else 1
        if qty and qty > pieces:
            raise BadValue("--qty", str(qty), _("only {count} were sold").format(count=pieces))
        values = read(desk.reader, Returned, {**more, "qty": str(qty) if qty else None})
        return [Set(("returned",), {"on": desk.at(at), **values})]

    change(session, ref, "return", fmt, make, closed=True)


@verb(
    "refund",
    N_("Money was paid back."),
    REF,
    option("--amount", required=True, metavar="M", text=N_("how much")),
    AT,
    option("--by", metavar="REF", text=N_("who paid it")),
    JSON,
    example="aftercare claim refund CL26-0004 --amount 3299",
)
def refund(session: Session, ref: str, amount: str, at: str | None, by: str | None, fmt: str) -> None:
    """The price was paid back."""

    def make(desk: Desk) -> list[Edit]:
        refuse_refunded(desk, unit_of(desk)[0])
        paid = {"on": desk.at(at), "amount": desk.reader.amount("--amount", amount)}
        return [Set(("refunded",), {**paid, **desk.person(by)})]

    change(session, ref, "refund", fmt, make)
