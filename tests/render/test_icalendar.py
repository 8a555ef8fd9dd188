"""A calendar, read back by programs of others: what is due, when, how long, and what reminds of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.moments import Moment
from aftercare.plain.text import printable
from aftercare.render.diary import time_of
from aftercare.render.icalendar import Entry, Sheet, calendar
from tests.attacks.payloads import OBEYED, TAKEN

SHEET = Sheet("阳光家电", "Asia/Shanghai", date(2026, 3, 10), timedelta(hours=1))
TEXTS = st.one_of(st.text(max_size=60), st.sampled_from([*OBEYED.values(), *TAKEN.values()]))


def _read(*entries: Entry, sheet: Sheet = SHEET) -> list[Any]:
    found: Any = icalendar.Calendar.from_ical(calendar(entries, sheet))
    return [one for one in found.subcomponents if one.name != "VTIMEZONE"]


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_no_word_adds_a_line(summary: str, description: str, location: str, as_todo: bool) -> None:
    """Whatever a record says, there is one entry with the properties of one, and its words are read back."""
    entry = Entry("PM26-0001@x", summary, date(2026, 3, 10), date(2026, 3, 11), (description, "二"), location)
    data = calendar([entry._replace(is_todo=as_todo)], SHEET)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    names = [line.partition(":")[0].partition(";")[0] for line in data.decode().replace("\r\n ", "").split("\r\n")]
    plain = calendar([entry._replace(summary="x", description=("x",), location="x", is_todo=as_todo)], SHEET)
    wanted = [line.partition(":")[0].partition(";")[0] for line in plain.decode().split("\r\n")]
    assert names == wanted if location else set(names) == set(wanted) - {"LOCATION"}
    (read,) = _read(entry._replace(is_todo=as_todo))
    assert str(read["SUMMARY"]) == printable(summary)
    assert str(read["DESCRIPTION"]) == f"{printable(description)}\n二"
    assert str(read.get("LOCATION", "")) == printable(location)


FRI, SUN = date(2026, 3, 6), date(2026, 3, 8)
NINE, SIX = datetime(2026, 3, 6, 9), datetime(2026, 3, 6, 18)


@pytest.mark.parametrize(
    ("from_", "by", "begins", "ends"),
    [
        (None, FRI, FRI, FRI + timedelta(days=1)),
        (FRI, SUN, FRI, SUN + timedelta(days=1)),
        (NINE, SIX, NINE, SIX),
        (None, SIX, SIX, None),
        (FRI, SIX, SIX, None),
        (FRI, datetime(2026, 3, 8, 18), datetime(2026, 3, 6), datetime(2026, 3, 8, 18)),
        (NINE, FRI, NINE, datetime(2026, 3, 7)),
        (SUN, FRI, FRI, FRI + timedelta(days=1)),
    ],
)
def test_windows(from_: Moment | None, by: Moment, begins: Moment, ends: Moment | None) -> None:
    """A window of days lasts to the end of its last one; one of hours to the hour; a deadline stands at its hour."""
    (read,) = _read(Entry("x", "x", *time_of(from_, by)))
    found = [read[name].dt if name in read else None for name in ("DTSTART", "DTEND")]
    assert [one.replace(tzinfo=None) if isinstance(one, datetime) else one for one in found] == [begins, ends]
    assert isinstance(read["DTSTART"].dt, datetime) == isinstance(begins, datetime)


def test_to_dos() -> None:
    """A to-do has the time by which it is due; done and called off are said, and when."""
    done = Entry("b", "b", FRI, FRI, state="done", at=datetime(2026, 3, 6, 8), is_todo=True, sequence=1)
    first, second, third, fourth = _read(
        Entry("a", "a", NINE, SIX, is_todo=True, is_urgent=True),
        done,
        done._replace(state="off"),
        Entry("c", "c", None, None, is_todo=True),
    )
    assert (first["DUE"].dt.hour, first["STATUS"], first["PRIORITY"]) == (18, "NEEDS-ACTION", 1)
    assert (second["STATUS"], second["COMPLETED"].dt) == ("COMPLETED", datetime(2026, 3, 6, 0, tzinfo=UTC))
    assert (second["SEQUENCE"], third["STATUS"]) == (1, "CANCELLED")
    assert "DUE" not in fourth


def test_reminders() -> None:
    """What has an hour reminds before it, what has none on its morning, what is settled not at all."""
    timed, day, done = _read(
        Entry("a", "a", SIX, SIX), Entry("b", "b", FRI, FRI), Entry("c", "c", FRI, FRI, state="done")
    )
    assert timed.subcomponents[0]["TRIGGER"].dt == -timedelta(hours=1)
    assert day.subcomponents[0]["TRIGGER"].dt == timedelta(hours=9)
    assert done.subcomponents == []
    (todo,) = _read(Entry("a", "a", SIX, SIX, is_todo=True), sheet=SHEET._replace(alarm=timedelta(minutes=90)))
    assert re.search("TRIGGER;RELATED=END:-PT1H30M", todo.to_ical().decode())
    assert _read(Entry("a", "a", SIX, SIX), sheet=SHEET._replace(alarm=None))[0].subcomponents == []


def test_the_ends_of_the_calendar() -> None:
    """The last and the first day there are can be told, with and without an hour."""
    for at in (date.min, date.max, datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)):
        entry = Entry("x", "x", at, at, state="done", at=at)
        for zone in ("", "Asia/Shanghai", "America/New_York"):
            for as_todo in (False, True):
                data = calendar([entry._replace(is_todo=as_todo)], Sheet("", zone, date.min, None))
                assert b"VTODO" in data or b"VEVENT" in data


def test_a_shop_without_a_zone() -> None:
    """Its times are those of whoever looks: nothing is said of a zone."""
    data = calendar([Entry("x", "x", NINE, SIX)], SHEET._replace(zone="")).decode()
    assert "DTSTART:20260306T090000\r\n" in data
    assert "TZ" not in data.replace("DTSTAMP", "")


def test_vobject_reads_it_too() -> None:
    """A second reader finds every entry, its window and its words."""
    entries = [Entry(f"{n}@x", f"送货{n}", NINE, SIX, ("138",), "文三路100号") for n in range(3)]
    read = vobject.readOne(calendar(entries, SHEET).decode())
    assert [one.summary.value for one in read.vevent_list] == ["送货0", "送货1", "送货2"]
    assert {one.dtend.value - one.dtstart.value for one in read.vevent_list} == {timedelta(hours=9)}
