"""Reading the sections ``questions`` and ``plans`` of a pack."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aftercare.language import N_
from aftercare.policies import categories, recurrence
from aftercare.policies.categories import ROOT
from aftercare.policies.festivals import read_festival
from aftercare.policies.plans import (
    CONDITIONS,
    EVENTS,
    GOODS_BACK,
    NUMBERED,
    OF_COMPLAINTS,
    RUNS_FROM,
    SOLD_BY,
    YEARLY,
    Dated,
    Plan,
    Question,
    Retry,
)
from aftercare.policies.recurrence import Recurrence
from aftercare.policies.shape import Node, Words, value_of
from aftercare.records.words import CHANNELS, NEEDS, PROMISE_KINDS

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_STEP = re.compile(r"[a-z]+(-[a-z]+)*")
_LINE = re.compile(rf"({NAME.pattern}/)?{NAME.pattern}")
KEYS = (
    "id", "title", "category", "when", "after", "festival", "what", "step", "was", "channel",
    "due", *recurrence.KEYS, "ahead", "runs_from", "retry", "late", "cite", "asks", "replaces",
)  # fmt: skip
_NEEDED = ("id", "title", "category", "after", "what", "step", "channel")
_MOST_ATTEMPTS = 99
_ONE_LENGTH = N_("{where}: after “{event}” there is one length of time, for each time it happens")
_FESTIVAL = "festival: {lunar: 八月十五}"


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
    when: dict[str, Any] = value_of(said, "when", lambda node: _when(node, setting.pack), {})
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
        benefits=when.get("benefit", frozenset()),
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
        festival=value_of(said, "festival", read_festival, None),
        needs=when.get("needs", frozenset()),
    )
    _fitting(plan, said)
    return plan


def _fitting(plan: Plan, said: Mapping[str, Node]) -> None:
    """Complain of what does not go with the event."""
    if plan.after and plan.subject == "customer":
        _of_customer(plan, said)
    if plan.after == "certificate_ends" and plan.category != ROOT:
        said["category"].complain("value", N_("{where}: a certificate is nobody's goods; write “goods”"))
    if plan.waits_for_producer is not None and plan.after != "taken_in":
        said["when"].complain("value", N_("{where}: only a repair waits for the producer; write “after: taken_in”"))
    if plan.urgent is not None and plan.after not in OF_COMPLAINTS:
        known = ", ".join(OF_COMPLAINTS)
        said["when"].complain(
            "value", N_("{where}: only a complaint is urgent; it follows one of {known}"), known=known
        )
    if plan.benefits and plan.after != "benefit_given":
        said["when"].complain(
            "value",
            N_("{where}: only what follows a benefit can name one; write “{event}”"),
            event="after: benefit_given",
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
        said["due"].complain("shape", _ONE_LENGTH, event=plan.after)
    _festive(plan, said)
    if plan.recurs:
        _coming_back(plan, said)


def _of_customer(plan: Plan, said: Mapping[str, Node]) -> None:
    """Complain of what does not go with an event that is a customer's own: it is of no goods, and comes once a year."""
    if plan.category != ROOT and plan.after == "birthday":
        said["category"].complain("value", N_("{where}: a birthday is nobody's goods; write “goods”"))
    elif plan.category != ROOT:
        said["category"].complain("value", N_("{where}: what is a customer's own is no goods'; write “goods”"))
    if plan.after not in {"birthday", *NUMBERED} and any(len(dated.spans) > 1 for dated in plan.due):
        said["due"].complain("shape", _ONE_LENGTH, event=plan.after)


def _festive(plan: Plan, said: Mapping[str, Node]) -> None:
    """Complain of a festival that is not named, or named where none is, and of needs that no customer is asked for."""
    if plan.after == "festival" and "festival" not in said:
        said["after"].complain("missing", N_("{where}: which day is not said; write “{example}”"), example=_FESTIVAL)
    if plan.after != "festival" and "festival" in said:
        said["festival"].complain(
            "value", N_("{where}: only a festival has a day of its own; write “{event}”"), event="after: festival"
        )
    if plan.needs and plan.after not in YEARLY:
        known = ", ".join(sorted(YEARLY))
        said["when"].complain(
            "value", N_("{where}: needs are a customer's own; they go with one of {known}"), known=known
        )


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


def _when(node: Node, pack: str) -> dict[str, Any]:
    said = node.keys(CONDITIONS)
    if isinstance(node.value, dict) and all(value is None for value in node.value.values()):
        node.complain("missing", N_("{where}: a condition is wanted: {known}"), known=", ".join(CONDITIONS))
    return {name: _condition(name, entry, pack) for name, entry in said.items()}


def _condition(name: str, entry: Node, pack: str) -> bool | frozenset[str]:
    if name == "benefit":
        return frozenset(_lines(entry, pack, "our-services/cleaning"))
    return frozenset(listed(entry, _LISTED[name])) if name in _LISTED else entry.yes()


_LISTED: Mapping[str, Collection[str]] = {"sold_by": SOLD_BY, "needs": NEEDS}
"""The conditions that are a list of words, any of which may hold."""


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
    return _lines(node, pack, "service-plans/call-back")


def _lines(node: Node, pack: str, like: str) -> tuple[str, ...]:
    """One line or several, each by ``pack/id``, or by its id alone within its own pack."""
    entries = node.entries() if isinstance(node.value, list) else [node]
    lines = [entry.matching(_LINE, like) for entry in entries]
    return tuple(line if "/" in line else f"{pack}/{line}" for line in lines if line)
