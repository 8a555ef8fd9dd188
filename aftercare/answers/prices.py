"""Goods sold at a published price: how often a sale has them all, and what was charged for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers.offers import Meeting, Products
from aftercare.records.offer import Offer, Price
from aftercare.records.sale import Item, PaidBack, Sale


class Sold(NamedTuple):
    """Goods that have a price together: how many times they were sold, the goods of all these, and what was charged.

    ``charged`` is None where a price is not known, or is in another currency than the book's.
    """

    sets: int
    goods: tuple[str, ...]
    charged: Decimal | None


def sold_at(row: Price, sale: Sale, met: Meeting, products: Products) -> Sold:
    """What a sale has of the goods of a published price; of several pieces of one product those of the first lines."""
    if not row.goods:
        lines = [sale.items[number - 1] for number in met.lines]
        pieces = [price for item in lines for price in _pieces(item)]
        return Sold(len(pieces), tuple(item.product for item in lines), _sum(pieces))
    wanted = Counter(_id_of_now(one, products) for one in row.goods)
    there = {
        product: [
            price for item in sale.items if _id_of_now(item.product, products) == product for price in _pieces(item)
        ]
        for product in wanted
    }
    sets = min(len(there[product]) // count for product, count in wanted.items())
    taken = [price for product, count in wanted.items() for price in there[product][: sets * count]]
    return Sold(sets, tuple(wanted), _sum(taken))


def paid_back(offer: Offer, sale: Sale) -> list[PaidBack]:
    """What was paid back of a sale since an offer named a lower price."""
    return [one for one in sale.paid_back if one.offer in offer.ids]


def _id_of_now(product: str, products: Products) -> str:
    found = products.get(product)
    return found.id if found else product


def _pieces(item: Item) -> Iterator[Decimal | None]:
    """The price of each piece of a line."""
    price = item.price.value if item.price and not item.price.currency else None
    return (price for __ in range(item.pieces))


def _sum(prices: list[Decimal | None]) -> Decimal | None:
    known = [price for price in prices if price is not None]
    return sum(known, Decimal()) if len(known) == len(prices) else None
