"""What is longer than the screen goes through a pager, at a terminal and nowhere else; how it went stays the same."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.attacks.payloads import OBEYED, acted
from tests.counter import FILES, TODAY

ROOT = Path(__file__).resolve().parent.parent.parent
_MARKING = "sed s/^/P:/"
_PATIENCE = 20


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with more customers than the screen has lines."""
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    for number in range(11, 41):
        record = tmp_path / f"customers/2026/CU26-00{number}.yaml"
        record.write_text(f"id: {record.stem}\nname: 顾客{number}\n", encoding="utf-8")
    return tmp_path


def at_a_terminal(book: Path, *words: str, keys: bytes = b"", when: str = "", **environment: str) -> tuple[int, str]:
    """Run a command at a terminal of ten lines, and type *keys* *when* something is shown: its code, what was seen."""
    process, end = pty.fork()
    if not process:  # pragma: no cover - the other process
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 90, 0, 0))
        os.chdir(book)
        told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm", "AFTERCARE_TODAY": TODAY}
        argv = [sys.executable, "-m", "aftercare", "--lang", "en", *words]
        os.execve(argv[0], argv, {**told, **environment})  # noqa: S606 - no shell is wanted
    seen, deadline = b"", time.monotonic() + _PATIENCE
    try:
        while select.select([end], [], [], max(0.0, deadline - time.monotonic()))[0]:
            data = os.read(end, 65536)
            if not data:
                break
            seen += data
            if keys and when.encode() in seen:
                os.write(end, keys)
                keys = b""
    except OSError:  # the terminal is gone with whoever had it
        pass
    os.close(end)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), seen.decode(errors="replace").replace("\r\n", "\n")


def test_what_is_longer_than_the_screen_is_paged(book: Path) -> None:
    """Every line of it, a machine's format too; what fits on the screen is not."""
    code, seen = at_a_terminal(book, "customer", "list", AFTERCARE_PAGER=_MARKING)
    assert code == 0
    lines = seen.splitlines()
    assert len(lines) == 35
    assert all(line.startswith("P:") for line in lines)
    __, seen = at_a_terminal(book, "customer", "list", "--limit", "5", AFTERCARE_PAGER=_MARKING)
    assert len(seen.splitlines()) == 7
    assert "P:" not in seen
    __, seen = at_a_terminal(book, "customer", "show", "CU26-0001", "--format", "json", AFTERCARE_PAGER=_MARKING)
    assert seen.startswith("P:{")
    assert seen.endswith("P:}\n")


@pytest.mark.parametrize(
    "environment",
    [
        {"AFTERCARE_PAGER": ""},
        {"AFTERCARE_PAGER": "cat", "PAGER": _MARKING},
        {"AFTERCARE_PAGER": "'"},
        {"AFTERCARE_PAGER": "no-such-pager"},
        {"PAGER": ""},
        {"PAGER": _MARKING, "TERM": "dumb"},
    ],
    ids=str,
)
def test_no_pager(book: Path, environment: dict[str, str]) -> None:
    """Where none is wanted, or there is none, the terminal gets it all."""
    code, seen = at_a_terminal(book, "customer", "list", **environment)  # type: ignore[arg-type]
    assert (code, len(seen.splitlines()), "P:" in seen) == (0, 35, False)


COUNTING = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {}) SELECT x, printf('%90d', x) FROM n"


@pytest.mark.parametrize(("pager", "many"), [("false", 30), ("false", 1200), ("sh -c 'sleep 0.1; exit 127'", 30)])
def test_a_pager_that_fails_swallows_no_answer(book: Path, pager: str, many: int) -> None:
    """A ``PAGER`` that this machine does not have in full showed an empty list of what is overdue, and nobody called
    anybody that day; an answer that no pipe holds is shown whole as well.
    """
    code, seen = at_a_terminal(book, "sql", COUNTING.format(many), "--format", "csv", PAGER=pager)
    assert code == 0
    shown = [line.partition(",")[0] for line in seen.splitlines()]
    assert shown == ["x", *(str(number + 1) for number in range(many))]


@pytest.mark.parametrize("pager", ["sh -c 'cat; exit 1'", "sh -c 'sleep 0.2; head -3'"])
def test_a_pager_that_has_read_is_not_repeated(book: Path, pager: str) -> None:
    """Whatever it says in the end: whoever saw the list sees it once."""
    code, seen = at_a_terminal(book, "customer", "list", PAGER=pager)
    assert (code, seen.count("顾客11"), "顾客40" in seen) == (0, int("head" not in pager), "head" not in pager)


def test_a_pager_in_the_book_is_none(book: Path) -> None:
    """Whoever hands over a book hands over no program."""
    trap = book / "our-pager"
    trap.write_text("#!/bin/sh\necho trapped\n")
    trap.chmod(0o755)
    __, seen = at_a_terminal(book, "customer", "list", PAGER="our-pager", PATH=f"{book}:{os.environ['PATH']}")
    assert "trapped" not in seen


def test_leaving_the_pager_is_no_fault(book: Path) -> None:
    """Whoever has seen enough, or presses Ctrl-C in it, gets the exit code that the answer has."""
    code, seen = at_a_terminal(book, "customer", "list", PAGER="head -1")
    assert (code, len(seen.splitlines())) == (0, 1)
    waiting = book.parent / "waiting"
    waiting.write_text("#!/bin/sh\ntrap 'echo caught; exit 0' INT\ncat >/dev/null\necho shown\nread key </dev/tty\n")
    waiting.chmod(0o755)
    code, seen = at_a_terminal(book, "customer", "list", keys=b"\x03", when="shown", AFTERCARE_PAGER=str(waiting))
    assert code == 0
    assert "caught" in seen
    code, __ = at_a_terminal(book, "check", "--format", "json", PAGER="head -1")
    assert code == 1


def test_less_is_the_pager_where_nobody_says_otherwise(book: Path) -> None:
    """It shows the first screen and waits."""
    code, seen = at_a_terminal(book, "customer", "list", keys=b"q", when=":")
    assert code == 0
    assert "CU25-0007" in seen
    assert "CU26-0040" not in seen


def test_faults_are_said_when_the_screen_is_free(book: Path) -> None:
    """A file that is not valid is named, and the exit code is 3, as without a pager."""
    (book / "customers/2026/CU26-0099.yaml").write_text("id: CU26-0099\n", encoding="utf-8")
    code, seen = at_a_terminal(book, "customer", "list", PAGER=_MARKING)
    assert code == 3
    assert next(line for line in seen.splitlines() if not line.startswith("P:")).startswith("customers/2026/CU26-0099")


def test_nothing_acts_on_the_terminal_through_a_pager(book: Path) -> None:
    """What a pager would hand on as a colour is seen as text."""
    found = "".join(text for text in OBEYED.values() if "\0" not in text and text.isascii())
    question = f"SELECT name, {found!r} AS x FROM customers"  # noqa: S608 - a text of the test
    __, seen = at_a_terminal(book, "sql", question, PAGER="cat -")
    assert acted(seen.replace("\r", "")) == []
