"""Prices above those that were published."""

from __future__ import annotations

import pytest

from aftercare.answers.breaches.all import breaches
from aftercare.answers.breaches.finding import Breach
from aftercare.answers.chosen import rules_of
from aftercare.plain.moments import parse
from tests.answers.shop import CHAIR, COOLER, record, settings, shelf

DUTY = """
id: ours
issuer: shop
title: 本店
duties:
- {id: honour, duty: honour_offer, category: goods, title: 按公告收费}
"""
OFFER = {"title": "三八特价", "published_on": "2026-03-01", "until": "2026-03-08"}
ID = "SA26-0001/OF26-0001/above-offer"


def _found(
    prices: str, items: str, *records: str, now: str = "2026-03-20", more: str = "", **offer: str
) -> list[Breach]:
    rules, __ = rules_of(settings(), [("policies/ours.yaml", DUTY.encode())])
    made = shelf(
        record("OF26-0001", **OFFER | {"prices": f"[{prices}]"} | offer),
        record("SA26-0001", items=f"[{items}]") + more,
        *records,
    )
    return [one for one in breaches(made, rules, parse(now)) if one.code == "above-offer"]


@pytest.mark.parametrize(("price", "ids"), [("50", []), ("50.01", [ID]), ("49", [])])
def test_a_piece_that_cost_more_than_was_published(price: str, ids: list[str]) -> None:
    """By the cent; what cost as much or less is as published."""
    found = _found(f"{{goods: [{CHAIR}], price: 50}}", f"{{product: {CHAIR}, qty: 3, price: {price}}}")
    assert [one.id for one in found] == ids


def test_goods_that_are_sold_together_cost_what_was_published_for_all() -> None:
    """A set counts as often as all of it was sold; what is beside it has its own price."""
    both = f"{{goods: [{CHAIR}, {CHAIR}, {COOLER}], price: 100}}"
    assert not _found(both, f"{{product: {CHAIR}, qty: 3, price: 10}}, {{product: {COOLER}, price: 80}}")
    assert _found(both, f"{{product: {CHAIR}, qty: 3, price: 10}}, {{product: {COOLER}, price: 81}}")
    assert not _found(both, f"{{product: {CHAIR}, price: 10}}, {{product: {COOLER}, price: 999}}")


def test_a_price_without_goods_is_that_of_each_piece_it_speaks_of() -> None:
    """The goods of the offer, and no others."""
    meets = f"{{products: [{CHAIR}]}}"
    items = f"{{product: {COOLER}, price: 3299}}, {{product: {CHAIR}, qty: 2, price: 51}}"
    found = _found("{price: 50}", items, meets=meets)
    assert [(one.id, one.record, str(one.on)) for one in found] == [(ID, "SA26-0001", "2026-03-02")]
    assert "102 charged where 100 was published" in found[0].sentence


def test_what_proves_nothing() -> None:
    """No price, another currency, a sale outside the dates, one called off, an offer that contradicts itself."""
    price, item = f"{{goods: [{CHAIR}], price: 50}}", f"{{product: {CHAIR}, price: 60}}"
    assert not _found(price, f"{{product: {CHAIR}}}")
    assert not _found(price, f"{{product: {CHAIR}, price: USD 60}}")
    assert not _found(f"{{goods: [{CHAIR}], price: USD 5}}", item)
    assert not _found(price, item, until="2026-03-01")
    assert not _found(price, item, more="cancelled: {on: 2026-03-02}\n")
    assert not _found(price, item, since="2026-03-02", until="2026-03-09", ended="{on: 2026-02-01}")


def test_a_misprint_is_the_published_price_until_it_is_corrected() -> None:
    """Who came before paid too much at the price that was meant; who came later did not."""
    price, item = f"{{goods: [{CHAIR}], price: 3, meant: 7}}", f"{{product: {CHAIR}, price: 7}}"
    noted = {"misprint": "{at: 2026-03-01, says: 3元, meant: 7元}"}
    assert _found(price, item, published="[{where: 晚报, at: 2026-03-01, corrected_at: 2026-03-02}]", **noted)
    assert not _found(price, item, published="[{where: 晚报, at: 2026-03-01, corrected_at: 2026-03-01}]", **noted)


def test_paying_the_difference_back_makes_it_good() -> None:
    """All of it, on the day on which it was complete; half of it settles nothing."""
    price, item = f"{{goods: [{CHAIR}], price: 50}}", f"{{product: {CHAIR}, price: 60}}"
    one = "{offer: OF26-0001, amount: 4, at: 2026-03-05}"
    rest = "{offer: OF26-0001, amount: 6, at: 2026-03-09}"
    assert _found(price, item, more=f"paid_back: [{one}]\n")[0].settled is None
    settled = _found(price, item, more=f"paid_back: [{rest}, {one}]\n")[0].settled
    assert settled is not None
    assert (settled.how, str(settled.on), settled.record) == ("made_good", "2026-03-09", "SA26-0001")
    assert _found(price, item, more=f"paid_back: [{rest}, {one}]\n", now="2026-03-08")[0].settled is None


def test_it_is_settled_like_any_other() -> None:
    """An apology, or accepted with a reason, in a record about it; each price by its own number."""
    price, item = (
        f"{{goods: [{COOLER}], price: 9}}, {{goods: [{CHAIR}], price: 50}}",
        f"{{product: {CHAIR}, price: 60}}",
    )
    accepted = record("PM26-0001", of=f"{ID}.2", accepted="{on: 2026-03-05, reason: 赠了椅垫}")
    found = _found(price, item, accepted)
    assert [(one.id, one.settled and one.settled.how) for one in found] == [(f"{ID}.2", "accepted")]
