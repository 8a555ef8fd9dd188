"""Giving a record another number: its file, what lies beside it and every reference to it change as one step.

The old number is never given again, and still finds the record: the record keeps it in ``formerly``, and a tombstone
keeps its place (``removed: {on, reason: renumbered, to}``), even when the record is taken out of the book one day.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from aftercare.book.book import Book
from aftercare.book.files import attached, next_number, read_bytes
from aftercare.book.ids import RecordId, of_path, parse, path_of, place_of
from aftercare.book.journal import Change
from aftercare.book.references import references
from aftercare.book.shelf import Shelf, main_moment, read_record
from aftercare.errors import EditNotFaithful, InvalidBook, NoSuchRecord, NumberNotFitting, NumberTaken
from aftercare.plain.moments import Moment, day_of
from aftercare.plain.reading import Unreadable, read
from aftercare.plain.splicing import Append, Edit, Set, apply
from aftercare.plain.tree import Tree, dotted, get
from aftercare.plain.writing import write
from aftercare.records.base import Record
from aftercare.records.typed import Setting

Names = Mapping[str, str]
"""New ids by old ones."""


class Renumbered(NamedTuple):
    """A record under its ``new`` id; ``changed`` are the records that name it by that from now on.

    ``old`` is its id before, or the file of a copy, which had none of its own.  ``side`` of a merge it came from,
    "ours" or "theirs"; "" where there is no merge.
    """

    new: str
    old: str
    changed: tuple[str, ...]
    side: str = ""


class Plan(NamedTuple):
    """What renumbering would do: the records with their new ids, and the changes of files.

    ``unsure`` are records, with the id they name, of which nobody can tell which of two records they mean.
    """

    renumbered: list[Renumbered]
    changes: list[Change]
    unsure: tuple[tuple[str, str], ...] = ()


def renumbered(book: Book, shelf: Shelf, record_id: str, to: RecordId | None, now: Moment) -> Plan:
    """A valid record gets the number *to*, or else the next one of its year.

    NumberTaken and NumberNotFitting for a number that it cannot have; NoSuchRecord.
    """
    record, named = shelf.records.get(record_id), parse(record_id)
    if record is None or named is None:
        raise NoSuchRecord("record", record_id)
    new = _number(book, shelf, record, named, to)
    file, names = path_of(named), {record_id: str(new)}
    data = book.bytes_of(file)
    changes = [Change(path_of(new), None, under(new, file, data, book.settings.setting, names, [record_id]))]
    for beside in attached(book.root, named):
        moved = f"{path_of(new).rpartition('/')[0]}/{new}{beside.rpartition('/')[2].removeprefix(record_id)}"
        kept = read_bytes(book.root, beside)
        changes += [Change(moved, None, kept), Change(beside, kept, None)]
    rest = referring(book, shelf, names, [record_id])
    removed: dict[str, Tree] = {"on": day_of(now).isoformat(), "reason": "renumbered", "to": str(new)}
    changes += [*rest, Change(file, data, write({"id": record_id, "removed": removed}).encode())]
    return Plan([Renumbered(str(new), record_id, _ids(rest))], changes)


def misnamed(book: Book, shelf: Shelf, file: str, to: RecordId | None) -> Plan:
    """A file that is named otherwise than its record gets a number of its own, or the record its own place.

    A record whose id nobody else has keeps it in ``formerly``, and references to it follow; where another record has
    that id this one is a copy of it, and all references stay with the other.  InvalidBook for a file that holds no
    record.
    """
    data = book.bytes_of(file)
    said, record = said_id(file, data, book.settings.setting)
    named, old = of_path(file), str(said)
    is_copy = not is_free(book.root, shelf, said, but=file)
    if to is not None:
        new = _number(book, shelf, record, said, to)
    elif named is not None and named.kind == said.kind:
        new = named
    else:
        new = RecordId(said.prefix, said.year, next_number(book.root, said.kind.name, said.year)) if is_copy else said
    names = {} if is_copy or new == said else {old: str(new)}
    after = under(new, path_of(said), data, book.settings.setting, names, list(names))
    moved = [Change(file, data, after)] if path_of(new) == file else [_made(new, after), Change(file, data, None)]
    rest = referring(book, shelf, names, [old]) if names else []
    return Plan([Renumbered(str(new), file if is_copy else old, _ids(rest))], [moved[0], *rest, *moved[1:]])


def said_id(file: str, data: bytes, setting: Setting) -> tuple[RecordId, Record]:
    """The id that the content of a *file* says, with the record; InvalidBook where the file holds no record."""
    tree = _tree(file, data)
    said = parse(str(tree.get("id") or ""))
    outcome = read_record(path_of(said) if said else file, data, setting)
    if isinstance(outcome, list):
        raise InvalidBook([fault._replace(file=file) for fault in outcome])
    if said is None or isinstance(outcome, str):
        raise NoSuchRecord("record", file)
    return said, outcome


def under(new: RecordId, file: str, data: bytes, setting: Setting, names: Names, formerly: Iterable[str]) -> bytes:
    """The bytes of a record, read from *data* at *file*, under a *new* id; the ids it had *formerly* are kept in it."""
    edits: list[Edit] = [Set(("id",), str(new))]
    edits += [Append(("formerly",), old) for old in formerly]
    return apply(data, [*_renamings(file, data, setting, names), *edits], file)


def referring(book: Book, shelf: Shelf, names: Names, but: Iterable[str] = ()) -> list[Change]:
    """The changes of all valid records, *but* some, that refer to one of the *names*."""
    concerned = [r for r in shelf.records.values() if r.id not in set(but) and names_any(r, names)]
    changes = []
    for record in concerned:
        file = place_of(record.id)
        data = book.bytes_of(file)
        changes.append(Change(file, data, renamed_in(file, data, book.settings.setting, names)))
    return changes


def renamed_in(file: str, data: bytes, setting: Setting, names: Names) -> bytes:
    """The bytes of a record with its references by the new names, and nothing else of them changed."""
    return apply(data, list(_renamings(file, data, setting, names)), file)


def names_any(record: Record, names: Iterable[str]) -> bool:
    """Whether a record refers to one of these ids, be it in a step of a promise."""
    wanted = dict.fromkeys(names, "")
    return any(renamed(reference.text, wanted) != reference.text for reference in references(record))


def renamed(text: str, names: Names) -> str:
    """A reference by the new names, those in its steps too (``SA26-0012/OF26-0003.1``)."""
    steps = (step.split(".") for step in text.split("/"))
    return "/".join(".".join(names.get(bit, bit) for bit in step) for step in steps)


def is_free(root: Path, shelf: Shelf, named: RecordId, but: str = "") -> bool:
    """Whether a number was never given: no file bears it, and no record had it; a file *but* for which it is asked."""
    file = path_of(named)
    taken = file != but and os.path.lexists(root / file)
    return not taken and str(named) not in shelf.formerly and str(named) not in shelf.tombstones


def _number(book: Book, shelf: Shelf, record: Record, named: RecordId, to: RecordId | None) -> RecordId:
    """The number *to*, if the record can have it, or else the next one of its year."""
    if to is None:
        return named._replace(number=next_number(book.root, named.kind.name, named.year))
    at = main_moment(record)
    if to.kind != named.kind or to.year not in {named.year, day_of(at).year if at else named.year}:
        raise NumberNotFitting(str(to), record.id)
    if not is_free(book.root, shelf, to):
        raise NumberTaken(str(to))
    return to


def _renamings(file: str, data: bytes, setting: Setting, names: Names) -> Iterator[Edit]:
    record = read_record(file, data, setting)
    if isinstance(record, list):
        raise InvalidBook(record)
    if isinstance(record, str):
        raise NoSuchRecord("record", record)
    tree = _tree(file, data)
    for path, text, __ in references(record):
        new = renamed(text, names)
        if new == text:
            continue
        if get(tree, path) == text:
            yield Set(path, new)
        elif get(tree, path[:-1]) == text:  # the short form of a group: its first value alone
            yield Set(path[:-1], new)
        else:
            raise EditNotFaithful(file, dotted(path))


def _tree(file: str, data: bytes) -> dict[str, Tree]:
    try:
        return read(data, file)
    except Unreadable as error:
        raise InvalidBook(error.faults) from None


def _made(new: RecordId, data: bytes) -> Change:
    return Change(path_of(new), None, data)


def _ids(changes: Iterable[Change]) -> tuple[str, ...]:
    return tuple(str(of_path(change.file)) for change in changes)
