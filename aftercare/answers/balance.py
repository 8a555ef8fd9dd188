"""The trial balance of promises: made = kept + kept late + broken + released + void + open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from aftercare.answers.states import ENDED, OPEN
from aftercare.plain.moments import day_of

if TYPE_CHECKING:
    from aftercare.answers.promises import Promise


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


class Count(NamedTuple):
    """So many promises of a kind, of a person's (or "" for nobody's) and made in a month that are in one state."""

    what: str
    person: str
    month: str
    state: str
    number: int


def counts(promises: Iterable[Promise], first: date, last: date) -> Iterator[Count]:
    """The promises made from *first* to *last*, both included, each in its state now."""
    for promise in promises:
        made = day_of(promise.draft.made_on)
        if first <= made <= last:
            yield Count(promise.what, promise.person, f"{made:%Y-%m}", promise.state, 1)


def balance(promises: Iterable[Promise], per: Per, first: date, last: date) -> list[Line]:
    """The balance of the promises made from *first* to *last*, both included, as :func:`balance_of` gives it."""
    return balance_of(counts(promises, first, last), per)


def balance_of(counted: Iterable[Count], per: Per) -> list[Line]:
    """The balance of what was counted.

    One line for each group, in the order of the groups' names, and the total behind them.
    """
    groups: dict[str, Counter[str]] = {}
    for count in counted:
        state = "open" if count.state in OPEN else count.state
        groups.setdefault(getattr(count, per), Counter())[state] += count.number
    lines = [_line(group, groups[group]) for group in sorted(groups)]
    return [*lines, _line(None, sum(groups.values(), Counter()))]


def _line(group: str | None, counts: Counter[str]) -> Line:
    kept, kept_late, broken, released, void = (counts[state] for state in ENDED)
    return Line(group, sum(counts.values()), kept, kept_late, broken, released, void, counts["open"])
