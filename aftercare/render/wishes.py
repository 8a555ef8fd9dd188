"""How far wishes are, in a line and in columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aftercare.answers.finding import describe
from aftercare.answers.wishes import Standing, is_untold, unanswered
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _, word
from aftercare.plain.moments import iso
from aftercare.plain.text import printable
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish
from aftercare.render.rows import Column

FIELDS = (
    "id", "kind", "customer", "said_on", "words", "nature", "theme", "product", "stage", "since", "waits_for", "untold",
)  # fmt: skip
"""The fields of a row, for the header of a CSV without rows."""
_STAGES = {
    "heard": N_("heard on {since}, not passed on and not answered"),
    "passed_on": N_("passed on, last on {since}"),
    "answered": N_("answered on {since}"),
    "told": N_("answered, and told on {since}"),
    "realised": N_("came true on {since}"),
    "withdrawn": N_("taken back on {since}"),
}


def standing(wish: Wish, found: Standing, visits: list[Visit]) -> Iterator[str]:
    """How far a wish is, who is still to answer, and whether the customer knows."""
    yield how_far(found)
    if wish.withdrawn is None:
        for handed in unanswered(wish) if wish.realised is None else ():
            yield printable(_("{who} has not answered yet").format(who=handed.to))
        if is_untold(wish, visits):
            yield _("the customer does not know yet")


def how_far(found: Standing) -> str:
    """How far a wish is, and since when."""
    return _(_STAGES[found.stage]).format(since=iso(found.since).replace("T", " "))


def columns(shelf: Shelf) -> list[Column]:
    """The columns in which people read how far wishes are."""

    def tell(value: Any) -> str:
        return describe(shelf, value).partition(" ")[2] if value else ""

    return [
        Column("id", N_("ID")),
        Column("customer", N_("customer"), tell),
        Column("product", N_("product"), tell),
        Column("theme", N_("theme")),
        Column("words", N_("words")),
        Column("stage", N_("how far"), lambda value: _("told") if value == "told" else word(str(value))),
        Column("since", N_("since"), lambda value: str(value)[:10]),
        Column("waits_for", N_("waits for"), lambda value: _(", ").join(value or [])),
    ]
