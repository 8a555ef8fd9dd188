"""Promise 9: nothing personal in arguments, commit messages, files of our own or temporary ones; none open to others.

Every console session is run, and so every verb, with each program that is started written down (``tests/privacy``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.privacy.watching import Seen, watch, witness
from tests.test_sessions import FOLDER, SESSIONS
from tests.torture.figures import Figure

SAMPLE = ("git", "set-and-remove", "forget")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """What the sessions showed, all of them or a sample."""
    chosen = [FOLDER / f"{name}.md" for name in SAMPLE] if short else SESSIONS
    with witness() as server:
        seen = [_looked(path, scratch / str(number), server) for number, path in enumerate(chosen)]
    told = sum(len(one.told) for one in seen)
    open_to_others = sum(len(one.open_to_others) for one in seen)
    programs, files = sum(one.programs for one in seen), sum(one.files for one in seen)
    yield Figure(9, f"programs started by the verbs of {len(seen)} sessions", programs, "programs", {"told": told})
    yield Figure(9, "files and folders made under umask 000", files, "files", {"open to others": open_to_others})


def _looked(path: Path, folder: Path, server: Path) -> Seen:
    seen = watch(path, folder, server)
    for line in (*seen.told, *seen.open_to_others):
        print(f"    {path.stem}: {line}", flush=True)
    return seen
