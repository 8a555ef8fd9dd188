"""The language of a book, told at a glance: before a command is understood, and where its words are wrong."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping

SETTINGS = "aftercare.yaml"
"""The file that says what a book is, and makes a folder one."""
POLICIES = "policies"
"""The folder of the shop's own packs."""
_LARGEST = 1024 * 1024
_PLAIN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe must not make us wait
_SAID = rb"""(?m)^language:[ \t]+(["']?)(en|zh)\1[ \t]*(?:#.*)?\r?$"""


def language_at(named: str, environment: Mapping[str, str]) -> str:
    """The language of the book that would be found; "" where there is none, or where it does not plainly say.

    The settings are not parsed, for that would cost a command that only explains itself more than all the rest of it;
    so a book may be broken and its language known.  Who opens the book goes by what it says in full.  Never an error.
    """
    try:
        asked = named or environment.get("AFTERCARE_BOOK")
        for folder in (asked,) if asked else _upwards(os.getcwd()):
            if os.path.lexists(file := os.path.join(folder, SETTINGS)):
                found = re.search(_SAID, _glance(file))
                return found[2].decode() if found else ""
    except (OSError, ValueError):  # whoever needs the book says what is wrong with it
        pass
    return ""


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield above
        folder = above


def _glance(file: str) -> bytes:
    """What a plain file holds, as far as any settings reach."""
    with os.fdopen(os.open(file, _PLAIN_FILE), "rb") as opened:
        return opened.read(_LARGEST) if stat.S_ISREG(os.fstat(opened.fileno()).st_mode) else b""
