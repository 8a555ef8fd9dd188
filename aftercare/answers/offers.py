"""What an offer says of a sale: whether the sale meets it, which of its rows hold, and at which price.

A misprint is honoured as published: until it has been corrected everywhere, what was printed is promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers.distance import distance, is_of_sale
from aftercare.plain.moments import Moment, Span, in_order, is_late
from aftercare.plain.money import Amount
from aftercare.plain.text import fold
from aftercare.policies import categories
from aftercare.policies.categories import ROOT
from aftercare.records.customer import Customer
from aftercare.records.fields import span_of
from aftercare.records.offer import Give, Meets, Offer, Place, Price
from aftercare.records.product import Product
from aftercare.records.sale import Sale

WORKS = frozenset({"deliver", "install"})
"""What is promised for each line as the work itself: an offer tells its time where the sale did not."""
OF_UNITS = frozenset({"call_back", "revisit", "inspection", "maintenance", "training"})
"""What is about the thing, and so is promised for each line of a sale; everything else is promised for the sale."""
Products = Mapping[str, Product]


class Meeting(NamedTuple):
    """Whether a sale meets an offer: ``yes``, ``no``, or ``unknown`` while facts are missing.

    ``lines`` are those it speaks of, counted from 1, of a sale that meets it; ``missing`` says which fields of which
    records would have to be known.  What is not known promises nothing.
    """

    state: str
    lines: tuple[int, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


NO = Meeting("no")


def holds_on(offer: Offer, at: Moment) -> bool:
    """Whether it holds at a time: from its first day to its last, both included, unless it was withdrawn before."""
    first = offer.since or offer.published_on
    ends = [end for end in (offer.until, offer.ended.on if offer.ended else None) if end]
    return not is_late(first, at) and not any(is_late(at, end) for end in ends)


def meeting(offer: Offer, sale: Sale, customer: Customer, products: Products) -> Meeting:
    """Whether a sale of the *customer* meets an offer."""
    if not holds_on(offer, sale.sold_on):
        return NO
    wanted = offer.meets
    every = tuple(range(1, len(sale.items) + 1))
    if wanted is None:
        return Meeting("yes", every) if every else NO
    lines = tuple(number for number in every if _speaks_of(wanted, sale.items[number - 1].product, products))
    answers = list(_conditions(wanted, sale, lines, customer))
    if not lines or any(answer is False for answer, __ in answers):
        return NO
    missing = tuple(where for answer, where in answers if answer is None)
    return Meeting("unknown", (), missing) if missing else Meeting("yes", lines)


def _speaks_of(wanted: Meets, product_id: str, products: Products) -> bool:
    if not wanted.products and not wanted.category:
        return True
    product = products.get(product_id)
    if product is None:
        return False
    named = {found.id for one in wanted.products if (found := products.get(one))}
    return product.id in named or bool(wanted.category and _is_of(product, wanted.category))


def _is_of(product: Product, category: str) -> bool:
    tree = categories.tree()
    wanted = tree.find(category)
    return wanted is not None and tree.is_a(tree.find(product.category) or ROOT, wanted)


def _conditions(
    wanted: Meets, sale: Sale, lines: tuple[int, ...], customer: Customer
) -> Iterator[tuple[bool | None, tuple[str, str]]]:
    """What it asks beside the goods, each with the place that says it; ``None`` where nobody wrote it down."""
    if wanted.channels:
        yield (sale.channel or "shop") in wanted.channels, (sale.id, "channel")
    if wanted.pieces:
        yield sum(sale.items[line - 1].pieces for line in lines) >= wanted.pieces, (sale.id, "items")
    if wanted.amount:
        yield _is_worth(sale, wanted.amount), (sale.id, "items.price")
    if wanted.within_km is not None:
        goes = distance(customer, sale)
        own = is_of_sale(customer, sale)
        where = (sale.id, "deliver_to.distance_km") if own else (customer.id, "address.distance_km")
        yield (None if goes is None else goes <= wanted.within_km), where
    if wanted.regions:
        region = customer.address.region if customer.address else None
        regions = {_key(one) for one in wanted.regions}
        yield (None if region is None else _key(region) in regions), (customer.id, "address.region")
    if wanted.members:
        yield _is_member(customer, wanted.members, sale.sold_on), (customer.id, "memberships")


def _is_worth(sale: Sale, least: Amount) -> bool | None:
    """Whether the sale is of so much; what is known may be enough, whatever the rest costs."""
    prices = [item.price for item in sale.items]
    known = sum(
        (item.price.value * item.pieces for item in sale.items if _is_like(item.price, least) and item.price), Decimal()
    )
    if known >= least.value:
        return True
    return None if None in prices else False


def _is_like(amount: Amount | None, other: Amount) -> bool:
    """Whether an amount is in the same currency as the other."""
    return amount is not None and amount.currency == other.currency


def _is_member(customer: Customer, of: list[str], on: Moment) -> bool:
    wanted = {_key(one) for one in of}
    return any(_key(one.of) in wanted and one.holds(on) for one in customer.memberships)


def _key(text: str) -> str:
    return fold(text).casefold()


def misprinted(offer: Offer) -> list[tuple[int, Place]]:
    """The places where the misprint stood, each with its number among all; what came later was printed right."""
    if offer.misprint is None:
        return []
    noticed = offer.misprint.at
    numbered = enumerate(offer.published, start=1)
    return [(number, place) for number, place in numbered if not is_late(place.at, noticed)]


def relied_until(offer: Offer) -> Moment | None:
    """Until when customers could rely on what was printed, that is until the last place was put right.

    ``None``: they still can.
    """
    ends: list[Moment] = []
    for __, place in misprinted(offer):
        if place.corrected_at is None:
            return None
        ends.append(place.corrected_at)
        ends += [place.until] if place.until else []
    return max(ends, key=in_order, default=None)


def is_as_meant(offer: Offer, at: Moment) -> bool:
    """Whether a sale of that time goes by what was meant, since nobody could rely on the misprint any more."""
    end = relied_until(offer) if offer.misprint else None
    return end is not None and is_late(at, end)


def rows(offer: Offer, at: Moment) -> Iterator[tuple[int, Give]]:
    """What it gives in a sale of that time, each row with its number."""
    other = "printed" if is_as_meant(offer, at) else "meant"
    return ((number, give) for number, give in enumerate(offer.gives, start=1) if give.holds != other)


def price_of(row: Price, offer: Offer, at: Moment) -> Amount:
    """The price that holds in a sale of that time: as it was published, else as it was meant."""
    return row.meant if row.meant and is_as_meant(offer, at) else row.price


def after(within: str, begins: Moment) -> Moment:
    """The end of a published time; hours after a day of which nobody noted the hour are counted in its whole days."""
    span = span_of(within)
    if span.hours and not isinstance(begins, datetime):
        return Span(days=span.hours // 24).after(begins)
    return span.after(begins)
