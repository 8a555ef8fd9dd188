"""From the rows of a shop's spreadsheet to the records that the book does not have yet.

Nothing is written here.  Every row is accounted for: it makes something new, says what the book says already, differs
from it (and changes nothing), or is refused.  A row is known again by its own key, kept as ``source_key``.
"""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.answers.importing import cells
from aftercare.answers.importing.cells import Unfit
from aftercare.answers.importing.customer_rows import Customers
from aftercare.answers.importing.incoming import Line, Plan, Source
from aftercare.answers.importing.mappings import Entry
from aftercare.answers.importing.order_rows import Orders
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.moments import Moment, is_late, iso, parse
from aftercare.plain.tree import Tree
from aftercare.policies.categories import Categories

FIRST_YEAR = 2000
"""Ids have two digits for the year."""


def plan(kind: str, entries: Sequence[Entry], shelf: Shelf, categories: Categories, source: Source) -> Plan:
    """What the rows of a sheet of customers, or of orders (*kind* "sale"), ask of a book."""
    made = Plan()
    lines = [_typed(entry, source, made) for entry in entries]
    if kind == "customer":
        Customers(shelf, made, source).take(lines)
    else:
        Orders(shelf, made, source, categories).take(lines)
    return made


def _typed(entry: Entry, source: Source, made: Plan) -> Line:
    """The row with its cells read; it is refused for each cell that cannot be."""
    facts: dict[str, Tree] = {}
    for name, texts in entry.values.items():
        try:
            facts[name] = cells.value(name, texts, source.habits)
            _refuse_impossible(name, facts[name], source.now)
        except Unfit as error:
            made.refuse(source.file, entry.line, error.code, error.sentence)
    return Line(entry.line, facts)


def _refuse_impossible(name: str, said: Tree, now: Moment) -> None:
    """Refuse a fact that lies in the future, or before the years that ids can name."""
    if name not in cells.FACTS or not isinstance(said, str):
        return
    if is_late(parse(said), now):
        sentence = _("{field}: {when} has not come yet (now is {now})")
        raise Unfit("future", sentence.format(field=name, when=said, now=iso(now)))
    if parse(said).year < FIRST_YEAR:
        sentence = _("{field}: {when} is before {year}, from which on a book keeps records")
        raise Unfit("date", sentence.format(field=name, when=said, year=FIRST_YEAR))
