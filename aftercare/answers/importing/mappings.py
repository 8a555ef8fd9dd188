"""Which column of a spreadsheet is which fact: the titles that are understood, or that the operator names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, overload

from aftercare.answers.importing.cells import Habits
from aftercare.answers.importing.titles import FIELDS, KEYS, MANY, RANKED, fields_of_kind, needed_for
from aftercare.errors import Fault, InvalidInput
from aftercare.language import _
from aftercare.plain.sheets import Row, Sheet
from aftercare.plain.text import fold
from aftercare.records.typed import Setting

__all__ = [
    "DATE_ORDERS",
    "FIELDS",
    "MANY",
    "NOTHING_WANTED",
    "Columns",
    "Entries",
    "Entry",
    "Lookup",
    "Wanted",
    "columns_of",
    "understood",
]

DATE_ORDERS = ("y/m/d", "d/m/y", "m/d/y")
_HEADER_WITHIN = 10
_WIDE = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")


class Lookup(NamedTuple):
    """How a record is known that a row speaks of, ``by`` what and in which order; whether one is made where none is."""

    by: tuple[str, ...] = ()
    makes: bool = True


class Wanted(NamedTuple):
    """What the operator's mapping says; ``lines`` are those of its columns in its file."""

    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    dates: tuple[str, ...]
    file: str = ""
    lines: Mapping[str, int] = MappingProxyType({})
    days: Mapping[str, str] = MappingProxyType({})
    """The fields whose column holds a number of days, each with the field after whose day they are counted."""
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """Of a field the words of the file, folded, each with ours."""
    lookups: Mapping[str, Lookup] = MappingProxyType({})
    comma: bool = False
    """Whether a comma parts the decimals of a number."""
    currency: str = ""
    """What amounts are in that name no currency; "" is the book's."""
    empty: frozenset[str] = frozenset()
    """What the file writes where there is nothing, folded."""

    def habits(self, setting: Setting) -> Habits:
        """How the cells of the file are to be read in a book of this *setting*."""
        return Habits(self.dates, setting, self.words, self.comma, self.currency, self.days)


NOTHING_WANTED = Wanted(MappingProxyType({}), MappingProxyType({}), DATE_ORDERS[:1])


class Entry(NamedTuple):
    """One row as facts: each field with what its cells say, empty ones left out."""

    line: int
    values: Mapping[str, tuple[str, ...]]


class Entries(Sequence[Entry]):
    """The rows of a sheet as facts, each read when it is asked for: the cells lie in memory once."""

    def __init__(self, rows: Sequence[Row], columns: Columns) -> None:
        self._rows, self._columns = rows, columns

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Entries: ...
    def __getitem__(self, place: int | slice) -> Entry | Entries:
        if isinstance(place, slice):
            return Entries(self._rows[place], self._columns)
        row = self._rows[place]
        return Entry(row.line, self._columns.values(row))

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, field: str) -> Iterator[tuple[str, ...]]:
        """What the cells of one field say in each row; nothing where they are empty."""
        only = self._columns.of_field(field)
        return (only.values(row).get(field, ()) for row in self._rows)


def texts_of(entries: Sequence[Entry], field: str) -> Iterator[tuple[str, ...]]:
    """What one field says in each of these rows."""
    if isinstance(entries, Entries):
        return entries.texts(field)
    return (entry.values.get(field, ()) for entry in entries)


class Columns(NamedTuple):
    """Where the facts of a sheet stand: the header's line, the columns of each field, and the titles not used."""

    line: int
    places: Mapping[str, tuple[int, ...]]
    unused: tuple[str, ...]
    width: int
    constants: Mapping[str, str]
    empty: frozenset[str] = frozenset()

    def entries(self, sheet: Sheet, file: str) -> tuple[Entries, list[Fault]]:
        """The rows below the header, and a fault for each that has other columns than the header."""
        found, faults = list[Row](), []
        for row in sheet.rows:
            if row.line <= self.line:
                continue
            if len(row.cells) < self.width or any(row.cells[self.width :]):
                sentence = _("the row has {count} cells and the header {width}")
                said = sentence.format(count=len(row.cells), width=self.width)
                faults.append(Fault(file, row.line, "columns", said))
            else:
                found.append(row)
        return Entries(found, self), faults

    def of_field(self, field: str) -> Columns:
        """The columns and the constant of one field alone."""
        places = {name: places for name, places in self.places.items() if name == field}
        return self._replace(places=places, constants={n: text for n, text in self.constants.items() if n == field})

    def values(self, row: Row) -> dict[str, tuple[str, ...]]:
        """What a row says of each field."""
        found: dict[str, tuple[str, ...]] = {field: (text,) for field, text in self.constants.items()}
        cells = row.cells
        for field, places in self.places.items():
            texts = tuple([cells[place] for place in places if cells[place]])
            if self.empty:
                texts = tuple(text for text in texts if fold(text).casefold() not in self.empty)
            if texts:
                found[field] = texts if field in MANY or len(texts) == 1 else (together(field, texts),)
        return found


def columns_of(kind: str, sheet: Sheet, wanted: Wanted, file: str) -> Columns:
    """The columns of a sheet; its header is the first row, near the top, that names all that is needed.

    InvalidInput says which titles were understood where none does, and names titles that claim the same field.
    """
    best: tuple[int, Row, dict[str, list[int]]] | None = None
    for row in sheet.rows[:_HEADER_WITHIN]:
        places = _places(kind, row, wanted)
        if not _lacking(kind, {*places, *wanted.constants}):
            _refuse_twice(row, places, wanted, file)
            return _columns(row, places, wanted, file)
        if best is None or len(places) > best[0]:
            best = (len(places), row, places)
    row, places = (best[1], best[2]) if best else (sheet.rows[0], {})
    raise InvalidInput([_no_header(kind, row, places, wanted, file), *_absent(row, wanted)])


def _places(kind: str, row: Row, wanted: Wanted) -> dict[str, list[int]]:
    """The columns of each field: those that the operator names, and those with a known title that are left."""
    titles = [_key(cell) for cell in row.cells]
    places: dict[str, list[int]] = {}
    taken: set[int] = set()
    for field, named in wanted.columns.items():
        found = [place for title in named for place in _named(row, title)]
        taken.update(found)
        if found:
            places[field] = list(dict.fromkeys(found))
    fields = fields_of_kind(kind)
    known = {_key(title): field for field, titles in fields.items() for title in titles}
    for place, title in enumerate(titles):
        field = known.get(title, "")
        if field and place not in taken and field not in wanted.columns and field not in wanted.constants:
            places.setdefault(field, []).append(place)
    for field in RANKED & places.keys() - wanted.columns.keys():
        rank = [_key(title) for title in fields[field]]
        places[field] = [min(places[field], key=lambda place: rank.index(titles[place]))]
    return places


def understood(kind: str, row: Row) -> dict[str, list[int]]:
    """The columns of each field that are known by their titles alone, without a mapping."""
    return _places(kind, row, NOTHING_WANTED)


def _named(row: Row, title: str) -> list[int]:
    """The columns that a title of the mapping means: those with just this one, else those that are like it."""
    there = list(enumerate(row.cells))
    return [place for place, cell in there if cell and fold(cell) == fold(title)] or [
        place for place, cell in there if cell and _key(cell) == _key(title)
    ]


def together(field: str, texts: Sequence[str]) -> str:
    """What several columns say of one field, put together as its script does; of a key with strokes between."""
    if field in KEYS:
        return "/".join(texts)
    whole = texts[0]
    for text in texts[1:]:
        whole += text if _WIDE.match(whole[-1:]) and _WIDE.match(text) else f" {text}"
    return whole


def _columns(row: Row, places: Mapping[str, list[int]], wanted: Wanted, file: str) -> Columns:
    absent = _absent(row, wanted)
    if absent:
        raise InvalidInput(absent)
    used = {place for field in places.values() for place in field}
    unused = tuple(cell for place, cell in enumerate(row.cells) if cell and place not in used)
    width = max(place for place, cell in enumerate(row.cells) if cell) + 1
    return Columns(row.line, {f: tuple(p) for f, p in places.items()}, unused, width, wanted.constants, wanted.empty)


def _lacking(kind: str, given: set[str]) -> list[str]:
    return ["/".join(group) for group in needed_for(kind) if not given.intersection(group)]


def _no_header(kind: str, row: Row, places: Mapping[str, list[int]], wanted: Wanted, file: str) -> Fault:
    understood = ", ".join(row.cells[place] for field in places.values() for place in field)
    lacking = ", ".join(_lacking(kind, {*places, *wanted.constants}))
    sentence = _(
        "no column is known to be {fields}; understood: {titles}; name the columns with --map (--suggest proposes them)"
    )
    said = sentence.format(fields=lacking, titles=understood or _("nothing"))
    perhaps = ", ".join(_perhaps(kind, row, lacking))
    return Fault(file, row.line, "header", f"{said}: {perhaps}" if perhaps else said)


def _perhaps(kind: str, row: Row, lacking: str) -> Iterator[str]:
    """Lines for the mapping: of fields that are lacking the columns whose titles some exports use for them."""
    from aftercare.answers.importing.likely import key, known_titles

    known = known_titles(kind)
    for field in re.findall(r"[a-z_.]+", lacking):
        titles = set(map(key, known.get(field, ())))
        yield from (f"{field}: {cell}" for cell in row.cells if cell and key(cell) in titles)


def _absent(row: Row, wanted: Wanted) -> list[Fault]:
    """A fault for each title that the mapping names and the sheet does not have."""
    return [
        Fault(wanted.file, wanted.lines.get(field, 1), "column", _no_column(field, title, row))
        for field, titles in wanted.columns.items()
        for title in titles
        if not _named(row, title)
    ]


def _no_column(field: str, title: str, row: Row) -> str:
    cut = next((cell for cell in row.cells if fold(cell).startswith(f"{fold(title)} #")), None)
    if cut:
        sentence = _("{field}: what follows a # is a remark; write {title} in quotes")
        return sentence.format(field=field, title=f'"{cut}"')
    sentence = _("{field}: there is no column “{title}”; there are {titles}")
    return sentence.format(field=field, title=title, titles=", ".join(filter(None, row.cells)))


def _refuse_twice(row: Row, places: Mapping[str, list[int]], wanted: Wanted, file: str) -> None:
    sentence = _("{titles} may all be {field}; say with --map which one is")
    faults = [
        Fault(
            file,
            row.line,
            "duplicate-column",
            sentence.format(titles=", ".join(row.cells[p] for p in found), field=field),
        )
        for field, found in places.items()
        if len(found) > max(1, len(wanted.columns.get(field, ()))) and field not in MANY
    ]
    if faults:
        raise InvalidInput(faults)


def _key(title: str) -> str:
    """A title as it is compared: without its unit or remark in brackets, blanks, stars and colons."""
    plain = re.sub(r"[(\[【][^)\]】]*[)\]】]", "", fold(title).casefold())
    return re.sub(r"[\s_*:：\-]", "", plain)
