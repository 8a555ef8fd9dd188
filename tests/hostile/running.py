"""One command in this process: its exit code, what it printed, and what broke out of it; and the state of a folder."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import stat
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from aftercare import cli, language
from tests.hostile.good import TODAY
from tests.the_index import but_for_it

LONGEST = 20
"""Seconds after which a command hangs; the slowest of an honest run takes a hundredth of it."""
_MOST_HASHED = 4 << 20
_OF_WRITERS = (".aftercare", ".aftercare/lock", ".aftercare/holder", ".aftercare/.gitignore")


class Hang(BaseException):
    """A command did not end."""


class Ran(NamedTuple):
    """What came of one command; *broke* is the traceback of what it should have said in one line."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str
    broke: str = ""


def run(root: Path, *words: str, stdin: bytes = b"") -> Ran:
    """``aftercare -C ROOT WORDS`` as the console script would run it, but that nothing is caught at the end."""
    streams = sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True) for _stream in range(2))
    language.use("en")
    code, broke = -1, ""
    try:
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(stdin)), out, err
        with _alarm():
            code = cli.run(["-C", str(root), "--today", TODAY, *words])
    except Hang:
        broke = f"hang: more than {LONGEST} seconds"
    except BaseException:  # noqa: BLE001 - whatever it is, it is what this is all about
        broke = traceback.format_exc(limit=-6)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
    return Ran(words, code, _text(out), _text(err), broke)


def _text(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def state(root: Path) -> dict[str, str]:
    """Every entry below a folder with its kind, mode and content, but for the lock of writers, the index of readers."""
    found: dict[str, str] = {}
    for folder, folders, files in os.walk(os.fsencode(root)):
        for name in (*folders, *files):
            path = os.path.join(folder, name)  # noqa: PTH118 - the names are bytes
            relative = os.fsdecode(os.path.relpath(path, os.fsencode(root)))
            if not relative.endswith(_OF_WRITERS):
                found[relative] = _entry(path)
    ours = {path.as_posix() for path in but_for_it(map(Path, found))}
    return {name: entry for name, entry in found.items() if name in ours}


def _entry(path: bytes) -> str:
    about = os.lstat(path)
    if stat.S_ISLNK(about.st_mode):
        return f"link {os.fsdecode(os.readlink(path))}"  # noqa: PTH115 - the name is bytes
    if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST_HASHED:
        return f"{about.st_mode:o} {about.st_size} {about.st_blocks}"
    with open(path, "rb") as file:  # noqa: PTH123 - the name is bytes
        return f"{about.st_mode:o} {hashlib.sha256(file.read()).hexdigest()}"
