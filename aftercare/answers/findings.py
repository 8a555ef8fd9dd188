"""What is wrong as rows, one for each finding: a fault of the book, or a breach of service.

They are the same whether all was looked at just now or the index remembers them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from aftercare.book.ids import of_path
from aftercare.book.index.reach import HOUSE

if TYPE_CHECKING:
    from aftercare.answers.breaches.finding import Breach
    from aftercare.errors import Fault

Row = dict[str, Any]
FAULTS = ("files", "references", "book")
"""Where faults may be looked for: in each file by itself, in what records say of each other, or in all of the book."""
BREACHES = ("delivery", "installation", "visits", "claims", "promises", "complaints")
"""The fields of work in which breaches are looked for."""
GROUPS = ("files", "references", *BREACHES, "book")
"""What may be looked at."""
_OF_FAULT = ("id", "file", "line", "code", "message", "kind")
_OF_BREACH = ("customer", "on", "person", "rule", "settled", "settled_on", "settled_by", "reason", "awaits", "credo")
FIELDS = (*_OF_FAULT, *_OF_BREACH)


class Found(NamedTuple):
    """What was found, in the order of files and lines."""

    rows: Iterable[Row]
    """Each finding that was asked for; they may be gone through once."""
    is_invalid: bool
    """Whether a file could not be used at all."""
    is_wrong: bool
    """Whether there is a fault, or a breach that nobody settled."""


def fault_row(fault: Fault) -> Row:
    """A fault for machines."""
    named = of_path(fault.file)
    row = {"id": str(named) if named else None, **fault._asdict(), "kind": "fault"}
    return row | dict.fromkeys(_OF_BREACH) | {"credo": []}


def breach_row(fault: Fault, breach: Breach) -> Row:
    """A breach for machines, with its line in the book."""
    settled = breach.settled
    return {
        "id": breach.id,
        **fault._asdict(),
        "kind": "breach",
        "customer": breach.to if breach.to != HOUSE else None,
        "on": breach.on.isoformat(),
        "person": breach.person or None,
        "rule": breach.line,
        "settled": settled.how if settled else None,
        "settled_on": settled.on.isoformat() if settled else None,
        "settled_by": settled.record if settled else None,
        "reason": (settled.reason or None) if settled else None,
        "awaits": breach.awaits or None,
        "credo": [basic.row() for basic in breach.credo],
    }
