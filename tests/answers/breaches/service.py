"""A shop that owes every duty there is, by a pack of its own, and the breaches that its records hold."""

from __future__ import annotations

from aftercare.answers.breaches.all import breaches
from aftercare.answers.breaches.finding import CODES, TOLD_BY, Breach
from aftercare.plain.moments import parse
from tests.answers import shop

UNIT = shop.UNIT
TOLD = "{deliver: {by: 2026-03-04T18:00}}"
TO_INSTALL = "{install: {by: 2026-03-04T18:00}}"
FITTER, HELPER = "ST26-0001", "ST26-0002"
PEOPLE = (
    f"id: {FITTER}\nname: 张师傅\n"
    "certificates: [{name: 制冷, until: 2026-06-30}, {name: 电工, until: 2025-01-01}]\n",
    f"id: {HELPER}\nname: 小李\n",
)
_DUTIES = "".join(
    f"- {{id: duty-{number}, duty: {name}, category: goods, title: 义务}}\n"
    for number, name in enumerate(sorted({*(duty.name for duty in CODES.values()), *TOLD_BY.values()}))
)
STEPS = """
- {id: mend, title: 修好, category: goods, after: taken_in, what: finish_repair, step: finish-repair,
   channel: counter, due: {2020-01-01: [{days: 30}]}}
- {id: back, title: 还机, category: goods, after: loan_over, what: return_loan, step: return-loan,
   channel: counter, due: {2020-01-01: [{days: 3}]}}
- {id: whole, title: 赔偿, category: goods, after: damaged, what: compensate, step: compensate,
   channel: counter, due: {2020-01-01: [{days: 7}]}}
"""
STANDARD = f"""{shop.PLANS}{STEPS.lstrip()}
duties:
{_DUTIES}
entitlements:
- {{id: heavy, title: 笨重, service: home_delivery, category: goods, any: [{{needs: [elderly]}}]}}
checklists:
- id: list
  title: 清单
  category: air_conditioner
  follows: own
  items: [{{id: level, en: level, zh: 水平}}, {{id: drain, en: drain, zh: 排水}}]
materials:
- {{id: pipe, en: copper pipe, zh: 铜管, price: 35}}
"""
WHOLE_LIST = "[level, 排水]"
"""Every item of the checklist, by its id or in words."""


def found(*records: str, now: str = "2026-12-31", pack: str = STANDARD, begins_on: str = "") -> dict[str, Breach]:
    """The breaches in the stock, the people and *records* on a day, by id."""
    shelf = shop.shelf(*PEOPLE, *records)
    rows = breaches(shelf, shop.rules(pack, begins_on), parse(now))
    by_id = {breach.id: breach for breach in rows}
    if len(by_id) < len(rows):
        raise ValueError(f"an id twice among {[breach.id for breach in rows]}")
    return by_id


def codes(*records: str, now: str = "2026-12-31") -> list[str]:
    """The ids of those that are not settled."""
    return [breach.id for breach in found(*records, now=now).values() if breach.settled is None]
