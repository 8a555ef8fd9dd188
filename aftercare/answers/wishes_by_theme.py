"""Wishes by theme over time: how often each theme was heard in each month, quarter or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.plain.moments import Moment, day_of
from aftercare.plain.text import fold

MOST = 12
"""Columns of the table: more months than these are counted by quarters, more quarters by years."""


class Theme(NamedTuple):
    """How often a theme was heard, in all and in each column; the name of what nobody gave a theme is empty."""

    theme: str
    total: int
    counts: tuple[int, ...]


class Themes(NamedTuple):
    """The table: its columns (``2026-03``, ``2026-Q1`` or ``2026``) and its rows, the theme heard most first."""

    columns: tuple[str, ...] = ()
    rows: tuple[Theme, ...] = ()


def by_theme(said: Sequence[tuple[str, Moment]], first: date, last: date) -> Themes:
    """The table of what was *said*, each as its theme and its time, all of it from *first* to *last*.

    Where the time asked about has no beginning or end, the first and the last wish are these.  A theme that is spelled
    in several ways is one, named as most spell it.
    """
    if not said:
        return Themes()
    days = [day_of(at) for __, at in said]
    start, end = (min(days) if first == date.min else first), (max(days) if last == date.max else last)
    name = next((one for one in (_month, _quarter) if len(_columns(one, start, end)) <= MOST), _year)
    columns = _columns(name, start, end)
    counted: dict[str, Counter[str]] = {}
    spelled: dict[str, Counter[str]] = {}
    for theme, at in said:
        counted.setdefault(_folded(theme), Counter())[name(day_of(at))] += 1
        spelled.setdefault(_folded(theme), Counter())[theme.strip()] += 1
    rows = (
        Theme(_most(spelled[one]), counts.total(), tuple(counts[column] for column in columns))
        for one, counts in counted.items()
    )
    return Themes(columns, tuple(sorted(rows, key=lambda row: (-row.total, not row.theme, row.theme))))


def _columns(name: Callable[[date], str], start: date, end: date) -> tuple[str, ...]:
    months = (date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13))
    within = (day for day in months if (start.year, start.month) <= (day.year, day.month) <= (end.year, end.month))
    return tuple(dict.fromkeys(name(day) for day in within))


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _quarter(day: date) -> str:
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def _year(day: date) -> str:
    return f"{day.year:04}"


def _folded(theme: str) -> str:
    return fold(theme).casefold()


def _most(spelled: Counter[str]) -> str:
    return min(spelled, key=lambda name: (-spelled[name], name))
