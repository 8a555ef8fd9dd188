"""L6, competence (胜任): work by people who may do it, that holds.  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from aftercare.answers import at_home, works
from aftercare.answers.affairs import Affairs
from aftercare.answers.measures.about import is_sold
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.period import Period
from aftercare.answers.repeats import Stay, stays
from aftercare.plain.moments import Moment, days_between, is_late
from aftercare.records.installation import Installation
from aftercare.records.visit import Visit

LOOK_BACKS = (30, 60, 90)
"""Days within which a repair that comes back is told: a rule of 1995 has a repair hold for 30, Shanghai's of 2008 for
more."""
_UNQUALIFIED = ("unqualified", "no-technician")
_UNTICKED = ("checklist", "not-tested")


def right_first_time(facts: Facts, period: Period) -> Iterator[Case]:
    """Repairs that were right the first time, and so far for good."""
    for affairs, stay, out in _handed_back(facts, period):
        why = _why_not(facts, stay)
        yield _case(facts, affairs, stay, out, good=not why, why=why)


def back_within(days: int, facts: Facts, period: Period) -> Iterator[Case]:
    """Repairs handed back so many days ago or more: whether the unit was in again with the fault within these days."""
    for affairs, stay, out in _handed_back(facts, period):
        if days_between(out, facts.now) >= days:
            back = _back(facts, stay)
            yield _case(facts, affairs, stay, out, good=back is not None and days_between(out, back) <= days)


def _handed_back(facts: Facts, period: Period) -> Iterator[tuple[Affairs, Stay, Moment]]:
    """The repairs that went out in a period, as ``staff work`` counts them: not what was given back undone.

    Only claims about units of which something went out then are gone through.
    """
    for affairs in facts.people:
        outs = ((claim.unit, repair.out) for claim in affairs.claims for repair in claim.repairs)
        units = {unit for unit, out in outs if out and period.holds(out)}
        for stay in (stay for unit in units for stay in stays(affairs.claims_of(unit))):
            out = stay.repair.out
            if out and period.holds(out) and stay.repair.result != "not_done":
                yield affairs, stay, out


def _why_not(facts: Facts, stay: Stay) -> str:
    """Why a repair was not right the first time; "" where it was."""
    if stay.repair.result != "fixed":
        return stay.repair.result or "unknown"
    if stay.before:
        return "repeat"
    return "came_back" if _back(facts, stay) else ""


def _back(facts: Facts, stay: Stay) -> Moment | None:
    """When it came back, as far as that is not yet to come."""
    return stay.back if stay.back and not is_late(stay.back, facts.now) else None


def _case(facts: Facts, affairs: Affairs, stay: Stay, out: Moment, *, good: bool, why: str = "") -> Case:
    product, channel = facts.goods(stay.claim.unit)
    return Case(
        id=stay.id,
        on=out,
        good=good,
        why=why,
        customer=affairs.customer.id,
        product=product,
        channel=channel,
        person=stay.repair.by or "",
        records=tuple(dict.fromkeys(filter(None, (stay.claim.id, *stay.before, stay.back_in)))),
    )


def qualified(facts: Facts, period: Period) -> Iterator[Case]:
    """Installations and repairs at the customer's home, by somebody who may do them."""
    for affairs in facts.people:
        for work in affairs.installations:
            yield from _installed(facts, affairs, work, period, _UNQUALIFIED)
        for visit in affairs.visits:
            if at_home.kind_of(visit) == "repair" and at_home.done_at(visit) and period.holds(visit.at):
                yield _judged(facts, affairs, visit, visit.at, visit.about or visit.keeps, _UNQUALIFIED)


def ticked(facts: Facts, period: Period) -> Iterator[Case]:
    """Installations with the whole checklist ticked, and tested."""
    for affairs in facts.people:
        for work in affairs.installations:
            yield from _installed(facts, affairs, work, period, _UNTICKED)


def _installed(
    facts: Facts, affairs: Affairs, work: Installation, period: Period, codes: Collection[str]
) -> Iterator[Case]:
    """An installation as a case, where it was done in the period and its sale was not called off."""
    on = works.done_at(work)
    if on and period.holds(on) and is_sold(affairs, work):
        yield _judged(facts, affairs, work, on, [work.id], codes)


def _judged(
    facts: Facts,
    affairs: Affairs,
    work: Installation | Visit,
    on: Moment,
    about: Collection[str],
    codes: Collection[str],
) -> Case:
    """A work as a case: good where no breach of these *codes* shows in it."""
    shown = {breach.code for breach in facts.breached.get(work.id, ())}
    why = next((code for code in codes if code in shown), "")
    product, channel = facts.goods(*about)
    return Case(
        id=work.id,
        on=on,
        good=not why,
        why=why,
        customer=affairs.customer.id,
        product=product,
        channel=channel,
        person=at_home.worker(work),
        records=(work.id,),
    )


MEASURES = (
    Measure("L6", "L6", "share", right_first_time),
    *(Measure(f"repeat_{days}", "L6", "share", partial(back_within, days), less=True) for days in LOOK_BACKS),
    Measure("qualified_work", "L6", "share", qualified),
    Measure("checklists_done", "L6", "share", ticked),
)
