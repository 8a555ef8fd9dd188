"""How far the goods of a sale go."""

from __future__ import annotations

from decimal import Decimal

from aftercare.records.customer import Customer
from aftercare.records.sale import Sale


def goes_elsewhere(customer: Customer, sale: Sale) -> bool:
    """Whether the goods go to another address than the buyer's, so that the buyer's distance says nothing."""
    to, home = sale.deliver_to, customer.address
    return bool(to and to.address and to.address != (home.text if home else None))


def is_of_sale(customer: Customer, sale: Sale) -> bool:
    """Whether the sale itself says, or should say, how far it goes."""
    return bool(sale.deliver_to and (sale.deliver_to.distance_km is not None or goes_elsewhere(customer, sale)))


def distance(customer: Customer, sale: Sale) -> Decimal | None:
    """How many km it goes; ``None``: nobody wrote it down."""
    to, home = sale.deliver_to, customer.address
    if to and to.distance_km is not None:
        return to.distance_km
    return home.distance_km if home and not goes_elsewhere(customer, sale) else None
