"""Promises tried against the law: a line of a shop's or a maker's that no customer ever gains by is an empty one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product

from aftercare.plain.moments import day_of
from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.conditions import FactIs
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import Misstated, situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack

_KINDS = ("refrigerator", "laptop", "mobile_phone", "kettle", "clothing", "car")
"""Goods that a line for all goods is tried on: of several catalogues, and of none."""
_MOST = 1200
"""How many verdicts one line is worth."""
_HOME = "CN"
"""The country whose law a pack is tried against that holds everywhere."""
_A_DAY = timedelta(days=1)


def dead_lines(pack: Pack, packs: Sequence[Pack], today: date) -> Iterator[str]:
    """The ids of the lines that hold for some cases tried, and better the answer of none."""
    country = pack.country or _HOME
    others = [other for other in packs if other.id != pack.id and other.chosen == "place" and other.country == country]
    others = [other for other in others if other.law]
    for line in pack.law.lines:
        stands = line.remedies and not line.given and not line.review and not _hangs_on_terms(line, pack)
        if stands and _is_dead(line, pack, others, today):
            yield line.id


def _hangs_on_terms(line: Line, pack: Pack) -> bool:
    """Whether its windows are as long as the papers of the goods say: no law can beat what is not known."""
    named = {window.name: window for window in pack.law.windows}
    values = [dated for name in line.windows if name in named for dated in named[name].values]
    return any(dated.length and dated.length.fact for dated in values)


def _is_dead(line: Line, pack: Pack, others: Sequence[Pack], today: date) -> bool:
    law = replace(pack.law, lines=tuple(one for one in pack.law.lines if one.id != line.id))
    without = [*others, replace(pack, read_law=lambda: law)]
    holds = False
    for facts, day in islice(_probes(line, pack, others, today), _MOST):
        case = situation(facts, day)
        verdict = decide([*others, pack], case)
        if _held(line, verdict):
            holds = True
            if _gist(verdict) != _gist(decide(without, case)):
                return False
    return holds


def _held(line: Line, verdict: Verdict) -> bool:
    return any(check.line == line.line and check.result in {"granted", "overridden"} for check in verdict.trace)


def _gist(verdict: Verdict) -> dict[str, tuple[object, ...]]:
    """What a customer has by a verdict."""
    return {
        name: (one.state, one.best.until, one.best.fee, one.best.choice) if one.best else (one.state,)
        for name, one in verdict.remedies.items()
    }


def _probes(line: Line, pack: Pack, others: Sequence[Pack], today: date) -> Iterator[tuple[dict[str, Tree], date]]:
    """Cases in which the line might hold: on the last good day of every window, and on the day after."""
    sold = max(pack.since or date.min, today - timedelta(days=30))
    for kind, same_model, channel in product(_kinds(line, pack), ("yes", "no"), ("shop", "online")):
        facts = _facts(line, pack, sold, kind) | {"same_model_available": same_model, "channel": channel}
        try:
            ends = decide([*others, pack], situation({**facts, "fault_on": sold.isoformat()}, sold)).windows.values()
        except Misstated:
            continue
        days = {sold} | {day_of(end) + after for end in ends if end for after in (timedelta(0), _A_DAY)}
        for day in sorted(day for day in days if day >= sold):
            yield {**facts, "fault_on": day.isoformat()}, day


def _kinds(line: Line, pack: Pack) -> Sequence[str]:
    named = [
        name for one in line.conditions if isinstance(one, FactIs) and one.fact == "category" for name in one.values
    ]
    return named or list(pack.law.goods.rows) or _KINDS


def _facts(line: Line, pack: Pack, sold: date, kind: str) -> dict[str, Tree]:
    """Facts with which the conditions of the line hold, as far as they can be said."""
    day = sold.isoformat()
    facts: dict[str, Tree] = {
        "sold_on": day, "delivered_on": day, "category": kind, "price": "1000", "component": "other",
        "region": pack.region or "none", "goods_intact": "yes", "odometer_km": "100", "may_rescind": "no",
    }  # fmt: skip
    blocks = [line.conditions, *(block.conditions for block in line.any[:1])]
    for one in (one for conditions in blocks for one in conditions):
        if not isinstance(one, FactIs) or one.fact == "category":
            continue
        if one.fact in {"repairs_done", "failed_repairs"}:
            facts["repairs"] = [{"in": day, "out": day, "result": "recurred"}] * int(one.min or (one.over or 0) + 1)
        elif one.values:
            facts[one.fact] = one.values[0]
        elif (least := one.min if one.min is not None else one.max) is not None or one.over is not None:
            facts[one.fact] = str(least if least is not None else (one.over or Decimal(0)) + 1)
    return {name: value for name, value in facts.items() if not vocabulary.fact(name).measured}
