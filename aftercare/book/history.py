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

from aftercare.book import gitlocks
from aftercare.book.files import open_folder, split
from aftercare.book.git import Git
from aftercare.book.locking import OWN, is_of_a_book, make_own_folder, read_own, write_own
from aftercare.errors import CannotWrite, NotCommitted

_REMEMBERED, _INDEX = "uncommitted", "git-index"


def is_on(root: Path) -> bool:
    """Whether the book lies in a folder that git keeps; no, where there is no git."""
    try:
        return Git(root).ask("rev-parse", "--is-inside-work-tree").out.strip() == "true"
    except NotCommitted:
        return False


def init(root: Path) -> None:
    """See that git keeps the book: in the repository around it, or else in one of its own, for the owner alone.

    NotCommitted if there is no git or it refuses.
    """
    if not is_on(root):
        Git(root).do("init", "--quiet", "--template=", "--shared=0600")


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
        _commit(Git(root), root, every, message)
    except CannotWrite as error:
        raise NotCommitted(error.sentence) from error
    except OSError as error:
        raise NotCommitted(str(error.strerror)) from error


def _commit(git: Git, root: Path, paths: Sequence[str], message: str) -> None:
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


def _noted(file: Path) -> list[str]:
    """The files that were remembered; names that could not be ours are passed over."""
    return [path for path in os.fsdecode(read_own(file)).split("\0") if is_of_a_book(path)]


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
