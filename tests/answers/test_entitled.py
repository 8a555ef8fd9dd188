"""Who is entitled to home delivery and installation free of charge, and why."""

from __future__ import annotations

import pytest

from aftercare.answers.affairs import affairs_of
from aftercare.answers.entitled import Entitled, Where, entitled, unpromised
from aftercare.records.sale import Sale
from tests.answers.shop import BUYER, CHAIR, COOLER, record, rules, shelf

PACK = """
id: ours
issuer: shop
title: 本店
in_force: {from: 2026-03-01}
entitlements:
- {id: heavy, title: 重, service: home_delivery, category: goods, any: [{weight_kg: {min: {2020-01-01: 20}}}]}
- {id: bulky, title: 大, service: home_delivery, category: goods, any: [{bulky: yes}]}
- {id: far, title: 远, service: home_delivery, category: goods, any: [{distance_km: {min: {2020-01-01: 5}}}]}
- {id: many, title: 多, service: home_delivery, category: goods, any: [{pieces: {min: {2020-01-01: 5}}}]}
- {id: difficulty, title: 难, service: home_delivery, category: goods, any: [{needs: [elderly, disabled]}]}
- {id: fitter, title: 装, service: installation, category: goods, any: [{needs_installation: yes}]}
- {id: set, title: 套, service: installation, category: goods, any: [{as_set: yes}]}
"""
LIGHT = {"name": "电饭煲", "category": "rice_cooker", "weight_kg": "4", "bulky": "no"}
NEAR = "{text: 文三路100号, distance_km: 2}"
UNIT = "SA26-0001/1"


def _found(*records: str, line: int = 1, near: str = NEAR) -> dict[str, Entitled]:
    """The answers about a light thing of a customer who lives near, but for what *records* say."""
    held = shelf(record(BUYER, address=near), record(CHAIR, **LIGHT), record("SA26-0001"), *records)
    sale = held.get("SA26-0001")
    assert isinstance(sale, Sale)
    return {one.service: one for one in entitled(affairs_of(held)[BUYER], sale, line, rules(PACK))}


@pytest.mark.parametrize(
    ("records", "line", "value", "where"),
    [
        ([record(CHAIR, **LIGHT | {"weight_kg": "20"})], "ours/heavy", "20", Where(CHAIR, "weight_kg")),
        ([record(CHAIR, **LIGHT | {"bulky": "yes"})], "ours/bulky", "True", Where(CHAIR, "bulky")),
        ([record(BUYER, address="{distance_km: 5}")], "ours/far", "5", Where(BUYER, "address.distance_km")),
        (
            [record("SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {COOLER}, qty: 4}}]")],
            "ours/many",
            "5",
            Where("SA26-0001", "items"),
        ),
        (
            [record(BUYER, address=NEAR, needs="[remote, disabled]")],
            "ours/difficulty",
            "frozenset({'disabled'})",
            Where(BUYER, "needs"),
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_each_condition_entitles_and_says_why(records: list[str], line: str, value: str, where: Where) -> None:
    """The line, the value that decided, and the record and field in which it stands."""
    found = _found(*records)["home_delivery"]
    assert (found.state, found.line, found.missing) == ("yes", line, ())
    assert found.because is not None
    assert (str(found.because.value), found.because.at) == (value, where)


def test_nothing_that_entitles_is_a_no() -> None:
    """When everything is known and nothing applies."""
    found = _found()
    assert {service: (one.state, one.line, one.missing) for service, one in found.items()} == {
        "home_delivery": ("no", None, ()),
        "installation": ("no", None, ()),
    }


def test_what_is_not_written_down_is_asked_for() -> None:
    """An unknown weight, size or distance is never taken for too little; each is named with its record."""
    found = _found(record(BUYER), record(CHAIR))["home_delivery"]
    assert (found.state, found.line, found.because) == ("unknown", "ours/heavy", None)
    assert found.missing == (Where(CHAIR, "weight_kg"), Where(CHAIR, "bulky"), Where(BUYER, "address.distance_km"))


def test_the_weight_is_that_of_all_pieces_of_the_line() -> None:
    """Four pieces of 5 kg are carried home together."""
    found = _found(
        record(CHAIR, **LIGHT | {"weight_kg": "5"}), record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 4}}]")
    )
    assert found["home_delivery"].line == "ours/heavy"


def test_goods_that_go_elsewhere_have_a_way_of_their_own() -> None:
    """The buyer's distance says nothing of another address; it is asked for, or stands in the sale."""
    far = record(BUYER, address="{text: 文三路100号, distance_km: 40}")
    elsewhere = "{name: 王小明, address: 别处1号%s}"
    unknown = _found(far, record("SA26-0001", deliver_to=elsewhere % ""))["home_delivery"]
    assert unknown.missing == (Where("SA26-0001", "deliver_to.distance_km"),)
    near = _found(far, record("SA26-0001", deliver_to=elsewhere % ", distance_km: 1"))["home_delivery"]
    assert near.state == "no"
    home = _found(far, record("SA26-0001", deliver_to="{name: 王小明, address: 文三路100号}"))["home_delivery"]
    assert home.line == "ours/far"


def test_installation_is_due_by_category_and_for_sets() -> None:
    """A cooler needs a fitter; a wardrobe only where it is sold as a set."""
    cooler = record("SA26-0001", items=f"[{{product: {COOLER}}}]")
    assert _found(cooler)["installation"].line == "ours/fitter"
    assert _found(record(CHAIR, **LIGHT | {"as_set": "yes"}))["installation"].line == "ours/set"


def test_the_day_of_the_sale_decides() -> None:
    """What came into force later says nothing about an earlier sale."""
    heavy = record(CHAIR, **LIGHT | {"weight_kg": "90"})
    assert _found(heavy, record("SA26-0001", sold_on="2026-02-28"))["home_delivery"].state == "no"
    assert _found(heavy, record("SA26-0001", sold_on="2026-03-01"))["home_delivery"].state == "yes"


@pytest.mark.parametrize(
    ("sale", "units"),
    [
        ({}, [UNIT]),
        ({"told": "{deliver: {by: 2026-03-04}}"}, []),
        ({"told": "{install: {by: 2026-03-04}}"}, [UNIT]),
        ({"items": f"[{{product: {CHAIR}, taken: yes}}, {{product: {CHAIR}}}]"}, ["SA26-0001/2"]),
    ],
)
def test_delivery_that_is_due_and_was_not_promised(sale: dict[str, str], units: list[str]) -> None:
    """Not where a time was told, and not for what went home at once."""
    heavy = record(CHAIR, **LIGHT | {"weight_kg": "90"})
    held = shelf(record(BUYER, address=NEAR), heavy, record("SA26-0001", **sale))
    made = held.get("SA26-0001")
    assert isinstance(made, Sale)
    assert [one.unit for one in unpromised(affairs_of(held)[BUYER], made, rules(PACK))] == units
