"""Worked cases: facts, a day, and what must come out, as a file of cases states them.

Reading only; the packs are tried on them in :mod:`aftercare.policies.authoring.trials`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from aftercare.errors import Fault
from aftercare.language import N_
from aftercare.plain.moments import Moment, parse
from aftercare.plain.reading import Unreadable, composed, decoded, line_in, read
from aftercare.plain.text import figure
from aftercare.plain.tree import Path, Tree
from aftercare.policies.conditions import fact_name
from aftercare.policies.judging.situation import Misstated, situation
from aftercare.policies.judging.verdict import RANK
from aftercare.policies.lines import LIABLE
from aftercare.policies.shape import Complaint, Node
from aftercare.records.words import REMEDIES

CONFIDENCE = ("high", "medium", "low")
KEYS = (
    "id", "title", "law", "confidence", "convention", "today", "facts", "asked", "expect",
    "cite", "why", "other_reading", "note", "rules",
)  # fmt: skip
EXPECTATIONS = (
    "remedies", "others", "until", "fee", "amount", "ask", "assumed", "burden_of_proof", "repair_days", "liable",
)  # fmt: skip
_NEEDED = ("id", "law", "today", "facts", "expect")
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out of a case; only what is said here is compared."""

    remedies: Mapping[str, str] = field(default_factory=dict)
    """The state of each remedy that is named."""
    others_closed: bool = False
    """Every remedy that is not named must be closed, and not merely asked about."""
    until: Mapping[str, Moment | None] = field(default_factory=dict)
    """The last good day of each window that is named; None: no day can be said."""
    fee: Mapping[str, Decimal | None] = field(default_factory=dict)
    """What the customer bears, by remedy; None: it is not known."""
    amount: Mapping[str, Decimal | None] = field(default_factory=dict)
    """What is paid back, by remedy; None: it is not known."""
    ask: frozenset[str] | None = None
    """Exactly the facts that are asked for; None: not compared."""
    assumed: frozenset[str] = frozenset()
    """Facts that are taken for granted, among others perhaps."""
    burden_of_proof: str = ""
    """Who must prove that the defect was there, ``trader`` or ``consumer``; "": not compared."""
    repair_days: tuple[int, ...] | None = None
    liable: Mapping[str, str] = field(default_factory=dict)
    """Who bears each remedy that is named."""


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case."""

    file: str
    line: int
    id: str
    title: str
    law: str
    """The id of a pack, or a place (``cn``, ``ca-qc``) for all packs of its law."""
    confidence: str
    """``high``: where it fails there is a defect; ``medium``: a lawyer may correct it; ``low``: it never blocks."""
    today: Moment
    facts: Mapping[str, Tree]
    asked: str
    expect: Expected
    misfits: tuple[Fault, ...]
    """Facts that this program does not understand; they matter only where its packs cover the law of the case."""

    @property
    def blocks(self) -> bool:
        """Whether its failing is a fault of the rules."""
        return self.confidence != "low"


class Cases(NamedTuple):
    """What a file holds: the cases that are valid, and the faults of the others."""

    cases: tuple[Case, ...]
    faults: tuple[Fault, ...]


def read_cases(data: bytes, file: str) -> Cases:
    """The cases of a file; what is wrong with a case takes that one away, and the others stay."""
    try:
        top = read(data, file)
    except Unreadable as error:
        return Cases((), tuple(error.faults))
    text = _Text(file, composed(decoded(data)))
    complaints: list[Complaint] = []
    said = Node(top, (), complaints).keys(("cases",), needed=("cases",))
    cases: dict[str, Case] = {}
    for entry in said["cases"].entries() if "cases" in said else []:
        before = len(complaints)
        case = _case(entry, text)
        if case.id in cases:
            entry.down("id", case.id).complain("repeated", N_("{where}: another case is called “{value}” too"))
        if len(complaints) == before:
            cases[case.id] = case
    faults = [text.fault(*complaint) for complaint in complaints]
    return Cases(tuple(cases.values()), tuple(sorted(faults, key=lambda fault: fault.line)))


class _Text(NamedTuple):
    """The text of a file, for the lines at which its values stand."""

    file: str
    root: Any

    def fault(self, path: Path, code: str, sentence: str) -> Fault:
        """What is wrong at a path, with its line."""
        return Fault(self.file, line_in(self.root, path), code, sentence)


def _case(node: Node, text: _Text) -> Case:
    said = node.keys(KEYS, needed=_NEEDED)
    asked = _of(said, "asked", lambda node: node.choice(REMEDIES), "")
    today = _of(said, "today", _moment, None) or date.min
    facts: dict[str, Tree] = _of(said, "facts", _facts, {})
    return Case(
        file=text.file,
        line=line_in(text.root, node.path),
        id=_of(said, "id", Node.text, ""),
        title=_of(said, "title", Node.text, ""),
        law=_of(said, "law", Node.text, ""),
        confidence=_of(said, "confidence", lambda node: node.choice(CONFIDENCE), "high"),
        today=today,
        facts=facts,
        asked=asked,
        expect=_of(said, "expect", lambda node: _expected(node, asked), Expected()),
        misfits=tuple(_misfits(facts, today, node, text)),
    )


def _of(said: Mapping[str, Node], key: str, read_it: Callable[[Node], _Read], absent: _Read) -> _Read:
    return read_it(said[key]) if key in said else absent


def _moment(node: Node) -> Moment | None:
    text = node.text()
    try:
        return parse(text) if text else None
    except ValueError:
        node.complain("date", N_("{where}: “{value}” is not a day like 2026-03-04"))
        return None


def _facts(node: Node) -> dict[str, Tree]:
    """The facts by their names; one that no vocabulary has is a fault."""
    found: dict[str, Tree] = {}
    for name, entry in node.named().items():
        if fact_name(Node(name, entry.path, entry.complaints)):
            found[name] = entry.value
    return found


def _misfits(facts: Mapping[str, Tree], today: Moment, node: Node, text: _Text) -> Iterator[Fault]:
    try:
        situation(facts, today)
    except Misstated as error:
        for path, sentence in error.misfits:
            yield text.fault((*node.path, "facts", *path), "value", sentence)


def _expected(node: Node, asked: str) -> Expected:
    said = node.keys(EXPECTATIONS)
    remedies: dict[str, str] = _of(
        said, "remedies", lambda node: _by_remedy(node, lambda entry: entry.choice(RANK)), {}
    )
    ask, days = said.get("ask"), said.get("repair_days")
    expected = Expected(
        remedies=remedies,
        others_closed=_of(said, "others", lambda node: node.choice(("closed",)) == "closed", False),
        until=_of(said, "until", _days, {}),
        fee=_of(said, "fee", lambda node: _by_remedy(node, _money), {}),
        amount=_of(said, "amount", lambda node: _by_remedy(node, _money), {}),
        ask=_names(ask) if ask else None,
        assumed=_of(said, "assumed", _names, frozenset()),
        burden_of_proof=_of(said, "burden_of_proof", lambda node: node.choice(("trader", "consumer")), ""),
        repair_days=tuple(entry.whole(0, 36500) for entry in days.entries()) if days else None,
        liable=_of(said, "liable", lambda node: _liable(node, [asked] if asked else list(remedies)), {}),
    )
    if expected == Expected():
        node.complain("missing", N_("{where}: nothing is expected, so that the case could never fail"))
    return expected


def _by_remedy(node: Node, read_it: Callable[[Node], _Read]) -> dict[str, _Read]:
    return {
        name: read_it(entry)
        for name, entry in node.named().items()
        if Node(name, entry.path, entry.complaints).choice(REMEDIES)
    }


def _days(node: Node) -> dict[str, Moment | None]:
    return {name: None if entry.value is None else _moment(entry) for name, entry in node.named().items()}


def _money(node: Node) -> Decimal | None:
    if node.value is None:
        return None
    text = node.text()
    try:
        return figure(text)
    except ValueError:
        if text:
            node.complain("amount", N_("{where}: “{value}” is not an amount"))
        return None


def _names(node: Node) -> frozenset[str]:
    return frozenset(filter(None, map(fact_name, node.entries())))


def _liable(node: Node, remedies: list[str]) -> dict[str, str]:
    """Who bears each remedy; one word stands for the remedy that is asked for, else for all that are named."""
    if isinstance(node.value, dict):
        return _by_remedy(node, lambda entry: entry.choice(LIABLE))
    party = node.choice(LIABLE)
    return dict.fromkeys(remedies, party)
