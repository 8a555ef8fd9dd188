"""Holds tables that were put out against the records they came from, in a walk of its own over their JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from aftercare.records import tables as of_records
from aftercare.records.names import KINDS

Row = Mapping[str, Any]
TABLES = {kind.name: "promise_records" if kind.name == "promise" else kind.folder for kind in KINDS}
"""What the table of a kind is called."""


def once(found: Mapping[str, Sequence[Row]]) -> dict[str, list[dict[str, Any]]]:
    """The tables without the columns that say again what others say: lists in one text, amounts as written, places."""
    kept: dict[str, list[dict[str, Any]]] = {}
    for name, rows in found.items():
        table = of_records.table(name)
        again = {one.name for one in table.columns if one.mark == "=" or one.path.endswith("[]")}
        again.update(key for key in table.keys if key.endswith(("_position", "_name")))
        kept[name] = [{column: value for column, value in row.items() if column not in again} for row in rows]
    return kept


def as_said(row: Any, column: str) -> Any:
    """A value as the records have it: a moment from its day and its time, an amount with its currency."""
    value = row[f"{column}_time"] or row[column] if f"{column}_time" in row else row[column]
    if column.endswith(("_time", "_currency")):
        return None  # these stand beside their day and their amount
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return value.isoformat() if hasattr(value, "isoformat") else value


class Held:
    """The tables as some other program reads them, and which of their cells were met."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], scalar: Callable[[Row, str], Any]) -> None:
        self.tables = tables
        self.scalar = scalar
        self.met: set[tuple[str, str]] = set()
        self.rows: dict[str, int] = dict.fromkeys(tables, 0)
        self._rows = {name: {row["id"]: row for row in rows} for name, rows in tables.items()}
        self._records = {row["id"]: row for rows in tables.values() for row in rows if "/" not in row["id"]}

    def record(self, said: Mapping[str, Any]) -> None:
        """Prove that every value of a record stands where it should."""
        row = self._records[said["id"]]
        self.rows[TABLES[said["kind"]]] += 1
        self._group(said["kind"], row, {k: v for k, v in said.items() if k not in {"kind", "id"}}, "", "")

    def _group(self, table: str, row: Row, held: Mapping[str, Any], before: str, path: str) -> None:
        for name, value in held.items():
            column = f"{before}{name}"
            if value is None or value in ([], {}):
                continue
            if isinstance(value, list) or f"{table}_{column}" in self.tables:
                entries = value.items() if isinstance(value, dict) else enumerate(value, start=1)
                for key, entry in entries:
                    step = "" if table == "sale" and column == "items" else f"{path}{name}/"
                    inner = self._rows[f"{table}_{column}"][f"{row['id']}/{step}{key}"]
                    self.rows[f"{table}_{column}"] += 1
                    self._entry(f"{table}_{column}", inner, entry)
            elif isinstance(value, dict):
                self._group(table, row, value, f"{column}_", f"{path}{name}.")
            elif column == "birthday":
                self._same(table, row, "birthday_solar", value)
            else:
                self._same(table, row, column, value)

    def _entry(self, table: str, row: Row, entry: Any) -> None:
        if isinstance(entry, dict):
            self._group(table, row, entry, "", "")
        else:
            self._same(table, row, "item" if "item" in row else "value", entry)

    def _same(self, table: str, row: Row, column: str, value: Any) -> None:
        found = self.scalar(row, column)
        if isinstance(found, int | float | Decimal) and not isinstance(value, bool):
            found, value = Decimal(str(found)), Decimal(str(value))
        assert (row["id"], column, found) == (row["id"], column, value)
        self.met.add((row["id"], column))

    def left(self) -> list[tuple[str, str, str]]:
        """The cells that say something no record said, but for those by which rows are told apart."""
        found = []
        for table, rows in self.tables.items():
            for row in rows:
                own = {"id"}
                if "/" in row["id"]:
                    record = list(row)[1]
                    own |= {record, "position" if row["id"].endswith(f"/{row.get('position')}") else "name"}
                    own |= {name for name in ("of", "unit") if str(row.get(name)).partition("/")[0] == row[record]}
                said = (name for name in row if name not in own and self.scalar(row, name) is not None)
                found += [(table, row["id"], name) for name in said if (row["id"], name) not in self.met]
        return found
