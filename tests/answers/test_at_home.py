"""Work at the customer's home: which kind it is, when it was done, about which goods, and what follows from it."""

from __future__ import annotations

import pytest

from aftercare.answers import at_home
from aftercare.answers.affairs import Affairs, affairs_of
from tests.answers.shop import BUYER, CHAIR, COOLER, PLANS, promises, record, rules, shelf

_MIXED = record("SA26-0001", items=f"[{{product: {CHAIR}, taken: yes}}, {{product: {COOLER}}}, {{product: {COOLER}}}]")
_CLAIM = record("CL26-0001", unit="SA26-0001/2", reported_on="2026-03-10")
_CALLED_BACK = f"""{PLANS}
- id: mended
  title: 上门维修回访
  category: goods
  after: repaired_at_home
  what: call_back
  step: mended-call
  channel: phone
  due: {{2020-01-01: [{{days: 1}}]}}
"""


def _came(visit: str = "VI26-0001", **fields: str) -> str:
    usual = {"channel": "home", "purpose": "repair", "at": "2026-03-11T10:00", "about": "[SA26-0001/2]"}
    return record(visit, **{**usual, **fields})


def _affairs(*records: str) -> Affairs:
    return affairs_of(shelf(_MIXED, *records))[BUYER]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({}, "repair"),
        ({"purpose": "maintenance"}, "maintenance"),
        ({"purpose": "inspection"}, "inspection"),
        ({"purpose": "training"}, "visit"),
        ({"purpose": "call_back"}, "visit"),
        ({"channel": "phone"}, ""),
        ({"channel": "counter"}, ""),
    ],
)
def test_a_visit_is_work_at_home_where_somebody_came(said: dict[str, str], kind: str) -> None:
    """Its purpose says which; what lists know no word for is a visit, and a call is nothing of the kind."""
    (visit,) = _affairs(_came(**said)).visits
    assert at_home.kind_of(visit) == kind


@pytest.mark.parametrize(
    ("work", "done"),
    [
        (_came(), True),
        (_came(outcome="no_answer"), False),
        (_came(channel="phone"), False),
        (record("DE26-0001", signed="{by: 王建国, at: 2026-03-11T10:00}"), True),
        (record("DE26-0001", arrived_at="2026-03-11T10:00"), False),
        (record("IN26-0001", signed="{by: 王, at: 2026-03-11}", cancelled="{on: 2026-03-11}"), False),
    ],
)
def test_done_is_what_was_signed_for_or_met_the_customer(work: str, done: bool) -> None:
    """What was called off, came in vain or was said on the phone was not done at home."""
    assert len(at_home.done(_affairs(work))) == done


@pytest.mark.parametrize(
    ("work", "units"),
    [
        (_came(about="[SA26-0001/2]"), ["SA26-0001/2"]),
        (_came(about="[SA26-0001]"), ["SA26-0001/1", "SA26-0001/2", "SA26-0001/3"]),
        (_came(about="[CL26-0001, SA26-0001/3]"), ["SA26-0001/2", "SA26-0001/3"]),
        (_came(about="", keeps="[SA26-0001/3/revisit.1]"), ["SA26-0001/3"]),
        (_came(about="", keeps="[CL26-0001/1/call-back.1]"), ["SA26-0001/2"]),
        (_came(about="[IN26-0009]"), ["SA26-0001/3"]),
        (_came(about=f"[{BUYER}]"), []),
        (record("DE26-0001"), ["SA26-0001/2", "SA26-0001/3"]),
        (record("DE26-0001", items="[1, 3]"), ["SA26-0001/1", "SA26-0001/3"]),
        (record("IN26-0001"), ["SA26-0001/2", "SA26-0001/3"]),
    ],
)
def test_the_goods_of_a_work(work: str, units: list[str]) -> None:
    """A unit, all of a sale, the unit of a claim, what a promise or another work is about; what was taken was not
    brought.
    """
    affairs = _affairs(_CLAIM, record("IN26-0009", items="[3]"), work)
    found = at_home.of_id(affairs, work.split("\n", 1)[0].removeprefix("id: "))
    assert found is not None
    assert at_home.units_of(affairs, found, rules()) == units


def _calls(*records: str) -> list[str]:
    found = promises(_MIXED, *records, now="2026-03-20", plans=_CALLED_BACK)
    return sorted(name for name in found if name.startswith(("SA26-0001/2/mended", "CL26-0001/1")))


def test_a_repair_at_home_is_called_back() -> None:
    """Each by its number, which what was written down later never changes; one that met nobody is none."""
    assert _calls(_came()) == ["SA26-0001/2/mended-call.1"]
    assert _calls(_came(about="[CL26-0001]"), _CLAIM) == ["SA26-0001/2/mended-call.1"]
    assert _calls(_came(outcome="no_answer")) == []
    assert _calls(_came(purpose="inspection")) == []
    earlier = _came("VI26-0002", at="2026-03-09")
    by_id = promises(_MIXED, _came(), earlier, now="2026-03-20", plans=_CALLED_BACK)
    assert by_id["SA26-0001/2/mended-call.1"].draft.record == "VI26-0001"
    assert by_id["SA26-0001/2/mended-call.2"].draft.record == "VI26-0002"


def test_nobody_is_called_twice_about_one_repair() -> None:
    """A visit on the day on which the claim's repair was handed back is that repair; on another day it is not."""
    repaired = record("CL26-0001", unit="SA26-0001/2", repairs="[{in: 2026-03-11, out: 2026-03-11T12:00}]")
    about = "[CL26-0001]"
    assert _calls(_came(about=about), repaired) == ["CL26-0001/1/call-back.1"]
    assert _calls(_came(about=about, at="2026-03-12"), repaired) == [
        "CL26-0001/1/call-back.1", "SA26-0001/2/mended-call.1",
    ]  # fmt: skip
    numbered = _calls(_came(about=about), _came("VI26-0002", at="2026-03-12"), repaired)
    assert numbered == ["CL26-0001/1/call-back.1", "SA26-0001/2/mended-call.2"]


@pytest.mark.parametrize(
    ("visit", "state"),
    [
        (_came(about="[CL26-0001]"), "kept"),
        (_came(about="[CL26-0001]", at="2026-03-12"), "kept_late"),
        (_came(about="[CL26-0001]", outcome="no_answer"), "overdue"),
        (_came(about="[SA26-0001/2]"), "overdue"),
    ],
)
def test_who_comes_home_to_repair_answers_the_claim(visit: str, state: str) -> None:
    """By the visit about the claim that met the customer, on its day."""
    found = promises(_MIXED, _CLAIM, visit, now="2026-03-20", plans=_CALLED_BACK)
    assert found["CL26-0001/answer.1"].state == state
