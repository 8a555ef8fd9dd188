"""A shop with plans for wishes of its own, so that no test hangs on a figure of the packs that ship."""

from __future__ import annotations

from aftercare.answers.promises import Promise
from aftercare.records.wish import Wish
from tests.answers import shop

WISH = "WI26-0001"
PLANS = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: pass, title: 转达, category: goods, after: wished,
   what: pass_on, step: pass-on, channel: letter, due: {2020-01-01: [{days: 5}]}}
- {id: maker, title: 厂家, category: goods, after: wish_passed_on,
   what: answer, step: makers-answer, channel: letter, due: {2020-01-01: [{months: 1}]}}
- {id: tell, title: 告知, category: goods, after: wish_answered,
   what: information, step: tell-answer, channel: phone, due: {2020-01-01: [{days: 2}]},
   retry: {attempts: 2, again: {days: 1}}}
- {id: true, title: 实现, category: goods, after: wish_realised,
   what: information, step: tell-realised, channel: phone, due: {2020-01-01: [{days: 3}]}}
"""
MAKER = shop.record(shop.CHAIR, maker="晨屿电器", hotline="0571-1234", name="椅子", category="goods")
SALE = shop.record("SA26-0001", items=f"[{{product: {shop.CHAIR}, taken: yes}}]")


def wished(**fields: str) -> str:
    """The wish as text."""
    usual = {"customer": shop.BUYER, "about": f"[{shop.UNIT}]", "said_on": "2026-06-01", "words": "刻度再大一点"}
    return shop.record(WISH, **usual | fields)


def wish(**fields: str) -> Wish:
    """The wish as a record."""
    found = shop.shelf(SALE, wished(**fields)).get(WISH)
    if not isinstance(found, Wish):
        raise TypeError(found)
    return found


def promises(*records: str, now: str = "2026-06-30") -> dict[str, Promise]:
    """The promises of the wish by their steps."""
    found = shop.promises(MAKER, SALE, *records, now=now, plans=PLANS)
    return {name.partition("/")[2]: one for name, one in found.items() if name.startswith(f"{WISH}/")}


def states(*records: str, now: str = "2026-06-30") -> dict[str, str]:
    """Their states."""
    return {step: promise.state for step, promise in promises(*records, now=now).items()}


def due(*records: str, now: str = "2026-06-01") -> dict[str, str | None]:
    """By when they are due."""
    return {step: shop.deadline(promise) for step, promise in promises(*records, now=now).items()}
