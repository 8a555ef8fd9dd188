"""``aftercare balance``: the trial balance of promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

import click

from aftercare.answers import balance as answers
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, output_options, verb
from aftercare.language import N_, _
from aftercare.render.promises import kind_name
from aftercare.render.rows import Choice, Column, emit

if TYPE_CHECKING:
    from aftercare.answers.recalled import Recalled


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
    recalled = session.recalled()
    describe, counts = _by_index(recalled) if recalled else _by_records(session)
    first, last = _period(period, session) if period else (date.min, date.max)
    rows = [_row(line, per) for line in answers.balance_of(counts(first, last), per)]
    say = {
        "what": lambda group: _("total") if group is None else kind_name(group),
        "person": lambda group: _("total") if group is None else describe(group) if group else _("nobody named"),
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


_Describe: TypeAlias = Callable[[str], str]
_Counts: TypeAlias = Callable[[date, date], Iterable[answers.Count]]


def _by_index(recalled: Recalled) -> tuple[_Describe, _Counts]:
    """How to call a person by their id, and how many promises were made from one day to another."""
    from aftercare.render.recalled_names import words_of_person

    words = words_of_person(recalled.index)
    return lambda person: f"{person} {words(person)}".rstrip(), recalled.counts


def _by_records(session: Session) -> tuple[_Describe, _Counts]:
    """The same, asked of the records themselves."""
    from aftercare.answers.finding import describe

    _book, shelf, ledger = session.ledger()
    return lambda person: describe(shelf, person), lambda first, last: answers.counts(ledger.promises, first, last)


def _period(text: str, session: Session) -> tuple[date, date]:
    from aftercare.answers import filters

    return filters.period(text, session.moment_now())


def _row(line: answers.Line, per: str) -> dict[str, Any]:
    """A line as a row: it is known by its group; the total has none."""
    figures = line._asdict()
    group = figures.pop("group")
    return {"id": group, per: group, **figures}
