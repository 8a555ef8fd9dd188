"""What packs say of remedies as rows of the machine formats; nothing here depends on a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from aftercare.policies.conditions import Block, Condition, FactIs, Within
from aftercare.policies.holding import figures, rates
from aftercare.policies.law import Bar
from aftercare.policies.lines import Evidence, FeeRule, Line
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Length, Restatement, Variant, Window


class About(NamedTuple):
    """What a line is told for: goods of a category (all that its pack knows, where that is the root), on a day, among
    the windows of all packs by name.
    """

    category: str
    on: date
    windows: Mapping[str, Window]


def row(line: Line, pack: Pack, about: About) -> dict[str, Any]:
    """A line of law for machines."""
    return {
        "id": line.line,
        "kind": "line",
        "title": line.title._asdict(),
        "grants": list(line.grants),
        "given": line.given or None,
        "conditions": list(map(_condition, line.conditions)),
        "any": list(map(_block, line.any)),
        "unless": list(map(_block, line.unless)),
        "review": line.review,
        "because": line.because._asdict() if line.because else None,
        "instead_of": list(line.instead_of),
        "proof": line.proof or None,
        "proven_within": [one.window for one in line.proven_within],
        "fee": _fee(line.fee, pack, about) if line.fee else None,
        "liable": line.liable or None,
        "choice": line.choice,
        "windows": _windows(line.windows, pack, about),
        "cite": _cites(line.cite, pack),
        "sure": line.sure or None,
        "issuer": pack.issuer,
        "version": pack.version,
    }


def _windows(names: Sequence[str], pack: Pack, about: About) -> list[dict[str, Any]]:
    known = about.windows
    return [window_row(known[name], pack, about) for name in dict.fromkeys(names) if name in known]


def window_row(window: Window, pack: Pack, about: About) -> dict[str, Any]:
    """A window for machines, with its length for each kind of goods that it is told for."""
    floor, meter = window.floor, window.meter
    return {
        "name": window.name,
        "title": _title(window),
        "start": window.start,
        "from": list(window.names),
        "figures": {} if window.latest else _figures(window, pack, about),
        "latest": list(window.latest),
        "titles": {name: _title(about.windows[name]) for name in _named(window) if name in about.windows},
        "variants": [_variant(window, variant, pack, about) for variant in window.variants],
        "meter": {meter[0]: f"{meter[1]:f}"} if meter else None,
        "floor": {"from": list(floor.names), "length": _length(floor.length)} if floor else None,
        "calendar": window.calendar or pack.law.counting.calendar or None,
        "tests": list(window.tests),
        "act": window.act,
        "pauses": window.pauses,
        "restarts": window.restarts,
        "rolls": window.rolls,
        "counts_first": window.counts_first,
        "cite": _cites(window.cite, pack),
    }


def _named(window: Window) -> list[str]:
    """The windows that a window is counted from, or ends with."""
    names = [*window.names, *window.latest, *(window.floor.names if window.floor else ())]
    return [*names, *(name for variant in window.variants for name in variant.changes.get("names", ()))]


def _figures(window: Window, pack: Pack, about: About) -> dict[str, Any]:
    found = figures(window, pack.law.goods, about.category, about.on)
    return {kind: _length(one) if isinstance(one, Length) else one for kind, one in found.items()}


def _variant(window: Window, variant: Variant, pack: Pack, about: About) -> dict[str, Any]:
    """What is different where the variant's conditions hold."""
    changed = replace(window, **variant.changes)
    return {
        "when": _block(variant.when),
        "start": changed.start,
        "from": list(changed.names) if "names" in variant.changes else [],
        "figures": _figures(changed, pack, about) if "values" in variant.changes else {},
        "changes": sorted(variant.changes),
    }


def _title(window: Window) -> dict[str, str] | None:
    return window.title._asdict() if window.title else None


def _length(one: Length) -> dict[str, int | str]:
    return {one.unit: one.fact or one.count}


def _condition(one: Condition) -> dict[str, Any]:
    if not isinstance(one, FactIs):
        return {"within" if isinstance(one, Within) else "after": one.window, "tested": one.tested or None}
    limits = {name: getattr(one, name) for name in ("min", "max", "over")}
    return {
        "fact": one.fact,
        "values": list(one.values),
        **{name: None if figure is None else f"{figure:f}" for name, figure in limits.items()},
        "known": one.known,
    }


def _block(block: Block) -> list[dict[str, Any]]:
    return list(map(_condition, block.conditions))


def _fee(fee: FeeRule, pack: Pack, about: About) -> dict[str, Any]:
    return {
        "daily_percent": rates(pack.law.goods, about.category, fee.column) if fee.column else {},
        "from": fee.window or None,
        "judged": fee.judged._asdict() if fee.judged else None,
        "per_1000_km_percent": fee.by_distance.fact if fee.by_distance else None,
        "min_percent": _percent(fee.by_distance.least) if fee.by_distance else None,
        "max_percent": _percent(fee.by_distance.most) if fee.by_distance else None,
    }


def _percent(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:f}"


def _cites(cites: Sequence[tuple[str, str]], pack: Pack) -> list[dict[str, Any]]:
    return [
        {"source": key, "article": article or None, **_source(pack, key)}
        for key, article in cites
        if key in pack.sources
    ]


def _source(pack: Pack, key: str) -> dict[str, Any]:
    source = pack.sources[key]
    title = source.title or pack.title
    return {"title": title._asdict(), "what": source.what, "where": source.where, "sure": source.sure}


def pack_row(pack: Pack) -> dict[str, Any]:
    """A pack for machines: whose it is, where and when it holds, and the names of what it holds."""
    lines = [line.line for line in pack.plans] + [line.line for line in pack.standards.clauses]
    lines += [line.line for line in pack.law.lines] + [f"{pack.id}/{rule.id}" for rule in pack.law.restates]
    return {
        "id": pack.id,
        "kind": "pack",
        "version": pack.version,
        "issuer": pack.issuer,
        "title": pack.title._asdict(),
        "from": pack.since.isoformat() if pack.since else None,
        "to": pack.until.isoformat() if pack.until else None,
        "country": pack.country or None,
        "region": pack.region or None,
        "chosen": pack.chosen,
        "adds_to": list(pack.adds_to),
        "weight": pack.weight._asdict() if pack.weight else None,
        "lines": lines,
        "windows": [window.name for window in pack.law.windows],
        "not_covered": [what._asdict() for what in pack.not_covered],
        "sha256": pack.sha256,
    }


def restatement_row(rule: Restatement, pack: Pack, about: About) -> dict[str, Any]:
    """A rule that reads the windows of other packs its own way."""
    return {
        "id": f"{pack.id}/{rule.id}",
        "kind": "restatement",
        "title": rule.title._asdict(),
        "windows": list(rule.windows),
        "titles": {name: _title(about.windows[name]) for name in rule.windows if name in about.windows},
        "from": list(rule.names),
        "pauses": "stay" if rule.pauses else "",
        "restarts": rule.restarts,
        "cite": _cites(rule.cite, pack),
        "issuer": pack.issuer,
        "version": pack.version,
    }


def bar_row(bar: Bar, pack: Pack) -> dict[str, Any]:
    """What takes all lines of a pack away."""
    return {
        "id": f"{pack.id}/{bar.id}",
        "kind": "bar",
        "title": bar.title._asdict(),
        "conditions": _block(bar.block),
        "cite": _cites(bar.cite, pack),
        "issuer": pack.issuer,
        "version": pack.version,
    }


def evidence_row(rule: Evidence, number: int, pack: Pack, about: About) -> dict[str, Any]:
    """Who must prove that a defect was there, inside which windows."""
    return {
        "id": f"{pack.id}/evidence.{number}",
        "kind": "evidence",
        "party": rule.party,
        "conditions": _block(rule.when) if rule.when else [],
        "windows": _windows([one.window for one in rule.within], pack, about),
        "cite": _cites(rule.cite, pack),
        "issuer": pack.issuer,
        "version": pack.version,
    }
