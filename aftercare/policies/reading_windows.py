"""Windows from the tree of a pack: each key by its reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from aftercare.language import N_
from aftercare.policies.conditions import fact_name, number, read_block, read_blocks
from aftercare.policies.shape import Node, Words, value_of
from aftercare.policies.windows import (
    ACTS,
    KEYS,
    PAUSES,
    UNITS,
    VARIANT_KEYS,
    Cites,
    Counting,
    DatedLength,
    Floor,
    Length,
    Restatement,
    Start,
    Stays,
    Variant,
    Window,
)

_MOST = {"days": 36500, "workdays": 10000, "months": 1200, "years": 100}


def read_counting(node: Node) -> Counting:
    """The section ``counting``: ``{first_day: no, roll: working_day, calendar: CN, tests: [fault_on], stay: days}``."""
    said = node.keys(("first_day", "roll", "calendar", "tests", "stay"), needed=("first_day", "roll"))
    rolls = _roll(said["roll"]) if "roll" in said else False
    if rolls and "calendar" not in said:
        node.complain("missing", N_("{where}: a calendar is needed to tell which days are days off"))
    return Counting(
        counts_first=said["first_day"].yes() if "first_day" in said else False,
        rolls=rolls,
        calendar=value_of(said, "calendar", Node.text, ""),
        tests=_facts(said["tests"]) if "tests" in said else ("fault_on",),
        stays=value_of(said, "stay", _stays, "days"),
    )


def _stays(node: Node) -> Stays:
    return "started_24h" if node.choice(("days", "started_24h")) == "started_24h" else "days"


def read_windows_of(node: Node, pack: str, counting: Counting, cites: Cites) -> list[Window]:
    """The section ``windows``: a name each, and what it is."""
    return [_window(name, entry, pack, counting, cites) for name, entry in node.named().items()]


def _window(name: str, node: Node, pack: str, counting: Counting, cites: Cites) -> Window:
    is_made_of_others = isinstance(node.value, dict) and node.value.get("latest") is not None
    said = node.keys(KEYS, needed=() if is_made_of_others else ("from", "value"))
    if is_made_of_others and ("from" in said or "value" in said):
        node.complain("shape", N_("{where}: the latest of other windows has no start and no length of its own"))
    tests = value_of(said, "tests", _facts, counting.tests)
    fields: dict[str, Any] = {"start": "first", "names": (), "values": (), "pauses": "", "restarts": False}
    fields |= {"rolls": counting.rolls, "counts_first": counting.counts_first, "cite": ()}
    return Window(
        pack=pack,
        name=name,
        title=said["title"].words() if "title" in said else None,
        tests=tests,
        act=value_of(
            said, "act", lambda node: node.choice((*ACTS.values(), "claim")), ACTS.get((*tests, "")[0], "claim")
        ),
        when=value_of(said, "when", read_block, None),
        stays=counting.stays,
        latest=value_of(said, "latest", _texts, ()),
        variants=value_of(said, "variants", lambda node: _variants(node, cites), ()),
        floor=value_of(said, "floor", _floor, None),
        narrower=value_of(said, "narrower", Node.words, None),
        **(fields | _changes(said, cites)),
    )


def _changes(said: Mapping[str, Node], cites: Cites) -> dict[str, Any]:
    """The fields that a window, or a variant of it, says."""
    found: dict[str, Any] = {}
    if "from" in said:
        found["start"], found["names"] = _start(said["from"])
    readers: Mapping[str, tuple[str, Callable[[Node], Any]]] = {
        "value": ("values", read_lengths),
        "meter": ("meter", _meter),
        "pauses": ("pauses", lambda node: node.choice(PAUSES)),
        "restarts": ("restarts", lambda node: node.choice(("replacement",)) != ""),
        "roll": ("rolls", _roll),
        "calendar": ("calendar", Node.text),
        "count": ("counts_first", lambda node: node.choice(("after", "with")) == "with"),
        "cite": ("cite", cites),
    }
    return found | {name: read(said[key]) for key, (name, read) in readers.items() if key in said}


def _variants(node: Node, cites: Cites) -> tuple[Variant, ...]:
    found = []
    for entry in node.entries():
        said = entry.keys(VARIANT_KEYS, needed=("when",))
        if "when" in said:
            found.append(Variant(read_block(said["when"]), _changes(said, cites)))
    return tuple(found)


def _meter(node: Node) -> tuple[str, Decimal] | None:
    """One fact and the figure that it must not pass: ``{odometer_km: 3000}``."""
    entries = node.named()
    if len(entries) != 1:
        node.complain(
            "shape", N_("{where}: a meter is one fact and its figure, like {example}"), example="{odometer_km: 3000}"
        )
        return None
    name, entry = next(iter(entries.items()))
    return fact_name(Node(name, entry.path, entry.complaints)), number(entry)


def _floor(node: Node) -> Floor | None:
    said = node.keys(("from", "value"), needed=("from", "value"))
    if "from" not in said or "value" not in said:
        return None
    entry = said["from"]
    return Floor(
        tuple(one.text() for one in (entry.entries() if isinstance(entry.value, list) else [entry])),
        _length(said["value"]),
    )


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(entry.text() for entry in node.entries())


def _roll(node: Node) -> bool:
    return node.choice(("none", "working_day")) == "working_day"


def _facts(node: Node) -> tuple[str, ...]:
    return tuple(filter(None, (fact_name(entry) for entry in node.entries())))


def _start(node: Node) -> tuple[Start, tuple[str, ...]]:
    """A fact; a list, of which the first that is known counts; ``{latest: [...]}``; ``{earliest: [...]}``;
    ``{end: W}``; ``{day_after: W}``.

    Whether a name is that of a fact or of a window is looked at when the pack is whole.
    """
    if isinstance(node.value, dict):
        said = node.keys(("latest", "earliest", "end", "day_after"))
        if len(said) != 1:
            node.complain("shape", N_("{where}: a start is one of latest, earliest, end, day_after"))
            return "first", ()
        kind, entry = next(iter(said.items()))
        if kind in {"latest", "earliest"}:
            return ("latest" if kind == "latest" else "earliest"), _texts(entry)
        return ("end" if kind == "end" else "day_after"), (entry.text(),)
    entries = node.entries() if isinstance(node.value, list) else [node]
    return "first", tuple(entry.text() for entry in entries)


def read_lengths(node: Node) -> tuple[DatedLength, ...]:
    """A length for each day from which it holds."""
    dated = []
    for since, entry in node.named().items():
        day = Node(since, entry.path, entry.complaints).day()
        if day:
            dated.append(DatedLength(day, None if entry.value is None else _length(entry)))
    days = [one.since for one in dated]
    if days != sorted(days):
        node.complain("order", N_("{where}: the days are not in order"))
    return tuple(sorted(dated, key=lambda one: one.since))


def _length(node: Node) -> Length:
    said = node.keys(UNITS)
    if len(said) != 1:
        if isinstance(node.value, dict):
            node.complain("shape", N_("{where}: a length of time has one unit, like {example}"), example="{days: 7}")
        return Length("days")
    unit, entry = next(iter(said.items()))
    if isinstance(entry.value, dict):
        where = entry.keys(("goods", "fact", "by"))
        if ("goods" in where) is ("fact" in where):
            entry.complain(
                "shape",
                N_("{where}: the count stands in {goods} or in {fact}"),
                goods="{goods: column}",
                fact="{fact: name}",
            )
        return Length(
            unit,
            column=value_of(where, "goods", Node.text, ""),
            fact=value_of(where, "fact", fact_name, ""),
            by=value_of(where, "by", fact_name, ""),
        )
    return Length(unit, entry.whole(0, _MOST[unit]))


def read_restatements(node: Node, pack: str, cites: Cites) -> list[Restatement]:
    """The section ``restates``."""
    found = []
    for entry in node.entries():
        keys = ("id", "title", "windows", "from", "pauses", "restarts", "unless", "cite")
        said = entry.keys(keys, needed=("id", "title", "windows", "from", "cite"))
        found.append(
            Restatement(
                pack=pack,
                id=value_of(said, "id", Node.text, ""),
                title=value_of(said, "title", Node.words, Words("", "")),
                windows=value_of(said, "windows", _texts, ()),
                names=value_of(said, "from", _facts, ()),
                pauses=value_of(said, "pauses", lambda node: node.choice(("stay",)) != "", False),
                restarts=value_of(said, "restarts", lambda node: node.choice(("replacement",)) != "", False),
                cite=value_of(said, "cite", cites, ()),
                unless=value_of(said, "unless", read_blocks, ()),
            )
        )
    return found
