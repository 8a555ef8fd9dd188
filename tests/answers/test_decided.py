"""What was decided under a claim, against what was open and what was done."""

from __future__ import annotations

import pytest

from aftercare.answers.decided import undone, withheld
from aftercare.records.claim import Claim
from tests.answers import shop
from tests.answers.shop import record


def _claim(**fields: str) -> Claim:
    found = shop.shelf(record("SA26-0001"), record("CL26-0001", **fields)).get("CL26-0001")
    assert isinstance(found, Claim)
    return found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"decisions": "[{on: 2026-08-06, remedy: repair}]"}, None),
        ({"decisions": "[{on: 2026-08-06, remedy: replace_with_fee}]"}, "replace"),
        ({"decisions": "[{on: 2026-08-06, remedy: rescind}]"}, "refund"),
        ({"decisions": "[{on: 2026-08-06, remedy: refund}]", "refunded": "{on: 2026-08-07, amount: 1}"}, None),
        ({"decisions": "[{on: 2026-08-06, remedy: refund}]", "replaced": "{on: 2026-08-07}"}, "refund"),
        ({"decisions": "[{on: 2026-08-06, remedy: replace}]", "replaced": "{on: 2026-08-07}"}, None),
        ({"decisions": "[{on: 2026-08-06, remedy: refund, refused: yes}]"}, None),
        (
            {"decisions": "[{on: 2026-08-06, remedy: refund}, {on: 2026-08-07, remedy: replace, refused: yes}]"},
            "refund",
        ),
    ],
)
def test_the_decision_that_stands_is_to_be_done(fields: dict[str, str], expected: str | None) -> None:
    """The last one that grants; a refusal takes nothing back, and what was done is done."""
    assert undone(_claim(**fields)) == expected


@pytest.mark.parametrize(
    ("asked", "remedy", "refused", "expected"),
    [
        (None, "repair", False, None),
        ("refund", "refund", False, None),
        ("refund", "repair", False, "refund"),
        ("money", "repair", False, None),
        ("loan_unit", "repair", False, None),
        ("refund_with_fee", "refund", False, None),
        (None, "refund_with_fee", False, "refund"),
        ("replace_other_model", "refund", False, "replace_other_model"),
        ("replace_assembly", "replace", False, None),
        ("replace_assembly", "repair", False, "replace_assembly"),
        ("refund", "repair", True, None),
        (None, "refund", True, "refund"),
        (None, "loan_unit", True, None),
    ],
)
def test_what_a_decision_keeps_back(asked: str | None, remedy: str, refused: bool, expected: str | None) -> None:
    """What was asked for and is open, or the same remedy free of charge; of a refusal what it refuses."""
    states = {"refund": "open", "refund_with_fee": "open", "repair": "if_proven", "loan_unit": "review"}
    states |= {"replace_other_model": "open", "replace_assembly": "open"}
    assert withheld(asked, remedy, refused, states) == expected
