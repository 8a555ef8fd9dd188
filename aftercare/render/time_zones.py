"""A time zone as a calendar says it (VTIMEZONE): every change of the clock in the years that are needed.

Readers know most zones by their name; who does not, has here what the zone's own table says, change by change, and no
rule that the years to come might not keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from aftercare.render import content_lines

_FIRST, _LAST = 1900, 2200
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class _Onset(NamedTuple):
    """A change of the clock: the instant, and how far it was and is from UTC."""

    at: datetime
    before: timedelta
    after: timedelta


def zone_lines(name: str, days: Iterable[date]) -> Iterator[str]:
    """The component for the zone of an IANA *name*, right on all these days."""
    zone = ZoneInfo(name)
    years = sorted({min(max(day.year, _FIRST), _LAST) for day in days})
    yield from ("BEGIN:VTIMEZONE", f"TZID:{content_lines.text(name)}")
    for onset in _onsets(zone, years):
        there = onset.at.astimezone(zone)
        kind = "DAYLIGHT" if there.dst() else "STANDARD"
        yield f"BEGIN:{kind}"
        yield f"DTSTART:{(onset.at + onset.before).strftime('%Y%m%dT%H%M%S')}"
        yield f"TZOFFSETFROM:{_offset(onset.before)}"
        yield f"TZOFFSETTO:{_offset(onset.after)}"
        yield f"TZNAME:{content_lines.text(there.tzname() or name)}"
        yield f"END:{kind}"
    yield "END:VTIMEZONE"


def _onsets(zone: ZoneInfo, years: list[int]) -> Iterator[_Onset]:
    """What holds when the first of the years before begins, and each change after it, for each run of years."""
    wanted = sorted({one for year in years for one in (year - 1, year, year + 1)})
    for year in wanted:
        begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        if year - 1 not in wanted:
            offset = _utc_offset(zone, begins)
            yield _Onset(begins, offset, offset)
        while begins < ends:
            before, after = _utc_offset(zone, begins), _utc_offset(zone, begins + _DAY)
            if before != after:
                yield _Onset(_change(zone, begins), before, after)
            begins += _DAY


def _change(zone: ZoneInfo, day: datetime) -> datetime:
    """The first instant within a day at which the clock is another than at its beginning, to the second."""
    before, low, high = _utc_offset(zone, day), 0, int(_DAY / _SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if _utc_offset(zone, day + middle * _SECOND) == before:
            low = middle
        else:
            high = middle
    return day + high * _SECOND


def _utc_offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _offset(span: timedelta) -> str:
    sign, seconds = ("-", -span) if span < timedelta() else ("+", span)
    minutes, rest = divmod(int(seconds / _SECOND), 60)
    return f"{sign}{minutes // 60:02}{minutes % 60:02}{f'{rest:02}' if rest else ''}"
