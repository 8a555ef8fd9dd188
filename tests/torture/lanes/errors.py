"""Writing commands whose disk says no: each error once, and from some call on for ever, at the calls in the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.torture import tracing
from tests.torture.figures import Figure
from tests.torture.stage import FEW, SOME, Stage, Tally, book, judge, rows, staged, typed
from tests.torture.tracing import CHANGES, NAMES, OPENS, READS, Call

_WRITES = ["write", "pwrite64", "writev"]
_SYNCS = ["fsync", "fdatasync"]
_MODES = ["chmod", "fchmod", "fchmodat"]
ERRORS = {
    "EIO": [*READS, *_WRITES, *_SYNCS, *NAMES, *OPENS],
    "ENOSPC": [*_WRITES, *_SYNCS, *NAMES, *OPENS],
    "EDQUOT": [*_WRITES, *_SYNCS, *NAMES, *OPENS],
    "EACCES": [*OPENS, *NAMES, *_MODES],
    "EROFS": [*OPENS, *NAMES, *_MODES],
    "EMFILE": OPENS,
    "EINTR": [*READS, *_WRITES, *_SYNCS, *OPENS, "flock"],
}
"""What each error can befall."""
_PASSING = {"EINTR"}
"""These are over when they were told: Python itself makes an interrupted call again, for as long as it takes."""
_WHEN_CHANGING = {"ENOSPC", "EDQUOT", "EROFS"}
"""These come only where a file is opened for writing."""
_WRONG = ("lost", "torn", "stuck", "litter", "uncommitted", "traceback", "silent", "wordy", "hang", "missed")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Each error once, then each for ever."""
    tracing.load()
    books = [book(scratch / "without", git=False), book(scratch / "within", git=True)]
    stages = [
        staged(row, base, scratch) for base in books[: 1 if short else 2] for row in rows(FEW[:1] if short else SOME)
    ]
    points = {stage.name: points_of(stage, scratch / "trial") for stage in stages}
    for error, calls in ERRORS.items():
        for ever_after in (False, True):
            if ever_after and error in _PASSING:
                continue
            if short and (error not in {"ENOSPC", "EIO"} or ever_after != (error == "ENOSPC")):
                continue
            name = f"`{error}` from each call on" if ever_after else f"`{error}` at each call"
            tally = Tally(2, name, "points", *_WRONG)
            for stage in stages:
                fitting = [call for call in points[stage.name] if befalls(error, call, calls, ever_after=ever_after)]
                for call in sample(fitting, short=short):
                    refused(tally, stage, error, call, ever_after, scratch / "trial")
            if tally.tried:
                yield tally.figure()


def sample(calls: list[Call], *, short: bool) -> list[Call]:
    """Every third call that changes something, and of those that read, which are alike by the hundred, every fortieth;
    the lane ``faults`` has every verb and every call.
    """
    changing = [call for call in calls if call.changes]
    reading = [call for call in calls if not call.changes]
    return [*changing[:: 4 if short else 3], *reading[:: 60 if short else 40]]


def points_of(stage: Stage, at: Path) -> list[Call]:
    """The calls of a row in its book, git's too, and those that print."""
    trace = typed(stage.fresh(at), stage.row.argv, tracing.traced([*CHANGES, *READS])).trace
    return tracing.calls_in(trace, at)


def befalls(error: str, call: Call, calls: list[str], *, ever_after: bool) -> bool:
    """Whether the error is tried at this call; no file could be opened ever after is no error of a disk."""
    if call.name not in calls or (ever_after and call.name in {*OPENS, *READS}):
        return False
    return call.name not in OPENS or call.changes or error not in _WHEN_CHANGING


def refused(tally: Tally, stage: Stage, error: str, call: Call, ever_after: bool, at: Path) -> None:
    """One trial."""
    root = stage.fresh(at)
    words = [*tracing.traced([call.name]), *tracing.injected(call, f"error={error}", ever_after=ever_after)]
    done = typed(root, stage.row.argv, words)
    where = f"{error}{'+' if ever_after else ''} at {call.name} {call.number}: {call.on[:140]}"
    if not any("(INJECTED)" in line for line in done.trace):
        tally.wrong("missed", f"{stage.name}, {where}")
    if ever_after and call.name in {"write", "writev"}:
        done = done._replace(err=done.err or "what could not be written either")
    judge(tally, stage, root, done, where)
