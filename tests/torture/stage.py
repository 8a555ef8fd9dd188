"""The book that is harmed, the commands that write in it meanwhile, and the judge of what is left."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from aftercare.book.book import Book
from aftercare.errors import NOT_COMMITTED
from tests import every_verb
from tests.every_verb import Row, base_book, files_of, laid_out
from tests.torture.figures import Figure
from tests.torture.tracing import Run, run

ENVIRONMENT = {
    **every_verb.ENVIRONMENT,
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/nonexistent",
    "TZ": "Asia/Shanghai",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}
FEW = ("claim decide", "customer add from a file")
"""Rows for a sample: a record with its verdict, and three new records in one command."""
SOME = (
    *FEW,
    *("customer add", "customer set", "claim edit", "product remove", "delivery sign", "wish realise", "policy new"),
    *("visit add with all that was heard", "import of orders", "attach"),
)
"""Rows that between them write in every way there is: new, replaced and removed, one file and several."""
went_wrong: list[str] = []
"""The first cases of each harm in which something happened that must not."""
_AFTERWARDS = ["customer", "set", "CU26-0002", "tags+=afterwards"]
_AFTERWARDS_FILE = "customers/2026/CU26-0002.yaml"
_LEFTOVER = re.compile(r"(?:.*/)?\.[^/]+\.[0-9]+\.tmp")

Files = Mapping[str, bytes]


class Stage(NamedTuple):
    """One row on one book: what the book holds before the row and after it, and where a fresh copy comes from."""

    row: Row
    base: Path
    old: Files
    new: Files
    own: frozenset[str]
    """What lies in the tool's own folder after a row that was not harmed."""

    @property
    def name(self) -> str:
        """The row, and whether git keeps its book."""
        return f"{self.row.name}{' in git' if self.in_git else ''}"

    @property
    def in_git(self) -> bool:
        """Whether git keeps the book."""
        return (self.base / ".git").is_dir()

    def fresh(self, at: Path) -> Path:
        """The book as it was before the row, in the folder *at*."""
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(self.base, at, symlinks=True)
        return at


class Tally:
    """What was tried of one harm, and what went wrong; the first cases are printed, so that one can look."""

    def __init__(self, promise: int, what: str, unit: str, *wrongs: str) -> None:
        self.promise, self.what, self.unit = promise, what, unit
        self.tried = 0
        self.bad: Counter[str] = Counter(dict.fromkeys(wrongs, 0))

    def wrong(self, kind: str, where: str) -> None:
        """Something happened that must not."""
        self.bad[kind] += 1
        if self.bad[kind] <= 5:
            went_wrong.append(f"{kind}: {where}")
            print(f"    ! {kind}: {where}", flush=True)

    def figure(self) -> Figure:
        """The figure of it all."""
        return Figure(self.promise, self.what, self.tried, self.unit, dict(self.bad))


def rows(names: Sequence[str]) -> list[Row]:
    """The rows of these names."""
    return [row for name in names for row in every_verb.EVERY if row.name == name]


def book(at: Path, *, git: bool) -> Path:
    """A new book in the folder *at*, with some clutter of git's in it where git keeps it."""
    at.mkdir(parents=True, mode=0o700)
    laid_out(at, base_book(git))
    if git:
        git_in(at, "init", "--quiet", "--template=")
        git_in(at, "add", "--all")
        git_in(at, "-c", "user.name=o", "-c", "user.email=o@example.com", "commit", "--quiet", "-m", "begin")
    typed(at, ["customer", "set", "CU26-0002", "note=before"])  # so that the tool's own folder is there
    return at


def staged(row: Row, base: Path, scratch: Path) -> Stage:
    """The row on the book *base*, run once without harm."""
    trial = scratch / "clean"
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(base, trial, symlinks=True)
    done = typed(trial, row.argv)
    new = files_of(trial)
    assert done.code == 0, f"{row.name}: {done}"
    assert row.happened(new), row.name
    return Stage(row, base, files_of(base), new, frozenset(own_files(trial)))


def typed(root: Path, words: Sequence[str], strace: Sequence[str] = ()) -> Run:
    """``aftercare`` with these words in the book's folder."""
    return run(words, ENVIRONMENT, root, strace=strace)


def git_in(root: Path, *words: str) -> str:
    """What git says in the book; CalledProcessError if it fails."""
    environment = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(["git", *words], cwd=root, env=environment, capture_output=True, check=True)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def state(stage: Stage, root: Path) -> tuple[str, str]:
    """``old`` or ``new``, the change as a whole as aftercare reads it; else ``torn`` and why.

    Each file by itself must be the old or the new one, byte for byte, and no other file may be there.
    """
    held = files_of(root)
    for file in sorted({*held, *stage.old, *stage.new}):
        if held.get(file) not in (stage.old.get(file), stage.new.get(file)) and not _LEFTOVER.fullmatch(file):
            return "torn", f"{file} holds {held.get(file, b'nothing')[:60]!r}"
    book = Book(root)
    shelf = book.read()
    if shelf.faults:
        return "torn", str(shelf.faults[0])
    seen = {file: data for file in sorted({*stage.old, *stage.new}) if (data := _seen(book, file)) is not None}
    if _named(seen) == _named(stage.old) and stage.old.items() <= seen.items():
        return "old", ""  # a content that no record names yet is of no harm; who attaches it again finds it there
    return ("new", "") if seen == stage.new else ("torn", "the change is there in part")


def _named(files: Files) -> dict[str, bytes]:
    """All but the contents that are attached: a record names them, and they are there before it does."""
    return {file: data for file, data in files.items() if not file.startswith("attachments/")}


def _seen(book: Book, file: str) -> bytes | None:
    try:
        return book.bytes_of(file)
    except FileNotFoundError:
        return None


def goes_on(stage: Stage, root: Path, found: str) -> str:
    """What is wrong with the book when one goes on working after a harm; nothing where all is well.

    A change that did not happen is made again; after one that did another is made.  Then each file is what it would be
    without the harm, nothing is left over, and git has all of it.
    """
    done = typed(root, stage.row.argv if found == "old" else _AFTERWARDS)
    if done.code != 0:
        return f"stuck: {done.code} {done.err.strip()[-200:]}"
    held = files_of(root)
    besides = set() if found == "old" else {_AFTERWARDS_FILE}
    different = [f for f in sorted({*held, *stage.new}) if held.get(f) != stage.new.get(f) and f not in besides]
    if different:
        return f"litter: {different}" if all(f not in stage.new for f in different) else f"torn: later {different}"
    own = own_files(root) - stage.own
    if own:
        return f"litter: .aftercare {sorted(own)}"
    return _git_is_well(root) if stage.in_git else ""


def own_files(root: Path) -> set[str]:
    """The names in the tool's own folder."""
    return {file.name for file in (root / ".aftercare").iterdir()}


def _git_is_well(root: Path) -> str:
    locks = [str(file.relative_to(root)) for file in (root / ".git").rglob("*.lock")]
    if locks:
        return f"stuck: git has {locks}"
    try:
        git_in(root, "fsck", "--strict", "--no-dangling")
        left = git_in(root, "status", "--porcelain")
    except subprocess.CalledProcessError as error:
        return f"torn: git says {error.stderr!r}"
    return f"uncommitted: {left.strip()!r}" if left.strip() else ""


def judge(tally: Tally, stage: Stage, root: Path, done: Run, where: str) -> str:
    """Count one trial: what the command said of it, what is there, and how it goes on; the state is given back."""
    tally.tried += 1
    where = f"{stage.name}, {where}"
    for kind, why in said_wrong(done):
        tally.wrong(kind, f"{where}: {why}")
    found, why = state(stage, root)
    if found == "torn":
        tally.wrong("torn", f"{where}: {why}")
        return found
    if done.code in {0, 6} and found == "old":
        tally.wrong("lost", where)
    after = goes_on(stage, root, found)
    if after:
        tally.wrong(after.partition(":")[0], f"{where} ({found}): {after}")
    return found


def said_wrong(done: Run) -> list[tuple[str, str]]:
    """What a command did not say as it should: a traceback, nothing, a page, or nothing for ever."""
    wrong = []
    if done.code is None:
        wrong.append(("hang", "it did not end"))
    if "Traceback" in done.err or "unexpected fault" in done.err or "意外" in done.err:
        wrong.append(("traceback", done.err.strip()[-300:]))
    elif done.code and done.code > 0 and not done.err.strip():
        wrong.append(("silent", f"exit {done.code} without a word"))
    elif done.code and done.code > 0 and len(complained(done)) > 3:
        wrong.append(("wordy", done.err))
    return wrong


def complained(done: Run) -> list[str]:
    """The lines in which a command says what is wrong; what a saved change did to the ledger is none of them."""
    lines = done.err.strip().splitlines()
    return [line for line in lines if line.startswith("aftercare: ")] if done.code == NOT_COMMITTED else lines
