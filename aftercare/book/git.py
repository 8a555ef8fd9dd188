"""The operator's git, run so that nothing in the book's folder is run by it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from aftercare.book import gitlocks, lasting
from aftercare.book.programs import program
from aftercare.errors import NotCommitted
from aftercare.language import N_, _
from aftercare.plain.text import printable

_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.fsync=all",
    "core.quotepath=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "log.showSignature=false",  # to look at a signature is to run the program that the folder names for it
    "safe.bareRepository=explicit",  # a folder that only looks like a repository is none
    "i18n.commitEncoding=utf-8",
    "core.commitGraph=false",  # what a commit says of itself is read from the commit
    "advice.graftFileDeprecated=false",
)
_OF_OUR_INDEX = ("core.splitIndex=false", "index.sparse=false")
_KEPT = frozenset(
    {"GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}
    | {f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL", "DATE")}
)
"""What of git's own environment is the operator's choice and does not send us to another repository."""
_COMPARING = frozenset(
    {"update-index", "read-tree", "status", "diff", "diff-index", "diff-files", "add", "commit-tree"}
)
"""Commands before which hooks and filters that are settings must be off."""
AT_ONCE = 64 * 1024 * 1024
"""So many bytes of contents are read from git in one go."""
_LOCKED = re.compile(r"Unable to create '([^'\n]+\.lock)': File exists")
_COMPLAINTS = {
    "No space left on device|File too large|Disk quota exceeded": N_("the disk is full"),
    "not a git repository": N_("the book does not lie in a folder that git keeps"),
    "bad config|unable to parse .*config": N_("git cannot read its settings; look at {file}"),
    "reference broken|unable to resolve reference|bad (tree|object)|not a valid object": N_(
        "git's own files are damaged; to look at them: {command}"
    ),
    "dubious ownership": N_("the folder belongs to another user, whom git does not trust"),
    "insufficient permission|Permission denied|Read-only file system|unable to (write|create) ": N_(
        "git cannot write into its folder"
    ),
}
"""What git says where it cannot go on, and what that means for the shop."""
_NEUTRAL = {"NAME": "aftercare", "EMAIL": "aftercare@localhost"}
_UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


class Said(NamedTuple):
    """How a git command ended and what it printed."""

    code: int
    out: str
    complaint: str


class Where(NamedTuple):
    """Where a commit goes: the book's folder in the repository, ``""`` or ending in ``/``.

    ``nothing`` is the id, all zeros, that stands for no object; ``locks`` are those that git takes for a commit, name
    and file; ``homes`` are the folders in which a git that takes them too is at work.
    """

    folder: str
    nothing: str
    locks: dict[str, Path]
    homes: list[Path]


_ROOM = str(1 << 24)
"""Bytes that a git which packs may keep for the next file."""


class Git:
    """The operator's git, run in the book's folder with nothing of that folder's own choosing."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.program = _program(self.root)
        self.environment = {name: v for name, v in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
        self.environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        self.environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}  # never the network
        self.environment |= {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}  # nor another past than ours

    def ask(self, *arguments: str, given: bytes | bytearray = b"", index: Path | None = None) -> Said:
        """Run git with *arguments* and *given* on its standard input."""
        code, out, complaint = self._run(arguments, given, index)
        return Said(code, os.fsdecode(out), complaint.decode("utf-8", "replace"))

    def read(self, *arguments: str, given: bytes = b"") -> bytes:
        """What a command that must succeed printed, to the byte."""
        code, out, complaint = self._run(arguments, given, None)
        if code:
            raise _refused(complaint.decode("utf-8", "replace"), self.root)
        return out

    def contents(self, names: Iterable[str], largest: int) -> dict[str, bytes]:
        """The objects of these names, as far as they are there and no larger than so many bytes."""
        return dict(self.each(names, largest))

    def each(self, names: Iterable[str], largest: int) -> Iterator[tuple[str, bytes]]:
        """The same one by one: git gives so many at once as memory has room for, whatever the history holds."""
        given = "".join(f"{name}\n" for name in names).encode()
        if not given:
            return
        sizes = self.read("cat-file", "--batch-check=%(objectname) %(objectsize)", given=given).split(b"\n")
        found = (line.split(b" ") for line in sizes)
        known = ((line[0], int(line[1])) for line in found if len(line) == 2 and line[1].isdigit())
        for some in _parcels((name, size) for name, size in known if size <= largest):
            held = self.read("cat-file", "--batch", given=b"".join(name + b"\n" for name in some))
            yield from ((name, data) for name, data in objects(held) if data is not None)

    def _run(self, arguments: Sequence[str], given: bytes | bytearray, index: Path | None) -> tuple[int, bytes, bytes]:
        import subprocess

        if arguments[0] in _COMPARING and "GIT_CONFIG_COUNT" not in self.environment:
            self.settle_settings()
        said = (*_SAFE, *_OF_OUR_INDEX) if index else _SAFE
        settings = [word for setting in said for word in ("-c", setting)]
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
        except OSError as error:
            raise NotCommitted(str(error.strerror)) from error
        if done.returncode < 0:
            raise NotCommitted(_("git was killed"))
        return done.returncode, done.stdout, done.stderr

    def do(self, *arguments: str, given: bytes | bytearray = b"", index: Path | None = None) -> str:
        """As :meth:`ask`, for a command that must succeed; what it printed."""
        said = self.ask(*arguments, given=given, index=index)
        if said.code:
            raise _refused(said.complaint, self.root)
        return said.out.strip("\n")

    def where(self) -> Where:
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
        return Where(
            folder,
            "0" * (64 if hashed_by == "sha256" else 40),
            {name: self.root / file for name, file in zip(locks, files[len(_UNDER_WAY) :], strict=True)},
            self.homes(folder, common),
        )

    def homes(self, folder: str, common: str) -> list[Path]:
        """The folders in which a git is at work that takes our locks: those of *folder* and *common* as git says."""
        return [[self.root, *self.root.parents][folder.count("/")], (self.root / common).resolve().parent]

    def head(self) -> str | None:
        """The newest commit of the branch, if there is one."""
        return self.ask("rev-parse", "--quiet", "--verify", "HEAD^{commit}").out.strip() or None

    def settle_settings(self) -> None:
        """Switch off hooks and filters that are settings, and give a name to commit under where the operator has none.

        Git compares what it is not sure of whenever it writes an index, and runs the filters of the folder for that.
        """
        wanted = r"^(hook|filter|user|author|committer)\."
        names = self.ask("config", "-z", "--name-only", "--get-regexp", wanted).out.split("\0")
        switched = {f"hook.{hook}.enabled": "false" for hook in _between("hook.", names)}
        for one in _between("filter.", names):
            switched |= {f"filter.{one}.{way}": "" for way in ("clean", "smudge", "process")}
            switched[f"filter.{one}.required"] = "false"
        for number, (name, value) in enumerate(switched.items()):
            self.environment[f"GIT_CONFIG_KEY_{number}"] = name
            self.environment[f"GIT_CONFIG_VALUE_{number}"] = value
        self.environment["GIT_CONFIG_COUNT"] = str(len(switched))
        for role in ("AUTHOR", "COMMITTER"):
            for part, neutral in _NEUTRAL.items():
                if not {f"user.{part.lower()}", f"{role.lower()}.{part.lower()}"} & set(names):
                    self.environment.setdefault(f"GIT_{role}_{part}", neutral)

    def store(self, where: Where, paths: Sequence[str]) -> bytes:
        """Put the files' contents into git as they are on the disk; the lines that tell an index of them."""
        root = str(self.root)  # a Path for each of thousands of files takes longer than to look
        present = [path for path in paths if os.path.exists(f"{root}/{path}")]  # noqa: PTH110
        hashes = self._packed(present, where) if len(present) >= lasting.MANY else self._stored(present)
        lines = bytearray()  # one text that grows: of many files the lines by themselves take four times the room
        for path in paths:
            mode = "100644" if path in hashes else "0"
            lines += os.fsencode(f"{mode} {hashes.get(path, where.nothing)}\t{where.folder}{path}\0")
        return bytes(lines)

    def _packed(self, paths: Sequence[str], where: Where) -> dict[str, str]:
        """Put the contents of many files into git as one pack; the name of each."""
        from hashlib import new

        by = "sha256" if len(where.nothing) == len("0" * 64) else "sha1"
        names: dict[str, str] = {}
        stream = bytearray()
        root = str(self.root)
        for path in paths:
            with open(f"{root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - as in store
                data = file.readall()
            stream += b"blob\ndata %d\n" % len(data)
            stream += data
            stream += b"\n"
            names[path] = new(by, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
        # Else glibc hands the packer's memory back after each file and asks for it anew: two thirds of git's time.
        self.environment.setdefault("MALLOC_TOP_PAD_", _ROOM)
        stream += b"done\n"
        # Without "done" at its end the stream was cut off, and git refuses all of it.
        self.do("fast-import", "--quiet", "--done", "--depth=0", given=stream)
        return names

    def _stored(self, present: Sequence[str]) -> dict[str, str]:
        """Put the contents of files into git, each as an object of its own; the name of each."""
        given = "".join(f"{quoted(str(self.root / path))}\n" for path in present)
        said = (
            self.do("hash-object", "-w", "--no-filters", "--stdin-paths", given=os.fsencode(given)) if present else ""
        )
        return dict(zip(present, said.split("\n"), strict=False))

    def commit(self, tree: str, head: str | None, message: bytes) -> str:
        """A new commit of a *tree* after *head*; under a neutral name and at this moment where git takes no other."""
        words = ("commit-tree", tree, *(("-p", head) if head else ()), "-F", "-")
        said = self.ask(*words, given=message)
        if said.code:
            for role in ("AUTHOR", "COMMITTER"):
                self.environment |= {f"GIT_{role}_{part}": neutral for part, neutral in _NEUTRAL.items()}
                self.environment.pop(f"GIT_{role}_DATE", None)
            return self.do(*words, given=message)
        return said.out.strip("\n")

    def tree(self, head: str | None, entries: bytes, index: Path) -> str:
        """The tree of *head* with the *entries* in their places, put together in an *index* of our own."""
        if head:
            self.do("read-tree", head, index=index)
        self.do("update-index", "-z", "--index-info", given=entries, index=index)
        return self.do("write-tree", index=index)


def _between(section: str, names: Sequence[str]) -> list[str]:
    """The middle parts of those settings that have three: ``evil`` of ``filter.evil.clean``."""
    inside = (name.removeprefix(section) for name in names if name.startswith(section))
    return sorted({name.rpartition(".")[0] for name in inside if "." in name})


def _parcels(sizes: Iterable[tuple[bytes, int]]) -> Iterator[list[bytes]]:
    """Names of objects in parcels that together are not larger than what is read at once."""
    parcel, together = list[bytes](), 0
    for name, size in sizes:
        if parcel and together + size > AT_ONCE:
            yield parcel
            parcel, together = [], 0
        parcel.append(name)
        together += size
    if parcel:
        yield parcel


def objects(held: bytes) -> Iterator[tuple[str, bytes | None]]:
    """The objects that ``cat-file --batch`` prints: a line ``HASH KIND SIZE``, the bytes, a line break; or missing."""
    at = 0
    while at < len(held):
        end = held.index(b"\n", at)
        name, *about = held[at:end].decode("ascii", "replace").split(" ")
        at = end + 1
        if len(about) == 2:
            size = int(about[1])
            yield name, held[at : at + size]
            at += size + 1
        else:
            yield name, None


def _program(root: Path) -> str:
    found = program("git", root)
    if not found:
        raise NotCommitted(_("git is not installed"))
    return found


def quoted(path: str) -> str:
    """A path as git reads it from a list of lines."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _refused(complaint: str, root: Path) -> NotCommitted:
    """What git's complaint comes to, in the operator's language where it is a known one."""
    lock = _LOCKED.search(complaint)
    if lock:
        file = os.path.relpath(lock[1], root)
        remedy = _("look at it with: {command}").format(command="aftercare doctor")
        return NotCommitted(_("a lock was left in {file}").format(file=printable(file)), remedy)
    for known, sentence in _COMPLAINTS.items():
        if re.search(known, complaint):
            return NotCommitted(_(sentence).format(file=".git/config", command="git fsck"))
    return NotCommitted(_reason(complaint))


def _reason(complaint: str) -> str:
    """The line of git's complaint that says why, without signs that a terminal obeys."""
    lines = [line for line in complaint.splitlines() if line.startswith(("fatal: ", "error: "))] or [complaint.strip()]
    line = lines[0].removeprefix("fatal: ").removeprefix("error: ")
    return "".join(letter for letter in line if letter.isprintable()) or _("git failed without a word")
