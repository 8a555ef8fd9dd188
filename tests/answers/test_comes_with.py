"""What comes with a product: the plans that make the promises of its sale, and what it is entitled to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.comes_with import Service, services, steps, unknown
from aftercare.plain.moments import Span
from aftercare.records.product import Product
from tests.answers import shop
from tests.answers.shop import CHAIR, COOLER, record, rules

PACK = """
id: ours
issuer: shop
title: 本店
plans:
- {id: call, title: 回访, category: goods, after: delivered, what: call_back, step: call-back, channel: phone,
   due: {2026-01-01: [{days: 3}], 2026-03-01: [{days: 1}, {days: 7}], 2026-09-01: ~}}
- {id: fitted, title: 访查, category: goods, after: installed, what: revisit, step: revisit, channel: phone,
   due: {2020-01-01: [{days: 7}]}}
- {id: upkeep, title: 保养, category: air_conditioner, after: installed, what: maintenance, step: upkeep,
   channel: home, every: {2026-03-01: {months: 12}}, season: {from: 04-01, to: 05-31}}
- {id: ending, title: 到期, category: goods, after: guarantee_ends, what: information, step: tell-end,
   channel: phone, ahead: {days: 30}, due: {2020-01-01: [{days: 0}]}}
- {id: waiting, title: 等件, category: goods, after: taken_in, when: {waits_for_producer: yes},
   what: finish_repair, step: finish-repair, channel: counter, due: {2020-01-01: [{days: 90}]}}
- {id: repair, title: 修好, category: goods, after: taken_in, when: {waits_for_producer: no},
   what: finish_repair, step: finish-repair, channel: counter, due: {2020-01-01: [{days: 30}]}}
- {id: complaint, title: 投诉, category: goods, after: complained, what: answer, step: answer, channel: phone,
   due: {2020-01-01: [{days: 1}]}}
entitlements:
- {id: heavy, title: 重, service: home_delivery, category: goods, any: [{weight_kg: {min: {2020-01-01: 20}}}]}
- {id: far, title: 远, service: home_delivery, category: goods, any: [{distance_km: {min: {2020-01-01: 5}}}]}
- {id: many, title: 多, service: home_delivery, category: goods, any: [{pieces: {min: {2020-01-01: 5}}}]}
- {id: over, title: 旧, service: home_delivery, category: goods, any: [{pieces: {min: {2020-01-01: 2, 2026-01-01: ~}}}]}
- {id: fitter, title: 装, service: installation, category: goods, any: [{needs_installation: yes}]}
"""
ON = date(2026, 3, 1)


def _product(product: str = CHAIR, **fields: str) -> Product:
    usual = {"name": "空调", "category": "air_conditioner"} if product == COOLER else {}
    found = shop.shelf(record(product, **usual | fields)).get(product)
    assert isinstance(found, Product)
    return found


def _lines(product: Product, on: date = ON, begins_on: str = "") -> list[str]:
    return [step.plan.id for step in steps(product, rules(PACK, begins_on), on)]


def test_the_plans_of_a_sale_in_the_order_of_what_happens() -> None:
    """Goods that need no fitter are not promised visits after one; nobody is promised a complaint."""
    assert _lines(_product()) == ["call", "repair"]
    assert _lines(_product(COOLER)) == ["call", "fitted", "upkeep", "repair"]
    assert _lines(_product(as_set="yes")) == ["call", "fitted", "repair"]


def test_a_guarantee_is_told_of_where_there_is_one() -> None:
    """On the whole or on a part."""
    assert "ending" in _lines(_product(maker_months="12"))
    assert "ending" in _lines(_product(maker_parts="[{part: 压缩机, months: 60}]"))
    assert "ending" not in _lines(_product())


@pytest.mark.parametrize(
    ("on", "spans"),
    [
        (date(2026, 2, 28), (Span(days=3),)),
        (date(2026, 3, 1), (Span(days=1), Span(days=7))),
        (date(2026, 8, 31), (Span(days=1), Span(days=7))),
    ],
)
def test_the_figures_of_the_day(on: date, spans: tuple[Span, ...]) -> None:
    """The newest on or before the day; what is planned no more is not said."""
    assert steps(_product(), rules(PACK), on)[0].spans == spans
    assert _lines(_product(), date(2026, 9, 1)) == ["repair"]


def test_what_comes_back_says_how_often() -> None:
    """From the day of its own first figure on."""
    found = {step.plan.id: step.every for step in steps(_product(COOLER), rules(PACK), ON)}
    assert found["upkeep"] == Span(months=12)
    assert "upkeep" not in _lines(_product(COOLER), date(2026, 2, 28))


def test_before_the_opening_day_the_shops_own_plans_promise_nothing() -> None:
    """The day itself counts."""
    assert _lines(_product(), begins_on="2026-03-02") == []
    assert _lines(_product(), begins_on="2026-03-01") == ["call", "repair"]


@given(days=st.integers(0, 40))
def test_it_is_the_list_that_makes_the_promises(days: int) -> None:
    """Whoever buys on that day, taken home at once, is promised just the calls that were said beforehand."""
    on = date(2026, 2, 15).fromordinal(date(2026, 2, 15).toordinal() + days)
    said = {span for step in steps(_product(), rules(PACK), on) if step.plan.id == "call" for span in step.spans}
    sale = record("SA26-0001", sold_on=str(on), items=f"[{{product: {CHAIR}}}]")
    work = record("DE26-0001", arranged_on=str(on), signed=f"{{by: 王建国, at: {on}}}")
    made = shop.promises(sale, work, now="2026-06-01", plans=PACK)
    dues = {shop.deadline(one) for name, one in made.items() if "/call-back." in name}
    assert dues == {span.after(on).isoformat() for span in said}


def _services(product: Product) -> dict[str, Service]:
    return {one.service: one for one in services(product, rules(PACK), ON)}


def test_what_holds_for_whoever_buys_it() -> None:
    """By its weight, and by its kind."""
    found = _services(_product(COOLER, weight_kg="20"))
    assert {name: (one.state, one.line) for name, one in found.items()} == {
        "home_delivery": ("yes", "ours/heavy"),
        "installation": ("yes", "ours/fitter"),
    }


def test_what_hangs_on_who_buys_it() -> None:
    """Is said as a condition; one that holds for no sale any more is none, and an unknown weight is named."""
    found = _services(_product(weight_kg="19.9"))
    assert found["home_delivery"].state == "unknown"
    assert [entitlement.id for entitlement, __ in found["home_delivery"].open] == ["far", "many"]
    assert unknown(list(found.values())) == []
    assert unknown(list(_services(_product()).values())) == ["weight_kg"]
    assert (found["installation"].state, found["installation"].open) == ("no", ())
