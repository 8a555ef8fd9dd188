"""What changes in the rules: packs that come into force or end, and figures that hold from a day still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias

from aftercare.plain.moments import shifted
from aftercare.policies.benefits import Benefit
from aftercare.policies.pack import Pack
from aftercare.policies.plans import Plan
from aftercare.policies.shape import Words
from aftercare.policies.standards import Duty, Entitlement, Standards
from aftercare.policies.windows import Window

LATELY = timedelta(days=365)
"""A pack that ended within this time is still told of."""
Happening: TypeAlias = Literal["begins", "ends", "ended", "figure"]
Dated: TypeAlias = tuple[date, Any]
"""A day, and the figure that holds from it on; None: none any more."""


class Change(NamedTuple):
    """One thing that changes on a day."""

    on: date
    """The first day of a pack or a figure; the last day of a pack that ends."""
    what: Happening
    kind: str
    """``pack``, ``window``, ``plan``, ``duty``, ``entitlement`` or ``benefit``."""
    pack: str
    name: str
    """The pack, or the line or window within it."""
    title: Words | None
    before: Any = None
    """The figure until then, as the pack's model holds it."""
    after: Any = None


def upcoming(packs: Iterable[Pack], today: date, within: timedelta | None = None) -> list[Change]:
    """What changes after today, the nearest first, and before it the packs that ended lately.

    *within* is how far to look, ahead and back; None: however far ahead, and back as far as ``LATELY``.  A pack whose
    last day is today still ends.
    """
    back = shifted(today, -(LATELY if within is None else within))
    ahead = None if within is None else shifted(today, within)
    found = dict.fromkeys(change for pack in packs for change in _of_pack(pack, today))
    wanted = (one for one in found if back <= one.on and (ahead is None or one.on <= ahead))
    return sorted(wanted, key=lambda one: (one.on, one.pack, one.name))


def _of_pack(pack: Pack, today: date) -> Iterator[Change]:
    if pack.since and pack.since > today:
        yield Change(pack.since, "begins", "pack", pack.id, pack.id, pack.title)
    if pack.until:
        yield Change(pack.until, "ends" if pack.until >= today else "ended", "pack", pack.id, pack.id, pack.title)
    for kind, name, title, dated in _figures(pack):
        for before, (since, figure) in zip((None, *dated), dated, strict=False):
            # What a pack begins with comes with the pack.
            if since > today and not (pack.since and since <= pack.since):
                yield Change(since, "figure", kind, pack.id, name, title, before[1] if before else None, figure)


def _figures(pack: Pack) -> Iterator[tuple[str, str, Words | None, Sequence[Dated]]]:
    """Everything of a pack that has dated figures: its kind, its name, its title, the figures from the oldest on."""
    for window in pack.law.windows if pack.has_law else ():
        if window.pack == pack.id:  # what a pack takes over from another is told of there
            for values in _values(window):
                yield "window", window.name, window.title, values
    for plan in pack.plans:
        for figures in _plan(plan):
            yield "plan", plan.line, plan.title, figures
    yield from _of_standards(pack.standards)


def _of_standards(standards: Standards) -> Iterator[tuple[str, str, Words | None, Sequence[Dated]]]:
    """The same of the duties, the entitlements and the benefits."""
    for duty in standards.duties:
        yield "duty", duty.line, duty.title, _duty(duty)
    for entitlement in standards.entitlements:
        for figures in _least(entitlement):
            yield "entitlement", entitlement.line, entitlement.title, figures
    for benefit in standards.benefits:
        for figures in _benefit(benefit):
            yield "benefit", benefit.line, benefit.title, figures


def _values(window: Window) -> Iterator[Sequence[Dated]]:
    for values in (window.values, *(variant.changes.get("values", ()) for variant in window.variants)):
        yield [(dated.since, dated.length) for dated in values]


def _plan(plan: Plan) -> Iterator[Sequence[Dated]]:
    """When it is due, or due first, and how often it comes back where that is another figure."""
    due = [(dated.since, dated.spans or None) for dated in plan.due]
    yield due
    every = [(often.since, (often.span,) if often.span else None) for often in plan.recurs.every] if plan.recurs else []
    if every and every != due:
        yield every


def _duty(duty: Duty) -> Sequence[Dated]:
    return [(dated.since, dated.span) for dated in duty.within]


def _benefit(benefit: Benefit) -> Iterator[Sequence[Dated]]:
    """How often it may be had, how soon it is done, what it costs."""
    yield [(dated.since, dated.limit) for dated in benefit.limits]
    yield [(dated.since, dated.span) for dated in benefit.within]
    yield [(dated.since, dated.figure) for dated in benefit.costs]


def _least(entitlement: Entitlement) -> Iterator[Sequence[Dated]]:
    for condition in entitlement.any:
        yield [(dated.since, dated.figure) for dated in condition.least]
