"""The situation of a unit on a day: what its records tell and what is said besides, as far as either is a fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line, lines_of
from aftercare.answers.rules import Rules
from aftercare.answers.telling import Told, of_claim, of_history, of_line
from aftercare.errors import NoSuchRecord
from aftercare.language import _
from aftercare.plain.moments import Moment, is_late, parse
from aftercare.plain.tree import Path, Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.given import NO, Place
from aftercare.policies.judging.situation import Misstated, Situation, situation
from aftercare.policies.worded import Miswritten, worded
from aftercare.records.claim import Claim

_SET = frozenset({"promised_by", "delivery_promised_by", "extra_period_set"})
"""Days that somebody set beforehand."""


class Misfact(NamedTuple):
    """A circumstance of a claim that is none: the record, the path in it, and the sentence that says why."""

    record: str
    path: Path
    sentence: str


def line_of_unit(affairs: Affairs, unit: str, rules: Rules) -> Line:
    """The line of a sale that a unit is; NoSuchRecord where there is none."""
    found = next((line for line in lines_of(affairs, rules) if line.unit == unit), None)
    if found is None:
        raise NoSuchRecord(_("unit"), unit)
    return found


def situation_of(
    affairs: Affairs,
    unit: str,
    rules: Rules,
    on: Moment,
    *,
    claim: Claim | None = None,
    said: Mapping[str, Tree] | None = None,
) -> Situation:
    """The case of a unit on a day, from its records, those of one claim, and what is *said* besides.

    What is said stands above the records; ``Misstated`` where it is no fact.  What a claim wrongly holds counts as
    unknown (``misfacts`` names it).  What happened after the day is not known on it.
    """
    told = list(of_line(line_of_unit(affairs, unit, rules), affairs, rules, on))
    told += of_history(affairs, unit, on)
    if claim is not None:
        told += of_claim(claim)
        wrong = {one.path[1] for one in misfacts(claim)}
        told += [
            Told(name, listed(name, value), Place(claim.id, ("facts", name)))
            for name, value in claim.facts.items()
            if name not in wrong
        ]
    known = {one.name: one for one in told if not _is_ahead(one.name, one.value, on)}
    above = dict(said or {})
    raw: dict[str, Tree] = {name: one.value for name, one in known.items() if name not in _ousted(above)} | above
    places = {name: one.place for name, one in known.items() if name not in above}
    case = situation(raw, on, rules.country or "CN", places)
    if claim is None or "repairs" in above or not _repaired_unreported(claim, on):
        return case
    return replace(case, contradicted=(*case.contradicted, ("notified_on", "repairs")))


def _repaired_unreported(claim: Claim, on: Moment) -> bool:
    """Whether a claim holds a repair that began before it was reported, as far as both are known on the day."""
    return not is_late(claim.reported_on, on) and any(is_late(claim.reported_on, one.in_) for one in claim.repairs)


def _ousted(said: Mapping[str, Tree]) -> frozenset[str]:
    """The facts of the records that cannot stand beside what is said."""
    if "delivered_on" in said:
        return frozenset({"delivered"})
    delivered = said.get("delivered")
    if isinstance(delivered, str) and delivered.casefold() in NO:
        return frozenset({"delivered_on", "deliveries", "installed_on"})
    return frozenset()


def not_yet(said: Mapping[str, Tree], on: Moment) -> str | None:
    """The first fact that is said of a day after the day of the question, on which it cannot be known."""
    for name, value in said.items():
        if _is_ahead(name, value, on):
            return name
    return None


def misfacts(claim: Claim) -> list[Misfact]:
    """The circumstances of a claim, and its grounds of exclusion, that are no facts of the vocabulary."""
    return [Misfact(claim.id, path, sentence) for path, sentence in misstatements(claim.facts, claim.exclusions)]


def misstatements(facts: Mapping[str, str], exclusions: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """What of a claim's circumstances and grounds is no fact: its path, and the sentence that says why."""
    for name, value in facts.items():
        yield from ((("facts", name), sentence) for sentence in _misfits({name: listed(name, value)}))
    for at, exclusion in enumerate(exclusions):
        yield from ((("exclusions", at), sentence) for sentence in _misfits({"exclusions": [exclusion]}))


def _misfits(raw: Mapping[str, Tree]) -> Iterator[str]:
    try:
        situation(raw, date.min)
    except Misstated as error:
        yield from (sentence for __, sentence in error.misfits)


def listed(name: str, value: str) -> Tree:
    """A circumstance as the rules want it; one that has not the form of its fact stays as it is, and fits none."""
    fact = vocabulary.facts().get(name)
    try:
        return worded(fact, [value]) if fact is not None and not fact.measured else value
    except Miswritten:
        return value


def _is_ahead(name: str, value: Tree, on: Moment) -> bool:
    """Whether a day was not known yet on the day of the question; a day that was set may lie ahead."""
    fact = vocabulary.facts().get(name)
    if fact is None or fact.type != "day" or name in _SET or not isinstance(value, str):
        return False
    try:
        return is_late(parse(value), on)
    except ValueError:
        return False  # it is no day at all, and what fits a fact is looked at elsewhere
