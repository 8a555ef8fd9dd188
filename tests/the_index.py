"""What commands that only read may leave in a book: the index, whole, and the folder that it lies in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_ITS_OWN = re.compile(r"(?:.*/)?\.aftercare(?:/(?:\.gitignore|index-(?:en|zh)\.(?:db|stamp)))?")


def but_for_it(paths: Iterable[Path]) -> list[Path]:
    """These paths without those of the index; what was begun of one and is not done would be left over."""
    return [path for path in paths if not _ITS_OWN.fullmatch(path.as_posix())]


def left_beside_it(book: Path) -> list[str]:
    """What lies in the tool's own folder that is not of the index."""
    return sorted(path.name for path in but_for_it((book / ".aftercare").glob("*")))
