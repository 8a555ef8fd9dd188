"""Days and times of a shop: what happened when, and whether it was in time.

A moment is a day, or a day with an hour, in the shop's local time.  A bare day means the whole of it: a deadline
on a day is met by anything done that day, and a deed without an hour is in time if its day is the deadline's or before.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeAlias, TypeVar, cast

from aftercare.plain.patterns import late

Moment: TypeAlias = date | datetime
AMoment = TypeVar("AMoment", bound=date)
_DAY = len("2026-03-04")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_iso_time = late(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def parse(text: str, zone: str = "") -> Moment:
    """The moment an ISO *text* names; ValueError for any other text, and for a time that is on no day of the calendar.

    A time with an offset is turned into the shop's local time in *zone* (an IANA name; without one, or with a name that
    is none, it is refused).
    """
    if len(text) == _DAY and text[4] == text[7] == "-":  # which leaves the library only this one of its forms
        return date.fromisoformat(text)
    found = _iso_time().fullmatch(text)
    if not found:
        raise ValueError(text)
    day, clock, offset = found.groups()
    if not offset:
        return datetime.fromisoformat(f"{day}T{clock}")
    from zoneinfo import ZoneInfo  # only the rare time with an offset pays for it

    if not zone:
        raise ValueError(text)
    there = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if offset == 'Z' else offset}")
    try:
        return there.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (OverflowError, LookupError, OSError):  # it lies outside the calendar there, or there is no such zone
        raise ValueError(text) from None


def earlier(now: datetime, by: timedelta, zone: str = "") -> datetime:
    """The shop's local time so long before its *now*: whole days by the calendar, what is less as time passes.

    So an hour before 03:05 is 01:05 where clocks are put forward at two, and nothing between is passed over.  *zone*
    is an IANA name; without one it is the machine's.  Before the calendar begins, it is the first time there is.
    """
    days = shifted(now, -timedelta(days=by.days)) if by.days else now  # which of two equal hours it is, is kept
    within = by - timedelta(days=by.days)
    try:
        if not zone:
            return (days.astimezone(UTC) - within).astimezone().replace(tzinfo=None)
        from zoneinfo import ZoneInfo

        there = ZoneInfo(zone)
        return (days.replace(tzinfo=there).astimezone(UTC) - within).astimezone(there).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):  # no zone has a rule for the ends of the calendar
        return shifted(days, -within)


def iso(moment: Moment) -> str:
    """The one way a moment is written down: to the minute, to the second where it has seconds."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes" if moment.second == 0 else "seconds")
    return moment.isoformat()


def spoken(moment: Moment | str) -> str:
    """A moment, or its text in a file, as a sentence says it: ``2026-03-04 18:00``."""
    return (moment if isinstance(moment, str) else iso(moment)).replace("T", " ")


def day_of(moment: Moment) -> date:
    """The day on which it lies."""
    return moment.date() if isinstance(moment, datetime) else moment


def start_of(moment: Moment) -> datetime:
    """The first instant that the moment may mean."""
    return moment if isinstance(moment, datetime) else at_minute(moment, 0)


def end_of(moment: Moment) -> datetime:
    """The last instant that the moment may mean: for a bare day, its last second."""
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, 23, 59, 59)


def at_minute(day: date, minute: int) -> datetime:
    """A time of a day, by the minutes since its midnight."""
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60)


def is_late(done: Moment, due: Moment) -> bool:
    """Whether what was *done* came after it was *due*; with no hour on either side the days decide."""
    if isinstance(done, datetime) and isinstance(due, datetime):
        return done > due
    return day_of(done) > day_of(due)


def in_order(moment: Moment) -> tuple[datetime, bool]:
    """A key that sorts days and times together; a bare day comes before the times within it."""
    return start_of(moment), isinstance(moment, datetime)


def days_between(earlier: Moment, later: Moment) -> int:
    """Whole calendar days from one day to the other; negative when *later* is the earlier one."""
    return (day_of(later) - day_of(earlier)).days


def shifted(moment: AMoment, by: timedelta) -> AMoment:
    """The moment so much later, or earlier; past an end of the calendar, the last one there is, or the first."""
    try:
        return moment + by
    except OverflowError:
        return cast("AMoment", type(moment).max if by > timedelta() else type(moment).min)


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == _FEBRUARY and is_leap else _LENGTHS[month - 1]


def days_after(day: date, count: int) -> date:
    """The day so many days later, or earlier, as :func:`shifted`."""
    return shifted(day, timedelta(days=count))


class Span(NamedTuple):
    """A length of time as rules state it; exactly one of the parts is not zero, or all are: the same moment."""

    days: int = 0
    months: int = 0
    years: int = 0
    hours: int = 0

    def after(self, moment: Moment) -> Moment:
        """The moment this long after *moment*; counted in days or longer, the answer is a whole day.

        Past the end of the calendar, in the year 9999, it is the last day that there is.
        """
        try:
            if self.hours:
                return start_of(moment) + timedelta(hours=self.hours)
            return add_months(day_of(moment), self.months + 12 * self.years) + timedelta(days=self.days)
        except (OverflowError, ValueError):
            return date.max

    def before(self, moment: Moment) -> Moment:
        """The moment this long before *moment*, counted in the same way; the first day there is, where none is."""
        try:
            if self.hours:
                return start_of(moment) - timedelta(hours=self.hours)
            return add_months(day_of(moment), -self.months - 12 * self.years) - timedelta(days=self.days)
        except (OverflowError, ValueError):
            return date.min
