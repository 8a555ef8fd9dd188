"""Books and files that are larger than a shop's: bounded in time and memory, refused where they are absurd."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.torture.figures import ROOT, Figure
from tests.torture.stage import ENVIRONMENT, Tally, book, said_wrong
from tests.torture.tracing import Run

_MOST = 300 * 1024  # kB of memory for 10,000 records
_GIGA = 1024**3


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Many records, large ones, deep folders, and files that are no records."""
    base = book(scratch / "book", git=False)
    wrong = ("refused", "slow", "large", "traceback", "silent", "wordy", "hang")
    tally = Tally(
        4, "a record of 1 MiB, one of 5 GB, 200 nested folders, 10,000 files that are no records", "commands", *wrong
    )
    odd(tally, base)
    yield tally.figure()
    for many in (2_000,) if short else (10_000, 100_000):
        tally = Tally(4, f"a book of {many:,} records", "commands", *wrong)
        crowd(base, many)
        for line, most in (
            ("customer list --limit 3", _MOST),
            ("customer add --name 新客", _MOST),
            ("due --limit 3", _MOST),
        ):
            tally.tried += 1
            done = measured(base, line)
            if done.run.code not in {0, 1}:
                tally.wrong("refused", f"{line}: {done.run}")
            if done.memory > most * max(1, many // 10_000):
                tally.wrong("large", f"{line}: {done.memory} kB")
            print(f"     {many:,} records: {line}: {done.seconds:.1f} s, {done.memory / 1024:.0f} MB", flush=True)
        yield tally.figure()


class Measured(NamedTuple):
    """A command that ended, the seconds of work it took, and the kB of memory it had at most."""

    run: Run
    seconds: float
    memory: int


def measured(root: Path, line: str) -> Measured:
    """A command as a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "aftercare", *line.split()],
        cwd=root,
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    out, err = process.stdout.read(), process.stderr.read()
    _process, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    run = Run(process.returncode, out.decode(), err.decode(), [])
    return Measured(run, used.ru_utime + used.ru_stime, used.ru_maxrss)


def odd(tally: Tally, root: Path) -> None:
    """What is absurd is refused in a line, at once, and the others answer."""
    usual = measured(root, "customer list").seconds
    deep = root / "customers"
    for number in range(200):
        deep /= str(number)
    deep.mkdir(parents=True)
    (root / "customers/2026/heap").mkdir()
    for number in range(10_000):
        (root / f"customers/2026/note-{number}.txt").touch()
    expect(tally, root, "customer list", {0}, usual + 1)
    large = root / "customers/2026/CU26-0900.yaml"
    large.write_text(f"id: CU26-0900\nname: 大\nnote: {'x' * (1024 * 1024 - 60)}\n", encoding="utf-8")
    expect(tally, root, "customer show CU26-0900", {0}, usual + 2)
    large.write_text(f"id: CU26-0900\nname: 大\nnote: {'x' * 1024 * 1024}\n", encoding="utf-8")
    expect(tally, root, "customer list", {3}, usual + 0.5)
    with large.open("wb") as file:
        file.truncate(5 * _GIGA)
    expect(tally, root, "customer list", {3}, usual + 0.5)
    expect(tally, root, "customer show CU26-0900", {3, 4}, usual + 0.5)
    large.unlink()


def expect(tally: Tally, root: Path, line: str, codes: set[int], seconds: float) -> None:
    """One command, what it may answer, and how long it may take."""
    tally.tried += 1
    done = measured(root, line)
    if done.run.code not in codes:
        tally.wrong("refused", f"{line}: {done.run.code} {done.run.err[:300]}")
    if done.seconds > seconds:
        tally.wrong("slow", f"{line}: {done.seconds:.2f} s of {seconds:.2f} s")
    if done.memory > _MOST:
        tally.wrong("large", f"{line}: {done.memory} kB")
    for kind, why in said_wrong(done.run):
        tally.wrong(kind, f"{line}: {why}")


def crowd(root: Path, many: int) -> None:
    """So many customers in the book."""
    for number in range(1000, 1000 + many):
        file = root / f"customers/2026/CU26-{number:04}.yaml"
        if not file.exists():
            file.write_text(
                f"id: CU26-{number:04}\nname: 客{number}\nphones: ['139{number:08}']\nsince: 2026-01-05\n", "utf-8"
            )
