"""``sale give`` and ``sale pay-back``: what a customer has as the shop had published it."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers.affairs import customer_of
from aftercare.answers.breaches.all import breaches
from aftercare.answers.kept_with import BY_CONTACT, keep_with
from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.book.pen import Pen
from aftercare.commands import accept, deeds, facts
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.promises import refuse_ended
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import BadValue, Contradicts, NoSuchRecord, SeveralRecords
from aftercare.language import N_, _, word
from aftercare.plain.moments import is_late, iso, parse
from aftercare.plain.splicing import Append
from aftercare.plain.tree import Tree
from aftercare.records.sale import Sale

OFFER = option("--offer", metavar="REF", text=N_("the offer; absent: the only one it can be"))
BY = option("--by", metavar="REF", text=N_("who of the shop"))


@verb(
    "give",
    N_("Something was given as the shop had published it."),
    argument("ref", metavar="REF[/LINE]"),
    OFFER,
    option("--row", type=click.IntRange(min=1), metavar="N", text=N_("which row of what the offer gives")),
    option("--qty", type=click.IntRange(min=1), metavar="N", text=N_("how many pieces; absent: all that are left")),
    option("--cost", metavar="M", text=N_("what it cost the shop in all")),
    AT,
    BY,
    JSON,
    example="aftercare sale give SA26-0012 --offer OF26-0003",
)
def give(session: Session, ref: str, **asked: Any) -> None:
    """Keeps what an offer promised in this sale."""
    with session.writing("sale give") as pen:
        reader = deeds.reader(session, pen.shelf)
        sale, line = _sale(session, pen, ref)
        promise = _promised(session, pen, reader, sale, line, asked)
        row: dict[str, Tree] = {"offer": promise.draft.offer, "row": promise.id.rpartition(".")[2]}
        of_line = promise.draft.subject.partition("/")[2]
        row |= {"item": of_line} if of_line else {}
        left = promise.draft.pieces - promise.kept_pieces
        if asked["qty"]:
            if asked["qty"] > left:
                raise BadValue("--qty", str(asked["qty"]), _("only {count} are still owed").format(count=left))
            row["qty"] = str(asked["qty"])
        row |= _deed(session, reader, sale, asked)
        row |= {"cost": reader.amount("--cost", asked["cost"])} if asked["cost"] else {}
        pen.edit(sale.id, deeds.checked("sale", sale.id, [Append(("given",), row)], pen))
        deeds.written(session, pen, f"sale give {sale.id}")
    deeds.tell(session, pen, fmt=asked["fmt"])


def _sale(session: Session, pen: Pen, ref: str) -> tuple[Sale, str]:
    """The sale that is meant, and its line where one is named."""
    typed = deeds.resolved(session, pen.shelf, ref, ("unit", "sale") if "/" in ref or "、" in ref else ("sale",))
    sale_id, __, line = typed.partition("/")
    sale = pen.shelf.get(sale_id)
    if not isinstance(sale, Sale):
        raise NoSuchRecord(word("sale"), ref)
    return sale, line


def _deed(session: Session, reader: Reader, sale: Sale, asked: dict[str, Any]) -> dict[str, Tree]:
    """When, and by whom; never before the sale."""
    at = facts.at(session, reader, asked["at"])
    if is_late(sale.sold_on, parse(at)):
        sentence = _("{when} is before it was sold ({began})")
        raise Contradicts(sentence.format(when=at.replace("T", " "), began=iso(sale.sold_on).replace("T", " ")))
    return {"at": at, **({"by": reader.resolve(asked["by"], ("staff",))} if asked["by"] else {})}


def _promised(session: Session, pen: Pen, reader: Reader, sale: Sale, line: str, asked: dict[str, Any]) -> Promise:
    """The promise that is meant among those that offers made in the sale."""
    ledger = ledger_of(pen.shelf, session.rules(pen.book), session.now(), [customer_of(pen.shelf, sale) or ""])
    offer = reader.resolve(asked["offer"], ("offer",)) if asked["offer"] else ""
    found = [
        promise
        for promise in ledger.about(sale.id)
        if promise.draft.offer
        and promise.draft.subject.partition("/")[0] == sale.id
        and (not line or promise.draft.subject in {sale.id, f"{sale.id}/{line}"})
        and offer in {"", promise.draft.offer}
        and asked["row"] in {None, int(promise.id.rpartition(".")[2])}
        and promise.what != "apology"
    ]
    # What a contact keeps is meant only where its row is named.
    meant = [promise for promise in found if asked["row"] or promise.what not in BY_CONTACT]
    still = [promise for promise in meant if promise.is_open]
    if len(still) > 1:
        raise SeveralRecords(_("promise"), offer or sale.id, [promise.id for promise in still])
    if len(meant) == 1:
        refuse_ended(meant[0])
    if not still:
        waiting = next((promise for promise in found if promise.is_open), None)
        command = keep_with(waiting, ledger.affairs[waiting.draft.to]) if waiting else ["aftercare", "offer", "list"]
        raise Contradicts(_("nothing that was published is owed in {sale}").format(sale=sale.id), " ".join(command))
    return still[0]


@verb(
    "pay-back",
    N_("What a customer had paid above the published price was paid back."),
    argument("ref", metavar="REF"),
    option("--amount", required=True, metavar="M", text=N_("how much")),
    OFFER,
    AT,
    BY,
    JSON,
    example="aftercare sale pay-back SA26-0012 --amount 4 --offer OF26-0003",
)
def pay_back(session: Session, ref: str, **asked: Any) -> None:
    """Makes good that more was charged than an offer had said."""
    with session.writing("sale pay-back") as pen:
        reader = deeds.reader(session, pen.shelf)
        sale, __ = _sale(session, pen, ref)
        offer = _overcharged(session, pen, reader, sale, asked["offer"])
        paid: dict[str, Tree] = {"offer": offer, "amount": reader.amount("--amount", asked["amount"])}
        paid |= _deed(session, reader, sale, asked)
        pen.edit(sale.id, deeds.checked("sale", sale.id, [Append(("paid_back",), paid)], pen))
        deeds.written(session, pen, f"sale pay-back {sale.id}")
    deeds.tell(session, pen, fmt=asked["fmt"])
    if asked["fmt"] != "json":
        accept.say_settled(session, pen, sale.customer)


def _overcharged(session: Session, pen: Pen, reader: Reader, sale: Sale, said: str | None) -> str:
    """The offer whose price was exceeded: the one that is named, else the only one."""
    rules, now = session.rules(pen.book), session.now()
    found = breaches(pen.shelf, rules, now, groups=["promises"], customers=[sale.customer])
    above = list(
        dict.fromkeys(
            one.id.split("/")[1]
            for one in found
            if one.code == "above-offer" and one.record == sale.id and one.settled is None
        )
    )
    offer = reader.resolve(said, ("offer",)) if said else ""
    if offer in above:
        return offer
    if offer or not above:
        raise Contradicts(_("{sale}: no more was charged than was published").format(sale=sale.id))
    if len(above) > 1:
        raise SeveralRecords(word("offer"), sale.id, above)
    return above[0]
