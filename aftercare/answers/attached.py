"""Which files belong to which records, and what is wrong with them: asked of the records and of the folder's names.

That a file still holds what was attached is seen by reading all of it, so that is asked for (``--verify``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from aftercare.book.enclosed import altered, lying, not_plain
from aftercare.book.files import read_bytes
from aftercare.book.ids import place_of
from aftercare.errors import Fault, InvalidBook
from aftercare.language import _
from aftercare.records.enclosures import Attached, attached

if TYPE_CHECKING:
    from aftercare.book.index.indexed import Indexed
    from aftercare.book.shelf import Shelf

_NAMING = """SELECT id, row FROM rows WHERE row LIKE '%"attachments/%' ORDER BY id"""
"""A text in JSON that begins with the folder's name; nothing else can hold that quotation mark."""


class Named(NamedTuple):
    """An entry of a record that names an attached file."""

    record: str
    place: int
    """Which of the record's entries it is, counted from 0."""
    of: Attached


def named_in_index(index: Indexed) -> list[Named]:
    """Every attached file that a record names, as the index knows the records."""
    rows = index.connection.execute(_NAMING)
    return [one for record, row in rows for one in named_by(record, json.loads(row).get("attachments") or ())]


def named_on(shelf: Shelf) -> list[Named]:
    """The same by the records themselves."""
    return [one for record in shelf.records.values() for one in named_by(record.id, record.attachments)]


def named_by(record: str, entries: Iterable[str]) -> Iterator[Named]:
    """The attached files that one record names."""
    for place, entry in enumerate(entries):
        if found := attached(entry):
            yield Named(record, place, found)


def attached_faults(root: Path, named: Iterable[Named], *, verify: bool, all_known: bool) -> list[Fault]:
    """What is wrong with attached files, in the order of files; *verify* reads all of each.

    While a record cannot be read nobody knows what it names: only where they are *all_known* is told which file none
    does.
    """
    wanted: dict[str, list[Named]] = {}
    for one in named:
        wanted.setdefault(one.of.file, []).append(one)
    there: set[str] = set()
    faults: list[Fault] = []
    for found in lying(root):
        there.add(found.file)
        if not found.is_plain:
            faults.append(not_plain(found.file))
        elif found.file not in wanted:
            if all_known:
                faults.append(_nobodys(found.file))
        elif verify and _is_altered(root, wanted[found.file][0].of):
            faults.append(altered(found.file))
    faults += [_missing(root, one) for file, several in wanted.items() if file not in there for one in several]
    return sorted(faults, key=lambda fault: fault[:3])


def _is_altered(root: Path, found: Attached) -> bool:
    from aftercare.book.attachments import digest

    try:
        return digest(root, found.file) != found.sha256
    except (FileNotFoundError, InvalidBook):
        return True


def _nobodys(file: str) -> Fault:
    return Fault(file, 1, "attachment-unnamed", _("no record names this file"))


def _missing(root: Path, one: Named) -> Fault:
    from aftercare.plain.reading import Unreadable, line_of

    place = place_of(one.record)
    try:
        line = line_of(read_bytes(root, place), ("attachments", one.place))
    except (OSError, InvalidBook, Unreadable):
        line = 1
    return Fault(place, line, "attachment-missing", _("{file} is not there").format(file=one.of.file))
