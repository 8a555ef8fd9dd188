"""Git commands in a loop beside writers: whatever the operator does with the history meanwhile, no record is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.every_verb import files_of
from tests.torture import tracing
from tests.torture.figures import Figure
from tests.torture.stage import Tally, book, git_in, said_wrong, typed

STAGED = "staged.txt"
_WRONG = ("lost", "damaged", "uncommitted", "unstaged", "refused", "traceback", "silent", "hang")
_NAMED = "git -c user.name=o -c user.email=o@example.com "
LOOPS = {
    "add and commit": f"git add -A; {_NAMED} commit -qm mine",
    "gc": "git gc --quiet",
    "stash and back": "echo x >>notes.txt; git add notes.txt; git stash push -q -- notes.txt; git stash pop -q",
    "another branch and back": "git checkout -q -B other; git checkout -q -",
    "rebase": f"{_NAMED} rebase -q --force-rebase HEAD~1",
}
"""What an operator types, again and again."""
SAID_NO = {3, 4, 5, 75}
"""While git has the files back at an older state, a record may be gone or other than it was: that is said."""
LOCKS = ("index.lock", "HEAD.lock", "refs/heads/master.lock", "refs/heads/main.lock")


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Each loop beside writers, what is staged, and locks that somebody left."""
    tracing.load(traced=False)
    base = book(scratch / "book", git=True)
    for name, loop in list(LOOPS.items())[:: 2 if short else 1]:
        tally = Tally(3, f"git beside writers: {name}", "writes", *_WRONG)
        beside(tally, copy(base, scratch / "trial"), loop, 3 if short else 20)
        yield tally.figure()
    tally = Tally(3, "what the operator has staged, and a lock of git that nobody holds", "writes", *_WRONG)
    stale(tally, base, scratch)
    yield tally.figure()


def beside(tally: Tally, root: Path, loop: str, times: int) -> None:
    """Add a customer and change another, so many times, while a shell runs the loop."""
    (root / "notes.txt").write_text("begin\n", encoding="utf-8")
    git_in(root, "add", "notes.txt")
    git_in(root, "-c", "user.name=o", "-c", "user.email=o@example.com", "commit", "-qm", "notes")
    script = f"until [ -e {root}.stop ]; do {loop}; done"
    shell = subprocess.Popen(
        ["bash", "-c", script],
        cwd=root,
        env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    done: list[str] = []
    try:
        for number in range(times):
            word = f"word{number}z"
            lines = (["customer", "add", "--name", word], ["customer", "set", "CU26-0001", f"tags+={word}"])
            for line in lines:
                tally.tried += 1
                ended = typed(root, line)
                for kind, why in said_wrong(ended):
                    tally.wrong(kind, f"{loop}: {why}")
                if ended.code in {0, 6}:
                    done.append(f"{' '.join(line[:2])}, exit {ended.code}, {word}")
                elif ended.code not in SAID_NO:
                    tally.wrong("refused", f"{loop}: {ended.code} {ended.err}")
    finally:
        Path(f"{root}.stop").touch()
        shell.wait()
        Path(f"{root}.stop").unlink()
    typed(root, ["customer", "set", "CU26-0002", "note=last"])
    held = files_of(root)
    added = b"".join(data for file, data in held.items() if "/CU26-0001" not in file)
    changed = held["customers/2026/CU26-0001.yaml"]
    for what in done:
        word = what.split()[-1]
        there = word.encode() in (added if what.startswith("customer add") else changed)
        if not there and not git_in(root, "log", "--all", "--reflog", "--format=%h", f"-S{word}"):
            tally.wrong("lost", f"{loop}: {what}")
    well(tally, root, loop)


def well(tally: Tally, root: Path, where: str) -> None:
    """The repository is sound."""
    try:
        git_in(root, "fsck", "--strict", "--no-dangling")
    except subprocess.CalledProcessError as error:
        tally.wrong("damaged", f"{where}: {error.stderr!r}")


def stale(tally: Tally, base: Path, scratch: Path) -> None:
    """Staged work stays staged; with a foreign lock the record is saved, a line says so, and the next commit has it."""
    for lock in ("", *LOCKS):
        root = copy(base, scratch / "trial")
        (root / STAGED).write_text("mine\n", encoding="utf-8")
        git_in(root, "add", STAGED)
        if lock:
            (root / ".git" / lock).touch()
            long_ago = time.time() - 3600
            os.utime(root / ".git" / lock, (long_ago, long_ago))
        for line in (["customer", "add", "--name", "甲"], ["customer", "set", "CU26-0001", "note=乙"]):
            tally.tried += 1
            ended = typed(root, line)
            if ended.code not in {0, 6}:
                tally.wrong("refused", f"{lock}: {ended}")
            for kind, why in said_wrong(ended):
                tally.wrong(kind, f"{lock}: {why}")
        if lock:
            (root / ".git" / lock).unlink(missing_ok=True)
        typed(root, ["customer", "set", "CU26-0002", "note=last"])
        if git_in(root, "diff", "--cached", "--name-only").split() != [STAGED]:
            tally.wrong("unstaged", f"{lock}: {git_in(root, 'status', '--porcelain')}")
        if "甲".encode() not in b"".join(files_of(root).values()):
            tally.wrong("lost", lock)
        if left := git_in(root, "status", "--porcelain", "--", "customers"):
            tally.wrong("uncommitted", f"{lock}: {left}")
        well(tally, root, lock)


def copy(base: Path, at: Path) -> Path:
    """The book anew."""
    shutil.rmtree(at, ignore_errors=True)
    shutil.copytree(base, at, symlinks=True)
    return at
