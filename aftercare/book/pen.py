"""Writing in a book: new records, edits and removals that are checked first and then done together, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from aftercare.book import attachments, refusals
from aftercare.book.batch import Batch
from aftercare.book.files import Unusable, attached, next_number
from aftercare.book.growing import Growing
from aftercare.book.ids import CENTURY, SUFFIX, RecordId, parse, path_of, place_of
from aftercare.book.journal import Change
from aftercare.book.references import referrers
from aftercare.book.shelf import Shelf, kind_of, main_moment, read_record
from aftercare.errors import (
    Contradicts,
    FileExists,
    InvalidBook,
    NoIdsThen,
    NoSuchRecord,
    StillReferredTo,
)
from aftercare.plain.moments import Moment, day_of, iso, start_of
from aftercare.plain.moments import parse as parse_moment
from aftercare.plain.splicing import Edit, apply
from aftercare.plain.tree import Tree
from aftercare.plain.writing import write
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.kinds import model_of
from aftercare.records.names import BY_NAME
from aftercare.records.schema import fields_of, told_of_others
from aftercare.records.typed import typed

if TYPE_CHECKING:
    from aftercare.book.book import Book


class Pen:
    """What one command is about to write.

    ``shelf`` is the book as it will be; ``before`` as it was; ``saved`` whether it is written, and so will stay.
    """

    def __init__(self, book: Book, shelf: Shelf, now: Moment) -> None:
        self.book = book
        self.before = shelf
        self.shelf = shelf
        self.now = now
        self._touched: list[Record | str] = []
        self.saved = False
        self._batch = Batch(book)
        self._numbers: dict[tuple[str, int], int] = {}
        self._grows = False

    def add(self, kind: str, tree: dict[str, Tree]) -> Record:
        """A new record of *kind* with the next id of its year; ``Mistyped`` where the tree is none."""
        setting = self.book.settings.setting
        named = self._next(kind, self._year(self._main_moment(kind, tree)))
        whole = in_order(kind, {**tree, "id": str(named)})
        record = typed(kind, whole, setting)
        self._accept(record)
        self._numbers[kind, named.year] = named.number
        file, data = path_of(named), write(whole).encode()
        self._batch.put(file, data)
        self._settle(record, data)
        return record

    def _main_moment(self, kind: str, tree: dict[str, Tree]) -> Moment | None:
        """The date that numbers a record which this tree will make; Mistyped where it makes none."""
        said = tree.get(model_of(kind).main_date)
        if said is None:
            return None
        setting = self.book.settings.setting
        try:
            return parse_moment(str(said), setting.zone)
        except (ValueError, LookupError):
            return main_moment(typed(kind, {**tree, "id": f"{BY_NAME[kind].prefix}00-0000"}, setting))

    @contextmanager
    def many(self) -> Iterator[None]:
        """Within this, records are taken in one by one without a new shelf for each, and take little room."""
        if not self.shelf.shared:
            setting = self.book.settings.setting
            self.shelf = replace(self.shelf, records=Growing(self.shelf.records, setting))
            self._grows = True
        try:
            yield
        finally:
            self._grows = False

    def start_over(self) -> None:
        """Plan nothing yet."""
        self.shelf = self.before
        self._batch.clear()
        self._touched.clear()
        self._numbers.clear()

    def forget(self) -> None:
        """What no record names any more goes for good, and is not set aside."""
        self._batch.forgets = True

    @property
    def touched(self) -> list[Record]:
        """The records that this pen has made, changed or taken away, as it has them now."""
        return [self._as_it_is(one) for one in self._touched]

    @property
    def touched_ids(self) -> list[str]:
        """Their ids, for which none has to be typed."""
        return [one if isinstance(one, str) else one.id for one in self._touched]

    def touched_by_id(self) -> Iterator[tuple[str, Callable[[], Record]]]:
        """Each id with what gives the record."""
        for one, record_id in zip(self._touched, self.touched_ids, strict=True):
            yield record_id, partial(self._as_it_is, one)

    def touched_of(self, *kinds: str) -> list[Record]:
        """Those of some kinds."""
        return [
            self._as_it_is(one)
            for one, record_id in zip(self._touched, self.touched_ids, strict=True)
            if kind_of(record_id) in kinds
        ]

    def _as_it_is(self, touched: Record | str) -> Record:
        return self.shelf.records[touched] if isinstance(touched, str) else touched

    def _year(self, at: Moment | None) -> int:
        """The year under which a record *at* a moment is filed; what was before the first that ids have, under that.

        NoIdsThen where the clock stands in a year that no id can name: then it is the clock that is wrong.
        """
        today = day_of(self.now)
        years = range(CENTURY, CENTURY + 100)
        if today.year not in years:
            raise NoIdsThen(iso(today), years[0], years[-1])
        return min(max(years[0], today.year if at is None else day_of(at).year), years[-1])

    def _next(self, kind: str, year: int) -> RecordId:
        """The next id; the folder is counted once, since nobody else writes while this pen is held."""
        last = self._numbers.get((kind, year))
        number = next_number(self.book.root, kind, year) if last is None else last + 1
        return RecordId(BY_NAME[kind].prefix, year, number)

    def edit(self, record_id: str, edits: Sequence[Edit]) -> Record:
        """A record with some of its values changed, and nothing else of its file."""
        file, data = self.file_of(record_id)
        return self.rewrite(record_id, apply(data, edits, file))

    def file_of(self, record_id: str) -> tuple[str, bytes]:
        """The file of a record, and its bytes as this pen will leave them."""
        file = place_of(record_id)
        planned = self._batch.planned(file)
        if planned is not None:
            return file, planned
        try:
            return file, self.book.bytes_of(file)
        except FileNotFoundError:
            raise NoSuchRecord(kind_of(record_id) or "record", record_id) from None

    def rewrite(self, record_id: str, data: bytes) -> Record:
        """A record with new bytes for its file, which must hold a valid record of the same id."""
        file, current = self.file_of(record_id)
        outcome = read_record(file, data, self.book.settings.setting)
        if isinstance(outcome, list):
            raise InvalidBook(outcome)
        if isinstance(outcome, str):
            raise Contradicts(f"{file}: removed")
        self._accept(outcome, is_new=False)
        self._batch.put(file, data, instead_of=current)
        self._settle(outcome, data)
        return outcome

    def planned(self, file: str) -> bytes | None:
        """What a file is about to hold; ``None`` where it is not touched, or goes."""
        return self._batch.planned(file)

    def attach(self, record_id: str, name: str, data: bytes) -> str:
        """Put a file beside a record, ``verdict-1.json`` for ``CL26-0004.verdict-1.json``, and give its path.

        It is written in one with the record, takes the place of one of that name, and goes when the record goes.
        """
        file = f"{place_of(record_id).removesuffix(SUFFIX)}.{name}"
        self._batch.put_first(file, data, instead_of=self.attachment(record_id, name))
        return file

    def attachment(self, record_id: str, name: str) -> bytes | None:
        """What the file beside a record holds; None where there is none."""
        try:
            return self.book.bytes_of(f"{place_of(record_id).removesuffix(SUFFIX)}.{name}")
        except FileNotFoundError:
            return None

    def enclose(self, data: bytes, name: str) -> str:
        """A file for records to name in ``attachments``, *name* is what it was called; its path, by what it holds."""
        file = attachments.place_for(self.book.root, data, name)
        self._batch.enclosed[file] = data
        return file

    def put_back_attached(self, contents: Mapping[str, bytes]) -> None:
        """Attached files as they were once, which records name again."""
        self._batch.enclosed.update(contents)

    def begin_policy(self, name: str, data: bytes) -> str:
        """A new pack of the shop's own, and its file; ``FileExists`` where there is one of that name."""
        from aftercare.book.tongue import POLICIES

        file = f"{POLICIES}/{name}{SUFFIX}"
        if file in self.book.policies():
            raise FileExists(file)
        self._batch.put(file, data)
        return file

    def exchange(self, changes: Iterable[Change]) -> None:
        """Take changes of files that were put together elsewhere, and proven there."""
        self._batch.take(changes)

    def remove(self, record_id: str, reason: str) -> None:
        """Take a record out of the book; the file stays as a tombstone, so its number is never given twice.

        What was attached to it goes altogether.
        """
        remaining = referrers(self.shelf, record_id) or self.may_refer(record_id)
        if remaining:
            raise StillReferredTo(record_id, remaining)
        file, data = self.file_of(record_id)
        said: dict[str, Tree] = {"on": day_of(self.now).isoformat()}
        if reason:
            said["reason"] = reason
        self._batch.take([Change(file, data, write({"id": record_id, "removed": said}).encode())])
        named = parse(record_id)
        for beside in attached(self.book.root, named) if named else ():
            self._batch.take([Change(beside, self.book.bytes_of(beside), None)])
        self._touched.append(self.shelf.records[record_id])
        self.shelf = self.shelf.without([record_id])

    def put_back(self, changes: Sequence[Change], shelf: Shelf, touched: Sequence[Record]) -> None:
        """Files as they were once, which make this *shelf*; whoever asks has looked that they may be."""
        self.exchange(changes)
        self.shelf = shelf
        self._touched.extend(touched)

    def may_refer(self, record_id: str) -> list[str]:
        """The files that are not valid and speak of a record, or cannot be read, so that nobody knows."""
        return sorted({fault.file for fault in self.shelf.faults if self._speaks_of(fault.file, record_id)})

    def _speaks_of(self, file: str, record_id: str) -> bool:
        try:
            return record_id.encode() in self.book.bytes_of(file)
        except (Unusable, OSError):
            return True

    def _accept(self, record: Record, *, is_new: bool = True) -> None:
        """Refuse facts that lie in the future, and references that lead nowhere or back to themselves."""
        held = list(told_of_others(record))
        refusals.of_the_future(held, self.now)
        if isinstance(record, Customer) and not is_new:
            refusals.of_the_forgotten(self.before.records.get(record.id), record)
        self._take_in(record, is_new=is_new)
        refusals.of_references(self.shelf, record, held)
        self._touched.append(record.id if self._grows else record)

    def _take_in(self, record: Record, *, is_new: bool) -> None:
        if self._grows and isinstance(self.shelf.records, Growing):
            self.shelf.records.grow(record, is_new=is_new)
        else:
            self.shelf = self.shelf.with_records([record])

    def _settle(self, record: Record, data: bytes) -> None:
        if self._grows and isinstance(self.shelf.records, Growing):
            self.shelf.records.settle(record.id, data)

    def write(self) -> None:
        """Write it all and commit nothing: in the midst of a merge the commit is the operator's."""
        self._keep_before()
        self._put_in_place(self._let_go())

    def done(self, message: str) -> None:
        """Write it all, and make one commit of just these files where the book keeps its history in git.

        ``NotCommitted`` says that everything is saved but the commit.
        """
        if self._batch.is_empty():
            return
        self._keep_before()
        let_go = self._let_go()
        self._batch.remember(let_go)
        self._put_in_place(let_go)
        self._batch.commit(let_go, message)

    def _keep_before(self) -> None:
        """Have what will be written over as it was, for a record may be read only when it is asked for."""
        for record_id in self._batch.written_over():
            self.before.records.get(record_id)

    def _let_go(self) -> list[str]:
        return self._batch.let_go(self.before, self.shelf, self.touched_ids)

    def _put_in_place(self, let_go: Sequence[str]) -> None:
        self._batch.put_in_place()
        self.saved = True
        self._batch.take_away(let_go, start_of(self.now))


def in_order(kind: str, tree: dict[str, Tree]) -> dict[str, Tree]:
    """The tree with its keys in the order in which files of the kind hold them; unknown keys come last."""
    ranks = _ranks(kind)
    names = sorted(tree, key=lambda name: ranks.get(name, len(ranks)))
    return {name: tree[name] for name in names if tree[name] not in (None, [], {})}


@cache
def _ranks(kind: str) -> dict[str, int]:
    return {field.name: rank for rank, field in enumerate(fields_of(model_of(kind)))}
