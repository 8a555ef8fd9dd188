"""Harm to one call of the system, done to a command in a process of its own.

A trial forks, so everything is imported and read already; the child counts the calls by which the tool reaches the
disk, and harms one of them, or that one and all after it.  The same command on the same files makes the same calls, so
a trial for each number, until none is harmed, goes through every state in which a fault can find the disk.
"""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

CHANGING = (
    "mkdir",
    "rmdir",
    "create",
    "fdopen",
    "write",
    "fsync",
    "fchmod",
    "replace",
    "rename",
    "link",
    "unlink",
    "start",
)
"""Calls that change the disk; to be killed anywhere else finds the disk as one of these left it."""
LOOKING = ("open", "read", "fstat", "stat", "lstat", "listdir", "scandir", "flock")
"""Calls that do not, but may be refused."""
_NAMES = ("", *CHANGING, *LOOKING)
_REPORT = struct.Struct("qqq")  # calls so far, calls harmed, the name of the first harmed
_CREATING = os.O_CREAT | os.O_WRONLY | os.O_RDWR


class Harm(NamedTuple):
    """What is done to a call.

    ``signal`` is sent to the process before the call, or *after* it; else the call is refused with ``refusal``, an
    errno; else it is a write that takes only half.  ``ever``: not to one call alone, but to all that follow too.
    """

    name: str
    signal: int = 0
    refusal: int = 0
    after: bool = False
    ever: bool = False
    calls: tuple[str, ...] = CHANGING


ANYWHERE = (*CHANGING, *LOOKING)
KILL, KILL_AFTER = Harm("kill", signal.SIGKILL), Harm("kill after", signal.SIGKILL, after=True)
INTERRUPT, INTERRUPT_AFTER = Harm("INT", signal.SIGINT), Harm("INT after", signal.SIGINT, after=True)
TERMINATE = Harm("TERM", signal.SIGTERM)
SHORT = Harm("short write", calls=("write",))
REFUSALS = tuple(
    Harm(name, refusal=getattr(errno, name), calls=ANYWHERE)
    for name in ("EIO", "ENOSPC", "EACCES", "EROFS", "EMFILE", "EINTR", "EDQUOT")
)
REFUSALS_EVER = tuple(
    Harm(f"{name}+", refusal=getattr(errno, name), calls=ANYWHERE, ever=True) for name in ("EIO", "ENOSPC")
)


class Ended(NamedTuple):
    """How a harmed command ended.

    ``code`` is its exit code, or the number of the signal that killed it, negative; ``harmed`` how many calls were
    harmed, ``at`` the name of the first of them, ``calls`` how many there were of the kinds that count.
    """

    code: int
    out: str
    err: str
    harmed: int
    at: str
    calls: int

    @property
    def killed(self) -> bool:
        """Whether it had no say in its end."""
        return self.code < 0


def ended(folder: Path, arguments: Sequence[str], harm: Harm | None = None, at: int = 0) -> Ended:
    """Run a command of the tool in *folder*, in a process of its own, and harm its *at*-th call, counted from 1."""
    return forked(lambda: _command(arguments), folder, harm, at)


def forked(work: Callable[[], int], folder: Path, harm: Harm | None = None, at: int = 0) -> Ended:
    """The same for any *work* that gives an exit code."""
    return started(work, folder, harm, at).ended()


class Running(NamedTuple):
    """A process that was started; it must be waited for once."""

    child: int
    streams: tuple[int, int]
    report: mmap.mmap

    def ended(self) -> Ended:
        """How it ended, once it has."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        said = [_all_of(stream) for stream in self.streams]
        calls, harmed, name = _REPORT.unpack(self.report[:])
        self.report.close()
        return Ended(code, said[0], said[1], harmed, _NAMES[name], calls)


def started(work: Callable[[], int], folder: Path, harm: Harm | None = None, at: int = 0) -> Running:
    """Some *work* under way in *folder*, in a process of its own."""
    report = mmap.mmap(-1, _REPORT.size)
    streams = os.memfd_create("out"), os.memfd_create("err")
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _be_the_child(work, folder, streams, harm and _Harming(harm, at, report))
    return Running(child, streams, report)


def photographs(folder: Path, arguments: Sequence[str], picture: Callable[[], Any]) -> tuple[Ended, list[Any]]:
    """How a command ended that was not harmed; and what *picture* saw in *folder* before each call, and at the end.

    These are the calls after which a file is there, gone, or another one.  A process that is killed clears nothing up:
    each picture is what a kill at that moment would leave.
    """
    album = os.memfd_create("album")

    def work() -> int:
        seen: list[Any] = []
        visible = KILL._replace(calls=tuple(call for call in CHANGING if call not in {"fsync", "fchmod"}))
        _Harming(visible, 0, mmap.mmap(-1, _REPORT.size), lambda: seen.append(picture())).begin()
        code = _command(arguments)
        seen.append(picture())
        with os.fdopen(os.dup(album), "rb+") as kept:
            kept.write(pickle.dumps(seen))
        return code

    how = forked(work, folder)
    with os.fdopen(album, "rb") as kept:
        kept.seek(0)
        found: list[Any] = pickle.load(kept)  # noqa: S301 - our own child wrote it
    return how, found


def _all_of(stream: int) -> str:
    os.lseek(stream, 0, os.SEEK_SET)
    with os.fdopen(stream, "rb") as found:
        return found.read().decode("utf-8", "replace")


def _command(arguments: Sequence[str]) -> int:
    from aftercare.cli import main

    sys.argv = ["aftercare", *arguments]
    try:
        main(is_whole=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _be_the_child(work: Callable[[], int], folder: Path, streams: tuple[int, int], harming: _Harming | None) -> None:
    code = 97
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, stream in enumerate(streams, 1):
            os.dup2(stream, number)
        sys.stdin, sys.stdout, sys.stderr = (open(n, m, encoding="utf-8") for n, m in enumerate("rww"))  # noqa: SIM115, PTH123
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if harming:
            harming.begin()
        code = work()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as error:  # noqa: BLE001 - told as the tool itself would: by a traceback
        import traceback

        traceback.print_exception(error, file=sys.stderr)
        sys.stderr.flush()
    finally:
        os._exit(code)


class _Harming:
    """The calls of the child, counted in memory that its parent sees even when it is killed."""

    def __init__(self, harm: Harm, at: int, report: mmap.mmap, watching: Callable[[], None] = lambda: None) -> None:
        self.watching = watching
        self.harm = harm
        self.at = at
        self.report = report
        self.calls = self.harmed = self.first = 0

    def begin(self) -> None:
        """From here on calls count."""
        opening = os.open
        for name in {*CHANGING, *LOOKING} - {"create", "open", "fdopen", "flock", "start"}:
            setattr(os, name, self.counted(name, getattr(os, name)))
        fcntl.flock = self.counted("flock", fcntl.flock)
        looked, made = self.counted("open", opening), self.counted("create", opening)

        def opened(path: Any, flags: int, *more: Any, **named: Any) -> int:
            found: int = (made if flags & _CREATING else looked)(path, flags, *more, **named)
            return found

        os.open = opened
        subprocess.run = self.counted("start", subprocess.run)
        os.fdopen = self.buffered(os.fdopen)

    def buffered(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """Files that are written through a buffer: what is given to them is a write."""

        def opened(descriptor: int, mode: str = "r", *more: Any, **named: Any) -> Any:
            file = real(descriptor, mode, *more, **named)
            if "w" not in mode or "b" not in mode:
                return file
            return _Buffered(file, self.counted("fdopen", file.write))

        return opened

    def counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The call *real*, harmed when its turn has come."""
        if name not in self.harm.calls:
            return real

        def call(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            self.watching()
            its_turn = self.calls == self.at or (self.harm.ever and self.calls > self.at)
            if its_turn:
                self.harmed += 1
                self.first = self.first or _NAMES.index(name)
            self.report[:] = _REPORT.pack(self.calls, self.harmed, self.first)
            return self.harm_to(real, arguments, named) if its_turn else real(*arguments, **named)

        return call

    def harm_to(self, real: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """One call, harmed."""
        harm = self.harm
        if harm.refusal:
            raise OSError(harm.refusal, os.strerror(harm.refusal))
        if not harm.signal:
            return real(arguments[0], bytes(arguments[1])[: max(1, len(arguments[1]) // 2)])
        if not harm.after:
            os.kill(os.getpid(), harm.signal)
            return real(*arguments, **named)
        try:
            return real(*arguments, **named)
        finally:
            os.kill(os.getpid(), harm.signal)


class _Buffered:
    """A file for writing whose writes count."""

    def __init__(self, file: Any, write: Callable[..., Any]) -> None:
        self.file = file
        self.write = write

    def __enter__(self) -> _Buffered:
        self.file.__enter__()
        return self

    def __exit__(self, *raised: Any) -> Any:
        return self.file.__exit__(*raised)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)
