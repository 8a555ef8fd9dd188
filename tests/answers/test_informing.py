"""What a customer is to be told beforehand: appointments, ends of guarantees, repairs that are ready."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers import remedies
from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.informing import appointments, begun, guarantees
from aftercare.answers.lines import lines_of
from aftercare.answers.rules import Rules
from aftercare.plain.moments import iso
from aftercare.policies import categories
from aftercare.policies.load import in_force, shipped
from aftercare.records.product import PartGuarantee, Product
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, deadline, promises, record, shelf, states

TELL = """
id: ours
issuer: shop
title: 告知
plans:
- {id: coming, title: 上门, category: goods, after: arranged, what: information, step: tell-coming, channel: phone,
   due: {2020-01-01: [{days: 0}]}, ahead: {days: 1}, late: worthless}
- {id: ready, title: 修好, category: goods, after: ready, what: information, step: tell-ready, channel: phone,
   due: {2020-01-01: [{days: 1}]}}
- {id: ends, title: 到期, category: goods, after: guarantee_ends, what: information, step: tell-end, channel: message,
   due: {2020-01-01: [{days: 0}]}, ahead: {days: 30}, late: worthless}
"""
COMING = "DE26-0001/tell-coming.1"
TOLD = "{deliver: {from: 2026-03-10T09:00, by: 2026-03-10T12:00}}"
SOLD = record("SA26-0001", told=TOLD)
BROUGHT = record("DE26-0001", person="")
MAKER = Rules(
    plans=(),
    categories=categories.tree(),
    packs=in_force(shipped(), country="CN", region="", named=["maker-warranty"]),
    country="CN",
)
EDGES = [date(2024, 1, 31), date(2024, 2, 28), date(2024, 2, 29), date(2024, 8, 31), date(2024, 12, 31)]


def _affairs(*records: str) -> Affairs:
    return affairs_of(shelf(*records))[BUYER]


def _when(*records: str) -> list[str]:
    affairs = _affairs(*records)
    return [iso(one.at) for one in appointments(affairs, list(lines_of(affairs, shop.rules(TELL))))]


def _word(at: str, **fields: str) -> str:
    return record("VI26-0001", **{"purpose": "information", "at": at, "about": "[DE26-0001]"} | fields)


def _state(*records: str, now: str, promise: str = COMING) -> str | None:
    return states(*records, now=now, plans=TELL).get(promise)


def test_who_comes_is_told_the_day_before_and_before_they_come() -> None:
    """From the day before on; the customer waits from the beginning of the window, and after that it is too late."""
    found = promises(SOLD, BROUGHT, now="2026-03-08", plans=TELL)[COMING]
    assert deadline(found) == "2026-03-10T09:00"
    assert [_state(SOLD, BROUGHT, now=now) for now in ("2026-03-08", "2026-03-09", "2026-03-10T09:00")] == [
        "waiting",
        "due",
        "due",
    ]
    assert _state(SOLD, BROUGHT, now="2026-03-10T09:01") == "broken"
    assert _state(SOLD, BROUGHT, _word("2026-03-10T09:00"), now="2026-03-11") == "kept"
    assert _state(SOLD, BROUGHT, _word("2026-03-10T09:30"), now="2026-03-11") == "broken"


def test_word_before_its_time_is_about_something_else() -> None:
    """A call about the same delivery three days before does not say who comes; named, it counts."""
    early = _word("2026-03-07")
    assert _state(SOLD, BROUGHT, early, now="2026-03-09") == "due"
    assert _state(SOLD, BROUGHT, _word("2026-03-07", keeps=f"[{COMING}]"), now="2026-03-09") == "kept"


@pytest.mark.parametrize("about", ["DE26-0001", UNIT, "SA26-0001"])
def test_word_about_the_delivery_its_unit_or_its_sale_keeps_it(about: str) -> None:
    """Whichever of them was written down."""
    assert _state(SOLD, BROUGHT, _word("2026-03-09", about=f"[{about}]"), now="2026-03-09") == "kept"


@pytest.mark.parametrize(
    ("sold_on", "expected"), [("2026-03-10", []), ("2026-03-09", []), ("2026-03-08", ["2026-03-10T09:00"])]
)
def test_what_was_agreed_the_day_before_is_still_in_the_ear(sold_on: str, expected: list[str]) -> None:
    """Same day and next day need no call; two days do."""
    assert _when(record("SA26-0001", sold_on=sold_on, told=TOLD), record("DE26-0001", arranged_on=sold_on)) == expected


def test_the_time_agreed_last_counts() -> None:
    """A move by consent is a new appointment; one made yesterday has just been heard; without consent nothing moved."""
    moved = "[{{to: 2026-03-20, asked_by: {who}, agreed: {agreed}, on: {on}}}]"
    far = moved.format(who="customer", agreed="yes", on="2026-03-09")
    near = moved.format(who="shop", agreed="yes", on="2026-03-19")
    no = moved.format(who="shop", agreed="no", on="2026-03-09")
    found = [_when(SOLD, record("DE26-0001", moved=moves)) for moves in (far, near, no)]
    assert found == [["2026-03-20"], [], ["2026-03-10T09:00"]]
    apart = record("PM26-0001", of=f"{UNIT}/deliver", moved=far)
    assert _when(SOLD, BROUGHT, apart) == ["2026-03-20"]


def test_a_work_of_which_no_time_was_told_is_no_appointment() -> None:
    """There is nothing to tell yet."""
    assert _when(record("SA26-0001"), BROUGHT) == []
    own = record("DE26-0001", deliver="{by: 2026-03-10}")
    assert _when(record("SA26-0001"), own) == ["2026-03-10"]


def test_one_call_for_all_lines_that_somebody_comes_for() -> None:
    """The customer is told once; the promise is about every unit."""
    sale = record("SA26-0001", told=TOLD, items=f"[{{product: {CHAIR}}}, {{product: {COOLER}}}]")
    found = promises(sale, BROUGHT, now="2026-03-09", plans=TELL)
    coming = [promise for promise in found.values() if promise.id.partition("/")[2].startswith("tell-coming")]
    assert [(one.id, one.draft.about) for one in coming] == [(COMING, (UNIT, "SA26-0001/2"))]
    assert coming[0].draft.words == "2026-03-10 09:00-12:00 椅子 空调 KFR-35"


@pytest.mark.parametrize(
    "change",
    [
        record("DE26-0001", cancelled="{on: 2026-03-07}"),
        record("DE26-0001", arrived_at="2026-03-09T08:00", signed="{by: a, at: 2026-03-09T08:10}"),
        record("SA26-0001", told=TOLD, cancelled="{on: 2026-03-07}"),
        record("PM26-0001", of=f"{UNIT}/deliver", released="{on: 2026-03-07}"),
    ],
)
def test_nobody_is_told_of_what_is_off_or_done(change: str) -> None:
    """Called off, brought earlier, the sale off, let go of: void."""
    assert _state(SOLD, BROUGHT, change, now="2026-03-09") == "void"


def test_the_guarantee_is_told_of_in_its_last_days() -> None:
    """Thirty days before, until its last day; a visit long before is about something else; a refund ends it."""
    goods = record(CHAIR, maker_months="12", maker_parts="[{part: 腿, months: 24}]")
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}, taken: yes}}]")
    end = f"{UNIT}/tell-end.1"
    at = ["2027-01-30", "2027-01-31", "2027-03-02", "2027-03-03"]
    assert [_state(goods, sale, now=now, promise=end) for now in at] == ["waiting", "due", "due", "broken"]
    long_before = _word("2026-05-01", about=f"[{UNIT}]")
    assert _state(goods, sale, long_before, now="2027-02-10", promise=end) == "due"
    assert _state(goods, sale, _word("2027-02-01", about=f"[{UNIT}]"), now="2027-03-03", promise=end) == "kept"
    refunded = record("CL26-0001", refunded="{on: 2026-09-01, amount: 10}")
    assert _state(goods, sale, refunded, now="2027-02-10", promise=end) == "void"
    part = promises(goods, sale, now="2026-03-03", plans=TELL)[f"{UNIT}/tell-end.2"]
    assert (deadline(part), part.draft.words) == ("2028-03-02", "椅子 腿")


def test_who_wishes_no_contact_is_not_told_of_a_guarantee_but_of_a_visit() -> None:
    """The one comes from us alone; for the other the customer waits at home."""
    goods = record(CHAIR, maker_months="12")
    silent = record(BUYER, do_not_contact="烦")
    found = states(goods, silent, record("SA26-0001", told=TOLD), BROUGHT, now="2026-03-09", plans=TELL)
    assert found[COMING] == "due"
    signed = record("DE26-0001", signed="{by: a, at: 2026-03-10}")
    found = states(goods, silent, SOLD, signed, now="2027-03-01", plans=TELL)
    assert found[f"{UNIT}/tell-end.1"] == "void"


def test_a_repair_is_told_of_when_it_is_ready() -> None:
    """Tested, or else repaired; handed back on the same day there is nothing to tell, handed back later it is off."""
    ready = "CL26-0001/1/tell-ready.1"

    def told(stay: str, *more: str, now: str = "2026-09-06") -> str | None:
        claim = record("CL26-0001", repairs=f"[{{in: 2026-09-01, {stay}}}]")
        return _state(record("SA26-0001"), claim, *more, now=now, promise=ready)

    assert told("diagnosed: 2026-09-02") is None
    assert told("repaired: 2026-09-04", now="2026-09-05") == "due"
    assert told("repaired: 2026-09-04") == "overdue"
    assert told("repaired: 2026-09-04, tested: 2026-09-05") == "due"
    assert told("tested: 2026-09-05, out: 2026-09-05T18:00") is None
    assert told("tested: 2026-09-04, out: 2026-09-06") == "void"
    assert told("tested: 2026-09-05", _word("2026-09-06", about="[CL26-0001]")) == "kept"


_DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2024, 1, 1), date(2025, 12, 31)))


@given(_DAYS, st.integers(0, 70), st.none() | st.integers(0, 70), st.integers(1, 130), st.integers(1, 130))
def test_the_guarantee_ends_on_the_day_that_the_law_engine_says(
    sold: date, until_there: int, until_up: int | None, whole: int, part: int
) -> None:
    """Two ways to count, one answer: of the whole and of a part, put up or only brought, at the ends of months."""
    there = sold + timedelta(days=until_there)
    records = [
        record(COOLER, name="空调", category="air_conditioner", maker_months=str(whole),
               maker_parts=f"[{{part: 压缩机, months: {part}}}]"),
        record("SA26-0001", sold_on=sold.isoformat(), items=f"[{{product: {COOLER}}}]"),
        record("DE26-0001", arranged_on=sold.isoformat(), signed=f"{{by: a, at: {there}T10:00}}"),
    ]  # fmt: skip
    if until_up is not None:
        up = there + timedelta(days=until_up)
        records.append(record("IN26-0001", arranged_on=there.isoformat(), signed=f"{{by: a, at: {up}}}"))
    affairs = _affairs(*records)
    engine = remedies.verdict(affairs, UNIT, MAKER, date(2027, 1, 1), said={"component": "压缩机"}).windows
    line = next(iter(lines_of(affairs, MAKER)))
    start = begun(line)
    assert start is not None
    ours = {one.part: one.last_day for one in guarantees(affairs.products[COOLER], start[0])}
    assert ours == {"": engine["maker.whole"], "压缩机": engine["maker.part"]}


def test_a_guarantee_without_its_months_or_without_an_end_in_the_calendar() -> None:
    """What the record does not say is not told; what ends past the year 9999 ends with the calendar."""
    none = Product.model_construct(maker_months=None, maker_parts=[])
    assert list(guarantees(none, date(2026, 3, 2))) == []
    part = PartGuarantee.model_construct(part="壳", months=120)
    late = Product.model_construct(maker_months=12, maker_parts=[part])
    assert [one.last_day for one in guarantees(late, date(9998, 6, 1))] == [date(9999, 6, 1), date.max]


def test_goods_on_their_way_have_no_guarantee_yet() -> None:
    """It begins when they are there."""
    line = next(iter(lines_of(_affairs(SOLD, BROUGHT), MAKER)))
    assert begun(line) is None
