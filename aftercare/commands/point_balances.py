"""``points balance`` and ``points ledger``: how many points customers have, and how that came to be."""

from __future__ import annotations

from typing import Any

from aftercare.answers.affairs import HOUSE, affairs_of
from aftercare.answers.points import account
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.language import N_
from aftercare.plain.moments import Moment, parse
from aftercare.render import points as shown
from aftercare.render.output import put
from aftercare.render.rows import Choice, emit, emit_one, table


def _choice(asked: dict[str, Any]) -> Choice:
    return Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])


@verb(
    "balance",
    N_("How many points each customer has, and which of them expire next, on which day."),
    option("--customer", metavar="REF", text=N_("of one customer, with every lot that is left")),
    option("--on", metavar="D", text=N_("on this day; one to come shows what is left then if nothing more happens")),
    *output_options(),
    example="aftercare points balance --customer 王建国",
)
def balance(session: Session, customer: str | None, on: str | None, **asked: Any) -> None:
    """The balances of all who ever had points, or that of one with its lots."""
    choice, book = _choice(asked), session.book()
    shelf, rules = session.read(book), session.rules(book)
    day: Moment = parse(deeds.reader(session, shelf).date("--on", on)) if on else session.now()
    every = affairs_of(shelf)
    if customer:
        page = choice.fmt == "table" and not choice.fields
        affairs = every[deeds.resolved(session, shelf, customer, ("customer",), echoed=not page)]
        found = account(affairs, rules, day)
        row = shown.row(affairs, found, rules, day)
        if not page:
            emit_one(row, choice)
            return
        for line in shown.head(row):
            put(line)
        table(row["lots"][: choice.limit], shown.lot_columns(shelf))
        return
    rows = [
        shown.row(affairs, found, rules, day)
        for owner, affairs in sorted(every.items())
        if owner != HOUSE and (found := account(affairs, rules, day)).rows
    ]
    emit(rows, shown.columns(), choice, header=shown.FIELDS)


@verb(
    "ledger",
    N_("Every entry of a customer's points, with the balance after it and where it is from."),
    argument("ref", metavar="CUSTOMER"),
    *output_options(),
    example="aftercare points ledger 王建国",
)
def ledger(session: Session, ref: str, **asked: Any) -> None:
    """One customer's account, the earliest entry first."""
    choice, book = _choice(asked), session.book()
    shelf, rules = session.read(book), session.rules(book)
    page = choice.fmt == "table" and not choice.fields
    owner = deeds.resolved(session, shelf, ref, ("customer",), echoed=not page)
    affairs = affairs_of(shelf)[owner]
    found = account(affairs, rules, session.now())
    rows = [shown.entry(owner, one) for one in found.rows]
    if not page:
        emit(rows, [], choice, header=shown.ENTRY_FIELDS)
        return
    for line in shown.head(shown.row(affairs, found, rules, session.now())):
        put(line)
    told = [{**row, "said": shown.remarks(one, affairs)} for row, one in zip(rows, found.rows, strict=True)]
    table(told[: choice.limit], shown.entry_columns())
