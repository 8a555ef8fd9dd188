"""Repairs, of L3 (反应): how long they took, how long they waited for parts, and whether the parts were there.

``docs/score.md`` says what is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from aftercare.answers.affairs import Affairs, Use
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.period import Period
from aftercare.plain.moments import Moment, day_of, days_between, in_order, is_late
from aftercare.plain.text import fold
from aftercare.records.claim import Claim, Repair, Waiting
from aftercare.records.part import Part

_NO_PARTS = frozenset({"no_parts", "no_parts_from_producer"})


class Stay(NamedTuple):
    """One repair of a claim; ``id`` is the name by which lists know it."""

    affairs: Affairs
    claim: Claim
    id: str
    repair: Repair


Day: TypeAlias = Callable[[Repair], Moment | None]


def is_for_parts(waiting: Waiting) -> bool:
    """Whether a repair waited for parts: it says so, or it names what it waits for and says no reason."""
    return waiting.because in _NO_PARTS or (waiting.because is None and waiting.for_ is not None)


def until_repaired(facts: Facts, period: Period) -> Iterator[Case]:
    """Days from taking in to repaired."""
    return _lasting(facts, period, lambda one: one.repaired)


def until_collected(facts: Facts, period: Period) -> Iterator[Case]:
    """Days from taking in to handing back."""
    return _lasting(facts, period, lambda one: one.out)


def _lasting(facts: Facts, period: Period, end: Day) -> Iterator[Case]:
    """Repairs that came to an *end* in a period, with the days since they came in."""
    for stay in _repairs(facts):
        ended = end(stay.repair)
        if ended and period.holds(ended) and days_between(stay.repair.in_, ended) >= 0:
            yield _case(facts, stay, ended, days_between(stay.repair.in_, ended))


def waiting_for_parts(facts: Facts, period: Period) -> Iterator[Case]:
    """Days that repairs waited for parts, of those that waited and went out in a period."""
    for stay in _repairs(facts):
        out = stay.repair.out
        rows = [one for one in stay.repair.waiting if is_for_parts(one)]
        if out and rows and period.holds(out) and days_between(stay.repair.in_, out) >= 0:
            yield _case(facts, stay, out, _waited(stay.repair, rows, day_of(out)))


def _waited(repair: Repair, rows: Sequence[Waiting], out: date) -> int:
    """The days of rows within a repair, each once; an open end is the day it went out."""
    spans = sorted((day_of(one.from_), min(day_of(one.to or out), out)) for one in rows)
    days, reached = 0, day_of(repair.in_)
    for begun, ended in spans:
        days += max(0, (ended - max(begun, reached)).days)
        reached = max(reached, ended)
    return days


def parts_there(facts: Facts, period: Period) -> Iterator[Case]:
    """Parts that repairs asked for, once a claim: whether they were there."""
    named = _named(facts)
    for affairs in facts.people:
        uses: dict[str, list[Use]] = {}
        for use in affairs.uses:
            uses.setdefault(use.subject, []).append(use)
        for claim in affairs.claims:
            if any(period.holds(repair.in_) for repair in claim.repairs):
                yield from _asked(facts, affairs, claim, uses.get(claim.id, ()), named)


def _asked(
    facts: Facts, affairs: Affairs, claim: Claim, uses: Sequence[Use], named: Mapping[str, str]
) -> Iterator[Case]:
    """The parts that the repairs of one claim asked for, each with the first repair that did."""
    numbered = [Stay(affairs, claim, f"{claim.id}/{nth}", one) for nth, one in enumerate(claim.repairs, start=1)]
    stays = sorted(numbered, key=lambda stay: in_order(stay.repair.in_))
    rows = [(row.for_, stay) for stay in stays for row in stay.repair.waiting if _is_wanting(row, facts.now)]
    missed = [(_part(said, affairs.parts, named), stay) for said, stay in rows if said]
    used = [(use.part.id, _during(stays, use.row.at)) for use in uses if not is_late(use.row.at, facts.now)]
    waited, first = {part for part, __ in missed}, dict[str, Stay]()
    for part, stay in sorted([*missed, *used], key=lambda one: in_order(one[1].repair.in_)):
        first.setdefault(part, stay)
    for part, stay in first.items():
        why = "waited" if part in waited else ""
        case = _case(facts, stay, stay.repair.in_, None)
        records = (claim.id, part) if part in affairs.parts else (claim.id,)
        yield case._replace(id=f"{claim.id}/{part}", good=not why, why=why, records=records)


def _is_wanting(row: Waiting, now: Moment) -> bool:
    """Whether a row is for parts, and has begun."""
    return is_for_parts(row) and not is_late(row.from_, now)


def _during(stays: Sequence[Stay], at: Moment) -> Stay:
    """Which of the repairs, in their order, a part was used for: the last that had come in by then, else the first."""
    return next((stay for stay in reversed(stays) if not is_late(stay.repair.in_, at)), stays[0])


def _part(said: str, parts: Mapping[str, Part], named: Mapping[str, str]) -> str:
    """A part as a row names it: the id that it has now, also where its name or number was said; else the words."""
    part = parts.get(said)
    return part.id if part else named.get(_key(said), " ".join(said.split()))


def _named(facts: Facts) -> dict[str, str]:
    """The ids of the parts by their names and the makers' numbers; one that several have means none of them."""
    found: dict[str, set[str]] = {}
    for part in facts.shelf.of(Part):
        for said in filter(None, (part.name, part.number)):
            found.setdefault(_key(said), set()).add(part.id)
    return {said: next(iter(ids)) for said, ids in found.items() if len(ids) == 1}


def _key(said: str) -> str:
    return " ".join(fold(said).casefold().split())


def _repairs(facts: Facts) -> Iterator[Stay]:
    for affairs in facts.people:
        for claim in affairs.claims:
            for nth, one in enumerate(claim.repairs, start=1):
                yield Stay(affairs, claim, f"{claim.id}/{nth}", one)


def _case(facts: Facts, stay: Stay, on: Moment, days: int | None) -> Case:
    product, channel = facts.goods(stay.claim.unit)
    return Case(
        id=stay.id,
        on=on,
        amount=None if days is None else Decimal(days),
        customer=stay.affairs.customer.id,
        product=product,
        channel=channel,
        person=stay.repair.by or "",
        records=(stay.claim.id,),
    )


MEASURES = (
    Measure("turnaround_repaired", "L3", "days", until_repaired, less=True),
    Measure("turnaround_collected", "L3", "days", until_collected, less=True),
    Measure("waiting_for_parts", "L3", "days", waiting_for_parts, less=True),
    Measure("parts_fill", "L3", "share", parts_there),
)
