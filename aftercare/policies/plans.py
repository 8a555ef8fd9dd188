"""Plans: what the shop means to do for a customer after an event, and by when.

A plan is a line of a pack.  Its figures are dated: which of them counts is decided by the day of the event, so that a
figure changed today says nothing about what happened before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from aftercare.language import N_
from aftercare.plain.moments import Moment, Span
from aftercare.policies import categories, recurrence
from aftercare.policies.categories import ROOT, Categories
from aftercare.policies.recurrence import Recurrence
from aftercare.policies.shape import Node, Words, value_of
from aftercare.records.words import CHANNELS, PROMISE_KINDS

SUBJECTS: tuple[tuple[str, str], ...] = (
    ("sold", "unit"),
    ("delivered", "unit"),
    ("installed", "unit"),
    ("damaged", "unit"),
    ("repaired_at_home", "unit"),
    ("guarantee_ends", "unit"),
    ("arranged", "work"),
    ("reported", "claim"),
    ("taken_in", "claim"),
    ("ready", "claim"),
    ("repaired", "claim"),
    ("replace_decided", "claim"),
    ("refund_decided", "claim"),
    ("loan_over", "claim"),
    ("complained", "complaint"),
    ("complaint_answered", "complaint"),
    ("complaint_resolved", "complaint"),
    ("to_be_passed_on", "complaint"),
    ("answered_outside", "complaint"),
    ("incident", "complaint"),
    ("unsafe_fault", "claim"),
    ("waits_for_part", "claim"),
    ("part_arrived", "claim"),
    ("goods_returned", "claim"),
    ("goods_sent_back", "claim"),
    ("asked", "visit"),
    ("missed_call", "visit"),
    ("not_understood", "visit"),
    ("left_undone", "visit"),
    ("birthday", "customer"),
)
"""Each event that a plan may follow, and what its promises are about."""
EVENTS: tuple[str, ...] = tuple(event for event, _subject in SUBJECTS)
OF_COMPLAINTS: tuple[str, ...] = tuple(event for event, subject in SUBJECTS if subject == "complaint")
"""Events in the course of a complaint."""
NUMBERED = frozenset(
    {
        "damaged", "guarantee_ends", "repaired_at_home", "taken_in", "loan_over", "waits_for_part", "part_arrived",
        *(event for event in OF_COMPLAINTS if event != "incident"),
    }
)  # fmt: skip
"""Events that come several times to one subject; their promises have their numbers (``CL26-0004/finish-repair.2``)."""
EITHER = frozenset({"asked", "missed_call"})
"""Events of which a contact can be only one: where nobody of ours answered, nobody was asked."""
CONDITIONS = ("needs_installation", "waits_for_producer", "in_table", "urgent", "no_reason", "sold_by")
GOODS_BACK = frozenset({"goods_returned", "goods_sent_back"})
"""Events of goods that come back for good; they alone know whether a reason was given, and how the goods were sold."""
SOLD_BY: tuple[str, ...] = ("shop", "online", "phone", "tv", "mail", "home", "door_to_door")
"""The ways in which goods are sold."""
RUNS_FROM: tuple[str, ...] = ("reported",)
"""From what the days of a plan may run, but for its event."""
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_STEP = re.compile(r"[a-z]+(-[a-z]+)*")
_LINE = re.compile(rf"({NAME.pattern}/)?{NAME.pattern}")
KEYS = (
    "id", "title", "category", "when", "after", "what", "step", "was", "channel",
    "due", *recurrence.KEYS, "ahead", "runs_from", "retry", "late", "cite", "asks", "replaces",
)  # fmt: skip
_NEEDED = ("id", "title", "category", "after", "what", "step", "channel")
_MOST_ATTEMPTS = 99


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

    Its promises are called ``SUBJECT/STEP.1``, ``.2`` and so on, in the order of ``spans``; after one of the
    ``NUMBERED`` events there is one span, and its promise has the number of the repair, the loan, the delivery or the
    round of a complaint.  Of a plan that ``recurs`` the one span is that until the first time.
    """

    pack: str
    id: str
    title: Words
    category: str
    needs_installation: bool | None
    """Only for goods that need a fitter (True), only for those that do not (False), or for both (None)."""
    waits_for_producer: bool | None
    """Only for a repair that waits, or waited, because its producer has no parts (True), only for others, or both."""
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
    is_law: bool
    """A statute says so: it counts whatever the shop has begun or means to do."""
    in_table: bool = False
    """Only for goods of the table of its pack, or of packs that extend it."""
    ahead: Span | None = None
    """It is due from this long before its time, and its time is never put off: what is told must be told before."""
    among: frozenset[str] = frozenset()
    """The categories of these goods."""
    urgent: bool | None = None
    """Only for urgent complaints (True), only for others, or for both (None)."""
    no_reason: bool | None = None
    """Only for goods that come back without a reason (True), only for others (False), or for both (None)."""
    sold_by: frozenset[str] = frozenset()
    """Only for goods that were sold in one of these ways; empty: however they were sold."""
    runs_from: str = ""
    """``reported`` where the days run from the claim's report, and end no earlier than the event; else "": from it."""
    recurs: Recurrence | None = None
    """How it comes back; None: it does not."""

    @property
    def line(self) -> str:
        """Its name among all lines: ``pack/id``."""
        return f"{self.pack}/{self.id}"

    @property
    def subject(self) -> str:
        """What its promises are about: a unit, a work, a claim, a complaint, a contact or a customer."""
        return dict(SUBJECTS)[self.after]

    def due_after(self, span: Span, event: Moment) -> tuple[Moment, Moment | None]:
        """By when the promise of one of its spans is due after an event, and since when, where that is ahead of it."""
        if self.ahead is None:
            return span.after(event), None
        by = span.after(event) if any(span) else event
        return by, self.ahead.before(by)

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
        if self.in_table and not self.among.intersection(tree.parents(category)):
            return False
        return tree.is_a(category, self.category)

    def may_meet(self, other: Plan) -> bool:
        """Whether one event can fall under both: neither the events nor their conditions exclude each other."""
        if {self.after, other.after} == EITHER:
            return False
        either = {True, False}
        waits, urgent = {self.waits_for_producer, other.waits_for_producer}, {self.urgent, other.urgent}
        ways = self.sold_by & other.sold_by if self.sold_by and other.sold_by else {"any"}
        return either not in (waits, urgent, {self.no_reason, other.no_reason}) and bool(ways)


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
    is_law: bool
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
    due = () if isinstance(entry.value, dict) and entry.value.get("every") else ("due",)
    needed = (*_NEEDED, *due, *(("cite",) if setting.must_cite else ()))
    said = entry.keys(KEYS, needed)
    if not said:
        return None
    when: dict[str, Any] = value_of(said, "when", _when, {})
    recurs = recurrence.read_recurrence(said)
    plan = Plan(
        pack=setting.pack,
        id=value_of(said, "id", lambda node: node.matching(NAME, "call-back"), ""),
        title=value_of(said, "title", Node.words, Words("", "")),
        category=value_of(said, "category", category_of, ROOT),
        needs_installation=when.get("needs_installation"),
        waits_for_producer=when.get("waits_for_producer"),
        in_table=when.get("in_table", False),
        urgent=when.get("urgent"),
        no_reason=when.get("no_reason"),
        sold_by=when.get("sold_by", frozenset()),
        after=value_of(said, "after", lambda node: node.choice(EVENTS), ""),
        what=value_of(said, "what", lambda node: node.choice(PROMISE_KINDS), ""),
        step=value_of(said, "step", _step, ""),
        was=value_of(said, "was", lambda node: tuple(map(_step, node.entries())), ()),
        channel=value_of(said, "channel", lambda node: node.choice(CHANNELS), ""),
        due=value_of(said, "due", _due, _first(recurs)),
        runs_from=value_of(said, "runs_from", lambda node: node.choice(RUNS_FROM), ""),
        ahead=value_of(said, "ahead", Node.span, None),
        retry=value_of(said, "retry", _retry, None),
        worthless_late=value_of(said, "late", lambda node: node.choice(("worthless",)) != "", False),
        cite=value_of(said, "cite", lambda node: listed(node, setting.sources), ()),
        asks=value_of(said, "asks", lambda node: questions_of(node, setting.questions), ()),
        replaces=value_of(said, "replaces", lambda node: _replaced(node, setting.pack), ()),
        since=setting.since,
        until=setting.until,
        is_law=setting.is_law,
        recurs=recurs,
    )
    _fitting(plan, said)
    return plan


def _fitting(plan: Plan, said: Mapping[str, Node]) -> None:
    """Complain of what does not go with the event."""
    if plan.after == "birthday" and plan.category != ROOT:
        said["category"].complain("value", N_("{where}: a birthday is nobody's goods; write “goods”"))
    if plan.waits_for_producer is not None and plan.after != "taken_in":
        said["when"].complain("value", N_("{where}: only a repair waits for the producer; write “after: taken_in”"))
    if plan.urgent is not None and plan.after not in OF_COMPLAINTS:
        known = ", ".join(OF_COMPLAINTS)
        said["when"].complain(
            "value", N_("{where}: only a complaint is urgent; it follows one of {known}"), known=known
        )
    if plan.after not in GOODS_BACK:
        for name in _only_of_goods_back(plan):
            said["runs_from" if name == "runs_from" else "when"].complain(
                "value",
                N_("{where}: {name} is for goods that come back; write “{event}”"),
                name=name,
                event="after: goods_returned",
            )
    if plan.after in NUMBERED and any(len(dated.spans) > 1 for dated in plan.due):
        said["due"].complain(
            "shape",
            N_("{where}: after “{event}” there is one length of time, for each time it happens"),
            event=plan.after,
        )
    if plan.recurs:
        _coming_back(plan, said)


def _coming_back(plan: Plan, said: Mapping[str, Node]) -> None:
    """Complain of what does not go with a plan that comes back: it is of a unit, and has one first time, a day."""
    if plan.after in NUMBERED or (plan.after and plan.subject != "unit"):
        event = N_("{where}: what comes back follows the sale, the delivery or the installation, not “{event}”")
        said["every"].complain("value", event, event=plan.after)
    first = [dated.spans for dated in plan.due] if "due" in said else []
    if any(len(spans) > 1 or any(span.hours for span in spans) for spans in first):
        said["due"].complain(
            "shape", N_("{where}: of a plan that comes back it is one length of time, of days or longer: the first")
        )


def _first(recurs: Recurrence | None) -> tuple[Dated, ...]:
    """When a plan that comes back is due first, where it says no other time: after the same time as ever again."""
    return tuple(Dated(since, (span,) if span else ()) for since, span in recurs.every) if recurs else ()


def _only_of_goods_back(plan: Plan) -> Iterator[str]:
    """What the plan says that only an event of goods coming back can answer."""
    if plan.no_reason is not None:
        yield "no_reason"
    if plan.sold_by:
        yield "sold_by"
    if plan.runs_from:
        yield "runs_from"


def category_of(node: Node) -> str:
    """The id of the category that a node names; the root where it is a fault."""
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


def _when(node: Node) -> dict[str, Any]:
    said = node.keys(CONDITIONS)
    if isinstance(node.value, dict) and all(value is None for value in node.value.values()):
        node.complain("missing", N_("{where}: a condition is wanted: {known}"), known=", ".join(CONDITIONS))
    return {
        name: frozenset(listed(entry, SOLD_BY)) if name == "sold_by" else entry.yes() for name, entry in said.items()
    }


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


def listed(node: Node, known: Collection[str]) -> tuple[str, ...]:
    """A list of *known* words, of which there is at least one."""
    entries = node.entries()
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return tuple(entry.choice(known) for entry in entries)


def questions_of(node: Node, questions: Mapping[str, Question]) -> tuple[Question, ...]:
    """The questions that a list names, of those of its pack."""
    asked = (entry.choice(questions) for entry in node.entries())
    return tuple(questions[key] for key in asked if key)


def _replaced(node: Node, pack: str) -> tuple[str, ...]:
    entries = node.entries() if isinstance(node.value, list) else [node]
    lines = [entry.matching(_LINE, "service-plans/call-back") for entry in entries]
    return tuple(line if "/" in line else f"{pack}/{line}" for line in lines if line)
