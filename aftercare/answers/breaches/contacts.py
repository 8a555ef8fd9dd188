"""Contacts that fell short: a call on the hotline that nobody of ours took."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.at_home import units_of
from aftercare.answers.breaches.finding import Scope, Seen
from aftercare.language import _
from aftercare.plain.moments import day_of
from aftercare.records.visit import Visit


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in the contacts with one customer."""
    for visit in scope.affairs.visits:
        if visit.outcome == "missed" and visit.channel == "hotline":
            yield Seen(
                code="missed-call",
                subject=visit.id,
                on=day_of(visit.at),
                record=visit.id,
                path=("outcome",),
                what=_("called the hotline, and nobody answered"),
                categories=_promised_a_hotline(scope, visit),
            )


def _promised_a_hotline(scope: Scope, visit: Visit) -> tuple[str, ...]:
    """The goods that the call may have been about: those it names, else all that the customer had bought by then."""
    units = units_of(scope.affairs, visit, scope.rules) or [
        line.unit
        for line in scope.lines
        if line.sale.cancelled is None and day_of(line.sale.sold_on) <= day_of(visit.at)
    ]
    return tuple(dict.fromkeys(scope.category_of(unit) for unit in units))
