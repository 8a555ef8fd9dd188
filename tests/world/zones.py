"""Eight time zones and what their clocks show, worked out without the tool: from offsets, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONES = {
    "UTC": (),
    "Asia/Shanghai": ("1991-04-14", "1991-09-15"),
    "America/New_York": ("2026-03-08", "2026-11-01", "2028-03-12", "2028-11-05"),
    "Europe/Berlin": ("2026-03-29", "2026-10-25", "2028-03-26", "2028-10-29"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22", "2027-02-07", "2027-03-14"),
    "Pacific/Apia": ("2011-12-29", "2011-12-31", "2012-04-01", "2012-09-30"),
    "Pacific/Kiritimati": ("1994-12-30", "1995-01-01"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04", "2028-04-02", "2028-10-01"),
}
"""The days on which the clocks of each are changed, or a day is left out."""
ORDINARY = ("2026-03-10", "2028-02-29", "2026-12-31")


class Hour(NamedTuple):
    """One hour as it passes: the instant, and what the clock of a zone shows then and an hour before."""

    instant: datetime
    shown: datetime
    an_hour_before: datetime


def hours(zone: str) -> Iterator[Hour]:
    """Every hour, at five past, of the days on which the clocks of a zone change, and of ordinary ones."""
    there = ZoneInfo(zone)
    for day in (*ZONES[zone], *ORDINARY):
        noon = datetime.fromisoformat(f"{day}T12:05").replace(tzinfo=UTC)
        for hour in range(-27, 28):
            instant = noon + timedelta(hours=hour)
            shown = _shown(instant, there)
            if shown.date().isoformat() == day:
                yield Hour(instant, shown, _shown(instant - timedelta(hours=1), there))


def _shown(instant: datetime, there: ZoneInfo) -> datetime:
    """UTC plus the offset in force, and nothing else."""
    offset = instant.astimezone(there).utcoffset() or timedelta()
    return instant.replace(tzinfo=None) + offset
