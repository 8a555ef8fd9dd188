"""The language of a book, told at a glance: before a command is understood, and where its words are wrong."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

SETTINGS = "aftercare.yaml"
"""The file that says what a book is, and makes a folder one."""
_LARGEST = 1024 * 1024
_PLAIN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe must not make us wait
_SAID = re.compile(rb"""^language:[ \t]+(["']?)(en|zh)\1[ \t]*(?:#.*)?\r?$""", re.MULTILINE)


def language_at(named: str, environment: Mapping[str, str]) -> str:
    """The language of the book that would be found; "" where there is none, or where it does not plainly say.

    The settings are not parsed, for that would cost a command that only explains itself more than all the rest of it;
    so a book may be broken and its language known.  Who opens the book goes by what it says in full.  Never an error.
    """
    try:
        asked = named or environment.get("AFTERCARE_BOOK")
        here = Path(asked) if asked else Path.cwd()
        for folder in (here,) if asked else (here, *here.parents):
            if os.path.lexists(folder / SETTINGS):
                found = _SAID.search(_glance(folder / SETTINGS))
                return found[2].decode() if found else ""
    except (OSError, ValueError):  # whoever needs the book says what is wrong with it
        pass
    return ""


def _glance(file: Path) -> bytes:
    """What a plain file holds, as far as any settings reach."""
    with os.fdopen(os.open(file, _PLAIN_FILE), "rb") as opened:
        return opened.read(_LARGEST) if stat.S_ISREG(os.fstat(opened.fileno()).st_mode) else b""
