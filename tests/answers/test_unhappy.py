"""What in a contact is a complaint of itself."""

from __future__ import annotations

import pytest

from aftercare.answers.unhappy import grievance, same_matter, subjects_of
from aftercare.records.visit import Visit
from tests.answers import shop
from tests.answers.complained import CASE, PLANS, affairs, case
from tests.answers.shop import UNIT, record


def _visit(**fields: str) -> str:
    return record("VI26-0001", **{"about": f"[{UNIT}]", "at": "2026-06-02T10:00"} | fields)


def _said(*records: str, plans: str = PLANS, **fields: str) -> str:
    found = affairs(*records, _visit(**fields))
    return grievance(found.visits[0], found, shop.rules(plans))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"satisfaction": "2", "heard": "[态度差, 迟到]"}, "态度差; 迟到"),
        ({"satisfaction": "1"}, "grade 1 of 5"),
        ({"satisfaction": "1", "note": "电话里很生气"}, "电话里很生气"),
        ({"satisfaction": "3", "heard": "[还行]"}, ""),
        ({"satisfaction": "3", "heard": "[还行]", "at": "2026-09-01"}, "还行"),
        ({"answers": "{gifts: 要了两包烟}", "satisfaction": "5"}, "要了两包烟"),
        ({"answers": "{gifts: 没有, charged: 没有收费}"}, ""),
        ({"answers": "{charged: 收了80}"}, "收了80"),
        ({"answers": "{charged: 收了80}", "outcome": "no_answer"}, ""),
        ({}, ""),
    ],
)
def test_a_low_grade_or_a_report_is_a_complaint(fields: dict[str, str], expected: str) -> None:
    """In the customer's words as far as there are any; how low is a dated figure of a pack."""
    assert _said(**fields) == expected


def test_a_charge_that_the_work_states_is_judged_there() -> None:
    """So the same charge is not complained of twice; a gift is no charge."""
    work = record("IN26-0001", charged="80", signed="{by: 王建国, at: 2026-06-01}")
    assert _said(work, answers="{charged: 收了80}") == ""
    assert _said(work, answers="{charged: 收了80, gifts: 两包烟}") == "两包烟"
    repair = record("CL26-0001", repairs="[{in: 2026-08-06, cost: 80}]")
    assert _said(repair, answers="{charged: 收了80}") == ""


def test_where_no_pack_makes_it_a_duty_nothing_is_opened() -> None:
    """A shop whose packs do not say so opens its complaints by hand."""
    assert _said(satisfaction="1", plans=shop.PLANS) == ""


@pytest.mark.parametrize(
    ("keeps", "expected"),
    [
        (f"[{UNIT}/call-back.1]", [UNIT]),
        ("[CL26-0001/1/call-back.1]", ["CL26-0001"]),
        (f"[{CASE}/check-back.1]", [CASE]),
        ("[CU26-0001/birthday.2026]", []),
    ],
)
def test_it_is_about_what_the_contact_was_about(keeps: str, expected: list[str]) -> None:
    """The subjects behind the promises that it keeps, as a record can name them."""
    visit = Visit.model_validate(
        {"id": "VI26-0001", "customer": "CU26-0001", "channel": "phone", "purpose": "other", "at": "2026-06-02",
         "outcome": "reached", "keeps": keeps.strip("[]").split(", ")}
    )  # fmt: skip
    assert subjects_of(visit) == expected


def test_about_a_complaint_it_is_the_same_matter() -> None:
    """It came back; another complaint would hide that."""
    found = affairs(case(), _visit(about=f"[{CASE}]"))
    known = same_matter(found.visits[0], found)
    assert known is not None
    assert known.id == CASE
    other = affairs(case(), _visit())
    assert same_matter(other.visits[0], other) is None
