"""What lies where attached files do, told by names alone: nothing is opened here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from aftercare.book.files import open_folder
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.patterns import late
from aftercare.records.enclosures import FOLDER, attached

_two = late("[0-9a-f]{2}")


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
            if attached(f"{folder}/{name}"):
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
