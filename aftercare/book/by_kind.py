"""Records that are typed when somebody asks for them, and what can be asked of them without a walk over all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aftercare.records.base import Record
from aftercare.records.names import BY_PREFIX


class ByKind(Mapping[str, Record]):
    """Records that are read when they are asked for, and can be asked for without a walk over all of them."""

    def of_kind(self, kind: str) -> Iterator[Record]:
        """The records of one kind, in the order of their files."""
        raise NotImplementedError

    def has_kind(self, kind: str) -> bool:
        """Whether there is a record of a kind."""
        raise NotImplementedError

    def around(self, customers: Iterable[str], besides: Iterable[str] = ()) -> dict[str, Record]:
        """The records from which the promises to these customers follow, and to whoever is behind the ids *besides*;
        perhaps some more.
        """
        raise NotImplementedError

    def hanging(self, kind: str, on: Iterable[str]) -> Iterator[Record]:
        """The records of a kind that hang on one of these: on their customer, their sale, or that of their unit."""
        raise NotImplementedError

    def naming(self, ids: Iterable[str]) -> Iterator[Record]:
        """The records in which one of these ids stands, and perhaps some more."""
        raise NotImplementedError

    def with_phone(self, digits: str) -> Iterator[Record]:
        """The customers who have a phone with these digits, and perhaps some more."""
        raise NotImplementedError

    def with_serial(self, serial: str) -> Iterator[Record]:
        """The sales of what has this serial number, folded, the claims under which it was handed over, perhaps more."""
        raise NotImplementedError

    def owner(self, record_id: str) -> str | None:
        """The customer to whom a record belongs, where that was noted; None where the record has to be asked."""
        del record_id
        return None

    def referrer(self, customer: str) -> str:
        """The id by which a customer names who brought them, where that was noted; else ""."""
        del customer
        return ""


class Overlaid(ByKind):
    """Such records with some of them in another version, some more, and some gone."""

    def __init__(self, below: ByKind, new: Mapping[str, Record], gone: Iterable[str]) -> None:
        self._below, self._new, self._gone = below, dict(new), frozenset(gone)

    def __getitem__(self, record_id: str) -> Record:
        if record_id in self._gone:
            raise KeyError(record_id)
        found = self._new.get(record_id)
        return self._below[record_id] if found is None else found

    def __contains__(self, record_id: object) -> bool:
        return record_id not in self._gone and (record_id in self._new or record_id in self._below)

    def __iter__(self) -> Iterator[str]:
        yield from (one for one in self._below if one not in self._gone)
        yield from (one for one in self._new if one not in self._gone and one not in self._below)

    def __len__(self) -> int:
        return sum(1 for __ in self)

    def of_kind(self, kind: str) -> Iterator[Record]:
        """The records of one kind; what is new stands behind the others."""
        for record in self._below.of_kind(kind):
            if record.id not in self._gone:
                yield self._new.get(record.id, record)
        added = (record for one, record in self._new.items() if one not in self._gone and one not in self._below)
        yield from (record for record in added if _kind_of(record.id) == kind)

    def has_kind(self, kind: str) -> bool:
        """Whether there is one of a kind; where some are gone, by asking for all."""
        if any(_kind_of(one) == kind for one in self._gone):
            return any(True for __ in self.of_kind(kind))
        return self._below.has_kind(kind) or any(_kind_of(one) == kind for one in self._new)

    def around(self, customers: Iterable[str], besides: Iterable[str] = ()) -> dict[str, Record]:
        """The records around these customers, and around all that are named by, or had, what is new."""
        from aftercare.book.references import ids_in

        named = {one for record in self._new.values() for one in (record.id, *ids_in(record))}
        found = {**self._below.around(customers, {*besides, *named}), **self._new}
        return {one: record for one, record in found.items() if one not in self._gone}

    def hanging(self, kind: str, on: Iterable[str]) -> Iterator[Record]:
        """Those of a kind that hang on one of these, and all that are new."""
        return self._with_new(self._below.hanging(kind, on), kind)

    def naming(self, ids: Iterable[str]) -> Iterator[Record]:
        """Those that name one of these, and all that are new."""
        return self._with_new(self._below.naming(ids))

    def with_phone(self, digits: str) -> Iterator[Record]:
        """The customers with a phone, and all that are new."""
        return self._with_new(self._below.with_phone(digits), "customer")

    def with_serial(self, serial: str) -> Iterator[Record]:
        """The sales and claims with a serial number, and all that is new."""
        return self._with_new(self._below.with_serial(serial))

    def _with_new(self, found: Iterator[Record], kind: str = "") -> Iterator[Record]:
        yield from (record for record in found if record.id not in self._new and record.id not in self._gone)
        new = (record for one, record in self._new.items() if one not in self._gone)
        yield from (record for record in new if kind in {"", _kind_of(record.id)})

    def over(self, new: Mapping[str, Record], gone: Iterable[str]) -> Overlaid:
        """The same with more that is new, or gone; however many follow each other, one lies over what was."""
        return Overlaid(self._below, {**self._new, **new}, (self._gone - new.keys()) | frozenset(gone))


def overlaid(below: Mapping[str, Record], new: Mapping[str, Record], gone: Iterable[str]) -> Mapping[str, Record]:
    """Records with some of them in another version, some more, and some gone."""
    if isinstance(below, Overlaid):
        return below.over(new, gone)
    if isinstance(below, ByKind):
        return Overlaid(below, new, gone)
    without = set(gone)
    return {one: record for one, record in {**below, **new}.items() if one not in without}


def _kind_of(record_id: str) -> str:
    kind = BY_PREFIX.get(record_id[:2])
    return kind.name if kind else ""
