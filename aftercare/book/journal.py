"""What one command is about to do to several files, noted before it is done: so all of it is done, or none.

The note holds the new contents.  From the moment it lies on the disk the change as a whole counts: whoever reads the
book reads the files as the note says, and the next one who writes finishes what a killed one began.  It goes when all
of it is done.

Where somebody has changed a file of it meanwhile, so that it holds neither what was nor what was to be, the rest might
not fit it any more: a change that had not begun is dropped, and one that had begun waits for ``doctor``.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Literal, NamedTuple

from aftercare.book.files import Unusable, read_bytes
from aftercare.book.locking import LARGEST, OWN, is_of_a_book, make_own_folder, read_own, settle, write_own_pieces
from aftercare.errors import CannotRead

_NAME = "journal"
FILE = f"{OWN}/{_NAME}"
_ANY_HEAD = b"aftercare journal "
_HEAD = _ANY_HEAD + b"1 "
_NO_NOTE = frozenset({errno.ELOOP, errno.EISDIR, errno.ENXIO})
"""What the system says of a link, a folder or a socket in the note's place."""
_AT_ONCE = 500
"""So many changes are noted in one piece."""
_NO_FILE = b"\0no file"


class Change(NamedTuple):
    """What is to become of one file: ``before`` is None for a new file, ``after`` is None for one that goes."""

    file: str
    before: bytes | None
    after: bytes | None


def note(root: Path, changes: Sequence[Change]) -> None:
    """Note *changes*, so that from here on they survive a power cut.  OSError or CannotWrite if that cannot be done."""
    from hashlib import sha256

    mark, size = sha256(), 0
    for piece in _pieces(changes):
        mark.update(piece)
        size += len(piece)
    if size > LARGEST - len(_HEAD) - 65:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    head = _HEAD + mark.hexdigest().encode() + b"\n"
    own = make_own_folder(root)
    write_own_pieces(own / _NAME, chain([head], _pieces(changes)), lasting=True)
    settle(own)
    settle(root)


def _pieces(changes: Sequence[Change]) -> Iterator[bytes]:
    """What a note says, piece by piece: that of a hundred thousand files would take more room than the files do."""
    for first in range(0, len(changes), _AT_ONCE):
        some = ", ".join(map(_entry, changes[first : first + _AT_ONCE]))
        yield f"{', ' if first else '['}{some}".encode()
    yield b"]" if changes else b"[]"


def _entry(change: Change) -> str:
    """One change as JSON."""
    import base64
    import json

    file, before, after = change
    content = "null" if after is None else f'"{base64.b64encode(after).decode()}"'
    return f'{{"file": {json.dumps(file)}, "was": "{_mark(before)}", "is": {content}}}'


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


class Noted(NamedTuple):
    """What a note says, held against the files.

    ``state``: "none" is there; "whole", and ``todo`` is left of it; "void", since it was not begun before some of its
    files changed, or is of another book; "mixed", since it was begun, and then the files ``changed`` became something
    else; "newer" than this version; "strange", nothing that we wrote.
    """

    state: Literal["none", "whole", "void", "mixed", "newer", "strange"]
    todo: Sequence[Change] = ()
    changed: Sequence[str] = ()


def look(root: Path) -> Noted:
    """What is noted of an unfinished change; CannotRead where the disk does not let us see."""
    if not is_there(root):
        return Noted("none")
    try:
        noted = read_own(root / OWN / _NAME)
        entries = _entries(noted)
    except OSError as error:
        if error.errno not in _NO_NOTE:
            raise CannotRead(FILE, str(error.strerror)) from error
        return Noted("strange")
    except (ValueError, KeyError, TypeError, RecursionError):
        return Noted("strange")
    if entries is None:
        return Noted("newer" if noted.startswith(_ANY_HEAD) and not noted.startswith(_HEAD) else "strange")
    held = {entry.file: _held(root, entry.file) for entry in entries}
    changed = [e.file for e in entries if _mark(held[e.file]) not in {e.was, _mark(e.after)}]
    todo = [Change(e.file, held[e.file], e.after) for e in entries if _mark(held[e.file]) == e.was]
    if not changed:
        return Noted("whole", todo)
    return Noted("void" if len(changed) + len(todo) == len(entries) else "mixed", changed=changed)


def pending(root: Path) -> Sequence[Change]:
    """What is noted and still to be done: all that is left of the change, or nothing where that cannot be told."""
    try:
        noted = look(root)
    except CannotRead:
        return ()
    return noted.todo if noted.state == "whole" else ()


def put_away(root: Path) -> None:
    """Set aside what bears the note's name, whatever it is, so that it is in nobody's way.  OSError if that fails."""
    folder = make_own_folder(root) / "set-aside"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    free = next(name for number in count(1) if not os.path.lexists(name := folder / f"{_NAME}-{number}"))
    (root / OWN / _NAME).rename(free)


class _Entry(NamedTuple):
    """A change as it is noted: of what the file held before, only the mark."""

    file: str
    was: str
    after: bytes | None


def _entries(noted: bytes) -> list[_Entry] | None:
    """The entries of a note; None of one that we did not write, or not whole."""
    import json

    head, _line, said = noted.partition(b"\n")
    if head != _HEAD + _mark(said).encode():
        return None
    every = [_Entry(str(e["file"]), e["was"], _decoded(e["is"])) for e in json.loads(said)]
    return every if every and all(is_of_a_book(e.file) and e.was != _mark(e.after) for e in every) else None


def _decoded(said: str | None) -> bytes | None:
    import base64

    return None if said is None else base64.b64decode(said, validate=True)


def _held(root: Path, file: str) -> bytes | None:
    """What a file holds, None where there is none; of what is no file, something that no note can mean."""
    try:
        return read_bytes(root, file)
    except FileNotFoundError:
        return None
    except Unusable:
        return _NO_FILE


def _mark(data: bytes | None) -> str:
    from hashlib import sha256

    return "" if data is None else sha256(data).hexdigest()
