"""What a shop's book holds besides its customers: parts, offers, events, and a pack of its own."""

from __future__ import annotations

from datetime import date, timedelta

from bench.records import LAST, OWN_PACK
from bench.shop import BEGINS, FIRST, Shop

SETTINGS = f"""\
shop: {{name: 阳光家电}}
language: en
country: CN
region: Zhejiang
currency: CNY
time_zone: Asia/Shanghai
begins_on: {BEGINS}
git: no
"""
FILES_BESIDE = {"aftercare.yaml": SETTINGS, "policies/ours.yaml": OWN_PACK}
PARTS = ("压缩机", "门封圈", "加热管", "电机", "主控板")


def besides(shop: Shop) -> None:
    """Parts for what is sold, two offers and two events a year, fewer in a small book."""
    for at in range(max(len(PARTS), len(shop.goods) * 3 // 5)):
        _part(shop, at)
    each = 1 if shop.counts["customers"] < 500 else 2
    for year in range(FIRST.year + 1, LAST.year + 1):
        for at in range(each):
            _offer(shop, date(year, 4 + 5 * at, 20))
            _event(shop, date(year, 3 + 6 * at, 18))


def _part(shop: Shop, at: int) -> None:
    name, day = PARTS[at % len(PARTS)], shop.day(FIRST, LAST - timedelta(days=60))
    came, counted = day + timedelta(days=9), day + timedelta(days=40)
    fits = shop.goods[at % len(shop.goods)].id
    shop.new(
        "PA",
        day,
        f"name: {name}\nnumber: CY-{100 + at}\ncomponent: {name}\nfits: [{fits}]\nsupplier: 晨屿配件部\nlead_days: 7\n"
        f"cost: {20 + at}.00\nreorder_at: 2\nreorder_qty: 6\nplace: 后间甲架\n"
        f"ordered:\n- {{at: {day}, qty: 6, expected: {came}, from: 晨屿配件部}}\n"
        f"received:\n- {{at: {came}T10:00, qty: 6, cost: {20 + at}.00, from: 晨屿配件部}}\n"
        f"counted:\n- {{at: {counted}T17:30, qty: 6, by: {shop.somebody()}}}\n",
    )


def _offer(shop: Shop, day: date) -> None:
    """An offer whose gift is owed to who asks for it, and so to nobody before."""
    goods = shop.rng.choice(shop.goods)
    shop.new(
        "OF",
        day,
        f"title: 换季免费清洗\npublished_on: {day}\nuntil: {day + timedelta(days=14)}\n"
        f"says: 这两周买的，随时可以叫我们清洗一次\nperson: {shop.somebody()}\nmeets: {{products: [{goods.id}]}}\n"
        f"gives:\n- {{what: maintenance, words: 免费清洗一次}}\npublished:\n- {{where: 店门, at: {day}}}\n",
    )


def _event(shop: Shop, day: date) -> None:
    """A gathering of some who had bought by then, invited in time."""
    by, planned = shop.somebody(), day - timedelta(days=20)
    known = [one.id for one in shop.customers if one.since < planned] or [shop.customers[0].id]
    guests = "".join(
        f"- customer: {guest}\n  invited: {{at: {planned + timedelta(days=3)}T16:30, how: phone, by: {by}}}\n"
        f"  answered: {{at: {planned + timedelta(days=4)}T09:00, comes: yes, people: 2}}\n"
        f"  came: {{at: {day}T14:05, people: 2}}\n"
        for guest in sorted(set(shop.rng.choices(known, k=4)))
    )
    shop.new(
        "EV",
        planned,
        f"name: 老顾客联欢\nat: {day}T14:00\nplanned_on: {planned}\nplace: 店里\nperson: {by}\n"
        f"invite_by: {day - timedelta(days=8)}\nguests:\n{guests}held_at: {day}T14:00\n",
    )
