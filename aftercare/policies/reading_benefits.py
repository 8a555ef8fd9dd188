"""Reading the section ``benefits`` of a pack: what each line says beside what every line of a standard has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from aftercare.language import N_
from aftercare.policies.benefits import PER, DatedLimit, Held, Limit
from aftercare.policies.reading_dated import read_day, read_figures, read_spans
from aftercare.policies.shape import Node, in_force, value_of
from aftercare.policies.standards import DatedFigure

KEYS = ("for", "limit", "within", "cost", "in_force")
_FREE = "free"
_MOST_TIMES = 9999


def read_benefit(said: Mapping[str, Node]) -> dict[str, Any]:
    """The values of a line of the section, by the names of its attributes."""
    nothing: tuple[Any, ...] = ()
    return {
        "held": value_of(said, "for", _memberships, nothing),
        "limits": value_of(said, "limit", _limits, nothing),
        "within": value_of(said, "within", read_spans, nothing),
        "costs": value_of(said, "cost", _costs, nothing),
    }


def within_pack(said: Mapping[str, Node], since: date | None, until: date | None) -> dict[str, date | None]:
    """The days on which a line holds, of those of its pack, where it says so itself."""
    own = in_force(said["in_force"]) if "in_force" in said else (None, None)
    return {
        "since": max(filter(None, (own[0], since)), default=None),
        "until": min(filter(None, (own[1], until)), default=None),
    }


def _memberships(node: Node) -> tuple[Held, ...]:
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return tuple(_membership(entry) for entry in node.entries())


def _membership(entry: Node) -> Held:
    """A membership by its name alone, or with the levels that count: ``{of: 会员, level: [金卡]}``."""
    if not isinstance(entry.value, dict):
        return Held(entry.text())
    said = entry.keys(("of", "level"), needed=("of", "level"))
    return Held(value_of(said, "of", Node.text, ""), _levels(said["level"]) if "level" in said else ())


def _levels(node: Node) -> tuple[str, ...]:
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return tuple(one.text() for one in (node.entries() if isinstance(node.value, list) else [node]))


def _limits(node: Node) -> tuple[DatedLimit, ...]:
    dated = [(read_day(since, entry), entry) for since, entry in node.named().items()]
    found = [DatedLimit(day, None if entry.value is None else _limit(entry)) for day, entry in dated if day]
    return tuple(sorted(found, key=lambda one: one.since))


def _limit(node: Node) -> Limit:
    said = node.keys(("times", "per"), needed=("times", "per"))
    return Limit(
        value_of(said, "times", lambda node: node.whole(0, _MOST_TIMES), 0),
        value_of(said, "per", lambda node: node.choice(PER), ""),
    )


def _costs(node: Node) -> tuple[DatedFigure, ...]:
    """What it costs: ``free``, or a dated figure."""
    if isinstance(node.value, str):
        node.choice((_FREE,))
        return ()
    return read_figures(node)
