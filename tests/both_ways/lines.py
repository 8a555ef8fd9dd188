"""Every question that can be asked of a book, as it is typed."""

from __future__ import annotations

from tests.every_verb import EDITABLE
from tests.world import desk

_MORE = (
    "due --as-of 2026-03-08", "due --today 2026-03-20 --format json", "due --overdue",
    "balance --format json", "score", "score show", "check --format json",
    "show PM26-0001", "show KF35-001", "find 空调 --format json", "customer find 王", "delivery checklist DE26-0002",
    "installation checklist IN26-0001", "visit checklist VI26-0001", "complaint progress CO26-0001", "log",
    "wish progress", "offer sales OF26-0001", "offer cost OF26-0002", "event guests EV26-0001",
    "points ledger CU26-0001", "staff work ST26-0001", "policy credo", "policy calendar 2026", "policy ask CL26-0002",
    "policy sources",
    "product leaflet PR26-0001", "installation sheet IN26-0001", "promise apology PM26-0002", "claim slip CL26-0002",
    "claim receipt CL26-0002", "report maker PR26-0001", "report",
    "renumber CU26-0001 --dry-run", "customer forget CU26-0001 --dry-run",
    "doctor", "show CU26-9999", "customer show 王", "nonsense",
)  # fmt: skip
LINES = tuple(
    dict.fromkeys(
        (
            *desk.READING,
            *_MORE,
            *(f"{kind} list --format json" for kind in EDITABLE),
            *(f"{kind} show {record}" for kind, record in EDITABLE.items()),
            *(f"{kind} show {record} --format json" for kind, record in EDITABLE.items()),
        )
    )
)
"""Lines for the book of :func:`tests.every_verb.base_book`; of some the answer is that there is no such thing."""
HOT = (
    "due --format json", "balance", "check", "check book", "customer list --format json", "customer show CU26-0001",
    "find 王",
    "sale list", "product units PR26-0001", "policy check", "show SA26-0001", "customer tree CU26-0001",
)  # fmt: skip
"""A few that between them ask for everything."""
