"""Services for a thing in use: which visit is for which of them, and when there is nothing left to serve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from aftercare.answers.affairs import Affairs
from aftercare.answers.at_home import units_of
from aftercare.answers.promises import Draft, Event, Turn
from aftercare.answers.rules import Rules
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.records.customer import Customer
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit

UPKEEP = frozenset({"revisit", "inspection", "maintenance", "training"})
"""What is done for a thing while it is in use."""
SEEING_TO_IT = frozenset({"maintenance", "repair"})
"""The purposes of visits that take up what another left to do."""


def in_time(visit: Visit) -> tuple[tuple[datetime, bool], str]:
    """A key that sorts visits as they came."""
    return in_order(visit.at), visit.id


def is_left_over(draft: Draft) -> bool:
    """Whether it is of what a visit left to do."""
    return draft.plan is not None and draft.plan.after == "left_undone"


def taken_up(visit: Visit, affairs: Affairs, rules: Rules, drafts: Sequence[Draft], settled: set[str]) -> Iterator[str]:
    """What earlier visits left to do for the same units: the next visit to see to them does it, named or not."""
    left = [draft for draft in drafts if is_left_over(draft) and draft.id not in settled]
    if not left or visit.purpose not in SEEING_TO_IT or visit.outcome != "reached":
        return
    units = set(units_of(affairs, visit, rules))
    for draft in left:
        if units.intersection(draft.about) and (in_order(draft.made_on), draft.record) < in_time(visit):
            yield draft.id


def nearest(turn: Turn, before: Moment) -> date:
    """The first day that is nearer to one time of a plan than to the time *before*; what comes sooner is an extra."""
    return turn.day - (turn.day - day_of(before)) // 2


def retired(affairs: Affairs) -> dict[str, Event]:
    """The units that are out of use for good."""
    return {
        unit: Event(item.retired.on, sale.id, item.retired.reason or _("out of use for good"))
        for unit, sale, item in affairs.units()
        if item.retired
    }


def came_back(affairs: Affairs) -> dict[str, Event]:
    """The units that came back and were paid back, whole, each with the record that says so and the later of the days.

    One that was only paid back may still stand at the customer's, and one that only came back may yet be mended.
    """
    pieces = {unit: item.pieces for unit, __, item in affairs.units()}
    found: dict[str, Event] = {}
    for claim in affairs.claims:
        back, paid = claim.returned, claim.refunded
        if back and paid and (back.qty or pieces.get(claim.unit, 1)) >= pieces.get(claim.unit, 1):
            at = max(back.on, paid.on, key=in_order)
            found[claim.unit] = Event(at, claim.id, _("the goods came back and were paid back"))
    return found


def ended(affairs: Affairs) -> dict[str, Event]:
    """How it ended with units, whatever the reason; one that was exchanged goes on as another."""
    out_of_use, back = retired(affairs), came_back(affairs)
    found: dict[str, Event] = {}
    for unit, sale, __ in affairs.units():
        customer = affairs.customer
        ends = (left(customer), forgotten(customer), called_off(sale), out_of_use.get(unit), back.get(unit))
        if known := [event for event in ends if event]:
            found[unit] = min(known, key=lambda event: in_order(event.at))
    return found


def left(customer: Customer) -> Event | None:
    """That the customer is one no longer."""
    return Event(customer.left.on, customer.id, _("the customer left")) if customer.left else None


def forgotten(customer: Customer) -> Event | None:
    """That nothing says any more who the customer was."""
    one = customer.forgotten
    return Event(one.on, customer.id, _("the customer was forgotten")) if one else None


def called_off(sale: Sale) -> Event | None:
    """That the sale was called off."""
    if sale.cancelled is None:
        return None
    return Event(sale.cancelled.on, sale.id, sale.cancelled.reason or _("the sale was called off"))


def without_units(draft: Draft, units: Mapping[str, Event]) -> Event | None:
    """How the last of the units ended that a service is planned for; None while there is one."""
    is_law = draft.plan is not None and draft.plan.is_law
    if (draft.plan is None and not draft.offer) or is_law or draft.what not in UPKEEP or not draft.about:
        return None
    ends = [units[unit] for unit in draft.about if unit in units]
    return max(ends, key=lambda event: in_order(event.at)) if len(ends) == len(draft.about) else None
