"""The days off of a year as the ``holidays`` library has them, and as a block of ``calendars/COUNTRY.yaml``.

Verdicts never ask it: they reckon by the files that ship.  It is for whoever adds a year to such a file, or looks ahead
at one whose order is still to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from aftercare.errors import MissingExtra, NoDaysOff
from aftercare.language import _
from aftercare.policies.judging.days import calendar
from aftercare.policies.shape import Words

if TYPE_CHECKING:
    from holidays import HolidayBase

_WHERE = "https://github.com/vacanza/holidays"
_WIDTH = 120
_LANGUAGES = {"en": "en_US", "zh": "zh_CN"}


class AlmanacYear(NamedTuple):
    """The days off of one year: each with its name, those worked in lieu, and whether an order may still change them.

    Holidays that fall on a weekend are among them; other weekend days are not.  ``ships`` says whether the calendar of
    that name has the year; ``source`` names the library.
    """

    country: str
    year: int
    off: Mapping[date, Words]
    worked: tuple[date, ...]
    provisional: bool
    ships: bool
    source: str


def almanac_year(country: str, year: int) -> AlmanacYear:
    """What the library has of a year.

    *country* is the name of a calendar (``CN``, ``EU``, ``US-429``) or a country of the library's.  MissingExtra where
    the library is not installed; NoDaysOff where it has none of the country, or of the year.
    """
    from importlib.metadata import version  # slow

    en, zh = (_library(country, year, language) for language in _LANGUAGES.values())
    off = {day: Words(name, str(zh.get(day, name))) for day, name in sorted(en.items()) if day.year == year}
    if not off:
        raise NoDaysOff(country, year)
    worked = tuple(sorted(day for day in en.weekend_workdays if day.year == year))
    own = calendar(country)
    ships = own is not None and year in own.years
    return AlmanacYear(
        country=country,
        year=year,
        off=off,
        worked=worked,
        # Days worked in lieu are known only by an order; where one law names the days of every year, none is needed.
        provisional=not (ships or worked or (own is not None and own.by_law)),
        ships=ships,
        source=f"holidays {version('holidays')}",
    )


def _library(country: str, year: int, language: str) -> HolidayBase:
    try:
        import holidays
    except ModuleNotFoundError:
        raise MissingExtra(
            _("looking up the days off of a year"), "calendar", _("or write them down from the official notice")
        ) from None
    try:
        if country == "EU":
            return holidays.financial_holidays("XECB", years=year)
        if country == "US-429":
            # A holiday itself is no business day; the day on which offices keep it instead is one.
            return holidays.country_holidays("US", years=year, observed=False, language=language)
        return holidays.country_holidays(country, years=year, language=language)
    except NotImplementedError:
        raise NoDaysOff(country, year) from None


def block(found: AlmanacYear) -> str:
    """The year as a calendar's file has it."""
    lines = [
        f"  {found.year}:",
        "    source:",
        f"      what: {found.source}",
        f"      where: {_WHERE}",
        "      sure: secondary",
        *_row("off", found.off),
        *(_row("worked", found.worked) if found.worked else ()),
    ]
    return "\n".join(lines)


def _row(key: str, days: Iterable[date]) -> list[str]:
    opening = f"    {key}: ["
    return wrap(", ".join(_spans(days)) + "]", _WIDTH, initial_indent=opening, subsequent_indent=" " * len(opening))


def _spans(days: Iterable[date]) -> Iterator[str]:
    """Days that follow one another as one span."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return (str(span[0]) if len(span) == 1 else f"{span[0]}..{span[-1]}" for span in spans)
