"""``aftercare balance``: the trial balance of promises."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import click

from aftercare.answers import balance as answers
from aftercare.answers import filters
from aftercare.answers.finding import describe
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, output_options, verb
from aftercare.language import N_, _
from aftercare.render.promises import kind_name
from aftercare.render.rows import Choice, Column, emit


@verb(
    "balance",
    N_("Promises made in a period: kept, kept late, broken, released, void and open add up to made."),
    option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D; absent: all time")),
    option("--per", type=click.Choice(get_args(answers.Per)), default="what", text=N_("a line for each")),
    *output_options(),
    example="aftercare balance --period 2026-Q1 --per person",
)
def balance(session: Session, period: str | None, per: answers.Per, **asked: Any) -> None:
    """The balance on the day."""
    _book, shelf, ledger = session.ledger()
    first, last = filters.period(period, session.moment_now()) if period else (date.min, date.max)
    rows = [_row(line, per) for line in answers.balance(ledger.promises, per, first, last)]
    say = {
        "what": lambda group: _("total") if group is None else kind_name(group),
        "person": lambda group: _("total") if group is None else describe(shelf, group) if group else _("nobody named"),
        "month": lambda group: _("total") if group is None else str(group),
    }[per]
    figures = [
        Column("made", N_("made")),
        Column("kept", N_("kept")),
        Column("kept_late", N_("kept late")),
        Column("broken", N_("broken")),
        Column("released", N_("released")),
        Column("void", N_("void")),
        Column("open", N_("open")),
    ]
    columns = [Column(per, {"what": N_("kind"), "person": N_("person"), "month": N_("month")}[per], say), *figures]
    emit(
        rows,
        columns,
        Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"]),
        header=["id", per, *answers.Line._fields[1:]],
    )


def _row(line: answers.Line, per: str) -> dict[str, Any]:
    """A line as a row: it is known by its group; the total has none."""
    figures = line._asdict()
    group = figures.pop("group")
    return {"id": group, per: group, **figures}
