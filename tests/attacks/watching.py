"""What this process does to files, programs and the network while it is watched, told by Python's own audit."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    f"os.{name}"
    for name in ("rename", "remove", "rmdir", "mkdir", "link", "symlink", "truncate", "chmod", "chown", "utime")
)
_NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")


_NOT_OURS = re.compile(rf"{re.escape(tempfile.gettempdir())}/aftercare-[a-z0-9_]{{8}}(?:/|$)|.*/__pycache__(?:/|$)")
"""The private folder in which an editor gets its copy; what Python keeps of modules."""


class Seen:
    """What was seen: files opened to read, places changed, programs started, events of the network."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.written: list[str] = []
        self.programs: list[list[str]] = []
        self.network: list[str] = []

    def outside(self, *folders: Path) -> list[str]:
        """Places that were changed and lie in none of the *folders*.

        A single name was given with the descriptor of its folder, of which no part is a link.  What Python keeps of our
        own modules when it loads them first is not the command's doing.
        """
        inside = [str(folder.resolve()) for folder in folders]
        away = (place for place in self.written if "/" in place and place != os.devnull and not _NOT_OURS.match(place))
        return [place for place in away if not any(Path(place).absolute().is_relative_to(one) for one in inside)]

    def take(self, event: str, told: tuple[Any, ...]) -> None:
        """Note one event of the audit."""
        if event == "open":
            place = os.fsdecode(told[0]) if isinstance(told[0], str | bytes | os.PathLike) else ""
            flags = told[2] if isinstance(told[2], int) else 0
            (self.written if flags & _WRITING else self.read).append(place)
        elif event in _CHANGES:
            self.written += [os.fsdecode(one) for one in told[:2] if isinstance(one, str | bytes | os.PathLike)]
        elif event == "subprocess.Popen":
            self.programs.append([str(told[0]), *map(str, told[1])])
        elif event.startswith(_NETWORK):
            self.network.append(event)


_seen: list[Seen] = []


def _note(event: str, told: tuple[Any, ...]) -> None:
    for one in _seen:
        one.take(event, told)


sys.addaudithook(_note)  # there is no way to take one off again


@contextmanager
def watched() -> Iterator[Seen]:
    """Watch this process meanwhile."""
    one = Seen()
    _seen.append(one)
    try:
        yield one
    finally:
        _seen.remove(one)
