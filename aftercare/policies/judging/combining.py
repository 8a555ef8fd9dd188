"""Combining: of all grants of a remedy the one best for the customer answers, and the others are its later steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from aftercare.plain.moments import day_of, shifted
from aftercare.policies.judging.verdict import RANK, Cite, Grant, Remedy, Why
from aftercare.policies.judging.weighing import Weighed
from aftercare.records.words import WORSE_THAN

Refusal: TypeAlias = tuple[tuple[str, ...], Weighed, tuple[Cite, ...]]
"""The remedies of a line that does not hold, why it does not, and where it stands."""
_UNKNOWN_FEE = Decimal("Infinity")
WHYS: tuple[Why, ...] = ("excluded", "not_yet", "expired", "not_applicable")
"""Why a remedy is closed: of several reasons the first says so."""


def combined(
    grants: Sequence[Grant],
    refused: Sequence[Refusal],
    names: Sequence[str],
    taken: Mapping[str, tuple[Cite, ...]] | None = None,
) -> dict[str, Remedy]:
    """What the grants that stand, and the lines that refuse, together say of each of the remedies named.

    *taken* are remedies that another line takes away, with where it stands: that line opens something better.
    """
    found = {name: _one(name, [grant for grant in grants if grant.remedy == name], refused) for name in names}
    for name, cite in (taken or {}).items():
        if name in found and found[name].best is None:
            found[name] = Remedy(name, "closed", None, why="better_open", cite=cite)
    for name, better in WORSE_THAN.items():
        if name in found and better in found and _is_free(found[better]) and found[name].best:
            found[better] = replace(found[better], then=_steps(found[better], found[name]))
            found[name] = Remedy(name, "closed", None, why="better_open")
    return found


def _is_free(remedy: Remedy) -> bool:
    """Whether it is open and costs nothing, so that nobody wants the one with a fee."""
    return remedy.state == "open" and remedy.best is not None and remedy.best.fee is None


def _one(name: str, grants: Sequence[Grant], refused: Sequence[Refusal]) -> Remedy:
    if not grants:
        return _closed(name, refused)
    order = sorted(_distinct(grants), key=_rank)
    best = order[0]
    ask = () if best.state == "open" else tuple(dict.fromkeys(m for g in order for m in g.missing))
    later = [g for g in order[1:] if g.state == best.state and _is_later(g, best)]
    return Remedy(
        name=name,
        state=best.state,
        best=best,
        ask=ask,
        then=tuple(sorted(later, key=_end)),
        also=tuple(dict.fromkeys(g.line for g in order[1:] if g.state == best.state and g.line != best.line)),
    )


def _distinct(grants: Sequence[Grant]) -> list[Grant]:
    """The best grant of each line: a line judged in two readings of its windows is still one line."""
    best: dict[str, Grant] = {}
    for grant in grants:
        known = best.get(grant.line)
        if known is None or _rank(grant) < _rank(known):
            best[grant.line] = grant
    return list(best.values())


def _rank(grant: Grant) -> tuple[int, Decimal, bool, int, str, tuple[Cite, ...]]:
    """A key: the best for the customer first.  State, then cost, then the customer's choice, then the latest end.

    Of equal ones the name decides, so that the order of packs and lines never does.
    """
    cost = Decimal(0) if grant.fee is None else grant.fee.amount if grant.fee.amount is not None else _UNKNOWN_FEE
    return -RANK[grant.state], cost, grant.choice != "customer", -_end(grant).toordinal(), grant.line, grant.cite


def _end(grant: Grant) -> date:
    return day_of(grant.until) if grant.until else date.max


def _is_later(grant: Grant, best: Grant) -> bool:
    return _end(grant) > _end(best)


def _steps(better: Remedy, worse: Remedy) -> tuple[Grant, ...]:
    """What is left when the better one has ended: the grants of the worse that last longer."""
    if better.best is None or worse.best is None:
        return better.then
    further = [grant for grant in (worse.best, *worse.then) if _is_later(grant, better.best)]
    return tuple(sorted((*better.then, *further), key=_end))


def _closed(name: str, refused: Sequence[Refusal]) -> Remedy:
    """Why no line grants it: what stands nearest to granting it says so."""
    named = [(weighed, cites) for remedies, weighed, cites in refused if name in remedies]
    if not named:
        return Remedy(name, "closed", None, why="not_applicable")
    why = min((why_of(weighed) for weighed, __ in named), key=WHYS.index)
    same = [(weighed, cites) for weighed, cites in named if why_of(weighed) == why]
    checks = [check for weighed, __ in same for check in weighed.reasons]
    ends = [check.end for check in checks if check.late and check.end]
    starts = [shifted(check.end, timedelta(days=1)) for check in checks if check.early and check.end]
    return Remedy(
        name=name,
        state="closed",
        best=None,
        why=why,
        since=min(starts, default=None) if why == "not_yet" else None,
        ended=max(ends, default=None) if why == "expired" else None,
        cite=tuple(dict.fromkeys(cite for __, cites in same for cite in cites)),
    )


def why_of(weighed: Weighed) -> Why:
    """Why a line that does not hold does not, in one word."""
    reasons = weighed.reasons
    if reasons and all(check.kind == "bar" for check in reasons):
        return "excluded"
    if reasons and all(check.late for check in reasons):
        return "expired"
    if reasons and all(check.early for check in reasons):
        return "not_yet"
    return "not_applicable"
