"""How a record names an attached file in its list ``attachments``: its path first, and then, after a space, what it is.

The name of a file is the SHA-256 of its content: ``attachments/3f/3fa9….jpg``.  What else stands in that list is words
of the operator's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from aftercare.plain.patterns import late

FOLDER = "attachments"
_path = late(rf"({FOLDER}/([0-9a-f]{{2}})/(\2[0-9a-f]{{62}})(?:\.[a-z0-9]{{1,8}})?)(?: (.*))?", 16)


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
