"""``export all DIR --to parquet``: the tables as files that the exports of many shops lie beside, as one set of data.

``DIR/kind=sale/shop=NAME/year=2026/part-0.parquet``: every table is there, also one without rows, and its columns are
those of its model, so that the files of any two shops fit together.
"""

from __future__ import annotations

import atexit
import gc
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from errno import EACCES, EDQUOT, EIO, EMFILE, ENOSPC, EROFS
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftercare.commands.export_sqlite import all_tables, rows
from aftercare.commands.put_out_folders import made, made_in
from aftercare.errors import CannotWrite, MissingExtra, UsageProblem, WouldOverwrite
from aftercare.language import _
from aftercare.plain.moments import day_of

if TYPE_CHECKING:
    from aftercare.answers.exporting.tables import Table, Values
    from aftercare.commands.exports import Wanted
    from aftercare.commands.session import Session

_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "line": "BIGINT",
    "number": "DOUBLE",
    "money": "DECIMAL(18,3)",
    "currency": "VARCHAR",
    "day": "DATE",
    "time": "TIMESTAMP",
    "yesno": "BOOLEAN",
    "json": "VARCHAR",
    "again": "VARCHAR",
}
"""An amount has three decimals, since some currencies do; none has more."""
_FILE = "part-0.parquet"
_NOT_IN_A_NAME = re.compile(r"[^\w.\- ]|^\.+")
_DAYS_OF = {"promises": "made_on", "findings": "on", "entitlements": "on"}


def put_out(session: Session, wanted: Wanted) -> None:
    """Write the tables into the folder that was named; all of them are in place, or none."""
    if wanted.target is None:
        sentence = _("Parquet is many files: name a folder for them")
        raise UsageProblem(sentence, "aftercare export all DIR --to parquet")
    duckdb = _duckdb()
    shop = _shop(session, wanted)
    whole = wanted.target
    with made(whole):
        there = _of_shop(whole, shop)
        if there and not wanted.force:
            raise WouldOverwrite(str(whole / there[0]))
        found = rows(session, wanted, split=True)
        with made_in(whole, force=wanted.force, ours=there) as new:
            _write(
                duckdb,
                new,
                shop,
                list(all_tables(split=True, entitlements=wanted.entitlements)),
                found,
                day_of(session.now()).year,
            )


def _of_shop(whole: Path, shop: str) -> list[str]:
    """The files that an earlier export of this shop made, relative to the folder; all others are somebody else's."""
    names = {table.name for table in all_tables(split=True, entitlements=True)}
    found = [path.relative_to(whole) for path in whole.glob(f"kind=*/{escape(_part('shop', shop))}/year=*/{_FILE}")]
    return sorted(path.as_posix() for path in found if path.parts[0].removeprefix("kind=") in names)


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise MissingExtra(_("writing Parquet"), "parquet", "aftercare export all shop.sqlite") from None
    atexit.register(gc.unfreeze)  # it tells everybody on stderr of whatever of its own is not cleared away at the end
    return duckdb


def _shop(session: Session, wanted: Wanted) -> str:
    """By what the files of this shop are told from others': its name, else that of its folder."""
    if wanted.anonymous:
        from secrets import choice

        return "shop-" + "".join(choice("bcdfghjkmnpqrstvwxz") for __ in range(12))
    book = session.book()
    return book.settings.shop_facts.name or book.root.resolve().name or "shop"


def _part(key: str, value: str) -> str:
    """A step of a path that names a key and its value, as programs read it back."""
    return f"{key}=" + _NOT_IN_A_NAME.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), value)


def _write(
    duckdb: Any, new: Path, shop: str, every: list[Table], found: dict[str, Iterable[Values]], this_year: int
) -> None:
    between = new.parent / "rows.csv"
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            for table in every:
                for year, values in _by_year(table, found.get(table.name, ()), this_year).items():
                    to = new
                    for step in (_part("kind", table.name), _part("shop", shop), f"year={year}"):
                        to /= step
                        to.mkdir(mode=0o700, exist_ok=True)
                    _write_one(connection, table, values, to / _FILE, between)
    except duckdb.Error as error:  # it has its own words where the system refuses it
        raise CannotWrite(str(new.parent.parent), _why(error)) from None


def _why(error: Exception) -> str:
    """What the system said, as DuckDB quotes it at the end; whatever else it says is of no use to anybody here."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else ""
    known = [os.strerror(number) for number in (EIO, ENOSPC, EACCES, EROFS, EDQUOT, EMFILE)]
    return next((reason for reason in known if reason in said), os.strerror(EIO))


def _by_year(table: Table, values: Iterable[Values], this_year: int) -> dict[int, list[Values]]:
    """The rows by the year of the record in which they stand, or of their day; without any, none in this one."""
    named = _DAYS_OF.get(table.name)
    names = [column.name for column in table.all]
    at = names.index(named or (table.kind if table.kind in names[:2] else "id"))
    found: dict[int, list[Values]] = defaultdict(list)
    for row in values:
        said = str(row[at] or "")
        year = int(said[:4] or this_year) if named else 2000 + int(said[2:4])
        found[year].append(row)
    return found or {this_year: []}


def _write_one(connection: Any, table: Table, values: list[Values], to: Path, between: Path) -> None:
    names = [f'"{column.name}"' for column in table.all]
    casts = ", ".join(f"CAST({n} AS {_TYPES[c.sort]}) AS {n}" for n, c in zip(names, table.all, strict=True))
    with between.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_lines(values or [(None,) * len(names)]))
    columns = "{" + ", ".join(f"'{column.name}': 'VARCHAR'" for column in table.all) + "}"
    reading = (
        f"read_csv(?, columns={columns}, header=false, delim=',', quote='\"', escape='\"', nullstr='', "
        "allow_quoted_nulls=false, parallel=false, auto_detect=false, max_line_size=16777216)"
    )
    asked = connection.sql(f"SELECT {casts} FROM {reading}", params=[str(between)])  # noqa: S608 - the names are ours
    (asked if values else asked.limit(0)).write_parquet(str(to), compression="zstd")
    to.chmod(0o600)


def _lines(rows_of_table: Iterable[Values]) -> Iterator[str]:
    for row in rows_of_table:
        yield ",".join(map(_cell, row)) + "\n"


def _cell(value: Any) -> str:
    """A value in quotes, and nothing at all for none, so that an empty text is told from it."""
    if value is None:
        return ""
    text = str(value)
    return '"' + text.replace('"', '""') + '"'
