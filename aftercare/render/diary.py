"""What a shop has to do as entries of a calendar: each promise, and each event it holds, in the words of ``due``."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from aftercare import language
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, end_of, parse, shifted, spoken, start_of
from aftercare.render.icalendar import Entry
from aftercare.render.promises import Names, kind_name, lateness

_OFF = frozenset({"released", "void", "broken"})
_DONE = frozenset({"kept", "kept_late"})
_DAY = timedelta(days=1)


def of_promise(row: dict[str, Any], names: Names, now: Moment, uid: str, *, as_todo: bool) -> Entry:
    """A promise.  What is overdue stands, as an event, on the day of the calendar, where somebody sees it; as a to-do
    it keeps the time at which it was due, and its title from day to day.
    """
    is_late = row["state"] == "overdue"
    by, from_ = (parse(row[name]) if row[name] else None for name in ("due", "from"))
    begins, ends = time_of(from_, by)
    if not as_todo and (is_late or by is None):
        begins = ends = day_of(now)
    about = row["words"] or (names.part(row["part"]) if row["part"] else "") or row["product"] or ""
    benefit = row["benefit"][language.current()] if row["benefit"] else ""
    whom = row["name"] or (_("(forgotten)") if row["customer"] else _("the shop"))
    words = (lateness(row, now) if is_late and not as_todo else "", kind_name(row["what"]), whom, benefit, about)
    is_done = row["state"] in _DONE
    settled = row["kept_on"] if is_done else row["ended_on"]
    return Entry(
        uid,
        " ".join(filter(None, words)),
        begins,
        ends,
        description=tuple(_details(row, names)),
        location=row["address"] or "",
        category=kind_name(row["what"]),
        state="done" if is_done else "off" if row["state"] in _OFF else "open",
        at=parse(settled) if settled else None,
        sequence=row["moves"] + (is_done or row["state"] in _OFF),
        is_urgent=row["urgent"],
        is_todo=as_todo,
    )


def _details(row: dict[str, Any], names: Names) -> Iterator[str]:
    """What whoever goes there needs: the phone, who goes, until when, and the command that notes it as done."""
    if row["phone"]:
        yield row["phone"]
    if row["words"] and row["product"]:
        yield row["product"]
    if row["person"] and (person := names.person(row["person"])):
        yield _("who: {person}").format(person=person)
    if row["due"]:
        yield _("due: {when}").format(
            when=" – ".join(spoken(at) for at in (row["from"], row["due"]) if at),
        )
    if row["quiet"]:
        yield _("no calls: {hours}").format(hours=row["quiet"])
    if row["keep_with"]:
        yield shlex.join(row["keep_with"])
    yield row["id"]


def of_event(row: dict[str, Any], names: Names, uid: str) -> Entry:
    """An event that the shop holds for its customers."""
    at = parse(row["at"])
    person = names.person(row["person"]) if row["person"] else ""
    who = [_("who: {person}").format(person=person)] if person else []
    state = "off" if row["cancelled"] else "done" if row["held_at"] else "open"
    words = (*who, row["id"])
    return Entry(uid, row["name"], at, at, words, row["place"] or "", _("event"), state=state)  # type: ignore[arg-type]


def time_of(from_: Moment | None, by: Moment | None) -> tuple[Moment | None, Moment | None]:
    """When an entry begins and ends: two days, of which the last counts, or two times.

    What has an hour for its end alone begins at that hour on one day, and with the day on which it may begin else; what
    has an hour for its beginning alone lasts until that day, or the last one, is over.
    """
    if by is None or from_ is None or start_of(from_) > end_of(by):
        return by, by
    if isinstance(from_, datetime) == isinstance(by, datetime):
        return from_, by
    if isinstance(by, datetime):
        return (by, by) if day_of(from_) == day_of(by) else (start_of(from_), by)
    return from_, shifted(start_of(by), _DAY)
