"""Questions about customers over the years: who brought whom, who was not heard of for long, what was done beyond."""

from __future__ import annotations

from datetime import date
from typing import Any

from aftercare.answers import family, filters, kindness, touch
from aftercare.answers.affairs import HOUSE, affairs_of
from aftercare.answers.ledger import promises_to
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.spans import MONTHS
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.language import N_
from aftercare.plain.moments import day_of
from aftercare.render import regulars as shown
from aftercare.render.output import put
from aftercare.render.rows import Choice, emit

ANYBODY = argument("ref", metavar="[REF]", required=False)
A_YEAR = 12
"""The months without a contact after which somebody is out of touch, where nobody says how many."""


def _choice(asked: dict[str, Any]) -> Choice:
    return Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])


@verb(
    "tree",
    N_("Who brought whom, with the thanks that were given or are owed; of one customer, or of the whole book."),
    ANYBODY,
    *output_options(),
    example="aftercare customer tree 王建国",
)
def tree(session: Session, ref: str | None, **asked: Any) -> None:
    """The tree below a customer, or every tree of the book."""
    book, choice = session.book(), _choice(asked)
    shelf, rules, now = session.read(book), session.rules(book), session.now()
    page = choice.fmt == "table" and not choice.fields
    root = deeds.resolved(session, shelf, ref, ("customer",), echoed=not page) if ref else ""
    people = affairs_of(shelf)
    nodes = family.tree(people, root)
    # Who brought the one with whom it begins owes its thanks to that one.
    above = [people[node.affairs.brought_by] for node in nodes[:1] if node.affairs.brought_by]
    thankful = [*above, *(node.affairs for node in nodes if node.affairs.brought)]
    thanks = family.thanks(promise for one in thankful for promise in promises_to(one, rules, now))
    if page:
        for line in shown.drawn(nodes[: choice.limit], thanks):
            put(line)
        return
    rows = [shown.tree_row(node, thanks.get(node.affairs.customer.id)) for node in nodes]
    emit(rows, [], choice, header=shown.TREE_FIELDS)


@verb(
    "out-of-touch",
    N_("Customers with whom there was no contact for long, the longest first; prospects too."),
    option("--for", "months", type=MONTHS, metavar="N", text=N_("for so many months, 12m or 1y; absent: a year")),
    option("--period", metavar="P", text=N_("whose last contact was in 2026, 2026-Q1, 2026-03 or D..D")),
    option("--all", "everybody", is_flag=True, text=N_("those too who left or wish no contact, marked")),
    *output_options(),
    example="aftercare customer out-of-touch --for 12m",
)
def out_of_touch(session: Session, months: int | None, period: str | None, everybody: bool, **asked: Any) -> None:
    """Whom nobody spoke with; with a period and no length, the last contact alone decides."""
    shelf, now = session.read(session.book()), session.now()
    least = months if months is not None else 0 if period else A_YEAR
    found = [one for one in touch.quiet(affairs_of(shelf), now, months=least) if everybody or one.mark is None]
    if period:
        first, last = filters.period(period, session.moment_now())
        found = [one for one in found if one.last and first <= day_of(one.last.at) <= last]
    emit([shown.quiet_row(one) for one in found], shown.quiet_columns(), _choice(asked), header=shown.QUIET_FIELDS)


@verb(
    "kindness",
    N_("What was done for customers that nobody was owed, and what it was worth; of one, or of all."),
    ANYBODY,
    option("--period", metavar="P", text=N_("2026, 2026-Q1, 2026-03 or D..D")),
    *output_options(),
    example="aftercare customer kindness --period 2026",
)
def kindnesses(session: Session, ref: str | None, period: str | None, **asked: Any) -> None:
    """The kindnesses with their sum, the earliest first."""
    shelf = session.read(session.book())
    first, last = filters.period(period, session.moment_now()) if period else (date.min, date.max)
    people = affairs_of(shelf)
    chosen = [deeds.resolved(session, shelf, ref, ("customer",))] if ref else [one for one in people if one != HOUSE]
    every = [(one, people[who]) for who in chosen for one in kindness.of(people[who])]
    found = [(one, owner) for one, owner in every if first <= day_of(one.at) <= last]
    found.sort(key=lambda pair: kindness.in_time(pair[0]))
    rows = [shown.kindness_row(one, owner) for one, owner in found]
    if rows:
        rows.append(shown.total_row(kindness.worth(one for one, __ in found), shelf.settings.currency or ""))
    emit(rows, shown.kindness_columns(shelf), _choice(asked), header=shown.KINDNESS_FIELDS)
