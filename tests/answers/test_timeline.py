"""What happened with a customer or a unit, in order, and a unit at a glance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.timeline import of_customer, of_unit, standing
from aftercare.plain.moments import iso, parse
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

SALE = record(
    "SA26-0001",
    items=f"[{{product: {COOLER}, serial: KF-1, price: 3299.00}}, {{product: {CHAIR}, qty: 4}}]",
    told="{deliver: {by: 2026-03-04}}",
)
STORY = (
    SALE,
    record(
        "DE26-0001",
        items="[1]",
        moved="[{to: 2026-03-05, asked_by: customer, reason: 加班, on: 2026-03-03}]",
        attempts="[{at: 2026-03-04T09:00, outcome: nobody_home}]",
        dispatched_at="2026-03-05T08:00",
        charged="30",
        signed="{by: 王建国, at: 2026-03-05T10:00}",
    ),
    record("DE26-0002", items="[2]", signed="{by: 王小明, at: 2026-03-06}"),
    record("IN26-0001", charged="80.50", signed="{by: 王建国, at: 2026-03-06T12:00}"),
    record("VI26-0001", keeps=f"[{UNIT}/revisit.1]", purpose="revisit", at="2026-03-13", answers="{use: 正常}"),
    record(
        "CL26-0001", fault="{symptom: 不制冷}", repairs="[{in: 2026-08-06, out: 2026-08-08, cost: 100, result: fixed}]"
    ),
    record(
        "PM26-0001", about=f"[{UNIT}]", due="2026-08-10", made_on="2026-08-08", words="送滤网", kept="{at: 2026-08-09}"
    ),
)


def _affairs(*records: str) -> Affairs:
    return affairs_of(shop.shelf(*records))[BUYER]


def test_a_customers_timeline_has_everything_in_order() -> None:
    """From the first day known to the last promise kept, each with the record that says so."""
    entries = of_customer(_affairs(*STORY))
    days = [iso(entry.at) for entry in entries]
    assert days == sorted(days, key=lambda text: (text[:10], text))
    assert [entry.what for entry in entries] == [
        "known",
        "sold",
        "sold",
        "moved",
        "vain",
        "left",
        "delivered",
        "delivered",
        "installed",
        "contact",
        "reported",
        "in_repair",
        "repaired",
        "promised",
        "kept",
    ]


def test_a_units_timeline_is_of_that_unit_alone() -> None:
    """What was about the sale or the unit, its claims included; nothing of the other line."""
    first = {entry.record for entry in of_unit(_affairs(*STORY), UNIT)}
    assert first == {"SA26-0001", "DE26-0001", "IN26-0001", "VI26-0001", "CL26-0001", "PM26-0001"}
    second = {entry.record for entry in of_unit(_affairs(*STORY), "SA26-0001/2")}
    assert "DE26-0002" in second
    assert not second & {"DE26-0001", "VI26-0001", "CL26-0001", "PM26-0001"}


def test_line_1_is_not_line_10() -> None:
    """Names that begin alike are kept apart."""
    ten = record("SA26-0001", items=f"[{', '.join([f'{{product: {CHAIR}}}'] * 10)}]")
    tenth = record("DE26-0001", items="[10]", signed="{by: 王建国, at: 2026-03-05}")
    assert "DE26-0001" not in {entry.record for entry in of_unit(_affairs(ten, tenth), UNIT)}


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ("{to: 2026-03-05, asked_by: customer}", ("asked_by_customer",)),
        ("{to: 2026-03-05, asked_by: shop, agreed: yes}", ("asked_by_shop",)),
        ("{to: 2026-03-05, asked_by: shop}", ("not_agreed",)),
    ],
)
def test_a_move_says_who_asked_and_whether_it_was_agreed(moved: str, words: tuple[str, ...]) -> None:
    """The customer's own words about a time are worth seeing, agreed or not."""
    entries = of_customer(_affairs(SALE, record("DE26-0001", moved=f"[{moved}]")))
    assert [entry.words for entry in entries if entry.what == "moved"] == [words]


def test_an_old_id_of_the_sale_breaks_no_timeline() -> None:
    """A delivery may name its sale by an id the sale had formerly."""
    renumbered = record("SA26-0001", formerly="[SA26-0008]")
    entries = of_customer(
        _affairs(renumbered, record("DE26-0001", sale="SA26-0008", signed="{by: 王, at: 2026-03-05}"))
    )
    assert [entry.what for entry in entries] == ["known", "sold", "delivered"]


def test_a_unit_at_a_glance() -> None:
    """Age in whole months, faults, repairs, fitters' visits, contacts, and every amount the customer paid."""
    found = standing(_affairs(*STORY), UNIT, parse("2026-09-01"))
    assert found is not None
    assert (found.months, found.faults, found.repairs, found.installations, found.contacts) == (5, 1, 1, 1, 1)
    assert found.charged == Decimal("210.50")
    assert found.serials == ("KF-1",)
    assert standing(_affairs(*STORY), "SA26-0001/3", parse("2026-09-01")) is None


@pytest.mark.parametrize(
    ("now", "months"), [("2026-03-02", 0), ("2026-04-01", 0), ("2026-04-02", 1), ("2027-03-02", 12)]
)
def test_a_month_is_over_on_its_day(now: str, months: int) -> None:
    """Months in use are counted whole, and never below none."""
    found = standing(_affairs(SALE), UNIT, parse(now))
    assert found is not None
    assert found.months == months
    before = standing(_affairs(SALE), UNIT, parse("2026-01-01"))
    assert before is not None
    assert before.months == 0


def test_an_amount_in_another_currency_is_never_summed() -> None:
    """What was paid in another currency stays out of the sum."""
    foreign = record("DE26-0001", items="[1]", charged="30 USD", signed="{by: 王建国, at: 2026-03-05}")
    found = standing(_affairs(SALE, foreign), UNIT, parse("2026-09-01"))
    assert found is not None
    assert found.charged == 0
