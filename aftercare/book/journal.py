"""What one command is about to do to several files, noted before it is done: so all of it is done, or none.

The note holds the new contents.  From the moment it lies on the disk the change as a whole counts: whoever reads the
book reads the files as the note says, and the next one who writes finishes what a killed one began.  It goes when all
of it is done.  A file that somebody has changed meanwhile, so that it holds neither what was nor what was to be, is
left as it is.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from aftercare.book.files import Unusable, read_bytes
from aftercare.book.locking import OWN, is_of_a_book, make_own_folder, read_own, settle, write_own

_NAME = "journal"
FILE = f"{OWN}/{_NAME}"
_HEAD = b"aftercare journal 1 "


class Change(NamedTuple):
    """What is to become of one file: ``before`` is None for a new file, ``after`` is None for one that goes."""

    file: str
    before: bytes | None
    after: bytes | None


def note(root: Path, changes: Sequence[Change]) -> None:
    """Note *changes*, so that from here on they survive a power cut.  OSError or CannotWrite if that cannot be done."""
    entries = [
        {"file": file, "was": _mark(before), "is": None if after is None else base64.b64encode(after).decode()}
        for file, before, after in changes
    ]
    said = json.dumps(entries).encode()
    own = make_own_folder(root)
    write_own(own / _NAME, _HEAD + _mark(said).encode() + b"\n" + said, lasting=True)
    settle(own)
    settle(root)


def clear(root: Path) -> None:
    """Take the note away, for good.  OSError if it stays or may come back."""
    own = root / OWN
    try:
        (own / _NAME).unlink()
    except FileNotFoundError:
        return
    settle(own)


def is_there(root: Path) -> bool:
    """Whether there is a note, of whatever worth."""
    return bool(stamp(root))


def stamp(root: Path) -> tuple[int, ...]:
    """What tells one note from another, and from none."""
    try:
        about = (root / OWN / _NAME).lstat()
    except OSError:
        return ()
    return about.st_ino, about.st_mtime_ns


def pending(root: Path) -> list[Change]:
    """What is noted and still to be done; nothing where there is no note, or none that we wrote whole."""
    try:
        entries = _entries(read_own(root / OWN / _NAME))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):  # not of our writing
        return []
    return [change for entry in entries if (change := _to_be_done(root, entry))]


class _Entry(NamedTuple):
    """A change as it is noted: of what the file held before, only the mark."""

    file: str
    was: str
    after: bytes | None


def _entries(noted: bytes) -> list[_Entry]:
    head, _line, said = noted.partition(b"\n")
    if head != _HEAD + _mark(said).encode():
        return []
    every = [_Entry(str(e["file"]), e["was"], _decoded(e["is"])) for e in json.loads(said)]
    return [entry for entry in every if is_of_a_book(entry.file) and entry.was != _mark(entry.after)]


def _decoded(said: str | None) -> bytes | None:
    return None if said is None else base64.b64decode(said, validate=True)


def _to_be_done(root: Path, entry: _Entry) -> Change | None:
    """The change that an entry is, while its file holds what was there before."""
    try:
        held = read_bytes(root, entry.file)
    except FileNotFoundError:
        held = None
    except Unusable:
        return None
    return Change(entry.file, held, entry.after) if _mark(held) == entry.was else None


def _mark(data: bytes | None) -> str:
    return "" if data is None else sha256(data).hexdigest()
