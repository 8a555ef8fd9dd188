"""What properties of verdicts compare: how a remedy stands, what a verdict tells, and what may open by waiting."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from aftercare.policies.conditions import After
from aftercare.policies.judging.verdict import RANK, Grant, Remedy, Verdict
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack
from aftercare.records.words import WORSE_THAN


def standing(verdict: Verdict, name: str) -> tuple[int, Remedy]:
    """How well a remedy stands, and what gives it: one that a better one hides stands as the better does."""
    found = verdict.remedy(name)
    if found.why == "better_open" and name in WORSE_THAN:
        found = verdict.remedy(WORSE_THAN[name])
    return RANK[found.state], found


def waiting(packs: Sequence[Pack]) -> set[str]:
    """The remedies that may open because a day has passed: after a window, out of one that bars, or given on such."""
    lines = [line for pack in packs for line in pack.law.lines]
    waits: set[str] = set()
    for __ in range(2):  # what builds on what waits, waits
        for line in lines:
            if line.given in waits or waits_for_a_day(line, packs):
                waits.update(line.grants, line.instead_of)
            elif line.instead_of and line.windows:
                waits.update(line.instead_of)
    return waits


def waits_for_a_day(line: Line, packs: Sequence[Pack]) -> bool:
    """Whether a later day may turn conditions of a line for the better, and not only past the end of a window."""
    windows = [window for pack in packs for window in pack.law.windows]
    changing = {one.name for one in windows if one.variants or one.when or {"fault_on", "known_on"} & set(one.names)}
    blocks = itertools.chain(line.conditions, *(block.conditions for block in line.any))
    barred = itertools.chain.from_iterable(block.windows for block in line.unless)
    return any(isinstance(one, After) for one in blocks) or any(barred) or not changing.isdisjoint(line.windows)


def told(remedy: Remedy) -> tuple[object, ...]:
    """What a remedy says, without the order of what stands in no order."""
    best = bundle(remedy.best) if remedy.best else None
    then = [bundle(grant) for grant in remedy.then]
    return remedy.state, remedy.why, remedy.since, remedy.ended, best, then, set(remedy.also), set(remedy.ask)


def bundle(grant: Grant) -> tuple[object, ...]:
    """What a grant gives: everything in it that is never taken apart."""
    return grant.line, grant.state, grant.until, grant.fee, grant.amount, grant.choice, grant.liable, grant.act
