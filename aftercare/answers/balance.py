"""The trial balance of promises: made = kept + kept late + broken + released + void + open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple

from aftercare.answers.promises import ENDED, Promise
from aftercare.plain.moments import day_of


class Line(NamedTuple):
    """One line of the balance; its group is ``None`` in the total.  ``made`` is the sum of the six others."""

    group: str | None
    made: int
    kept: int
    kept_late: int
    broken: int
    released: int
    void: int
    open: int


Per = Literal["what", "person", "month"]
_GROUPS: dict[Per, Callable[[Promise], str]] = {
    "what": lambda promise: promise.what,
    "person": lambda promise: promise.person,
    "month": lambda promise: f"{day_of(promise.draft.made_on):%Y-%m}",
}


def balance(promises: Iterable[Promise], per: Per, first: date, last: date) -> list[Line]:
    """The balance of the promises made from *first* to *last*, both included, each in its state now.

    One line for each group, in the order of the groups' names, and the total behind them.
    """
    counted: dict[str, Counter[str]] = {}
    for promise in promises:
        if first <= day_of(promise.draft.made_on) <= last:
            group = counted.setdefault(_GROUPS[per](promise), Counter())
            group["open" if promise.is_open else promise.state] += 1
    lines = [_line(group, counted[group]) for group in sorted(counted)]
    return [*lines, _line(None, sum(counted.values(), Counter()))]


def _line(group: str | None, counts: Counter[str]) -> Line:
    kept, kept_late, broken, released, void = (counts[state] for state in ENDED)
    return Line(group, sum(counts.values()), kept, kept_late, broken, released, void, counts["open"])
