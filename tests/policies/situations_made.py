"""Situations with dates near edges, and the packs that they are judged by: strategies for properties of the law engine.

Random days find almost nothing.  Sales lie around month ends, 29 February, holidays and the days from which a rule
holds; what happens after lies around the last good days that the packs themselves reckon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from aftercare.plain.moments import day_of
from aftercare.plain.tree import Tree
from aftercare.policies import load
from aftercare.policies.between import leading_nowhere
from aftercare.policies.decide import decide
from aftercare.policies.law import Law
from aftercare.policies.pack import Pack
from aftercare.policies.situation import Situation, situation
from aftercare.policies.verdict import Verdict

LAWS = ("cn-1995-general", "cn-2011-flat-tv", "cn-cpl", "cn-cpl-reg-2024")
# A law that no country has: it says, once each, what the vocabulary can say and the shipped laws do not.
MADE = """\
id: made-law
issuer: statute
title: {en: Made law, zh: 虚构法}
in_force: {from: 2000-01-01}
country: CN
checked_on: 2026-11-21
sources: {made: {what: a text, where: nowhere, sure: verified}}
counting: {first_day: yes, roll: none}
windows:
  liable: {from: {latest: [delivered_on, installed_on]}, value: {2000-01-01: {months: 24}, 2024-07-01: {months: 30}}}
  presumed: {from: {latest: [delivered_on, installed_on]}, value: {2000-01-01: {months: 6}}, count: after}
  tail: {from: {day_after: liable}, value: {2000-01-01: {days: 10}}}
  called: {from: delivered_on, value: {2000-01-01: {workdays: 5}}, roll: working_day, tests: [notified_on, today]}
lines:
- {id: first, title: first, grants: [repair], within: liable, proof: {within: presumed}, cite: {made: "1"}}
- id: twice
  title: twice
  grants: [second_tier]
  when: {repairs_done: {over: 1}}
  within: liable
  unless: [{exclusions: [misuse]}]
  cite: {made: "2"}
- {id: back, title: back, grants: [rescind], given: second_tier, cite: {made: "3"}}
- {id: less, title: less, grants: [price_reduction], within: tail, choice: shop, cite: {made: "4"}}
- {id: called-off, title: called off, grants: [cancel_unshipped], within: liable, cite: {made: "6"}}
- id: instead
  title: instead
  grants: [final_reject]
  when: {same_model_available: no}
  within: liable
  instead_of: [cancel_unshipped]
  cite: {made: "7"}
- {id: sent, title: sent, grants: [reject], within: called, cite: {made: "5"}}
""".replace("roll: none}", "roll: none, calendar: CN}")
# A pack of the shop's that closes a repair: its own, which it has not, and nobody else's.
CLOSING = """\
id: shop-closing
issuer: shop
title: A loan instead
counting: {first_day: no, roll: none}
lines:
- {id: loan, title: a loan instead, grants: [loan_unit], within: whole, instead_of: [repair]}
"""
# Days from which a rule or a figure holds, month ends, 29 February, and days whose periods end in long holidays.
_NEAR = [
    "2011-03-01", "2014-03-15", "2021-01-01", "2024-07-01", "2024-02-29", "2025-01-31", "2024-08-31", "2024-12-31",
    "2024-01-31", "2023-09-30", "2024-09-24", "2025-09-24", "2024-09-17", "2025-01-13", "2024-10-01", "2025-02-28",
]  # fmt: skip
_GOODS = [
    "refrigerator", "air_conditioner", "color_tv_crt", "lcd_tv", "oled_tv", "watch_clock", "gas_water_heater", "tv",
    "electric_kettle", "clothing", "software", "mobile_phone",
]  # fmt: skip
_PARTS = ["other", "压缩机", "compressor", "压缩机启动器", "显示屏", "显像管"]
QUESTIONS = ("sold_on", "delivered_on", "fault_on", "category", "component", "same_model_available", "channel",
             "goods_intact", "may_rescind", "price")  # fmt: skip
"""The facts that are asked for where nobody said them."""


@dataclass(frozen=True)
class Made:
    """A case as a clerk would state it: facts as text, and the day of the question."""

    facts: dict[str, Tree]
    on: date

    def but(self, on: date | None = None, /, **facts: Tree) -> Made:
        """The case with other facts; None takes one away."""
        said = {**self.facts, **facts}
        return Made({name: value for name, value in said.items() if value is not None}, on or self.on)

    def without(self, *names: str) -> Made:
        """The case where nobody said these."""
        return Made({name: value for name, value in self.facts.items() if name not in names}, self.on)

    @property
    def situation(self) -> Situation:
        """The case as the engine takes it."""
        return situation(self.facts, self.on)

    def day(self, name: str) -> date | None:
        """The day of a fact."""
        said = self.facts.get(name)
        return date.fromisoformat(said) if isinstance(said, str) and said != "none" else None


@cache
def made_law() -> Pack:
    """The law that no country has."""
    return load.parse(MADE.encode(), "made.yaml")


@cache
def closing() -> Pack:
    """The shop's pack that closes a repair."""
    return load.parse(CLOSING.encode(), "closing.yaml")


@cache
def laws() -> tuple[Pack, ...]:
    """The shipped laws of China, and the made one."""
    return (*(pack for pack in load.shipped() if pack.id in LAWS), made_law())


def judged(made: Made, packs: Sequence[Pack] | None = None) -> Verdict:
    """The verdict on a made case."""
    return decide(laws() if packs is None else packs, made.situation)


def with_lines(pack: Pack, *keep: str) -> Pack:
    """The pack in which only the lines named (``pack/id``) grant or close anything."""
    lines = [line if line.line in keep else replace(line, grants=(), instead_of=()) for line in pack.law.lines]
    return with_law(pack, replace(pack.law, lines=tuple(lines)))


def with_law(pack: Pack, law: Law) -> Pack:
    """The pack with another law."""
    return replace(pack, read_law=lambda: law)


def around(days: Sequence[date], before: int = 1, after: int = 2) -> st.SearchStrategy[date]:
    """A day, or one next to it."""
    return st.builds(
        lambda day, off: day + timedelta(days=off), st.sampled_from(sorted(set(days))), st.integers(-before, after)
    )


def _sold() -> st.SearchStrategy[date]:
    edges = around([date.fromisoformat(day) for day in _NEAR])
    return st.one_of(edges, edges, st.dates(date(2023, 1, 1), date(2026, 3, 1)))


def _ends(made: Made, after: date) -> list[date]:
    """The last good days of all windows that such a case has."""
    found = [day_of(end) for end in judged(made).windows.values() if end is not None]
    return [day for day in found if day >= after] or [after]


def _yes() -> st.SearchStrategy[str]:
    return st.sampled_from(["yes", "no"])


_CIRCUMSTANCES: dict[str, st.SearchStrategy[Any]] = {
    "category": st.sampled_from(_GOODS),
    "component": st.sampled_from(_PARTS),
    "same_model_available": _yes(),
    "channel": st.sampled_from(["shop", "online", "online"]),
    "goods_intact": _yes(),
    "may_rescind": _yes(),
    "price": st.sampled_from(["1", "4999.99", "3000"]),
}
_NOW_AND_THEN: dict[str, st.SearchStrategy[Any]] = {
    "fault_kind": st.sampled_from(["performance", "cosmetic"]),
    "fault_date_proven": _yes(),
    "buyer": st.just("business"),
    "exclusions": st.sampled_from([["misuse"], ["card_altered"]]),
    "personalised": _yes(),
    "unsealed": _yes(),
    "exception_told": _yes(),
}


@st.composite
def cases(draw: st.DrawFn) -> Made:
    """A whole case without contradiction: everything that may be asked for is said; no stay in repair is open."""
    sold = draw(_sold())
    delivered = sold + timedelta(days=draw(st.sampled_from([0, 0, 1, 6])))
    facts: dict[str, Tree] = {name: draw(of) for name, of in _CIRCUMSTANCES.items()}
    facts |= {"sold_on": sold.isoformat(), "delivered_on": delivered.isoformat()}
    ready = delivered
    if draw(st.booleans()):
        ready += timedelta(days=draw(st.sampled_from([0, 2, 9])))
        facts["installed_on"] = ready.isoformat()
    elif draw(st.integers(0, 5)) == 0:
        facts["installation"] = {"by": "shop", "in_contract": "yes"}
    for name, of in _NOW_AND_THEN.items():
        if draw(st.integers(0, 5)) == 0:
            facts[name] = draw(of)
    facts |= draw(_history(sold, ready))
    first = Made(facts, ready).but(fault_on=ready.isoformat())
    fault = draw(around(_ends(first, ready)))
    on = max(fault, draw(around(_ends(first.but(fault_on=fault.isoformat()), fault))), _last(facts))
    facts["fault_on"] = "none" if draw(st.integers(0, 11)) == 0 else max(ready, fault).isoformat()
    return Made(facts | draw(_acts(delivered, on)), max(ready, on))


def _last(facts: dict[str, Tree]) -> date:
    """The last day of the history: nobody asks before it."""
    texts = [str(one) for name in ("repairs", "replacements") for row in facts.get(name) or () for one in _days(row)]
    return max(map(date.fromisoformat, texts), default=date.min)


def _days(row: Any) -> list[str]:
    return [row[key] for key in ("in", "out", "on") if key in row]


@st.composite
def _history(draw: st.DrawFn, sold: date, ready: date) -> dict[str, Tree]:
    """Up to three stays in the workshop, one after the other, and perhaps a replacement."""
    stays: list[Tree] = []
    day = ready
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        begun = day + timedelta(days=draw(st.sampled_from([0, 3, 7, 100, 366])))
        ended = begun + timedelta(days=draw(st.sampled_from([0, 1, 4, 30, 31, 90, 91])))
        stay: dict[str, Tree] = {"in": begun.isoformat(), "out": ended.isoformat()}
        if draw(st.booleans()):
            stay["because"] = draw(st.sampled_from(["no_parts_from_producer", "repairer_delay"]))
        if draw(st.booleans()):
            stay["result"] = draw(st.sampled_from(["fixed", "not_fixed", "not_done"]))
        stays.append(stay)
        day = ended
    found: dict[str, Tree] = {"repairs": stays}
    if draw(st.integers(0, 3)) == 0:
        on = max(sold, day) + timedelta(days=draw(st.sampled_from([0, 1, 30])))
        found["replacements"] = [{"on": on.isoformat()}]
    return found


@st.composite
def _acts(draw: st.DrawFn, delivered: date, on: date) -> dict[str, Tree]:
    """What the customer did: told of the defect, declared the return, brought the goods back."""
    found: dict[str, Tree] = {}
    if draw(st.integers(0, 3)) == 0:
        found["notified_on"] = min(on, delivered + timedelta(days=draw(st.sampled_from([0, 5, 7, 8])))).isoformat()
    if draw(st.integers(0, 3)) == 0:
        said = min(on, delivered + timedelta(days=draw(st.sampled_from([0, 7, 8]))))
        found["withdrawn_on"] = said.isoformat()
        if draw(st.booleans()):
            found["returned_on"] = on.isoformat()
    return found


_PROMISE = """\
id: {issuer}-own
issuer: {issuer}
title: Own
in_force: {{from: 2000-01-01}}
checked_on: 2026-11-21
sources: {{own: {{what: our word, where: here, sure: practice}}}}
counting: {{first_day: no, roll: none}}
windows:
  {window}: {{from: [installed_on, sold_on], value: {{2000-01-01: {{{unit}: {count}}}}}, pauses: stay}}
lines:
- {{id: word, title: word, {grants}, cite: [own]{more}}}
"""
_FEES = ["", "", ", fee: {judged: a deduction}", ", choice: shop", ", effect: review", ", proof: consumer"]
_GRANTS = [
    "grants: [refund], within: {window}",
    "grants: [repair, replace], within: {window}",
    "grants: [refund_with_fee], within: {window}",
    "grants: [exchange], within: {window}",
    "grants: [refund], given: exchange",
    "grants: [replace, withdraw]",
    "grants: [repair], within: {window}, instead_of: [refund]",
    "grants: [repair], within: {window}, when: {same_model_available: yes}",
]


@st.composite
def promises(draw: st.DrawFn) -> Pack:
    """A pack of the maker's or the shop's own that promises something."""
    window = draw(st.sampled_from(["own", "whole", "refund_7d"]))
    text = _PROMISE.format(
        issuer=draw(st.sampled_from(["maker", "shop"])),
        window=window,
        unit=draw(st.sampled_from(["days", "months"])),
        count=draw(st.sampled_from([7, 15, 36])),
        grants=draw(st.sampled_from(_GRANTS)).replace("{window}", window),
        more=draw(st.sampled_from(_FEES)),
    )
    return load.parse(text.encode(), "own.yaml")


def faults_of(old: str = "", new: str = "") -> list[tuple[str, str]]:
    """The faults of the made law with one text in it exchanged: code and sentence."""
    assert old in MADE
    try:
        pack = load.parse(MADE.replace(old, new, 1).encode(), "made.yaml")
    except load.BadPack as error:
        return [(fault.code, fault.message) for fault in error.faults]
    return [(fault.code, fault.message) for fault in leading_nowhere(pack, (pack,))]
