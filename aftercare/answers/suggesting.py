"""What may stand in the place of a half-typed word: ids and names that the index knows, each with what it is.

Whoever presses Tab waits for it, so no file is looked at: the index is asked as it was left.  Where there is none the
names of the files have to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from aftercare.records.names import BY_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from aftercare.book.index.indexed import Indexed

MOST = 100
"""Nobody reads more."""
_NAMED = frozenset({"customer", "staff", "product", "part", "offer", "event"})
"""The kinds whose records are called by a name; of the others it is the customer's."""
_FEW = frozenset({"staff", "product", "part", "offer", "event"})
"""The kinds of which all names may be shown before anything is typed."""
_OPEN = """
    SELECT id, what, customer, due FROM promises
    WHERE row IS NOT NULL AND state = ? AND id >= ? AND id < ? ORDER BY begins LIMIT ?
    """
_IDS = "SELECT id FROM known WHERE id >= ? AND id < ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?"
_CALLED = """
    SELECT name, min(id), count(*), max(more) FROM known
    WHERE id BETWEEN ? AND ? AND name >= ? AND substr(name, 1, ?) = ? GROUP BY name ORDER BY name LIMIT ?
    """
_LAST = "\U0010ffff"


class Suggested(NamedTuple):
    """A word that may be typed, and what it means."""

    word: str
    meaning: str = ""


class OpenPromise(NamedTuple):
    """A promise that may be meant: its id, its kind, the customer's name, and when it is due."""

    id: str
    what: str
    name: str
    due: str


class Suggesting:
    """What the index of a book suggests."""

    def __init__(self, index: Indexed) -> None:
        from aftercare.answers.looked_up import LookedUp

        self._ask = index.connection.execute
        self._known = LookedUp(index)

    def records(self, kinds: Iterable[str], typed: str) -> Iterator[Suggested]:
        """The records of some kinds whose id, or whose own name, begins as *typed*; the newest first."""
        for kind in kinds:
            yield from self._by_id(kind, typed)
            if kind in _NAMED and (typed or kind in _FEW):
                yield from self._by_name(kind, typed)

    def units(self, typed: str) -> Iterator[Suggested]:
        """The lines of the sales whose id begins as *typed*."""
        sale, __, line = typed.partition("/")
        for one in self._by_id("sale", sale):
            goods = self._ask("SELECT goods FROM known WHERE id = ?", (one.word,)).fetchone()
            for number in range(1, len(json.loads(goods[0]) if goods else ()) + 1):
                if str(number).startswith(line):
                    yield Suggested(f"{one.word}/{number}", self._what(f"{one.word}/{number}"))

    def open_promises(self, typed: str) -> Iterator[OpenPromise]:
        """The promises that are still owed and whose id begins as *typed*; the latest behind their time first."""
        for state in ("overdue", "due", "waiting"):
            begins = typed.upper() if "/" not in typed else typed
            for one, what, customer, due in self._ask(_OPEN, (state, begins, f"{begins}{_LAST}", MOST)).fetchall():
                name = self._ask("SELECT name FROM known WHERE id = ?", (customer,)).fetchone()
                yield OpenPromise(one, what, name[0] if name else "", str(due or "").replace("T", " ")[:16])

    def _by_id(self, kind: str, typed: str) -> Iterator[Suggested]:
        prefix, begins = BY_NAME[kind].prefix, typed.upper()
        for (one,) in self._ask(_IDS, (prefix, f"{prefix}~", begins, f"{begins}{_LAST}", MOST)).fetchall():
            yield Suggested(one, self._what(one))

    def _by_name(self, kind: str, typed: str) -> Iterator[Suggested]:
        prefix = BY_NAME[kind].prefix
        asked = self._ask(_CALLED, (prefix, f"{prefix}~", typed, len(typed), typed, MOST))
        for name, first, count, more in asked.fetchall():
            if name and count == 1:  # of two that are called so nobody knows who is meant
                yield Suggested(name, f"{first} {more}".strip())

    def _what(self, record_id: str) -> str:
        return self._known.known_as(record_id).removeprefix(record_id).strip()


def by_files(root: Path, kinds: Iterable[str], typed: str) -> Iterator[Suggested]:
    """The ids that begin as *typed*, by the names of the files; the newest first."""
    for kind in kinds:
        begins = typed.upper()
        found = (file for year in _newest_first(root / BY_NAME[kind].folder) for file in _newest_first(year))
        ids = (file.stem for file in found if file.suffix == ".yaml" and file.name.startswith(begins))
        yield from map(Suggested, islice(ids, MOST))


def _newest_first(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), reverse=True)
    except OSError:
        return []
