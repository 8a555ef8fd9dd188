"""How a record names an attached file in its list ``attachments``: its path first, and then, after a space, what it is.

The name of a file is the SHA-256 of its content: ``attachments/3f/3fa9….jpg``.  What else stands in that list is words
of the operator's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from aftercare.plain.patterns import late

FOLDER = "attachments"
_FILE = rf"{FOLDER}/(?P<two>[0-9a-f]{{2}})/(?P<sha256>(?P=two)[0-9a-f]{{62}})(?:\.[a-z0-9]{{1,8}})?"
_entry = late(rf"(?P<file>{_FILE})(?: (?P<what>.*))?", re.DOTALL)
_file = late(rf"{_FILE}(?![a-z0-9.])")


class Attached(NamedTuple):
    """An entry of a record's list that names a file of ours: its path, the hash in it, and what it is."""

    file: str
    sha256: str
    what: str


def attached(entry: str) -> Attached | None:
    """What an entry of ``attachments`` names; None for words of the operator's own."""
    found = _entry().fullmatch(entry)
    return Attached(found["file"], found["sha256"], found["what"] or "") if found else None


def named_in(text: str) -> set[str]:
    """The files of ours that a text names anywhere, be it a record or not."""
    return {found[0] for found in _file().finditer(text)}


def files_in(entries: Iterable[str]) -> list[str]:
    """The files of ours that entries name, each once."""
    return list(dict.fromkeys(one.file for entry in entries if (one := attached(entry))))
