"""The tables of the records: drawn from the models, and with a place for every value that a record can hold."""

from __future__ import annotations

from typing import Any

from aftercare.records import tables
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.schema import fields_of
from tests import columns


def test_the_tables_are_those_of_the_models() -> None:
    """A field that is missing there could not be asked for: ``python -m tests.outlines`` draws them."""
    assert columns.FILE.read_text(encoding="utf-8") == columns.drawn()


def test_every_field_of_every_record_is_in_some_table() -> None:
    """A new field is asked for the day it is written down."""
    for kind in MODELLED:
        mine = [tables.table(name) for name in tables.NAMES if tables.table(name).kind == kind]
        paths = {f"{one.path}.{column.path}" for one in mine for column in one.columns}
        for field in fields_of(model_of(kind)):
            assert field.name == "removed" or any(path.lstrip(".").startswith(field.name) for path in paths)


def _rows(name: str, row: dict[str, Any], *wanted: str) -> list[tuple[Any, ...]]:
    return list(tables.entries(tables.table(name), row, wanted, None))


def test_a_value_is_what_a_database_reckons_with() -> None:
    """Amounts as numbers and to the last decimal, yes and no as 1 and 0, lists of words in one text."""
    sale = {
        "id": "SA26-0001",
        "tags": ["a", "b"],
        "told": {"deliver": {"from": None, "by": "2026-03-06T18:00"}},
        "items": [{"price": "3299.00", "qty": 2, "taken": False}, {"price": "USD 40.00", "taken": None}],
    }
    assert _rows("sales", sale, "id", "told_deliver_by", "tags", "invoice") == [
        ("SA26-0001", "2026-03-06T18:00", "a, b", None)
    ]
    assert _rows("sale_items", sale, "sale", "position", "unit", "price", "price_text", "qty", "taken") == [
        ("SA26-0001", 1, "SA26-0001/1", 3299, "3299.00", 2, 0),
        ("SA26-0001", 2, "SA26-0001/2", None, "USD 40.00", None, None),
    ]


def test_what_lies_deeper_keeps_its_places() -> None:
    """The waits of the second repair say so; what has names instead of positions keeps those."""
    claim = {"id": "CL26-0001", "repairs": [{"waiting": []}, {"waiting": [{"for": "压缩机"}]}], "facts": {"a": "1"}}
    assert _rows("claim_repairs_waiting", claim, "claim", "repairs_position", "position", "for") == [
        ("CL26-0001", 2, 1, "压缩机")
    ]
    assert _rows("claim_facts", claim, "claim", "name", "value") == [("CL26-0001", "a", "1")]


def test_what_may_stand_alone_is_found_so() -> None:
    """A solar birthday is written without its word, and so is a whole line of a sale."""
    assert _rows("customers", {"id": "CU26-0001", "birthday": "--03-08"}, "birthday_solar") == [("--03-08",)]
    delivery = {"id": "DE26-0001", "items": [1, {"item": 2, "qty": 7}]}
    assert _rows("delivery_items", delivery, "item", "qty") == [(1, None), (2, 7)]
