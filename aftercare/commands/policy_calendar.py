"""``policy calendar``: the days off of a year, as a calendar's file has them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from aftercare import language
from aftercare.commands.policy import CALENDAR, choice_of
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, output_options, verb
from aftercare.errors import NoBook
from aftercare.language import N_, _
from aftercare.policies.authoring.almanac import AlmanacYear, almanac_year, block
from aftercare.render.output import put, put_data
from aftercare.render.rows import Choice, Column, Row, emit

_HOME = "CN"
_NOTICE = N_("provisional: the notice of the State Council for {year} is not in; days moved for it are missing")
_ORDER = N_("provisional: the order for {year} is not in, or not known here; its days may still move")


@verb(
    "calendar",
    CALENDAR,
    click.Argument(["year"], type=click.IntRange(1990, 2100), metavar="YEAR"),
    option("--country", metavar="C", text=N_("a country (DE), or a calendar that ships (EU, US-429)")),
    *output_options("yaml"),
    example="aftercare policy calendar 2027 --country CN",
)
def calendar(session: Session, year: int, country: str | None, **more: Any) -> None:
    """``policy calendar``."""
    home = _home(session)
    found = almanac_year((country or home).upper(), year)
    choice = choice_of(more)
    if choice == Choice("yaml"):
        for line in _remarks(found):
            put(f"  # {line}")
        put_data(block(found))
        return
    if choice.fmt == "table":
        for line in _remarks(found):
            session.warn(line)
    emit(list(_rows(found)), _columns(), choice)


def _home(session: Session) -> str:
    """The book's country; where there is no book and none was named, China."""
    try:
        return session.book().settings.country or _HOME
    except NoBook:
        if session.folder or os.environ.get("AFTERCARE_BOOK"):
            raise
        return _HOME


def _remarks(found: AlmanacYear) -> Iterator[str]:
    """What whoever pastes the year ought to know."""
    if found.ships:
        yield _("the calendar {country} has {year} already, and verdicts go by that").format(
            country=found.country, year=found.year
        )
    if found.provisional:
        yield _(_NOTICE if found.country == "CN" else _ORDER).format(year=found.year)


def _rows(found: AlmanacYear) -> Iterator[Row]:
    worked: dict[Any, Any] = dict.fromkeys(found.worked)
    for day, name in sorted({**found.off, **worked}.items()):
        yield {
            "day": day.isoformat(),
            "off": name is not None,
            "name": name._asdict() if name else None,
            "provisional": found.provisional,
            "country": found.country,
        }


def _columns() -> list[Column]:
    return [
        Column("day", N_("day")),
        Column("off", N_("state"), lambda off: _("off") if off else _("worked")),
        Column("name", N_("holiday"), lambda name: (name or {}).get(language.current(), "")),
    ]
