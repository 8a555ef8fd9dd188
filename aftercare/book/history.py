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
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from aftercare.book import gitlocks
from aftercare.book.files import open_folder, split
from aftercare.book.git import Git
from aftercare.book.ids import parse
from aftercare.book.locking import OWN, is_of_a_book, make_own_folder, read_own, settle, write_own
from aftercare.book.titles import is_command
from aftercare.errors import CannotWrite, NotCommitted
from aftercare.language import refusal

_REMEMBERED, _COMMANDS, _INDEX = "uncommitted", "uncommitted-commands", "git-index"
_MOST, _LONGEST = 1000, 1 << 20
"""Commands whose titles are kept for the commit that takes their files along; bytes that are read of them."""
UNDOES, ALSO = "Undoes: ", "Also: "
"""How a commit says which one it takes back, and which commands were saved before it and not committed."""


def is_on(root: Path) -> bool:
    """Whether the book lies in a folder that git keeps; no, where there is no git."""
    try:
        return Git(root).ask("rev-parse", "--is-inside-work-tree").out.strip() == "true"
    except NotCommitted:
        return False


def unasked(root: Path) -> str:
    """Why a history that lies there cannot be asked: git is gone, or it or the disk refuses; "" where there is none."""
    try:
        if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
            return ""
    except OSError as error:
        return str(error.strerror)
    try:
        Git(root).do("rev-parse", "--is-inside-work-tree")
    except NotCommitted as error:
        return error.reason
    return ""


def init(root: Path) -> None:
    """See that git keeps the book: in the repository around it, or else in one of its own, for the owner alone.

    NotCommitted if there is no git or it refuses.
    """
    if not is_on(root):
        Git(root).do("init", "--quiet", "--template=", "--shared=0600")


def remembered(root: Path) -> list[str]:
    """The files that are noted as not committed; none where that cannot be read."""
    try:
        return _noted(root / OWN / _REMEMBERED)
    except OSError:
        return []


def remember(root: Path, paths: Sequence[str]) -> list[str]:
    """Note files that are to be committed, before they are written; all that are noted by now.

    Then a command that is killed half-way, or whose power is cut, leaves its files to the next commit.
    Call it under the lock.  CannotWrite if it cannot be noted.
    """
    own = make_own_folder(root)
    try:
        noted = _noted(own / _REMEMBERED)
        every = list(dict.fromkeys([*noted, *paths]))
        if every != noted:
            write_own(own / _REMEMBERED, os.fsencode("\0".join(every)), lasting=True)
            settle(own)
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
    except (CannotWrite, NotCommitted, OSError) as error:
        _remember_command(root, message)
        if isinstance(error, NotCommitted):
            raise
        if isinstance(error, CannotWrite):  # its own words end with: nothing was changed
            raise NotCommitted(f"{error.file}: {refusal(error.reason)}") from error
        raise NotCommitted(str(error.strerror)) from error


def _remember_command(root: Path, message: str) -> None:
    """Note what was to be said of files that are saved and not committed; no more than a word, so it may be missing."""
    own = root / OWN
    with suppress(OSError):
        said = [*_commands(own), message][-_MOST:]
        write_own(own / _COMMANDS, "\0".join(said).encode("utf-8", "surrogateescape"))


def _commands(own: Path) -> list[str]:
    """What was to be said of the commands that are not committed; whatever else stands there is passed over."""
    try:
        said = read_own(own / _COMMANDS, _LONGEST).decode("utf-8", "replace").split("\0")
    except OSError:
        return []
    return [text for text in said if is_command(text.partition("\n")[0])]


def _with_earlier(earlier: Sequence[str], message: str, changed: frozenset[str]) -> str:
    """The message of a commit that takes along the files of *earlier* commands: each is named, and what it takes back.

    One that speaks of records of which nothing is *changed* here was committed by somebody meanwhile.
    """
    lines: dict[str, None] = {}
    for command in earlier:
        title, *rest = command.split("\n")
        subjects = {str(named) for word in title.split() if (named := parse(word.partition("/")[0]))}
        if not subjects or subjects & changed:
            lines |= dict.fromkeys([f"{ALSO}{title.strip()}", *(one for one in rest if one.startswith((UNDOES, ALSO)))])
    if not lines:
        return message
    gap = "\n" if UNDOES in message else "\n\n"
    return f"{message.rstrip()}{gap}" + "\n".join(lines) + "\n"


def _commit(git: Git, root: Path, paths: Sequence[str], message: str) -> None:
    where = git.where()
    own = root.resolve() / OWN
    gitlocks.clear(own, where.locks, where.homes)
    entries = git.store(where, _ours(root, paths))
    with gitlocks.noted(own, where.locks):
        head = git.head()
        try:
            _clear_index(own)
            tree = git.tree(head, entries, own / _INDEX)
        finally:
            _clear_index(own)
        if head is None or tree != git.do("rev-parse", f"{head}^{{tree}}"):
            said = (
                _with_earlier(earlier, message, _changed(git, head, tree)) if (earlier := _commands(own)) else message
            )
            made = git.commit(tree, head, said.encode("utf-8", "replace"))
            git.do("update-ref", "-m", "aftercare", "HEAD", made, head or where.nothing)
        with suppress(OSError):  # they are committed now; to name them once more does no harm
            (own / _COMMANDS).unlink(missing_ok=True)
        # The operator's index learns of our files; while somebody else has it locked they stay noted for the next time.
        up_to_date = _told(git, entries)
    if up_to_date:
        with suppress(OSError):
            (own / _REMEMBERED).unlink(missing_ok=True)


def _changed(git: Git, head: str | None, tree: str) -> frozenset[str]:
    """The records whose files are not in *tree* as they are at *head*, by their ids."""
    asked = ("diff-tree", "-r", "-z", "--name-only", f"{head}^{{tree}}", tree)
    files = git.do(*(asked if head else ("ls-tree", "-r", "-z", "--name-only", "--full-tree", tree)))
    return frozenset(file.rpartition("/")[2].partition(".")[0] for file in files.split("\0"))


def _told(git: Git, entries: bytes) -> bool:
    """Whether the operator's index has learnt of our files; the commit is made, whatever becomes of that."""
    try:
        return git.ask("update-index", "-z", "--index-info", given=entries).code == 0
    except NotCommitted:
        return False


def _noted(file: Path) -> list[str]:
    """The files that were remembered; names that could not be ours are passed over."""
    return [path for path in os.fsdecode(read_own(file)).split("\0") if is_of_a_book(path)]


def _ours(root: Path, paths: Sequence[str]) -> list[str]:
    """Those *paths* at which an ordinary file is, or nothing: what lies behind a link is not for the history.

    A folder is opened once for all of its files: an import has thousands.
    """
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        by_folder.setdefault(split(path)[0], []).append(path)
    ours = {path for folder, some in by_folder.items() for path in _ours_in(root, folder, some)}
    return [path for path in paths if path in ours]


def _ours_in(root: Path, folder: str, paths: Iterable[str]) -> list[str]:
    try:
        here = open_folder(root, folder)
    except FileNotFoundError:
        return list(paths)
    except NotADirectoryError:
        return []
    try:
        return [path for path in paths if _is_ours(here, split(path)[1])]
    finally:
        os.close(here)


def _is_ours(here: int, name: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(name, dir_fd=here, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return True


def _clear_index(own: Path) -> None:
    """Take away our own index, also what a killed git left of it: under the lock it is nobody's."""
    for name in (_INDEX, f"{_INDEX}.lock"):
        with suppress(FileNotFoundError):
            (own / name).unlink()
