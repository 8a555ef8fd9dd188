"""A customer who buys for years: what one of their sales costs to look at does not grow with the others."""

from __future__ import annotations

from functools import partial

import pytest

from aftercare.answers.breaches.all import breaches_in
from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Facts, Score, counted
from aftercare.answers.measures.evidence import EVIDENCE
from aftercare.answers.period import EVER
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.measured import PLANS
from tests.answers.watched import Watched

MEASURES = (
    "L5",
    "claimed_in_first_year",
    "qualified_work",
    "checklists_done",
    "use_explained",
    "breaches_found",
    "delays_told",
)
KINDS = ("sales", "deliveries", "installations", "claims")


def _bought(number: int) -> list[str]:
    """One sale with its works, and a claim with two repairs."""
    sale = f"SA26-{number:04}"
    repairs = "[{in: 2026-08-06, out: 2026-08-07, result: not_fixed}, {in: 2026-08-08, out: 2026-08-09}]"
    return [
        shop.record(sale, items=f"[{{product: {shop.COOLER}}}]", told="{install: {by: 2026-03-04}}"),
        shop.record(f"DE26-{number:04}", sale=sale, signed="{by: 王, at: 2026-03-03}"),
        shop.record(f"IN26-{number:04}", sale=sale, signed="{by: 王, at: 2026-03-07}"),
        shop.record(f"CL26-{number:04}", unit=f"{sale}/1", repairs=repairs),
    ]


def _counted(measure: str, of: int) -> tuple[Score, int]:
    """A measure of so many sales to one customer, and how often the lists of the customer's records were walked."""
    shelf = shop.shelf(*(text for number in range(1, of + 1) for text in _bought(number)))
    rules, now = shop.rules(PLANS), parse("2026-12-31")
    ledger = ledger_of(shelf, rules, now)
    affairs = ledger.affairs[shop.BUYER]
    watched = [Watched(getattr(affairs, kind)) for kind in KINDS]
    for kind, records in zip(KINDS, watched, strict=True):
        setattr(affairs, kind, records)
    seen = Facts(shelf, ledger, now, partial(breaches_in, shelf, ledger, now))
    known = next((one for one in EVIDENCE if one.id == measure), None) or BY_ID[measure]
    return counted(known, seen, EVER), sum(records.walks for records in watched)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_walks_no_list_for_each_sale(measure: str) -> None:
    """`score` took twenty seconds for one customer with two thousand sales."""
    (few, walks), (many, as_often) = _counted(measure, 2), _counted(measure, 12)
    assert 0 < few.of * 6 == many.of
    assert as_often == walks
