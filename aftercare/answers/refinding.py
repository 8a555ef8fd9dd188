"""How the index comes to know what is wrong: found, and kept with whom or what it belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.breaches.all import breaches_to, scope_of, staff_of
from aftercare.answers.checking import Places, unknown_settings
from aftercare.answers.faults import LOOKS, Around
from aftercare.answers.findings import breach_row, fault_row
from aftercare.answers.likenesses import Finding, Trait, traits_of
from aftercare.answers.promises import Promise
from aftercare.answers.recalled import ends_of
from aftercare.answers.rules import Rules
from aftercare.book.book import Book
from aftercare.book.ids import place_of
from aftercare.book.index.indexed import Indexed
from aftercare.book.index.lazily import LazyRecords, shelf_of
from aftercare.book.shelf import Shelf
from aftercare.errors import Fault
from aftercare.plain.tree import Path
from aftercare.plain.watched import Watch
from aftercare.records.staff import Staff

_AT_ONCE = 500
"""So many records are looked at before what was read of them is let go."""
_OF_BREACHES = len(LOOKS)
"""The place of breaches behind all faults on a line."""


_INSERT = """
    INSERT INTO findings (by, owner, place, look, field, file, path, code, id, settled, row)
    VALUES (:by, :owner, :place, :look, :field, :file, :path, :code, :id, :is_settled, :row)
    """


class _Kept(NamedTuple):
    """A finding as the index keeps it, but for whose it is."""

    look: int
    field: str
    file: str
    path: Path
    code: str
    id: str
    is_settled: bool
    row: Mapping[str, Any]


class Refinding:
    """What finds anew, within a change of the index."""

    def __init__(self, index: Indexed) -> None:
        self._index = index
        self._book = Book(index.root)
        self._people: tuple[Shelf, Mapping[str, Staff]] | None = None

    def forget(self, by: str, owner: str) -> None:
        """Let go of what was found with somebody, or in a record."""
        self._index.connection.execute("DELETE FROM findings WHERE by = ? AND owner = ?", (by, owner))

    def note_breaches(
        self, affairs: Affairs, promises: Sequence[Promise], rules: Rules, shelf: Shelf, watch: Watch
    ) -> None:
        """Find what fell short for a customer, by the clock by which the promises were reckoned, and keep it."""
        if self._people is None or self._people[0] is not shelf:
            self._people = shelf, staff_of(shelf)
        scope = scope_of(affairs, promises, rules, self._people[1], watch.now)
        found = [
            _fault(number, finding)
            for number, look in enumerate(LOOKS)
            if look.by_rules
            for finding in look.by_rules(affairs, rules)
        ]
        for group, breach in breaches_to(scope, shelf):
            file, code = place_of(breach.record), breach.code
            row = breach_row(Fault(file, 0, code, breach.sentence), breach)
            found.append(
                _Kept(_OF_BREACHES, group, file, breach.path, code, breach.id, breach.settled is not None, row)
            )
        customer = affairs.customer.id
        self._keep("customer", customer, found)
        self._index.connection.execute("INSERT INTO checked VALUES (?, ?, ?)", (customer, *ends_of(watch.span)))

    def look_again(self) -> int:
        """Look at the records that are to be seen again, and at what shows between all; the number of the former."""
        connection = self._index.connection
        asked = "SELECT id FROM unseen" if self._index.said("unseen") != "all" else "SELECT id FROM files"
        ids = sorted(one for (one,) in connection.execute(asked))
        records = LazyRecords(connection, self._book.settings.setting)
        shelf = shelf_of(self._index, self._book.settings, records)
        around = Around(shelf)
        count = 0
        for number, one in enumerate(self._index.follow("records", ids), start=1):
            self.forget("record", one)
            connection.execute("DELETE FROM traits WHERE id = ?", (one,))
            count += self._look_at(one, around)
            if number % _AT_ONCE == 0:
                records.forget()
        self._look_between()
        connection.execute("DELETE FROM unseen")
        self._index.note("unseen", "")
        return count

    def find_lines(self, asked: str) -> None:
        """Find the lines on which findings stand that have none yet; *asked* chooses them."""
        places = Places(self._book)
        found = [
            (places.line(file, tuple(json.loads(path))), *key)
            for file, path, *key in self._index.connection.execute(f"{asked} ORDER BY file")
        ]
        change = "UPDATE findings SET line = ? WHERE by = ? AND owner = ? AND place = ?"
        self._index.connection.executemany(change, found)

    def _look_at(self, record_id: str, around: Around) -> bool:
        """Look at one record; whether there is one."""
        record = around.shelf.records.get(record_id)
        if record is None:
            return False
        found = [
            _fault(number, finding)
            for number, look in enumerate(LOOKS)
            if look.at_one
            for finding in look.at_one(record, around)
        ]
        self._keep("record", record_id, found)
        borne = [
            (one.trait, one.value, place_of(one.record), one.place, one.record, one.said)
            for one in traits_of(record, around.shelf)
        ]
        self._index.connection.executemany("INSERT INTO traits VALUES (?, ?, ?, ?, ?, ?)", borne)
        return True

    def _look_between(self) -> None:
        """Ask the traits of all records, and the settings, what is wrong."""
        self._index.connection.execute("DELETE FROM findings WHERE by = 'book'")
        found = [
            _fault(number, finding)
            for number, look in enumerate(LOOKS)
            if look.at_all
            for finding in look.at_all(self._borne(look.trait))
        ]
        found += (_fault(0, finding) for finding in unknown_settings(self._book))
        self._keep("book", "", found)

    def _borne(self, trait: str) -> Iterator[Trait]:
        """One trait of all records, in the order of their files."""
        asked = "SELECT value, id, place, said FROM traits WHERE trait = ? ORDER BY file, place"
        for value, record, place, said in self._index.connection.execute(asked, (trait,)):
            yield Trait(trait, value, record, place, said)

    def _keep(self, by: str, owner: str, found: Iterable[_Kept]) -> None:
        rows = [
            one._asdict()
            | {"by": by, "owner": owner, "place": place, "path": json.dumps(one.path), "row": _json(one.row)}
            for place, one in enumerate(found)
        ]
        self._index.connection.executemany(_INSERT, rows)


def _json(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _fault(number: int, finding: Finding) -> _Kept:
    """What a look found, as it is kept."""
    file = place_of(finding.record)
    row = fault_row(Fault(file, 0, finding.code, finding.sentence))
    return _Kept(number, LOOKS[number].group, file, finding.path, finding.code, "", False, row)
