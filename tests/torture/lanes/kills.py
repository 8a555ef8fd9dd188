"""Writing commands that are killed or interrupted at every system call that changes something.

Alone: the signal comes to the command itself, before the call; what it started may live on for a moment.  With all that
it started: everything is stopped after the call, and what is on the disk then is looked at; nobody will do more.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.torture import tracing
from tests.torture.figures import Figure
from tests.torture.stage import ENVIRONMENT, FEW, SOME, Stage, Tally, book, goes_on, judge, rows, staged, state, typed

WRONG = ("lost", "torn", "stuck", "litter", "uncommitted", "hang", "missed")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """All that was killed, alone and with what it started."""
    tracing.load()
    books = [book(scratch / "without", git=False), book(scratch / "within", git=True)]
    chosen = [
        *((books[0], name) for name in (FEW[:1] if short else SOME)),
        *((books[1], name) for name in FEW[: 1 if short else 2]),
    ]
    few = [staged(row, base, scratch) for base, name in chosen for row in rows([name])]
    for name, what in (("KILL", "`kill -9`"), ("INT", "Ctrl-C"), ("TERM", "`kill`")):
        if short and name == "TERM":
            continue
        tally = Tally(2, f"{what} of the command at each call", "points", *WRONG, "traceback")
        for stage in few[:1] if short else few:
            signalled(tally, stage, name, scratch / "trial", every=4 if short else 1)
        yield tally.figure()
    tally = Tally(2, "`kill -9` of the command and all it started after each call", "points", *WRONG)
    for stage in few:
        everything(tally, stage, scratch, every=1 if not short else 16 if stage.in_git else 3)
    yield tally.figure()


def signalled(tally: Tally, stage: Stage, name: str, at: Path, every: int = 1) -> None:
    """Send the signal to the command before one in *every* of its calls in the book that change something."""
    trace = typed(stage.fresh(at), stage.row.argv, tracing.traced(tracing.CHANGES)).trace
    first = trace[0].split()[0]
    calls = tracing.calls_in([line for line in trace if line.split()[0] == first], at)
    for call in [call for call in calls if call.changes][::every]:
        root = stage.fresh(at)
        words = [*tracing.traced([call.name]), *tracing.injected(call, f"signal={name}")]
        done = typed(root, stage.row.argv, words)
        if not any(f"SIG{name}" in line for line in done.trace):
            tally.wrong("missed", f"{stage.name}, {call}")
        judge(tally, stage, root, done, f"SIG{name} at {call.name} {call.number}: {call.on[:140]}")


def everything(tally: Tally, stage: Stage, scratch: Path, every: int = 1) -> None:
    """Look at what is left if all is killed after a call, for one in *every* calls."""
    root = stage.fresh(scratch / "trial")
    number = 0
    for call, end in tracing.frozen(stage.row.argv, ENVIRONMENT, root):
        if not call:
            done = end()
            if done.code != 0:
                tally.wrong("missed", f"{stage.name}: {done}")
            break
        number += 1
        if number % every:
            continue
        tally.tried += 1
        left = scratch / "left"
        shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(root, left, symlinks=True)
        where = f"{stage.name}, all killed after {call[:160]}"
        found, why = state(stage, left)
        if found == "torn":
            tally.wrong("torn", f"{where}: {why}")
        elif after := goes_on(stage, left, found):
            tally.wrong(after.partition(":")[0], f"{where} ({found}): {after}")
