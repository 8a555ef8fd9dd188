"""A small shop's promise as a pack of law, and verdicts by it: no test that uses it hangs on a figure that ships."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from aftercare.plain.moments import parse
from aftercare.plain.tree import Tree
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import Situation, situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.load import parse as parse_pack
from aftercare.policies.pack import Pack

PACK = """\
id: ours
issuer: shop
title: {en: Our promise, zh: 本店承诺}
counting: {first_day: no, roll: none}
windows:
  week: {title: {en: first week, zh: 首周}, from: [sold_on], value: {2020-01-01: {days: 7}}}
  year: {title: {en: first year, zh: 首年}, from: [sold_on], value: {2020-01-01: {years: 1}}}
lines:
- {id: back, title: {en: Money back, zh: 退款}, grants: [refund], when: {fault_kind: performance}, within: week}
- {id: new, title: {en: Another one, zh: 换新}, grants: [replace], when: {same_model_available: yes}, within: year}
- {id: other, title: {en: Another model, zh: 换型号}, grants: [replace_other_model], when: {same_model_available: no}}
- {id: mend, title: {en: Repair, zh: 修理}, grants: [repair], within: year}
- {id: lend, title: {en: One on loan, zh: 备用}, grants: [loan_unit], when: {repairs_done: {min: 2}, used: yes}}
"""
FACTS: dict[str, Tree] = {"sold_on": "2026-03-02", "fault_on": "2026-03-12"}
"""Sold on Monday 2 March; the week is over on the 9th, the fault showed on the 12th."""
ON = parse("2026-03-12")


@cache
def pack(text: str = PACK) -> Pack:
    """The pack in a text."""
    return parse_pack(text.encode(), "policies/ours.yaml")


def case(said: Mapping[str, Tree] | None = None) -> Situation:
    """The facts, and what is *said* over them."""
    return situation({**FACTS, **(said or {})}, ON)


def verdict(text: str = PACK, said: Mapping[str, Tree] | None = None) -> Verdict:
    """What the pack says of the case."""
    return decide([pack(text)], case(said))
