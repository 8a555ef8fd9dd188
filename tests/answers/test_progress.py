"""How far a complaint is, and how often the customer had to come for it."""

from __future__ import annotations

from typing import Any

import pytest

from aftercare.answers.progress import STAGES, contacts, standing, steps, whole
from aftercare.plain.moments import parse
from aftercare.records.complaint import Complaint
from tests.answers import shop
from tests.answers.complained import CASE, PLANS, affairs, case, complaint
from tests.answers.shop import record

ANSWER, REFUSAL = "[{at: 2026-06-02, says: 好}]", "[{at: 2026-06-02, says: 不, refused: yes}]"


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({}, "received"),
        ({"acknowledged": "[{at: 2026-06-01T10:00}]"}, "acknowledged"),
        ({"answers": ANSWER}, "answered"),
        ({"answers": REFUSAL}, "refused"),
        ({"resolved": "[{at: 2026-06-02}]"}, "resolved"),
        ({"resolved": "[{at: 2026-06-02}]", "confirmed": "[{at: 2026-06-03, satisfied: yes}]"}, "confirmed"),
        ({"resolved": "[{at: 2026-06-02}]", "reopened": "[{at: 2026-06-03}]"}, "received"),
        ({"resolved": "[{at: 2026-06-02}]", "withdrawn": "{on: 2026-06-03}"}, "withdrawn"),
    ],
)
def test_the_stage_is_that_of_the_round_it_is_in(facts: dict[str, str], stage: str) -> None:
    """What was done in an earlier round says nothing of how far this one is."""
    assert standing(complaint(**facts), []).stage == stage
    assert stage in STAGES


def _contacts(case_: str, *visits: str) -> int:
    found = affairs(case_, *visits)
    return contacts(next(one for one in found.complaints if one.id == CASE), found.visits)


def _visit(number: int, **fields: str) -> str:
    usual = {"about": f"[{CASE}]", "purpose": "other", "at": "2026-06-02T10:00"}
    return record(f"VI26-000{number}", **usual | fields)


def test_only_what_the_customer_began_is_counted() -> None:
    """The receipt, the counter, the hotline, a call that came in; none of our own calls."""
    assert _contacts(case()) == 1
    assert _contacts(case(), _visit(1)) == 1
    assert _contacts(case(), _visit(1, channel="counter")) == 2
    assert _contacts(case(), _visit(1, channel="hotline"), _visit(2, incoming="yes")) == 3
    assert _contacts(case(), _visit(1, channel="counter", incoming="no")) == 1
    assert _contacts(case(), _visit(1, channel="counter", about="")) == 1
    assert _contacts(case(), _visit(1, channel="counter", about="", keeps=f"[{CASE}/check-back.1]")) == 2


def test_what_we_heard_when_we_called_was_no_way_for_the_customer() -> None:
    """A complaint opened by our call, and one that came back when we asked, cost the customer nothing."""
    assert _contacts(case(heard_in="VI26-0001"), _visit(1, about="")) == 0
    assert _contacts(case(heard_in="VI26-0001"), _visit(1, about="", channel="counter")) == 1
    back = "[{at: 2026-06-03T10:00}]"
    assert _contacts(case(reopened=back)) == 2
    assert _contacts(case(reopened=back, confirmed="[{at: 2026-06-03T10:00, satisfied: no}]")) == 1
    assert _contacts(case(reopened="[{at: 2026-06-03T10:00, heard_in: VI26-0001}]"), _visit(1)) == 1


def _steps(**facts: str) -> list[dict[str, Any]]:
    ledger = shop.ledger(case(**facts), now="2026-06-05", plans=PLANS)
    found = ledger.affairs[shop.BUYER].complaints[0]
    return steps(found, ledger, parse("2026-06-05"))


def test_steps_come_round_by_round_with_what_they_are_late_by() -> None:
    """Danger first, then each round as it is due, then what was passed on."""
    rows = _steps(
        incident="{kind: danger}",
        answers=ANSWER,
        resolved="[{at: 2026-06-04T10:00}]",
        reopened="[{at: 2026-06-04T11:00}]",
        passed_on="[{to: 厂家, at: 2026-06-02}]",
    )
    names = [row["id"].partition("/")[2] for row in rows]
    assert names[:2] == ["make-safe.1", "report.1"]
    assert [row["round"] for row in rows] == [None] * 2 + [1] * 6 + [2] * 3 + [None] * 2
    assert (rows[0]["late"], rows[0]["late_days"], rows[0]["done"]) == (True, 4, None)
    assert rows[0]["keep_with"] == ["aftercare", "complaint", "make-safe", CASE]


def test_the_whole_has_every_field_and_counts_reopenings() -> None:
    """Machines read who has it, since when, how often it came back."""
    ledger = shop.ledger(
        record("ST26-0001", name="李师傅"),
        case(person="ST26-0001", resolved="[{at: 2026-06-02}]", reopened="[{at: 2026-06-03}]"),
        now="2026-06-05",
        plans=PLANS,
    )
    found: Complaint = ledger.affairs[shop.BUYER].complaints[0]
    row = whole(found, ledger, parse("2026-06-05"))
    assert (row["stage"], row["rounds"], row["reopened"], row["contacts"]) == ("received", 2, 1, 2)
    assert (row["person"], row["person_since"], row["days"]) == ("ST26-0001", "2026-06-01T09:00", 4)
    assert {step["person"] for step in row["steps"]} == {"ST26-0001"}
