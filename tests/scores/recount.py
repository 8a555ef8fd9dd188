"""The scores counted a second time, from ``docs/score.md`` alone.

The book's files, and what ``promise list`` and ``check --all`` print, go into SQLite; a query for each measure asks for
its cases.  Nothing here knows how the program counts them.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import yaml

from aftercare.cli import run

HERE = Path(__file__).parent
BOOK = HERE / "book"
TODAY = "2026-09-30"
"""The day on which the small book is looked at: the last of a month, on which something is due."""
QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "queries").glob("*.sql"))}
SCHEMA = (HERE / "schema.sql").read_text(encoding="utf-8")
_SPOKEN = "spoken"
"""The table of the records in promises/, since the ledger's promises have that name."""
_RESERVED = {"in", "to", "from", "for", "on", "of"}
_CASES = """SELECT id, day, good, why, amount, part FROM ({})
WHERE day BETWEEN :first AND :last AND day <= :today ORDER BY day, id"""


class Span(NamedTuple):
    """The days asked about, both included, as ISO text."""

    first: str
    last: str


EVER = Span("0001-01-01", "9999-12-31")


class Row(NamedTuple):
    """A case, as a query found it."""

    id: str
    day: str
    good: bool
    why: str
    amount: int | None
    part: str


class Recount(NamedTuple):
    """What a measure comes to: its sort, whether less is better, and its cases."""

    sort: str
    less: bool
    rows: tuple[Row, ...]

    @property
    def good(self) -> int:
        """How many cases are good."""
        return sum(row.good for row in self.rows)

    @property
    def of(self) -> int:
        """How many cases there are."""
        return len(self.rows)

    @property
    def value(self) -> Decimal | None:
        """The figure, to a tenth; none of nothing."""
        amounts = sorted(row.amount for row in self.rows if row.amount is not None)
        parts = Counter(row.part for row in self.rows)
        match self.sort:
            case "share" if self.rows:
                return tenth(Fraction(100 * self.good, self.of))
            case "days" if amounts:
                half = len(amounts) // 2
                return tenth(Fraction(amounts[half] + amounts[-half - 1], 2))
            case "grade" if amounts:
                return tenth(Fraction(sum(amounts), len(amounts)))
            case "net" if self.of >= 10:
                return tenth(Fraction(100 * (parts["promoter"] - parts["detractor"]), self.of))
            case "count":
                return Decimal(self.of)
            case _:
                return None


def tenth(value: Fraction) -> Decimal:
    """A fraction to one decimal, halves away from nought."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def recounted(tables: sqlite3.Connection, measure: str, span: Span, today: str = TODAY) -> Recount:
    """A measure in some days, by its query."""
    query = QUERIES[measure]
    sort, *less = query.partition("\n")[0].removeprefix("--").split()
    asked = {"first": span.first, "last": span.last, "today": today, "end": min(span.last, today)}
    found = tables.execute(_CASES.format(query), asked)
    rows = [
        Row(name, day, bool(good), why, None if amount is None else int(amount), str(part))
        for name, day, good, why, amount, part in found
    ]
    return Recount(sort, bool(less), tuple(rows))


@cache
def of_book(folder: Path, today: str = TODAY) -> sqlite3.Connection:
    """A book on a day as tables; read them only."""
    return loaded(folder, today)


def loaded(folder: Path, today: str) -> sqlite3.Connection:
    """A book on a day as tables of one's own."""
    tables = sqlite3.connect(":memory:")
    tables.executescript(SCHEMA)
    columns = {name: _columns(tables, name) for (name,) in tables.execute("SELECT name FROM sqlite_schema")}
    for file in sorted(folder.glob("*/[0-9]*/[A-Z]*.yaml")):
        for table, values in _rows(file):
            _insert(tables, table, columns.get(table, []), values)
    for promise in printed(folder, today, "promise", "list"):
        _insert(tables, "promises", columns["promises"], promise)
    for finding in printed(folder, today, "check", "--all"):
        if finding["kind"] == "breach":
            _insert(tables, "breaches", columns["breaches"], finding)
    return tables


def printed(folder: Path, today: str, *words: str) -> list[dict[str, Any]]:
    """The rows that a command prints as JSON."""
    out = StringIO()
    with redirect_stdout(out):
        run(["-C", str(folder), "--today", today, "--lang", "en", *words, "--format", "json"])
    rows: list[dict[str, Any]] = json.loads(out.getvalue())
    return rows


def _columns(tables: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in tables.execute(f"PRAGMA table_info({name})")]


def _insert(tables: sqlite3.Connection, table: str, columns: list[str], values: dict[str, Any]) -> None:
    known = [name for name in columns if name in values]
    if known:
        names, marks = ", ".join(f'"{name}"' for name in known), ", ".join("?" * len(known))
        insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of the schema beside it
        tables.execute(insert, [values[name] for name in known])


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a record: its own, and one for each entry of its lists."""
    record = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - it knows nothing but text
    if "removed" not in record:
        folder = file.parent.parent.name
        yield from _of(_SPOKEN if folder == "promises" else folder, record, {})


def _of(table: str, group: dict[str, Any], above: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    flat = dict(_flat(group, ""))
    yield table, {**above, **{name: value for name, value in flat.items() if isinstance(value, str)}}
    place = "nested" if "nth" in above else "nth"
    for name, value in flat.items():
        for nth, entry in enumerate(value if isinstance(value, list) else (), start=1):
            within = "beyond" if name == "beyond" else f"{table}_{name}"
            inside = {"record": group.get("id", above.get("record")), **above, place: nth}
            if isinstance(entry, dict):
                yield from _of(within, entry, inside)
            else:
                yield within, {**inside, "value": entry}


def _flat(group: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """The values of a group by their names; those of a group within it have its name in front, and answers of customers
    are read as they were meant, whatever the width of their digits.
    """
    for key, value in group.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}_")
        elif value != "":
            plain = normalize("NFKC", value) if before == "answers_" else value
            yield before + key + ("_" if not before and key in _RESERVED else ""), plain
