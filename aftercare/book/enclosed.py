"""How records name attached files, and what lies where these are: by names alone, nothing is opened.

The name of a file is the SHA-256 of its content: ``attachments/3f/3fa9….jpg``.  A record names it in its list
``attachments``, the path first and then, after a space, what it is.  What else stands in that list is words of the
operator's own.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from aftercare.book.files import open_folder
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.patterns import late

FOLDER = "attachments"
_path = late(rf"({FOLDER}/([0-9a-f]{{2}})/(\2[0-9a-f]{{62}})(?:\.[a-z0-9]{{1,8}})?)(?: (.*))?", 16)
_two = late("[0-9a-f]{2}")


class Attached(NamedTuple):
    """An entry of a record's list that names a file of ours: its path, the hash in it, and what it is."""

    file: str
    sha256: str
    what: str


def attached(entry: str) -> Attached | None:
    """What an entry of ``attachments`` names; None for words of the operator's own."""
    found = _path().fullmatch(entry)
    return Attached(found[1], found[3], found[4] or "") if found else None


def files_in(entries: Iterable[str]) -> list[str]:
    """The files of ours that entries name, each once."""
    return list(dict.fromkeys(one.file for entry in entries if (one := attached(entry))))


def not_plain(file: str) -> Fault:
    """That a link, a folder or a device lies where an attached file should."""
    return Fault(file, 1, "not-a-file", _("not an ordinary file; links are not followed"))


def altered(file: str) -> Fault:
    """That an attached file does not hold what it held when it was attached."""
    return Fault(file, 1, "attachment-altered", _("it is not what was attached: its content has changed since"))


class Lying(NamedTuple):
    """What lies where attached files do: its path, and whether it is a plain file."""

    file: str
    is_plain: bool


def lying(root: Path) -> Iterator[Lying]:
    """All that lies at the places of attached files, in the order of paths; what else is in the folder is not ours.

    What stands in the place of one of our folders and cannot be entered is given itself.
    """
    if not _is_folder(root, FOLDER):
        if os.path.lexists(root / FOLDER):
            yield Lying(FOLDER, is_plain=False)
        return
    for two in names(root, FOLDER):
        folder = f"{FOLDER}/{two}"
        if not _two().fullmatch(two):
            continue
        if not _is_folder(root, folder):
            yield Lying(folder, is_plain=False)
        for name in names(root, folder):
            if files_in([f"{folder}/{name}"]):
                yield Lying(f"{folder}/{name}", _is_plain(root, f"{folder}/{name}"))


def _is_plain(root: Path, file: str) -> bool:
    try:
        return stat.S_ISREG((root / file).lstat().st_mode)
    except OSError:
        return False


def _is_folder(root: Path, folder: str) -> bool:
    try:
        return stat.S_ISDIR((root / folder).lstat().st_mode)
    except OSError:
        return False


def names(root: Path, folder: str) -> list[str]:
    """What lies in a folder, sorted; nothing where there is none, or it cannot be entered."""
    try:
        here = open_folder(root, folder)
    except OSError:
        return []
    try:
        return sorted(os.listdir(here))  # noqa: PTH208 - a descriptor has no Path
    finally:
        os.close(here)
