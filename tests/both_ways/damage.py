"""Ways to damage an index that lies in a book, and to get in the way of one that is being written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.every_verb import typed

PAGE = 4096
Damage = Callable[[Path, random.Random], None]


def _truncated(file: Path, rng: random.Random) -> None:
    os.truncate(file, rng.randrange(0, file.stat().st_size, PAGE) if rng.random() < 0.7 else rng.randrange(100))


def _flipped(file: Path, rng: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(rng.randint(1, 40)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    _in_its_place(file, bytes(data))


def _zeroed(file: Path, rng: random.Random) -> None:
    data = file.read_bytes()
    at = rng.randrange(0, len(data), PAGE)
    _in_its_place(file, data[:at] + bytes(PAGE) + data[at + PAGE :])


def _in_its_place(file: Path, data: bytes) -> None:
    """Written in place, and the time of writing put back: nothing but the time of the change itself tells."""
    before = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _a_copy(file: Path, _rng: random.Random) -> None:
    """As a backup brings it back: the same bytes and times, but another file."""
    copy = file.with_name("copy")
    shutil.copy2(file, copy)
    copy.replace(file)


def _of_another_version(file: Path, _rng: random.Random) -> None:
    with sqlite3.connect(file) as opened:
        opened.execute("PRAGMA user_version = 999")
        opened.execute("UPDATE files SET said = '{}'")
    opened.close()


def _a_text(file: Path, _rng: random.Random) -> None:
    file.write_text("nothing of ours\n", encoding="utf-8")


def _empty(file: Path, _rng: random.Random) -> None:
    file.write_bytes(b"")


def _gone(file: Path, _rng: random.Random) -> None:
    file.unlink()


def _a_folder(file: Path, _rng: random.Random) -> None:
    file.unlink()
    file.mkdir()


def _a_link(file: Path, _rng: random.Random) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


def _a_pipe(file: Path, _rng: random.Random) -> None:
    file.unlink()
    os.mkfifo(file)


DAMAGES: dict[str, Damage] = {
    "truncated": _truncated,
    "flipped": _flipped,
    "zeroed": _zeroed,
    "a copy": _a_copy,
    "a text": _a_text,
    "empty": _empty,
    "gone": _gone,
    "a folder": _a_folder,
    "a link": _a_link,
    "a pipe": _a_pipe,
}
"""What may become of the index, or of its stamp; all but a folder the next command puts right."""
OF_THE_INDEX = {**DAMAGES, "another version's": _of_another_version}


def _journal(file: Path, rng: random.Random) -> None:
    """What SQLite would play back: a journal that is well formed, and says of the first page what is not so."""
    page = bytearray(file.read_bytes()[:PAGE])
    page[rng.randrange(200, PAGE)] ^= 255
    head = bytes.fromhex("d9d505f920a163d7") + (1).to_bytes(4, "big") + bytes(4)
    size = (file.stat().st_size // PAGE).to_bytes(4, "big")
    sector = head + size + (512).to_bytes(4, "big") + PAGE.to_bytes(4, "big")
    check = sum(page[at] for at in range(PAGE - 200, 0, -200)) & 0xFFFFFFFF
    record = (1).to_bytes(4, "big") + bytes(page) + check.to_bytes(4, "big")
    Path(f"{file}-journal").write_bytes(sector.ljust(512, b"\0") + record)


def _log(file: Path, _rng: random.Random) -> None:
    shutil.copyfile(file, f"{file}-wal")


def _half(file: Path, _rng: random.Random) -> None:
    """As a kill leaves it: another that was begun, and none that is trusted."""
    file.with_suffix(".stamp").unlink()
    Path(f"{file}.999999999.new").write_bytes(b"x")


BESIDE: dict[str, Damage] = {
    "a journal": _journal,
    "a pipe for a journal": lambda file, _: os.mkfifo(f"{file}-journal"),
    "a folder for a journal": lambda file, _: Path(f"{file}-journal").mkdir(),
    "a log": _log,
    "a pipe for a log": lambda file, _: os.mkfifo(f"{file}-wal"),
    "half of another": _half,
}
"""What may lie beside it."""


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another process has the index to itself meanwhile."""
    said = (
        "import sqlite3, sys\n"
        "held = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "held.execute('BEGIN EXCLUSIVE')\nprint('held', flush=True)\nsys.stdin.read()\n"
    )
    words = [sys.executable, "-c", said, str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stdout.readline() == "held\n"
        yield


def killed(line: str, after: float) -> bool:
    """Whether a command, in a process of its own that has the program loaded, was killed before it was through."""
    child = os.fork()
    if child == 0:
        try:
            typed(line)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
