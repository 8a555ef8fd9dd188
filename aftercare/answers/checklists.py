"""What belongs to work at the customer's home, item by item: of the work itself and of conduct; and what was ticked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers import at_home
from aftercare.answers.affairs import Affairs
from aftercare.answers.at_home import AtHome
from aftercare.answers.promises import Draft
from aftercare.answers.rules import Rules
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import NUMBERED, Question
from aftercare.policies.shape import Words
from aftercare.policies.standards import SIDES, Checklist
from aftercare.records.visit import Visit

CALLS = frozenset({"call_back", "revisit"})
"""The kinds of promise with which the customer is asked how it went."""


class Ticked(NamedTuple):
    """One item, the list it stands on, whether it was ticked, and which of the two sides its list is about."""

    id: str
    text: Words
    done: bool
    line: str
    about: str = SIDES[0]


def checklists_of(affairs: Affairs, work: AtHome, rules: Rules) -> list[Checklist]:
    """The lists of all goods that a work is about, each once: those of the work itself first, then those of conduct."""
    kind = at_home.kind_of(work)
    if not kind:
        return []
    categories = at_home.categories_of(affairs, at_home.units_of(affairs, work, rules), rules)
    if isinstance(work, Visit):
        categories = categories or [ROOT]
    return lists_of(kind, categories, at_home.day(affairs, work), rules)


def lists_of(kind: str, categories: Sequence[str], on: date, rules: Rules) -> list[Checklist]:
    """The lists of a kind of work on goods of these categories, in the same order; the work need not be written yet."""
    found = {one.line: one for category in categories for one in rules.checklists(category, on, kind)}
    return sorted(found.values(), key=lambda one: SIDES.index(one.about))


def items_of(lists: Sequence[Checklist], ticks: Sequence[str]) -> list[Ticked]:
    """Every item of the lists, one that several have only once."""
    found: dict[str, Ticked] = {}
    for checklist in lists:
        done = checklist.done(ticks)
        for item in checklist.items:
            found.setdefault(item.id, Ticked(item.id, item.text, item.id in done, checklist.line, checklist.about))
    return list(found.values())


def unknown(lists: Sequence[Checklist], ticks: Sequence[str]) -> list[str]:
    """The ticks that are on none of the lists."""
    return [tick for tick in ticks if not any(checklist.item(tick) for checklist in lists)]


def questions_of(draft: Draft, affairs: Affairs, rules: Rules) -> tuple[Question, ...]:
    """What to ask the customer with a promised contact: what its plan asks, and, of the first after a work at home,
    what the lists of that work ask, which speak of it more closely.
    """
    if draft.plan is None:
        return ()
    asked = {question.id: question for question in draft.plan.asks}
    work = _before(draft, affairs) if draft.what in CALLS and _is_first(draft) else None
    for one in checklists_of(affairs, work, rules) if work else ():
        asked |= {question.id: question for question in one.asks}
    return tuple(asked.values())


def _is_first(draft: Draft) -> bool:
    return draft.plan is not None and (draft.plan.after in NUMBERED or draft.id.endswith(".1"))


def _before(draft: Draft, affairs: Affairs) -> AtHome | None:
    """The work at home that a promise follows; after a claim's repair the visit by which that was done."""
    if draft.plan and draft.plan.after == "repaired" and draft.term:
        claim = next(claim for claim in affairs.claims if claim.id == draft.record)
        came = [visit for visit in affairs.visits if at_home.is_repair(claim, visit, out=draft.made_on)]
        return next((visit for visit in came if visit.purpose == "repair" and at_home.done_at(visit)), None)
    work = at_home.of_id(affairs, draft.record)
    return work if work and at_home.done_at(work) else None
