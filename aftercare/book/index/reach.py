"""Whose answers hang on which record: the records that a customer's promises follow from, and the other way round.

A record hangs on another one (a delivery on its sale, a claim on the sale of its unit, a sale on its customer), so a
customer has what hangs on them, on that, and so on.  Goods, parts, people, offers and events are nobody's own: they
reach whoever names them, and whom they name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from aftercare.records.names import BY_PREFIX, kind_of_id

HOUSE = "house"
"""In the place of a customer: what the shop owes nobody in particular."""
COMMON = frozenset({"product", "part", "staff", "offer", "event"})


ALL: Final = frozenset({"*"})
"""Every customer there is; as one of several that are touched it stands for all of them."""
_MOST = 500
"""So many names stand in one question to the database."""


def touched_by(connection: sqlite3.Connection, ids: Iterable[str]) -> frozenset[str]:
    """The customers whose promises may follow from records, as far as the index knows now."""
    found: set[str] = set()
    common: list[str] = []
    for one in ids:
        if kind_of_id(one) in COMMON:
            common.append(one)
        elif kind_of_id(one) == "customer":
            found.update(_chain(connection, one))
        elif owner := owner_of(connection, one):
            found.update((owner, *_referrer(connection, owner)))
    reached = _reached(connection, common)
    if any(kind_of_id(one) == "offer" for one in (*common, *reached)):
        return ALL
    for one in reached:
        if (owner := owner_of(connection, one)) and owner != HOUSE:
            found.update((owner, *_referrer(connection, owner)))
    return frozenset({*found, HOUSE} if common else found)


def _reached(connection: sqlite3.Connection, common: Iterable[str]) -> set[str]:
    """What names, or is named by, things that are nobody's own; through others of them too."""
    found: set[str] = set()
    waiting = list(common)
    while waiting:
        one = waiting.pop()
        named = connection.execute("SELECT mentions FROM files WHERE id = ?", (one,)).fetchone()
        naming = connection.execute("SELECT source FROM mentions WHERE target = ?", (one,))
        beside = {source for (source,) in naming}
        # What a product names (its parts) does not hang on it; whom an event or a part names does.
        beside |= {other for other in (named[0].split() if named else ()) if kind_of_id(other) not in COMMON}
        waiting.extend(other for other in beside - found if kind_of_id(other) in COMMON)
        found |= beside
    return found


def neighbours(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Records with those that they name and those that name them: of these what is wrong may be otherwise now."""
    found = set(ids)
    for one in list(found):
        for (said,) in connection.execute("SELECT mentions FROM files WHERE id = ?", (one,)):
            found.update(said.split())
        found.update(source for (source,) in connection.execute("SELECT source FROM mentions WHERE target = ?", (one,)))
        found.update(below for (below,) in connection.execute("SELECT id FROM files WHERE up = ?", (one,)))
    of_now = dict(connection.execute("SELECT old, id FROM formerly").fetchall())
    return {of_now.get(one, one) for one in found}


def owner_of(connection: sqlite3.Connection, record_id: str) -> str:
    """The customer to whom a record belongs, HOUSE, or "" where it hangs on nothing that is there."""
    at, seen = record_id, set[str]()
    while at and at not in seen and at != HOUSE and kind_of_id(at) != "customer":
        seen.add(at)
        found = connection.execute("SELECT up FROM files WHERE id = ?", (at,)).fetchone()
        at = found[0] if found else ""
    return "" if at in seen else at


def _referrer(connection: sqlite3.Connection, customer: str) -> Iterator[str]:
    found = connection.execute("SELECT up FROM files WHERE id = ?", (customer,)).fetchone()
    if found and found[0]:
        yield found[0]


def _chain(connection: sqlite3.Connection, customer: str) -> set[str]:
    """A customer, who brought them, who brought these, and so on: whoever stands in a circle of them stands in it."""
    found: set[str] = set()
    at = customer
    while at and at not in found:
        found.add(at)
        at = next(_referrer(connection, at), "")
    return found


def records_for(connection: sqlite3.Connection, customers: Iterable[str]) -> set[str]:
    """The ids of all records from which the promises to these customers follow, and perhaps of some more."""
    mine: set[str] = set()
    chosen = set(customers)
    for customer in chosen - {HOUSE}:
        mine |= _chain(connection, customer)
    brought = _hanging(connection, chosen - {HOUSE}, "= 'customer'")
    below = own = chosen | brought
    while below:
        below = _hanging(connection, below, "<> 'customer'") - own
        own = own | below
    mine |= own - {HOUSE}
    mine |= {one for (one,) in connection.execute("SELECT id FROM files WHERE kind = 'offer'")}
    naming = {source for source in _naming(connection, mine) if kind_of_id(source) in COMMON}
    return _with_common(connection, mine | naming)


def records_behind(connection: sqlite3.Connection, customers: Iterable[str], ids: Iterable[str]) -> set[str]:
    """The same, and for whoever is behind these *ids*; of what is nobody's own, itself with what it names."""
    of_now = dict(connection.execute("SELECT old, id FROM formerly").fetchall())
    named = {of_now.get(one, one) for one in ids}
    common = {one for one in named if kind_of_id(one) in COMMON}
    owners = {owner for one in named - common if (owner := owner_of(connection, one))}
    return records_for(connection, {*customers, *owners}) | _with_common(connection, common)


def _hanging(connection: sqlite3.Connection, on: Iterable[str], kind: str) -> set[str]:
    return {
        one
        for names, marks in _in_parts(on)
        for (one,) in connection.execute(f"SELECT id FROM files WHERE up IN ({marks}) AND kind {kind}", names)  # noqa: S608
    }


def _naming(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    return {
        one
        for names, marks in _in_parts(ids)
        for (one,) in connection.execute(f"SELECT source FROM mentions WHERE target IN ({marks})", names)  # noqa: S608
    }


def _with_common(connection: sqlite3.Connection, ids: set[str]) -> set[str]:
    """These, with what they name of the things that are nobody's own, and what those name."""
    of_now = dict(connection.execute("SELECT old, id FROM formerly").fetchall())
    found, new = set(ids), set(ids)
    while new:
        named: set[str] = set()
        for names, marks in _in_parts(new):
            for (said,) in connection.execute(f"SELECT mentions FROM files WHERE id IN ({marks})", names):  # noqa: S608
                named.update(of_now.get(one, one) for one in said.split() if one[:2] in _COMMON_PREFIXES)
        new = named - found
        found |= new
    return found


_COMMON_PREFIXES = frozenset(prefix for prefix, kind in BY_PREFIX.items() if kind.name in COMMON)


def _in_parts(names: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    """Names in such numbers as one question takes, each with as many marks."""
    every = sorted(names)
    for at in range(0, len(every), _MOST):
        part = every[at : at + _MOST]
        yield part, ",".join("?" * len(part))
