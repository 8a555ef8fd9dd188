"""Services for a thing in use: what a visit left to do is carried forward, and ends with the thing."""

from __future__ import annotations

import pytest

from aftercare.answers.promises import Promise
from tests.answers import shop
from tests.answers.shop import CHAIR, UNIT, record

LEFT = "VI26-0001/finish.1"
PLAN = """
id: ours
issuer: shop
title: 保养
plans:
- id: finish
  title: 收尾
  category: goods
  after: left_undone
  what: maintenance
  step: finish
  channel: home
  due: {2020-01-01: [{days: 14}]}
- id: check
  title: 保养
  category: goods
  after: delivered
  what: maintenance
  step: check
  channel: home
  every: {2020-01-01: {months: 12}}
  counted_from: plan
- id: call-back
  title: 回访
  category: goods
  after: delivered
  what: call_back
  step: call-back
  channel: phone
  due: {2020-01-01: [{days: 1}]}
- id: revisit
  title: 访查
  category: goods
  after: delivered
  what: revisit
  step: revisit
  channel: home
  due: {2020-01-01: [{years: 2}]}
"""
CHECK = f"{UNIT}/check"
SALE = record("SA26-0001")


def _visit(number: int, at: str, **fields: str) -> str:
    said = {"purpose": "maintenance", "channel": "home", "about": f"[{UNIT}]", "at": at} | fields
    return record(f"VI26-{number:04}", **said)


def _promises(*records: str, now: str = "2027-06-01") -> dict[str, Promise]:
    return shop.promises(SALE, *records, now=now, plans=PLAN)


FIRST = _visit(1, "2027-03-02T10:00", undone="[换滤网, 补打玻璃胶]", by="")


def test_what_was_left_undone_is_promised_in_the_visits_own_words() -> None:
    """The visit itself counts, and the next one comes as planned; what is left is about the visit's units."""
    found = _promises(FIRST, now="2027-03-16")
    assert (found[f"{CHECK}.1"].state, found[f"{CHECK}.2"].state) == ("kept", "waiting")
    left = found[LEFT]
    assert (left.state, left.draft.words, left.draft.about) == ("due", "换滤网; 补打玻璃胶", (UNIT,))
    assert _promises(FIRST, now="2027-03-17")[LEFT].state == "overdue"


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({}, True),
        ({"about": f"[{UNIT}]", "keeps": f"[{CHECK}.2]"}, True),
        ({"about": "", "keeps": f"[{LEFT}]"}, True),
        ({"about": "[SA26-0001]"}, True),
        ({"about": "[VI26-0001]"}, True),
        ({"purpose": "repair"}, True),
        ({"purpose": "advice"}, False),
        ({"outcome": "no_answer"}, False),
        ({"about": "[SA26-0002/1]"}, False),
        ({"at": "2027-03-02T09:59"}, False),
    ],
)
def test_the_next_visit_that_sees_to_the_same_unit_finishes_it(fields: dict[str, str], kept: bool) -> None:
    """Named or not, whatever else it keeps; not one that came before, or was for something else, or met nobody."""
    later = _visit(2, **{"at": "2027-03-10T10:00", **fields})
    found = _promises(FIRST, later, record("SA26-0002"))
    assert (found[LEFT].state == "kept") is kept


def test_a_visit_that_finishes_is_no_early_check() -> None:
    """The check of the year after is still to come."""
    assert _promises(FIRST, _visit(2, "2027-03-10"))[f"{CHECK}.2"].state == "waiting"


def test_what_is_left_again_is_carried_forward_again() -> None:
    """The first promise is kept by the visit, the second is the visit's own."""
    found = _promises(FIRST, _visit(2, "2027-03-10", undone="[补打玻璃胶]", about="[VI26-0001]"))
    assert found[LEFT].state == "kept"
    assert found["VI26-0002/finish.1"].draft.about == (UNIT,)


@pytest.mark.parametrize("outcome", ["no_answer", "declined"])
def test_a_visit_that_met_nobody_left_nothing(outcome: str) -> None:
    """What is to be done then is the maintenance itself."""
    assert LEFT not in _promises(_visit(1, "2027-03-02", undone="[换滤网]", outcome=outcome))


def test_it_can_be_declined() -> None:
    """By the customer's word, like any promise."""
    declined = _visit(2, "2027-03-10", keeps=f"[{LEFT}]", outcome="declined")
    assert _promises(FIRST, declined)[LEFT].state == "released"


RETIRED = record("SA26-0001", items=f"[{{product: {CHAIR}, retired: {{on: 2027-03-12, reason: 报废}}}}]")
BACK = record(
    "CL27-0001",
    unit=UNIT,
    reported_on="2027-03-05",
    returned="{on: 2027-03-12}",
    refunded="{on: 2027-03-12, amount: 1}",
)


@pytest.mark.parametrize("ending", [RETIRED, BACK])
def test_services_for_a_thing_end_with_it(ending: str) -> None:
    """Its upkeep and its visits are void with the reason."""
    found = _promises(FIRST, ending)
    states = {id: promise.state for id, promise in found.items() if "refund" not in id}
    assert states[LEFT] == states[f"{CHECK}.2"] == states[f"{UNIT}/revisit.1"] == "void"
    assert states[f"{CHECK}.1"] == "kept"
    reasons = {promise.ended.reason for promise in found.values() if promise.ended}
    assert reasons <= {"报废", "the goods came back and were paid back"}


def test_where_only_some_pieces_came_back_the_others_are_served_on() -> None:
    """The line goes on."""
    chairs = record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 4}}]")
    one_of_them = BACK.replace("{on: 2027-03-12}", "{on: 2027-03-12, qty: 1}")
    assert _promises(chairs, one_of_them)[f"{CHECK}.1"].state == "overdue"


def test_a_call_about_the_sale_is_owed_though_the_thing_is_out_of_use() -> None:
    """It is about the sale, and not about the thing."""
    assert _promises(RETIRED)[f"{UNIT}/call-back.1"].state == "overdue"
