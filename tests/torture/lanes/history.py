"""Back and forth: days of commands taken back and brought back, and writing in whatever state git is in."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests import back_and_forth
from tests.commands.test_saved_all_the_same import HELD_UP, UNHINDERED
from tests.torture.figures import Figure
from tests.under_git import clean_environment


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Both."""
    yield _there_and_back(scratch / "days", 4 if short else 60)
    yield _saved_all_the_same(scratch / "states", 1 if short else 5)


def _there_and_back(scratch: Path, days: int) -> Figure:
    steps, wrong = 0, Counter[str]()
    books = iter(range(10**6))

    @seed(20260310)
    @settings(
        max_examples=days,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(back_and_forth.DAYS)
    def one(day: list[list[str]]) -> None:
        nonlocal steps
        root = scratch / str(next(books))
        root.mkdir(parents=True)
        with pytest.MonkeyPatch.context() as patch:
            clean_environment(root.parent, patch)
            back_and_forth.begin(root)
            done, faults = back_and_forth.there_and_back(root, day)
        steps += done
        wrong.update("refused" if "undo" in fault else "lost" for fault in faults)

    one()
    return Figure(
        2,
        "every command of random days undone, and every undo undone",
        steps,
        "steps back and forth",
        {"lost": wrong["lost"], "refused": wrong["refused"]},
    )


def _saved_all_the_same(scratch: Path, rounds: int) -> Figure:
    tried, bad = 0, Counter[str]()
    for number in range(rounds):
        for state in (*HELD_UP, *UNHINDERED):
            root = scratch / f"{number}-{state.__name__}" / "book"
            root.mkdir(parents=True)
            with pytest.MonkeyPatch.context() as patch:
                clean_environment(root.parent, patch)
                back_and_forth.begin(root)
                with contextmanager(state)(root, patch):
                    code = back_and_forth.done(root, "customer", "set", "CU26-0001", "note=tried")
                tried += 1
                bad["failed"] += code not in {0, 6}
                bad["lost"] += b"note: tried" not in back_and_forth.held(root)["customers/2026/CU26-0001.yaml"]
                bad["stuck"] += back_and_forth.done(root, "customer", "set", "CU26-0002", "note=next") != 0
                dirty = subprocess.run(["git", "status", "--porcelain"], cwd=root, check=True, capture_output=True)
                bad["not committed"] += bool(dirty.stdout)
    found = {name: bad[name] for name in ("failed", "lost", "stuck", "not committed")}
    return Figure(
        1, "writing while git is missing, locked, full, broken or in the midst of something", tried, "states", found
    )
