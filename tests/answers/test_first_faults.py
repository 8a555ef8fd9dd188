"""When units first failed: each piece once, and looked at for as long as it was there to fail."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.answers.first_faults import lives, still_without_fault
from aftercare.answers.observed import Left, Noted, Observed, Sold, observed
from aftercare.answers.survival import Life
from tests.answers import shop
from tests.answers.shop import COOLER, record

UNIT = "SA26-0001/1"
SOLD, LAST = date(2026, 1, 1), date(2026, 4, 11)


def _file(*noted: Noted, pieces: int = 1, left: Left | None = None, retired: date | None = None) -> Observed:
    return Observed({UNIT: Sold(UNIT, COOLER, "", pieces, SOLD, retired)}, [left] if left else [], list(noted))


def _fault(day: date, claim: str = "CL26-0001", *, again: bool = False) -> Noted:
    return Noted("fault", claim, day, COOLER, UNIT, again=again)


def test_only_the_first_fault_of_a_unit_ends_its_life() -> None:
    """What fails again has failed before; what has not failed was looked at until today."""
    assert lives(_file(_fault(date(2026, 1, 11)), _fault(date(2026, 2, 1))), LAST) == [Life(10, True)]
    assert lives(_file(), LAST) == [Life(100, False)]
    assert lives(_file(), date(2025, 12, 31)) == []


def test_what_a_later_day_showed_is_not_known_yet() -> None:
    """On the day before the fault the unit has none."""
    assert lives(_file(_fault(date(2026, 1, 11))), date(2026, 1, 10)) == [Life(9, False)]
    assert lives(_file(_fault(date(2026, 1, 11))), date(2026, 1, 11)) == [Life(10, True)]


def test_each_claim_is_of_another_piece_unless_it_says_that_its_fault_came_back() -> None:
    """Two claims of a line of four are two pieces that failed; the same fault again is no third one."""
    faults = _fault(date(2026, 1, 11)), _fault(date(2026, 1, 21), "CL26-0002")
    again = _fault(date(2026, 2, 1), "CL26-0003", again=True)
    assert lives(_file(*faults, again, pieces=4), LAST) == [Life(10, True), Life(20, True), Life(100, False, 2)]


@pytest.mark.parametrize("what", ["no_fault", "seen", "wear", "question", "repair", "return"])
def test_nothing_else_is_a_failure(what: str) -> None:
    """Neither what a visit saw nor a claim in which the workshop found nothing ends a life."""
    assert lives(_file(Noted(what, "CL26-0001", date(2026, 1, 11), COOLER, UNIT)), LAST) == [Life(100, False)]


def test_what_left_service_without_a_fault_was_looked_at_until_then() -> None:
    """It did not last until today, and did not fail: taken for either it would falsify the share."""
    assert lives(_file(left=Left(UNIT, 1, date(2026, 1, 31))), LAST) == [Life(30, False)]
    assert lives(_file(retired=date(2026, 1, 31)), LAST) == [Life(30, False)]
    three = _file(_fault(date(2026, 1, 11)), pieces=3, left=Left(UNIT, 1, date(2026, 1, 31)))
    assert lives(three, LAST) == [Life(10, True), Life(100, False, 2)]
    whole = _file(_fault(date(2026, 1, 11)), pieces=3, left=Left(UNIT, 3, date(2026, 1, 31)))
    assert lives(whole, LAST) == [Life(10, True), Life(30, False, 2)]


def test_a_fault_on_the_day_it_came_back_is_a_failure() -> None:
    """Goods are mostly brought back on the day they fail; counted as sound they would hide every such fault."""
    day = date(2026, 1, 31)
    assert lives(_file(_fault(day), left=Left(UNIT, 1, day)), LAST) == [Life(30, True)]


def test_an_exchange_without_a_fault_ends_the_look_at_it() -> None:
    """What fails afterwards is the other thing; an exchange because of a fault comes after the failure."""
    exchange = Noted("exchange", "CL26-0001", date(2026, 1, 31), COOLER, UNIT)
    later = _fault(date(2026, 3, 1), "CL26-0002")
    assert lives(_file(exchange, later), LAST) == [Life(30, False)]
    assert lives(_file(_fault(date(2026, 1, 21)), exchange), LAST) == [Life(20, True)]


def test_records_make_lives() -> None:
    """From the files of a shop: a fault that came back is not another piece's, and a retired line lasts to its end."""
    sale = record("SA26-0001", sold_on="2026-01-01", items=f"[{{product: {COOLER}, qty: 3}}, {{product: {COOLER}}}]")
    shelf = shop.shelf(
        sale,
        record("CL26-0001", unit=UNIT, reported_on="2026-01-11", fault="{symptom: 不制冷}"),
        record("CL26-0002", unit=UNIT, reported_on="2026-01-21", fault="{symptom: 不制冷, same_as: CL26-0001}"),
        record("CL26-0003", unit="SA26-0001/2", reported_on="2026-01-12", asked="withdraw"),
    )
    assert lives(observed(shelf, [COOLER]), LAST) == [Life(10, True), Life(100, False, 2), Life(100, False)]


def test_the_share_without_a_fault_is_told_after_one_month_to_three_years() -> None:
    """Days are from the sale; past the last day that anything was looked at nothing is told."""
    marks = still_without_fault(lives(_file(_fault(date(2026, 1, 11)), pieces=10), LAST))
    assert [mark.day for mark in marks] == [30, 91, 183, 365, 730, 1096]
    assert [(mark.at_risk, mark.failed, mark.surviving) for mark in marks[:3]] == [
        (9, 1, 0.9),
        (9, 1, 0.9),
        (0, 1, None),
    ]
