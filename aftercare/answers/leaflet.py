"""What goes onto the leaflet of a product: what it is, where more is told of it, and the services that come with it."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.answers.comes_with import Service, Step, services, steps
from aftercare.answers.rules import Rules
from aftercare.book.settings import Shop
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, day_of
from aftercare.records.product import Product


@dataclass(frozen=True)
class Leaflet:
    """Everything on a leaflet; the services are those of who buys it on the day on which it is printed."""

    product: Product
    category: str
    """The id of its category; "" where there is none of that name."""
    shop: Shop
    printed_on: Moment
    steps: tuple[Step, ...]
    services: tuple[Service, ...]


def leaflet(shelf: Shelf, rules: Rules, product: Product, now: Moment) -> Leaflet:
    """The leaflet of a product as it is known now."""
    on = day_of(now)
    return Leaflet(
        product=product,
        category=rules.categories.find(product.category) or "",
        shop=shelf.settings.shop_facts,
        printed_on=now,
        steps=tuple(steps(product, rules, on)),
        services=tuple(services(product, rules, on)),
    )
