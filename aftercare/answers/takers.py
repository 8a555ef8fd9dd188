"""The sales that meet an offer, and what became of what it promised in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aftercare.answers import offers
from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.ledger import promises_to
from aftercare.answers.misprints import Cost, cost
from aftercare.answers.offers import Meeting, holds_on, meeting
from aftercare.answers.promises import Promise
from aftercare.answers.rules import Rules
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, in_order
from aftercare.records.offer import Offer
from aftercare.records.sale import Sale


class Taker(NamedTuple):
    """A sale that meets an offer, or of which too little is known to tell, with what was promised in it."""

    sale: Sale
    affairs: Affairs
    met: Meeting
    is_as_meant: bool | None
    """Whether what was meant holds for it, and not what was printed; None of an offer without a misprint."""
    promises: tuple[Promise, ...]


class Tally(NamedTuple):
    """What an offer led to: in how many sales, how many promises, and what it cost."""

    sales: int
    promised: int
    kept: int
    open: int
    cost: Cost


def takers(shelf: Shelf, rules: Rules, now: Moment, offer: Offer) -> list[Taker]:
    """The sales that meet an offer, the earliest first; only the ledgers of their customers are reckoned."""
    found = []
    for affairs in affairs_of(shelf).values():
        sales = [(sale, met) for sale in affairs.sales if (met := _met(offer, sale, affairs)).state != "no"]
        promises = promises_to(affairs, rules, now) if any(met.lines for __, met in sales) else []
        found += [_taker(offer, sale, affairs, met, promises) for sale, met in sales]
    return sorted(found, key=lambda taker: (in_order(taker.sale.sold_on), taker.sale.id))


def _met(offer: Offer, sale: Sale, affairs: Affairs) -> Meeting:
    return meeting(offer, sale, affairs.customer, affairs.products)


def _taker(offer: Offer, sale: Sale, affairs: Affairs, met: Meeting, promises: Sequence[Promise]) -> Taker:
    own = tuple(
        one for one in promises if one.draft.record == offer.id and one.draft.subject.partition("/")[0] == sale.id
    )
    meant = offers.is_as_meant(offer, sale.sold_on) if offer.misprint else None
    return Taker(sale, affairs, met, meant, own)


def tally(offer: Offer, found: Sequence[Taker]) -> Tally:
    """The sums over the sales that meet an offer; an apology is no promise of the offer's."""
    met = [taker for taker in found if taker.met.lines]
    promises = [promise for taker in met for promise in taker.promises if promise.what != "apology"]
    return Tally(
        sales=len(met),
        promised=len(promises),
        kept=sum(1 for promise in promises if promise.kept),
        open=sum(1 for promise in promises if promise.is_open),
        cost=cost(offer, [(taker.sale, taker.met, taker.affairs) for taker in met]),
    )


def met_by(shelf: Shelf, affairs: Affairs, sale: Sale) -> Iterator[tuple[Offer, Meeting]]:
    """The offers that a sale meets, or may meet, in the order of their ids."""
    for offer in sorted(shelf.of(Offer), key=lambda offer: offer.id):
        met = _met(offer, sale, affairs)
        if met.state != "no":
            yield offer, met


def in_force(shelf: Shelf, at: Moment) -> set[str]:
    """The ids of the offers that hold at a time."""
    return {offer.id for offer in shelf.of(Offer) if holds_on(offer, at)}
