"""Prices above those that the shop had published."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aftercare.answers import offers, prices
from aftercare.answers.breaches.finding import Scope, Seen, Settled, when
from aftercare.answers.prices import Sold
from aftercare.language import _
from aftercare.plain import money
from aftercare.plain.moments import day_of, in_order, is_late
from aftercare.records.offer import Offer, Price
from aftercare.records.sale import Sale


def seen(scope: Scope) -> Iterator[Seen]:
    """Goods that cost the customer more than an offer had said, on the day of the sale.

    A price that nobody wrote down, or one in another currency, proves nothing.
    """
    naming = [offer for offer in scope.affairs.offers if offer.prices]
    for sale in scope.affairs.sales if naming else ():
        for offer in naming if sale.cancelled is None else ():
            met = offers.meeting(offer, sale, scope.affairs.customer, scope.affairs.products)
            if met.lines:
                yield from _above(scope, offer, sale, met)


def _above(scope: Scope, offer: Offer, sale: Sale, met: offers.Meeting) -> Iterator[Seen]:
    """Several prices of one offer are numbered in their order."""
    found = [(nth, row, sold) for nth, row, sold in _sold(scope, offer, sale, met) if _excess(row, sold, offer, sale)]
    made_good = _made_good(scope, offer, sale, sum((_excess(row, sold, offer, sale) for __, row, sold in found)))
    for nth, row, sold in found:
        charged = money.Amount(sold.charged or Decimal())
        published = money.Amount(offers.price_of(row, offer, sale.sold_on).value * sold.sets)
        yield Seen(
            code="above-offer",
            subject=f"{sale.id}/{offer.id}",
            on=day_of(sale.sold_on),
            record=sale.id,
            path=("items",),
            what=_("{charged} charged where {published} was published in {offer}, {title}").format(
                charged=money.plain(charged), published=money.plain(published), offer=offer.id, title=offer.title
            ),
            categories=tuple(line.category for line in scope.lines if line.sale.id == sale.id),
            person=sale.person or "",
            nth=nth,
            bound=True,
            rests_on=(offer.id,),
            made_good=made_good,
        )


def _sold(scope: Scope, offer: Offer, sale: Sale, met: offers.Meeting) -> Iterator[tuple[int, Price, Sold]]:
    for nth, row in enumerate(offer.prices, start=1):
        yield nth, row, prices.sold_at(row, sale, met, scope.affairs.products)


def _excess(row: Price, sold: Sold, offer: Offer, sale: Sale) -> Decimal:
    """By how much what was charged lies above what was published."""
    price = offers.price_of(row, offer, sale.sold_on)
    if sold.charged is None or price.currency:
        return Decimal()
    return max(sold.charged - price.value * sold.sets, Decimal())


def _made_good(scope: Scope, offer: Offer, sale: Sale, excess: Decimal | int) -> Settled | None:
    """The day by which all of it had been paid back, if it was."""
    back = Decimal()
    for paid in sorted(prices.paid_back(offer, sale), key=lambda paid: in_order(paid.at)):
        back += paid.amount.value if not paid.amount.currency else 0
        if back >= excess and not is_late(paid.at, scope.now):
            how = _("{amount} paid back on {when}").format(amount=money.plain(money.Amount(back)), when=when(paid.at))
            return Settled("made_good", day_of(paid.at), sale.id, how)
    return None
