"""All that lies where a book has its files, whatever it is called: seen, not read, and no link is followed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from aftercare.book.locking import OWN
from aftercare.book.set_aside import FOLDER as SET_ASIDE
from aftercare.book.settings import FILE
from aftercare.book.tongue import POLICIES
from aftercare.plain.text import fold
from aftercare.records.enclosures import FOLDER as ATTACHMENTS
from aftercare.records.names import KINDS

_OURS = {kind.folder for kind in KINDS} | {POLICIES, ATTACHMENTS}
_TEMPORARY = re.compile(r"\..+\.([0-9]+)\.tmp|.+\.([0-9]+)\.new", re.DOTALL)
_BACKUP = re.compile(r".+(?:~|\.orig|\.rej|\.bak)|#.+#|\..+\.sw[a-p]", re.DOTALL | re.IGNORECASE)


class Seen(NamedTuple):
    """A file or folder, relative to the book: its permissions, and when it was last written, in seconds."""

    path: str
    mode: int
    written: float

    @property
    def is_file(self) -> bool:
        """Whether it is an ordinary file."""
        return stat.S_ISREG(self.mode)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, and no link to one."""
        return stat.S_ISDIR(self.mode)

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.rpartition("/")[2]


def belongings(root: Path) -> list[Seen]:
    """The book's folder itself (``.``), what lies in it, and all below the folders of records, packs,
    attached files and our own.

    A folder of records counts under any spelling of its name.  What was set aside, and other folders, are left out.
    """
    found = [Seen(".", root.stat().st_mode, root.stat().st_mtime)]
    for seen in _in(root, ""):
        if not seen.is_folder or seen.path == ".git":
            found.append(seen)
        elif seen.path == OWN or fold(seen.path).casefold() in _OURS:
            found += [seen, *_below(root, seen.path)]
    return found


def killed_writer(name: str, *, under_lock: bool = False) -> bool:
    """Whether a file is a temporary one of a writer that is gone; *under_lock* there is no other."""
    match = _TEMPORARY.fullmatch(name)
    if match is None or under_lock:
        return match is not None
    try:
        os.kill(int(match[1] or match[2]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def is_backup(seen: Seen) -> bool:
    """Whether a file is what an editor or git leaves beside one it changed (``~``, ``.orig``, ``.rej``, ``.bak``)."""
    is_of_settings = "/" in seen.path or seen.name.lstrip(".#").startswith(FILE)
    return seen.is_file and is_of_settings and _BACKUP.fullmatch(seen.name) is not None


def is_swap(seen: Seen) -> bool:
    """Whether it is the file of an editor that may still have the other one open."""
    return re.fullmatch(r"\..+\.sw[a-p]", seen.name, re.DOTALL) is not None


def is_among(target: Path) -> bool:
    """Whether a file lies, or would lie, where some book has its own: its settings, records, packs, attached files,
    its history, or what the tool keeps there.
    """
    place = target.parent.resolve() / target.name
    root = next((above for above in place.parents if (above / FILE).is_file()), None)
    if root is None:
        return False
    first, *below = place.relative_to(root).parts
    return first == FILE if not below else first in {".git", OWN} or fold(first).casefold() in _OURS


def shared_above(root: Path) -> list[Path]:
    """The folders above the book in which anybody may exchange it for another."""
    return [
        folder
        for folder in root.resolve().parents
        if (mode := folder.stat().st_mode) & stat.S_IWOTH and not mode & stat.S_ISVTX
    ]


def _below(root: Path, folder: str) -> Iterator[Seen]:
    for seen in _in(root, folder):
        if seen.path == SET_ASIDE:
            continue
        yield seen
        if seen.is_folder:
            yield from _below(root, seen.path)


def _in(root: Path, folder: str) -> list[Seen]:
    """What lies in one folder, sorted; nothing where it cannot be entered."""
    found = []
    with suppress(OSError), os.scandir(root / folder) as entries:
        for entry in entries:
            with suppress(OSError):
                about = entry.stat(follow_symlinks=False)
                path = f"{folder}/{entry.name}" if folder else entry.name
                found.append(Seen(path, about.st_mode, about.st_mtime))
    return sorted(found)
