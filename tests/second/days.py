"""Days as periods of law count them, and the days off on which some of them may not end.

The days off come from the ``holidays`` library: a source of its own, apart from the calendars that ship.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

import holidays

DAY = timedelta(days=1)
_MONTHS = {"month": 1, "year": 12}


@cache
def _calendar(place: str) -> holidays.HolidayBase:
    """The days of a place; of the European Union, which has none of its own, those on which its payments rest."""
    return holidays.financial_holidays("XECB") if place == "EU" else holidays.country_holidays(place)


def is_worked(day: date, place: str) -> bool:
    """Whether people work on a day; ``US-429`` counts Saturdays among them."""
    if place == "US-429":
        return day.weekday() != calendar.SUNDAY and day not in _calendar("US")
    return _calendar(place).is_working_day(day)


def moved(day: date, place: str) -> date:
    """The day itself, or the next one on which people work."""
    while not is_worked(day, place):
        day += DAY
    return day


def after(day: date, value: int, unit: str) -> date:
    """A period the first day of which is the next one; without a corresponding day it ends with the month."""
    if unit == "day":
        return day + value * DAY
    years, month = divmod(day.month - 1 + value * _MONTHS[unit], 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def beginning_with(day: date, value: int, unit: str) -> date:
    """A period the first day of which is the day itself: it ends the day before the corresponding one."""
    end = after(day, value, unit)
    return end if unit != "day" and end.day < day.day else end - DAY


def working_days_after(day: date, value: int, place: str) -> date:
    """The last of so many days of work, the first of which comes after the day."""
    while value:
        day += DAY
        value -= is_worked(day, place)
    return day


def last_day(day: date, value: int, unit: str, count: str, place: str) -> date:
    """The last day of a period from an event, counted as the law says (``count`` as in the file of the law)."""
    if count == "working_days":
        return working_days_after(day, value, place)
    if count == "include_event":
        return beginning_with(day, value, unit)
    if count == "from_next_day":
        return beginning_with(day + DAY, value, unit)
    return after(day, value, unit)
