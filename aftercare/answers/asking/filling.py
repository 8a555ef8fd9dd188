"""The rows of the tables that a question reads, the same whether the index tells them or the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from aftercare.answers.asking.tables import FINDINGS, OF_FINDINGS, OF_PROMISES, PROMISES
from aftercare.answers.naming import of_now
from aftercare.records import tables as of_records

if TYPE_CHECKING:
    from aftercare.answers.asking.confined import Confined
    from aftercare.answers.ledger import Ledger
    from aftercare.answers.naming import Register
    from aftercare.answers.recalled import Recalled

_OF_PROMISES = [column.name for column in OF_PROMISES]
_OF_FINDINGS = [column.name for column in OF_FINDINGS]
_KEPT = """
    SELECT id, what, state, binds, nullif(customer, 'house'), nullif(person, ''), record, subject, made_on,
      CASE WHEN begins <> due THEN begins END, due, first_due, moves, kept_on, kept_by, ended_on, ended_by
    FROM promises ORDER BY id, customer
    """


def fill_records(database: Confined, reads: Mapping[str, set[str]], register: Register) -> None:
    """Fill the tables of records that a question reads: of each the columns that it reads."""
    now = partial(of_now, register) if register.of_now else None
    of_kind: dict[str, list[dict[str, Any]]] = {}
    for name in (one for one in of_records.NAMES if one in reads):
        table = of_records.table(name)
        if table.kind not in of_kind:
            of_kind[table.kind] = sorted(register.rows(table.kind), key=lambda row: str(row["id"]))
        # Where no column is read the rows are counted.
        wanted = sorted(reads[name]) or [(*table.keys, table.columns[0].name)[0]]
        rows = (entry for row in of_kind[table.kind] for entry in of_records.entries(table, row, wanted, now))
        database.fill(name, wanted, rows)


def fill_promises(database: Confined, rows: Iterable[tuple[Any, ...]]) -> None:
    """Fill the ledger."""
    database.fill(PROMISES, _OF_PROMISES, rows)


def fill_findings(database: Confined, rows: Iterable[Mapping[str, Any]]) -> None:
    """Fill in what is wrong."""
    database.fill(FINDINGS, _OF_FINDINGS, ([row[name] for name in _OF_FINDINGS] for row in rows))


def promises_recalled(recalled: Recalled) -> Iterator[tuple[Any, ...]]:
    """The ledger on the day, as the index remembers it."""
    for row in recalled.index.connection.execute(_KEPT):
        yield tuple(_to_the_minute(value) for value in row)


def _to_the_minute(value: Any) -> Any:
    """A time without seconds as everybody writes it; the index has them, so that its texts sort as moments do."""
    is_time = isinstance(value, str) and len(value) == 19 and value[10] == "T" and value.endswith(":00")
    return value[:16] if is_time else value


def promises_in(ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    """The ledger on the day, reckoned from the records."""
    from aftercare.answers.affairs import HOUSE
    from aftercare.plain.moments import iso

    for promise in sorted(ledger.promises, key=lambda one: (one.id, one.draft.to)):
        draft, term, first, kept, ended = promise.draft, promise.due, promise.draft.term, promise.kept, promise.ended
        yield (
            promise.id,
            promise.what,
            promise.state,
            draft.binds,
            draft.to if draft.to != HOUSE else None,
            promise.person or None,
            draft.record,
            draft.subject,
            iso(draft.made_on),
            iso(term.from_) if term and term.from_ and term.from_ != term.by else None,
            iso(term.by) if term else None,
            iso(first.by) if first else None,
            promise.moves,
            iso(kept.at) if kept else None,
            kept.record if kept else None,
            iso(ended.at) if ended else None,
            ended.record if ended else None,
        )
