"""``KIND list``: the records of a kind, by what their fields say, or by what follows from others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from aftercare.answers import filters
from aftercare.commands import listing
from aftercare.commands.looking_up import looked_up, meant
from aftercare.commands.nouns import GENERIC
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, option, output_options
from aftercare.language import N_
from aftercare.plain import moments
from aftercare.records.outlines import Outline, outline_of
from aftercare.render.cells import columns
from aftercare.render.rows import Choice, emit

if TYPE_CHECKING:
    from aftercare.answers.naming import Register

Row = dict[str, Any]
_ONLY = "only__"


def list_verb(kind: str) -> Verb:
    """``KIND list``."""
    names = [field.name for field in outline_of(kind).fields if field.is_flat]
    own = [
        option(f"--{name.replace('_', '-')}", f"{_ONLY}{name}", multiple=True, metavar="V", text=N_("only these"))
        for name in names
        if name not in {"id", "formerly"}
    ]
    params = [
        *listing.FLAGS.get(kind, ()),
        *own,
        option("--where", multiple=True, metavar="FIELD=V", text=N_("a filter: FIELD=V, FIELD!=V, FIELD~TEXT, …")),
        option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D")),
        *output_options(),
    ]

    def list_(session: Session, where: tuple[str, ...], period: str | None, **more: Any) -> None:
        choice = Choice(more.pop("fmt"), more.pop("fields"), more.pop("sort"), more.pop("limit"))
        outline = outline_of(kind)
        chosen, only = listing.parted(more)
        register, rows = _rows(session, kind, period, chosen, only)
        for name, wanted in only.items():
            if wanted:
                field = name.removeprefix(_ONLY)
                read = [_wanted(session, register, outline, field, text) for text in wanted]
                rows = [row for row in rows if filters.any_of(row, field, read)]
        for text in where:
            rows = filters.where(rows, text, session.moment_now(), register.of_now)
        emit(rows, columns(outline, register.known_as), choice, header=outline.header)

    example = f"aftercare {kind} list --format json"
    return Verb("list", callback=click.pass_obj(list_), params=params, help=GENERIC["list"], example=example)


def _rows(
    session: Session, kind: str, period: str | None, chosen: Mapping[str, Any], only: Mapping[str, Any]
) -> tuple[Register, list[Row]]:
    """The records of a kind that lie in a period and are chosen; by the index, where it can tell them."""
    typed = (text for texts in only.values() for text in texts)
    register = None if any(chosen.values()) else looked_up(session, *typed)
    if register is not None:
        return register, _within(session, register.rows(kind), kind, period)
    from aftercare.answers.finding import OfShelf

    shelf = session.read(session.book())
    is_chosen = listing.chosen(session, shelf, chosen)
    read = OfShelf(shelf)
    return read, [row for row in _within(session, read.rows(kind), kind, period) if is_chosen(row["id"])]


def _within(session: Session, rows: list[Row], kind: str, period: str | None) -> list[Row]:
    """The rows whose date lies in a period."""
    if period is None or not rows:
        return rows
    first, last = filters.period(period, session.moment_now())
    dates = ((row, row.get(outline_of(kind).main_date)) for row in rows)
    return [row for row, said in dates if said and first <= moments.day_of(moments.parse(said)) <= last]


def _wanted(session: Session, register: Register, outline: Outline, name: str, text: str) -> str:
    """A wanted value as the rows hold it: references may be typed as words."""
    refers = next(field.refers for field in outline.fields if field.name == name)
    return meant(session, register, text, refers) if refers else text
