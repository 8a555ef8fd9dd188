"""What a harmed command left behind, judged: lost, torn, stuck, silent, traceback, litter, or nothing of the kind."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from aftercare.book.book import Book
from aftercare.book.shelf import read_record
from tests import every_verb
from tests.every_verb import Row
from tests.faults.injection import KILL, Ended, Harm, ended, forked, photographs

WRONGS = ("lost", "torn", "stuck", "silent", "traceback", "litter")
"""What must not be: a change that was said to be done and is not; one that is there in part, in a file or among
several; a book in which the command cannot be repeated or another is refused; a failure without a word, or with more
than one line and a remedy; a traceback; and files left lying about."""
NEXT = ("staff", "add", "--name", "后来者")
"""A command that has nothing to do with any other, to see whether the book still takes one."""
OWN_FILES = frozenset({"lock", "holder", ".gitignore", "pack.schema.json", "index-en.db", "index-en.stamp"})
"""What may lie in the tool's own folder when all is done; the schema is what a pack that was begun names."""
_TEMPORARY = re.compile(r"\.[0-9]+\.(?:tmp|new)$")
_FAULT = re.compile(r"[^\s:]+:[0-9]+: ")
INTERRUPTED = 130
_CODES = frozenset({2, 3, 4, 5, 75, INTERRUPTED})  # what may be said of the command line, the files or the lock


class Wrong(NamedTuple):
    """One thing that a trial found, with all that is needed to see it again."""

    what: str
    row: str
    harm: str
    at: int
    call: str
    more: str

    def __str__(self) -> str:
        return f"{self.what}: {self.row}, {self.harm} at call {self.at} ({self.call}): {self.more}"


class Bench:
    """One row on its book: what the files were, what the command makes of them, and a folder in which it is harmed."""

    def __init__(self, row: Row, scratch: Path, *, before: Mapping[str, bytes] | None = None) -> None:
        self.row = row
        self.folder = scratch / "book"
        self.temporary = scratch / "tmp"
        self.temporary.mkdir(parents=True)
        self.judged: set[object] = set()
        self.work: Callable[[], int] | None = None  # done in the place of the command, to see what is made of it
        self.old = dict(every_verb.base_book() if before is None else before)
        self.lay_out()
        self.as_old = as_read(self.folder)
        self.run_here()  # so that all is imported and known before anything is counted
        clean, self.seen = self.photographs()
        self.new = every_verb.files_of(self.folder)
        self.said = clean.err.splitlines()
        self.as_new = as_read(self.folder)
        self.clean = (clean.code, self.row.happened(self.new))

    def lay_out(self, files: Mapping[str, bytes] | None = None) -> None:
        """The book as it was, or as these *files* make it, whatever lies there now."""
        now = everything(self.folder)
        wanted = {**self.old, ".aftercare/.gitignore": b"*\n", ".aftercare/lock": b""} if files is None else files
        folders = {str(above) for file in wanted for above in Path(file).parents}
        for file in now.keys() - wanted.keys():
            (self.folder / file).unlink()
        for above, __, names in os.walk(self.folder, topdown=False):
            if not names and os.path.relpath(above, self.folder) not in folders and not os.listdir(above):  # noqa: PTH208
                Path(above).rmdir()
        every_verb.laid_out(self.folder, {f: data for f, data in wanted.items() if now.get(f) != data})
        shutil.rmtree(self.temporary)
        self.temporary.mkdir()

    @contextlib.contextmanager
    def standing(self) -> Iterator[None]:
        """In the book, with temporary files where they are looked for; afterwards this process has its own again."""
        before = tempfile.tempdir
        with every_verb.standing_in(self.folder, TMPDIR=str(self.temporary)):
            tempfile.tempdir = None
            try:
                yield
            finally:
                tempfile.tempdir = before

    def run_here(self) -> None:
        """The command, in this process."""
        with self.standing():
            every_verb.typed(self.row.line)

    def run(self, harm: Harm | None = None, at: int = 0, arguments: Iterable[str] = ()) -> Ended:
        """The command, or another, in a process of its own, harmed."""
        with self.standing():
            if self.work:
                return forked(self.work, self.folder, harm, at)
            return ended(self.folder, [*arguments] or self.row.argv, harm, at)

    def photographs(self) -> tuple[Ended, list[dict[str, bytes]]]:
        """How the command ends when nobody harms it, and each state of all files in which a kill can leave them."""
        self.lay_out()
        with self.standing():
            how, seen = photographs(self.folder, self.row.argv, lambda: everything(self.folder))
        return how, list({frozenset(state(files)): files for files in seen}.values())

    def killed_anywhere(self) -> Iterator[Wrong]:
        """What is wrong with any state in which a kill can leave the files.

        What comes of trying again is looked at once where the change does not count yet, and once where it does.
        """
        for files in reversed(self.seen):
            self.lay_out(files)
            for what, more in self.judge(Ended(-9, "", "", 1, "", 0), often=False):
                yield Wrong(what, self.row.name, "kill", 0, "", more)

    def trial(self, harm: Harm, at: int, *, often: bool = True) -> tuple[Ended, list[Wrong]]:
        """Harm the command once; what was wrong with it and with what it left."""
        self.lay_out()
        how, name = self.run(harm, at), self.row.name
        return how, [Wrong(what, name, harm.name, at, how.at, more) for what, more in self.judge(how, often=often)]

    def trials(self, harm: Harm, numbers: Iterable[int]) -> Iterator[tuple[Ended, list[Wrong]]]:
        """One trial for each number, as long as there are calls to be harmed."""
        for at in numbers:
            how, wrong = self.trial(harm, at)
            if not how.harmed:
                return
            yield how, wrong

    def judge(self, how: Ended, *, often: bool = True) -> Iterator[tuple[str, str]]:
        """All that is wrong after a harmed run: first what is there, then what comes of trying again."""
        left = everything(self.folder)
        yield from self.of_files(left)
        found = as_read(self.folder)
        is_new, is_old = found == self.as_new, found == self.as_old
        if not is_new and not is_old:
            yield "torn", f"as read it is neither the old book nor the new one: {differing(found, self.as_new)}"
        if how.code == 0 and not is_new:
            yield "lost", "it ended with 0, and its change is not there"
        yield from self.of_words(how, is_old=is_old)
        if how.harmed == 1 and 0 <= how.code != INTERRUPTED and how.at != "unlink":  # else it could not clear up
            yield from (("litter", file) for file in sorted(left) if _TEMPORARY.search(file))
        known = frozenset(state(left)) if often else is_new
        if known not in self.judged:
            self.judged.add(known)
            yield from self.of_next(is_new=is_new)

    def of_files(self, left: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
        """Every file but the tool's own is, byte for byte, the old one or the new one."""
        for file in left.keys() | self.old.keys() | self.new.keys():
            if _is_own(file) or _TEMPORARY.search(file):
                continue
            if left.get(file) not in (self.old.get(file), self.new.get(file)):
                yield "torn", f"{file} is {(left.get(file) or b'')[:60]!r}"

    def of_words(self, how: Ended, *, is_old: bool) -> Iterator[tuple[str, str]]:
        """A failure is said in one line and perhaps a remedy, and what it says of the book is so."""
        if "Traceback" in how.err or "unexpected" in how.err:
            yield "traceback", how.err[-300:]
        if how.killed or not how.code:
            return
        lines = [line for line in how.err.splitlines() if line not in self.said]
        own = [line for line in lines if not _FAULT.match(line) and str(self.temporary) not in line]
        if not lines or len(own) > 2 or how.code not in _CODES:
            yield "silent", f"{how.code}: {how.err[-300:]!r}"
        if "nothing was changed" in how.err and not is_old:
            yield "lost", f"it says that nothing was changed, and something was: {how.err[-200:]!r}"

    def of_next(self, *, is_new: bool) -> Iterator[tuple[str, str]]:
        """What was not done can be done now, what was done is built upon, and nothing is left lying about."""
        book = ("-C", "new") if self.row.verb == "init" else ()
        again = self.run(arguments=(*book, *NEXT) if is_new else ())
        if (again.code, "Traceback" in again.err) != (0, False):
            yield "stuck", f"{again.code} {again.err[-300:]!r}"
            return
        now = everything(self.folder)
        wanted = self.new | _added_by_next(self.new, "".join(book[1:])) if is_new else self.new
        records = {file: data for file, data in now.items() if not _is_own(file)}
        if records != wanted:
            strange = sorted(file for file in records.keys() | wanted.keys() if records.get(file) != wanted.get(file))
            kinds = {"litter" if _TEMPORARY.search(file) else "torn" for file in strange}
            yield from ((kind, f"after the next command: {strange}") for kind in sorted(kinds))
        if own := sorted(file for file in now if _is_own(file) and Path(file).name not in OWN_FILES):
            yield "litter", ", ".join(own)


def _is_own(file: str) -> bool:
    """Whether a file is the tool's own."""
    return ".aftercare" in Path(file).parts


def _added_by_next(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """The record that :data:`NEXT` makes after these, in the book in *folder*."""
    place = f"{folder}/staff/2026/".removeprefix("/")
    last = max((int(Path(file).stem[-4:]) for file in files if file.startswith(place)), default=0)
    name = f"ST26-{last + 1:04}"
    return {f"{place}{name}.yaml": f"id: {name}\nname: 后来者\n".encode()}


def state(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files without the numbers of processes, by which two states are told apart."""
    return ((_TEMPORARY.sub("", file), data) for file, data in files.items() if "holder" not in file)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, the tool's own and hidden ones too."""
    found: dict[str, bytes] = {}
    for above, __, names in os.walk(folder):
        place = Path(above).relative_to(folder).as_posix()
        for name in names:
            found[name if place == "." else f"{place}/{name}"] = Path(above, name).read_bytes()
    return found


def as_read(folder: Path) -> dict[str, Any]:
    """The book as the tool reads it: the bytes of each record, and what is wrong with them, and its own packs."""
    if not (folder / "aftercare.yaml").exists():
        return {}
    book = Book(folder)
    shelf = book.read()
    found: dict[str, Any] = {file: book.bytes_of(file) for file in (*book.files(), *book.policies())}
    made = [path.read_bytes() for path in (folder / "new").glob("*.yaml")]  # by init
    return {**found, "faults": shelf.faults, "made": made}


def as_read_of(files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """The same of a book with just these files."""
    every_verb.laid_out(folder, files)
    return as_read(folder)


def differing(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Where two books differ."""
    return sorted(file for file in found.keys() | wanted.keys() if found.get(file) != wanted.get(file))


@contextlib.contextmanager
def remembering() -> Iterator[None]:
    """Within this, a file that was parsed once is not parsed again while its bytes are the same: trials are many."""
    known: dict[tuple[str, bytes, str], Any] = {}

    def remembered(file: str, data: bytes, setting: Any) -> Any:
        key = file, data, repr(setting)
        if key not in known:
            known[key] = read_record(file, data, setting)
        return known[key]

    with (
        mock.patch("aftercare.book.book.read_record", remembered),
        mock.patch("aftercare.book.pen.read_record", remembered),
    ):
        yield


def counted(found: Iterable[tuple[Ended, list[Wrong]]]) -> tuple[int, Counter[str], list[Wrong]]:
    """How many trials there were, how often each thing went wrong, and each time of it."""
    trials, wrongs = 0, []
    for __, wrong in found:
        trials += 1
        wrongs += wrong
    return trials, Counter(wrong.what for wrong in wrongs), wrongs


def compound(bench: Bench, states: Iterable[Mapping[str, bytes]], stride: int = 1) -> tuple[int, list[Wrong]]:
    """Kill the command that finds each of these *states*, at every *stride*-th call: how many trials, what was wrong.

    Where the change counts as done already it is another command that finds it.
    """
    tried, wrong = 0, []
    for files in states:
        bench.lay_out(files)
        done = as_read(bench.folder) == bench.as_new
        for at in range(1, 1000, stride):
            bench.lay_out(files)
            how = bench.run(KILL, at, NEXT if done else ())
            if not how.harmed:
                break
            tried += 1
            if done:
                wrong += [Wrong(*one) for one in _after_next(bench, how, at)]
            else:
                wrong += [Wrong(w, bench.row.name, "two kills", at, how.at, more) for w, more in bench.judge(how)]
    return tried, wrong


def _after_next(bench: Bench, how: Ended, at: int) -> Iterator[tuple[str, str, str, int, str, str]]:
    """What is wrong where a change was done, and another command was killed upon it."""
    (file, data), *__ = _added_by_next(bench.new, "").items()
    found = as_read(bench.folder)
    if found not in (bench.as_new, {**bench.as_new, file: data}):
        yield "lost", bench.row.name, "two kills", at, how.at, str(differing(found, bench.as_new))
    if bench.run(arguments=NEXT).code or any(map(_TEMPORARY.search, everything(bench.folder))):
        yield "stuck", bench.row.name, "two kills", at, how.at, "the third command"
