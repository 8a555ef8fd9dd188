"""From the rows of a shop's spreadsheet to the records that the book does not have yet.

Nothing is written here.  Every row is accounted for: it makes something new, says what the book says already, differs
from it (and changes nothing), or is refused.  A row is known again by its own key, kept as ``source_key``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeAlias

from aftercare.answers.importing import cells, dates, figures, record_cells
from aftercare.answers.importing.cells import Habits, Unfit
from aftercare.answers.importing.customer_rows import Customers
from aftercare.answers.importing.incoming import Line, Plan, Source
from aftercare.answers.importing.mappings import Entry
from aftercare.answers.importing.order_groups import grouped
from aftercare.answers.importing.order_rows import Orders
from aftercare.answers.importing.records_rows import Records
from aftercare.answers.importing.titles import FIELDS
from aftercare.book.shelf import Shelf
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, days_after, is_late, iso, parse
from aftercare.plain.tree import Tree
from aftercare.policies.categories import Categories

_EQUAL = 8192
"""Cells of which it is kept what they say."""
FIRST_YEAR = 2000
"""Ids have two digits for the year."""


class Steps(NamedTuple):
    """What is left to plan, step by step: what to *do* with each of *todo*.  Each step is whole by itself."""

    todo: Sequence[Any]
    do: Callable[[Any], None]


def planning(
    kind: str,
    entries: Sequence[Entry],
    shelf: Shelf,
    categories: Categories,
    source: Source,
    bad: Sequence[Fault] = (),
) -> tuple[Plan, Steps]:
    """What the rows of a sheet of one *kind* ask of a book; those of orders ("sale") are several kinds of record.

    Step by step, so that what is planned can be done, and forgotten, before the next row is read.  Rows that are known
    to be *bad* are refused from the start.  Whoever has gone through all steps calls :meth:`Plan.finish` with the
    number of *bad* rows.
    """
    made = Plan()
    for fault in bad:
        made.refuse(*fault)
    source = source._replace(habits=source.habits._replace(midnights=_midnights(entries)))
    read = cells.value if kind in FIELDS else partial(record_cells.value, kind)
    once = _each_once(read, source)

    def line(place: int) -> Line:
        return _typed(entries[place], source, made, once)

    if kind == "sale":
        orders = Orders(shelf, made, source, categories)
        return made, Steps(grouped(entries, source.habits), partial(orders.take, line))
    takes = Customers(shelf, made, source) if kind == "customer" else Records(kind, shelf, made, source, categories)
    return made, Steps([range(len(entries))], lambda places: takes.take([line(place) for place in places]))


def _midnights(entries: Sequence[Entry]) -> frozenset[str]:
    """The fields whose column has times of all sorts, so that midnight is one of them."""
    timed: dict[str, list[str]] = {}
    for entry in entries:
        for name, texts in entry.values.items():
            if ":" in texts[0]:
                timed.setdefault(name, []).append(texts[0])
    return frozenset(name for name, texts in timed.items() if dates.has_midnights(texts))


Reader: TypeAlias = Callable[[str, Sequence[str], Habits], Tree]
"""Reads the cells of a field."""


def _each_once(read: Reader, source: Source) -> Reader:
    """The reader, and what is impossible refused; cells that say the same are read once, as thousands of days are."""

    @lru_cache(maxsize=_EQUAL)
    def once(name: str, texts: tuple[str, ...]) -> Tree:
        said = read(name, texts, source.habits)
        _refuse_impossible(name, said, source.now)
        return said

    def again(name: str, texts: Sequence[str], habits: Habits) -> Tree:
        del habits
        said = once(name, tuple(texts))
        return said if isinstance(said, str) else _copied(said)

    return again


def _copied(said: Tree) -> Tree:
    """What one cell says, to have for itself: no two records share a list."""
    if isinstance(said, dict):
        return {key: _copied(one) for key, one in said.items()}
    return [_copied(one) for one in said] if isinstance(said, list) else said


def _typed(entry: Entry, source: Source, made: Plan, read: Reader) -> Line:
    """The row with its cells read; it is refused for each cell that cannot be."""
    facts: dict[str, Tree] = {}
    days = source.habits.days
    failed: set[str] = set()
    names: Iterable[str] = entry.values
    if days:  # those that count from another day stand behind it
        written = [name for name in entry.values if name not in days]
        names = (*written, *(name for name in days if name in entry.values))
    for name in names:
        if days.get(name) in failed:  # what is wrong with that day is said already
            continue
        try:
            if name in days:
                facts[name] = _days_after(name, entry.values[name][0], days[name], facts)
                _refuse_impossible(name, facts[name], source.now)
            else:
                facts[name] = read(name, entry.values[name], source.habits)
        except Unfit as error:
            failed.add(name)
            made.refuse_cell(source.file, entry.line, error.code, error.sentence)
    return Line(entry.line, facts)


def _days_after(name: str, text: str, after: str, facts: Mapping[str, Tree]) -> Tree:
    """The day, or the promised day, that a row names by the days after another of its days."""
    said = facts.get(after)
    begins = said.get("by") if isinstance(said, dict) else said
    try:
        count = figures.days(text)
    except ValueError:
        sentence = _("{field}: “{text}” is not a whole number of days from 0 on")
        raise Unfit("number", sentence.format(field=name, text=text)) from None
    if not isinstance(begins, str) or not begins:
        raise Unfit("missing", _("{field} is missing, after which {other} is counted").format(field=after, other=name))
    day = days_after(day_of(parse(begins)), count)
    return cells.window_of(day) if name in cells.WINDOWS else day.isoformat()


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
