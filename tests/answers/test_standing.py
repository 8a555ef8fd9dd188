"""A unit at a glance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aftercare.answers.standing import standing
from aftercare.answers.timeline import of_unit
from aftercare.plain.moments import parse
from tests.answers.shop import UNIT, record
from tests.answers.story import SALE, STORY, affairs


def test_a_unit_at_a_glance() -> None:
    """Age in whole months, faults, repairs, fitters' visits, contacts, and every amount the customer paid."""
    found = standing(affairs(*STORY), UNIT, parse("2026-09-01"))
    assert found is not None
    assert (found.months, found.faults, found.repairs, found.installations, found.contacts) == (5, 1, 1, 1, 1)
    assert found.charged == Decimal("210.50")
    assert found.serials == ("KF-1",)
    assert standing(affairs(*STORY), "SA26-0001/3", parse("2026-09-01")) is None


@pytest.mark.parametrize(
    ("now", "months"), [("2026-03-02", 0), ("2026-04-01", 0), ("2026-04-02", 1), ("2027-03-02", 12)]
)
def test_a_month_is_over_on_its_day(now: str, months: int) -> None:
    """Months in use are counted whole, and never below none."""
    found = standing(affairs(SALE), UNIT, parse(now))
    assert found is not None
    assert found.months == months
    before = standing(affairs(SALE), UNIT, parse("2026-01-01"))
    assert before is not None
    assert before.months == 0


def test_an_amount_in_another_currency_is_never_summed() -> None:
    """What was paid in another currency stays out of the sum."""
    foreign = record("DE26-0001", items="[1]", charged="30 USD", signed="{by: 王建国, at: 2026-03-05}")
    found = standing(affairs(SALE, foreign), UNIT, parse("2026-09-01"))
    assert found is not None
    assert found.charged == 0


def test_a_unit_that_was_replaced_at_a_glance() -> None:
    """The number in use first, then those before it; exchanges count, and what was charged for them."""
    found = standing(
        affairs(
            SALE,
            record("CL26-0001", replaced="{on: 2026-08-09, serial: KF-2, installation_charged: 80}"),
            record("CL26-0002", replaced="{on: 2026-08-20, serial: KF-3}", refunded="{on: 2026-09-01, amount: 1}"),
            record("CL26-0003", unit="SA26-0001/2", replaced="{on: 2026-08-09, serial: C-2}"),
        ),
        UNIT,
        parse("2029-04-01"),
    )
    assert found is not None
    assert found.serials == ("KF-3", "KF-2", "KF-1")
    assert (found.exchanges, found.faults, found.charged) == (2, 2, Decimal(80))
    assert found.refunded == parse("2026-09-01")


def test_a_repair_at_home_is_a_repair_and_a_contact() -> None:
    """Be the visit about the unit or about a claim under it; one that the claim holds too is not another one."""
    claim = record("CL26-0001", reported_on="2026-03-10")
    came = {"channel": "home", "purpose": "repair", "at": "2026-03-11"}
    for about in (f"[{UNIT}]", "[CL26-0001]"):
        found = standing(affairs(SALE, claim, record("VI26-0001", about=about, **came)), UNIT, parse("2026-09-01"))
        assert found is not None
        assert (found.repairs, found.contacts) == (1, 1)
    written = record("CL26-0001", reported_on="2026-03-10", repairs="[{in: 2026-03-11, out: 2026-03-11}]")
    both = standing(affairs(SALE, written, record("VI26-0001", about="[CL26-0001]", **came)), UNIT, parse("2026-09-01"))
    assert both is not None
    assert (both.repairs, both.contacts) == (1, 1)


CAPACITOR = record(
    "PA26-0001",
    name="电容",
    cost="20",
    received="[{at: 2026-08-01, qty: 5, cost: 25}, {at: 2026-09-01, qty: 5, cost: 30}]",
    used="[{at: 2026-08-06, qty: 2, for: CL26-0001, charged: 50}]",
)


@pytest.mark.parametrize(
    ("cost", "charged", "expected"),
    [
        ("50", "50", ("0", "50", True)),
        ("0", "50", ("0", "50", True)),
        ("120", "50", ("70", "50", True)),
        ("60", "60", ("0", "60", False)),
        ("30 USD", "50", ("0", "50", True)),
    ],
)
def test_labour_and_parts_are_told_apart(cost: str, charged: str, expected: tuple[str, str, bool]) -> None:
    """A repair's cost has its parts in it; two pieces of 25 each at the time are at cost for 50, and dear for 60."""
    claim = record("CL26-0001", repairs=f"[{{in: 2026-08-06, out: 2026-08-06, cost: {cost}}}]")
    part = CAPACITOR.replace("charged: 50", f"charged: {charged}")
    found = standing(affairs(SALE, claim, part), UNIT, parse("2026-09-01"))
    assert found is not None
    assert (found.labour, found.parts_charged, found.parts_at_cost) == (
        Decimal(expected[0]),
        Decimal(expected[1]),
        expected[2],
    )
    assert found.charged == found.labour + found.parts_charged


def test_a_part_of_which_nobody_knows_the_cost_is_not_said_to_be_at_cost() -> None:
    """What is not known is not claimed."""
    part = record("PA26-0001", name="电容", used=f"[{{at: 2026-08-06, qty: 1, for: {UNIT}, charged: 5}}]")
    found = standing(affairs(SALE, part), UNIT, parse("2026-09-01"))
    assert found is not None
    assert (found.parts_charged, found.parts_at_cost) == (Decimal(5), False)


def test_contacts_about_its_claims_and_works_are_contacts_about_the_unit() -> None:
    """Who is told that the fitter comes was told about the thing; the last one is told."""
    call = {"purpose": "information", "note": "明天来"}
    visits = [
        record("VI26-0001", **call, about="[IN26-0001]", at="2026-03-05"),
        record("VI26-0002", **call, about="[CL26-0001]", at="2026-08-06T10:00"),
        record("VI26-0003", **call, about="[SA26-0001/2]", at="2026-08-09"),
    ]
    bought = affairs(SALE, record("IN26-0001", items="[1]"), record("CL26-0001"), *visits)
    found = standing(bought, UNIT, parse("2026-09-01"))
    assert found is not None
    assert (found.contacts, found.last_contact) == (2, parse("2026-08-06T10:00"))
    assert {"VI26-0001", "VI26-0002"} == {e.record for e in of_unit(bought, UNIT) if e.what == "contact"}
