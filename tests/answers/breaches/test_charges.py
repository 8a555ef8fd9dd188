"""Parts above their cost price, and labour where none may be charged."""

from __future__ import annotations

import pytest

from tests.answers.breaches.service import FITTER, STANDARD, codes, found
from tests.answers.shop import UNIT, record

SOLD = record("SA26-0001", items="[{product: PR26-0002, taken: yes}]")
CLAIM = record("CL26-0001", repairs="[{in: 2026-08-05, out: 2026-08-05}]")


def _part(*uses: str, **more: str) -> str:
    said = {"received": "[{at: 2026-08-01, qty: 9, cost: 38}]", **more}
    return record("PA26-0001", name="泵", used=f"[{', '.join(f'{{{use}}}' for use in uses)}]", **said)


@pytest.mark.parametrize(
    ("use", "more", "breach"),
    [
        ("qty: 1, charged: 38", {}, False),
        ("qty: 1, charged: 38.01", {}, True),
        ("qty: 2, charged: 76", {}, False),
        ("qty: 2, charged: 76.01", {}, True),
        ("qty: 0.5, charged: 20", {}, True),
        ("qty: 1", {}, False),
        ("qty: 1, charged: 99", {"received": ""}, False),
        ("qty: 1, charged: 41", {"received": "", "cost": "40"}, True),
        ("qty: 1, charged: USD 99", {}, False),
    ],
)
def test_a_part_costs_what_it_cost(use: str, more: dict[str, str], breach: bool) -> None:
    """To the last decimal, for all pieces together; where the price is not known nothing is said."""
    part = _part(f"at: 2026-08-06, for: CL26-0001, by: {FITTER}, {use}", **more)
    assert "CL26-0001/above-cost" not in codes(SOLD, CLAIM, part, now="2026-08-05")
    assert ("CL26-0001/above-cost" in codes(SOLD, CLAIM, part, now="2026-08-06")) is breach


def test_it_is_named_by_what_it_was_used_for() -> None:
    """The customer's own record, so that it can be settled; several are numbered in the order of their time, those
    that are no breach among them.
    """
    uses = [
        "at: 2026-08-09, qty: 1, for: CL26-0001, charged: 60",
        "at: 2026-08-06, qty: 1, for: CL26-0001, charged: 38",
        f"at: 2026-08-07, qty: 1, for: {UNIT}, charged: 39",
    ]
    breaches = {name: one for name, one in found(SOLD, CLAIM, _part(*uses)).items() if "above" in name}
    assert list(breaches) == [f"{UNIT}/above-cost", "CL26-0001/above-cost.2"]
    assert breaches["CL26-0001/above-cost.2"].path == ("used", 0, "charged")
    assert breaches["CL26-0001/above-cost.2"].sentence == "王建国: 60 charged for 泵, which cost the shop 38"
    accepted = record("PM26-0001", of="CL26-0001/above-cost.2", accepted="{on: 2026-08-10, reason: 已退}")
    assert "CL26-0001/above-cost.2" not in codes(SOLD, CLAIM, _part(*uses), accepted)


def test_labour_is_a_breach_only_of_who_promised_none() -> None:
    """On the day of the hand-over; a shop without the duty charges what its price list says."""
    repairs = "[{in: 2026-08-05, out: 2026-08-07, cost: 80, labour: 0}, {in: 2026-08-08, out: 2026-08-09, labour: 50}]"
    claim = record("CL26-0001", repairs=repairs)
    assert "CL26-0001/labour-charged.2" not in codes(SOLD, claim, now="2026-08-08")
    assert "CL26-0001/labour-charged.2" in codes(SOLD, claim, now="2026-08-09")
    assert "CL26-0001/labour-charged" not in codes(SOLD, claim)
    without = "".join(line for line in STANDARD.splitlines(keepends=True) if "no_labour_charge" not in line)
    assert not any("labour" in name for name in found(SOLD, claim, pack=without))
