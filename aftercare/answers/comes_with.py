"""What comes with a product: the services that are planned for whoever buys it, and what it is entitled to.

It is the same list that makes the promises of a sale, looked at before there is one: the plans in force for its
category on a day, and the entitlements of the standards.  A condition that hangs on who buys is said as a condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers.rules import Rules
from aftercare.plain.moments import Span
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import Plan
from aftercare.policies.standards import SERVICES, Condition, Entitlement, Fact, Facts, State
from aftercare.records.product import Product

AFTER: tuple[str, ...] = (
    "sold",
    "arranged",
    "delivered",
    "installed",
    "guarantee_ends",
    "reported",
    "taken_in",
    "ready",
    "repaired",
    "repaired_at_home",
)
"""The events in the life of what was bought, in their order; what only happens where something went wrong is none."""
_FITTED = frozenset({"installed"})
"""Events of goods that need a fitter alone."""
OF_THE_BUYER = frozenset({"distance_km", "pieces", "needs"})
"""Facts that no product has: they are known when somebody buys it."""


WITHIN = frozenset({"answer", "finish_repair", "information", "supply_part", "replace", "refund"})
"""Kinds of promise whose time is the last day for them; a call or a visit comes about its day."""


class Step(NamedTuple):
    """One plan that holds for a product on a day: how long after its event, and after how long it comes back.

    Where the first time comes after as long as every other, only that is said.
    """

    plan: Plan
    spans: tuple[Span, ...]
    every: Span | None


class Service(NamedTuple):
    """Whether a service is free of charge with a product; ``open`` are the conditions that hang on who buys it."""

    service: str
    state: State
    line: str | None
    condition: Condition | None
    """The one that holds for whoever buys it."""
    value: Fact
    open: tuple[tuple[Entitlement, Condition], ...]
    cite: tuple[str, ...]


def unknown(found: list[Service]) -> list[str]:
    """The facts of the product itself that nobody wrote down, and that might make a service free of charge."""
    facts = (condition.fact for one in found for __, condition in one.open)
    return [fact for fact in dict.fromkeys(facts) if fact not in OF_THE_BUYER]


def steps(product: Product, rules: Rules, on: date) -> list[Step]:
    """The plans for whoever buys the product on a day, in the order of what may happen to it."""
    return [step for event in AFTER for step in _after(event, product, rules, on)]


def _after(event: str, product: Product, rules: Rules, on: date) -> Iterator[Step]:
    category = rules.categories.find(product.category) or ROOT
    if event in _FITTED and not (rules.is_installed(category) or product.as_set):
        return
    if event == "guarantee_ends" and not (product.maker_months or product.maker_parts):
        return
    for plan in rules.plans_after(event, category, on):
        every = plan.recurs.span(on) if plan.recurs else None
        spans = tuple(span for span in plan.spans(on) if span != every)
        is_of_all = plan.waits_for_producer is not True
        if is_of_all and (plan.is_law or rules.counts(on)) and (spans or every):
            yield Step(plan, spans, every)


def services(product: Product, rules: Rules, on: date) -> list[Service]:
    """What the standards in force on a day say of the product: home delivery, and installation."""
    category = rules.categories.find(product.category) or ROOT
    facts: Facts = {
        "weight_kg": product.weight_kg,
        "distance_km": None,
        "pieces": Decimal(1),
        "bulky": product.bulky,
        "as_set": bool(product.as_set),
        "needs_installation": rules.is_installed(category),
        "needs": None,
    }
    fitting = [
        one for one in rules.standards.entitlements if one.in_force(on) and one.suits(category, rules.categories)
    ]
    return [_service(name, [one for one in fitting if one.service == name], facts, on) for name in SERVICES]


def _service(name: str, fitting: list[Entitlement], facts: Facts, on: date) -> Service:
    hanging: list[tuple[Entitlement, Condition]] = []
    for entitlement in fitting:
        for condition in entitlement.any:
            holds = condition.holds(facts, on)
            if holds:
                value = facts[condition.fact]
                return Service(name, "yes", entitlement.line, condition, value, (), entitlement.cite)
            ends = condition.least and condition.figure(on) is None
            if not ends and (holds is None or condition.fact in OF_THE_BUYER):
                hanging.append((entitlement, condition))
    cite = tuple(dict.fromkeys(key for entitlement, __ in hanging for key in entitlement.cite))
    return Service(name, "unknown" if hanging else "no", None, None, None, tuple(hanging), cite)
