"""Ids of records, and where a record lies: ``SA26-0012`` is the twelfth sale of 2026, ``sales/2026/SA26-0012.yaml``.

An id is matched in full and in ASCII alone, so nothing that passes for one can lead out of the book.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from aftercare.plain.patterns import late
from aftercare.records.names import BY_PREFIX, KindName

SUFFIX = ".yaml"
CENTURY = 2000
_canonical = late(r"([A-Z]{2})([0-9]{2})-([0-9]{4}|[1-9][0-9]{4,8})")
_loose = late(r"([A-Za-z]{2})([0-9]{2})\s*[-‐‑‒–—−_]?\s*([0-9]{1,12})")
_unit = late(r"([^/／、]+)[/／、]\s*([0-9０-９]{1,6})\s*")


class RecordId(NamedTuple):
    """The id of a record: its kind's ``prefix``, the full ``year`` (2000 to 2099), its running ``number`` from 1."""

    prefix: str
    year: int
    number: int

    @property
    def kind(self) -> KindName:
        """The kind of record it names."""
        return BY_PREFIX[self.prefix]

    def __str__(self) -> str:
        return f"{self.prefix}{self.year - CENTURY:02}-{self.number:04}"


def parse(text: str) -> RecordId | None:
    """The id that *text* is, written exactly as ids are; None for anything else."""
    return _known(_canonical().fullmatch(text))


def loosely(text: str) -> RecordId | None:
    """The id that somebody may have meant: ``sa26-12``, ``SA2612``, ``ｓａ２６－００１２``; None if it can be none."""
    from unicodedata import normalize  # only what is typed by hand pays for it

    found = _known(_loose().fullmatch(normalize("NFKC", text).strip()))
    return parse(str(found)) if found else None


def split_unit(text: str) -> tuple[str, int | None]:
    """What *text* says of the record, and the line if it names a unit, as ``SA26-0012/1`` does.

    A Chinese keyboard writes ``、`` for the slash.  A text that names no unit comes back as it is, with None.
    """
    found = _unit().fullmatch(text)
    if not found or not int(found[2]):
        return text, None
    return found[1].strip(), int(found[2])


def step_of(text: str) -> str:
    """A step as promises and breaches bear it: in small letters, but ids within it as ids are (``OF26-0003.1``)."""
    steps = (step.split(".") for step in text.split("/"))
    return "/".join(".".join(str(loosely(bit) or bit.lower()) for bit in step) for step in steps)


def path_of(record: RecordId) -> str:
    """Where the record lies: relative to the book, with forward slashes."""
    return f"{record.kind.folder}/{record.year}/{record}{SUFFIX}"


def place_of(record_id: str) -> str:
    """The file of a record by its id, which is what an id looks like; of anything else, itself."""
    named = parse(record_id)
    return path_of(named) if named else record_id


def of_path(relative: str) -> RecordId | None:
    """The id of the record that lies at *relative*; None for a file that lies where no record can."""
    record = parse(relative.rpartition("/")[2].removesuffix(SUFFIX))
    return record if record and path_of(record) == relative else None


def _known(found: re.Match[str] | None) -> RecordId | None:
    """The id of a match, if there is such a kind and numbers start at one."""
    if not found:
        return None
    prefix, year, number = found[1].upper(), CENTURY + int(found[2]), int(found[3])
    return RecordId(prefix, year, number) if prefix in BY_PREFIX and number else None
