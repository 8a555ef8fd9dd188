"""Plans: what the shop means to do for a customer after an event, and by when.

A plan is a line of a pack.  Its figures are dated: which of them counts is decided by the day of the event, so that a
figure changed today says nothing about what happened before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from aftercare.language import N_
from aftercare.plain.moments import Span
from aftercare.policies import categories
from aftercare.policies.categories import ROOT, Categories
from aftercare.policies.shape import Node, Words
from aftercare.records.words import CHANNELS, PROMISE_KINDS

SUBJECTS: tuple[tuple[str, str], ...] = (
    ("sold", "unit"),
    ("delivered", "unit"),
    ("installed", "unit"),
    ("reported", "claim"),
    ("repaired", "claim"),
    ("birthday", "customer"),
)
"""Each event that a plan may follow, and what its promises are about."""
EVENTS: tuple[str, ...] = tuple(event for event, _subject in SUBJECTS)
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_STEP = re.compile(r"[a-z]+(-[a-z]+)*")
_LINE = re.compile(rf"({NAME.pattern}/)?{NAME.pattern}")
KEYS = (
    "id", "title", "category", "when", "after", "what", "step", "was", "channel",
    "due", "retry", "late", "cite", "asks", "replaces",
)  # fmt: skip
_NEEDED = ("id", "title", "category", "after", "what", "step", "channel", "due")
_MOST_ATTEMPTS = 99
_Read = TypeVar("_Read")


class Retry(NamedTuple):
    """When the customer was not reached: again after this long, until so many attempts were in vain."""

    attempts: int
    again: Span


class Question(NamedTuple):
    """Something to ask the customer; the answer is kept under its id."""

    id: str
    text: Words


class Dated(NamedTuple):
    """What holds for events from a day on; no spans: nothing any more."""

    since: date
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One line of a pack: after an event, promises of one kind, each so long after it.

    Its promises are called ``SUBJECT/STEP.1``, ``.2`` and so on, in the order of ``spans``.
    """

    pack: str
    id: str
    title: Words
    category: str
    needs_installation: bool | None
    """Only for goods that need a fitter (True), only for those that do not (False), or for both (None)."""
    after: str
    what: str
    step: str
    was: tuple[str, ...]
    """Earlier names of the step, under which older records may name its promises."""
    channel: str
    due: tuple[Dated, ...]
    """The oldest first."""
    retry: Retry | None
    worthless_late: bool
    """Once its day is over it is broken, and keeping it later does not count."""
    cite: tuple[str, ...]
    asks: tuple[Question, ...]
    replaces: tuple[str, ...]
    """The lines (``pack/id``) in whose place it stands."""
    since: date | None
    until: date | None
    """The days, both included, within which its pack is in force."""

    @property
    def line(self) -> str:
        """Its name among all lines: ``pack/id``."""
        return f"{self.pack}/{self.id}"

    @property
    def subject(self) -> str:
        """What its promises are about: a unit, a claim or a customer."""
        return dict(SUBJECTS)[self.after]

    def value(self, on: date) -> Dated | None:
        """What it says about an event of that day; None while it says nothing, not even that nothing is planned."""
        if (self.since and on < self.since) or (self.until and on > self.until):
            return None
        return next((dated for dated in reversed(self.due) if dated.since <= on), None)

    def spans(self, on: date) -> list[Span]:
        """How long after an event of that day each of its promises is due."""
        value = self.value(on)
        return list(value.spans) if value else []

    def suits(self, category: str, tree: Categories) -> bool:
        """Whether it is meant for goods of the category."""
        if self.needs_installation not in {None, tree.installed(category)}:
            return False
        return tree.is_a(category, self.category)


def applying(plans: Iterable[Plan], category: str, on: date, tree: Categories) -> list[Plan]:
    """The plans, of whatever event, that hold for goods of the category when the event is of that day.

    A line takes another's place from the day of its own first figure; before that, the other line holds as ever.
    """
    speaking = [plan for plan in plans if plan.value(on) and plan.suits(category, tree)]
    replaced = {line for plan in speaking for line in plan.replaces}
    return [plan for plan in speaking if plan.line not in replaced]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rest of a pack says that its plans depend on."""

    pack: str
    sources: Collection[str]
    must_cite: bool
    questions: Mapping[str, Question]
    since: date | None
    until: date | None


def read_questions(node: Node) -> dict[str, Question]:
    """The section ``questions``: an id each, and the text in both languages."""
    return {key: Question(key, entry.words()) for key, entry in node.named().items()}


def read_plans(node: Node, setting: Setting) -> tuple[Plan, ...]:
    """The section ``plans``."""
    plans: dict[str, Plan] = {}
    for entry in node.entries():
        plan = _plan(entry, setting)
        if plan and plan.id in plans:
            entry.down("id", plan.id).complain("repeated", N_("{where}: another line is called “{value}” too"))
        if plan:
            plans[plan.id] = plan
    return tuple(plans.values())


def _plan(entry: Node, setting: Setting) -> Plan | None:
    needed = (*_NEEDED, "cite") if setting.must_cite else _NEEDED
    said = entry.keys(KEYS, needed)
    if not said:
        return None
    plan = Plan(
        pack=setting.pack,
        id=_of(said, "id", lambda node: node.matching(NAME, "call-back"), ""),
        title=_of(said, "title", Node.words, Words("", "")),
        category=_of(said, "category", _category, ROOT),
        needs_installation=_of(said, "when", _needs_installation, None),
        after=_of(said, "after", lambda node: node.choice(EVENTS), ""),
        what=_of(said, "what", lambda node: node.choice(PROMISE_KINDS), ""),
        step=_of(said, "step", _step, ""),
        was=_of(said, "was", lambda node: tuple(map(_step, node.entries())), ()),
        channel=_of(said, "channel", lambda node: node.choice(CHANNELS), ""),
        due=_of(said, "due", _due, ()),
        retry=_of(said, "retry", _retry, None),
        worthless_late=_of(said, "late", lambda node: node.choice(("worthless",)) != "", False),
        cite=_of(said, "cite", lambda node: _listed(node, setting.sources), ()),
        asks=_of(said, "asks", lambda node: _questions(node, setting.questions), ()),
        replaces=_of(said, "replaces", lambda node: _replaced(node, setting.pack), ()),
        since=setting.since,
        until=setting.until,
    )
    if plan.after == "birthday" and plan.category != ROOT:
        said["category"].complain("value", N_("{where}: a birthday is nobody's goods; write “goods”"))
    return plan


def _of(said: Mapping[str, Node], key: str, read: Callable[[Node], _Read], absent: _Read) -> _Read:
    return read(said[key]) if key in said else absent


def _category(node: Node) -> str:
    text, tree = node.text(), categories.tree()
    found = tree.find(text) if text else ROOT
    if found is None:
        near = tree.near(text)
        if near:
            node.complain(
                "category", N_("{where}: no category is called “{value}”; did you mean {near}?"), near=", ".join(near)
            )
        else:
            node.complain("category", N_("{where}: no category is called “{value}”"))
    return found or ROOT


def _needs_installation(node: Node) -> bool | None:
    said = node.keys(("needs_installation",), needed=("needs_installation",))
    return _of(said, "needs_installation", Node.yes, None)


def _step(node: Node) -> str:
    return node.matching(_STEP, "call-back")


def _due(node: Node) -> tuple[Dated, ...]:
    dated = []
    for since, entry in node.named().items():
        day = Node(since, entry.path, entry.complaints).day()
        spans = () if entry.value is None else tuple(one.span() for one in entry.entries())
        if entry.value == []:
            entry.complain("shape", N_("{where}: the list is empty; to plan nothing from that day on, write ~"))
        if day:
            dated.append(Dated(day, spans))
    return tuple(sorted(dated))


def _retry(node: Node) -> Retry | None:
    said = node.keys(("attempts", "again"), needed=("attempts", "again"))
    if len(said) < 2:
        return None
    return Retry(said["attempts"].whole(1, _MOST_ATTEMPTS), said["again"].span())


def _listed(node: Node, known: Collection[str]) -> tuple[str, ...]:
    entries = node.entries()
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return tuple(entry.choice(known) for entry in entries)


def _questions(node: Node, questions: Mapping[str, Question]) -> tuple[Question, ...]:
    asked = (entry.choice(questions) for entry in node.entries())
    return tuple(questions[key] for key in asked if key)


def _replaced(node: Node, pack: str) -> tuple[str, ...]:
    entries = node.entries() if isinstance(node.value, list) else [node]
    lines = [entry.matching(_LINE, "service-plans/call-back") for entry in entries]
    return tuple(line if "/" in line else f"{pack}/{line}" for line in lines if line)
