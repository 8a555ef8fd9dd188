"""Finding records by what people say of them."""

from __future__ import annotations

import pytest

from aftercare.answers.finding import describe, resolve, search, units_with_serial
from aftercare.errors import NoSuchRecord, SeveralRecords
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, COOLER, record

RECORDS = (
    record("CU26-0002", name="王建", phones="[13900139001]"),
    record("CU26-0003", name="单雄", phones="[13900139002]", formerly="[CU25-0099]"),
    record("CU26-0004", name="张伟", phones="['13911110004']", pinyin="zhang wei"),
    record("CU26-0005", name="张伟", phones="['13922220005']"),
    record(
        "SA26-0001",
        items=f"[{{product: {COOLER}, serial: KF35-001}}, {{product: {CHAIR}, qty: 4}}]",
        invoice="'00123456'",
    ),
    record("SA26-0002", customer="CU26-0003", items=f"[{{product: {COOLER}, serial: KF35-002}}]"),
    record("SA25-0002", customer="CU26-0003", sold_on="2025-03-02"),
    record(
        "SA26-0003",
        customer="CU26-0005",
        items=f"[{{product: {COOLER}, serial: TWIN}}, {{product: {CHAIR}, serial: TWIN}}]",
    ),
)
SHELF = shop.shelf(*RECORDS)


def _found(text: str, *kinds: str, year: int = 2026) -> str:
    return resolve(SHELF, text, kinds, year)


@pytest.mark.parametrize(
    "text",
    [
        "CU26-0001",
        "cu26-1",
        "CU2601",
        "ｃｕ２６－０００１",
        "1",
        "王建国",
        "wangjianguo",
        "wang jianguo",
        "wjg",
        "8000",
        "13800138000",
    ],
)
def test_a_customer_answers_to_many_words(text: str) -> None:
    """Ids in any writing, the bare number, the name, its pinyin in full and by initials, the phone and its tail."""
    assert _found(text, "customer") == BUYER


@pytest.mark.parametrize(
    ("text", "expected"), [("shanxiong", "CU26-0003"), ("sx", "CU26-0003"), ("CU25-0099", "CU26-0003")]
)
def test_surnames_have_readings_of_their_own_and_old_ids_still_find(text: str, expected: str) -> None:
    """单 is Shan as a surname; a record answers to what it was called formerly."""
    assert _found(text, "customer") == expected


def test_an_exact_name_beats_names_that_hold_it() -> None:
    """王建 is one customer although 王建国 begins with the same letters."""
    assert _found("王建", "customer") == "CU26-0002"


def test_several_are_named_with_what_tells_them_apart() -> None:
    """Nothing is guessed: every candidate is shown with its id and phone."""
    with pytest.raises(SeveralRecords) as caught:
        _found("张伟", "customer")
    assert "CU26-0004 张伟 13911110004" in f"{caught.value.__dict__} {caught.value}"
    assert "CU26-0005 张伟 13922220005" in f"{caught.value.__dict__} {caught.value}"


@pytest.mark.parametrize("text", ["CU26-0099", "没有此人", "", " ", "王", "9", "/", "、", "%", "SA26-0001"])
def test_what_nobody_answers_to_is_said(text: str) -> None:
    """No such id, no such words, nothing at all, one letter of many names, a record of another kind."""
    with pytest.raises((NoSuchRecord, SeveralRecords)):
        _found(text, "customer")


def test_a_bare_number_is_of_this_year_and_else_of_the_newest() -> None:
    """2 is this year's second sale; in a year without one it is the newest."""
    assert _found("2", "sale") == "SA26-0002"
    assert _found("2", "sale", year=2025) == "SA25-0002"
    assert _found("2", "sale", year=2027) == "SA26-0002"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SA26-0001/2", "SA26-0001/2"),
        ("sa26-1/2", "SA26-0001/2"),
        ("SA26-0001、2", "SA26-0001/2"),
        ("1/2", "SA26-0001/2"),
        ("kf35-001", "SA26-0001/1"),
        ("ＫＦ３５－００２", "SA26-0002/1"),
        ("SA26-0002", "SA26-0002/1"),
    ],
)
def test_a_unit_is_a_line_or_a_serial_number_or_the_only_line(text: str, expected: str) -> None:
    """As it is written, typed on a Chinese keyboard, or read off the machine."""
    assert _found(text, "unit") == expected


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SA26-0001", SeveralRecords),
        ("TWIN", SeveralRecords),
        ("SA26-0001/3", NoSuchRecord),
        ("SA26-0001/0", NoSuchRecord),
        ("SA26-0099/1", NoSuchRecord),
        ("KF35-009", NoSuchRecord),
    ],
)
def test_a_unit_that_is_not_clear_is_refused(text: str, error: type[Exception]) -> None:
    """A sale of two lines, a serial number of two units, a line that is not there."""
    with pytest.raises(error):
        _found(text, "unit")


def test_a_promise_is_named_by_its_subject_and_step() -> None:
    """In any writing of the id; what stands before the slash must be a record."""
    assert _found("sa26-1/1/Call-Back.1", "any_promise") == "SA26-0001/1/call-back.1"
    with pytest.raises(NoSuchRecord):
        _found("SA26-0099/1/deliver", "any_promise")


def test_invoice_and_serial_and_buyer_find_a_sale() -> None:
    """What stands on the paper, on the machine, and who came in."""
    assert _found("00123456", "sale") == "SA26-0001"
    assert _found("KF35-001", "sale") == "SA26-0001"
    assert {r.id for r in search(SHELF, "shanxiong", ["sale"])} == {"SA26-0002", "SA25-0002"}


def test_search_is_over_all_kinds_unless_told() -> None:
    """``find 13900139002`` shows the customer and what was sold to them."""
    assert {r.id for r in search(SHELF, "13900139002")} == {"CU26-0003", "SA26-0002", "SA25-0002"}
    assert {r.id for r in search(SHELF, "KFR-35")} == {COOLER}
    assert search(SHELF, "k") == []


def test_units_with_a_serial_number_are_all_found() -> None:
    """A number that two things bear is shown for both."""
    assert [unit for unit, __ in units_with_serial(SHELF, "twin")] == ["SA26-0003/1", "SA26-0003/2"]


@pytest.mark.parametrize(
    ("record_id", "said"),
    [
        (BUYER, "CU26-0001 王建国 13800138000"),
        ("SA26-0001/2", "SA26-0001/2 王建国 椅子"),
        ("SA26-0001", "SA26-0001 王建国 空调 KFR-35 椅子"),
        ("SA26-0099", "SA26-0099"),
    ],
)
def test_a_record_in_one_line_has_the_words_people_know_it_by(record_id: str, said: str) -> None:
    """Id, name, phone; of a sale its buyer and goods; of one that is not there the id alone."""
    assert describe(SHELF, record_id) == said


def test_works_and_claims_are_found_through_their_sale() -> None:
    """The name or phone of the buyer, or a serial number, means the one delivery or claim there is."""
    held = shop.shelf(
        *RECORDS,
        record("DE26-0001", sale="SA26-0002"),
        record("CL26-0001", unit="SA26-0001/1", reported_on="2026-03-08"),
        record("CL26-0002", unit="SA26-0001/2", reported_on="2026-03-09"),
        record("CL26-0003", unit="SA26-0002/1", reported_on="2026-03-09"),
    )
    assert resolve(held, "9002", ("delivery",), 2026) == "DE26-0001"
    assert resolve(held, "单雄", ("claim",), 2026) == "CL26-0003"
    assert resolve(held, "KF35-001", ("claim",), 2026) == "CL26-0001"
    with pytest.raises(SeveralRecords):
        resolve(held, "王建国", ("claim",), 2026)
