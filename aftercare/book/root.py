"""Where a book is: the folder with ``aftercare.yaml``."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from aftercare.book.tongue import SETTINGS
from aftercare.errors import CannotRead, NoBook


def root_of(named: str | None, environment: Mapping[str, str], here: Path) -> Path:
    """The folder of the book *named*, else of that of ``AFTERCARE_BOOK``, else the nearest from *here* upwards.

    NoBook where there is none, CannotRead where we are not let in to see.
    """
    asked = named or environment.get("AFTERCARE_BOOK")
    if asked:
        root = Path(asked)
        if not _is_book(root):
            raise NoBook(asked)
        return root.resolve()
    for folder in (here, *here.parents):
        if _is_book(folder):
            return folder
    raise NoBook(str(here))


def _is_book(folder: Path) -> bool:
    """Whether a folder is one, of whatever worth its settings are; CannotRead where we are not let in to see."""
    try:
        (folder / SETTINGS).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        if error.errno in {errno.ENAMETOOLONG, errno.ELOOP}:
            return False
        raise CannotRead(str(folder / SETTINGS), str(error.strerror)) from error
    return True
