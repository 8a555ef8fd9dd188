"""What follows from the records on a day, as tables of their own: the promises, and the breaches of service."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from aftercare.answers.exporting.tables import Column, Table, Values
from aftercare.book.index.reach import HOUSE
from aftercare.plain.moments import iso

if TYPE_CHECKING:
    from aftercare.answers.ledger import Ledger
    from aftercare.answers.recalled import Recalled

_ASKED = """
    SELECT id, what, state, binds, customer, person, record, subject, made_on, begins, due FROM promises
    ORDER BY customer, place
    """


def promises_table(*, split: bool = False) -> Table:
    """The promises of the ledger; ``record`` made one, ``subject`` is what it is about."""
    return Table(
        "promises",
        "promises",
        [Column("id", "text", sentence="the promise's id")],
        [
            Column("what", "text", sentence="the kind of promise"),
            Column("state", "text", sentence="waiting, due, overdue, kept, kept_late, broken, released or void"),
            Column("binds", "text", sentence="told, law or plan"),
            Column("customer", "text", refers="customers", sentence="to whom; of the house itself nobody"),
            Column("person", "text", refers="staff", sentence="who is to keep it, or kept it"),
            Column("record", "text", sentence="the record that made it"),
            Column("subject", "text", sentence="what it is about"),
            *_moment("made_on", "when it was made", split=split),
            *_moment("from", "not before", split=split),
            *_moment("due", "by when", split=split),
        ],
    )


def breaches_table(*, split: bool = False) -> Table:
    """The breaches of service, settled ones too."""
    texts = [
        ("code", "the code, as docs/check.md has it", ""),
        ("message", "in words", ""),
        ("file", "the file in which it shows", ""),
        ("customer", "whose affairs it is in", "customers"),
        ("person", "whose work it is", "staff"),
        ("rule", "the line of the pack", ""),
        ("settled", "how it was settled", ""),
        ("settled_by", "by which record", ""),
        ("reason", "why it was accepted", ""),
        ("awaits", "the promise of a remedy that is still to come", ""),
    ]
    return Table(
        "breaches",
        "breaches",
        [Column("id", "text", sentence="the breach's id, by which it is accepted")],
        [
            *(Column(name, "text", (name,), refers, said) for name, said, refers in texts),
            Column("line", "integer", ("line",), sentence="the line of the file"),
            *_moment("on", "since when", ("on",), split=split),
            *_moment("settled_on", "when it was settled", ("settled_on",), split=split),
        ],
    )


def _moment(name: str, sentence: str, path: tuple[str, ...] = (), *, split: bool) -> list[Column]:
    if not split:
        return [Column(name, "moment", path, sentence=sentence)]
    return [Column(name, "day", path, sentence=sentence), Column(f"{name}_time", "time", path, sentence=sentence)]


def promises_of(recalled: Recalled) -> Iterator[Values]:
    """The promises as the index knows them."""
    for row in recalled.index.connection.execute(_ASKED):
        yield (*(value or None for value in row[:8]), *map(_short, row[8:]))


def promises_in(ledger: Ledger) -> Iterator[Values]:
    """The same, of a ledger."""
    for one in ledger.promises:
        draft, term = one.draft, one.due
        begins = (term.from_ or term.by) if term else None
        moments = (draft.made_on, begins, term.by if term else None)
        ids = (draft.to, one.person, draft.record, draft.subject)
        said = [value or None for value in (one.id, one.what, one.state, draft.binds, *ids)]
        yield (*said, *(iso(moment) if moment else None for moment in moments))


def of_customers(values: Iterable[Values], *, split: bool) -> Iterator[Values]:
    """The rows as the table has them: the house is nobody's customer, and a day may stand apart from its time."""
    for row in values:
        said = [*row[:4], None if row[4] == HOUSE else row[4], *row[5:8]]
        yield (*said, *(_split(row[8:]) if split else row[8:]))


def _split(moments: Values) -> Iterator[str | None]:
    for one in moments:
        yield one[:10] if one else None
        yield one if one and len(one) > 10 else None


def _short(moment: str | None) -> str | None:
    """A moment as it is written down: without seconds where it has none."""
    return moment[:-3] if moment and len(moment) == 19 and moment.endswith(":00") else moment


def breach_values(table: Table, rows: Iterable[dict[str, Any]], *, nameless: bool) -> Iterator[Values]:
    """The breaches among what ``check --all`` finds; *nameless* without words."""
    from aftercare.answers.exporting.tables import value_of

    for row in rows:
        if row["kind"] == "breach":
            said = row | dict.fromkeys(("message", "reason")) if nameless else row
            yield (row["id"], *(value_of(column, said.get(column.path[0])) for column in table.columns))


def metadata(tables: Iterable[Table], views: dict[str, str], title: str) -> str:
    """What Datasette shows beside the tables: what each and each of its columns is."""
    described: dict[str, dict[str, Any]] = {
        table.name: {"columns": {one.name: one.sentence for one in table.all if one.sentence}} for table in tables
    }
    described |= {name: {"description": sentence, "columns": {}} for name, sentence in views.items()}
    return json.dumps({"title": title, "databases": {title: {"tables": described}}}, ensure_ascii=False, indent=1)
