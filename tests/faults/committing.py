"""A book that keeps its history in git, harmed: what is written stays, and the next command makes the commit good."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests import every_verb
from tests.every_verb import Row
from tests.faults import injection, judging
from tests.faults.injection import Ended, Harm
from tests.faults.judging import NEXT, Wrong

SAVED_ONLY = 6


class Repository:
    """One row on its book in git, before and after."""

    def __init__(self, row: Row, scratch: Path) -> None:
        self.row = row
        self.pristine, self.folder = scratch / "pristine", scratch / "book"
        every_verb.laid_out(self.pristine, every_verb.base_book(git=True))
        _git(self.pristine, "init", "--quiet", "--template=")
        _git(self.pristine, "add", "--all")
        _git(self.pristine, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message=begin")
        self.lay_out()
        with every_verb.standing_in(self.folder):
            every_verb.typed(row.line)
        self.old, self.new = every_verb.files_of(self.pristine), every_verb.files_of(self.folder)

    def lay_out(self) -> None:
        """The book as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.pristine, self.folder, symlinks=True)

    def trials(self, harm: Harm, numbers: Iterable[int]) -> Iterator[tuple[Ended, list[Wrong]]]:
        """One trial for each number, as long as there are calls to be harmed."""
        for at in numbers:
            self.lay_out()
            with every_verb.standing_in(self.folder):
                how = injection.ended(self.folder, self.row.argv, harm, at)
                if not how.harmed:
                    return
                found = [*self.judge(how)]
            yield how, [Wrong(what, f"{self.row.name}, git", harm.name, at, how.at, more) for what, more in found]

    def judge(self, how: Ended) -> Iterator[tuple[str, str]]:
        """What is wrong with the files, the words, and the history that the next command leaves."""
        is_new = judging.as_read(self.folder) == judging.as_read_of(self.new, self.folder.parent / "new")
        is_old = judging.as_read(self.folder) == judging.as_read_of(self.old, self.folder.parent / "old")
        if not is_new and not is_old:
            yield "torn", "neither old nor new"
        if how.code in {0, SAVED_ONLY} and not is_new:
            yield "lost", f"{how.code}, and the change is not there"
        if "Traceback" in how.err or "unexpected" in how.err:
            yield "traceback", how.err[-300:]
        if how.code > 0 and not how.err.strip():
            yield "silent", str(how.code)
        again = injection.ended(self.folder, NEXT if is_new else self.row.argv)
        if again.code:
            yield "stuck", f"{again.code} {again.err[-300:]!r}"
            return
        if unsaid := _git(self.folder, "status", "--porcelain", "--untracked-files=all"):
            yield "lost", f"not committed by the next command either: {unsaid[:200]}"
        if complaint := _git(self.folder, "fsck", "--strict", "--no-dangling", "--no-progress"):
            yield "torn", complaint[:200]
        if locks := [str(path) for path in (self.folder / ".git").rglob("*.lock")]:
            yield "litter", ", ".join(locks)
        if left := [file for file in judging.everything(self.folder / ".aftercare") if file not in judging.OWN_FILES]:
            yield "litter", ", ".join(left)


def _git(folder: Path, *words: str) -> str:
    """What git says, of either kind."""
    said = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    return said.stdout + said.stderr
