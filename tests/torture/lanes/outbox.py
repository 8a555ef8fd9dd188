"""Messages that go out while the command is killed, the disk refuses or the power is cut, and two runs at once.

The service is a file that notes what it took.  A message that was being sent is left to a person, as the command asks:
he looks at the service and moves it.  Then each message was taken once, and each contact is in the book once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from unittest import mock

from aftercare.book.book import Book
from aftercare.cli import run
from aftercare.records.visit import Visit
from tests.every_verb import base_book, laid_out
from tests.faults import injection
from tests.torture import tracing
from tests.torture.figures import Figure
from tests.torture.lanes.errors import ERRORS, befalls, sample
from tests.torture.lanes.full import PAGE, filled, small_disk
from tests.torture.lanes.power import copied, disk
from tests.torture.stage import ENVIRONMENT, Tally, said_wrong
from tests.torture.tracing import CHANGES, READS, Run

_WRONG = ("lost", "doubled", "half", "stuck", "litter")
_SAID = ("traceback", "silent", "wordy", "hang")
_CUSTOMERS = ["due", "--notify", "customers", "--what", "deliver", "--outbox", "../out"]
LINES = {
    "to customers": _CUSTOMERS,
    "to the shop": ["due", "--notify", "--outbox", "../out"],
    "sent by hand": [*_CUSTOMERS, "--sent"],
}
"""What is typed in the folder of the book."""
_SETTINGS = "customers: ['json://localhost/{phone}']\nshop: ['json://localhost/']\n"
_AT = datetime(2026, 3, 10, 10, 0)
_TRIES = 3


def _taken(_channel: object, _known: object, subject: str, text: str) -> bool:
    """The service takes a message, and needs a moment."""
    with Path(os.environ["SERVICE"]).open("a", encoding="utf-8") as log:
        log.write(f"{sha256(f'{subject}{text}'.encode()).hexdigest()}\n")
    Path(os.environ["HOME"], "beat").write_text("one more call at which all can be over")
    time.sleep(float(os.environ.get("SLOW", "0")))
    return True


class World:
    """A book, an outbox and a user in one folder, and what the command makes of them when nobody harms it."""

    def __init__(self, name: str, scratch: Path) -> None:
        self.name, self.words = name, LINES[name]
        self.base = scratch / "base" / name.replace(" ", "-")
        self.service = scratch / "service"
        for folder in ("book", "home/.config/aftercare"):
            (self.base / folder).mkdir(parents=True, mode=0o700)
        laid_out(self.base / "book", base_book())
        (self.base / "home" / "beat").touch()
        settings = self.base / "home/.config/aftercare/notify.yaml"
        if name == "sent by hand":
            self.run(self.base, self.words[:-1])
            self.taken_back(self.base)
        else:
            settings.write_text(_SETTINGS, "utf-8")
            settings.chmod(0o600)
        root = self.fresh(scratch / "clean")
        done = self.run(root)
        assert done.code == 0, done
        self.sent, self.told = self.log(), self.contacts(root)
        assert self.sent or self.told, name

    def fresh(self, at: Path) -> Path:
        """The world before the command, in the folder *at*."""
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(self.base, at, symlinks=True)
        self.taken_back(at)
        self.service.write_text("")
        return at

    def taken_back(self, root: Path) -> None:
        """Let the outbox be that of the book beside it, wherever both were copied to."""
        owner = root / "out" / ".book"
        if owner.exists() and owner.read_bytes():
            owner.write_bytes(os.fsencode((root / "book").resolve()) + b"\n")

    def environment(self, root: Path) -> dict[str, str]:
        """Of the user who lives in this world."""
        return {**ENVIRONMENT, "HOME": str(root / "home"), "SERVICE": str(self.service)}

    def run(self, root: Path, words: list[str] | None = None, strace: list[str] | None = None) -> Run:
        """The command, or other words."""
        return tracing.run(words or self.words, self.environment(root), root / "book", strace=strace or ())

    def log(self) -> Counter[str]:
        """What the service took."""
        return Counter(self.service.read_text("utf-8").split())

    def contacts(self, root: Path) -> Counter[str]:
        """What the book says was told."""
        shelf = Book(root / "book").read()
        assert not shelf.faults, shelf.faults[0]
        visits = [record for record in shelf.records.values() if isinstance(record, Visit)]
        return Counter(tag for visit in visits for tag in visit.tags)


def figures(scratch: Path, short: bool) -> Iterator[Figure]:
    """Killed, refused, full, cut, and two at once."""
    tracing.load()
    with _serving():
        worlds = [World(name, scratch) for name in LINES]
        tally = Tally(2, "`kill -9` of `due --notify` after each call", "points", *_WRONG, "missed")
        for world in worlds:
            _killed(tally, world, scratch, every=20 if short else 1)
        yield tally.figure()
        tally = Tally(2, "`EIO` or `ENOSPC` at each call of `due --notify`", "points", *_WRONG, *_SAID, "missed")
        for world in worlds:
            _refused(tally, world, scratch, every=6 if short else 1)
        yield tally.figure()
        yield _at_once(worlds[:2], scratch, 2 if short else 25)
        tally = Tally(2, "`due --notify` on a full disk, with 0 to 24 pages free", "trials", *_WRONG, *_SAID)
        for world in worlds:
            for pages in (0,) if short else range(25):
                _full(tally, world, scratch, pages)
        yield tally.figure()
        tally = Tally(1, "a power cut after each call of `due --notify`", "cuts", *_WRONG, "missed")
        for world in worlds[:1] if short else worlds:
            _cut(tally, world, scratch, every=24 if short else 1)
        yield tally.figure()


@contextmanager
def _serving() -> Iterator[None]:
    """Commands are children of ours: they find the service, and a clock that stands at ten."""
    with (
        mock.patch("aftercare.commands.sending.sent", _taken),
        mock.patch("aftercare.commands.sending.see_to_extra", return_value=None),
        mock.patch("aftercare.commands.session.Session.clock", return_value=_AT),
    ):
        yield


def _killed(tally: Tally, world: World, scratch: Path, every: int) -> None:
    """Look at what is left if all is killed after one in *every* calls."""
    root = world.fresh(scratch / "trial")
    for number, (call, end) in enumerate(_frozen(world, root), 1):
        if not call:
            done = end()
            if done.code:
                tally.wrong("missed", f"{world.name}: {done}")
            break
        if number % every == 0:
            tally.tried += 1
            log = world.service.read_text("utf-8")
            left = scratch / "left"
            shutil.rmtree(left, ignore_errors=True)
            shutil.copytree(root, left, symlinks=True)
            _judge(tally, world, left, None, f"killed after {call[:160]}")
            world.service.write_text(log, "utf-8")


def _frozen(world: World, root: Path) -> Iterator[tuple[str, Callable[[], Run]]]:
    return tracing.frozen(world.words, world.environment(root), root / "book", below=root)


def _refused(tally: Tally, world: World, scratch: Path, every: int) -> None:
    """Each call refused, with an error that can befall it."""
    root = world.fresh(scratch / "trial")
    trace = world.run(root, strace=tracing.traced([*CHANGES, *READS])).trace
    calls = [call for call in tracing.calls_in(trace, root) if "/beat" not in call.on]
    points = [
        (error, call)
        for error in ("EIO", "ENOSPC")
        for call in sample(calls, short=every > 1)
        if befalls(error, call, ERRORS[error], ever_after=False)
    ]
    for error, call in points[::every]:
        where = f"{error} at {call.name} {call.number}: {call.on[:140]}"
        for before in range(_TRIES):  # one that waits for nobody makes a call or two less than the one traced
            root = world.fresh(scratch / "trial")
            fault = tracing.injected(call._replace(number=call.number - before), f"error={error}")
            done = world.run(root, strace=[*tracing.traced([call.name]), *fault])
            if any("(INJECTED)" in line for line in done.trace):
                break
        else:
            tally.wrong("missed", f"{world.name}, {where}")
        tally.tried += 1
        _judge(tally, world, root, done, where)


def _full(tally: Tally, world: World, scratch: Path, pages: int) -> None:
    """One trial with so many pages free."""
    at = scratch / "disk"
    with small_disk(at, "size=16m"):
        root = world.fresh(at / "world")
        with filled(at, pages * PAGE):
            done = world.run(root)
        tally.tried += 1
        _judge(tally, world, root, done, f"{pages} pages free")


def _cut(tally: Tally, world: World, scratch: Path, every: int) -> None:
    """Cut the power after one in *every* calls, and at the end; the service is elsewhere, and has its own."""
    with disk(scratch / "disk") as (image, mounted):
        root = world.fresh(mounted / "world")
        subprocess.run(["sync", "-f", str(mounted)], check=True)
        for number, (call, end) in enumerate(_frozen(world, root), 1):
            done = end() if not call else None
            if not done and number % every:
                continue
            tally.tried += 1
            log = world.service.read_text("utf-8")
            with copied(image, scratch) as left:
                _judge(tally, world, left / "world", done, f"cut after {call[:160] or 'it was done'}")
            world.service.write_text(log, "utf-8")


def _at_once(worlds: list[World], scratch: Path, rounds: int) -> Figure:
    """Two runs that begin together, cron and a person; the service is slow."""
    tally = Tally(3, "two runs of `due --notify` at once", "runs", *_WRONG, "failed")
    for world in worlds:
        for _round in range(rounds):
            root = world.fresh(scratch / "trial")
            environment = {**world.environment(root), "SLOW": "0.02"}
            with mock.patch.dict(os.environ, environment):
                runs = [injection.started(partial(_type, world), root / "book") for _ in range(2)]
            for end in [one.ended() for one in runs]:
                tally.tried += 1
                if end.code not in {0, 75}:
                    tally.wrong("failed", f"{world.name}: {end.code} {end.err}")
            _judge(tally, world, root, None, "two at once")
    return tally.figure()


def _type(world: World) -> int:
    return run(world.words)


def _judge(tally: Tally, world: World, root: Path, done: Run | None, where: str) -> None:
    """What the harm did, what is there, and how it goes on."""
    where = f"{world.name}, {where}"
    world.taken_back(root)
    for kind, why in said_wrong(done) if done else ():
        tally.wrong(kind, f"{where}: {why}")
    if done and done.code == 0 and (world.log() != world.sent or world.contacts(root) != world.told):
        tally.wrong("lost", f"{where}: it was said to be done")
    for half in _halves(root / "out"):
        tally.wrong("half", f"{where}: {half}")
    after = _goes_on(world, root)
    if after:
        tally.wrong(after.partition(":")[0], f"{where}: {after}")


def _halves(out: Path) -> list[str]:
    """Messages without their end; of a list that was sent only the name stays."""
    return [
        str(file.relative_to(out))
        for file in out.rglob("*.txt")
        if not (text := file.read_text("utf-8", "replace")).endswith("\n") and (text or file.parent.name != "sent")
    ]


def _goes_on(world: World, root: Path) -> str:
    """What is wrong once a person has done what the command asks, and it has run again, and once more."""
    sending = root / "out" / "sending"
    first = world.run(root)
    if first.code == 5 and sending.is_dir():
        took = world.log()
        for file in sorted(sending.glob("*.txt")):
            place = root / "out" / ("sent" if took[_hash_of(file)] else "failed")
            place.mkdir(exist_ok=True)
            file.rename(place / file.name)
        first = world.run(root)
    again = world.run(root)
    if (first.code, again.code, again.out) != (0, 0, ""):
        return f"stuck: {first.code} {first.err[-200:]} {again.code} {again.out} {again.err[-200:]}"
    log, told = world.log(), world.contacts(root)
    if world.sent - log or world.told - told:
        return f"lost: {world.sent - log} {world.told - told}"
    if log - world.sent or told - world.told:
        return f"doubled: {log - world.sent} {told - world.told}"
    left = [str(file.relative_to(root / "out")) for file in (root / "out").rglob("*") if file.is_file()]
    more = [file for file in left if file not in {".book", ".lock"} and not file.startswith("sent/")]
    return f"litter: {more}" if more else ""


def _hash_of(file: Path) -> str:
    head, _gap, text = file.read_text("utf-8").partition("\n\n")
    subject = next(line.partition(": ")[2] for line in head.split("\n") if line.startswith("Subject: "))
    return sha256(f"{subject}{text.removesuffix(chr(10))}".encode()).hexdigest()
