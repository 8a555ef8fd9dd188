"""What must still happen before a sale is complete, and what a contact is about."""

from __future__ import annotations

import pytest

from aftercare.answers.owed import owed, settled_by
from aftercare.errors import NoSuchRecord, UsageProblem
from tests.answers import shop
from tests.answers.shop import BUYER, PLANS, UNIT, ledger, record

TOLD = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
CAME = record("DE26-0001", signed="{by: 王建国, at: 2026-03-04}")
LATE = record("DE26-0001", signed="{by: 王建国, at: 2026-03-05}")
CALLED = record("VI26-0001", about=f"[{UNIT}]", at="2026-03-07")
SORRY = record("PM26-0002", of=f"{UNIT}/deliver", apologised="{at: 2026-03-06}")


def _owed(*records: str, now: str = "2026-03-20", plans: str = PLANS) -> list[str]:
    return [p.id for p in owed(ledger(TOLD, *records, now=now, plans=plans), "SA26-0001")]


def test_a_sale_is_complete_when_all_that_was_told_is_done_and_the_first_call_is_made() -> None:
    """Later calls go on after that and are no part of it."""
    assert _owed(now="2026-03-03") == [f"{UNIT}/deliver", f"{UNIT}/call-back.1"]
    assert _owed(CAME) == [f"{UNIT}/call-back.1"]
    assert _owed(CAME, CALLED) == []


def test_a_word_not_kept_is_owed_its_apology() -> None:
    """Kept late or broken, a sale is complete only when we said we were sorry."""
    assert _owed(LATE, CALLED) == [f"{UNIT}/deliver/apology"]
    assert _owed(LATE, CALLED, SORRY) == []


def test_what_was_said_about_the_sale_is_owed_with_it() -> None:
    """A spoken promise about a line of the sale is one of its told promises; one about another sale is not."""
    spoken = record("PM26-0001", about=f"[{UNIT}]", due="2026-03-30")
    other = record("PM26-0003", about="[SA26-0010]", due="2026-03-30")
    assert _owed(CAME, CALLED, spoken, other) == ["PM26-0001"]


def test_the_first_call_is_known_by_its_kind() -> None:
    """A shop's own plan may call the step as it likes."""
    plans = PLANS.replace("step: call-back", "step: third-day", 1)
    assert _owed(CAME, plans=plans) == [f"{UNIT}/third-day.1"]


def test_a_repair_is_no_part_of_the_sale() -> None:
    """The call after a repair belongs to its claim."""
    claim = record("CL26-0001", reported_on="2026-03-10", repairs="[{in: 2026-03-11, out: 2026-03-12}]")
    assert _owed(CAME, CALLED, claim) == []


def test_a_contact_takes_what_it_is_about_from_what_it_keeps() -> None:
    """Whom, about what, what for and by which channel: the promise says it all."""
    found = ledger(TOLD, CAME, now="2026-03-07")
    said = settled_by(found, shop.shelf(TOLD, CAME), [f"{UNIT}/call-back.1"], [])
    assert said == (BUYER, [UNIT], "call_back", "phone")


def test_a_contact_about_a_subject_is_for_what_is_open_of_it() -> None:
    """One kind open: that is its purpose; several: the operator must say."""
    book = [TOLD, CAME]
    assert settled_by(ledger(*book, now="2026-03-07"), shop.shelf(*book), [], [UNIT]).purpose == "call_back"
    late = [TOLD, LATE]
    assert settled_by(ledger(*late, now="2026-03-07"), shop.shelf(*late), [], [UNIT]).purpose == ""


def test_a_contact_is_with_one_customer() -> None:
    """Subjects of two customers are refused, and so is a promise that nobody made."""
    book = [TOLD, record("CU26-0002", name="李梅"), record("SA26-0002", customer="CU26-0002")]
    found, shelf = ledger(*book, now="2026-03-07"), shop.shelf(*book)
    with pytest.raises(UsageProblem, match="CU26-0001, CU26-0002"):
        settled_by(found, shelf, [f"{UNIT}/deliver"], ["SA26-0002/1"])
    with pytest.raises(NoSuchRecord):
        settled_by(found, shelf, [f"{UNIT}/nothing.1"], [])
