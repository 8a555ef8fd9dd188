"""``export calendar``: what is due, and what the shop holds for its customers, as a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from aftercare.answers.outside import mark_of, uid_of
from aftercare.commands.looking_up import meant
from aftercare.commands.printing import FILE, FORCE
from aftercare.commands.put_out import saved
from aftercare.commands.session import Session
from aftercare.commands.spans import SPAN
from aftercare.commands.verbs import option, verb
from aftercare.language import N_
from aftercare.plain.moments import day_of, parse, shifted
from aftercare.records.words import PROMISE_KINDS
from aftercare.render.output import put_content
from aftercare.render.promises import Names

if TYPE_CHECKING:
    from aftercare.answers.naming import Register

DAYS = 90
"""How far the calendar looks ahead where nothing else is said."""
_SETTLED = frozenset({"kept", "kept_late", "released", "void", "broken"})


@verb(
    "calendar",
    N_("What is due and what was arranged, as a calendar for phones and computers."),
    FILE,
    option("--to", type=click.Choice(("ics",)), text=N_("the format: there is this one")),
    option(
        "--days", type=click.IntRange(0, 3660), default=DAYS, metavar="N", text=N_("how many days ahead; absent: 90")
    ),
    option(
        "--as",
        "kind",
        type=click.Choice(("event", "todo")),
        default="event",
        text=N_("as events, which every phone shows, or as to-dos"),
    ),
    option("--for", "person", metavar="REF", text=N_("only what this person is to do")),
    option("--what", multiple=True, type=click.Choice(PROMISE_KINDS), text=N_("only this kind of promise")),
    option("--all", "settled", is_flag=True, text=N_("also what was kept or called off in as many days before")),
    option(
        "--alarm", type=SPAN, default="1h", metavar="1h", text=N_("how long before its time each reminds; absent: 1h")
    ),
    option("--no-alarm", is_flag=True, text=N_("no reminders")),
    FORCE,
    example="aftercare export calendar shop.ics --days 30",
)
def calendar(session: Session, file: str | None, force: bool, **asked: Any) -> None:
    """The calendar on stdout, or in a file."""
    from aftercare.render import diary, icalendar

    settings, now = session.book().settings, session.now()
    found = _found(session, timedelta(days=asked["days"]), asked["person"] or "", settled=asked["settled"])
    promises, events = found.promises, found.events
    if asked["what"]:
        promises, events = [row for row in promises if row["what"] in asked["what"]], []
    if asked["person"]:
        person = meant(session, found.register, asked["person"], ("staff",))
        promises, events = ([row for row in rows if row["person"] == person] for rows in (promises, events))
    mark = mark_of(settings)
    entries = [
        diary.of_promise(row, found.names, now, uid_of(row["id"], mark), as_todo=asked["kind"] == "todo")
        for row in promises
    ]
    entries += [diary.of_event(row, found.names, uid_of(row["id"], mark)) for row in events]
    alarm = None if asked["no_alarm"] else asked["alarm"]
    name = settings.shop_facts.name or ""
    data = icalendar.calendar(entries, icalendar.Sheet(name, settings.time_zone or "", day_of(now), alarm))
    if file in {None, "-"}:
        put_content(data)
    else:
        saved(Path(str(file)), data, force)


class _Found(NamedTuple):
    """Rows of promises and of events, how to call what they name, and who knows whom a REF means."""

    promises: list[dict[str, Any]]
    events: list[dict[str, Any]]
    names: Names
    register: Register


def _found(session: Session, within: timedelta, person: str, *, settled: bool) -> _Found:
    """What is due, as ``due`` has it, and what comes.

    With what was *settled*, and to look for a *person* by what the index cannot hold, the records themselves are asked.
    """
    from aftercare.answers.looked_up import LookedUp, is_searchable

    recalled = session.recalled() if is_searchable(person) and not settled else None
    if recalled is None:
        return _by_records(session, within, settled=settled)
    from aftercare.render.recalled_names import names_in

    register = LookedUp(recalled.index)
    events = _near(session, register.rows("event"), within, settled=False)
    return _Found(recalled.due(within=within), events, names_in(recalled.index), register)


def _by_records(session: Session, within: timedelta, *, settled: bool) -> _Found:
    from aftercare.answers import due
    from aftercare.answers.finding import OfShelf
    from aftercare.render.names import names_of

    __, shelf, ledger = session.ledger()
    now = session.now()
    rows = [due.row(promise, ledger, now) for promise in due.due(ledger, now, within=within)]
    if settled:
        first = shifted(day_of(now), -within)
        done = [due.row(one, ledger, now) for one in ledger.promises if one.state in _SETTLED and one.due]
        rows += [row for row in done if _settled_on(row) and day_of(parse(_settled_on(row))) >= first]
    register = OfShelf(shelf)
    return _Found(rows, _near(session, register.rows("event"), within, settled=settled), names_of(shelf), register)


def _settled_on(row: dict[str, Any]) -> str:
    return row["kept_on"] or row["ended_on"] or ""


def _near(
    session: Session, rows: Iterable[dict[str, Any]], within: timedelta, *, settled: bool
) -> list[dict[str, Any]]:
    """The events from today on, but for those that were called off; with what was *settled* also those before."""
    today = day_of(session.now())
    first, last = shifted(today, -within) if settled else today, shifted(today, within)
    near = [row for row in rows if first <= day_of(parse(row["at"])) <= last]
    return near if settled else [row for row in near if not row["cancelled"]]
