"""What the files say, taken into the index: each record as it was read, whose it is, and which ids stand in it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from aftercare.book.files import Unusable
from aftercare.book.ids import parse, path_of, place_of
from aftercare.book.index import findable
from aftercare.book.index.following import Follow
from aftercare.book.index.freshness import Untidy
from aftercare.book.index.reach import ALL, HOUSE, neighbours, touched_by
from aftercare.book.shelf import tree_and_record
from aftercare.errors import Fault
from aftercare.plain.tree import Tree
from aftercare.records.base import Record
from aftercare.records.names import kind_of_id

if TYPE_CHECKING:
    from aftercare.book.book import Book

_ID = re.compile(r"[A-Z]{2}[0-9]{2}-[0-9]{4,9}", re.ASCII)
_AT_ONCE = 20_000
"""So many mentions are put in order before they are put in."""
_UP = ("customer", "sale", "unit", "to", "of")
"""The fields that say whose a record is, each if those before it say nothing."""
_OF_THE_HOUSE = frozenset({"offer", "event", "staff"})


class Renamed(Exception):
    """Some record has, or had, another id than before: who is meant by what must be found out anew for all."""


class Taken(NamedTuple):
    """What one file said when it was read: for the index, and as a record where it holds one."""

    entry: Entry
    record: Record | None = None


class Entry(NamedTuple):
    """One file as the index holds it."""

    id: str
    kind: str
    state: str
    """"record", "removed", or "faulty"."""
    up: str
    """The id on which it hangs: a customer, a sale, a unit's sale; of a customer who brought them; "" for none."""
    mentions: str
    """The other ids that stand in it, with blanks between."""
    said: str
    """The record's tree as JSON; of a faulty file its faults."""


def take_in(
    connection: sqlite3.Connection, book: Book, ids: Iterable[str], follow: Follow, *, anew: bool = False
) -> frozenset[str]:
    """Read these files, note what they say now, and tell whose promises that touches.

    Renamed where a record has an id it had not, or had one that it has no more; not where all is read *anew*.
    """
    wanted = sorted(ids)
    if anew:
        _insert(connection, _entries(book, follow("files", wanted)))
        _take_renamed(connection)
        return ALL
    taken = {one.entry.id: one for one in _entries(book, follow("files", wanted))}
    new = {one: found.entry for one, found in taken.items()}
    old = {one: entry for one in wanted if (entry := _held(connection, one))}
    _forget_lines(connection, wanted)
    otherwise = [one for one in wanted if new.get(one) != old.get(one)]
    if any(_has_names(entry) for one in otherwise for entry in (new.get(one), old.get(one)) if entry):
        raise Renamed
    touched, near = touched_by(connection, otherwise), neighbours(connection, otherwise)
    for one in otherwise:
        if one in old:
            connection.execute("DELETE FROM files WHERE id = ?", (one,))
            connection.executemany("DELETE FROM mentions WHERE target = ? AND source = ?", _pairs(old[one]))
            findable.forget(connection, one)
    _insert(connection, (taken[one] for one in otherwise if one in taken))
    _hang_by_ids_of_now(connection)
    near |= neighbours(connection, otherwise)
    connection.executemany("INSERT OR IGNORE INTO unseen VALUES (?)", [(one,) for one in near])
    return touched | touched_by(connection, otherwise)


def _forget_lines(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Where in these files a finding stands is to be looked up again, whether or not they say anything else now."""
    files = [(path_of(named),) for one in ids if (named := parse(one))]
    connection.executemany("UPDATE findings SET line = NULL WHERE file = ?", files)


def _has_names(entry: Entry) -> bool:
    return entry.state == "record" and '"formerly":' in entry.said


def _held(connection: sqlite3.Connection, record_id: str) -> Entry | None:
    found = connection.execute("SELECT * FROM files WHERE id = ?", (record_id,)).fetchone()
    return Entry(*found) if found else None


def _insert(connection: sqlite3.Connection, taken: Iterable[Taken]) -> None:
    pairs: list[tuple[str, str]] = []
    for entry, record in taken:
        connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", entry)
        if record is not None:
            findable.take(connection, entry.kind, record)
        pairs.extend(_pairs(entry))
        if len(pairs) > _AT_ONCE:
            _insert_pairs(connection, pairs)
    _insert_pairs(connection, pairs)


def _insert_pairs(connection: sqlite3.Connection, pairs: list[tuple[str, str]]) -> None:
    """Put pairs of who is mentioned by whom in their order, which is faster, and let go of them."""
    connection.executemany("INSERT OR IGNORE INTO mentions VALUES (?, ?)", sorted(pairs))
    pairs.clear()


def _pairs(entry: Entry) -> list[tuple[str, str]]:
    """Who is mentioned by whom, as far as it is not said by what a record hangs on."""
    return [(one, entry.id) for one in entry.mentions.split() if one != entry.up]


def _take_renamed(connection: sqlite3.Connection) -> None:
    """Note the ids that records had, of two that claim one the later in the order of the files."""
    asked = "SELECT id, said FROM files WHERE state = 'record' AND said LIKE '%\"formerly\":%'"
    for record_id, said in sorted(connection.execute(asked), key=lambda row: place_of(row[0])):
        for old in json.loads(said).get("formerly") or ():
            connection.execute("INSERT OR REPLACE INTO formerly VALUES (?, ?)", (old, record_id))
    _hang_by_ids_of_now(connection)


def _hang_by_ids_of_now(connection: sqlite3.Connection) -> None:
    """Let what hangs on a record by an id it had hang on the one it has."""
    connection.execute(
        "UPDATE files SET up = (SELECT id FROM formerly WHERE old = up) WHERE up IN (SELECT old FROM formerly)"
    )
    connection.execute(
        "INSERT OR IGNORE INTO mentions SELECT formerly.id, source FROM mentions JOIN formerly ON target = old"
    )


def _entries(book: Book, ids: Iterable[str]) -> Iterator[Taken]:
    for one in ids:
        named = parse(one)
        taken = _taken(book, one, path_of(named)) if named else None
        if taken:
            yield taken


def _taken(book: Book, record_id: str, file: str) -> Taken | None:
    """What one file says; None where it is gone.

    Untidy where the system does not let it be read: that may pass, and its stamp would not tell.
    """
    kind = kind_of_id(record_id)
    try:
        tree, outcome = tree_and_record(file, book.bytes_of(file), book.settings.setting)
    except FileNotFoundError:
        return None
    except Unusable as error:
        if error.fault.code == "unreadable":
            raise Untidy from None
        return _faulty(record_id, kind, [error.fault])
    except OSError:
        raise Untidy from None
    if isinstance(outcome, list):
        return _faulty(record_id, kind, outcome)
    if isinstance(outcome, str):
        return Taken(Entry(record_id, kind, "removed", "", "", ""))
    said = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    mentions = " ".join(dict.fromkeys(one for one in _ID.findall(said) if one != record_id))
    return Taken(Entry(record_id, kind, "record", _up(outcome, kind, tree), mentions, said), outcome)


def _faulty(record_id: str, kind: str, faults: list[Fault]) -> Taken:
    return Taken(Entry(record_id, kind, "faulty", "", "", json.dumps(faults, ensure_ascii=False)))


def _up(record: Record, kind: str, tree: dict[str, Tree]) -> str:
    """The id on which a record hangs."""
    if kind in _OF_THE_HOUSE:
        return HOUSE
    if kind == "customer":
        return str(tree.get("referred_by") or "")
    said = next((str(said) for name in _UP if (said := getattr(record, name, None))), "")
    return said.partition("/")[0]
