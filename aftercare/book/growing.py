"""Many records in little room: what each says is kept as the bytes of its file, and typed when somebody asks for it.

A record as a typed model takes ten times the room of its file.  Whoever makes or reads a hundred thousand of them in
one command asks for most of them once or twice; those asked for lately are kept as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from aftercare.book.by_kind import ByKind
from aftercare.plain.reading import read
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.names import BY_PREFIX
from aftercare.records.typed import Setting, typed

if TYPE_CHECKING:
    from collections.abc import Callable

RECENT = 12_500
"""So many records, and up to as many that were asked for before them, are kept typed."""
_UP = dict.fromkeys(("sale", "visit", "complaint", "wish", "enquiry", "points"), "customer") | {
    "delivery": "sale",
    "installation": "sale",
    "claim": "unit",
}
"""The kinds whose records belong to one customer, and the field by which that one is found."""


class Growing(ByKind):
    """The records of a book (*below*) and, over them, those that one command makes, changes or reads.

    They come in one by one; none goes.
    """

    def __init__(self, below: Mapping[str, Record], setting: Setting) -> None:
        self._below, self._setting = below, setting
        self._data: dict[str, bytes | None] = {}
        self._held: dict[str, Record] = {}
        self._recent: dict[str, Record] = {}
        self._older: dict[str, Record] = {}
        self._owner: dict[str, str] = {}
        self._of: dict[str, list[str]] = {}
        self._common: dict[str, None] = {}
        self._waiting: dict[str, str] = {}
        self._replaced: set[str] = set()
        self._brought: dict[str, list[str]] = {}
        self._by: dict[str, str] = {}

    def grow(self, record: Record, *, is_new: bool) -> None:
        """Take in a record; *is_new* says that there was none of its id.  Until it is settled it is held as it is."""
        one = record.id
        if not is_new and one not in self._data:
            self._replaced.add(one)
        elif one in self._data:
            self._recent.pop(one, None)
            self._older.pop(one, None)
        self._data[one] = None
        self._held[one] = record
        self._share_out(record)

    def settle(self, record_id: str, data: bytes) -> None:
        """A record that was taken in has these bytes for its file, from which it can be had again."""
        if record_id in self._data and record_id not in self._common:
            self._data[record_id] = data
            self._remember(record_id, self._held.pop(record_id))

    def hold(self, record: Record) -> None:
        """Keep a record as it is, which is not what its file says to the letter."""
        self._recent.pop(record.id, None)
        self._older.pop(record.id, None)
        self._data[record.id] = None
        self._held[record.id] = record

    def owner(self, record_id: str) -> str | None:
        """The customer to whom what was taken in belongs; None of what is nobody's own, or was there before."""
        self._share_out_what_waits()
        return None if record_id in self._replaced else self._owner.get(record_id)

    def referrer(self, customer: str) -> str:
        """The id by which a customer names who brought them; "" where they name nobody."""
        record = None if customer in self._data else self._below.get(customer)
        named = record.referred_by if isinstance(record, Customer) else None
        return self._by.get(customer, named or "")

    def _share_out(self, record: Record) -> None:
        """Note to whom a record belongs, so that what concerns one customer is found without a walk over all."""
        owner = self._owner_of(record)
        if owner is None:
            up = _up(record)
            if up:
                self._waiting[record.id] = up
            else:
                self._common[record.id] = None
            return
        self._owner[record.id] = owner
        self._of.setdefault(owner, []).append(record.id)
        if isinstance(record, Customer) and record.referred_by:
            self._brought.setdefault(record.referred_by, []).append(record.id)
            self._by[record.id] = record.referred_by

    def _share_out_what_waits(self) -> None:
        """A book is read folder by folder, so that deliveries may come before their sales."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        while found := {one: owner for one, up in waiting.items() if (owner := self._owner.get(up))}:
            for one, owner in found.items():
                self._owner[one] = owner
                self._of.setdefault(owner, []).append(one)
                del waiting[one]
        self._common.update(dict.fromkeys(waiting))

    def _owner_of(self, record: Record) -> str | None:
        """The id of a record's customer, who is there; None where it has none, or only by another way."""
        if isinstance(record, Customer):
            return record.id
        up = _up(record)
        if not up:
            return None
        if up in self._owner:
            return self._owner[up]
        above = self._below.get(up)
        return self._owner_of(above) if above is not None else None

    def _remember(self, record_id: str, record: Record) -> None:
        self._recent[record_id] = record
        if len(self._recent) >= RECENT:
            self._older, self._recent = self._recent, {}

    def __getitem__(self, record_id: str) -> Record:
        for known in (self._recent, self._older, self._held):
            if record_id in known:
                return known[record_id]
        data = self._data.get(record_id)
        if data is None:
            return self._below[record_id]
        again = typed(BY_PREFIX[record_id[:2]].name, read(data, record_id), self._setting, is_typed=False)
        self._remember(record_id, again)
        return again

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._data or record_id in self._below

    def __iter__(self) -> Iterator[str]:
        yield from self._below
        yield from (one for one in self._data if one not in self._replaced)

    def __len__(self) -> int:
        return len(self._below) + len(self._data) - len(self._replaced)

    def of_kind(self, kind: str) -> Iterator[Record]:
        """The records of one kind; what was taken in stands behind the others."""
        for record in self._from_below(kind, lambda below: below.of_kind(kind)):
            yield self[record.id]
        yield from (self[one] for one in self._data if _kind_of(one) == kind and one not in self._replaced)

    def has_kind(self, kind: str) -> bool:
        """Whether there is one of a kind."""
        if any(_kind_of(one) == kind for one in self._data):
            return True
        if isinstance(self._below, ByKind):
            return self._below.has_kind(kind)
        return any(_kind_of(one) == kind for one in self._below)

    def around(self, customers: Iterable[str], besides: Iterable[str] = ()) -> dict[str, Record]:
        """The records around these customers; of what was taken in, what belongs to them or to nobody."""
        self._share_out_what_waits()
        more = list(besides)
        wanted = self._with_those_they_brought([*customers, *(o for one in more if (o := self._owner.get(one)))])
        ours = [*self._common, *(one for customer in wanted for one in self._of.get(customer, ()))]
        new = {one: self[one] for one in ours}
        if not isinstance(self._below, ByKind):
            return {one: self[one] if one in self._replaced else held for one, held in self._below.items()} | new
        telling = (one for one in ours if one in self._replaced or one in self._common or one in self._by)
        named = {bit for one in telling for bit in _ids_of(new[one])}
        found = self._below.around(wanted, {*more, *named})
        return {one: self[one] if one in self._replaced else held for one, held in found.items()} | new

    def _with_those_they_brought(self, customers: Iterable[str]) -> dict[str, None]:
        """These customers, those whom they brought, and who brought them, however far that goes."""
        found: dict[str, None] = {}
        todo = list(customers)
        while todo:
            one = todo.pop()
            if one not in found:
                found[one] = None
                todo.extend(self._brought.get(one, ()))
                todo.extend([self._by[one]] if one in self._by else [])
        return found

    def hanging(self, kind: str, on: Iterable[str]) -> Iterator[Record]:
        """Those of a kind that hang on one of these, and all that were taken in."""
        return self._with_ours(kind, lambda below: below.hanging(kind, on))

    def naming(self, ids: Iterable[str]) -> Iterator[Record]:
        """Those that name one of these, and of what was taken in that in which one of them stands."""
        wanted = list(ids)
        every = self._below.naming(wanted) if isinstance(self._below, ByKind) else iter(self._below.values())
        yield from (record for record in every if record.id not in self._replaced)
        signs = [one.encode() for one in wanted]
        yield from (self[one] for one, data in self._data.items() if data is None or any(s in data for s in signs))

    def with_phone(self, digits: str) -> Iterator[Record]:
        """The customers with a phone, and all that were taken in."""
        return self._with_ours("customer", lambda below: below.with_phone(digits))

    def with_serial(self, serial: str) -> Iterator[Record]:
        """The sales and claims with a serial number, and all that were taken in."""
        yield from self._with_ours("sale", lambda below: below.with_serial(serial))
        yield from (self[one] for one in self._data if _kind_of(one) == "claim")

    def _with_ours(self, kind: str, asked: Callable[[ByKind], Iterator[Record]]) -> Iterator[Record]:
        yield from (one for one in self._from_below(kind, asked) if one.id not in self._replaced)
        yield from (self[one] for one in self._data if _kind_of(one) == kind)

    def _from_below(self, kind: str, asked: Callable[[ByKind], Iterator[Record]]) -> Iterator[Record]:
        """What those below answer; of plain records all of the kind."""
        if isinstance(self._below, ByKind):
            return asked(self._below)
        return (record for one, record in self._below.items() if _kind_of(one) == kind)


def _up(record: Record) -> str:
    """The id by which a record says whose it is; "" of one that says it in no such way."""
    field = _UP.get(_kind_of(record.id))
    return str(getattr(record, field) or "").partition("/")[0] if field else ""


def _ids_of(record: Record) -> Iterator[str]:
    from aftercare.book.references import ids_in

    yield record.id
    yield from ids_in(record)


def _kind_of(record_id: str) -> str:
    kind = BY_PREFIX.get(record_id[:2])
    return kind.name if kind else ""
