"""What became of a misprint: what the shop did about it, and what it cost to honour it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers import offers, prices
from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.promises import Draft, Fate, Keeping
from aftercare.plain.moments import in_order
from aftercare.plain.money import Amount
from aftercare.records.offer import Misprint, Offer
from aftercare.records.sale import Sale


def settle(affairs: Affairs, drafts: Sequence[Draft], found: dict[str, Fate]) -> None:
    """Note what the offers' own records say of the promises after a misprint."""
    if affairs.customer.id != HOUSE:
        return
    known = {offer.id: offer for offer in affairs.offers}
    for draft in drafts:
        offer = known.get(draft.subject)
        if draft.plan and offer and offer.misprint:
            found[draft.id].kept.extend(_kept(draft, offer, offer.misprint))


def _kept(draft: Draft, offer: Offer, misprint: Misprint) -> Iterator[Keeping]:
    """A correction keeps the promise of its place, the first stock and the first apology those."""
    if draft.plan and draft.plan.after == "place_misprinted" and draft.what == "correct":
        place = offer.published[int(draft.id.rpartition(".")[2]) - 1]
        if place.corrected_at:
            yield Keeping(place.corrected_at, offer.id, person=place.by or "")
    done = {"supply": misprint.supplied, "apology": misprint.apologised}.get(draft.what, [])
    for deed in sorted(done, key=lambda deed: in_order(deed.at))[:1]:
        yield Keeping(deed.at, offer.id, person=deed.by or "")


class Cost(NamedTuple):
    """What it cost to honour what was printed, in the book's own currency.

    ``less`` is what was charged less than was meant, ``given`` what was given that was not meant to be, ``spent`` what
    was written down besides; ``unknown`` names the sales of which too little is known to tell.
    """

    less: Decimal = Decimal()
    given: Decimal = Decimal()
    spent: Decimal = Decimal()
    unknown: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.less + self.given + self.spent


def cost(offer: Offer, sold: Sequence[tuple[Sale, offers.Meeting, Affairs]]) -> Cost:
    """What an offer cost in the sales that met it.

    Nothing but what was written down, as long as it was printed right.
    """
    spent = sum((one.amount.value for one in offer.costs if not one.amount.currency), Decimal())
    less, given, unknown = Decimal(), Decimal(), []
    for sale, met, affairs in sold if offer.misprint else ():
        if offers.is_as_meant(offer, sale.sold_on):
            continue
        price, gifts = _charged_less(offer, sale, met, affairs), _given(offer, sale)
        if price is None or gifts is None:
            unknown.append(sale.id)
        less, given = less + (price or 0), given + (gifts or 0)
    return Cost(less, given, spent, tuple(unknown))


def _charged_less(offer: Offer, sale: Sale, met: offers.Meeting, affairs: Affairs) -> Decimal | None:
    """By how much what was paid lies below what was meant; None where a price is not known."""
    meant, charged = Decimal(), Decimal()
    for row in offer.prices:
        sold = prices.sold_at(row, sale, met, affairs.products) if row.meant else None
        if row.meant is None or sold is None or not sold.sets:
            continue
        if sold.charged is None or row.meant.currency:
            return None
        meant, charged = meant + row.meant.value * sold.sets, charged + sold.charged
    back = sum((paid.amount.value for paid in prices.paid_back(offer, sale) if not paid.amount.currency), Decimal())
    return max(meant - charged + back, Decimal()) if meant else Decimal()


def _given(offer: Offer, sale: Sale) -> Decimal | None:
    """What the things cost that were given and not meant to be; None where that is not known."""
    total = Decimal()
    for given in sale.given:
        if given.offer not in offer.ids or given.row > len(offer.gives):
            continue
        give = offer.gives[given.row - 1]
        if give.holds != "printed":
            continue
        worth = given.cost or _times(give.cost, given.qty or give.qty or 1)
        if worth is None or worth.currency:
            return None
        total += worth.value
    return total


def _times(amount: Amount | None, pieces: int) -> Amount | None:
    return amount._replace(value=amount.value * pieces) if amount else None
