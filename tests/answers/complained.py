"""A shop with plans for complaints of its own, so that no test hangs on a figure of the packs that ship."""

from __future__ import annotations

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.records.complaint import Complaint
from tests.answers import shop

CASE = "CO26-0001"
PLANS = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: told, title: 告知, category: goods, after: complained, when: {urgent: no},
   what: acknowledge, step: acknowledge, channel: phone, due: {2020-01-01: [{days: 1}]}}
- {id: told-soon, title: 告知, category: goods, after: complained, when: {urgent: yes},
   what: acknowledge, step: acknowledge, channel: phone, due: {2020-01-01: [{hours: 1}]}}
- {id: answer, title: 答复, category: goods, after: complained,
   what: answer, step: answer, channel: phone, due: {2020-01-01: [{days: 2}]}}
- {id: resolve, title: 办结, category: goods, after: complained,
   what: resolve, step: resolve, channel: phone, due: {2020-01-01: [{days: 3}]}}
- {id: carry-out, title: 兑现, category: goods, after: complaint_answered,
   what: resolve, step: carry-out, channel: phone, due: {2020-01-01: [{days: 3}]}}
- {id: confirm, title: 确认, category: goods, after: complaint_resolved,
   what: confirm, step: confirm, channel: phone, due: {2020-01-01: [{days: 1}]}}
- {id: back, title: 回查, category: goods, after: complaint_resolved,
   what: check_back, step: check-back, channel: phone, due: {2020-01-01: [{days: 7}]}}
- {id: pass, title: 转达, category: goods, after: to_be_passed_on,
   what: pass_on, step: pass-on, channel: phone, due: {2020-01-01: [{days: 1}]}}
- {id: tell, title: 转告, category: goods, after: answered_outside,
   what: information, step: tell-answer, channel: phone, due: {2020-01-01: [{days: 1}]}}
- {id: safe, title: 排除, category: goods, after: incident,
   what: make_safe, step: make-safe, channel: home, due: {2020-01-01: [{days: 0}]}}
- {id: maker, title: 报告, category: goods, after: incident,
   what: report, step: report, channel: phone, due: {2020-01-01: [{days: 0}]}}
- {id: safe-fault, title: 排除, category: goods, after: unsafe_fault,
   what: make_safe, step: make-safe, channel: home, due: {2020-01-01: [{days: 0}]}}
- {id: maker-fault, title: 报告, category: goods, after: unsafe_fault,
   what: report, step: report, channel: phone, due: {2020-01-01: [{days: 0}]}}
duties:
- {id: up, duty: escalate, category: goods, title: 升级, value: {2020-01-01: {days: 3}}}
- {id: once, duty: ask_once, category: goods, title: 只要一次}
- {id: safely, duty: make_safe, category: goods, title: 当天排除}
- {id: told-maker, duty: tell_maker, category: goods, title: 告知厂家}
- {id: opens, duty: open_complaint, category: goods, title: 立案, grade: {2020-01-01: 2, 2026-09-01: 3}}
"""
SALE = shop.record("SA26-0001", items=f"[{{product: {shop.CHAIR}, taken: yes}}]")


def case(**fields: str) -> str:
    """The complaint as text."""
    return shop.record(CASE, **fields)


def complaint(**fields: str) -> Complaint:
    """The complaint as a record."""
    found = shop.shelf(case(**fields)).get(CASE)
    if not isinstance(found, Complaint):
        raise TypeError(found)
    return found


def states(*records: str, now: str = "2026-06-30") -> dict[str, str]:
    """The states of the promises of the complaint by their steps."""
    found = shop.states(SALE, *records, now=now, plans=PLANS)
    return {name.partition("/")[2]: state for name, state in found.items() if name.startswith(f"{CASE}/")}


def due(*records: str, now: str = "2026-06-01") -> dict[str, str | None]:
    """By when they are due."""
    found = shop.promises(SALE, *records, now=now, plans=PLANS)
    return {name.partition("/")[2]: shop.deadline(one) for name, one in found.items() if name.startswith(f"{CASE}/")}


def affairs(*records: str) -> Affairs:
    """The buyer's affairs."""
    return affairs_of(shop.shelf(SALE, *records))[shop.BUYER]
