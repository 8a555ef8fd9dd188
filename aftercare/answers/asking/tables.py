"""The tables that a question may name: those of the records, and those of what follows from them on the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aftercare.language import N_
from aftercare.records import tables as of_records
from aftercare.records.tables import Table

PROMISES, FINDINGS, BREACHES = "promises", "findings", "breaches"
_TYPES = {"#": "INTEGER", "%": "REAL", "$": "REAL", "?": "INTEGER"}
_KEYS = {"position": "INTEGER", "name": "TEXT"}


class Meant(NamedTuple):
    """A column of what follows from the records: its name, the mark of its sort, and what it means."""

    name: str
    mark: str
    meaning: str


OF_PROMISES = (
    Meant("id", "", N_("the promise's id")),
    Meant("what", "", N_("the kind of promise")),
    Meant("state", "", N_("its state on the day")),
    Meant("binds", "", N_("by what it binds")),
    Meant("customer", ">", N_("to whom; nothing where it is owed to the public")),
    Meant("person", ">", N_("who of the shop has it in hand")),
    Meant("record", ">", N_("the record that made it")),
    Meant("subject", ">", N_("the record, or the unit, that it is about")),
    Meant("made_on", "@", N_("when it was made")),
    Meant("from", "@", N_("not before this time")),
    Meant("due", "@", N_("by when; a moved promise by its new time")),
    Meant("first_due", "@", N_("by when it was promised first")),
    Meant("moves", "#", N_("how often it was moved")),
    Meant("kept_on", "@", N_("when it was kept")),
    Meant("kept_by", ">", N_("the record that kept it")),
    Meant("ended_on", "@", N_("when it was released, broken or void")),
    Meant("ended_by", ">", N_("the record that says so")),
)
"""The columns of ``promises``: the ledger on the day."""

OF_FINDINGS = (
    Meant("id", "", N_("of a breach its id, of a fault that of its record")),
    Meant("file", "", N_("the file")),
    Meant("line", "#", N_("the line in it")),
    Meant("code", "", N_("the code of what was found")),
    Meant("message", "", N_("the sentence, in the language of the answer")),
    Meant("kind", "", N_("whether it is a fault of the book or a breach of service")),
    Meant("customer", ">", N_("the customer who was wronged")),
    Meant("on", "@", N_("the day of the breach")),
    Meant("person", ">", N_("the person whose work it was")),
    Meant("rule", "", N_("the line of the rules that it breaks")),
    Meant("settled", "", N_("how it was settled; nothing while it is not")),
    Meant("settled_on", "@", N_("the day on which it was settled")),
    Meant("settled_by", ">", N_("the record that settled it")),
    Meant("reason", "", N_("why it was accepted")),
    Meant("awaits", "", N_("the promise of the remedy that is still to come")),
)
"""The columns of ``findings``: what ``check --all`` finds; those of ``breaches`` are the same."""

DERIVED = {PROMISES: OF_PROMISES, FINDINGS: OF_FINDINGS}
NAMES = (*of_records.NAMES, PROMISES, FINDINGS, BREACHES)


def columns_of(name: str) -> Sequence[str]:
    """The names of the columns of a table, in their order."""
    meant = DERIVED.get(FINDINGS if name == BREACHES else name)
    if meant:
        return [column.name for column in meant]
    table = of_records.table(name)
    return [*table.keys, *(column.name for column in table.columns)]


def schema() -> Iterator[str]:
    """The statements that make all tables, empty."""
    for name in of_records.NAMES:
        yield _made(name, list(_typed(of_records.table(name))))
    for name, meant in DERIVED.items():
        yield _made(name, [(column.name, _TYPES.get(column.mark, "TEXT")) for column in meant])
    yield "CREATE VIEW breaches AS SELECT * FROM findings WHERE kind = 'breach'"


def _typed(table: Table) -> Iterator[tuple[str, str]]:
    for key in table.keys:
        yield key, _KEYS.get(key.rpartition("_")[2], "TEXT")
    for column in table.columns:
        yield column.name, "TEXT" if column.path.endswith("[]") else _TYPES.get(column.mark, "TEXT")


def _made(name: str, typed: Sequence[tuple[str, str]]) -> str:
    columns = ", ".join(f"{quoted(column)} {sort}" for column, sort in typed)
    return f"CREATE TABLE {name} ({columns})"


def quoted(name: str) -> str:
    """A name as it may stand in a question whatever words SQL has for itself."""
    return f'"{name}"'
