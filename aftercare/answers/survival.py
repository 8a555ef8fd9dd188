"""How long things last until they first fail, where most of them have not failed yet: the product-limit estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import exp, log, sqrt
from typing import NamedTuple

from aftercare.plain.chance import Reach, Z, wilson


class Life(NamedTuple):
    """So many pieces that were each looked at for so many days, until they failed or were looked at no longer."""

    days: int
    failed: bool
    pieces: int = 1


class Step(NamedTuple):
    """A day on which pieces failed: how many were still looked at, how many failed, and the share without a fault.

    The share and the ends of its 95 % interval are shares of 1.
    """

    day: int
    at_risk: int
    failed: int
    surviving: float
    low: float
    high: float


class Mark(NamedTuple):
    """The share without a fault after so many days, where any was looked at so long; None where none was."""

    day: int
    at_risk: int
    """Pieces that were looked at for so many days and had not failed before that day."""
    failed: int
    """Pieces that had failed by then."""
    surviving: float | None
    low: float | None
    high: float | None


def product_limit(lives: Iterable[Life]) -> list[Step]:
    """The days on which something failed, the earliest first (E. L. Kaplan & P. Meier, Nonparametric estimation from
    incomplete observations, JASA 53, 1958).

    What was looked at until a day was at risk on it.  The interval is that of ln(-ln share) with Greenwood's variance,
    so that it keeps within 0 and 1.  Where the last one at risk failed the variance has no value: the interval then
    reaches from 0 to where it reached before, since no share can rise.
    """
    failures, ends = _by_day(lives)
    left, surviving, variance, high = ends.total(), 1.0, 0.0, 1.0
    steps: list[Step] = []
    for day in sorted(ends):
        failed = failures[day]
        if failed:
            surviving *= 1 - failed / left
            variance += failed / (left * (left - failed)) if failed < left else 0.0
            low, high = _reach(surviving, variance) if failed < left else Reach(0.0, high)
            steps.append(Step(day, left, failed, surviving, low, high))
        left -= ends[day]
    return steps


def after(lives: Sequence[Life], days: Sequence[int]) -> list[Mark]:
    """The share without a fault after each of so many *days*.

    Before anything failed it is the whole, and Wilson's interval of those still at risk says how much that is worth.
    """
    steps = product_limit(lives)
    return [_mark(lives, [step for step in steps if step.day <= day], day) for day in days]


def _mark(lives: Sequence[Life], steps: Sequence[Step], day: int) -> Mark:
    """The share after *day*, by the *steps* up to it."""
    at_risk = sum(life.pieces for life in lives if life.days >= day)
    failed = sum(step.failed for step in steps)
    if not steps:
        low, high = wilson(at_risk, at_risk) if at_risk else (None, None)
        return Mark(day, at_risk, 0, 1.0 if at_risk else None, low, high)
    last = steps[-1]
    if not at_risk and last.surviving > 0:
        return Mark(day, 0, failed, None, None, None)
    return Mark(day, at_risk, failed, last.surviving, last.low, last.high)


def _by_day(lives: Iterable[Life]) -> tuple[Counter[int], Counter[int]]:
    """The pieces that failed on each day, and all those that were looked at until then."""
    failures: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    for life in lives:
        if life.pieces:
            ends[life.days] += life.pieces
            failures[life.days] += life.pieces if life.failed else 0
    return failures, ends


def _reach(surviving: float, variance: float) -> Reach:
    spread = exp(Z * sqrt(variance) / -log(surviving))
    return Reach(surviving**spread, surviving ** (1 / spread))
