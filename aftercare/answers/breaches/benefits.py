"""Benefits that fell short: refused although the customer had a right to them, or charged beyond what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftercare.answers.benefits import Use, uses
from aftercare.answers.breaches.finding import Scope, Seen
from aftercare.language import _
from aftercare.plain import money
from aftercare.plain.moments import day_of
from aftercare.plain.tree import Path
from aftercare.policies.benefits import Benefit
from aftercare.policies.categories import ROOT
from aftercare.records.visit import Visit


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in how benefits were given to one customer."""
    for use in uses(scope.affairs, scope.rules):
        if use.why is None and use.benefit:
            yield from _refused(scope, use, use.benefit)
            yield from _charged(scope, use, use.benefit)


def _refused(scope: Scope, use: Use, benefit: Benefit) -> Iterator[Seen]:
    """Asked for with a right to it, and refused all the same."""
    if use.wanted and use.wanted.refused:
        what = _("{benefit} was refused although it was open: {reason}")
        said = what.format(benefit=benefit.line, reason=use.wanted.refused)
        yield _of(scope, use, "benefit-refused", use.visit, (*use.path, "refused"), said)


def _charged(scope: Scope, use: Use, benefit: Benefit) -> Iterator[Seen]:
    """Charged beyond what the shop published; an amount in another currency is not compared."""
    paid = use.entry.charged if use.entry else None
    if use.entry is None or use.given_in is None or paid is None or paid.currency:
        return
    cost = benefit.cost(day_of(use.at)) or 0
    if paid.value > cost:
        what = (
            _("charged {amount} for {benefit}, which costs {cost}")
            if cost
            else _("charged {amount} for {benefit}, which is free")
        )
        said = what.format(amount=money.plain(paid), benefit=benefit.line, cost=cost)
        place = next(n for n, one in enumerate(use.given_in.gave) if one is use.entry)
        yield _of(scope, use, "benefit-charged", use.given_in, ("gave", place, "charged"), said)


def _of(scope: Scope, use: Use, code: str, visit: Visit, path: Path, what: str) -> Seen:
    units: Sequence[str] = use.units
    return Seen(
        code=code,
        subject=visit.id,
        on=day_of(visit.at),
        record=visit.id,
        path=path,
        what=what,
        categories=tuple(dict.fromkeys(scope.category_of(unit) for unit in units)) or (ROOT,),
        person=visit.by or "",
        nth=int(path[1]) + 1,
        bound=True,
    )
