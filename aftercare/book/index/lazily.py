"""Records that are typed when somebody asks for them, and not before."""

from __future__ import annotations

import json
from collections.abc import ItemsView, Iterable, Iterator, ValuesView
from dataclasses import replace
from typing import TYPE_CHECKING

from aftercare.book.by_kind import ByKind
from aftercare.book.files import read_bytes
from aftercare.book.ids import place_of
from aftercare.book.index.reach import COMMON, records_behind
from aftercare.book.shelf import Shelf, kind_of, read_record
from aftercare.errors import Fault
from aftercare.records.base import Record
from aftercare.records.typed import Setting, typed

if TYPE_CHECKING:
    import sqlite3

    from aftercare.book.index.indexed import Indexed
    from aftercare.book.settings import Settings


class LazyRecords(ByKind):
    """The valid records of an index by their ids, in the order of their files.

    Where the index was held against the folders alone (*by_folder*), each record is held against its own file when it
    is typed: nothing rests on one that was edited in place meanwhile.
    """

    def __init__(self, connection: sqlite3.Connection, setting: Setting, by_folder: Indexed | None = None) -> None:
        self._connection, self._setting, self._by_folder = connection, setting, by_folder
        self._typed: dict[str, Record] = {}
        self._ids: dict[str, None] | None = None
        self._whole: set[str] = set()

    def __getitem__(self, record_id: str) -> Record:
        if record_id not in self._typed:
            asked = "SELECT kind, said FROM files WHERE id = ? AND state = 'record'"
            found = self._connection.execute(asked, (record_id,)).fetchone()
            if found is None:
                raise KeyError(record_id)
            self._type(record_id, *found)
        return self._typed[record_id]  # KeyError also where the file holds no record any more

    def __contains__(self, record_id: object) -> bool:
        if record_id in self._typed:
            return True
        asked = "SELECT 1 FROM files WHERE id = ? AND state = 'record'"
        return self._connection.execute(asked, (record_id,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        if self._ids is None:
            found = (one for (one,) in self._connection.execute("SELECT id FROM files WHERE state = 'record'"))
            self._ids = dict.fromkeys(sorted(found, key=place_of))
        return iter(self._ids)

    def __len__(self) -> int:
        count: int = self._connection.execute("SELECT count(*) FROM files WHERE state = 'record'").fetchone()[0]
        return count

    def of_kind(self, kind: str) -> Iterator[Record]:
        """The records of one kind, in the order of their files."""
        self._type_all(kind)
        ids = self._connection.execute("SELECT id FROM files WHERE kind = ? AND state = 'record'", (kind,))
        return (self._typed[one] for one in sorted((one for (one,) in ids), key=place_of) if one in self._typed)

    def has_kind(self, kind: str) -> bool:
        """Whether there is a record of a kind."""
        asked = "SELECT 1 FROM files WHERE kind = ? AND state = 'record' LIMIT 1"
        return self._connection.execute(asked, (kind,)).fetchone() is not None

    def around(self, customers: Iterable[str], besides: Iterable[str] = ()) -> dict[str, Record]:
        """The records from which the promises to these customers follow, and to whoever is behind the ids *besides*."""
        found = self._there(records_behind(self._connection, customers, besides))
        return {record.id: record for record in found}

    def hanging(self, kind: str, on: Iterable[str]) -> Iterator[Record]:
        """The records of a kind that hang on one of these."""
        asked = "SELECT id FROM files WHERE up = ? AND kind = ?"
        return self._there({one for up in on for (one,) in self._connection.execute(asked, (up, kind))})

    def naming(self, ids: Iterable[str]) -> Iterator[Record]:
        """The records in which one of these ids stands; only of what is nobody's own each is noted by itself."""
        found: set[str] = set()
        for one in ids:
            if kind_of(one) in COMMON:
                asked = "SELECT source FROM mentions WHERE target = :id UNION SELECT id FROM files WHERE up = :id"
            else:
                asked = "SELECT id FROM files WHERE instr(mentions, :id)"
            found.update(source for (source,) in self._connection.execute(asked, {"id": one}))
        return self._there(found)

    def with_phone(self, digits: str) -> Iterator[Record]:
        """The customers who have a phone with these digits, and others who are called by it."""
        found = self._connection.execute("SELECT id FROM phones WHERE whole = ?", (digits,))
        return self._there({one for (one,) in found if kind_of(one) == "customer"})

    def with_serial(self, serial: str) -> Iterator[Record]:
        """The sales of what has this serial number, folded, and the claims under which it was handed over."""
        found = self._connection.execute("SELECT id FROM serials WHERE serial = ?", (serial,))
        return self._there({one for (one,) in found})

    def _there(self, ids: Iterable[str]) -> Iterator[Record]:
        """Those of these records that there are, in the order of their files."""
        return (record for one in sorted(ids, key=place_of) if (record := self.get(one)))

    def forget(self) -> None:
        """Let go of what was typed one by one: a walk over a large book takes no more room than a step of it."""
        self._typed = {one: record for one, record in self._typed.items() if kind_of(one) in self._whole}

    def values(self) -> ValuesView[Record]:
        """All of them, read at once."""
        return self._everything().values()

    def items(self) -> ItemsView[str, Record]:
        """All of them with their ids, read at once."""
        return self._everything().items()

    def _everything(self) -> dict[str, Record]:
        for (kind,) in self._connection.execute("SELECT DISTINCT kind FROM files").fetchall():
            self._type_all(kind)
        return {one: self._typed[one] for one in self if one in self._typed}

    def _type_all(self, kind: str) -> None:
        if kind in self._whole:
            return
        self._whole.add(kind)
        asked = "SELECT id, kind, said FROM files WHERE kind = ? AND state = 'record'"
        for one, of, said in self._connection.execute(asked, (kind,)):
            if one not in self._typed:
                self._type(one, of, said)

    def _type(self, record_id: str, kind: str, said: str) -> None:
        if self._by_folder and not self._by_folder.is_as_known(record_id):
            self._read(self._by_folder, record_id)
        else:
            self._typed[record_id] = typed(kind, json.loads(said), self._setting, is_typed=False)

    def _read(self, index: Indexed, record_id: str) -> None:
        """What the file of a record says now, if it holds one still."""
        file = place_of(record_id)
        try:
            outcome = read_record(file, read_bytes(index.root, file), self._setting)
        except FileNotFoundError:
            return
        if isinstance(outcome, Record):
            self._typed[record_id] = outcome


class Narrowed(ByKind):
    """All records by their ids; who goes through them meets only some."""

    def __init__(self, every: LazyRecords, ids: Iterable[str]) -> None:
        self._every = every
        self._ids = dict.fromkeys(sorted((one for one in ids if one in every), key=place_of))

    def __getitem__(self, record_id: str) -> Record:
        return self._every[record_id]

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._every

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def of_kind(self, kind: str) -> Iterator[Record]:
        """The records of one kind among these, in the order of their files."""
        return (self._every[one] for one in self._ids if kind_of(one) == kind)

    def has_kind(self, kind: str) -> bool:
        """Whether there is a record of a kind at all."""
        return self._every.has_kind(kind)

    def around(self, customers: Iterable[str], besides: Iterable[str] = ()) -> dict[str, Record]:
        """Of all records those around some customers."""
        return self._every.around(customers, besides)

    def hanging(self, kind: str, on: Iterable[str]) -> Iterator[Record]:
        """Of all records those of a kind that hang on one of these."""
        return self._every.hanging(kind, on)

    def naming(self, ids: Iterable[str]) -> Iterator[Record]:
        """Of all records those that name one of these."""
        return self._every.naming(ids)

    def with_phone(self, digits: str) -> Iterator[Record]:
        """Of all customers those with a phone."""
        return self._every.with_phone(digits)

    def with_serial(self, serial: str) -> Iterator[Record]:
        """Of all records those with a serial number."""
        return self._every.with_serial(serial)


def shelf_around(index: Indexed, settings: Settings, record_id: str) -> Shelf:
    """The same; who goes through its records meets those from which the promises to one customer follow.

    It is the customer to whom a record belongs; of what belongs to nobody all records are met.
    """
    from aftercare.book.index.reach import HOUSE, owner_of, records_for

    shelf = shelf_of(index, settings)
    owner = owner_of(index.connection, record_id)
    if owner in {"", HOUSE} or not isinstance(shelf.records, LazyRecords):
        return shelf
    return replace(shelf, records=Narrowed(shelf.records, records_for(index.connection, [owner])))


def shelf_of(index: Indexed, settings: Settings, records: LazyRecords | None = None) -> Shelf:
    """The shelf of a book by its index, which is fresh; with these *records*, where somebody has them."""
    rows = index.connection.execute("SELECT id, state FROM files WHERE state <> 'record'").fetchall()
    return Shelf(
        settings,
        LazyRecords(index.connection, settings.setting) if records is None else records,
        frozenset(one for one, state in rows if state == "removed"),
        tuple(Fault(*fault) for fault in index.faults()),
        index.formerly(),
        invalid=frozenset(one for one, state in rows if state == "faulty"),
    )
