"""A first mapping for a sheet, from its titles and from what stands below them; and why each thing is believed.

What only the operator can know, such as whether a column of small numbers holds days, is proposed and not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aftercare.answers.importing import dates, titles
from aftercare.answers.importing.likely import DATES, Column, candidates, fits, header, key, known_titles
from aftercare.errors import Fault, InvalidInput
from aftercare.language import _
from aftercare.plain.sheets import Sheet
from aftercare.plain.text import fold

_MOST_DAYS = 60
_DAYS = re.compile(r"\bdays?\b|天|时效|lead ?time|sla", re.IGNORECASE)
_REAL = re.compile(r"real|actual|实际|took|taken", re.IGNORECASE)
_WAY = re.compile(r"ship|deliver|courier|tracking|online|收货|收件|物流|快递|买家|freight", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,3}(?:\.0+)?")
_COMMA = re.compile(r".*[0-9],[0-9]{1,2}(?![0-9]).*")
_POINT = re.compile(r".*[0-9]\.[0-9]{1,2}(?![0-9]).*")
_HALVES = re.compile(r"(.*?)[\s_]*(first|last|f|l)[\s_]*name(.*)", re.IGNORECASE)


class Taken(NamedTuple):
    """The columns that are taken for a field, and why."""

    field: str
    columns: tuple[Column, ...]
    because: str


class Days(NamedTuple):
    """A column that may hold days after the sale, and the field it may be about."""

    field: str
    column: Column
    least: int
    most: int


class Idle(NamedTuple):
    """A column that is not taken, and the fields that it may be about."""

    column: Column
    candidates: tuple[str, ...]


@dataclass
class Suggestion:
    """A mapping as it is proposed; ``count`` is that of the rows below the header in ``line``."""

    kind: str
    line: int
    count: int
    taken: list[Taken] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    idle: list[Idle] = field(default_factory=list)
    constants: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of a field the constant and why it is proposed."""
    orders: tuple[str, ...] = ()
    """The orders of month and day that all dates of the file can have."""
    forms: tuple[str, ...] = ()
    """The forms that all dates of the file can have whose year has two digits."""
    comma: bool = False
    currency: str = ""
    unclear: tuple[str, ...] = ()
    """The words of the state of which it is not clear whether the sale was called off."""
    lacking: tuple[str, ...] = ()


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
    _take(made, columns, known)
    _look_at_values(made)
    return made


def _take(made: Suggestion, columns: Sequence[Column], known: dict[str, list[str]]) -> None:
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
        places = [place for __, place in fitting] if name in titles.MANY else [fitting[0][1]]
        found = tuple(free.pop(place) for place in sorted(places))
        made.taken.append(Taken(name, found, _why(name, found[0])))
    _take_halves(made, free, known)
    if made.kind == "sale":
        _take_days(made, free)
    made.idle = [Idle(column, candidates(column, known)) for column in free.values()]
    given = {one.field for one in made.taken}
    made.lacking = tuple("/".join(group) for group in titles.needed_for(made.kind) if not given.intersection(group))


def _why(name: str, column: Column) -> str:
    if name not in titles.KEYS:
        return _("the title is known")
    return _("the title is known, {count} different values").format(count=len(set(column.values)))


def _take_halves(made: Suggestion, free: dict[int, Column], known: dict[str, list[str]]) -> None:
    """Take a first and a last name for the name, where no column holds the whole."""
    if "name" not in known or any(one.field == "name" for one in made.taken):
        return
    halves: dict[tuple[str, str], dict[str, int]] = {}
    for place, column in free.items():
        found = _HALVES.fullmatch(fold(column.title))
        if found:
            halves.setdefault((found[1].casefold(), found[3].casefold()), {})[found[2][0].casefold()] = place
    both = sorted(
        (not re.search("cust|bill|buy", "".join(which), re.IGNORECASE), found["f"], found["l"])
        for which, found in halves.items()
        if found.keys() == {"f", "l"}
    )
    if both:
        pair = tuple(free.pop(place) for place in both[0][1:])
        made.taken.insert(0, Taken("name", pair, _("first and last name")))


def _take_days(made: Suggestion, free: dict[int, Column]) -> None:
    """Set aside the columns that may hold days: for one promised and one real, and the rest to choose from."""
    for place, column in list(free.items()):
        counts = [int(float(value)) for value in column.values if _WHOLE.fullmatch(value)]
        if not _DAYS.search(column.title) or len(counts) < len(column.values) or max(counts) > _MOST_DAYS:
            continue
        about = "delivered_at" if _REAL.search(column.title) else "deliver_by"
        made.days.append(Days(about, free.pop(place), min(counts), max(counts)))


def _look_at_values(made: Suggestion) -> None:
    """What the values say of the whole file: the order of dates, the comma, the currency, constants, unclear words."""
    by_field = {one.field: one.columns for one in made.taken}
    found = [dates.orders_of(column.values) for name in DATES for column in by_field.get(name, ())]
    shown = [orders for orders in found if orders]
    both = (dates.BY_MONTH, dates.BY_DAY)
    made.orders = tuple(order for order in both if shown and all(order in orders for orders in shown))
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
    return dates.forms_of(fold(value) for value in column.values)


def _look_at_orders(made: Suggestion, by_field: dict[str, tuple[Column, ...]]) -> None:
    all_titles = [column.title for columns in by_field.values() for column in columns]
    all_titles += [one.column.title for one in made.idle] + [one.column.title for one in made.days]
    hint = next((title for title in all_titles if _WAY.search(title)), "")
    if "channel" not in by_field and "order" in by_field and hint:
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
