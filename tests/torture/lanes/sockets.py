"""No command opens a connection: verbs that write, verbs that read and all sessions, with their sockets counted."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.every_verb import EVERY
from tests.torture import tracing
from tests.torture.figures import ROOT, Figure
from tests.torture.stage import Tally, book, typed

_INTERNET = re.compile(r"AF_INET6?\b")
_WATCHED = ["socket", "connect", "sendto", "bind"]
READING = (
    *(
        "due",
        "due --notify --dry-run",
        "due --notify customers --dry-run",
        "balance",
        "check",
        "quality",
        "report",
        "show CU26-0001",
        "find 王",
        "customer list",
        "customer timeline CU26-0001",
    ),
    *(
        "claim check CL26-0001",
        "claim letter CL26-0001 --text",
        "complaint progress CO26-0001",
        "part stock",
        "sale owed SA26-0001",
    ),
    *(
        "policy list",
        "policy show credo",
        "policy check",
        "policy sources",
        "policy categories",
        "points balance CU26-0001",
    ),
    *("product services PR26-0001", "--help", "--version", "nonsense"),
)
"""Commands that read, and words that are none."""


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """First a program that does open one, so that we know it would be seen."""
    tracing.load()
    seen = Tally(10, "a program that opens a socket", "programs", "unnoticed")
    seen.tried += 1
    if not opened([sys.executable, "-c", "import socket; socket.socket()"], scratch):
        seen.wrong("unnoticed", "a socket was opened and not counted")
    yield seen.figure()
    tally = Tally(10, "the sockets of every verb that writes, and of those that read", "commands", "sockets")
    base = book(scratch / "book", git=True)
    writing = [row.line for row in EVERY if row.verb != "init"]
    lines = [*writing[:: 12 if short else 1], *READING[:: 6 if short else 1]]
    for line in lines:
        tally.tried += 1
        done = typed(base, shlex.split(line), ["-e", f"trace={','.join(_WATCHED)}"])
        for found in filter(_INTERNET.search, done.trace):
            tally.wrong("sockets", f"{line}: {found}")
    yield tally.figure()
    if not short:
        tally = Tally(10, "the sockets of all console sessions", "sessions", "sockets")
        tally.tried = len(list((ROOT / "tests/sessions").glob("*.md")))
        words = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
            str(ROOT / "tests/test_sessions.py"),
        ]
        for found in opened(words, scratch):
            tally.wrong("sockets", found)
        yield tally.figure()


def opened(words: list[str], scratch: Path) -> list[str]:
    """The lines of a trace in which a program, or one that it starts, has to do with the internet."""
    log = scratch / "sockets.log"
    strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", f"trace={','.join(_WATCHED)}"]
    subprocess.run([*strace, *words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return [line for line in log.read_text("utf-8", "replace").splitlines() if _INTERNET.search(line)]
