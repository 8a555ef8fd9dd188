"""Birthdays of the lunar calendar, and of the solar one, as days on which to greet.

A lunar year begins between 21 January and 20 February of the solar year whose number it bears, so a birthday late in
it (腊月) may fall in January or February of the solar year after.  The lunar year is what names an occurrence.

Reckoned by ``lunar_python`` for lunar years 1930 to 2099, which agrees with the almanacs but for the ninth month of
2057, whose new moon is so near midnight that it may begin a day off.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from aftercare.plain.text import fold, number

FIRST_YEAR, LAST_YEAR = 1930, 2099
_MONTH = "[正冬腊一二三四五六七八九十]|十[一二]|1?[0-9]"
_DAY = "初[一二三四五六七八九十]|廿[一二三四五六七八九]|[二三]?十[一二三四五六七八九]?|[123]?[0-9]日?"
_TEXT = re.compile(f"(?:农历)?(闰?)({_MONTH})月({_DAY})")
_MONTH_NAMES = {"正": 1, "冬": 11, "腊": 12}
_JULIAN_DAY_OF_ORDINAL_0 = 1721425


class LunarDay(NamedTuple):
    """A day of the lunar year: month 1 to 12, in the leap month of that number if *leap*, day 1 to 30."""

    month: int
    day: int
    leap: bool = False


def parse(text: str) -> LunarDay:
    """The day that 八月十五, 闰六月三十, 农历正月初一, 腊月廿三 or 8月15日 names; ValueError for any other text."""
    found = _TEXT.fullmatch(fold(text))
    if not found:
        raise ValueError(text)
    leap, month, day = found.groups()
    named = LunarDay(_MONTH_NAMES.get(month) or number(month), _day_number(day), bool(leap))
    if not (1 <= named.month <= 12 and 1 <= named.day <= 30):
        raise ValueError(text)
    return named


def _day_number(text: str) -> int:
    day = number(text.lstrip("初廿").rstrip("日"))
    return 20 + day if text.startswith("廿") else day


def written(day: LunarDay) -> str:
    """A lunar day as the almanac writes it: 八月十五, 正月初一, 腊月廿三, 闰六月三十."""
    month = "正二三四五六七八九十冬腊"[day.month - 1]
    ten, one = divmod(day.day, 10)
    units = "十一二三四五六七八九"
    if day.day <= 10:
        name = f"初{units[one]}"
    elif one == 0:
        name = f"{'二三'[ten - 2]}十"
    else:
        name = f"{'十廿'[ten - 1]}{units[one]}"
    return f"{'闰' if day.leap else ''}{month}月{name}"


def exact(day: LunarDay, year: int) -> date:
    """The solar date of the *day* in lunar *year*; ValueError when that year has no such day."""
    month = _months(year).get((day.month, day.leap))
    if month is None or not 1 <= day.day <= month.days:
        raise ValueError(day)
    return month.first + timedelta(days=day.day - 1)


def solar(day: LunarDay, year: int) -> date:
    """The solar date on which the *day* is kept in lunar *year*.

    Without that leap month it is kept in the common month of the same number; the 30th of a month of 29 days on the
    29th.  ValueError outside the years we can reckon.
    """
    months = _months(year)
    month = months.get((day.month, day.leap)) or months[day.month, False]
    return month.first + timedelta(days=min(day.day, month.days) - 1)


def occurrences(day: LunarDay, first: date, last: date) -> list[tuple[int, date]]:
    """When the *day* is kept from *first* to *last*, both included: (lunar year, solar date), in order.

    Days outside lunar years 1930 to 2099 are not known and left out.
    """
    years = range(max(first.year - 1, FIRST_YEAR), min(last.year, LAST_YEAR) + 1)
    kept = ((year, solar(day, year)) for year in years)
    return [(year, when) for year, when in kept if first <= when <= last]


def solar_birthdays(month: int, day: int, first: date, last: date) -> list[tuple[int, date]]:
    """When a solar birthday is kept from *first* to *last*, both included: (year, date), in order.

    29 February is kept on the 28th in common years.  ValueError for a day that no year has.
    """
    date(2000, month, day)  # a leap year: refuses 30 February, takes the 29th
    kept = ((year, _in_year(year, month, day)) for year in range(first.year, last.year + 1))
    return [(year, when) for year, when in kept if first <= when <= last]


def _in_year(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


class _Month(NamedTuple):
    first: date
    days: int


@cache
def _months(year: int) -> Mapping[tuple[int, bool], _Month]:
    """The months of a lunar year by (number, whether it is the leap one)."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    from lunar_python import LunarYear

    return {
        (abs(month.getMonth()), month.getMonth() < 0): _Month(
            date.fromordinal(int(month.getFirstJulianDay()) - _JULIAN_DAY_OF_ORDINAL_0), month.getDayCount()
        )
        for month in LunarYear.fromYear(year).getMonthsInYear()
    }
