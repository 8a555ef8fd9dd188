"""``staff work``: what each has to do, what each did in a period, and how it ended."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers import filters
from aftercare.answers.breaches.all import breaches_in
from aftercare.answers.people import tallies
from aftercare.answers.period import EVER, Period
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.language import N_
from aftercare.render import people as shown
from aftercare.render.output import put
from aftercare.render.rows import Choice, Column, emit

_SORT = ("id", "-id", "name", "-name")
_OUTPUT = [flag for flag in output_options() if flag.name != "sort"]


@verb(
    "work",
    N_("What each has to do, what each did in a period, and how it ended; nobody is ranked."),
    argument("refs", many=True, required=False, metavar="[REF...]"),
    option("--period", metavar="P", text=N_("done in 2026, 2026-Q1, 2026-03 or D..D; absent: ever")),
    option("--records", is_flag=True, text=N_("the ids behind each figure")),
    *_OUTPUT,
    option("--sort", type=click.Choice(_SORT), text=N_("by id or by name: nobody is ranked")),
    example="aftercare staff work 张师傅 --period 2026-Q1",
)
def work(session: Session, refs: tuple[str, ...], period: str | None, records: bool, **asked: Any) -> None:
    """Figures by person, each of records that can be listed."""
    _book, shelf, ledger = session.ledger()
    only = {deeds.resolved(session, shelf, ref, ("staff",)) for ref in refs}
    within = Period(*filters.period(period, session.moment_now())) if period else EVER
    found = breaches_in(shelf, ledger, session.now())
    figures = tallies(shelf, ledger, found, within, only)
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"] or "id", asked["limit"])
    rows = [shown.row(one) for one in figures]
    if choice.fmt == "table" and not choice.fields and not records:
        for line in shown.told(rows, choice):
            put(line)
    elif records:
        listed = [one for figure in figures for one in shown.behind(figure)]
        columns = [Column(name, title) for name, title in shown.BEHIND.items()]
        emit(listed, columns, choice, header=shown.BEHIND_FIELDS)
    else:
        emit(rows, [], choice, header=shown.FIELDS)
