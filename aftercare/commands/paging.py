"""A pager for what is longer than the screen: ``$AFTERCARE_PAGER``, else ``$PAGER``, else ``less``."""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from aftercare.book.programs import program
from aftercare.book.root import root_of
from aftercare.commands.session import Session
from aftercare.errors import AftercareError
from aftercare.render.output import through

_NONE = frozenset({"", "cat"})
_AT_ONCE, _A_MOMENT = 1.0, 0.005
"""Seconds in which a pager that cannot begin has ended, and between two looks at it."""


@contextmanager
def paging(session: Session) -> Iterator[None]:
    """What is printed within goes through the pager, once it is longer than the screen; how it went stays the same."""
    words = _words()
    if not words:
        yield
        return
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> IO[bytes] | None:
        found = _start(words, session)
        started.extend([found] if found else [])
        return found.stdin if found else None

    columns, lines = shutil.get_terminal_size()
    with through(begin, lambda is_left: _failed(started, is_left=is_left), lambda: _wait(started), columns, lines):
        yield


def _words() -> list[str]:
    """The pager and its flags; nothing where none is wanted."""
    if os.environ.get("TERM", "dumb") == "dumb":
        return []
    wanted = os.environ.get("AFTERCARE_PAGER", os.environ.get("PAGER", "less"))
    try:
        words = shlex.split(wanted)
    except ValueError:
        return []
    return [] if " ".join(words) in _NONE else words


def _start(words: list[str], session: Session) -> subprocess.Popen[bytes] | None:
    name, *more = words
    try:
        root = root_of(session.folder, os.environ, Path.cwd())
    except (AftercareError, OSError):
        root = Path("/nowhere")
    pager = program(name, root)
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c", **os.environ}
    try:
        return subprocess.Popen([pager, *more], stdin=subprocess.PIPE, env=environment) if pager else None  # noqa: S603
    except OSError:
        return None


def _failed(started: list[subprocess.Popen[bytes]], *, is_left: bool) -> bool:
    """Whether the pager ended in failure at once, before it had read what we gave it, or *left* without reading it all.

    A ``PAGER=false``, or one that a machine does not have in full, would swallow the answer.
    """
    until = time.monotonic() + _AT_ONCE
    with suppress(KeyboardInterrupt):
        while time.monotonic() < until and (is_left or any(map(_unread, started))):
            if all(pager.poll() is not None for pager in started):
                return any(pager.returncode for pager in started)
            time.sleep(_A_MOMENT)
    return False


def _unread(pager: subprocess.Popen[bytes]) -> bool:
    """Whether something that we gave it has not been read; so it is said, too, where the system does not tell."""
    held = bytearray(4)
    with suppress(OSError):
        fcntl.ioctl(pager.stdin or -1, termios.FIONREAD, held)
        return any(held)
    return True


def _wait(started: list[subprocess.Popen[bytes]]) -> None:
    """Until the operator leaves the pager; Ctrl-C is the pager's, which has the screen."""
    while any(pager.returncode is None for pager in started):
        with suppress(KeyboardInterrupt):
            for pager in started:
                pager.wait()
