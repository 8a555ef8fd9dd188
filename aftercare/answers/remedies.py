"""What a customer may have for a unit on a day, from the records and the law in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from aftercare.answers.affairs import Affairs, affairs_of, owner_of
from aftercare.answers.decided import MONEY_BACK, standing
from aftercare.answers.rules import Rules
from aftercare.answers.situations import situation_of
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, day_of, is_late
from aftercare.plain.tree import Path, Tree
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.tracing import Trace
from aftercare.policies.judging.verdict import Remedy, Traced, Verdict
from aftercare.policies.shape import Words
from aftercare.records.claim import Claim


def verdict(
    affairs: Affairs,
    unit: str,
    rules: Rules,
    on: Moment,
    *,
    claim: Claim | None = None,
    said: Mapping[str, Tree] | None = None,
    asked: str = "",
) -> Verdict:
    """The verdict on a unit on a day; of a claim where one is given, else as if a fault were there.

    *said* are facts besides the records, as text; ``Misstated`` where one is none.  NoSuchRecord for an unknown unit.
    """
    case = situation_of(affairs, unit, rules, on, claim=claim, said=said)
    wanted = asked or (claim.asked if claim and claim.asked else "")
    found = decide(rules.packs, case, wanted)
    why = ended(affairs, unit, on, claim)
    return _closed(found, why) if why else found


def open_claims(shelf: Shelf) -> Iterator[tuple[Claim, Affairs]]:
    """The claims that are not done with, each with the records of its customer, in the order of their ids."""
    found = sorted((claim for claim in shelf.of(Claim) if claim.closed is None), key=lambda claim: claim.id)
    owners = [owner_of(shelf, claim.unit) or "" for claim in found]
    every = affairs_of(shelf.around(sorted({*owners} - {""})))
    for claim, owner in zip(found, owners, strict=True):
        affairs = every.get(owner)
        if affairs and claim.unit in {unit for unit, *__ in affairs.units()}:
            yield claim, affairs


def ended(affairs: Affairs, unit: str, on: Moment, claim: Claim | None = None) -> Words | None:
    """What left nothing to claim for a unit by that day; None where something may be."""
    return next(_ended(affairs, unit, on, claim), None)


def _ended(affairs: Affairs, unit: str, on: Moment, claim: Claim | None) -> Iterator[Words]:
    """What left nothing to claim by that day: the sale was called off, the price paid back, this fault made good."""
    for sold, sale, __ in affairs.units():
        if sold == unit and sale.cancelled and not is_late(sale.cancelled.on, on):
            yield _on(sale.cancelled.on, "the sale was called off on {day}", "{day} 销售已取消")
    for other in affairs.claims:
        decision = standing(other)
        paid = other.refunded if decision and decision.remedy in MONEY_BACK else None
        if other.unit == unit and paid and not is_late(paid.on, on):
            yield _on(paid.on, "the price was paid back on {day}", "{day} 已退款")
    found_on = claim.fault.found_on if claim and claim.fault else None
    if claim and claim.replaced and not is_late(claim.replaced.on, on) and _was_there(found_on, claim.replaced.on):
        yield _on(claim.replaced.on, "another one was handed over for this fault on {day}", "{day} 已为此故障换货")


def _was_there(fault: Moment | None, exchange: Moment) -> bool:
    """Whether the fault is that of the thing that was handed back, and not one of the new one."""
    return fault is not None and not is_late(fault, exchange)


def _on(moment: Moment, *sentence: str) -> Words:
    return Words(*(one.format(day=day_of(moment).isoformat()) for one in sentence))


def _closed(found: Verdict, ended: Words) -> Verdict:
    """The verdict where nothing is left to claim, and why."""
    remedies = {name: Remedy(name, "closed", None, why="not_applicable") for name in found.remedies}
    return replace(
        found, remedies=remedies, ask=(), assumed={}, provisional=(), review=(), burden_of_proof=None, ended=ended
    )


def located(found: Verdict, line: Callable[[str, Path], int]) -> Verdict:
    """The verdict with the line of the file for each fact of its trace that stands in a record."""
    rows = found.trace
    return replace(found, trace=Trace(lambda: (with_line(one, line) for one in rows)))


def with_line(one: Traced, line: Callable[[str, Path], int]) -> Traced:
    """The check with the line of the file for its fact, where that stands in a record."""
    return one._replace(record_line=line(one.record, one.path)) if one.record and one.path else one
