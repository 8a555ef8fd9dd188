"""A calendar (RFC 5545) of entries: what is to be done as events or as to-dos, and nothing but what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from aftercare.plain.moments import Moment, day_of, shifted, start_of
from aftercare.plain.text import printable
from aftercare.render import content_lines
from aftercare.render.time_zones import zone_lines

MAKER = "-//aftercare//aftercare//EN"
MORNING = timedelta(hours=9)
"""When what has no hour is called to mind, on its day."""


class Entry(NamedTuple):
    """One entry.  ``begins`` and ``ends`` are both days, the last one included, or both times; either may be absent.

    ``state`` is "off" for what will not be, "done" for what was done ``at`` a moment.  ``sequence`` counts how often
    its time was changed.
    """

    uid: str
    summary: str
    begins: Moment | None
    ends: Moment | None
    description: Sequence[str] = ()
    location: str = ""
    category: str = ""
    state: Literal["open", "done", "off"] = "open"
    at: Moment | None = None
    sequence: int = 0
    is_urgent: bool = False
    is_todo: bool = False


class Sheet(NamedTuple):
    """What holds for a whole calendar: its name, the shop's time zone ("" where none is known), the day on which it was
    made, and how long before its time an entry calls itself to mind (None: not at all).
    """

    name: str
    zone: str
    made_on: date
    alarm: timedelta | None


def calendar(entries: Sequence[Entry], sheet: Sheet) -> bytes:
    """The file; the same entries made on the same day give the same bytes."""
    return content_lines.written(_lines(entries, sheet))


def _lines(entries: Sequence[Entry], sheet: Sheet) -> Iterator[str]:
    name = content_lines.text(printable(sheet.name))
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN")
    yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}") if name else ()
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")
    times = [at.date() for one in entries for at in (one.begins, one.ends) if isinstance(at, datetime)]
    if sheet.zone:
        yield f"X-WR-TIMEZONE:{content_lines.text(sheet.zone)}"
    if sheet.zone and times:
        yield from zone_lines(sheet.zone, times)
    for entry in entries:
        yield from _todo(entry, sheet) if entry.is_todo else _event(entry, sheet)
    yield "END:VCALENDAR"


def _event(entry: Entry, sheet: Sheet) -> Iterator[str]:
    begins = entry.begins or entry.ends or sheet.made_on
    ends = entry.ends or begins
    yield "BEGIN:VEVENT"
    yield from _said(entry, sheet)
    if isinstance(begins, datetime):
        yield _time("DTSTART", begins, sheet.zone)
        if ends > begins:
            yield _time("DTEND", ends, sheet.zone)
    else:
        yield _time("DTSTART", begins, "")
        after = shifted(day_of(ends), timedelta(days=1))  # RFC 5545 names the first day that is not one of them
        if after > begins:
            yield _time("DTEND", after, "")
        yield "TRANSP:TRANSPARENT"
    yield f"STATUS:{'CANCELLED' if entry.state == 'off' else 'CONFIRMED'}"
    yield from _alarm(entry, sheet, begins, "")
    yield "END:VEVENT"


def _todo(entry: Entry, sheet: Sheet) -> Iterator[str]:
    yield "BEGIN:VTODO"
    yield from _said(entry, sheet)
    begins, due = entry.begins, entry.ends
    if begins and due and start_of(begins) < start_of(due):
        yield _time("DTSTART", begins, sheet.zone)
    if due:
        yield _time("DUE", due, sheet.zone)
    if entry.state == "done":
        yield "STATUS:COMPLETED"
        yield f"COMPLETED:{_utc(start_of(entry.at or sheet.made_on), sheet.zone)}"
        yield "PERCENT-COMPLETE:100"
    else:
        yield f"STATUS:{'CANCELLED' if entry.state == 'off' else 'NEEDS-ACTION'}"
    if due:
        yield from _alarm(entry, sheet, due, ";RELATED=END")
    yield "END:VTODO"


def _said(entry: Entry, sheet: Sheet) -> Iterator[str]:
    """What events and to-dos say alike."""
    yield f"UID:{content_lines.text(entry.uid)}"
    yield f"DTSTAMP:{_utc(start_of(sheet.made_on), sheet.zone)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"SUMMARY:{content_lines.text(printable(entry.summary))}"
    if entry.description:
        yield f"DESCRIPTION:{content_lines.text(chr(10).join(map(printable, entry.description)))}"
    if entry.location:
        yield f"LOCATION:{content_lines.text(printable(entry.location))}"
    if entry.category:
        yield f"CATEGORIES:{content_lines.text(printable(entry.category))}"
    if entry.is_urgent:
        yield "PRIORITY:1"


def _alarm(entry: Entry, sheet: Sheet, at: Moment, related: str) -> Iterator[str]:
    """What calls an open entry to mind: so long before its time, or on the morning of its day."""
    if sheet.alarm is None or entry.state != "open":
        return
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY")
    yield f"TRIGGER{related}:{_duration(-sheet.alarm if isinstance(at, datetime) else MORNING)}"
    yield f"DESCRIPTION:{content_lines.text(printable(entry.summary))}"
    yield "END:VALARM"


def _duration(span: timedelta) -> str:
    """A length of time, before or after, in hours and minutes."""
    hours, minutes = divmod(int(abs(span).total_seconds()) // 60, 60)
    length = f"{hours}H{minutes}M" if hours and minutes else f"{hours}H" if hours else f"{minutes}M"
    return f"{'-' if span < timedelta() else ''}PT{length}"


def _time(name: str, moment: Moment, zone: str) -> str:
    """A property that is a day, a time in the shop's zone, or a time wherever one is."""
    if not isinstance(moment, datetime):
        return f"{name};VALUE=DATE:{moment.isoformat().replace('-', '')}"
    local = moment.isoformat(timespec="seconds").replace("-", "").replace(":", "")
    return f"{name};TZID={zone}:{local}" if zone else f"{name}:{local}"


def _utc(moment: datetime, zone: str) -> str:
    """A time of the shop as UTC; where no zone is known, as if it were."""
    there = moment.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
    try:
        there = there.astimezone(UTC)
    except OverflowError:  # no zone has a rule for the ends of the calendar
        there = there.replace(tzinfo=UTC)
    return there.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "") + "Z"
