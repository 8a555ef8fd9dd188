"""What a customer paid counts once, whichever record says it."""

from __future__ import annotations

import pytest

from aftercare.answers.affairs import affairs_of
from aftercare.answers.standing import standing
from aftercare.answers.timeline import of_unit
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.shop import BUYER, UNIT, record

SALE = record("SA26-0001", items="[{product: PR26-0002, taken: yes}, {product: PR26-0002, taken: yes}]")
OUT = "in: 2026-08-05, out: 2026-08-07"


def _part(*uses: str) -> str:
    return record("PA26-0001", name="泵", number="PX-2", used=f"[{', '.join(f'{{{use}}}' for use in uses)}]")


@pytest.mark.parametrize(
    ("repairs", "uses", "charged"),
    [
        (f"{OUT}, cost: 88", ("for: CL26-0001, charged: 38",), 88),
        (f"{OUT}, cost: 88, labour: 50", ("for: CL26-0001, charged: 38",), 88),
        (f"{OUT}, labour: 50", ("for: CL26-0001, charged: 38",), 88),
        (OUT, ("for: CL26-0001, charged: 38", "for: CL26-0001, charged: 2"), 40),
        (f"{OUT}, cost: 0", ("for: CL26-0001, charged: 38",), 38),
        (f"{OUT}, cost: 88", (f"for: {UNIT}, charged: 38",), 126),
        (f"{OUT}, cost: 88", ("for: SA26-0001/2, charged: 38",), 88),
        (f"{OUT}, cost: 88", ("for: CL26-0001, charged: USD 38",), 88),
        (f"{OUT}, cost: 88", ("for: VI26-0001, charged: 10",), 98),
        (f"{OUT}, cost: 88", ("for: IN26-0001, charged: 10",), 88 + 30),
        (f"{OUT}, cost: 88", ("charged: 10",), 88),
    ],
)
def test_each_sum_counts_once(repairs: str, uses: tuple[str, ...], charged: int) -> None:
    """A repair's cost holds its parts and its labour; where it names none, or less, these count.  So it is with an
    installation's; what was used for the unit itself or on a visit comes on top.
    """
    parts = _part(*(f"at: 2026-08-06, qty: 1, {use}" for use in uses))
    visit = record("VI26-0001", about=f"[{UNIT}]", at="2026-08-06")
    work = (
        record("IN26-0001", items="[1]", charged="30", signed="{by: 王, at: 2026-03-05}")
        if "IN26" in uses[0]
        else record("IN26-0001", cancelled="{on: 2026-03-03}")
    )
    shelf = shop.shelf(SALE, record("CL26-0001", repairs=f"[{{{repairs}}}]"), parts, visit, work)
    found = standing(affairs_of(shelf)[BUYER], UNIT, parse("2026-12-31"))
    assert found is not None
    assert found.charged == charged


def test_a_part_belongs_to_the_repair_in_which_it_was_used() -> None:
    """The first repair names its cost, the second does not: the part of the second comes on top."""
    repairs = "[{in: 2026-08-01, out: 2026-08-03, cost: 100}, {in: 2026-08-05}]"
    used = _part(
        "at: 2026-08-02, qty: 1, for: CL26-0001, charged: 80", "at: 2026-08-06, qty: 2, for: CL26-0001, charged: 80"
    )
    shelf = shop.shelf(SALE, record("CL26-0001", reported_on="2026-08-01", repairs=repairs), used)
    affairs = affairs_of(shelf)[BUYER]
    found = standing(affairs, UNIT, parse("2026-12-31"))
    assert found is not None
    assert (int(found.charged), int(found.parts)) == (180, 3)
    told = [(entry.text, entry.record) for entry in of_unit(affairs, UNIT) if entry.what == "part_used"]
    assert told == [("泵 PX-2 80", "PA26-0001"), ("泵 PX-2 × 2 80", "PA26-0001")]
