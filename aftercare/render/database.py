"""A book as a database of SQLite: its bytes, made in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aftercare.answers.exporting.tables import Column, Table

VERSION = 1
"""``PRAGMA user_version``: of the tables and views; a later version only adds to them."""
_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "line": "INTEGER",
    "number": "REAL",
    "amount": "REAL",
    "currency": "TEXT",
    "moment": "TEXT",
    "yesno": "BOOLEAN",
    "json": "TEXT",
    "again": "",
}
VIEWS = {
    "breaches": ("Where the service fell short, settled or not.", "SELECT * FROM findings WHERE kind = 'breach'"),
    "promises_overdue": (
        "What is overdue, the longest first, with whom to call.",
        """SELECT p.*, c.name AS customer_name FROM promises p LEFT JOIN customers c ON c.id = p.customer
           WHERE p.state = 'overdue' ORDER BY p.due, p.id""",
    ),
    "balance": (
        "The balance of promises by kind, as aftercare balance prints it for all time.",
        """SELECT what, count(*) AS made, sum(state = 'kept') AS kept, sum(state = 'kept_late') AS kept_late,
           sum(state = 'broken') AS broken, sum(state = 'released') AS released, sum(state = 'void') AS void,
           sum(state IN ('waiting', 'due', 'overdue')) AS open FROM promises GROUP BY what ORDER BY what""",
    ),
    "kept_share": (
        "The share of promises kept in time, of those that were kept, broken or are overdue.",
        """SELECT what, sum(state = 'kept') AS good, count(*) AS cases,
           round(100.0 * sum(state = 'kept') / count(*), 1) AS share FROM promises
           WHERE state IN ('kept', 'kept_late', 'broken', 'overdue') GROUP BY what ORDER BY what""",
    ),
    "verdicts": (
        "What the verdict said of each remedy, on which something was decided or refused.",
        """SELECT d.claim, d."on", d.remedy AS decided, d.refused, r.name AS remedy, r.state, r.until, r.fee,
           r.line FROM claim_decisions d JOIN claim_decisions_verdict_remedies r ON r."of" = d.id""",
    ),
}
"""The views: what each is, and its query."""


def database(tables: Sequence[Table], rows: Mapping[str, Iterable[Sequence[Any]]]) -> bytes:
    """The file that holds the *tables* with these *rows*, and the views."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"PRAGMA user_version = {VERSION}")
        for table in tables:
            connection.execute(_created(table))
        for table in tables:
            marks = ",".join("?" * len(table.all))
            statement = f"INSERT INTO {_quoted(table.name)} VALUES ({marks})"  # noqa: S608 - the names are ours
            connection.executemany(statement, rows.get(table.name, ()))
        for table in tables:
            for column in table.all:
                if column.refers:
                    named = f"{_quoted(f'{table.name}_{column.name}')} ON {_quoted(table.name)}"
                    connection.execute(f"CREATE INDEX {named} ({_quoted(column.name)})")
        connection.execute("CREATE INDEX promises_state ON promises (state, due)")
        for name, (__, query) in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _created(table: Table) -> str:
    columns = [_declared(table, column) for column in table.all]
    foreign = [
        f"FOREIGN KEY ({_quoted(one.name)}) REFERENCES {_quoted(_target(table, one))} (id)"
        for one in table.all
        if one.refers
    ]
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join([*columns, *foreign])})"


def _target(table: Table, column: Column) -> str:
    return table.parent if column.name == "of" and table.parent else column.refers


def _declared(table: Table, column: Column) -> str:
    key = " PRIMARY KEY" if column.name == "id" and table.name != "findings" else ""
    return f"{_quoted(column.name)} {_TYPES[column.sort]}{key}".rstrip()


def _quoted(name: str) -> str:
    return f'"{name}"'
