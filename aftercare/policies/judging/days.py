"""Working days of a country: where a period ends whose last day is a day off, and how working days are counted.

Civil Code of China, article 203: where the last day of a period is a statutory rest day, the day after the rest is the
last.  Weekends are such days; one worked in lieu of another day (调休) is not.  What the country orders for each year
is data, ``calendars/CN.yaml``.  An answer about a year whose order is not known has bounds.  Elsewhere the law names
the holidays of every year, and no weekend is worked for them: ``calendars/DE.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from aftercare.plain.moments import shifted
from aftercare.plain.tree import Tree
from aftercare.policies.compiled import tree_of

if TYPE_CHECKING:
    from aftercare.policies.pack import Source

_T = TypeVar("_T")
_FOLDER = Path(__file__).parent.parent / "calendars"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKEND = frozenset({5, 6})
_A_DAY = timedelta(days=1)
_A_LEAP_YEAR = 2024


class Rolled(NamedTuple):
    """A working day, to the best of what is known, and the bounds that it lies between; all equal where it is certain.

    Where a year's order is not known, ``day`` heeds weekends only.
    """

    day: date
    earliest: date
    latest: date


class Season(NamedTuple):
    """A part of every year in which holidays fall: its first and last ``MM-DD``, and the most weekdays it may free."""

    first: str
    last: str
    most: int


class Calendar:
    """The working days of one country.

    Days are plain dates, never with a time.  Every method is sure of a day outside the seasons of holidays, in any
    year, and of a day within them when that year's order is known.
    """

    def __init__(
        self,
        named: Mapping[date, bool],
        sources: Mapping[int, Source],
        seasons: Mapping[str, Season],
        *,
        weekend: frozenset[int] = _WEEKEND,
        in_lieu: bool = True,
        by_law: bool = False,
    ) -> None:
        self._named = named
        self._sources = sources
        self._seasons = seasons
        self._weekend = weekend
        self._in_lieu = in_lieu
        self._by_law = by_law

    @property
    def by_law(self) -> bool:
        """Whether one law names the holidays of every year, so that no order for a year is waited for."""
        return self._by_law

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose order is known, the earliest first."""
        return tuple(sorted(self._sources))

    def source(self, year: int) -> Source:
        """What orders the days off of a year; KeyError where that is not known."""
        return self._sources[year]

    def is_off(self, day: date) -> bool:
        """Whether the day is a day off, to the best of what is known."""
        return self._named.get(day, self._is_weekend(day))

    def _is_weekend(self, day: date) -> bool:
        return day.weekday() in self._weekend

    def roll(self, day: date) -> Rolled:
        """The day itself where it is a working day, else the next working day."""
        return self._nth(day, 1)

    def add_workdays(self, day: date, count: int) -> Rolled:
        """The working day that is number *count* after the day, which itself is not counted; ValueError below 1."""
        if count < 1:
            raise ValueError(count)
        return self._nth(shifted(day, _A_DAY), count)

    def _nth(self, first: date, count: int) -> Rolled:
        day = _reached(first, count, lambda day: not self.is_off(day))
        if set(range(first.year, day.year + 2)) <= self._sources.keys():
            return Rolled(day, day, day)
        return Rolled(
            day=day,
            earliest=_reached(first, count, lambda day: self._is_open(day) or not self.is_off(day)),
            latest=_reached(first, count, self._at_worst()),
        )

    def _is_open(self, day: date) -> bool:
        """Whether an order that is not known could still make it a day off, or a weekend day worked."""
        if day in self._named or {day.year, day.year + 1} <= self._sources.keys():
            return False
        if self._is_weekend(day) and not self._in_lieu:
            return False
        season = self._seasons.get(_month_day(day))
        if season is None:
            return False
        # The order for the year to come rules its New Year, and that may begin in December.
        return not {day.year, _season_year(day, season)} <= self._sources.keys()

    def _at_worst(self) -> Callable[[date], bool]:
        """Whether a day is worked if every order not known frees its season's days as soon, and as many, as it may."""
        left: dict[tuple[int, Season], int] = {}

        def is_worked(day: date) -> bool:
            if not self._is_open(day):
                return not self.is_off(day)
            if self._is_weekend(day):
                return False
            season = self._seasons[_month_day(day)]
            key = (_season_year(day, season), season)
            left[key] = left.get(key, season.most) - 1
            return left[key] < 0

        return is_worked


@cache
def names() -> tuple[str, ...]:
    """The calendars that ship, by name."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


@cache
def calendar(country: str) -> Calendar | None:
    """The calendar that ships for a country (``CN``); None where none does."""
    file = next((file for file in _FOLDER.glob("*.yaml") if file.stem == country), None)
    return built(tree_of(file)) if file else None


def built(rows: Mapping[str, Tree]) -> Calendar:
    """The calendar of rows as ``calendars/CN.yaml`` has them; ValueError names what makes no sense in them."""
    said = _mapping(dict(rows), needed=("seasons", "years"), others=("weekend", "in_lieu", "source"))
    weekend = _weekend(said["weekend"]) if "weekend" in said else _WEEKEND
    in_lieu = _yes(said.get("in_lieu", "yes"))
    named: dict[date, bool] = {}
    sources: dict[int, Source] = {}
    for name, tree in _mapping(said["years"]).items():
        year = _number(name)
        block = _mapping(tree, needed=("off",), others=("source", "worked"))
        sources[year] = _source(block["source"] if "source" in block else said.get("source"))
        for day in _days(block["off"]):
            _name(named, year, day, is_off=True)
        for day in _days(block.get("worked", [])):
            if not (in_lieu and day.weekday() in weekend):
                raise ValueError(day.isoformat())
            _name(named, year, day, is_off=False)
    return Calendar(
        named, sources, _seasons(said["seasons"]), weekend=weekend, in_lieu=in_lieu, by_law="source" in said
    )


def _name(named: dict[date, bool], year: int, day: date, *, is_off: bool) -> None:
    if day.year != year or day in named:
        raise ValueError(day.isoformat())
    named[day] = is_off


def _weekend(tree: Tree) -> frozenset[int]:
    names = [_typed(name, str) for name in _typed(tree, list)]
    if not names or not set(names) <= set(_WEEKDAYS):
        raise ValueError(tree)
    return frozenset(_WEEKDAYS.index(name) for name in names)


def _yes(tree: Tree) -> bool:
    if tree not in {"yes", "no"}:
        raise ValueError(tree)
    return tree == "yes"


def _seasons(rows: Tree) -> dict[str, Season]:
    """The season of each ``MM-DD`` that lies in one."""
    seasons: dict[str, Season] = {}
    for row in _typed(rows, list):
        said = _mapping(row, needed=("from", "to", "most"))
        first, last = (date.fromisoformat(f"{_A_LEAP_YEAR}-{said[end]}") for end in ("from", "to"))
        season = Season(_month_day(first), _month_day(last), _number(said["most"]))
        for day in _span(first, last):
            if _month_day(day) in seasons:
                raise ValueError(_month_day(day))
            seasons[_month_day(day)] = season
    return seasons


def _source(tree: Tree) -> Source:
    from aftercare.policies.pack import SURE, Source  # it brings yaml along

    said = _mapping(tree, needed=("what", "where", "sure"))
    source = Source(_typed(said["what"], str), _typed(said["where"], str), _typed(said["sure"], str))
    if source.sure not in SURE:
        raise ValueError(source.sure)
    return source


def _days(rows: Tree) -> Iterator[date]:
    for row in _typed(rows, list):
        first, dots, last = _typed(row, str).partition("..")
        start = date.fromisoformat(first)
        end = date.fromisoformat(last) if dots else start
        if end < start:
            raise ValueError(row)
        yield from _span(start, end)


def _span(first: date, last: date) -> Iterator[date]:
    """The days from the first to the last; a last day before the first is that of the year after."""
    end = last if first <= last else last.replace(year=last.year + 1)
    return (first + timedelta(days=after) for after in range((end - first).days + 1))


def _mapping(tree: Tree, *, needed: Sequence[str] = (), others: Sequence[str] = ()) -> dict[str, Tree]:
    """The mapping, with all keys *needed* and none but the *others* beside them; with any where none is named."""
    if not isinstance(tree, dict) or (needed and not set(needed) <= tree.keys() <= {*needed, *others}):
        raise ValueError(tree)
    return tree


def _typed(tree: Tree, kind: type[_T]) -> _T:
    if isinstance(tree, kind):
        return tree
    raise ValueError(tree)


def _number(tree: Tree) -> int:
    number = _typed(tree, str)
    if not (number.isascii() and number.isdecimal()):
        raise ValueError(number)
    return int(number)


def _month_day(day: date) -> str:
    return f"{day.month:02}-{day.day:02}"


def _season_year(day: date, season: Season) -> int:
    """The year whose holidays the season around the day has: that of its last day."""
    begins_before = season.last < season.first <= _month_day(day)
    return day.year + 1 if begins_before else day.year


def _reached(first: date, count: int, is_worked: Callable[[date], bool]) -> date:
    """Day number *count* of those that are worked, from the first on; the last there is at most."""
    days = map(date.fromordinal, range(first.toordinal(), date.max.toordinal() + 1))
    return next(islice(filter(is_worked, days), count - 1, None), date.max)
