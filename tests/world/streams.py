"""The ways in which a shell, cron or a poor machine starts a command, and what each may change of how it ends."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.world import desk
from tests.world.desk import Ended

WHOLE, FIRST, NONE = "whole", "first line", "none"
UNWRITTEN = "could not be written"


class Way(NamedTuple):
    """A line of the shell around the command ``"$@"``, and how much of its answer still comes through."""

    name: str
    script: str
    answer: str = WHOLE
    full: bool = False
    """Whether stdout refuses what is written to it."""
    told: bool = True
    """Whether anybody can hear what is said on stderr."""
    code: bool = True
    """Whether the shell hands on the command's own exit code."""
    more: Mapping[str, str] = {}


WAYS = (
    Way("stdin closed", '"$@" <&-'),
    Way("stdout closed", '"$@" >&-', NONE),
    Way("stderr closed", '"$@" 2>&-', told=False),
    Way("all closed", '"$@" <&- >&- 2>&-', NONE, told=False),
    Way("into head", '"$@" | head -n 1', FIRST, code=False),
    Way("into true", '"$@" | true', NONE, code=False),
    Way("into true, SIGPIPE ignored", 'trap "" PIPE; "$@" | true', NONE, code=False),
    Way("stdout full", '"$@" >/dev/full', NONE, full=True),
    Way("stderr full", '"$@" 2>/dev/full', told=False),
    Way("both full", '"$@" >/dev/full 2>&1', NONE, full=True, told=False),
    Way("an empty environment", 'env -i AFTERCARE_TODAY=2026-03-10 AFTERCARE_LANG=en PYTHONPATH="$PYTHONPATH" "$@"'),
    Way("no home, no terminal", 'unset HOME TERM LANG; "$@"'),
    Way("the C locale", '"$@"', more={"LC_ALL": "C", "LANG": "C"}),
    Way("ASCII streams", '"$@"', more={"PYTHONIOENCODING": "ascii"}),
    Way("a dumb terminal", '"$@"', more={"TERM": "dumb", "NO_COLOR": "1"}),
    Way("warnings as errors", '"$@"', more={"PYTHONWARNINGS": "error"}),
    Way("sixteen files", 'ulimit -n 16; "$@"'),
    Way("300 MB", 'ulimit -v 300000; "$@"'),
    Way("a folder that is gone", 'book=$PWD; mkdir ../gone; cd ../gone; rmdir ../gone; "$@" -C "$book"'),
    Way("no folder for temporary files", '"$@"', more={"TMPDIR": "/nowhere"}),
    Way("a time zone that is none", '"$@"', more={"TZ": ":/etc/passwd"}),
    Way("nice", 'nice -n 19 "$@"'),
)  # fmt: skip


def plainly(folder: Path, line: str) -> tuple[Ended, dict[str, bytes]]:
    """How a line ends in a new book, and the records then."""
    book = desk.opened(folder)
    return desk.ran(book, line), desk.records(book)


def tried(folder: Path, line: str, way: Way, plain: tuple[Ended, dict[str, bytes]]) -> str:
    """What goes wrong when a line is started in a way, against how it ends *plainly*; "" where nothing does."""
    usual, after = plain
    book = desk.opened(folder)
    before = desk.records(book)
    ended = desk.shell(book, ["/bin/sh", "-c", way.script, "sh", *desk.PROGRAM], shlex.split(line), way.more)
    if ended.code == desk.HUNG:
        return "hang"
    if not ended.is_clean:
        return "traceback"
    if desk.records(book) != after:
        return "records differ"
    is_lost = way.full and usual.out != ""
    if way.code and ended.code != (70 if is_lost else usual.code):
        return f"exit {ended.code}"
    wanted = {WHOLE: usual.out, FIRST: usual.out.partition("\n")[0] + "\n" * bool(usual.out), NONE: ""}[way.answer]
    if ended.out != wanted:
        return "another answer"
    return _misheard(usual, ended, is_lost=is_lost, is_saved=after != before) if way.told else ""


def _misheard(usual: Ended, ended: Ended, *, is_lost: bool, is_saved: bool) -> str:
    """Whether more, or less, is said on stderr than should be."""
    complaints = [line for line in ended.err.splitlines() if line not in usual.err.splitlines()]
    if not is_lost:
        return "noise" if complaints else ""
    if len(complaints) != 1 or UNWRITTEN not in complaints[0]:
        return "not said in one line"
    return "not said to be saved" if is_saved != ("saved" in complaints[0]) else ""


def shut(book: Path) -> list[str]:
    """Make a book read-only, all of it, and give what a command is to be started with so that root too is bound."""
    for path in [book, *book.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
