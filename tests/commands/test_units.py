"""Customers, products, sales and units at a glance."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_every_line_of_a_sale_is_a_unit(counter: Counter) -> None:
    """With its product, serial, pieces and buyer; of one product, of one customer, or all."""
    everything = counter.done("unit list --format ids").lines
    assert everything == ["SA25-0009/1", "SA26-0001/1", "SA26-0002/1", "SA26-0002/2"]
    assert counter.done("product units KFR-35 --format ids").lines == ["SA25-0009/1", "SA26-0001/1", "SA26-0002/2"]
    assert counter.done("unit list --product KFR-35 --customer 单雪梅 --format ids").lines == ["SA26-0002/2"]
    chairs = counter.done("unit list --product 折叠椅 --format json").json[0]
    assert (chairs["kind"], chairs["qty"], chairs["serial"], chairs["customer"]) == ("unit", 10, None, "CU26-0002")


def test_a_unit_at_a_glance(counter: Counter) -> None:
    """Whose it is, how long in use, its faults and contacts, its history, and what is still owed for it."""
    page = counter.done("unit show SA25-0009/1").out
    for words in ("王建军", "空调", "KF25-001", "10 months in use", "1 fault", "1 contact", "不制冷", "use: 正常"):
        assert words in page
    found = counter.done("unit show kf25-001 --format json").json
    assert (found["id"], found["faults"], found["contacts"], found["serials"]) == ("SA25-0009/1", 1, 1, ["KF25-001"])
    assert [entry["id"] for entry in found["timeline"]] == ["SA25-0009", "CL26-0001", "VI26-0001"]
    assert {promise["id"] for promise in found["promises"]} >= {"SA25-0009/1/call-back.1"}


def test_a_customer_timeline_is_in_the_order_of_time(counter: Counter) -> None:
    """Everything that refers to the customer, once, the earliest first; a limit takes the first ones."""
    rows = counter.done("customer timeline 王建军 --format json").json
    assert [row["id"] for row in rows] == ["CU25-0007", "SA25-0009", "CL26-0001", "VI26-0001"]
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert len(counter.done("customer timeline 王建军 --limit 2").lines) == 2


def test_a_sale_is_complete_when_nothing_of_it_is_owed(counter: Counter) -> None:
    """Told promises, apologies for what was late, and the first call-back; then the list is empty."""
    assert counter.done("sale owed SA26-0001 --format ids").lines == [
        "SA26-0001/1/deliver",
        "SA26-0001/1/install",
        "SA26-0001/1/call-back.1",
    ]
    counter.done("delivery sign DE26-0002 --by 王建国 --at 2026-03-06T12:00")
    counter.done("installation sign SA26-0001 --by 王建国 --at 2026-03-08")
    assert counter.done("sale owed SA26-0001 --format ids").lines == ["SA26-0001/1/call-back.1"]
    counter.done("visit add --keeps SA26-0001/1/call-back.1 --outcome reached")
    complete = counter.done("sale owed SA26-0001 --exit-code")
    assert complete.out == ""
    assert "complete" in complete.err


def test_find_shows_people_and_things_before_what_refers_to_them(counter: Counter) -> None:
    """By name, initials, phone, serial, model or any text; each with its kind."""
    rows = counter.done("find 王建国 --format json").json
    assert rows[0] == {"id": "CU26-0001", "kind": "customer", "found": "王建国 13800138000"}
    assert counter.done("find kf35-001 --format ids").lines == ["SA26-0001"]
    assert counter.done("find 不制冷 --format ids").lines == ["CL26-0001"]
    assert counter.done("customer find 1234 --format ids").lines == ["CU26-0002"]
    assert counter.done("find 没有这个").out == ""
