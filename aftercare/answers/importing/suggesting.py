"""A first mapping for a sheet, from its titles and from what stands below them; and why each thing is believed.

What only the operator can know, such as whether a column of small numbers holds days, is proposed and not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aftercare.answers.importing import dates, titles
from aftercare.answers.importing.beyond_titles import propose_for_lacking, take_days, take_halves, take_worded_days
from aftercare.answers.importing.likely import (
    DATES,
    Column,
    candidates,
    fits,
    header,
    key,
    known_titles,
    words_for_none,
)
from aftercare.answers.importing.mappings import understood
from aftercare.answers.importing.proposals import Idle, Suggestion, Taken
from aftercare.errors import Fault, InvalidInput
from aftercare.language import _
from aftercare.plain.sheets import Sheet
from aftercare.plain.text import fold

__all__ = ["Suggestion", "suggestion"]
_WAY = re.compile(r"ship|deliver|courier|tracking|online|收货|收件|物流|快递|买家|freight", re.IGNORECASE)
_COMMA = re.compile(r".*[0-9],[0-9]{1,2}(?![0-9]).*")
_POINT = re.compile(r".*[0-9]\.[0-9]{1,2}(?![0-9]).*")


def suggestion(kind: str, sheet: Sheet, file: str) -> Suggestion:
    """A first mapping of a sheet; InvalidInput where nothing near its top looks like a header."""
    known = known_titles(kind)
    row = header(sheet, known)
    if row is None:
        sentence = _("no row near the top has the titles of columns")
        raise InvalidInput([Fault(file, sheet.rows[0].line, "header", sentence)])
    below = [other.cells for other in sheet.rows if other.line > row.line]
    columns = [
        Column(title, tuple(cells[place] for cells in below if place < len(cells) and cells[place]))
        for place, title in enumerate(row.cells)
    ]
    made = Suggestion(kind, row.line, len(below))
    _take(made, columns, known, understood(kind, row))
    _look_at_values(made)
    return made


def _take(
    made: Suggestion, columns: Sequence[Column], known: dict[str, list[str]], alone: dict[str, list[int]]
) -> None:
    """Take for each field the column whose title is the likeliest and whose values fit."""
    free = {place: column for place, column in enumerate(columns) if column.title and column.values}
    for name, said in sorted(known.items(), key=lambda one: one[0] == "note"):  # which takes what is left
        ranks = {key(title): rank for rank, title in reversed(list(enumerate(said)))}
        fitting = sorted(
            (ranks[key(column.title)], place)
            for place, column in free.items()
            if key(column.title) in ranks and fits(name, column)
        )
        if not fitting or (name == "amount" and any(one.field == "price" for one in made.taken)):
            continue  # the sum of a line often has a discount taken off, and would contradict its price
        places = sorted(place for __, place in fitting) if name in titles.MANY else [fitting[0][1]]
        found = tuple(free.pop(place) for place in places)
        made.taken.append(Taken(name, found, _why(name, found[0], alone.get(name) == places)))
    take_halves(made, free, known)
    if made.kind == "sale":
        take_days(made, free)
        take_worded_days(made, free)
        propose_for_lacking(made, free)
    made.idle = [Idle(column, candidates(column, known)) for column in free.values()]
    given = {one.field for one in made.taken}
    made.lacking = tuple("/".join(group) for group in titles.needed_for(made.kind) if not given.intersection(group))


def _why(name: str, column: Column, is_understood: bool) -> str:
    if name not in titles.KEYS:
        return _("understood without this line") if is_understood else _("the title is known")
    known = _("the title is known, {count} different values")
    alone = _("understood without this line, {count} different values")
    return (alone if is_understood else known).format(count=len(set(column.values)))


def _look_at_values(made: Suggestion) -> None:
    """What the values say of the whole file: the order of dates, the comma, the currency, constants, unclear words."""
    by_field = {one.field: one.columns for one in made.taken}
    found = [dates.orders_of(column.values) for name in DATES for column in by_field.get(name, ())]
    made.turned = tuple(name for name in DATES for column in by_field.get(name, ()) if dates.look_turned(column.values))
    shown = [orders for orders in found if orders]
    both = (dates.BY_MONTH, dates.BY_DAY)
    made.orders = tuple(order for order in both if shown and all(order in orders for orders in shown))
    days = [column for name in DATES for column in by_field.get(name, ())]
    made.empty = tuple(dict.fromkeys(word for column in days for word in words_for_none(column)))
    short = [set(forms) for name in DATES for column in by_field.get(name, ()) if (forms := _short_forms(column))]
    made.forms = tuple(sorted(set.intersection(*short))) if short else ()
    money = [column for name in ("price", "amount") for column in by_field.get(name, ())]
    amounts = [fold(value) for column in money for value in column.values]
    made.comma = any(map(_COMMA.fullmatch, amounts)) and not any(map(_POINT.fullmatch, amounts))
    for one in made.idle:
        codes = set(one.column.values)
        if key(one.column.title) in {"currency", "币种", "currencycode", "ordercurrency"} and len(codes) == 1:
            made.currency = codes.pop().upper()
    if made.kind == "sale":
        _look_at_orders(made, by_field)


def _short_forms(column: Column) -> tuple[str, ...]:
    nothing = words_for_none(column)
    return dates.forms_of(fold(value) for value in column.values if value not in nothing)


def _look_at_orders(made: Suggestion, by_field: dict[str, tuple[Column, ...]]) -> None:
    all_titles = [column.title for columns in by_field.values() for column in columns]
    all_titles += [one.column.title for one in made.idle] + [one.column.title for one in made.days]
    hint = next((title for title in all_titles if _WAY.search(title)), "")
    if "channel" not in by_field and hint and {"order", "deliver_by", "delivered_at"} & by_field.keys():
        made.constants["channel"] = ("online", _("for there is a column “{title}”").format(title=hint))
    if not {"product", "model", "sku"} & by_field.keys():
        made.constants["product"] = ("goods", _("for no column says what was sold"))
        made.lacking = tuple(group for group in made.lacking if "product" not in group)
    for column in by_field.get("state", ()):
        made.unclear = tuple(_unclear(dict.fromkeys(column.values)))


def _unclear(words: Iterable[str]) -> Iterator[str]:
    from aftercare.answers.importing.cells import Habits, Unfit, value

    for word in words:
        try:
            value("state", [word], Habits())
        except Unfit:
            yield word
