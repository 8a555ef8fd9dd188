"""A merge, rebase or cherry-pick under way in the repository of a book, read with git's plumbing alone."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from aftercare.book.git import Git

_BY_REBASE = "rebase"
_CONCLUDED = {
    "MERGE_HEAD": "git commit --no-edit",
    _BY_REBASE: "git rebase --continue",
    "CHERRY_PICK_HEAD": "git cherry-pick --continue",
    "REVERT_HEAD": "git revert --continue",
}


class Merging(NamedTuple):
    """A merge or the like under way: the commit that comes in ("" where unknown), and what concludes it.

    ``tip`` is the last commit that is to come in, which in a rebase is not that one.
    """

    theirs: str
    tip: str
    conclude: str


def still_in_conflict(root: Path) -> list[str]:
    """The files that git still has in conflict."""
    return sorted(stages_of(Git(root)))


def merge_under_way(git: Git) -> Merging:
    """What is under way, by the names that git gives it."""
    for folder in ("rebase-merge", "rebase-apply"):
        at = git.root / git.do("rev-parse", "--git-path", folder)
        if at.is_dir():
            tip = git.ask("rev-parse", "--quiet", "--verify", f"{_read(at / 'orig-head')}^{{commit}}").out.strip()
            return Merging(_commit(git, "REBASE_HEAD"), tip, _CONCLUDED[_BY_REBASE])
    for name in ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"):
        commit = _commit(git, name)
        if commit:
            return Merging(commit, commit, _CONCLUDED[name])
    return Merging("", "", "git commit")


def under_way(root: Path) -> Merging:
    """As :func:`merge_under_way`, in the repository of a book."""
    return merge_under_way(Git(root))


def stages_of(git: Git) -> dict[str, dict[int, str]]:
    """The files in conflict, each with the objects of its stages: 1 before, 2 ours, 3 theirs."""
    found: dict[str, dict[int, str]] = {}
    for entry in git.do("ls-files", "--unmerged", "-z", "--", ".").split("\0"):
        about, tab, file = entry.partition("\t")
        if tab:
            __, blob, number = about.split()
            found.setdefault(file, {})[int(number)] = blob
    return found


def _commit(git: Git, name: str) -> str:
    return git.ask("rev-parse", "--quiet", "--verify", f"{name}^{{commit}}").out.strip()


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
