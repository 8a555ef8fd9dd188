"""Taking a command back: which one, whether it may be, and what each file it wrote is to hold again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from aftercare.book import forgotten, history
from aftercare.book.attachments import LARGEST
from aftercare.book.book import Book
from aftercare.book.chronicle import STRANGE, Chronicle, Commit, Touch, owner_of
from aftercare.book.files import attached
from aftercare.book.ids import of_path
from aftercare.book.journal import Change
from aftercare.book.pen import Pen
from aftercare.book.references import circle_of, dangling, mentions
from aftercare.book.settings import FILE, settings_of
from aftercare.book.shelf import Outcome, Shelf, read_record, shelf_of
from aftercare.errors import (
    ChangedSince,
    FutureFact,
    HistoryCutOff,
    IsMerge,
    NoSuchCommit,
    NotBroughtBack,
    NothingToUndo,
    NotInHistoryYet,
    OutsideHistory,
    StartStays,
    StillBuiltOn,
    UndoBreaks,
    UndoneAlready,
)
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, is_late, iso
from aftercare.plain.text import printable
from aftercare.plain.tree import dotted
from aftercare.plain.writing import write
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.enclosures import files_in
from aftercare.records.schema import leaves

REASON = "undone"
"""Why a record is no more that an undo took out, as its file says."""


class Step(NamedTuple):
    """One command and what its files are to become when it is taken back."""

    commit: Commit
    changes: list[Change]
    attached: Mapping[str, bytes] = {}
    """The files that it took away from records, which name them again."""

    @property
    def records(self) -> list[str]:
        """The ids of the records that it concerns."""
        return [str(named) for change in self.changes if (named := of_path(change.file))]

    @property
    def message(self) -> str:
        """What the commit of the undo says.  An undo of what brings something back takes it away once more."""
        title = self.commit.title
        shorter = title.removeprefix("undo undo ")
        return f"undo {shorter}\n\n{history.UNDOES}{self.commit.id}\n"


def step(book: Book, now: Moment, name: str | None = None) -> Step:
    """The step back over the last command, or over the commit that has a *name*; a refusal says why there is none."""
    chronicle = Chronicle(book.root)
    if name is None:
        _refuse_what_waits(book, chronicle)
    commit = _named(chronicle, name) if name is not None else _last(chronicle)
    forgotten.leave(commit)
    touches = chronicle.touched_by(commit)
    enclosed = [touch for touch in touches if files_in([touch.file])]
    changes = _changes(book, chronicle, commit, [touch for touch in touches if touch not in enclosed], now)
    return Step(commit, changes, _attached(chronicle, enclosed))


def taken_back(commits: Sequence[Commit]) -> dict[str, str]:
    """The commits (newest first) that were undone and are still, each with the one that did it."""
    found: dict[str, str] = {}
    for commit in commits:
        if commit.id not in found:
            found |= {undone: commit.id for undone in commit.undoes if undone not in found}
    return found


def _refuse_what_waits(book: Book, chronicle: Chronicle) -> None:
    noted = history.remembered(book.root)
    if not noted:
        return
    held = chronicle.files()
    waiting = [file for file in noted if not _is_as(chronicle, _on_disk(book, file), held.get(file))]
    if waiting:
        raise NotInHistoryYet([printable(file) for file in waiting])


def _last(chronicle: Chronicle) -> Commit:
    """The newest command in the book that is neither undone nor an undo."""
    gone = taken_back(chronicle.commits)
    for commit, __ in chronicle.touches():
        if len(commit.parents) > 1:
            raise IsMerge(commit.title, commit.short)
        if commit.id not in gone and not commit.is_undo and commit.is_command:
            if commit.title == "init":
                break
            return commit
    if chronicle.is_cut_off:
        raise HistoryCutOff(next(c.short for c in reversed(chronicle.commits) if chronicle.starts_here(c)))
    raise NothingToUndo


def _leave_forgotten(book: Book, changes: Sequence[Change]) -> None:
    """Who asked to be forgotten is not brought back by a slip."""
    for file, data, earlier in changes:
        is_now = _customer(book, file, data)
        becomes = _customer(book, file, earlier)
        if is_now and is_now.forgotten and not (becomes and becomes.forgotten):
            raise NotBroughtBack(is_now.id, "undo")


def _customer(book: Book, file: str, data: bytes | None) -> Customer | None:
    found = None if data is None else read_record(file, data, book.settings.setting)
    return found if isinstance(found, Customer) else None


def _named(chronicle: Chronicle, name: str) -> Commit:
    commit = chronicle.named(name)
    if commit is None:
        raise NoSuchCommit(name)
    by = taken_back(chronicle.commits).get(commit.id)
    if by:
        raise UndoneAlready(commit.title, by[:8])
    if len(commit.parents) > 1:
        raise IsMerge(commit.title, commit.short)
    return commit


def _attached(chronicle: Chronicle, touches: Sequence[Touch]) -> dict[str, bytes]:
    """The attached files that a commit took away, from the history; those that it brought go with their records."""
    gone = {touch.before: touch.file for touch in touches if touch.before is not None and touch.after is None}
    return {gone[blob]: data for blob, data in chronicle.git.each(gone, LARGEST)}


def _changes(book: Book, chronicle: Chronicle, commit: Commit, touches: Sequence[Touch], now: Moment) -> list[Change]:
    strange = [t.file for t in touches if owner_of(t.file) is None or STRANGE in (t.before, t.after)]
    if strange:
        raise OutsideHistory(commit.title, commit.short, [printable(file) for file in strange])
    if commit.title == "init" or any(touch.file == FILE and touch.before is None for touch in touches):
        raise StartStays
    now_there = {touch.file: _on_disk(book, touch.file) for touch in touches}
    other = [t.file for t in touches if not _is_as(chronicle, now_there[t.file], t.after)]
    beside = _beside(book, chronicle, touches)
    other += [file for file, data in beside.items() if data is None]
    if other:
        raise ChangedSince(
            commit.title, [printable(file) for file in other], list(_since(book, chronicle, commit, other))
        )
    held = chronicle.contents(touch.before for touch in touches)
    lost = [touch.file for touch in touches if touch.before is not None and touch.before not in held]
    if lost:
        raise UndoBreaks(commit.title, _("what {file} held before is not in the history").format(file=lost[0]))
    changes = [Change(t.file, now_there[t.file], _earlier(t, held, now)) for t in touches]
    _leave_forgotten(book, changes)
    return [*changes, *(Change(file, data, None) for file, data in beside.items())]


def _earlier(touch: Touch, held: Mapping[str, bytes], now: Moment) -> bytes | None:
    """What a file held before; a record that was not there leaves a tombstone, since its number may be on a paper."""
    if touch.before is not None:
        return held[touch.before]
    named = of_path(touch.file)
    if named is None:
        return None
    return write({"id": str(named), "removed": {"on": day_of(now).isoformat(), "reason": REASON}}).encode()


def _beside(book: Book, chronicle: Chronicle, touches: Sequence[Touch]) -> dict[str, bytes | None]:
    """What lies beside the records that go and the commit did not write; None where git has it otherwise."""
    written = {touch.file for touch in touches}
    going = [named for touch in touches if touch.before is None and (named := of_path(touch.file))]
    files = [file for named in going for file in attached(book.root, named) if file not in written]
    if not files:
        return {}
    held = chronicle.files()
    found = {file: _on_disk(book, file) for file in files}
    return {file: data if _is_as(chronicle, data, held.get(file)) else None for file, data in found.items()}


def _on_disk(book: Book, file: str) -> bytes | None:
    try:
        return book.bytes_of(file)
    except FileNotFoundError:
        return None


def _is_as(chronicle: Chronicle, data: bytes | None, blob: str | None) -> bool:
    return chronicle.is_same(data, blob) if data is not None else blob is None


def _since(book: Book, chronicle: Chronicle, commit: Commit, files: Sequence[str]) -> Iterator[str]:
    """Who changed files after a commit: the later commands, and "by hand" for the rest."""
    gone = taken_back(chronicle.commits)
    later = {c.id for c in chronicle.commits[: chronicle.commits.index(commit)]}
    by_hand = False
    for at, touches in chronicle.touches(files):
        if at.id in later and at.id not in gone and not at.is_undo and touches:
            by_hand = by_hand or not at.is_command
            if at.is_command:
                yield at.title
    held = chronicle.files()
    if by_hand or any(not _is_as(chronicle, _on_disk(book, file), held.get(file)) for file in files):
        yield _("by hand")


def take_back(pen: Pen, step: Step) -> None:
    """Let a *pen* take a step back; StillBuiltOn or UndoBreaks where the book would not be a valid one after it."""
    title = step.commit.title
    shelf = _shelf_after(pen, step)
    if any(one.forgotten for one in shelf.of(Customer)):
        forgotten.leave_what_they_said(Chronicle(pen.book.root), step.commit, shelf, step.records)
    lost = {*pen.shelf.records, *pen.shelf.formerly} - {*shelf.records, *shelf.formerly}
    touched = [shelf.records.get(one) or pen.shelf.records.get(one) for one in step.records]
    concerned = mentions(shelf, {*lost, *step.records})
    for one in sorted(lost):
        referrers = [record for record, named in concerned.items() if one in named] or pen.may_refer(one)
        if referrers:
            raise StillBuiltOn(title, one, referrers)
    for record_id in dict.fromkeys([*(one for one in step.records if one in shelf.records), *concerned]):
        reason = _wrong(pen, shelf, record_id, is_put_back=record_id in step.records)
        if reason:
            raise UndoBreaks(title, f"{record_id}: {reason}")
    pen.put_back_attached(step.attached)
    pen.put_back(step.changes, shelf, [record for record in touched if record is not None])


def _shelf_after(pen: Pen, step: Step) -> Shelf:
    title, after = step.commit.title, {change.file: change.after for change in step.changes}
    settings = pen.book.settings
    if FILE in after:
        settings, faults = settings_of(after[FILE] or b"")
        if faults:
            raise UndoBreaks(title, str(faults[0]))
    outcomes: dict[str, Outcome] = {}
    for file, data in after.items():
        if data is not None and of_path(file):
            outcomes[file] = read_record(file, data, settings.setting)
            found = outcomes[file]
            if isinstance(found, list):
                raise UndoBreaks(title, str(found[0]))
    if FILE in after:
        others = ((file, read_record(file, pen.book.bytes_of(file), settings.setting)) for file in pen.book.files())
        return shelf_of({**dict(others), **outcomes}.items(), settings)
    new = shelf_of(outcomes.items(), settings)
    concerned = set(step.records)
    kept = {one: record for one, record in pen.shelf.records.items() if one not in concerned}
    records = {**kept, **new.records}
    return replace(
        pen.shelf,
        records={one: records[one] for one in sorted(records)},
        tombstones=(pen.shelf.tombstones - concerned) | new.tombstones,
        invalid=pen.shelf.invalid - concerned,
        formerly={old: record.id for record in records.values() for old in record.formerly},
    )


def _wrong(pen: Pen, shelf: Shelf, record_id: str, *, is_put_back: bool) -> str:
    """What would be wrong with a record and is not by now; "" where nothing is."""
    record: Record = shelf.records[record_id]
    before = pen.shelf.records.get(record_id)
    known = {sentence for __, sentence in dangling(pen.shelf, before)} if before else set()
    for __, sentence in dangling(shelf, record):
        if sentence not in known:
            return sentence
    if is_put_back:
        for leaf in leaves(record):
            if leaf.field.is_fact and is_late(leaf.value, pen.now):
                return FutureFact(dotted(leaf.path), iso(leaf.value), iso(pen.now)).sentence
        return (circle_of(shelf, record) if isinstance(record, Customer) else None) or ""
    return ""
