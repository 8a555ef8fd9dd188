"""A time zone in a calendar: who knows it by nothing else finds the same instants as the zone's own table has."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil import tz

from aftercare.render import content_lines
from aftercare.render.icalendar import Entry, Sheet, calendar
from aftercare.render.time_zones import zone_lines

CHANGES = {
    "America/New_York": ((2026, 3, 8, 2), (2026, 11, 1, 2)),
    "Europe/Berlin": ((2026, 3, 29, 2), (2026, 10, 25, 3)),
    "Europe/Dublin": ((2026, 3, 29, 1), (2026, 10, 25, 2)),
    "Australia/Lord_Howe": ((2026, 4, 5, 2), (2026, 10, 4, 2)),
    "America/Sao_Paulo": ((2018, 11, 4, 0), (2019, 2, 17, 0)),
    "Africa/Casablanca": ((2026, 2, 15, 3), (2026, 3, 22, 2)),
    "Asia/Shanghai": ((1988, 4, 17, 2), (2026, 1, 1, 0)),
    "Asia/Kathmandu": ((2026, 1, 1, 0),),
    "Pacific/Apia": ((2011, 12, 30, 0),),
}
"""Zones, and local times at which their clocks change, or might."""
AROUND = [timedelta(minutes=minutes) for minutes in (-1441, -60, -31, -1, 0, 1, 29, 31, 60, 61, 121, 1441)]
"""Near a change on purpose, within the hour that there is twice or not at all too."""


def _times(zone: str) -> list[datetime]:
    return [datetime(*change) + by for change in CHANGES[zone] for by in AROUND]


def _is_told_once(at: datetime, zone: ZoneInfo) -> bool:
    """Whether a local time is one instant, and not in the hour that there is twice or not at all."""
    return at.replace(tzinfo=zone).utcoffset() == at.replace(tzinfo=zone, fold=1).utcoffset()


@pytest.mark.parametrize("zone", CHANGES)
def test_the_component_alone_tells_every_instant(zone: str) -> None:
    """Under a name that no table knows, a reader has only our changes of the clock to go by, and finds the same."""
    times = _times(zone)
    lines = content_lines.written(zone_lines(zone, [at.date() for at in times])).decode()
    there = tz.tzical(io.StringIO(lines.replace(zone, "Nowhere/Known"))).get()
    for at in times:
        if _is_told_once(at, ZoneInfo(zone)):
            ours = at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            assert at.replace(tzinfo=there).astimezone(UTC) == ours, at


@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize("before", ["", "Nowhere/"])
def test_times_are_read_back_as_they_are(zone: str, before: str) -> None:
    """A reader takes each time as the same instant, by the zone's name and, under another one, by its component."""
    times = [at for at in _times(zone) if _is_told_once(at, ZoneInfo(zone))]
    entries = [Entry(f"{n}@x", "x", at, at + timedelta(days=1)) for n, at in enumerate(times)]
    data = calendar(entries, Sheet("", zone, date(2026, 1, 1), None)).decode()
    read: Any = icalendar.Calendar.from_ical(data.replace(zone, f"{before}{zone}"))
    found = [event["DTSTART"].dt.astimezone(UTC) for event in read.walk("VEVENT")]
    assert found == [at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for at in times]


def test_years_that_lie_apart_are_each_told() -> None:
    """An entry of long ago and one far ahead have the clocks of their own years, and the years between none."""
    days = [date(1988, 7, 1), date(2026, 7, 1)]
    lines = list(zone_lines("Asia/Shanghai", days))
    assert "DTSTART:19880417T020000" in lines
    assert sum(line.startswith("DTSTART") for line in lines) < 12
