"""What git has of a book, and what in its repository hinders or endangers it: looked at with plumbing, never run."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from aftercare.book import gitlocks
from aftercare.book.git import Git, quoted
from aftercare.book.programs import program
from aftercare.errors import NotCommitted

LOCKS = ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock")
_RUNS = re.compile(
    r"core\.(?:fsmonitor|hookspath|sshcommand|gitproxy|pager|editor|askpass|alternaterefscommand)"
    r"|(?:filter|diff|merge|difftool|mergetool|remote|credential|gpg|pager|interactive|sequence|uploadpack|hook|trailer)\..*"
    r"(?:clean|smudge|process|command|textconv|driver|cmd|helper|program|editor|difffilter|uploadpack|receivepack|vcs|hook)"
    r"|alias\..*|pager\..*|include(?:if)?\..*",
)
"""Settings that make git run a program, or read settings from elsewhere."""
_ATTRIBUTES = ("filter", "text", "eol", "working-tree-encoding", "ident", "merge")
_HARMLESS = frozenset({"unspecified", "unset"})


class Lock(NamedTuple):
    """A lock file of git: its path relative to the book, its age in seconds, and whether anybody may be using it."""

    path: str
    age: float
    in_use: bool


class Differing(NamedTuple):
    """What the last commit does not have as it is in the folder, and what it has that the folder has not."""

    changed: list[str]
    missing: list[str]


def differing(root: Path, files: Sequence[str]) -> Differing:
    """Of these files of the book, those that the last commit has not, or not so; and records that only it has."""
    git = Git(root)
    known: dict[str, str] = {}
    if git.head():
        listed = git.ask("ls-tree", "-r", "-z", "HEAD", "--", ".").out.split("\0")
        entries = [entry.partition("\t") for entry in listed if entry]
        known = {path: about.split()[2] for about, _tab, path in entries if about.startswith("100")}
    there = [file for file in files if "\n" not in file and (root / file).is_file()]
    given = os.fsencode("".join(f"{quoted(str(root / file))}\n" for file in there))
    hashes = git.do("hash-object", "--no-filters", "--stdin-paths", given=given).split("\n") if there else []
    now = dict(zip(there, hashes, strict=True))
    changed = [file for file, blob in now.items() if known.get(file) != blob]
    missing = [file for file in known if not os.path.lexists(root / file)]
    return Differing(changed, sorted(missing))


def why_not(root: Path) -> str:
    """Why no commit could be made now, in one line; "" where one could."""
    try:
        Git(root).where()
    except NotCommitted as error:
        return error.reason
    return ""


def is_installed(root: Path) -> bool:
    """Whether there is a git that we would run."""
    return program("git", root) is not None


def branch(root: Path) -> str:
    """The branch that is checked out, by its full name; "" where none is."""
    return Git(root).ask("symbolic-ref", "--quiet", "HEAD").out.strip()


def locks(root: Path, now: float) -> list[Lock]:
    """The lock files of the repository; *now* is the machine's clock, in seconds."""
    git, at = Git(root), branch(root)
    names = [*LOCKS, *([f"{at}.lock"] if at else [])]
    found = []
    for name in names:
        path = git.do("rev-parse", "--git-path", name)
        with suppress(FileNotFoundError):  # it comes and goes with every git that is at work
            since = (root / path).lstat().st_mtime
            found.append(Lock(path, max(0.0, now - since), gitlocks.in_use([root / path], _homes(git))))
    return found


def running_settings(root: Path) -> list[str]:
    """The names of the repository's own settings that make git run something."""
    said = Git(root).ask("config", "--local", "-z", "--name-only", "--list")
    return sorted({name for name in said.out.split("\0") if _RUNS.fullmatch(name)})


def bending_settings(root: Path) -> list[str]:
    """Settings under which git changes the bytes of a file on its way in or out."""
    git, found = Git(root), []
    for name, harmless in (("core.autocrlf", {"", "false"}), ("core.eol", {"", "native", "lf"})):
        if git.ask("config", "--get", name).out.strip().lower() not in harmless:
            found.append(name)
    return found


def bending_attributes(root: Path, file: str) -> list[str]:
    """What ``.gitattributes`` makes git do with a file, ``filter=lfs``."""
    said = Git(root).ask("check-attr", "-z", *_ATTRIBUTES, "--", file).out.split("\0")
    triples = zip(said[0::3], said[1::3], said[2::3], strict=False)
    return [name if value == "set" else f"{name}={value}" for __, name, value in triples if value not in _HARMLESS]


def hooks(root: Path) -> list[str]:
    """The hooks that git would run, relative to the book."""
    folder = root / Git(root).do("rev-parse", "--git-common-dir") / "hooks"  # its path is switched off for us
    if not folder.is_dir():
        return []
    found = (file for file in sorted(folder.iterdir()) if file.suffix != ".sample" and os.access(file, os.X_OK))
    return [os.path.relpath(file, root) for file in found if file.is_file()]


def _homes(git: Git) -> list[Path]:
    common, __, folder = git.do("rev-parse", "--git-common-dir", "--show-prefix").partition("\n")
    return git.homes(folder, common)
