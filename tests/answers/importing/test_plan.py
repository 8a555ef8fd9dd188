"""Rows become records: which are new, which the book has, which differ, which are refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.importing.cells import Habits
from aftercare.answers.importing.incoming import Plan, Source, with_ids
from aftercare.answers.importing.mappings import Entry
from aftercare.answers.importing.plan import planning
from aftercare.book.settings import Settings
from aftercare.book.shelf import Shelf
from aftercare.plain.splicing import Set
from aftercare.plain.tree import Tree, get
from aftercare.policies.categories import tree
from aftercare.records.names import BY_NAME
from aftercare.records.typed import Setting, typed

_SETTING = Setting("Asia/Shanghai", "CNY")
_SOURCE = Source("f", Habits(setting=_SETTING), date(2026, 11, 22))
_ORDER = {
    "order": "A1",
    "sold_on": "2026/3/4",
    "name": "王建国",
    "phone": "13800138000",
    "product": "空调",
    "model": "KFR-35",
    "price": "3299",
}


def _plan(*rows: Mapping[str, str], shelf: Shelf | None = None, kind: str = "sale") -> Plan:
    entries = [
        Entry(line, {name: (text,) for name, text in row.items() if text}) for line, row in enumerate(rows, start=2)
    ]
    made, steps = planning(kind, entries, shelf or Shelf(Settings.model_construct()), tree(), _SOURCE)
    for one in steps.todo:
        steps.do(one)
    made.finish(0)
    return made


def _shelved(made: Plan, shelf: Shelf | None = None) -> Shelf:
    """The book after the plan was carried out."""
    shelf = shelf or Shelf(Settings.model_construct())
    ids: list[str] = []
    for new in made.new:
        prefix = BY_NAME[new.kind].prefix
        number = 1 + sum(record_id.startswith(prefix) for record_id in shelf.records)
        ids.append(f"{prefix}26-{number:04}")
        shelf = shelf.with_records([typed(new.kind, {**with_ids(new.tree, ids), "id": ids[-1]}, _SETTING)])
    return shelf


def _of(made: Plan, kind: str) -> list[dict[str, Tree]]:
    ids = [f"{new.kind}:{number}" for number, new in enumerate(made.new)]
    return [with_ids(new.tree, ids) for new in made.new if new.kind == kind]


def _refusals(*rows: Mapping[str, str], kind: str = "sale") -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in _plan(*rows, kind=kind).refused]


def test_new_customer() -> None:
    """A row of a customer list becomes a customer with its own key."""
    row = {"name": "王建国", "phone": "13800138000/0571-88881234", "address": "文三路", "birthday": "农历八月十五"}
    assert _plan(row, kind="customer").new[0].tree == {
        "name": "王建国",
        "phones": ["13800138000", "0571-88881234"],
        "address": {"text": "文三路"},
        "birthday": {"lunar": "八月十五"},
        "source_key": "王建国 13800138000",
    }


def test_same_customer() -> None:
    """A customer is the same by name and any of the phones; a household's other member is another customer."""
    made = _plan(
        {"name": "王建国", "phone": "13800138000"},
        {"name": "王建国", "phone": "+86 138-0013-8000"},
        {"name": "李梅", "phone": "13800138000"},
        kind="customer",
    )
    assert [made.rows[line] for line in (2, 3, 4)] == ["created", "unchanged", "created"]


def test_customer_differs() -> None:
    """What the customer does not have yet is taken; where a row says otherwise its fields are named."""
    shelf = _shelved(_plan({"name": "王建国", "phone": "13800138000", "address": "文三路"}, kind="customer"))
    row = {"name": "王建国", "phone": "13800138000,13900139000", "address": "文二路", "lunar_birthday": "八月十五"}
    made = _plan(row, shelf=shelf, kind="customer")
    assert made.new == []
    assert [(d.record, d.fields) for d in made.differs] == [("CU26-0001", ("address",))]
    assert [(c.record, c.fields) for c in made.changed] == [("CU26-0001", ("phone", "lunar_birthday"))]


def test_one_order_of_several_rows() -> None:
    """The rows of one number are one sale; a row that leaves the order's columns empty goes on with it."""
    made = _plan(
        {**_ORDER, "deliver_by": "2026/3/5", "delivered_at": "2026/3/5 10:00"},
        {"order": "A1", "product": "电饭煲", "qty": "2", "amount": "400"},
    )
    assert [new.kind for new in made.new] == ["customer", "product", "product", "sale", "delivery"]
    assert _of(made, "sale") == [
        {
            "customer": "customer:0",
            "sold_on": "2026-03-04",
            "order": "A1",
            "items": [
                {"product": "product:1", "price": "3299.00"},
                {"product": "product:2", "qty": "2", "price": "200.00"},
            ],
            "told": {"deliver": {"by": "2026-03-05"}},
            "source_key": "A1",
        }
    ]
    assert _of(made, "delivery") == [
        {
            "sale": "sale:3",
            "arranged_on": "2026-03-05",
            "signed": {"by": "王建国", "at": "2026-03-05T10:00"},
            "source_key": "A1 2026-03-05T10:00",
        }
    ]


def test_lines_promised_and_delivered_apart() -> None:
    """Lines with times of their own are promised each by itself, and delivered each in a delivery of its own."""
    made = _plan(
        {**_ORDER, "deliver_by": "2026/3/5", "delivered_at": "2026/3/5"},
        {**_ORDER, "product": "冰箱", "model": "BCD", "deliver_by": "2026/3/9"},
    )
    sale, delivery = _of(made, "sale")[0], _of(made, "delivery")[0]
    assert get(sale, ("told",)) is None
    assert [get(sale, ("items", n, "told", "deliver", "by")) for n in (0, 1)] == ["2026-03-05", "2026-03-09"]
    assert delivery["items"] == ["1"]


def test_another_recipient() -> None:
    """The customer is who has the phone; another name and address are those of the recipient."""
    made = _plan(_ORDER, {**_ORDER, "order": "A2", "name": "王小明", "address": "文一路"})
    assert len(_of(made, "customer")) == 1
    assert _of(made, "sale")[1]["deliver_to"] == {"name": "王小明", "address": "文一路"}
    only = _plan({**_ORDER, "name": "", "phone": "", "to_name": "李梅", "to_phone": "13900139000"})
    assert _of(only, "customer")[0]["name"] == "李梅"
    assert "deliver_to" not in _of(only, "sale")[0]


def test_masked_phones_identify_nobody() -> None:
    """Two customers whose phones are masked alike are two customers, unless name and address agree."""
    rows = [
        {**_ORDER, "order": "A1", "phone": "138****8000", "address": "文一路"},
        {**_ORDER, "order": "A2", "phone": "138****8000", "name": "李梅", "address": "文二路"},
        {**_ORDER, "order": "A3", "phone": "139****8000", "address": "文一路"},
    ]
    assert [customer["name"] for customer in _of(_plan(*rows), "customer")] == ["王建国", "李梅"]


def test_products() -> None:
    """A product is known by its number, else its model, else its name; a contradiction makes another product."""
    rows = [
        {"product": "空调", "sku": "1", "model": "K1"},
        {"product": "挂机", "sku": "1"},
        {"product": "挂机", "model": "k1"},
        {"product": "空调", "sku": "2", "model": "K1"},
        {"product": "电扇"},
        {"product": "电扇"},
    ]
    made = _plan(*({**_ORDER, "model": "", "order": f"A{n}", **row} for n, row in enumerate(rows)))
    assert [(p.get("sku"), p["name"]) for p in _of(made, "product")] == [("1", "空调"), ("2", "空调"), (None, "电扇")]


@pytest.mark.parametrize(
    ("said", "name", "category", "tags"),
    [
        ("空调", "格力", "air_conditioner", None),
        ("", "格力空调 KFR-35GW", "air_conditioner", None),
        ("", "空调支架", "goods", None),
        ("", "Deluxe rice cooker", "rice_cooker", None),
        ("", "dessertfan", "goods", None),
        ("大件", "海尔冰箱", "refrigerator", ["大件"]),
    ],
)
def test_category(said: str, name: str, category: str, tags: list[str] | None) -> None:
    """The category is the column's, else what the name ends with; a word of the shop's own is kept as a tag."""
    product = _of(_plan({**_ORDER, "product": name, "category": said}), "product")[0]
    assert (product["category"], product.get("tags")) == (category, tags)


def test_cancelled() -> None:
    """An order called off is a cancelled sale; a line called off by itself is not among its items."""
    off = {**_ORDER, "state": "已退款", "delivered_at": "2026/3/6"}
    assert _of(_plan(off), "sale")[0]["cancelled"] == {"on": "2026-03-06"}
    assert _of(_plan({**off, "cancelled_on": "2026/3/8"}), "sale")[0]["cancelled"] == {"on": "2026-03-08"}
    sale = _of(_plan(_ORDER, {**_ORDER, "product": "冰箱", "model": "BCD", "state": "取消"}), "sale")[0]
    assert "cancelled" not in sale
    assert len(get(sale, ("items",)) or "") == 1
    assert "冰箱 BCD × 1" in str(sale["note"])


def test_without_order_numbers() -> None:
    """In a sheet without order numbers each row is a sale, known again by what it says and its turn."""
    row = {**_ORDER, "order": ""}
    made = _plan(row, row)
    assert [sale["source_key"] for sale in _of(made, "sale")] == [
        "2026-03-04 王建国 13800138000 KFR-35",
        "2026-03-04 王建国 13800138000 KFR-35 #2",
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"sold_on": "2026/11/23"}, "future"),
        ({"sold_on": "1999/1/1"}, "date"),
        ({"sold_on": "3/4"}, "date"),
        ({"sold_on": ""}, "missing"),
        ({"name": ""}, "missing"),
        ({"product": "", "model": ""}, "missing"),
        ({"qty": "2", "amount": "3299"}, "contradiction"),
        ({"price": "", "qty": "3", "amount": "100"}, "amount"),
        ({"delivered_at": "2026/3/3"}, "contradiction"),
        ({"deliver_by": "2026/3/3"}, "contradiction"),
        ({"deliver_by": "2026/3/9", "state": "已完成"}, "undated"),
    ],
)
def test_refused(changed: dict[str, str], code: str) -> None:
    """A row that cannot be, or that contradicts itself, is refused with its line."""
    assert _refusals({**_ORDER, **changed}) == [(2, code)]


def test_refused_with_its_order() -> None:
    """The other rows of an order with a refused row are refused too; other orders are not."""
    rows = [_ORDER, {**_ORDER, "qty": "x"}, {**_ORDER, "order": "A2"}]
    assert sorted(_refusals(*rows)) == [(2, "order"), (3, "number")]


def test_rows_of_one_order_disagree() -> None:
    """Two rows of one number cannot name two customers; a row without a number is refused where others have one."""
    assert _refusals(_ORDER, {**_ORDER, "name": "李梅"}) == [(3, "contradiction"), (2, "order")]
    assert _refusals(_ORDER, {**_ORDER, "order": ""}) == [(3, "missing")]


def test_sale_differs() -> None:
    """A row that says otherwise than its sale names the fields, and nothing is made."""
    shelf = _shelved(_plan({**_ORDER, "deliver_by": "2026/3/5", "delivered_at": "2026/3/5"}))
    made = _plan(
        {**_ORDER, "price": "3000", "deliver_by": "2026/3/6", "delivered_at": "2026/3/6", "phone": "1390013"},
        shelf=shelf,
    )
    assert made.new == []
    assert made.differs[0].record == "SA26-0001"
    assert set(made.differs[0].fields) == {"price", "deliver_by", "delivered_at", "phone"}


def test_delivered_since() -> None:
    """A later export of the same order brings the delivery that the book does not have, once."""
    shelf = _shelved(_plan(_ORDER))
    later = {**_ORDER, "delivered_at": "2026/3/9 9:30", "signed_by": "李梅"}
    made = _plan(later, shelf=shelf)
    assert [new.kind for new in made.new] == ["delivery"]
    assert made.rows == {2: "changed"}
    assert _plan(later, shelf=_shelved(made, shelf)).rows == {2: "unchanged"}


def test_entered_by_hand() -> None:
    """An order that an operator wrote down is known by its number, and their open delivery is not doubled."""
    shelf = _shelved(_plan(_ORDER))
    shelf = shelf.with_records([typed("delivery", {"id": "DE26-0001", "sale": "SA26-0001"}, _SETTING)])
    made = _plan({**_ORDER, "delivered_at": "2026/3/9"}, shelf=shelf)
    signed = Set(("signed",), {"by": "王建国", "at": "2026-03-09"})
    assert (made.new, made.changed[0].record, made.changed[0].edits) == ([], "DE26-0001", (signed,))


_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "order": st.sampled_from(["A1", "A2", "A3"]),
            "product": st.sampled_from(["空调", "冰箱"]),
            "model": st.sampled_from(["", "K1", "K2"]),
            "serial": st.sampled_from(["", "S1"]),
            "qty": st.sampled_from(["", "2"]),
            "deliver_by": st.sampled_from(["", "2026/3/5", "2026/3/6 18:00"]),
            "delivered_at": st.sampled_from(["", "2026/3/5", "2026/3/7"]),
            "state": st.sampled_from(["", "取消"]),
        }
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(_ROWS)
def test_twice_gives_nothing_new(rows: list[dict[str, str]]) -> None:
    """Whatever was imported is there when it is imported again: no row is new, none differs, each is accounted for."""
    whole = [{**_ORDER, "price": "", **row} for row in rows]
    first = _plan(*whole)
    again = _plan(*whole, shelf=_shelved(first))
    assert (again.new, again.differs) == ([], [])
    assert again.rows == dict.fromkeys(range(2, len(rows) + 2), "unchanged")
    assert set(first.rows) == set(again.rows)
