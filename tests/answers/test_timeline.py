"""What happened with a customer or a unit, in order, and a unit at a glance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.timeline import of_customer, of_unit, standing
from aftercare.plain.moments import iso, parse
from aftercare.render.sentences import timeline as told
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


def test_what_a_claim_went_through_is_told_step_by_step() -> None:
    """Waiting and going on, decided and refused, lent and back, replaced, paid back, closed: each an entry."""
    claim = record(
        "CL26-0001",
        reported_on="2026-08-01",
        fault="{symptom: 不制冷}",
        repairs=(
            "[{in: 2026-08-02, waiting: [{from: 2026-08-03, to: 2026-08-04, for: 压缩机, because: no_parts}, "
            "{from: 2026-08-05, to: 2026-08-06, for: 阀}], out: 2026-08-06, done: 无, result: not_fixed}]"
        ),
        decisions=(
            "[{on: 2026-08-07, remedy: refund, refused: yes, reason: 期限已过}, "
            "{on: 2026-08-08, remedy: replace, by: ST26-0001}]"
        ),
        loans="[{thing: 落地扇, at: 2026-08-02T10:00, back: 2026-08-09T18:00}]",
        replaced="{on: 2026-08-09, serial: KF-2, model: KFR-36}",
        refunded="{on: 2026-08-10, amount: 40.00}",
        closed="{on: 2026-08-11, reason: 都好了}",
    )
    found = [entry for entry in of_unit(_affairs(SALE, claim), UNIT) if entry.record == "CL26-0001"]
    assert [(iso(entry.at), entry.what, entry.words, entry.text) for entry in found] == [
        ("2026-08-01", "reported", (), "不制冷"),
        ("2026-08-02", "in_repair", (), "不制冷"),
        ("2026-08-02T10:00", "lent", (), "落地扇"),
        ("2026-08-03", "waits", ("no_parts",), "压缩机"),
        ("2026-08-04", "goes_on", (), "压缩机"),
        ("2026-08-05", "waits", (), "阀"),
        ("2026-08-06", "repaired", ("not_fixed",), "无"),
        ("2026-08-07", "refused", ("refund",), "期限已过"),
        ("2026-08-08", "decided", ("replace",), ""),
        ("2026-08-09", "replaced", (), "KFR-36 KF-2"),
        ("2026-08-09T18:00", "lent_back", (), "落地扇"),
        ("2026-08-10", "refunded", (), "40.00"),
        ("2026-08-11", "closed", (), "都好了"),
    ]


def test_every_entry_of_a_claim_has_its_words() -> None:
    """In a line each; what has nothing more to say says no more."""
    records = (
        record("CL26-0001", repairs="[{in: 2026-08-06, waiting: [{from: 2026-08-07, to: 2026-08-08}]}]"),
        record("CL26-0002", replaced="{on: 2026-08-09}", closed="{on: 2026-08-10}"),
    )
    whole = shop.shelf(SALE, *records)
    lines = [*told(of_unit(affairs_of(whole)[BUYER], UNIT), whole)]
    assert f"2026-08-08 the repair goes on {UNIT} CL26-0001" in lines
    assert f"2026-08-09 another one handed over {UNIT} CL26-0002" in lines
    assert f"2026-08-10 claim closed {UNIT} CL26-0002" in lines


def test_a_unit_that_was_replaced_at_a_glance() -> None:
    """The number in use first, then those before it; exchanges count, and what was charged for them."""
    found = standing(
        _affairs(
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
        found = standing(_affairs(SALE, claim, record("VI26-0001", about=about, **came)), UNIT, parse("2026-09-01"))
        assert found is not None
        assert (found.repairs, found.contacts) == (1, 1)
    written = record("CL26-0001", reported_on="2026-03-10", repairs="[{in: 2026-03-11, out: 2026-03-11}]")
    both = standing(
        _affairs(SALE, written, record("VI26-0001", about="[CL26-0001]", **came)), UNIT, parse("2026-09-01")
    )
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
    found = standing(_affairs(SALE, claim, part), UNIT, parse("2026-09-01"))
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
    found = standing(_affairs(SALE, part), UNIT, parse("2026-09-01"))
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
    affairs = _affairs(SALE, record("IN26-0001", items="[1]"), record("CL26-0001"), *visits)
    found = standing(affairs, UNIT, parse("2026-09-01"))
    assert found is not None
    assert (found.contacts, found.last_contact) == (2, parse("2026-08-06T10:00"))
    assert {"VI26-0001", "VI26-0002"} == {e.record for e in of_unit(affairs, UNIT) if e.what == "contact"}


def test_what_is_put_up_again_is_called_so() -> None:
    """With what the record notes of it."""
    once = record("IN26-0001", signed="{by: 王建国, at: 2026-03-06}")
    again = record("IN26-0002", arranged_on="2026-06-01", note="搬家", signed="{by: 王建国, at: 2026-06-01}")
    affairs = _affairs(record("SA26-0001", items=f"[{{product: {COOLER}}}]"), once, again)
    entries = [entry for entry in of_unit(affairs, UNIT) if entry.what.startswith("installed")]
    assert [(entry.what, entry.note) for entry in entries] == [("installed", ""), ("installed_again", "搬家")]
    assert next(told(entries[1:], shop.shelf())).startswith("2026-06-01 put up again, signed by 王建国, 搬家 ")
