"""What is noted of goods: which records say what, of which unit, and of which batch."""

from __future__ import annotations

import pytest

from aftercare.answers.observed import Noted, Observed, observed
from tests.answers import shop
from tests.answers.shop import CHAIR, COOLER, record

SALE = record("SA26-0001", items=f"[{{product: {COOLER}, batch: W05}}, {{product: {CHAIR}, qty: 4}}]")
CLAIM = "CL26-0001"


def _file(*records: str, product: str = COOLER) -> Observed:
    return observed(shop.shelf(SALE, *records), {product})


def _whats(*records: str, product: str = COOLER) -> list[str]:
    return [one.what for one in _file(*records, product=product).noted]


@pytest.mark.parametrize(
    ("facts", "whats"),
    [
        ({}, ["fault"]),
        ({"fault": "{symptom: 不制冷}"}, ["fault"]),
        ({"fault": "{kind: none}"}, []),
        ({"asked": "withdraw"}, []),
        ({"asked": "withdraw", "fault": "{kind: none}"}, []),
        ({"asked": "withdraw", "fault": "{symptom: 异响}"}, ["fault"]),
        ({"repairs": "[{in: 2026-08-06, out: 2026-08-07, result: no_fault}]"}, ["no_fault", "repair"]),
        ({"repairs": "[{in: 2026-08-06, out: 2026-08-07, result: fixed}]"}, ["fault", "repair"]),
    ],
)
def test_a_fault_is_what_a_customer_said_was_wrong(facts: dict[str, str], whats: list[str]) -> None:
    """A return without a reason is no fault, and what the workshop did not find is counted apart."""
    assert _whats(record(CLAIM, **facts)) == whats


def test_a_fault_is_of_the_day_on_which_it_showed() -> None:
    """Where that is not known it is of the day on which it was reported."""
    found = _file(record(CLAIM, fault="{found_on: 2026-07-30}"), record("CL26-0002"))
    assert [one.on.isoformat() for one in found.noted] == ["2026-07-30", "2026-08-05"]


def test_a_repair_of_the_same_fault_is_a_repeat() -> None:
    """The second stay for what was found before, in whichever claim; another problem is none."""
    first = record(CLAIM, repairs="[{in: 2026-08-06, out: 2026-08-07, problem: 漏氟, result: fixed}]")
    again = record("CL26-0002", repairs="[{in: 2026-09-06, problem: 漏氟}]", reported_on="2026-09-05")
    other = record("CL26-0003", repairs="[{in: 2026-10-06, problem: 异响}]", reported_on="2026-10-05")
    noted = _file(first, again, other).noted
    assert [(one.what, one.id) for one in noted if "repair" in one.what] == [
        ("repair", CLAIM),
        ("repair", "CL26-0002"),
        ("repeat_repair", "CL26-0002"),
        ("repair", "CL26-0003"),
    ]


def test_what_was_given_and_taken_back_is_noted_on_its_own_day() -> None:
    """Goodwill, the exchange, the goods that came back, the money; a decision that was due is no goodwill."""
    claim = record(
        CLAIM,
        decisions="[{on: 2026-08-06, remedy: repair}, {on: 2026-08-07, remedy: refund, goodwill: yes}]",
        returned="{on: 2026-08-08}",
        refunded="{on: 2026-08-09, amount: 10}",
    )
    swapped = record("CL26-0002", replaced="{on: 2026-08-06, serial: K2}")
    noted = [(one.what, one.on.isoformat()) for one in _file(claim, swapped).noted if one.what != "fault"]
    assert noted == [
        ("exchange", "2026-08-06"),
        ("goodwill", "2026-08-07"),
        ("return", "2026-08-08"),
        ("refund", "2026-08-09"),
    ]


@pytest.mark.parametrize(
    ("about", "saw", "noted"),
    [
        ("[SA26-0001/1]", "{what: 堵了, component: 滤网}", [("seen", "滤网")]),
        ("[SA26-0001/1]", "{what: 旧了, kind: wear}", [("wear", "")]),
        ("[SA26-0001/1]", "{what: 干净, kind: none}", []),
        ("[SA26-0001/1, SA26-0001/2]", "{what: 堵了}", []),
        ("[SA26-0001]", "{what: 堵了}", []),
        ("[SA26-0001/1, SA26-0001/2]", "{what: 堵了, unit: SA26-0001/1}", [("seen", "")]),
        ("[SA26-0001/1, SA26-0001/2]", "{what: 松了, unit: SA26-0001/2}", []),
        (f"[{CLAIM}]", "{what: 堵了}", [("seen", "")]),
    ],
)
def test_what_a_visit_saw_is_of_the_unit_it_was_about(about: str, saw: str, noted: list[tuple[str, str]]) -> None:
    """Seen at a visit about several things, it is noted of the one that is named, else of none; never as a fault."""
    visit = record("VI26-0001", at="2026-09-01", about=about, saw=f"[{saw}]", purpose="maintenance")
    found = _file(record(CLAIM, asked="withdraw"), visit).noted
    assert [(one.what, one.component) for one in found] == noted


def test_a_repair_at_home_is_a_repair() -> None:
    """Unless its claim holds it too; one for which nobody was at home is none."""
    claim = record(CLAIM, fault="{component: 滤网, symptom: 堵}", repairs="[{in: 2026-09-01, out: 2026-09-01}]")
    visits = [
        record(f"VI26-000{n}", at=at, about=f"[{CLAIM}]", purpose="repair", channel="home", outcome=outcome)
        for n, (at, outcome) in enumerate(
            [("2026-09-01", "reached"), ("2026-09-02", "no_answer"), ("2026-09-03", "reached")], start=1
        )
    ]
    found = [(one.what, one.id, one.component) for one in _file(claim, *visits).noted if one.what == "repair"]
    assert found == [("repair", CLAIM, "滤网"), ("repair", "VI26-0003", "滤网")]


def test_what_a_kept_promise_was_about_is_known() -> None:
    """A visit that names only the promise it keeps was about the unit of that promise."""
    visit = record("VI26-0001", at="2026-09-01", keeps="[SA26-0001/1/maintenance.1]", saw="[{what: 堵了}]")
    assert [one.unit for one in _file(visit).noted] == ["SA26-0001/1"]


def test_questions_complaints_and_wishes_are_noted_once_for_each_product() -> None:
    """Of the product itself, or of its units; a complaint that was taken back is none."""
    records = [
        record("VI26-0001", at="2026-09-01", about="[SA26-0001/1, SA26-0001/2]", purpose="advice", heard="[怎么除湿]"),
        record("CO26-0001", customer=shop.BUYER, received_at="2026-09-02", what="太响", about="[SA26-0001/1]"),
        record(
            "CO26-0002", customer=shop.BUYER, received_at="2026-09-02", what="太响", about="[SA26-0001/1]",
            withdrawn="{on: 2026-09-03}",
        ),
        record(
            "WI26-0001", customer=shop.BUYER, said_on="2026-09-03", words="小一点", about=f"[{COOLER}, SA26-0001/1]"
        ),
    ]  # fmt: skip
    expected = [("question", "怎么除湿"), ("complaint", "太响"), ("wish", "小一点")]
    assert [(one.what, one.words) for one in _file(*records).noted] == expected
    assert _whats(*records, product=CHAIR) == ["question"]


def test_the_batch_is_that_of_the_thing_in_use() -> None:
    """After an exchange a fault is one of the new thing's batch, which may not be known."""
    first = record(CLAIM, replaced="{on: 2026-08-10, serial: K2, batch: W09}")
    second = record("CL26-0002", reported_on="2026-09-05", replaced="{on: 2026-09-06, serial: K3}")
    third = record("CL26-0003", reported_on="2026-10-05")
    faults = [one for one in _file(first, second, third).noted if one.what == "fault"]
    assert [one.batch for one in faults] == ["W05", "W09", ""]


def test_only_what_was_sold_counts_and_only_of_the_products_asked_for() -> None:
    """A sale that was called off sold nothing, and its claims are of nothing."""
    off = record("SA26-0002", items=f"[{{product: {COOLER}}}]", cancelled="{on: 2026-03-03}")
    found = _file(off, record(CLAIM, unit="SA26-0002/1"), record("CL26-0002", unit="SA26-0001/2"))
    assert (list(found.sold), found.noted) == (["SA26-0001/1"], [])


def test_a_unit_is_found_by_the_id_that_its_sale_had() -> None:
    """A claim that was written before its sale was renumbered is about the same unit."""
    renumbered = record("SA26-0009", items=f"[{{product: {COOLER}}}]", formerly="[SA26-0008]")
    found = _file(renumbered, record(CLAIM, unit="SA26-0008/1")).noted
    assert found == [Noted("fault", CLAIM, found[0].on, COOLER, "SA26-0009/1")]


@pytest.mark.parametrize(
    ("facts", "pieces"),
    [
        ({"returned": "{on: 2026-08-08}"}, 4),
        ({"returned": "{on: 2026-08-08, qty: 3}"}, 3),
        ({"refunded": "{on: 2026-08-09, amount: 1}"}, 4),
        ({"returned": "{on: 2026-08-08, qty: 1}", "refunded": "{on: 2026-08-09, amount: 1}"}, 1),
    ],
)
def test_what_left_service_is_what_came_back_or_was_paid_back(facts: dict[str, str], pieces: int) -> None:
    """So many pieces as the return says, else the whole line, from the first of the two days."""
    claim = record(CLAIM, unit="SA26-0001/2", asked="withdraw", **facts)
    assert [(one.unit, one.pieces) for one in _file(claim, product=CHAIR).left] == [("SA26-0001/2", pieces)]
