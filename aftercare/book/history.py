"""The history of a book, which is git's: each command that writes makes one commit of just its own files.

The commit is put together from git's parts, with an index of our own, so that what the operator has staged stays as it
is, and so that nothing in the folder (hooks, filters, a file system monitor, other settings) is run by us.  Personal
data reaches git through its standard input alone, never on a command line.

A commit that fails is no reason to lose a record: the files are remembered, and the next commit takes them along.
Locks that a killed git left are cleared away by the next commit where they are certainly ours.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from aftercare.book import gitlocks
from aftercare.book.files import open_folder, split
from aftercare.book.locking import OWN, make_own_folder, read_own, write_own
from aftercare.errors import CannotWrite, NotCommitted
from aftercare.language import _

_REMEMBERED, _INDEX = "uncommitted", "git-index"
_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.fsync=all",
    "core.quotepath=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
_KEPT = frozenset(
    {"GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}
    | {f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL", "DATE")}
)
"""What of git's own environment is the operator's choice and does not send us to another repository."""
_NEUTRAL = {"NAME": "aftercare", "EMAIL": "aftercare@localhost"}
_UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


def is_on(root: Path) -> bool:
    """Whether the book lies in a folder that git keeps; no, where there is no git."""
    try:
        return _Git(root).ask("rev-parse", "--is-inside-work-tree").out.strip() == "true"
    except NotCommitted:
        return False


def init(root: Path) -> None:
    """See that git keeps the book: in the repository around it, or else in one of its own, for the owner alone.

    NotCommitted if there is no git or it refuses.
    """
    if not is_on(root):
        _Git(root).do("init", "--quiet", "--template=", "--shared=0600")


def remember(root: Path, paths: Sequence[str]) -> list[str]:
    """Note files that are to be committed, before they are written; all that are noted by now.

    Then a command that is killed half-way leaves its files to the next commit.  Call it under the lock.
    CannotWrite if it cannot be noted.
    """
    own = make_own_folder(root)
    try:
        noted = _noted(own / _REMEMBERED)
        every = list(dict.fromkeys([*noted, *paths]))
        if every != noted:
            write_own(own / _REMEMBERED, os.fsencode("\0".join(every)))
    except OSError as error:
        raise CannotWrite(f"{OWN}/{_REMEMBERED}", str(error.strerror)) from error
    return every


def commit(root: Path, paths: Sequence[str], message: str) -> None:
    """Commit the files at *paths* as they are now, gone ones as gone, with those remembered from before, and no others.

    Call it under the lock, after the files are written.  NotCommitted, with git's reason or ours in one line, if there
    is no commit of them; they are remembered.
    """
    try:
        every = remember(root, paths)
        _commit(_Git(root), root, every, message)
    except CannotWrite as error:
        raise NotCommitted(error.sentence) from error
    except OSError as error:
        raise NotCommitted(str(error.strerror)) from error


def _commit(git: _Git, root: Path, paths: Sequence[str], message: str) -> None:
    where = git.where()
    own = root.resolve() / OWN
    gitlocks.clear(own, where.locks, where.homes)
    entries = git.store(where, [path for path in paths if _is_ours(root, path)])
    with gitlocks.noted(own, where.locks):
        head = git.head()
        try:
            _clear_index(own)
            tree = git.tree(head, entries, own / _INDEX)
        finally:
            _clear_index(own)
        if head is None or tree != git.do("rev-parse", f"{head}^{{tree}}"):
            parents = ["-p", head] if head else []
            made = git.do("commit-tree", tree, *parents, "-F", "-", given=message.encode())
            git.do("update-ref", "-m", "aftercare", "HEAD", made, head or where.nothing)
        # The operator's index learns of our files; while somebody else has it locked they stay noted for the next time.
        up_to_date = git.ask("update-index", "-z", "--index-info", given=entries).code == 0
    if up_to_date:
        (own / _REMEMBERED).unlink(missing_ok=True)


class _Said(NamedTuple):
    """How a git command ended and what it printed."""

    code: int
    out: str
    complaint: str


class _Where(NamedTuple):
    """Where a commit goes: the book's folder in the repository, ``""`` or ending in ``/``.

    ``nothing`` is the id, all zeros, that stands for no object; ``locks`` are those that git takes for a commit, name
    and file; ``homes`` are the folders in which a git that takes them too is at work.
    """

    folder: str
    nothing: str
    locks: dict[str, Path]
    homes: list[Path]


class _Git:
    """The operator's git, run in the book's folder with nothing of that folder's own choosing."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.program = _program(self.root)
        self.environment = {name: v for name, v in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
        self.environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        self.environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}  # never the network

    def ask(self, *arguments: str, given: bytes = b"", index: Path | None = None) -> _Said:
        """Run git with *arguments* and *given* on its standard input."""
        import subprocess

        settings = [word for setting in _SAFE for word in ("-c", setting)]
        own_index = {"GIT_INDEX_FILE": str(index)} if index else {}
        try:
            done = subprocess.run(  # noqa: S603 - an absolute program, its arguments a list
                [self.program, "--no-pager", *settings, *arguments],
                cwd=self.root,
                env={**self.environment, **own_index},
                input=given,
                capture_output=True,
                timeout=gitlocks.PATIENCE,
                umask=0o077,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotCommitted(_("git did not finish")) from error
        if done.returncode < 0:
            raise NotCommitted(_("git was killed"))
        return _Said(done.returncode, os.fsdecode(done.stdout), done.stderr.decode("utf-8", "replace"))

    def do(self, *arguments: str, given: bytes = b"", index: Path | None = None) -> str:
        """As :meth:`ask`, for a command that must succeed; what it printed."""
        said = self.ask(*arguments, given=given, index=index)
        if said.code:
            raise NotCommitted(_reason(said.complaint))
        return said.out.strip("\n")

    def where(self) -> _Where:
        """Where a commit would go; NotCommitted if it should go nowhere now."""
        branch = self.ask("symbolic-ref", "--quiet", "HEAD")
        locks = ["HEAD.lock", f"{branch.out.strip()}.lock", "index.lock"]
        paths = [word for name in (*_UNDER_WAY, *locks) for word in ("--git-path", name)]
        asked = ("--is-inside-work-tree", "--show-prefix", "--show-object-format", "--git-common-dir", *paths)
        inside, *rest = self.do("rev-parse", *asked).split("\n")
        if inside != "true":
            raise NotCommitted(_("the book does not lie in a folder that git keeps"))
        if len(rest) != 3 + len(_UNDER_WAY) + len(locks):
            raise NotCommitted(_("the name of the folder has a line break"))
        folder, hashed_by, common, *files = rest
        if any((self.root / state).exists() for state in files[: len(_UNDER_WAY)]):
            raise NotCommitted(_("a merge, rebase or the like is under way"))
        if branch.code:
            raise NotCommitted(_("no branch is checked out"))
        self.settle_settings()
        return _Where(
            folder,
            "0" * (64 if hashed_by == "sha256" else 40),
            {name: self.root / file for name, file in zip(locks, files[len(_UNDER_WAY) :], strict=True)},
            [[self.root, *self.root.parents][folder.count("/")], (self.root / common).resolve().parent],
        )

    def head(self) -> str | None:
        """The newest commit of the branch, if there is one."""
        return self.ask("rev-parse", "--quiet", "--verify", "HEAD^{commit}").out.strip() or None

    def settle_settings(self) -> None:
        """Switch off hooks that are settings, and give a name to commit under where the operator has none."""
        names = self.ask("config", "-z", "--name-only", "--get-regexp", r"^(hook|user|author|committer)\.").out.split(
            "\0"
        )
        hooks = sorted({name.removeprefix("hook.").rpartition(".")[0] for name in names if name.startswith("hook.")})
        for number, hook in enumerate(hooks):
            self.environment[f"GIT_CONFIG_KEY_{number}"] = f"hook.{hook}.enabled"
            self.environment[f"GIT_CONFIG_VALUE_{number}"] = "false"
        self.environment["GIT_CONFIG_COUNT"] = str(len(hooks))
        for role in ("AUTHOR", "COMMITTER"):
            for part, neutral in _NEUTRAL.items():
                if not {f"user.{part.lower()}", f"{role.lower()}.{part.lower()}"} & set(names):
                    self.environment.setdefault(f"GIT_{role}_{part}", neutral)

    def store(self, where: _Where, paths: Sequence[str]) -> bytes:
        """Put the files' contents into git as they are on the disk; the lines that tell an index of them."""
        present = [path for path in paths if (self.root / path).exists()]
        given = "".join(f"{_quoted(str(self.root / path))}\n" for path in present)
        said = (
            self.do("hash-object", "-w", "--no-filters", "--stdin-paths", given=os.fsencode(given)) if present else ""
        )
        hashes = dict(zip(present, said.split("\n"), strict=False))
        return b"".join(
            os.fsencode(
                f"{'100644' if path in hashes else '0'} {hashes.get(path, where.nothing)}\t{where.folder}{path}\0"
            )
            for path in paths
        )

    def tree(self, head: str | None, entries: bytes, index: Path) -> str:
        """The tree of *head* with the *entries* in their places, put together in an *index* of our own."""
        if head:
            self.do("read-tree", head, index=index)
        self.do("update-index", "-z", "--index-info", given=entries, index=index)
        return self.do("write-tree", index=index)


def _program(root: Path) -> str:
    """The git on the operator's path, but for relative folders and those in the book."""
    import shutil

    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    safe = [name for name in folders if Path(name).is_absolute() and not Path(name).resolve().is_relative_to(root)]
    program = shutil.which("git", path=os.pathsep.join(safe))
    if not program:
        raise NotCommitted(_("git is not installed"))
    return program


def _noted(file: Path) -> list[str]:
    """The files that were remembered; names that could not be ours are passed over."""
    return [path for path in os.fsdecode(read_own(file)).split("\0") if _is_plain(path)]


def _is_plain(path: str) -> bool:
    try:
        split(path)
    except PermissionError:
        return False
    return path.partition("/")[0] not in {".git", OWN}


def _is_ours(root: Path, path: str) -> bool:
    """Whether an ordinary file, or nothing, is at *path*: what lies behind a link is not for the history."""
    parent, name = split(path)
    try:
        here = open_folder(root, parent)
        try:
            return stat.S_ISREG(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode)
        finally:
            os.close(here)
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False


def _clear_index(own: Path) -> None:
    """Take away our own index, also what a killed git left of it: under the lock it is nobody's."""
    for name in (_INDEX, f"{_INDEX}.lock"):
        with suppress(FileNotFoundError):
            (own / name).unlink()


def _quoted(path: str) -> str:
    """A path as git reads it from a list of lines."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _reason(complaint: str) -> str:
    """The line of git's complaint that says why, without signs that a terminal obeys."""
    lines = [line for line in complaint.splitlines() if line.startswith(("fatal: ", "error: "))] or [complaint.strip()]
    line = lines[0].removeprefix("fatal: ").removeprefix("error: ")
    return "".join(letter for letter in line if letter.isprintable()) or _("git failed without a word")
