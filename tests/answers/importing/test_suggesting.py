"""A first mapping from a file: what its titles and values decide is taken, what they do not is only proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.answers.importing.mapfile import wanted_of
from aftercare.answers.importing.suggesting import Suggestion, suggestion
from aftercare.errors import InvalidInput
from aftercare.plain.sheets import read
from aftercare.policies import mappings
from aftercare.render.suggested import as_data, as_yaml
from tests.marketplaces import by_estimate, supply_chain

_EXPORTS = Path(__file__).parents[2] / "exports"


def _of(text: str, kind: str = "sale") -> Suggestion:
    return suggestion(kind, read(text.encode(), "f"), "f")


def _taken(made: Suggestion) -> dict[str, list[str]]:
    return {one.field: [column.title for column in one.columns] for one in made.taken}


def test_american_orders() -> None:
    """Of fifty columns the right ones are taken, two first names put together, the order of dates is found out."""
    made = _of(supply_chain(60))
    assert _taken(made) == {
        "name": ["Customer Fname", "Customer Lname"],
        "address": ["Customer Street"],
        "region": ["Customer State"],
        "customer": ["Customer Id"],
        "order": ["Order Id"],
        "sold_on": ["order date (DateOrders)"],
        "product": ["Product Name"],
        "sku": ["Product Card Id"],
        "category": ["Category Name"],
        "qty": ["Order Item Quantity"],
        "price": ["Order Item Product Price"],
        "state": ["Order Status"],
    }
    assert (made.orders, made.unclear, made.lacking) == (("m/d/y",), ("CLOSED",), ())


def test_days_are_only_proposed() -> None:
    """Whether small numbers are days the operator knows: they stand as remarks, promised and real told apart."""
    made = _of(supply_chain(60))
    assert {one.field: one.column.title for one in made.days} == {
        "deliver_by": "Days for shipment (scheduled)",
        "delivered_at": "Days for shipping (real)",
    }
    lines = list(as_yaml(made, "f"))
    assert any(line.startswith("  # deliver_by: {days: Days for shipment (scheduled)}") for line in lines)
    assert not any(line.startswith("  deliver_by") for line in lines)


def test_what_lacks_is_made_up_for() -> None:
    """Orders that do not say what was sold get the category of all goods, and a web shop's are online."""
    made = _of(by_estimate(20))
    assert {name: value for name, (value, __) in made.constants.items()} == {"channel": "online", "product": "goods"}
    assert _taken(made)["delivered_at"] == ["order_delivered_customer_date"]


@pytest.mark.parametrize(
    ("days", "orders"),
    [(("1/2/2018", "1/31/2018"), ("m/d/y",)), (("1/2/2018", "3/4/2018"), ("m/d/y", "d/m/y")), (("2018-01-02",), ())],
)
def test_order_of_dates(days: tuple[str, ...], orders: tuple[str, ...]) -> None:
    """An order is written down only where the file shows one; where it may be either, both are remarks."""
    made = _of("date,customer,item\n" + "".join(f"{day},Li,kettle\n" for day in days))
    assert made.orders == orders
    written = [line for line in as_yaml(made, "f") if line.startswith("dates:")]
    assert len(written) == (len(orders) == 1)


def test_header_below_titles() -> None:
    """The header is the row with most titles that are known, below whatever stands above it."""
    made = _of("三月订单,,\n导出人,admin,\n订单号,下单时间,客户\nA1,2026/3/4,王建国\n,,\n")
    assert (made.line, made.count) == (3, 1)
    assert _taken(made) == {"name": ["客户"], "order": ["订单号"], "sold_on": ["下单时间"]}


def test_values_must_fit() -> None:
    """A title is not believed against what stands below it, and an idle column says what it may be."""
    made = _of("date,customer,item,price,order date\nsoon,Li,kettle,cheap,2026-03-04\n")
    assert _taken(made)["sold_on"] == ["order date"]
    assert {one.column.title for one in made.idle} == {"date", "price"}


def test_commas_and_currency() -> None:
    """Decimal commas and one currency in all rows are written down."""
    made = _of('date;customer;item;price;currency\n2026-03-04;Li;kettle;"1.234,50";EUR\n')
    assert (made.comma, made.currency) == (True, "EUR")


def test_no_header() -> None:
    """A file with one column of who knows what is refused and not guessed at."""
    with pytest.raises(InvalidInput):
        _of("42\n43\n")


@pytest.mark.parametrize("name", [one.name for one in mappings.every()])
def test_is_a_mapping(name: str) -> None:
    """Whatever the file, what is printed is a mapping without a fault, all else in it a remark."""
    shipped = mappings.named(name)
    assert shipped is not None
    made = suggestion(shipped.kind, read((_EXPORTS / f"{name}.csv").read_bytes(), "f"), "f")
    wanted = wanted_of(shipped.kind, "\n".join(as_yaml(made, "f")).encode(), "f")
    assert set(wanted.columns) == {one.field for one in made.taken}
    assert as_data(made, "f")["rows"] == made.count


def test_hostile_titles() -> None:
    """Titles and values that could be YAML, or act on a terminal, stay what they are."""
    title = 'date: [x] # "y"\u202e'
    made = _of(f'"{title.replace(chr(34), chr(34) * 2)}","no","a: &b",item\n2026-03-04,"x\ny: z",Li,kettle\n')
    text = "\n".join(as_yaml(made, "f\ncolumns: {}"))
    wanted_of("sale", text.encode(), "f")
    assert "\u202e" not in text


def test_words_of_delivery() -> None:
    """Promised and real days are known by other words than ours too; what was handed to a carrier is neither."""
    made = _of(
        "OrderDateTime,OrderID,CustomerID,ProductID,date we expect to deliver,delivered_to_carrier,Really delivered\n"
        "2026-03-01 10:00:01.25,A1,C1,P1,2026-03-04,2026-03-02,2026-03-05\n"
    )
    found = _taken(made)
    assert (found["sold_on"], found["sku"]) == (["OrderDateTime"], ["ProductID"])
    assert (found["deliver_by"], found["delivered_at"]) == (["date we expect to deliver"], ["Really delivered"])


@pytest.mark.parametrize(
    ("title", "field"),
    [
        *dict.fromkeys(
            ["promised", "Promised Date", "承诺送达时间", "约定送达", "预计送达时间", "Scheduled Delivery Date", "ETA"],
            "deliver_by",
        ).items(),
        *dict.fromkeys(["estimated delivery", "expected delivery time", "agreed_delivery_date"], "deliver_by").items(),
        *dict.fromkeys(["签收时间", "到货日期", "delivered on", "Delivered to Client Date"], "delivered_at").items(),
        *dict.fromkeys(["付款时间", "order_placement_date", "OrderDate"], "sold_on").items(),
        *dict.fromkeys(["发货时间", "ship date", "order approved at"], "").items(),
    ],
)
def test_titles_of_days(title: str, field: str) -> None:
    """Titles of marketplaces and warehouses; a day on which goods were sent promises nothing and keeps nothing."""
    days = "2026-03-01" if field == "sold_on" else "2026-03-04"
    made = _of(f"no,{title},customer,item\nA1,{days},Li,kettle\n")
    named = {one.field for one in made.taken if [column.title for column in one.columns] == [title]}
    assert named == ({field} if field else set())


def test_a_delivery_day_without_more() -> None:
    """A “delivery date” may be promised or real: both are proposed, and neither is taken."""
    made = _of("order,date,customer,item,Delivery Date\nA1,2026-03-01,Li,kettle,2026-03-04\n")
    assert [(one.field, one.column.title) for one in made.maybe] == [
        ("deliver_by", "Delivery Date"),
        ("delivered_at", "Delivery Date"),
    ]
    lines = list(as_yaml(made, "f"))
    assert "  # deliver_by: Delivery Date" in {line.partition("  # the")[0] for line in lines}
    assert {one["field"] for one in as_data(made, "f")["perhaps"]} == {"deliver_by", "delivered_at"}


def test_nobody_bought() -> None:
    """Where no column says who bought, the order's own number is proposed; for the sale's day, what holds days."""
    made = _of("订单编号,总金额,登记,收货地址\n1,178.8,2026/2/21 0:00,上海\n")
    assert [(one.field, one.column.title) for one in made.maybe] == [("sold_on", "登记"), ("customer", "订单编号")]
    assert made.lacking == ("sold_on", "name/to_name/customer")


def test_lines_that_may_go() -> None:
    """What every import understands by itself is said, so that a mapping is cut down to what it needs."""
    made = _of("order_id,OrderDateTime,customer_id,item\nA1,2026-03-01,C1,kettle\n")
    said = {one.field: one.because for one in made.taken}
    assert {field for field, why in said.items() if "without this line" in why} == {"order", "customer", "product"}
    two = _of("item,product,date,customer\nkettle,pot,2026-03-01,Li\n")
    assert "without" not in next(one.because for one in two.taken if one.field == "product")


def test_punctuality_is_no_state() -> None:
    """Whether it came in time says nothing of what became of the order."""
    rows = "A1,2026-03-01,Li,kettle,On Time\nA2,2026-03-01,Wu,pot,Slightly Delayed\n"
    assert "state" not in _taken(_of(f"order,date,customer,item,delivery_status\n{rows}"))


def test_a_province_is_no_state() -> None:
    """What became of an order stands in the column whose words say so, and not in that of the customer's state."""
    made = _of("order,date,customer,item,State,Order_Status\nA1,2026-03-01,Li,pot,Delhi,Cancelled\n")
    assert _taken(made)["state"] == ["Order_Status"]


def test_candidates_fit() -> None:
    """A column of days is no name, nor is one of figures, whatever words its title shares."""
    rows = "A1,2026-03-01,Li,pot,2026-03-02,12.99,Slow\n"
    made = _of(f"order,date,customer,item,Shipping name date,shipping name cost,shipping name method\n{rows}")
    maybe = {one.column.title: set(one.candidates) for one in made.idle}
    assert not {"to_name", "name", "to_address"} & (maybe["Shipping name date"] | maybe["shipping name cost"])
    assert "to_name" in maybe["shipping name method"]


def test_words_for_no_day() -> None:
    """A few words among days stand for none; they become the mapping's, and a file is read with it."""
    rows = "A1,2026-03-01,Li,kettle,Not captured\nA2,2026-03-01,Wu,pot,2026-03-04\n"
    made = _of(f"order,date,customer,item,delivered on\n{rows}")
    assert (_taken(made)["delivered_at"], made.empty) == (["delivered on"], ("Not captured",))
    wanted = wanted_of("sale", "\n".join(as_yaml(made, "f")).encode(), "f")
    assert wanted.empty == {"not captured"}


@pytest.mark.parametrize(
    ("days", "form"),
    [
        (("02-Jun-06", "14-Nov-06"), "%d-%b-%y"),
        (("2 June 06", "14 November 06"), "%d %B %y"),
        (("1/15/26 2:05 PM", "2/1/26 11:00 AM"), "%m/%d/%y %I:%M %p"),
        (("1/15/26 2:05PM", "2/1/26 11:00AM"), "%m/%d/%y %I:%M%p"),
    ],
)
def test_years_of_two_digits(days: tuple[str, ...], form: str) -> None:
    """The form of short years is found out, with names of months and half days, and is one that a mapping takes."""
    made = _of("date,customer,item\n" + "".join(f"{day},Li,kettle\n" for day in days))
    assert made.forms == (form,)
    wanted = wanted_of("sale", "\n".join(as_yaml(made, "f")).encode(), "f")
    assert wanted.dates == (form,)


@pytest.mark.parametrize(
    ("days", "turned"),
    [
        (("2026-01-03", "2026-12-03", "16-05-2026"), ("sold_on",)),
        (("2026-01-13", "16-05-2026"), ()),
        (("2026-01-03", "2026-01-04"), ()),
        (("04-05-2026", "16-05-2026"), ()),
    ],
)
def test_turned_days(days: tuple[str, ...], turned: tuple[str, ...]) -> None:
    """Days that a spreadsheet program took for months, and wrote down as such, are warned of."""
    made = _of("date,customer,item\n" + "".join(f"{day},Li,kettle\n" for day in days))
    assert made.turned == turned
    assert any("BEWARE" in line for line in as_yaml(made, "f")) == bool(turned)
