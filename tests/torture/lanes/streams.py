"""Every way in which a shell, cron or a poor machine starts a command, with questions and changes of every sort."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.torture.figures import Figure
from tests.world import desk, streams

BEGINNING = "from aftercare.__main__ import main; print(flush=True); main()"
"""From the moment that we run: before it, it is Python that starts."""
HARMS = ("traceback", "hang", "records differ", "another answer", "other")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Ways to start questions and changes; a book on a read-only disk; Ctrl-C at random moments of a question."""
    read, write = (("due",), desk.WRITING[:1]) if short else (desk.READING, desk.WRITING)
    ways = streams.WAYS[::4] if short else streams.WAYS
    yield _started("questions", read, ways, scratch / "read")
    yield _started("changes", write, ways, scratch / "write")
    yield _shut(read[:8], write, scratch / "shut")
    yield _interrupted(4 if short else 300, scratch / "interrupted")


def _started(what: str, lines: Sequence[str], ways: Sequence[streams.Way], scratch: Path) -> Figure:
    bad = Counter(dict.fromkeys(HARMS, 0))
    for number, line in enumerate(lines):
        plain = streams.plainly(scratch / f"{number}" / "plain", line)
        for turn, way in enumerate(ways):
            wrong = streams.tried(scratch / f"{number}-{turn}" / "book", line, way, plain)
            if wrong:
                print(f"    {line}: {way.name}: {wrong}", flush=True)
                bad[wrong if wrong in HARMS else "other"] += 1
    harm = f"{what} with closed, full and broken streams, no environment, no folder, few files, little memory"
    return Figure(4, harm, len(lines) * len(ways), "runs", dict(bad))


def _shut(read: Sequence[str], write: Sequence[str], scratch: Path) -> Figure:
    bad = Counter({"traceback": 0, "hang": 0, "changed": 0, "unanswered": 0, "not refused": 0})
    usual = desk.opened(scratch / "usual")
    for number, line in enumerate([*read, *write]):
        book = desk.opened(scratch / f"{number}")
        before, program = desk.records(book), [*streams.shut(book), *desk.PROGRAM]
        ended = desk.shell(book, program, desk.words(line))
        bad["hang"] += ended.code == desk.HUNG
        bad["traceback"] += not ended.is_clean
        bad["changed"] += desk.records(book) != before
        if line in read:
            bad["unanswered"] += ended != desk.ran(usual, line)
        else:
            bad["not refused"] += ended.code != 5
    return Figure(6, "a book on a disk that cannot be written", len(read) + len(write), "runs", dict(bad))


def _interrupted(times: int, scratch: Path) -> Figure:
    bad = Counter({"traceback": 0, "hang": 0, "other code": 0, "changed": 0})
    book = desk.opened(scratch / "book")
    before = desk.records(book)
    began = time.monotonic()
    desk.ran(book, "due")
    lasts = time.monotonic() - began
    chance = random.Random(7)
    for _ in range(times):
        environment = {**desk.BARE, "PYTHONPATH": str(desk.ROOT)}
        words = [desk.PROGRAM[0], "-c", BEGINNING, "due"]
        with subprocess.Popen(
            words, cwd=book, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(lasts * chance.random())
            running.send_signal(signal.SIGINT)
            told = running.communicate(timeout=60)[1].decode()
        bad["traceback"] += "Traceback" in told
        is_other = (running.returncode, told) not in {(130, "aftercare: interrupted\n"), (0, "")}
        bad["other code"] += is_other
        if is_other:
            print(f"    {running.returncode}: {told}", flush=True)
    bad["changed"] += desk.records(book) != before
    return Figure(4, "Ctrl-C at a random moment of a question", times, "signals", dict(bad))
