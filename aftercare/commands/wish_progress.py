"""``wish progress``: how far each wish is, and who wished the same."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers import filters, wishes
from aftercare.answers.affairs import Affairs, affairs_of, owner_of
from aftercare.answers.ids_of_now import ids_of_now
from aftercare.answers.rules import Rules
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.language import N_
from aftercare.plain.moments import iso
from aftercare.plain.text import fold
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish
from aftercare.render import wishes as shown
from aftercare.render.rows import Choice, Row, emit


@verb(
    "progress",
    N_("How far wishes are, by product and theme: heard, passed on, answered, told, come true."),
    argument("refs", many=True, required=False, metavar="[REF...]"),
    option("--stage", multiple=True, type=click.Choice(wishes.STAGES), text=N_("only those that are so far")),
    option("--theme", multiple=True, metavar="S", text=N_("only of this theme")),
    option("--product", multiple=True, metavar="REF", text=N_("only about this product")),
    option("--untold", is_flag=True, text=N_("only those of which the customer is still to hear")),
    option("--where", multiple=True, metavar="FIELD=V", text=N_("a filter: FIELD=V, FIELD!=V, FIELD~TEXT, …")),
    *output_options(),
    example="aftercare wish progress --product KFR-35 --theme 遥控器",
)
def progress(session: Session, refs: tuple[str, ...], **asked: Any) -> None:
    """Who wished the same stands together, the first who said it first."""
    book = session.book()
    shelf = session.read(book)
    named = {deeds.resolved(session, shelf, ref, ("wish",)) for ref in refs}
    products = {deeds.resolved(session, shelf, ref, ("product",)) for ref in asked["product"]}
    themes = {fold(theme).casefold() for theme in asked["theme"]}
    rules, all_affairs = session.rules(book), affairs_of(shelf)
    rows = [
        _row(wish, all_affairs[owner], rules)
        for wish in shelf.of(Wish)
        if (not refs or wish.id in named) and (owner := owner_of(shelf, wish.id)) in all_affairs
    ]
    kept = [
        row
        for row in sorted(rows, key=lambda row: (row["product"] or "", row["theme"] or "", row["said_on"], row["id"]))
        if (not asked["stage"] or row["stage"] in asked["stage"])
        and (not themes or fold(row["theme"] or "").casefold() in themes)
        and (not products or row["product"] in products)
        and (not asked["untold"] or row["untold"])
    ]
    for text in asked["where"]:
        kept = filters.where(kept, text, session.moment_now(), ids_of_now(shelf))
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    emit(kept, shown.columns(shelf), choice, header=shown.FIELDS)


def _row(wish: Wish, affairs: Affairs, rules: Rules) -> Row:
    found = wishes.standing(wish, affairs.visits)
    ended = wish.withdrawn or wish.realised
    return {
        "id": wish.id,
        "kind": "wish",
        "customer": affairs.customer.id,
        "said_on": iso(wish.said_on),
        "words": wish.words,
        "nature": wish.nature,
        "theme": wish.theme,
        "product": wishes.product_of(wish, affairs, rules) or None,
        "stage": found.stage,
        "since": iso(found.since),
        "waits_for": [] if ended else [one.to for one in wishes.unanswered(wish)],
        "untold": wish.withdrawn is None and wishes.is_untold(wish, affairs.visits),
    }


def page(shelf: Shelf, wish: Wish) -> list[str]:
    """How far one wish is, for people."""
    visits = [visit for visit in shelf.of(Visit) if owner_of(shelf, visit.id) == owner_of(shelf, wish.id)]
    return list(shown.standing(wish, wishes.standing(wish, visits), visits))
