"""Clocks of the machine that are wrong, or jump between two commands: faked for one process, never set."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from tests.torture.figures import Figure
from tests.world import desk
from tests.world.clocks import EDGES

SAMPLE = Path(__file__).resolve().parents[3] / "data"
WRONG = (
    "1970-01-01 00:00:05", "1969-12-31 23:59:58", "1999-12-31 23:59:58", "2000-02-29 12:00:00", "2026-03-10 08:00:00",
    "2038-01-19 03:14:06", "2038-01-19 03:14:09", "2099-12-31 23:59:58", "2100-01-01 00:00:01", "2106-02-07 06:28:14",
    "2500-06-01 00:00:00",
)  # fmt: skip
"""What the machine's clock shows when a command begins; some of them turn over while it runs."""
_TRIALS = 3
"""libfaketime now and then makes of Python's sleep until an hour one of a day: what hangs of itself hangs each time."""
_RECORD = re.compile(r"[a-z]+/(20[0-9]{2})/[A-Z]{2}[0-9]{2}-[0-9]{4}\.yaml")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Questions and changes under each clock; one command after another while the clock jumps; the sample shop."""
    clocks = WRONG[::5] if short else WRONG
    yield _under(clocks, desk.READING[:1] if short else desk.READING, scratch / "read")
    yield _under(clocks, desk.WRITING[:2] if short else desk.WRITING, scratch / "write")
    yield _jumping(2 if short else 20, scratch / "jumping")
    yield _sample(EDGES[::10] if short else EDGES, desk.READING[:1] if short else desk.READING, scratch / "sample")


def at(
    book: Path, clock: str, line: str, more: dict[str, str] | None = None, *, program: Sequence[str] = desk.PROGRAM
) -> desk.Ended:
    """A line while the machine shows another time, in UTC; how much it is off means the same in any zone."""
    off = round(datetime.fromisoformat(f"{clock}+00:00").timestamp() - time.time())
    faked = {"AFTERCARE_TODAY": "", "DONT_FAKE_MONOTONIC": "1", "TZ": "UTC", **(more or {})}
    return desk.shell(book, ["faketime", "-f", f"{off:+}s", *program], desk.words(line), faked)


def _has_no_sleep(clock: str) -> bool:
    """Whether nothing at all wakes up again under a clock: libfaketime bends a sleep by the hours of the machine
    since it began, where the clock shows fewer since 1970.
    """
    return at(Path.cwd(), clock, "", program=[sys.executable, "-c", "import time; time.sleep(0.01)"]).code == desk.HUNG


def _under(clocks: Sequence[str], lines: Sequence[str], scratch: Path) -> Figure:
    bad = Counter({"traceback": 0, "hang": 0, "lost": 0, "cannot be found": 0})
    tried = 0
    for turn, clock in enumerate(clocks):
        for number, line in enumerate(lines):
            for trial in range(_TRIALS):
                book = desk.opened(scratch / f"{turn}-{number}-{trial}", git=line in desk.WRITING)
                before = desk.records(book)
                ended = at(book, clock, line)
                if ended.code != desk.HUNG:
                    break
            if ended.code == desk.HUNG and _has_no_sleep(clock):
                print(f"--   under {clock} nothing wakes up here: {line} is not tried", flush=True)
                continue
            tried += 1
            after = desk.records(book)
            wrong = [
                *["hang"] * (ended.code == desk.HUNG),
                *["traceback"] * (ended.code != desk.HUNG and (not ended.is_clean or ended.code == 70)),
                *["lost"] * (not before.keys() <= after.keys() or (line in desk.READING and before != after)),
                *["cannot be found"] * (not all(map(_RECORD.fullmatch, after.keys() - before.keys()))),
            ]
            if wrong:
                print(f"    {clock}: {line}: {ended}", flush=True)
            bad.update(wrong)
            shutil.rmtree(book)
    what = "changes" if lines[0] in desk.WRITING else "questions"
    return Figure(4, f"{what} under clocks from 1969 to 2500", tried, "runs", dict(bad))


def _jumping(times: int, scratch: Path) -> Figure:
    """The clock goes to and fro within a year; each new record gets the next number."""
    bad = Counter({"duplicate": 0, "lost": 0, "out of order": 0})
    book = desk.opened(scratch / "book")
    clocks = ("2026-03-10 08:00:00", "2026-12-31 23:00:00", "2026-01-01 00:00:01", "2026-03-29 01:59:59")
    made = [at(book, clocks[turn % len(clocks)], f"customer add --name x{turn}").out.strip() for turn in range(times)]
    bad["duplicate"] += len(made) - len(set(made))
    bad["lost"] += sum(not (book / f"customers/2026/{name}.yaml").is_file() for name in made)
    bad["out of order"] += made != sorted(made)
    return Figure(3, "the clock jumps between two commands", times, "records", dict(bad))


def _sample(days: Sequence[str], lines: Sequence[str], scratch: Path) -> Figure:
    bad = Counter({"traceback": 0, "hang": 0, "changed": 0})
    shutil.copytree(SAMPLE, scratch)
    before = desk.records(scratch)
    for day in days:
        for line in lines:
            ended = desk.ran(scratch, f"--today {day} {line}", patience=300)
            bad["hang"] += ended.code == desk.HUNG
            bad["traceback"] += ended.code != desk.HUNG and (not ended.is_clean or ended.code == 70)
            if not ended.is_clean:
                print(f"    {day}: {line}: {ended.err}", flush=True)
    bad["changed"] += desk.records(scratch) != before
    harm = "the sample shop asked on days from 0001-01-01 to 9999-12-31"
    return Figure(4, harm, len(days) * len(lines), "runs", dict(bad))
