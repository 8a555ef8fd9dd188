"""What comes with a product, in sentences to be handed over and as rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from aftercare import language
from aftercare.answers.comes_with import OF_THE_BUYER, WITHIN, Service, Step
from aftercare.answers.entitled import Because, Where
from aftercare.language import _, word
from aftercare.policies.standards import Condition
from aftercare.records.words import NEEDS
from aftercare.render.services import plain, reason, service_name
from aftercare.render.spans import in_words, span_of

FIELDS = (
    "id", "kind", "title", "after", "what", "channel", "spans", "ahead", "every", "season", "until", "binds", "state",
    "because", "conditions", "cite",
)  # fmt: skip
"""The fields of a row, for the header of a CSV without rows."""


def step_row(step: Step) -> dict[str, Any]:
    """A plan for machines: when it is due, and how it comes back."""
    plan, season = step.plan, step.plan.recurs.season if step.plan.recurs else None
    until = plan.recurs.until if plan.recurs else None
    return {
        "id": plan.line,
        "kind": "plan",
        "title": plan.title._asdict(),
        "after": plan.after,
        "what": plan.what,
        "channel": plan.channel,
        "spans": [span_of(span) for span in step.spans],
        "ahead": span_of(plan.ahead) if plan.ahead else None,
        "every": span_of(step.every) if step.every else None,
        "season": {"from": "{:02}-{:02}".format(*season.first), "to": "{:02}-{:02}".format(*season.last)}
        if season
        else None,
        "until": span_of(until) if until else None,
        "binds": "law" if plan.is_law else "plan",
        "state": "yes",
        "because": None,
        "conditions": [],
        "cite": list(plan.cite),
    }


def service_row(found: Service, on: date) -> dict[str, Any]:
    """A service for machines; ``conditions`` are those that hang on who buys."""
    nothing = dict.fromkeys(FIELDS)
    because = {"fact": found.condition.fact, "value": plain(found.value)} if found.condition else None
    return nothing | {
        "id": found.line or found.service,
        "kind": "entitlement",
        "what": found.service,
        "spans": [],
        "state": found.state,
        "because": because,
        "conditions": [
            {
                "line": entitlement.line,
                "fact": condition.fact,
                "least": plain(condition.figure(on)),
                "needs": [need for need in NEEDS if need in condition.needs],
            }
            for entitlement, condition in found.open
        ],
        "cite": list(found.cite),
    }


def step_words(step: Step) -> tuple[str, str, str]:
    """What is done, in which way, and when."""
    plan = step.plan
    title = plan.title._asdict()[language.current()]
    return title, word(plan.channel), when(step)


def when(step: Step) -> str:
    """When a planned service comes: so long after its event, and how often again."""
    plan = step.plan
    if plan.ahead:
        return _("from {ahead} before, and by that time").format(ahead=in_words(span_of(plan.ahead)))
    said = [*_times(step)]
    if step.every:
        said.append(_("every {span}").format(span=in_words(span_of(step.every))))
    if plan.recurs and plan.recurs.season:
        first, last = ("{:02}-{:02}".format(*day) for day in (plan.recurs.season.first, plan.recurs.season.last))
        said.append(_("in the season from {first} to {last}").format(first=first, last=last))
    if plan.recurs and plan.recurs.until:
        said.append(_("for {span}").format(span=in_words(span_of(plan.recurs.until))))
    if plan.is_law:
        said.append(_("by law"))
    return _(", ").join(said)


def _times(step: Step) -> Iterator[str]:
    sentence = _("within {span}") if step.plan.what in WITHIN else _("after {span}")
    for span in step.spans:
        yield sentence.format(span=in_words(span_of(span))) if any(span) else _("on the day itself")


def service_words(found: Service, on: date) -> tuple[str, str]:
    """What a service is called, and whether it is free of charge."""
    name = service_name(found.service)
    if found.condition:
        because = Because(found.condition.fact, found.value, found.condition.figure(on), Where("", ""))
        return name, _("free of charge: {because}").format(because=reason(because))
    of_the_buyer = [condition for __, condition in found.open if condition.fact in OF_THE_BUYER]
    if of_the_buyer:
        conditions = [_condition(condition, on) for condition in of_the_buyer]
        return name, _("free of charge {conditions}").format(conditions=_(", or ").join(dict.fromkeys(conditions)))
    return name, _("not free of charge as such; please ask")


def _condition(condition: Condition, on: date) -> str:
    if condition.fact == "needs":
        needs = _(", ").join(word(need) for need in NEEDS if need in condition.needs)
        return _("for customers with a special difficulty ({needs})").format(needs=needs)
    sentence = _("from {figure} km on") if condition.fact == "distance_km" else _("for {figure} pieces or more at once")
    return sentence.format(figure=plain(condition.figure(on)))
