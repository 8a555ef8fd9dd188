"""Who is entitled to which service free of charge, and why: home delivery and installation, line by line of a sale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.distance import distance, is_of_sale
from aftercare.answers.lines import told_of
from aftercare.answers.rules import Rules
from aftercare.plain.moments import day_of
from aftercare.policies.categories import ROOT
from aftercare.policies.standards import SERVICES, Eligibility, Fact, Facts, State, eligible
from aftercare.records.product import Product
from aftercare.records.sale import Item, Sale


class Where(NamedTuple):
    """The field of a record that says a fact."""

    record: str
    field: str


class Because(NamedTuple):
    """The condition that holds: the fact, its value, from how much on it counts, and where the value stands."""

    fact: str
    value: Fact
    least: Decimal | None
    at: Where


class Entitled(NamedTuple):
    """Whether one line of a sale comes with a service free of charge.

    ``line`` is the clause that says so, or the first that would if more were known; ``missing`` says what would have
    to be known, and is empty for a plain yes or no.
    """

    unit: str
    service: str
    state: State
    line: str | None
    because: Because | None
    missing: tuple[Where, ...]
    cite: tuple[str, ...]


def entitled(affairs: Affairs, sale: Sale, line_number: int, rules: Rules) -> list[Entitled]:
    """What a line of a sale, counted from 1, comes with by the standards in force on the day of the sale."""
    item = sale.items[line_number - 1]
    product = affairs.products.get(item.product)
    category = (rules.categories.find(product.category) if product else None) or ROOT
    facts = _facts(affairs, sale, item, product, needs_installation=rules.is_installed(category))
    where, on, found = _where(affairs, sale, item), day_of(sale.sold_on), []
    for service in SERVICES:
        answer = eligible(rules.standards.entitlements, service, category, facts, on, rules.categories)
        clause = answer.entitlement
        found.append(
            Entitled(
                unit=f"{sale.id}/{line_number}",
                service=service,
                state=answer.state,
                line=clause.line if clause else None,
                because=_because(answer, facts, where, on),
                missing=tuple(where[fact] for fact in answer.missing),
                cite=clause.cite if clause else (),
            )
        )
    return found


def unpromised(affairs: Affairs, sale: Sale, rules: Rules) -> Iterator[Entitled]:
    """The lines that are entitled to home delivery, are not taken home and were told no time for it."""
    for number, item in enumerate(sale.items, start=1):
        if not item.taken and told_of(affairs, sale, number, rules).deliver is None:
            yield from (
                one
                for one in entitled(affairs, sale, number, rules)
                if one.service == "home_delivery" and one.state == "yes"
            )


def _because(answer: Eligibility, facts: Facts, where: dict[str, Where], on: date) -> Because | None:
    condition = answer.condition
    if answer.state != "yes" or condition is None:
        return None
    value = facts[condition.fact]
    value = value & condition.needs if isinstance(value, frozenset) else value
    return Because(condition.fact, value, condition.figure(on), where[condition.fact])


def _facts(affairs: Affairs, sale: Sale, item: Item, product: Product | None, *, needs_installation: bool) -> Facts:
    weight = product.weight_kg if product else None
    return {
        "weight_kg": None if weight is None else weight * item.pieces,
        "distance_km": distance(affairs.customer, sale),
        "pieces": Decimal(sum(one.pieces for one in sale.items)),
        "bulky": product.bulky if product else None,
        "as_set": bool(product and product.as_set),
        "needs_installation": needs_installation,
        "needs": frozenset(affairs.customer.needs),
    }


def _where(affairs: Affairs, sale: Sale, item: Item) -> dict[str, Where]:
    own = is_of_sale(affairs.customer, sale)
    customer = affairs.customer.id
    return {
        "weight_kg": Where(item.product, "weight_kg"),
        "distance_km": Where(sale.id, "deliver_to.distance_km") if own else Where(customer, "address.distance_km"),
        "pieces": Where(sale.id, "items"),
        "bulky": Where(item.product, "bulky"),
        "as_set": Where(item.product, "as_set"),
        "needs_installation": Where(item.product, "category"),
        "needs": Where(customer, "needs"),
    }
