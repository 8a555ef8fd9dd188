"""Questions about offers: which sales meet one, what it cost, which are in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aftercare.answers.affairs import affairs_with, customer_of
from aftercare.answers.ledger import ledger_of
from aftercare.answers.takers import Taker, in_force, met_by, takers, tally
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.errors import NoSuchRecord
from aftercare.language import N_, _, word
from aftercare.plain.moments import parse
from aftercare.records.offer import Offer
from aftercare.records.sale import Sale
from aftercare.render import offers as shown
from aftercare.render.output import put, put_json
from aftercare.render.promises import kind_name, state_name
from aftercare.render.rows import Choice, emit

REF = argument("ref", metavar="REF")


def _offer(session: Session, shelf: Shelf, ref: str) -> Offer:
    offer = shelf.get(deeds.resolved(session, shelf, ref, ("offer",)))
    if not isinstance(offer, Offer):
        raise NoSuchRecord(word("offer"), ref)
    return offer


def _takers(session: Session, shelf: Shelf, offer: Offer) -> list[Taker]:
    return takers(shelf, session.rules(session.book()), session.now(), offer)


@verb(
    "sales",
    N_("The sales that meet an offer, and how each promise of it stands."),
    REF,
    *output_options(),
    example="aftercare offer sales OF26-0001",
)
def sales(session: Session, ref: str, **asked: Any) -> None:
    """Sales of which too little is known to tell are among them, with what is missing."""
    shelf = session.read(session.book())
    offer = _offer(session, shelf, ref)
    found = _takers(session, shelf, offer)
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    if choice.fmt == "table" and not choice.fields and not choice.sort:
        for taker in found[: choice.limit]:
            for line in shown.sentences(taker, shelf):
                put(line)
    else:
        emit([shown.row(offer, taker) for taker in found], [], choice, header=shown.FIELDS)


@verb(
    "cost",
    N_("What an offer led to, and what it cost to honour a misprint."),
    REF,
    JSON,
    example="aftercare offer cost OF26-0001",
)
def cost(session: Session, ref: str, fmt: str) -> None:
    """Reckoned from the sales and what was written down."""
    shelf = session.read(session.book())
    offer = _offer(session, shelf, ref)
    sums = tally(offer, _takers(session, shelf, offer))
    currency = shelf.settings.currency or ""
    if fmt == "json":
        put_json(shown.cost_row(offer, sums, currency), indent=1)
        return
    for line in shown.tallied(offer, sums, currency):
        put(line)


def page(session: Session, shelf: Shelf, offer: Offer) -> Iterator[str]:
    """What the page of an offer says of its sales."""
    found = _takers(session, shelf, offer)
    if any(taker.met.lines for taker in found) or offer.misprint:
        yield from shown.tallied(offer, tally(offer, found), shelf.settings.currency or "")


def of_sale(session: Session, shelf: Shelf, sale: Sale) -> Iterator[str]:
    """What the page of a sale says of the offers that it meets; nothing where there are none."""
    owner = customer_of(shelf, sale) if any(True for __ in shelf.of(Offer)) else None
    if owner is None:
        return
    ledger = ledger_of(shelf, session.rules(session.book()), session.now(), [owner])
    for offer, met in met_by(shelf, ledger.affairs[owner], sale):
        if met.missing:
            yield f"{offer.id} {offer.title}: {shown.missing(met, shelf)}"
            continue
        promised = [p for p in ledger.promises if p.draft.record == offer.id and p.draft.subject.startswith(sale.id)]
        said = _(", ").join(f"{kind_name(one.what)} {state_name(one.state)}" for one in promised)
        yield f"{offer.id} {offer.title}" + (f": {said}" if said else "")


def among(session: Session, shelf: Shelf, asked: Mapping[str, Any]) -> set[str]:
    """The offers in force on a day, and those that a sale meets, where these are asked for."""
    wanted = {offer.id for offer in shelf.of(Offer)}
    if asked["on"]:
        wanted &= in_force(shelf, parse(deeds.reader(session, shelf).date("--on", asked["on"])))
    if asked["sale"]:
        sale = shelf.get(deeds.resolved(session, shelf, asked["sale"], ("sale",)))
        affairs = affairs_with(shelf, customer_of(shelf, sale) or "") if isinstance(sale, Sale) else None
        met = met_by(shelf, affairs, sale) if affairs and isinstance(sale, Sale) else ()
        wanted &= {offer.id for offer, found in met if found.lines}
    return wanted
