"""The law of a pack: whom it is for, how it counts, its goods, windows and lines."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from aftercare.language import N_
from aftercare.policies import vocabulary
from aftercare.policies.conditions import Block, fact_name, read_block
from aftercare.policies.goods import Goods, read_goods
from aftercare.policies.lines import Evidence, Line, read_evidence, read_lines
from aftercare.policies.reading_windows import read_counting, read_restatements, read_windows_of
from aftercare.policies.shape import Node, Words, value_of
from aftercare.policies.windows import Cites, Counting, Restatement, Window
from aftercare.records.words import REMEDIES

_COUNTING, _NO_GOODS = Counting(), Goods({})


class Bar(NamedTuple):
    """What takes all lines of the pack away."""

    id: str
    title: Words
    block: Block
    cite: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Law:
    """What a pack says about remedies."""

    drop: tuple[str, ...] = ()
    """The windows and lines that it leaves out of those of the pack that it extends."""
    governed_by: tuple[str, ...] = ("sold_on",)
    """The facts of which the first known says which figures hold, and whether the pack is in force at all."""
    applies: Block | None = None
    bars: tuple[Bar, ...] = ()
    counting: Counting = _COUNTING
    goods: Goods = _NO_GOODS
    windows: tuple[Window, ...] = ()
    restates: tuple[Restatement, ...] = ()
    lines: tuple[Line, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines or self.restates or self.evidence)


class Reading(NamedTuple):
    """What the rest of a pack says that its law depends on."""

    pack: str
    cites: Cites
    must_cite: bool
    sure: tuple[str, ...]


def read_law(said: Mapping[str, Node], reading: Reading) -> Law:
    """The sections of law among those of a pack."""

    def cites(node: Node) -> tuple[tuple[str, str], ...]:
        return reading.cites(node)

    counting = value_of(said, "counting", read_counting, _COUNTING)
    law = Law(
        drop=value_of(said, "drop", _texts, ()),
        governed_by=value_of(said, "governed_by", lambda node: tuple(map(fact_name, node.entries())), ("sold_on",)),
        applies=value_of(said, "applies", read_block, None),
        bars=value_of(said, "bars", lambda node: _bars(node, reading), ()),
        counting=counting,
        goods=value_of(said, "goods", lambda node: read_goods(node, reading.sure), _NO_GOODS),
        windows=tuple(value_of(said, "windows", lambda node: read_windows_of(node, reading.pack, counting, cites), [])),
        restates=tuple(value_of(said, "restates", lambda node: read_restatements(node, reading.pack, cites), [])),
        lines=tuple(
            value_of(
                said,
                "lines",
                lambda node: read_lines(node, reading.pack, reading.cites, reading.must_cite, reading.sure),
                [],
            )
        ),
        evidence=tuple(value_of(said, "evidence", lambda node: read_evidence(node, reading.cites), [])),
    )
    if (law.lines or law.windows) and "counting" not in said:
        said["lines" if law.lines else "windows"].complain(
            "missing", N_("counting is missing: how a period is counted is never taken for granted")
        )
    return law


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(entry.text() for entry in node.entries())


def _bars(node: Node, reading: Reading) -> tuple[Bar, ...]:
    found = []
    for entry in node.entries():
        said = entry.keys(("id", "title", "when", "cite"), needed=("id", "title", "when"))
        found.append(
            Bar(
                id=value_of(said, "id", Node.text, ""),
                title=value_of(said, "title", Node.words, Words("", "")),
                block=value_of(said, "when", read_block, Block(())),
                cite=value_of(said, "cite", reading.cites, ()),
            )
        )
    return tuple(found)


def flattened(law: Law, parent: Law, pack: str) -> Law:
    """The law with what it takes over from the pack that it extends: windows by name, lines by id."""
    windows = {window.name: replace(window, pack=pack) for window in parent.windows}
    windows |= {window.name: window for window in law.windows}
    lines = {line.id: replace(line, pack=pack) for line in parent.lines}
    lines |= {line.id: line for line in law.lines}
    for name in law.drop:
        windows.pop(name, None)
        lines.pop(name, None)
    return replace(
        law,
        governed_by=law.governed_by if law.governed_by != ("sold_on",) else parent.governed_by,
        applies=law.applies or parent.applies,
        bars=law.bars or parent.bars,
        # What the parent's windows roll by, they roll by here.
        counting=law.counting._replace(calendar=law.counting.calendar or parent.counting.calendar),
        windows=tuple(windows.values()),
        lines=tuple(lines.values()),
        evidence=law.evidence or parent.evidence,
    )


class Loose(NamedTuple):
    """Something in a law that leads nowhere: the path in its file, the name, and what may have been meant."""

    path: tuple[str | int, ...]
    code: str
    name: str
    near: tuple[str, ...]


def loose_ends(law: Law, known_windows: Sequence[str], known_entitlements: Sequence[str]) -> Iterator[Loose]:
    """Windows and entitlements that lines name and nobody has; *known* are those of all packs together."""
    windows = [*(window.name for window in law.windows), *known_windows]
    granted = [name for line in law.lines for name in line.grants if name not in REMEDIES]
    for at, line in enumerate(law.lines):
        yield from _missing_windows(("lines", at), line.windows, windows)
        if line.given and line.given not in {*granted, *known_entitlements}:
            near = _near(line.given, [*granted, *known_entitlements])
            yield Loose(("lines", at, "given"), "no-such-grant", line.given, near)
        if line.fee and line.fee.column and not _has_column(law.goods, line.fee.column):
            yield Loose(("lines", at, "fee"), "no-such-column", line.fee.column, ())
    for window in law.windows:
        yield from _loose_window(window, law.goods, windows)
    for at, rule in enumerate(law.restates):
        yield from _missing_windows(("restates", at, "windows"), rule.windows, windows)


def _missing_windows(path: tuple[str | int, ...], named: Sequence[str], known: Sequence[str]) -> Iterator[Loose]:
    for name in named:
        if name not in known:
            yield Loose(path, "no-such-window", name, _near(name, known))


def _loose_window(window: Window, goods: Goods, known: Sequence[str]) -> Iterator[Loose]:
    for key, names in _starts(window):
        for name in names:
            if name not in vocabulary.facts() and name not in known:
                near = _near(name, [*vocabulary.facts(), *known])
                yield Loose(("windows", window.name, *key), "no-such-fact", name, near)
    yield from _missing_windows(("windows", window.name, "latest"), window.latest, known)
    for dated in window.values:
        column = dated.length.column if dated.length else ""
        if column and not _has_column(goods, column):
            yield Loose(("windows", window.name, "value"), "no-such-column", column, ())


def _starts(window: Window) -> Iterator[tuple[tuple[str | int, ...], Sequence[str]]]:
    """The facts and windows that a window, its variants and its floor are counted from, with their paths."""
    yield ("from",), window.names
    for at, variant in enumerate(window.variants):
        yield ("variants", at, "from"), variant.changes.get("names", ())
    if window.floor is not None:
        yield ("floor", "from"), window.floor.names


def _has_column(goods: Goods, column: str) -> bool:
    return any(column in row.figures or column in row.unknown for row in goods.rows.values())


def _near(name: str, known: Sequence[str]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(name, known, n=1))
