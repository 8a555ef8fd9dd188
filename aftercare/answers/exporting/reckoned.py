"""What follows from the records on a day, as tables of their own: the promises, and what is wrong.

Their columns and rows are those that ``aftercare sql`` asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aftercare.answers.asking.filling import promises_in, promises_recalled
from aftercare.answers.asking.tables import FINDINGS, OF_FINDINGS, OF_PROMISES, PROMISES, Meant
from aftercare.answers.exporting.tables import UNITS, Column, Sort, Table, Values

if TYPE_CHECKING:
    from aftercare.answers.ledger import Ledger
    from aftercare.answers.recalled import Recalled

_SORTS: Mapping[str, Sort] = {"@": "moment", "#": "integer", "%": "number"}
_REFERS = {"customer": "customers", "person": "staff", "claim": "claims", "unit": UNITS}
_WORDS = ("message", "reason")


def promises_table(*, split: bool = False) -> Table:
    """The promises of the ledger."""
    return drawn(PROMISES, OF_PROMISES, split=split)


def findings_table(*, split: bool = False) -> Table:
    """What ``check --all`` finds."""
    return drawn(FINDINGS, OF_FINDINGS, split=split)


def drawn(name: str, meant: Sequence[Meant], *, split: bool) -> Table:
    """A table of these columns, of which the first is the id; *split* as in :func:`tables.drawn`."""
    own, *others = meant
    table = Table(name, name, [Column(own.name, "text", sentence=own.meaning)])
    for one in others:
        sort = _SORTS.get(one.mark, "text")
        if sort == "moment" and split:
            table.columns.append(Column(one.name, "day", sentence=one.meaning))
            table.columns.append(Column(f"{one.name}_time", "time", sentence=one.meaning))
        else:
            table.columns.append(Column(one.name, sort, refers=_REFERS.get(one.name, ""), sentence=one.meaning))
    return table


def promises_of(known: Recalled | Ledger, *, split: bool) -> Iterator[Values]:
    """The promises, as the index or a ledger knows them."""
    from aftercare.answers.recalled import Recalled

    rows = promises_recalled(known) if isinstance(known, Recalled) else promises_in(known)
    return laid(OF_PROMISES, rows) if split else rows


def findings(rows: Iterable[Mapping[str, Any]], *, nameless: bool, split: bool) -> Iterator[Values]:
    """What ``check --all`` finds; *nameless* without words."""
    gone = frozenset(_WORDS if nameless else ())
    values = (tuple(None if one.name in gone else row[one.name] for one in OF_FINDINGS) for row in rows)
    return laid(OF_FINDINGS, values) if split else values


def laid(meant: Sequence[Meant], rows: Iterable[Values]) -> Iterator[Values]:
    """The rows with the day of each moment apart from its time."""
    are_moments = [one.mark == "@" for one in meant]
    for row in rows:
        laid: list[Any] = []
        for is_moment, value in zip(are_moments, row, strict=True):
            if is_moment:
                laid += (value[:10], value if len(value) > len("2026-03-04") else None) if value else (None, None)
            else:
                laid.append(value)
        yield tuple(laid)


def metadata(tables: Iterable[Table], views: dict[str, str], title: str) -> str:
    """What Datasette shows beside the tables: what each and each of its columns is."""
    described: dict[str, dict[str, Any]] = {
        table.name: {"columns": {one.name: one.sentence for one in table.all if one.sentence}} for table in tables
    }
    described |= {name: {"description": sentence, "columns": {}} for name, sentence in views.items()}
    return json.dumps({"title": title, "databases": {title: {"tables": described}}}, ensure_ascii=False, indent=1)
