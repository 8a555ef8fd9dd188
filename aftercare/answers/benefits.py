"""Benefits: who may have which, what was asked for and given, and what of it is left.

A benefit that is open is a grant; only when somebody asks for it is it a promise.  One entry of a contact is one time.
Contacts are looked at in the order in which they came, since what was had before decides what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from aftercare.answers import upkeep
from aftercare.answers.affairs import Affairs
from aftercare.answers.at_home import units_of
from aftercare.answers.members import Why, goods_for, membership, no_member, span_of
from aftercare.answers.promises import Draft, Fate, Keeping, Term
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment, day_of, end_of, in_order, is_late, start_of
from aftercare.plain.tree import Path
from aftercare.policies.benefits import Benefit
from aftercare.policies.categories import ROOT
from aftercare.records.visit import Given, Visit, Wanted

STEP = "/benefit."
"""What stands between a contact and the number of what was asked for in it: ``VI26-0007/benefit.1``."""


@dataclass
class Use:
    """One time that a benefit was asked for, given, or both; ``path`` is where it stands in its contact."""

    visit: Visit
    path: Path
    name: str
    benefit: Benefit | None
    units: tuple[str, ...]
    at: Moment
    """The moment by which it is judged, and that it counts for: when it was asked for, else when it was given."""
    wanted: Wanted | None = None
    why: Why | None = None
    """Why the customer had no right to it then."""
    given: Moment | None = None
    given_in: Visit | None = None
    entry: Given | None = None
    ended: Moment | None = None
    """When it came to nothing: let go, broken, the thing or the customer gone."""

    @property
    def id(self) -> str:
        """The promise that it made, where it made one."""
        return f"{self.visit.id}{STEP}{int(self.path[1]) + 1}" if self.wanted else ""

    @property
    def counts(self) -> bool:
        """Whether it is a use of the benefit: rightly asked for or given, and not refused."""
        return self.why is None and not (self.wanted and self.wanted.refused)

    def is_open(self, at: Moment) -> bool:
        """Whether it is still to be given then."""
        return self.counts and self.given is None and (self.ended is None or is_late(self.ended, at))

    def is_used(self, by: Moment) -> bool:
        """Whether it counts as used by then: it was given, or is to be."""
        gone = self.given is None and self.ended is not None and not is_late(self.ended, by)
        return self.counts and not gone and not is_late(self.at, by)


def uses(affairs: Affairs, rules: Rules) -> list[Use]:
    """Every time that the customer asked for a benefit or was given one, in the order in which that came."""
    named = [visit for visit in affairs.visits if visit.wants or visit.gave or any(map(_is_benefit, visit.keeps))]
    if not named:
        return []
    found: list[Use] = []
    ends = _ends(affairs)
    for __, step in sorted(_steps(named), key=lambda one: one[0]):
        if isinstance(step.entry, Wanted):
            _ask(step, step.entry, affairs, rules, found, ends)
        elif isinstance(step.entry, Given):
            _give(step, step.entry, affairs, rules, found)
        else:
            _keep(step, found)
    return found


class _Step(NamedTuple):
    visit: Visit
    path: Path
    entry: Wanted | Given | str


def _steps(visits: Sequence[Visit]) -> Iterator[tuple[tuple[datetime, int, str, int], _Step]]:
    """What was asked for and given, each with its place in time; within a bare day the asking comes first."""
    for visit in visits:
        for n, wanted in enumerate(visit.wants):
            yield (start_of(visit.at), 0, visit.id, n), _Step(visit, ("wants", n), wanted)
        for n, kept in enumerate(visit.keeps):
            if _is_benefit(kept):
                yield (end_of(visit.at), 1, visit.id, n), _Step(visit, ("keeps", n), kept)
        for n, given in enumerate(visit.gave):
            yield (end_of(visit.at), 2, visit.id, n), _Step(visit, ("gave", n), given)


def _is_benefit(promise: str) -> bool:
    return STEP in promise


class _Ends(NamedTuple):
    """What ended what was asked for, but for its being given: by the promise, by the unit, and of all."""

    promises: dict[str, Moment]
    kept: dict[str, Moment]
    units: dict[str, Moment]
    all: Moment | None


def _ends(affairs: Affairs) -> _Ends:
    said = [(record.of or "", record) for record in affairs.promises]
    ended = {of: end.on for of, record in said for end in (record.released, record.broken) if end}
    kept = {of: record.kept.at for of, record in said if record.kept and record.kept.at}
    units = {unit: event.at for unit, event in upkeep.came_back(affairs).items()}
    left = affairs.customer.gone
    return _Ends(ended, kept, units, left.on if left else None)


def _ask(step: _Step, wanted: Wanted, affairs: Affairs, rules: Rules, found: list[Use], ends: _Ends) -> None:
    use = _use(step, wanted, affairs, rules, found)
    use.wanted = wanted
    gone = ends.units.get(use.units[0]) if len(use.units) == 1 else None
    known = [end for end in (ends.promises.get(use.id), gone, ends.all) if end]
    use.ended = min(known, key=in_order, default=None)
    use.given = ends.kept.get(use.id)
    found.append(use)


def _give(step: _Step, given: Given, affairs: Affairs, rules: Rules, found: list[Use]) -> None:
    """It keeps what was asked for first of the same benefit and the same thing; else it is a use of its own."""
    use = _use(step, given, affairs, rules, found)
    same = [one for one in found if one.benefit == use.benefit and _share(one.units, use.units)]
    named = (one for one in same if one.given_in is step.visit and one.entry is None)
    asked = next(named, None) or next((one for one in same if one.is_open(step.visit.at)), None)
    is_reached = step.visit.outcome == "reached"
    if asked is None or not is_reached:
        asked = use
        found.append(use)
    asked.given, asked.given_in, asked.entry = step.visit.at, step.visit, given


def _keep(step: _Step, found: list[Use]) -> None:
    """A contact that names what was asked for gives it, or hears that it is not wanted any more."""
    for use in found:
        if use.id == step.entry and use.is_open(step.visit.at):
            if step.visit.outcome == "reached":
                use.given, use.given_in = step.visit.at, step.visit
            elif step.visit.outcome == "declined":
                use.ended = step.visit.at


def _share(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether both may be about the same thing; what names none may be about any."""
    return not some or not others or not set(some).isdisjoint(others)


def _use(step: _Step, entry: Wanted | Given, affairs: Affairs, rules: Rules, found: Sequence[Use]) -> Use:
    visit = step.visit
    benefit = next((one for one in rules.standards.benefits if one.line == entry.benefit), None)
    units: Sequence[str] = [entry.unit] if entry.unit else units_of(affairs, visit, rules)
    if benefit:
        units = _fitting(benefit, units, affairs, rules, visit.at)
    use = Use(visit, step.path, entry.benefit, benefit, tuple(units), visit.at)
    if visit.outcome != "reached":
        use.why = Why("nobody_reached")
    elif benefit is None:
        use.why = Why("no_such_benefit")
    else:
        use.why = why_not(benefit, affairs, rules, visit.at, found, units)
    return use


def _fitting(benefit: Benefit, named: Sequence[str], affairs: Affairs, rules: Rules, at: Moment) -> Sequence[str]:
    """Of the things named those that the benefit is for, or all where none is; where none is named, the only one."""
    own = goods_for(benefit, affairs, rules, at)
    if named:
        return [unit for unit in named if unit in own] or named
    return own if benefit.category != ROOT and len(own) == 1 else []


def why_not(
    benefit: Benefit, affairs: Affairs, rules: Rules, at: Moment, before: Sequence[Use], units: Sequence[str] = ()
) -> Why | None:
    """Why a benefit is not to be had at a moment for some things, or for none in particular; None: it is.

    *before* is what the customer asked for and was given until then.
    """
    on = day_of(at)
    if not benefit.in_force(on):
        is_over = benefit.until is not None and on > benefit.until
        return Why("ended", benefit.until) if is_over else Why("begins_later", benefit.since)
    if benefit.held and membership(benefit, affairs, at) is None:
        return no_member(benefit, affairs.customer.memberships, at)
    own = goods_for(benefit, affairs, rules, at)
    if not set(units) <= set(own) or (benefit.category != ROOT and not own):
        return Why("other_goods")
    limit = benefit.limit(on)
    if limit and len(used(benefit, affairs, at, before)) >= limit.times:
        return Why("used_up", span_of(benefit, affairs, at)[1], str(limit.times))
    return None


def used(benefit: Benefit, affairs: Affairs, at: Moment, before: Sequence[Use]) -> list[Use]:
    """The times that count against the limit that holds at a moment."""
    first, last = span_of(benefit, affairs, at)
    mine = (use for use in before if use.benefit and use.benefit.line == benefit.line and use.is_used(at))
    return [use for use in mine if first <= day_of(use.at) <= last]


def drafts(affairs: Affairs, asked: Sequence[Use]) -> Iterator[Draft]:
    """The promises that what was asked for makes: of what the shop published, so the customer had its word."""
    products = {unit: item.product for unit, __, item in affairs.units()}
    for use in asked:
        if use.wanted is None or use.benefit is None or not use.counts:
            continue
        by = use.wanted.by or use.benefit.span(day_of(use.at)).after(use.at)
        yield Draft(
            id=use.id,
            what="benefit",
            subject=use.visit.id,
            to=affairs.customer.id,
            binds="told",
            record=use.visit.id,
            made_on=use.at,
            term=Term(by),
            about=use.units,
            product=products.get(use.units[0], "") if use.units else "",
            channel="counter",
            benefit=use.benefit,
        )


def note(asked: Sequence[Use], found: dict[str, Fate]) -> None:
    """What was asked for is kept by the contact in which it was given; one that names the promise needs no note."""
    for use in asked:
        if use.wanted and use.given_in and use.given and use.id not in use.given_in.keeps:
            person = use.given_in.by or ""
            found[use.id].kept.append(Keeping(use.given, use.given_in.id, person=person))


def misused(asked: Sequence[Use]) -> list[Use]:
    """What was asked for or given without a right to it; what was refused for that reason is as it should be."""
    return [use for use in asked if use.why and not (use.wanted and use.wanted.refused)]


class Giving(NamedTuple):
    """A benefit that was given in a contact; they are numbered within it."""

    use: Use
    benefit: Benefit
    visit: Visit
    number: int


def givings(asked: Sequence[Use]) -> Iterator[Giving]:
    """Every time that a benefit was rightly given."""
    numbers: dict[str, int] = {}
    for use in asked:
        if use.given_in and use.benefit and use.counts:
            number = numbers[use.given_in.id] = numbers.get(use.given_in.id, 0) + 1
            yield Giving(use, use.benefit, use.given_in, number)
