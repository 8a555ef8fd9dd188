"""What is written outside of the book, under names from the command line: exports, sheets, databases, papers.

It is killed after each of its calls there, each call is refused, and the disk is full.  Then each file is the old one
or the new one; where the command could say that it failed, all are the old ones, unless it says that they are written;
and the same line typed again makes all of them new, with nothing beside them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tests.every_verb import base_book, laid_out
from tests.torture import tracing
from tests.torture.figures import Figure
from tests.torture.lanes.errors import ERRORS, befalls
from tests.torture.lanes.full import PAGE, filled, small_disk
from tests.torture.stage import ENVIRONMENT, Tally, said_wrong
from tests.torture.tracing import CHANGES, READS, Call, Run

WRONG = ("lost", "torn", "stuck", "litter")
SAID = ("traceback", "silent", "wordy", "hang")
_MINE = {"notes.txt": b"mine\n", "sheets/notes.txt": b"mine\n", "set/kind=sales/mine.txt": b"mine\n"}
"""What the operator keeps beside."""


class Line(NamedTuple):
    """What is typed in the folder of the book; of how many calls, and pages of a disk, one is tried; whether files are
    there to replace.
    """

    words: list[str]
    stride: int = 1
    pages: int = 1
    replaces: bool = True


LINES = {
    "a new file": Line(["export", "customer", "../out/customers.csv"], pages=2, replaces=False),
    "a file replaced": Line(["export", "customer", "../out/customers.csv", "--force"], pages=2),
    "a paper": Line(["delivery", "sheet", "DE26-0002", "../out/sheet.html", "--force"], pages=4),
    "a database and what explains it": Line(["export", "all", "../out/shop.sqlite", "--metadata", "--force"], 2, 3),
    "new sheets": Line(["export", "all", "../out/sheets", "--to", "csv"], 8, 2, replaces=False),
    "sheets replaced": Line(["export", "all", "../out/sheets", "--to", "csv", "--force"], 8, 2),
    "tables replaced": Line(["export", "all", "../out/set", "--to", "parquet", "--force"], 320, 24),
}


class World:
    """A book and the folder beside it in which things are put, and what one line makes of it when nobody harms it."""

    def __init__(self, name: str, scratch: Path) -> None:
        self.name, self.line = name, LINES[name]
        self.base = scratch / "base" / name.replace(" ", "-")
        for folder in ("book", "out"):
            (self.base / folder).mkdir(parents=True, mode=0o700)
        laid_out(self.base / "book", base_book())
        if self.line.replaces:
            self.done(self.base, self.again)
        laid_out(self.base / "out", {file: data for file, data in _MINE.items() if self.has_folder(file)})
        for words in ("customer set CU26-0001 name=王建业", "customer set CU26-0002 name=单雪莲", "due"):
            self.done(self.base, words.split())
        self.old = held(self.base / "out")
        root = self.fresh(scratch / "clean")
        self.done(root, self.line.words)
        self.new = held(root / "out")
        assert self.new != self.old, name

    def has_folder(self, file: str) -> bool:
        """Whether the folder of a file is there, so that a file of the operator's may be."""
        return (self.base / "out" / file).parent.is_dir()

    @property
    def again(self) -> list[str]:
        """The line as it is typed a second time."""
        return [*dict.fromkeys([*self.line.words, "--force"])]

    def done(self, root: Path, words: list[str]) -> None:
        """Type what must succeed."""
        ran = self.run(root, words)
        assert ran.code == 0, ran

    def fresh(self, at: Path) -> Path:
        """The world before the line, in the folder *at*."""
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(self.base, at, symlinks=True)
        return at

    def run(self, root: Path, words: list[str], strace: list[str] | None = None) -> Run:
        """Type some words in the book."""
        return tracing.run(words, ENVIRONMENT, root / "book", strace=strace or ())


def held(out: Path) -> dict[str, bytes]:
    """All that lies there, hidden or not; of a folder that is empty its name."""
    found: dict[str, bytes] = {}
    for path in sorted(out.rglob("*")):
        if path.is_file():
            found[path.relative_to(out).as_posix()] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{path.relative_to(out).as_posix()}/"] = b""
    return found


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Killed, refused, full."""
    tracing.load()
    names = ["a file replaced", "sheets replaced"] if short else [one for one in LINES if _is_possible(one)]
    worlds = [World(name, scratch) for name in names]
    tally = Tally(2, "`kill -9` after each call of what is written outside of the book", "points", *WRONG, "missed")
    for world in worlds:
        _killed(tally, world, scratch, world.line.stride * (6 if short else 1))
    yield tally.figure()
    what = "`EIO` or `ENOSPC` at each call of what is written outside of the book"
    tally = Tally(2, what, "points", *WRONG, *SAID, "missed")
    for world in worlds:
        _refused(tally, world, scratch, world.line.stride * (8 if short else 2))
    yield tally.figure()
    what = "what is written outside of the book on a full disk, with 0 to 24 pages free"
    tally = Tally(2, what, "trials", *WRONG, *SAID)
    for world in worlds:
        for pages in (0, 3) if short else range(0, 25, world.line.pages):
            _full(tally, world, scratch, pages)
    yield tally.figure()


def _is_possible(name: str) -> bool:
    return name != "tables replaced" or find_spec("duckdb") is not None


def _killed(tally: Tally, world: World, scratch: Path, every: int) -> None:
    """Look at what is left if all is killed after one in *every* calls out there."""
    root = world.fresh(scratch / "trial")
    for number, (call, end) in enumerate(_frozen(world, root), 1):
        if not call:
            done = end()
            if done.code:
                tally.wrong("missed", f"{world.name}: {done}")
            break
        if number % every == 0 or every == 1:
            left = scratch / "left"
            shutil.rmtree(left, ignore_errors=True)
            shutil.copytree(root, left, symlinks=True)
            judge(tally, world, left, None, f"killed after {call[:160]}")


def _frozen(world: World, root: Path) -> Iterator[tuple[str, Callable[[], Run]]]:
    return tracing.frozen(world.line.words, ENVIRONMENT, root / "book", below=root / "out")


def _refused(tally: Tally, world: World, scratch: Path, every: int) -> None:
    """One in *every* calls refused, with an error that can befall it."""
    root = world.fresh(scratch / "trial")
    trace = world.run(root, world.line.words, tracing.traced([*CHANGES, *READS])).trace
    calls = tracing.calls_in(trace, root / "out")
    points = [
        (error, call)
        for error in ("EIO", "ENOSPC")
        for call in calls
        if befalls(error, call, ERRORS[error], ever_after=False)
    ]
    for error, call in points[:: every if len(points) > 60 else 1]:
        root = world.fresh(scratch / "trial")
        words = [*tracing.traced([call.name]), *tracing.injected(call, f"error={error}")]
        done = world.run(root, world.line.words, words)
        where = f"{error} at {call.name} {call.number}: {call.on[:140]}"
        if not any("(INJECTED)" in line for line in done.trace):
            tally.wrong("missed", f"{world.name}, {where}")
        judge(tally, world, root, done, where, call)


def _full(tally: Tally, world: World, scratch: Path, pages: int) -> None:
    """One trial with so many pages free."""
    at = scratch / "disk"
    with small_disk(at, "size=24m"):
        root = world.fresh(at / "world")
        with filled(at, pages * PAGE):
            done = world.run(root, world.line.words)
        judge(tally, world, root, done, f"{pages} pages free")


def judge(tally: Tally, world: World, root: Path, done: Run | None, where: str, call: Call | None = None) -> None:
    """What the harm did, what is there, and how it goes on; *done* is None where nobody was left to say anything."""
    tally.tried += 1
    where = f"{world.name}, {where}"
    for kind, why in said_wrong(done) if done else ():
        tally.wrong(kind, f"{where}: {why}")
    now = held(root / "out")
    for kind, why in wrong_with(world.old, world.new, now, done):
        tally.wrong(kind, f"{where}: {why}")
    again = world.run(root, world.again)
    if again.code:
        tally.wrong("stuck", f"{where}: {again.code} {again.err[-200:]}")
        return
    after = held(root / "out")
    different = sorted(file for file in after.keys() | world.new.keys() if after.get(file) != world.new.get(file))
    if different:
        kind = "litter" if all(file not in world.new for file in different) else "torn"
        tally.wrong(kind, f"{where}: after it was typed again {different[:5]}")


def wrong_with(
    old: Mapping[str, bytes], new: Mapping[str, bytes], now: Mapping[str, bytes], done: Run | None
) -> Iterator[tuple[str, str]]:
    """What is wrong with what lies there once the command is over: each file, and all of them together."""
    shown = {file: data for file, data in now.items() if not any(part.startswith(".") for part in file.split("/"))}
    for file in sorted(shown.keys() | old.keys() | new.keys()):
        if not file.endswith("/") and shown.get(file) not in (old.get(file), new.get(file)):
            yield "torn", f"{file} holds {shown.get(file, b'nothing')[:60]!r}"
    if done is None or done.code is None:
        return
    if done.code == 0 and shown != new:
        yield "lost", f"it was said to be done: {_differing(shown, new)}"
    if done.code and shown not in (dict(old), dict(new)):
        yield "torn", f"it was said to have failed: {_differing(shown, old)}"
    if done.code and "nothing was" in done.err and shown != old:
        yield "lost", f"it says that nothing was changed: {_differing(shown, old)}"


def _differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(file for file in one.keys() | other.keys() if one.get(file) != other.get(file))[:5]
