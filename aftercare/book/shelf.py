"""All records of a book as they were at one reading, with what was wrong with the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from aftercare.book.by_kind import ByKind, overlaid
from aftercare.book.ids import RecordId, of_path
from aftercare.book.settings import Settings
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment
from aftercare.plain.reading import Unreadable, composed, decoded, line_in, line_of, read
from aftercare.plain.tree import Tree
from aftercare.records.base import Record
from aftercare.records.kinds import MODELLED, model_of
from aftercare.records.names import KINDS
from aftercare.records.typed import Mistyped, Setting, typed

if TYPE_CHECKING:
    from aftercare.book.growing import Growing

R = TypeVar("R", bound=Record)
_KIND_OF_PREFIX = {kind.prefix: kind.name for kind in KINDS}
_BY_FOLDER = sorted(KINDS, key=lambda kind: kind.folder)


def _kind_of_model(model: type[Record]) -> str:
    """The kind of which a model is; each has a module of its name."""
    return model.__module__.rpartition(".")[2]


@dataclass(frozen=True)
class Shelf:
    """The valid records by id; tombstones and faults apart.  Nothing here is ever changed."""

    settings: Settings
    records: Mapping[str, Record] = field(default_factory=dict)
    tombstones: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    formerly: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids that a record has and others had formerly, since two clones gave the number twice; they mean the one that has
    it."""
    invalid: frozenset[str] = frozenset()
    """Ids whose files are there and not valid: references to them are not at fault."""

    def of(self, model: type[R]) -> Iterator[R]:
        """The records of one kind, in the order of their ids."""
        if isinstance(self.records, ByKind):
            return (record for record in self.records.of_kind(_kind_of_model(model)) if isinstance(record, model))
        return (record for record in self.records.values() if isinstance(record, model))

    def of_kinds(self, kinds: Iterable[str]) -> list[Record]:
        """The records of some kinds, in the order of their files."""
        wanted = frozenset(kinds)
        if isinstance(self.records, ByKind):
            of_each = (self.records.of_kind(kind.name) for kind in _BY_FOLDER if kind.name in wanted)
            return [record for records in of_each for record in records]
        return [record for record in self.records.values() if kind_of(record.id) in wanted]

    def has(self, model: type[Record]) -> bool:
        """Whether there is any record of a kind."""
        if isinstance(self.records, ByKind):
            return self.records.has_kind(_kind_of_model(model))
        return any(True for __ in self.of(model))

    def around(self, customers: Iterable[str]) -> Shelf:
        """A shelf with the records from which the promises to these customers follow; a book that was read whole has
        them all.
        """
        if isinstance(self.records, ByKind):
            return replace(self, records=self.records.around(customers))
        return self

    def hanging(self, model: type[R], *on: str) -> Iterator[R]:
        """Records of one kind, among which all are that hang on one of these (see :meth:`ByKind.hanging`)."""
        if isinstance(self.records, ByKind):
            found = self.records.hanging(_kind_of_model(model), on)
            return (record for record in found if isinstance(record, model))
        return self.of(model)

    def naming(self, ids: Iterable[str]) -> Iterable[Record]:
        """Records among which all are that name one of these ids."""
        return self.records.naming(ids) if isinstance(self.records, ByKind) else self.records.values()

    def with_phone(self, digits: str) -> Iterator[Record]:
        """Records among which all customers are who have a phone with these digits (:func:`plain.phones.digits`)."""
        return self.records.with_phone(digits) if isinstance(self.records, ByKind) else iter(self.records.values())

    def with_serial(self, serial: str) -> list[Record]:
        """Records among which all sales and claims are that name a serial number, folded."""
        found = self.records.with_serial(serial) if isinstance(self.records, ByKind) else self.records.values()
        return list(found)

    def owner(self, record_id: str) -> str | None:
        """The customer to whom a record belongs, where the shelf noted it; None where the record has to be asked."""
        return self.records.owner(record_id) if isinstance(self.records, ByKind) else None

    def referrer(self, customer: str) -> str:
        """The id by which a customer names who brought them, where the shelf noted it; else ""."""
        return self.records.referrer(customer) if isinstance(self.records, ByKind) else ""

    def get(self, record_id: str) -> Record | None:
        """The record with this id, or which had it formerly."""
        return self.records.get(record_id) or self.records.get(self.formerly.get(record_id, ""))

    def with_records(self, changed: Iterable[Record]) -> Shelf:
        """The shelf as it would be with these records in the place of those with their ids."""
        new = {record.id: record for record in changed}
        if self.shared:  # a number that two had: nobody else's records need the look
            new = {one: record.without_ids(self.shared) for one, record in new.items()}
        return replace(self, records=overlaid(self.records, new, ()))

    def without(self, record_ids: Iterable[str]) -> Shelf:
        """The shelf as it would be if these were not there."""
        return replace(self, records=overlaid(self.records, {}, record_ids))


def kind_of(record_id: str) -> str:
    """The kind that an id is of, by its first two letters; "" for letters of no kind."""
    return _KIND_OF_PREFIX.get(record_id[:2], "")


Outcome: TypeAlias = "Record | str | list[Fault]"
"""What one file holds: a record, the id of a removed one, or all that is wrong with it."""


def shelve(files: Iterable[tuple[str, bytes | Fault]], settings: Settings, faults: Iterable[Fault] = ()) -> Shelf:
    """The shelf that these files make: pairs of a path within the book, and its bytes or why they cannot be read."""
    outcomes = (
        (file, [data] if isinstance(data, Fault) else read_record(file, data, settings.setting)) for file, data in files
    )
    return shelf_of(outcomes, settings, faults)


def shelf_of(
    outcomes: Iterable[tuple[str, Outcome]],
    settings: Settings,
    faults: Iterable[Fault] = (),
    into: Growing | None = None,
) -> Shelf:
    """The shelf that files make whose content has been read already; *into* takes the records in where it is given."""
    records: dict[str, Record] = {}
    formerly: dict[str, str] = {}
    tombstones: set[str] = set()
    invalid: set[str] = set()
    found = list(faults)
    for file, outcome in outcomes:
        if isinstance(outcome, Record):
            if into is None:
                records[outcome.id] = outcome
            else:
                into.grow(outcome, is_new=outcome.id not in into)
            formerly.update(dict.fromkeys(outcome.formerly, outcome.id))
        elif isinstance(outcome, str):
            tombstones.add(outcome)
        else:
            found.extend(outcome)
            named = of_path(file)
            invalid.update([str(named)] if named else [])
    shared: dict[str, tuple[str, ...]] = {}
    every: Mapping[str, Record] = records if into is None else into
    for old in [old for old in formerly if old in every]:
        shared[old] = tuple(record.id for record in every.values() if old in record.formerly)
        for one in shared[old]:
            only = every[one].without_ids(every)
            if into is None:
                records[one] = only
            else:
                into.hold(only)
        del formerly[old]
    return Shelf(settings, every, frozenset(tombstones), tuple(found), formerly, shared, frozenset(invalid))


def read_record(file: str, data: bytes, setting: Setting) -> Outcome:
    """What one file holds: a record, the id of a removed one, or all that is wrong with it."""
    return tree_and_record(file, data, setting)[1]


def tree_and_record(file: str, data: bytes, setting: Setting) -> tuple[dict[str, Tree], Outcome]:
    """The same, with the tree from which it was typed; an empty one where the file holds none."""
    named = of_path(file)
    if named is None:
        return {}, [Fault(file, 1, "misplaced", _("no record can have this file name here"))]
    try:
        tree = read(data, file)
    except Unreadable as error:
        return {}, list(error.faults)
    return tree, _outcome(file, data, named, tree, setting)


def _outcome(file: str, data: bytes, named: RecordId, tree: dict[str, Tree], setting: Setting) -> Outcome:
    if isinstance(tree.get("removed"), dict):
        return _named_otherwise(named, tree.get("id", str(named)), file, data) or str(named)
    kind = kind_of(str(named))
    if kind not in MODELLED:
        return [Fault(file, 1, "unknown-kind", _("this version knows no records of this kind"))]
    try:
        record = typed(kind, tree, setting, is_typed=False)
    except Mistyped as error:
        node = composed(decoded(data))
        return [Fault(file, line_in(node, m.path), m.code, m.sentence) for m in error.misfits]
    return _named_otherwise(named, record.id, file, data) or record


def _named_otherwise(named: RecordId, said: Tree, file: str, data: bytes) -> list[Fault]:
    """The fault of a file that is not named after the id in it."""
    if said == str(named):
        return []
    sentence = _("the file is named {named} and its record says {said}; renumber one of them")
    told = said if isinstance(said, str) else "…"
    return [Fault(file, line_of(data, ("id",)), "id", sentence.format(named=named, said=told))]


def main_moment(record: Record) -> Moment | None:
    """The value of the date that numbers a record; ``None`` where it has none."""
    name = type(record).main_date
    found = getattr(record, name) if name else None
    return found if isinstance(found, date) else None


def models() -> Iterator[tuple[str, type[Record]]]:
    """The kinds with their models."""
    return ((kind, model_of(kind)) for kind in MODELLED)
