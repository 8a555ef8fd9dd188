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
