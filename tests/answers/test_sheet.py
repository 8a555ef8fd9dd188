"""What goes onto paper: pieces now and still to come, times in force, who receives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.chosen import rules_of
from aftercare.answers.ledger import ledger_of
from aftercare.answers.papers import spoken_by
from aftercare.answers.sheet import DeliverySheet, delivery_sheet, labels, open_deliveries
from aftercare.book.settings import Settings
from aftercare.book.shelf import Shelf
from aftercare.errors import CalledOff, NoSuchRecord, NothingToDeliver
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.product import Product
from aftercare.records.sale import Sale
from aftercare.records.staff import Staff

NOW = date(2026, 3, 4)
WANG: dict[str, Any] = {
    "id": "CU26-0001",
    "name": "王建国",
    "phones": ["13800138000", "0571-1"],
    "address": {"text": "文三路100号", "floor": "3, no lift"},
    "preferences": ["送货前先打电话"],
}
SOLD: dict[str, Any] = {
    "id": "SA26-0001",
    "customer": "CU26-0001",
    "sold_on": "2026-03-03",
    "items": [{"product": "PR26-0001", "serial": "KF-1"}, {"product": "PR26-0002", "qty": "12"}],
}
TOLD = {"deliver": {"from": "2026-03-04T09:00", "by": "2026-03-04T18:00"}}
GOODS: tuple[Record, ...] = (
    Product.model_validate({"id": "PR26-0001", "name": "空调", "category": "air_conditioner", "model": "KFR-35"}),
    Product.model_validate({"id": "PR26-0002", "name": "餐椅", "category": "furniture", "nature": ["glass", "gift"]}),
    Staff.model_validate({"id": "ST26-0001", "name": "李师傅"}),
)


def shelf_of(*deliveries: dict[str, Any], sale: dict[str, Any] | None = None, **customer: Any) -> Shelf:
    """A book with one sale, these deliveries of it, and a buyer with these facts."""
    records: list[Record] = [
        *GOODS,
        Customer.model_validate({**WANG, **customer}),
        Sale.model_validate({**SOLD, **(sale or {})}),
        *(
            Delivery.model_validate({"id": f"DE26-{n:04}", "sale": "SA26-0001", "arranged_on": "2026-03-03", **facts})
            for n, facts in enumerate(deliveries, start=1)
        ),
    ]
    return Shelf(Settings.model_validate({"shop": "阳光家电"}), {record.id: record for record in records})


def sheet_of(shelf: Shelf, delivery: str | None = None, own: str = "") -> DeliverySheet:
    """The sheet of a delivery, or of the sale alone, in a shop with a pack of its *own*."""
    rules, __ = rules_of(shelf.settings, [("policies/ours.yaml", own.encode())] if own else [])
    sale, work = shelf.get("SA26-0001"), shelf.get(delivery or "")
    assert isinstance(sale, Sale)
    assert work is None or isinstance(work, Delivery)
    return delivery_sheet(shelf, ledger_of(shelf, rules, NOW), sale, work, NOW)


def counts(sheet: DeliverySheet) -> list[tuple[int, int, int, int]]:
    """Of each line its number, and the pieces before, now and remaining."""
    return [(line.number, line.before, line.now, line.remaining) for line in sheet.lines]


def signed(at: str) -> dict[str, Any]:
    """Facts of a delivery that was signed for."""
    return {"signed": {"by": "王建国", "at": at}}


def test_a_sale_without_deliveries_would_bring_everything() -> None:
    """Where no delivery is written down yet, the sheet is of all that would be delivered."""
    assert counts(sheet_of(shelf_of())) == [(1, 0, 1, 0), (2, 0, 12, 0)]


def test_goods_taken_home_are_not_delivered() -> None:
    """A line that the customer took home at once is on no sheet."""
    sale = {"items": [{"product": "PR26-0001", "taken": "yes"}, {"product": "PR26-0002"}]}
    assert counts(sheet_of(shelf_of(sale=sale))) == [(2, 0, 1, 0)]


_CONDUCT = """
id: ours
issuer: shop
title: 本店
checklists:
- {id: any, title: 送货规范, category: goods, for: [delivery], about: conduct, follows: own, items: [{id: shoes, en: shoe covers, zh: 穿鞋套}]}
- {id: cooler, title: 送空调规范, category: air_conditioner, for: [delivery], about: conduct, follows: own, items: [{id: two, en: by two, zh: 两人搬}]}
"""  # noqa: E501 - a line of a pack is a line


def test_the_lists_of_what_is_brought_are_on_the_sheet() -> None:
    """Those of the goods on it, also before the delivery is written down; what was ticked in it is."""
    ticked = sheet_of(shelf_of({"items": ["2"], "checklist": ["穿鞋套"]}), "DE26-0001", _CONDUCT)
    assert [(one.id, [(item.id, item.done) for item in items]) for one, items in ticked.lists] == [
        ("any", [("shoes", True)])
    ]
    planned = sheet_of(shelf_of(), own=_CONDUCT)
    assert [one.id for one, __ in planned.lists] == ["cooler", "any"]
    assert sheet_of(shelf_of()).lists == ()


def test_pieces_that_came_before_are_not_brought_again() -> None:
    """A second delivery of a line brings what the first one left."""
    shelf = shelf_of({"items": [{"item": "2", "qty": "5"}], **signed("2026-03-03")}, {})
    assert counts(sheet_of(shelf, "DE26-0002")) == [(1, 0, 1, 0), (2, 5, 7, 0)]
    assert counts(sheet_of(shelf)) == [(1, 0, 1, 0), (2, 5, 7, 0)]


def test_the_sheet_of_a_past_delivery_says_what_it_brought() -> None:
    """A sheet printed again does not count what came after it."""
    first = {"items": [{"item": "2", "qty": "5"}], **signed("2026-03-03T10:00")}
    shelf = shelf_of(first, signed("2026-03-03T18:00"))
    assert counts(sheet_of(shelf, "DE26-0001")) == [(2, 0, 5, 7)]
    assert counts(sheet_of(shelf, "DE26-0002")) == [(1, 0, 1, 0), (2, 5, 7, 0)]


def test_what_is_not_on_this_delivery_is_named_while_it_is_owed() -> None:
    """The customer sees what is still to come, and not what nobody promised to bring."""
    part = {"items": ["1"]}
    assert [line.number for line in sheet_of(shelf_of(part, sale={"told": TOLD}), "DE26-0001").later] == [2]
    assert sheet_of(shelf_of(part), "DE26-0001").later == ()


def test_two_open_deliveries_do_not_bring_the_same_pieces() -> None:
    """What another open delivery brings by name is left to it."""
    shelf = shelf_of({"items": [{"item": "2", "qty": "5"}]}, {})
    assert counts(sheet_of(shelf, "DE26-0002")) == [(1, 0, 1, 0), (2, 0, 7, 5)]


@given(parts=st.lists(st.integers(1, 6), max_size=4), called_off=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_before_now_and_remaining_make_up_the_order(parts: list[int], called_off: int) -> None:
    """However a line is split, no piece is lost or brought twice, and what was called off brought nothing."""
    facts: list[dict[str, Any]] = [
        {"items": [{"item": "2", "qty": str(qty)}], **signed(f"2026-03-03T1{n}:00")} for n, qty in enumerate(parts)
    ]
    if called_off < len(facts):
        facts[called_off]["cancelled"] = {"on": "2026-03-03"}
        parts = [qty for n, qty in enumerate(parts) if n != called_off]
    line = next((line for line in sheet_of(shelf_of(*facts)).lines if line.number == 2), None)
    before = min(12, sum(parts))
    assert (line is None) == (before == 12)
    if line:
        assert (line.before, line.now, line.remaining) == (before, 12 - before, 0)


def test_nothing_left_is_refused_and_names_what_was_signed() -> None:
    """A sale that was delivered whole has no sheet to come, but its deliveries do."""
    shelf = shelf_of(signed("2026-03-03"))
    with pytest.raises(NothingToDeliver) as refused:
        sheet_of(shelf)
    assert "DE26-0001" in refused.value.remedy
    assert counts(sheet_of(shelf, "DE26-0001")) == [(1, 0, 1, 0), (2, 0, 12, 0)]


def test_what_was_called_off_has_no_papers() -> None:
    """Neither a sale nor a delivery that was called off is printed."""
    off = {"cancelled": {"on": "2026-03-03"}}
    with pytest.raises(CalledOff, match="SA26-0001"):
        sheet_of(shelf_of({}, sale=off), "DE26-0001")
    with pytest.raises(CalledOff, match="DE26-0001"):
        sheet_of(shelf_of(off), "DE26-0001")
    shelf = shelf_of(sale=off)
    with pytest.raises(CalledOff):
        labels(shelf, next(shelf.of(Sale)))


def test_a_buyer_without_a_file_is_said() -> None:
    """Without the buyer's file nobody knows whom to meet."""
    with pytest.raises(NoSuchRecord, match="CU26-0001"):
        sheet_of(shelf_of().without(["CU26-0001"]))


def test_only_open_deliveries_are_found() -> None:
    """Signed and called-off deliveries are not waiting."""
    shelf = shelf_of(signed("2026-03-03"), {"cancelled": {"on": "2026-03-03"}}, {})
    assert open_deliveries(shelf, "SA26-0001") == ["DE26-0003"]
    assert open_deliveries(shelf, "SA26-0002") == []


def test_the_moved_time_is_in_force_and_the_first_is_not_lost() -> None:
    """The promised window is printed as it was moved by consent."""
    moved = {"moved": [{"to": "2026-03-04T20:00", "asked_by": "customer", "on": "2026-03-03"}]}
    (time,) = sheet_of(shelf_of(moved, sale={"told": TOLD}), "DE26-0001").times
    assert (str(time.term.by), time.told, time.lines) == ("2026-03-04 20:00:00", True, (1, 2))
    assert time.first is not None
    assert str(time.first.from_) == "2026-03-04 09:00:00"


def test_a_move_that_was_not_agreed_moves_nothing() -> None:
    """The shop alone cannot move what it promised."""
    moved = {"moved": [{"to": "2026-03-06", "asked_by": "shop", "agreed": "no", "on": "2026-03-03"}]}
    (time,) = sheet_of(shelf_of(moved, sale={"told": TOLD}), "DE26-0001").times
    assert str(time.term.by) == "2026-03-04 18:00:00"
    assert time.first is None


def test_lines_with_times_of_their_own_keep_them() -> None:
    """A line that was told another time is printed with it."""
    items = [{"product": "PR26-0001"}, {"product": "PR26-0002", "told": {"deliver": {"by": "2026-03-09"}}}]
    times = sheet_of(shelf_of(sale={"told": TOLD, "items": items})).times
    assert [time.lines for time in times] == [(1,), (2,)]


def test_a_day_that_nobody_told_is_no_promise() -> None:
    """Same day is our own yardstick where no time was told; the sheet does not call it promised."""
    (time,) = sheet_of(shelf_of({}), "DE26-0001").times
    assert not time.told
    assert sheet_of(shelf_of()).times == ()


def test_the_recipient_may_be_another_at_another_place() -> None:
    """The delivery's own recipient comes before the sale's; the buyer is named beside, and the floor is the buyer's."""
    sale = {"deliver_to": {"name": "王小明", "phone": "13800138001", "address": "古墩路1号"}}
    sheet = sheet_of(shelf_of({}, {"to": {"name": "赵敏"}}, sale=sale), "DE26-0001")
    assert sheet.recipient == ("王小明", "13800138001", "古墩路1号")
    assert sheet.buyer == ("王建国", "13800138000, 0571-1", "文三路100号")
    assert sheet.floor == ""
    other = sheet_of(shelf_of({}, {"to": {"name": "赵敏"}}, sale=sale), "DE26-0002")
    assert other.recipient == ("赵敏", "", "文三路100号")
    assert other.floor == "3, no lift"


def test_the_buyer_receives_where_nobody_else_is_named() -> None:
    """Another address alone does not make another person."""
    sheet = sheet_of(shelf_of(sale={"deliver_to": {"address": "古墩路1号"}}))
    assert sheet.recipient == ("王建国", "13800138000, 0571-1", "古墩路1号")
    assert sheet.buyer is None


def test_the_person_is_named() -> None:
    """Every delivery has a person; none is left blank."""
    shelf = shelf_of({"person": "ST26-0001"}, {})
    assert [sheet_of(shelf, i).person for i in ("DE26-0001", "DE26-0002")] == ["李师傅", ""]


def test_labels_are_of_each_line_or_of_one() -> None:
    """A label knows what the pack holds, what it needs, and where it goes."""
    shelf = shelf_of()
    sale = next(shelf.of(Sale))
    found = labels(shelf, sale)
    assert [(label.unit, label.product, label.model, label.serial, label.pieces) for label in found] == [
        ("SA26-0001/1", "空调", "KFR-35", "KF-1", 1),
        ("SA26-0001/2", "餐椅", "", "", 12),
    ]
    assert [label.unit for label in labels(shelf, sale, 2)] == ["SA26-0001/2"]
    assert found[1].nature == ("glass", "gift")
    assert found[0].recipient.name == "王建国"


@pytest.mark.parametrize(
    ("said", "language"),
    [("zh", "zh"), ("中文", "zh"), ("zh_CN", "zh"), ("EN-gb", "en"), ("English", "en"), ("ｅｎ", "en"), ("俄语", "")],
)
def test_the_language_of_the_customer_is_read_as_people_write_it(said: str, language: str) -> None:
    """The file says the language in words; one that no paper speaks is none."""
    assert spoken_by(Customer.model_validate({**WANG, "language": said})) == language


def test_no_language_is_none() -> None:
    """Nobody's language is guessed."""
    assert spoken_by(None) == spoken_by(Customer.model_validate(WANG)) == ""
