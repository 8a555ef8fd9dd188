"""Order files of marketplaces, with a mapping of five lines: every row, once, the same in GBK, and what was kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftercare.cli import run
from tests import marketplaces

_ROWS = 60
_SHAPES = {
    "supply_chain": (marketplaces.supply_chain(_ROWS), marketplaces.SUPPLY_CHAIN_MAPPING),
    "by_estimate": (marketplaces.by_estimate(_ROWS), marketplaces.BY_ESTIMATE_MAPPING),
}
Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command of a book that began in November, and gives its JSON answer."""
    lines = ["language: en", "country: CN", "currency: CNY", "begins_on: 2026-11-01", "git: no"]
    (tmp_path / "aftercare.yaml").write_text("\n".join(lines) + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-22")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)

    def asked(*words: str) -> Any:
        code = run((*words, "--format", "json"))
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out)

    return asked


def _import(ask: Ask, shape: str, encoding: str = "utf-8") -> Any:
    text, mapping = _SHAPES[shape]
    Path("orders.csv").write_bytes(text.encode(encoding))
    Path("map.yaml").write_text(mapping)
    return ask("import", "sale", "orders.csv", "--map", "map.yaml")


def _book() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().glob("*/*/*.yaml")}


def _orders(shape: str) -> Iterator[tuple[str, date, date | None]]:
    """Each line of an order with the day that was promised and the day it came, reckoned from the file alone."""
    for row in csv.DictReader(io.StringIO(_SHAPES[shape][0])):
        if shape == "supply_chain" and row["Order Id"]:
            day = datetime.strptime(row["order date (DateOrders)"], "%m/%d/%Y %H:%M").date()
            promised = day + timedelta(days=int(row["Days for shipment (scheduled)"]))
            real = row["Days for shipping (real)"]
            yield row["Order Id"], promised, day + timedelta(days=int(real)) if real else None
        elif shape == "by_estimate" and row["order_id"]:
            came = row["order_delivered_customer_date"]
            promised = date.fromisoformat(row["order_estimated_delivery_date"][:10])
            yield row["order_id"], promised, date.fromisoformat(came[:10]) if came else None


@pytest.mark.parametrize("shape", _SHAPES)
def test_every_row_once(ask: Ask, shape: str) -> None:
    """Every row is accounted for; a second time every row is unchanged, and no byte of the book is other."""
    assert len(_SHAPES[shape][1].splitlines()) <= 5
    first = _import(ask, shape)
    assert first["rows"]["created"] == _ROWS
    before = _book()
    again = _import(ask, shape)
    assert (again["rows"]["unchanged"], again["created"]) == (_ROWS, [])
    assert _book() == before


def test_encodings(ask: Ask) -> None:
    """A copy in GBK gives the same book byte for byte."""
    _import(ask, "supply_chain")
    before = _book()
    for file in before:
        Path(file).unlink()
    _import(ask, "supply_chain", "gbk")
    assert _book() == before


@pytest.mark.parametrize("shape", _SHAPES)
def test_kept_by_the_promised_day(ask: Ask, shape: str) -> None:
    """What was kept in time, late, or is due yet, is what the file itself says; nothing else is due."""
    _import(ask, shape)
    by_order: dict[str, list[tuple[date, date | None]]] = {}
    for order, promised, came in _orders(shape):
        by_order.setdefault(order, []).append((promised, came))
    sales = {sale["order"]: sale for sale in ask("sale", "list")}
    called_off = {order for order, sale in sales.items() if sale.get("cancelled")}
    lines = [line for order, found in by_order.items() if order not in called_off for line in found]
    kept = [came <= promised for promised, came in lines if came]
    totals = next(row for row in ask("balance") if row["what"] == "deliver")
    assert (totals["kept"], totals["kept_late"]) == (kept.count(True), kept.count(False))
    due = ask("due", "--within", "0d")
    assert {row["what"] for row in due} == {"deliver"}
    assert len(due) == sum(came is None for _promised, came in lines)


def test_what_the_records_hold(ask: Ask) -> None:
    """Promised and delivered stand in the records themselves, day for day, for whoever asks them without us."""
    _import(ask, "supply_chain")
    sales = {sale["id"]: sale for path in Path("sales").glob("*/*") if (sale := yaml.safe_load(path.read_text()))}
    came = {
        one["sale"]: one["signed"]["at"]
        for p in Path("deliveries").glob("*/*")
        if (one := yaml.safe_load(p.read_text()))
    }
    held = {(str(s["order"]), s["told"]["deliver"]["by"], came.get(key)) for key, s in sales.items()}
    assert held == set(_orders("supply_chain"))
    assert {sale["items"][0].get("price") for sale in sales.values()} == {None}


def test_amounts_spoilt_by_single_precision(ask: Ask) -> None:
    """An amount that a program showed in single precision is the amount that was meant."""
    shape = _SHAPES["supply_chain"]
    Path("orders.csv").write_text(shape[0])
    Path("map.yaml").write_text(shape[1].replace("columns:\n", "columns:\n  price: Product Price\n"))
    ask("import", "sale", "orders.csv", "--map", "map.yaml")
    prices = {item["price"] for sale in ask("sale", "list") for item in ask("sale", "show", sale["id"])["items"]}
    assert prices == {"9.99", "59.99", "109.99", "159.99", "209.99"}
