"""The packs that made situations are judged by: the law of each place, a law that no country has, and promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from aftercare.policies import load
from aftercare.policies.authoring.trials import packs_for
from aftercare.policies.between import leading_nowhere
from aftercare.policies.conditions import Block, FactIs
from aftercare.policies.law import Law
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Window

LAWS = ("cn-1995-general", "cn-2011-flat-tv", "cn-cpl", "cn-cpl-reg-2024")
PLACES: Mapping[str, str] = {
    "made": "CN", "cn": "CN", "cn-named": "CN", "de": "DE", "fr": "FR", "uk": "GB", "us": "US", "tw": "TW", "jp": "JP",
    "ca-qc": "CA", "eu": "EU",
}  # fmt: skip
"""What law a situation may be made for, and its country; ``made`` is four laws of China with the made one."""
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
  run_in: {from: delivered_on, value: {2000-01-01: {days: 30}}, meter: {odometer_km: 1000}, tests: [today]}
  held:
    from: delivered_on
    value: {2000-01-01: {days: 10}}
    pauses: stay
    floor: {from: delivered_on, value: {days: 40}}
  abroad: {from: delivered_on, value: {2000-01-01: {workdays: 5}}, calendar: US-429}
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
- {id: run-in, title: run in, grants: [damages], when: {used: yes}, after: run_in, cite: {made: "8"}}
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


@cache
def made_law() -> Pack:
    """The law that no country has."""
    return load.parse(MADE.encode(), "made.yaml")


@cache
def closing() -> Pack:
    """The shop's pack that closes a repair."""
    return load.parse(CLOSING.encode(), "closing.yaml")


@cache
def laws(place: str = "made") -> tuple[Pack, ...]:
    """The law of a place."""
    if place == "made":
        return (*(pack for pack in load.shipped() if pack.id in LAWS), made_law())
    if place == "cn-named":
        also = {"maker-warranty", "cn-cpl", "cn-cpl-reg-2024"}
        return tuple(
            pack
            for pack in load.shipped()
            if pack.law and (pack.id in also or (pack.country, pack.chosen) == ("CN", "named"))
        )
    return packs_for(place, "", load.shipped())


def with_lines(pack: Pack, *keep: str) -> Pack:
    """The pack in which only the lines named (``pack/id``) grant or close anything."""
    lines = [line if line.line in keep else replace(line, grants=(), instead_of=()) for line in pack.law.lines]
    return with_law(pack, replace(pack.law, lines=tuple(lines)))


def with_law(pack: Pack, law: Law) -> Pack:
    """The pack with another law."""
    return replace(pack, read_law=lambda: law)


def conditions(place: str) -> Iterator[FactIs]:
    """All that the packs of a place ask of facts."""
    for pack in laws(place):
        for block in _blocks(pack.law):
            yield from (one for one in block.conditions if isinstance(one, FactIs))


def _blocks(law: Law) -> Iterator[Block]:
    yield from (bar.block for bar in law.bars)
    yield from (block for rule in law.restates for block in rule.unless)
    for line in law.lines:
        yield from (Block(line.conditions), *line.any, *line.unless)
    for window in law.windows:
        yield from (variant.when for variant in window.variants)
    some = [law.applies, *(line.presumed_when for line in law.lines), *(window.when for window in law.windows)]
    yield from (block for block in (*some, *(rule.when for rule in law.evidence)) if block is not None)


def windows(place: str) -> Iterator[Window]:
    """All windows of the packs of a place."""
    return (window for pack in laws(place) for window in pack.law.windows)


@cache
def named(place: str) -> tuple[str, ...]:
    """The facts that the packs of a place go by, and perhaps names of windows."""
    found = {one.fact for one in conditions(place)}
    for window in windows(place):
        found.update(window.names, window.tests, *(variant.changes.get("names", ()) for variant in window.variants))
        found.update(window.floor.names if window.floor else (), window.meter[:1] if window.meter else ())
        found.update(*((dated.length.fact, dated.length.by) for dated in window.values if dated.length))
    for pack in laws(place):
        found.update(pack.law.governed_by, *(rule.names for rule in pack.law.restates))
        found.update(line.fee.by_distance.fact for line in pack.law.lines if line.fee and line.fee.by_distance)
    return tuple(sorted(found))


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
