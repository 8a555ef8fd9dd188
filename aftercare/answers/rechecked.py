"""What the index remembers of all that is wrong: found anew only where a record, a rule or the time is another.

A breach of service belongs to a customer, as promises do, and is reckoned beside them.  A fault that shows in one
record belongs to that record, and is looked for again when it or a record beside it changes.  What only shows when all
records are put side by side is asked of their traits.  On which line a finding stands is looked up when it is to be
printed, and kept until its file changes in any way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import TYPE_CHECKING, Any

from aftercare.answers.findings import BREACHES, Found, Row, fault_row
from aftercare.answers.recalled import Recalled, written
from aftercare.book.index.indexed import Indexed
from aftercare.errors import Fault

if TYPE_CHECKING:
    from aftercare.plain.moments import Moment

_KINDS_OF_FAULT = {"": ("files", "references", "book"), "book": ("files", "references", "book")}
_STALE = """
    SELECT customer FROM unchecked
    UNION SELECT customer FROM checked WHERE before <= :at AND NOT (before = :at AND after = :at)
    UNION SELECT customer FROM checked WHERE after >= :at AND NOT (before = :at AND after = :at)
    """


class Rechecked(Recalled):
    """The index of a book with all that is wrong in it at a moment; *with_settled*: lines of what is settled too."""

    def __init__(self, index: Indexed, now: Moment, *, with_settled: bool = False) -> None:
        self._with_settled = with_settled
        self.records_looked_at = 0
        super().__init__(index, now)

    def found(self, group: str) -> Found:
        """What is wrong in one of the groups that may be looked at; "" is everything."""
        broken = self._broken(group)
        fields = [*_KINDS_OF_FAULT.get(group, (group,)), *(BREACHES if not group else ())]
        marks = ",".join("?" * len(fields))
        wrong = f"SELECT 1 FROM findings WHERE field IN ({marks}) AND NOT settled LIMIT 1"  # noqa: S608
        is_wrong = bool(broken) or self.index.connection.execute(wrong, fields).fetchone() is not None
        return Found(_each_once(self._in_order(broken, fields)), bool(broken), is_wrong)

    def _broken(self, group: str) -> list[Fault]:
        """What is wrong with files that are not valid, and with packs."""
        broken = [Fault(*fault) for fault in self.index.faults()]
        if any(fault.code == "conflict-marker" for fault in broken):
            from aftercare.answers.checking import explained
            from aftercare.book.book import Book

            broken = explained(Book(self.index.root), broken)
        return broken if group == "references" else [*broken, *(Fault(*fault) for fault in self.pack_faults)]

    def _in_order(self, broken: list[Fault], fields: list[str]) -> Iterator[Row]:
        settled = "" if self._with_settled else "AND NOT settled"
        asked = f"""
            SELECT file, line, code, id, row FROM findings WHERE field IN ({",".join("?" * len(fields))}) {settled}
            ORDER BY file, line, code, id, look, owner = 'house', owner, place
            """  # noqa: S608
        kept = (((file, line, code, one), row) for file, line, code, one, row in self._rows(asked, fields))
        first = (((*fault[:3], ""), fault_row(fault)) for fault in sorted(broken, key=lambda fault: fault[:3]))
        for key, row in merge(first, kept, key=lambda pair: pair[0]):
            yield row if isinstance(row, dict) else json.loads(row) | {"line": key[1]}

    def _rows(self, asked: str, fields: list[str]) -> Iterator[tuple[Any, ...]]:
        yield from self.index.connection.execute(asked, fields)

    def _is_known(self) -> bool:
        return super()._is_known() and not self._has_unseen() and not self._has_lines_to_find()

    def _has_unseen(self) -> bool:
        known = self.index.connection.execute("SELECT 1 FROM unseen LIMIT 1").fetchone() is None
        return not known or self.index.said("unseen") == "all"

    def _has_lines_to_find(self) -> bool:
        return self.index.connection.execute(f"{self._without_line('1')} LIMIT 1").fetchone() is not None

    def _without_line(self, columns: str) -> str:
        settled = "" if self._with_settled else "AND settled = 0"
        return f"SELECT {columns} FROM findings WHERE line IS NULL {settled}"  # noqa: S608 - the words are ours

    def _stale(self) -> Iterator[str]:
        """Whoever is to be reckoned anew, for promises or for breaches."""
        yield from {
            *super()._stale(),
            *(one for (one,) in self.index.connection.execute(_STALE, {"at": written(self.now)})),
        }

    def _reckon(self) -> None:
        from aftercare.answers.refinding import Refinding

        self._finding = Refinding(self.index)
        super()._reckon()
        self.index.connection.execute("DELETE FROM unchecked")
        if self._has_unseen():
            self.records_looked_at = self._finding.look_again()
        self._finding.find_lines(self._without_line("file, path, by, owner, place"))

    def _forget(self, customer: str) -> None:
        super()._forget(customer)
        self._finding.forget("customer", customer)
        self.index.connection.execute("DELETE FROM checked WHERE customer = ?", (customer,))

    def _note(self, affairs: Any, rules: Any, shelf: Any) -> Any:
        watch, promises = super()._note(affairs, rules, shelf)
        self._finding.note_breaches(affairs, promises, rules, shelf, watch)
        return watch, promises


def _each_once(rows: Iterable[Row]) -> Iterator[Row]:
    """Faults that say the same of the same line are one."""
    line: tuple[str, int, str] | None = None
    said: set[str] = set()
    for row in rows:
        at = (row["file"], row["line"], row["code"])
        if at != line:
            line, said = at, set()
        if row["kind"] == "fault":
            if row["message"] in said:
                continue
            said.add(row["message"])
        yield row
