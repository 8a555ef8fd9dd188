"""Three-valued weighing of conditions: yes, no or unknown, with what to ask for and what was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from aftercare.policies.judging.given import Place
from aftercare.policies.judging.verdict import Step, Truth
from aftercare.policies.shape import Words


# Neither is ever changed.  They are not frozen because one verdict makes hundreds, and a frozen one costs three times
# as much to make.
@dataclass(slots=True)
class Check:
    """One thing that was looked at: a fact or a window, what was wanted and what was found."""

    kind: str
    """``fact``, ``within``, ``after``, ``bar``, ``given``, ``in_force`` or ``goods``."""
    truth: Truth
    fact: str = ""
    value: str = ""
    wanted: str = ""
    origin: str = ""
    place: Place | None = None
    value_since: date | None = None
    steps: tuple[Step, ...] = ()
    end: date | None = None
    late: bool = False
    """It failed because a day is past, and for no other reason."""
    early: bool = False
    """It failed because a day has not come yet, and for no other reason."""
    title: Words | None = None
    """What the window is called, where it has a title."""


@dataclass(slots=True)
class Weighed:
    """What conditions came to."""

    truth: Truth
    missing: tuple[str, ...] = ()
    """What it hinges on; of a yes: what could make proof needless."""
    checks: tuple[Check, ...] = ()
    reasons: tuple[Check, ...] = ()
    """Where it is a no: the checks that make it one, those of the alternative that came nearest."""
    until: date | None = None
    """The last good day of the windows that hold."""
    act: str = ""
    steps: tuple[Step, ...] = ()
    to_prove: bool = False
    """It holds if the customer can prove it."""
    figure: bool = False
    """It hinges on a figure that is not known to anybody here."""
    provisional: tuple[str, ...] = ()
    """The windows whose calendar is not known, where that could change the answer."""
    settled: bool = False
    """What had to happen by the end has happened: it binds nobody any more."""


YES, NO = Weighed("yes"), Weighed("no")


def one_check(check: Check, missing: tuple[str, ...] = ()) -> Weighed:
    """What a single check comes to."""
    reasons = (check,) if check.truth == "no" else ()
    return Weighed(check.truth, missing if check.truth == "unknown" else (), (check,), reasons)


def all_of(parts: Iterable[Weighed]) -> Weighed:
    """AND: one no is a no, whatever is unknown; the end is the earliest, and first of all one that is not settled."""
    found = list(parts)
    if len(found) == 1:
        return found[0]
    truth: Truth = "yes"
    first, to_prove, figure = YES, False, False
    checks: list[Check] = []
    provisional: list[str] = []
    for one in found:
        if one.truth != "yes" and truth != "no":
            truth = one.truth
        if one.until and (first.until is None or (one.settled, one.until) < (first.settled, first.until)):
            first = one
        checks += one.checks
        to_prove = to_prove or one.to_prove
        figure = figure or (one.figure and one.truth == "unknown")
        provisional += one.provisional
    return Weighed(
        truth,
        _missing(found) if truth != "no" else (),
        tuple(checks),
        tuple(check for one in found for check in one.reasons) if truth == "no" else (),
        first.until,
        first.act,
        first.steps,
        to_prove,
        truth == "unknown" and figure,
        tuple(dict.fromkeys(provisional)) if provisional else (),
        first.settled,
    )


def any_of(parts: Iterable[Weighed]) -> Weighed:
    """OR: one yes is a yes; the end is the latest of those that hold, none at all beats any."""
    found = list(parts)
    checks = tuple(check for one in found for check in one.checks)
    holding = [one for one in found if one.truth == "yes"]
    open_ones = [one for one in found if one.truth == "unknown"]
    if holding:
        best = max(holding, key=lambda one: (not one.to_prove, one.until or date.max))
        # What holds only if proven is the least that holds: another alternative may still do without proof.
        missing = _missing([best, *open_ones]) if best.to_prove else best.missing
        return replace(best, checks=checks, missing=missing)
    if not open_ones:
        return Weighed("no", checks=checks, reasons=min((one.reasons for one in found), key=distance, default=()))
    ends = [one.until for one in open_ones if one.until]
    return Weighed(
        truth="unknown",
        missing=_missing(open_ones),
        checks=checks,
        until=max(ends, default=None),
        act=next((one.act for one in open_ones if one.act), ""),
        figure=all(one.figure for one in open_ones),
        provisional=tuple(name for one in open_ones for name in one.provisional),
    )


def none_of(parts: Iterable[Weighed]) -> Weighed:
    """NOR: what must not be."""
    found = list(parts)
    checks = tuple(_turned(check) for one in found for check in one.checks)
    if any(one.truth == "yes" for one in found):
        meeting = [one for one in found if one.truth == "yes"]
        return Weighed("no", checks=checks, reasons=tuple(_turned(check) for check in meeting[0].checks))
    open_ones = [one for one in found if one.truth == "unknown"]
    return Weighed("unknown", _missing(open_ones), checks) if open_ones else Weighed("yes", checks=checks)


def distance(reasons: Sequence[Check]) -> tuple[bool, int, int]:
    """A key: what fails by a day alone came nearer than what fails by a fact, and the latest day nearest."""
    days = [check.end.toordinal() for check in reasons if check.end]
    return not all(check.late or check.early for check in reasons), len(reasons), -max(days, default=0)


def _turned(check: Check) -> Check:
    turned: dict[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}
    return Check(
        check.kind, turned[check.truth], check.fact, check.value, f"≠ {check.wanted}", check.origin, check.place,
        title=check.title,
    )  # fmt: skip


def _missing(parts: Sequence[Weighed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in parts if one.truth != "no" for name in one.missing))
