"""Commands run under strace: with a fault at one system call, or stopped after each so that one can look around.

A command is a child of ours that has the program loaded already, and is followed from its first call in the book: that
saves the start of an interpreter for each of thousands of trials.  Its system calls are those of the program.
"""

from __future__ import annotations

import os
import pkgutil
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tests.torture.needs import need_strace

NAMES = ["rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"]
OPENS = ["open", "openat", "creat"]
CHANGES = [
    *(*NAMES, *OPENS, "write", "pwrite64", "writev", "fsync", "fdatasync", "truncate", "ftruncate", "fallocate"),
    *("chmod", "fchmod", "fchmodat", "symlink", "symlinkat", "utimensat", "flock", "copy_file_range", "sendfile"),
]
"""Calls that change a file, its name or a lock; of those that open, only the ones that open for writing are meant."""
READS = ["read", "pread64", "getdents64"]
PATIENCE = 60.0
_CALL = re.compile(r"(\d+) +(\w+)\((.*)")
_FROM_ROOT = re.compile(r'AT_FDCWD<[^>]*>, (?="/)')
_FOR_WRITING = re.compile(r"O_CREAT|O_WRONLY|O_RDWR|O_TRUNC")


class Run(NamedTuple):
    """How a command ended (a signal as its negative, None: it hung), what it printed, and the lines of its trace."""

    code: int | None
    out: str
    err: str
    trace: list[str]


class Call(NamedTuple):
    """One system call of a trace: its name, the how-many-th of that name in its process, and what it acts on."""

    name: str
    number: int
    on: str

    @property
    def changes(self) -> bool:
        """Whether it may change something."""
        return self.name in CHANGES and (self.name not in OPENS or bool(_FOR_WRITING.search(self.on)))


def load(*, traced: bool = True) -> None:
    """Load the whole program once, so that no command has to.  CannotTry where commands are *traced* and cannot be."""
    import aftercare

    if traced:
        need_strace()

    for module in pkgutil.walk_packages(aftercare.__path__, "aftercare."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in ("filelock", "csv", "shlex", "subprocess", "email.message"):
        import_module(name)


def run(
    words: Sequence[str],
    environment: Mapping[str, str],
    at: Path,
    *,
    strace: Sequence[str] = (),
    before: Callable[[], object] | None = None,
) -> Run:
    """``aftercare`` with these *words* in the folder *at*, to its end; traced where there are arguments for *strace*.

    *before* is called in the child, first of all: to lower a limit, or to harm instead of the program.
    """
    with _Started(words, environment, at, strace, before, stepwise=False) as started:
        code = started.wait(PATIENCE)
        return Run(code, *started.said(), started.lines())


def frozen(
    words: Sequence[str], environment: Mapping[str, str], root: Path, *, below: Path | None = None
) -> Iterator[tuple[str, Callable[[], Run]]]:
    """Run a command in *root* and stop it, and all that it started, after each call that changes something there.

    Or in the folder *below* which all lies that is looked at.

    At each stop the line of the trace is given; what is on the disk then is what is left if all of them are killed
    there.  The last line given is empty, with a function that tells how the command ended.
    """
    stops = ["-e", f"inject={_optional(CHANGES)}:signal=STOP"]
    arguments = [*traced(CHANGES), *stops]
    with _Started(words, environment, root, arguments, None, stepwise=True) as started:
        last: dict[str, str] = {}
        until = time.monotonic() + 10 * PATIENCE
        for line in started.follow():
            assert time.monotonic() < until, "a traced command hung"
            process, _space, rest = line.partition(" ")
            if "--- stopped by SIGSTOP" in rest:
                found = _CALL.match(last.get(process, ""))
                if found and _is_below(found[3], below or root) and Call(found[2], 0, found[3]).changes:
                    yield f"{found[2]}({found[3]}", started.end
                os.kill(int(process), signal.SIGCONT)
            elif not rest.lstrip().startswith("---"):
                last[process] = line if "resumed>" not in rest else last.get(process, line)
        yield "", started.end


def traced(calls: Sequence[str]) -> list[str]:
    """The arguments of strace that write down these *calls*, with the paths they act on."""
    return ["-y", "-s", "120", "-e", f"trace={_optional(calls)}", "-e", "signal=kill,int,term,stop"]


def injected(call: Call, fault: str, *, ever_after: bool = False) -> list[str]:
    """The arguments of strace for a *fault* (``signal=KILL``, ``error=EIO``) at a *call*, or from it on."""
    return ["-e", f"inject={call.name}:{fault}:when={call.number}{'+' if ever_after else ''}"]


def calls_in(trace: Sequence[str], root: Path) -> list[Call]:
    """The calls of a trace that act below *root* or print, each once, with their numbers in their processes."""
    counted: dict[tuple[str, str], int] = {}
    found: dict[tuple[str, int], Call] = {}
    for line in trace:
        match = _CALL.match(line)
        if not match:
            continue
        process, name, on = match.groups()
        number = counted[process, name] = counted.get((process, name), 0) + 1
        if _is_below(on, root) or (name == "write" and on.startswith("1<")):
            found.setdefault((name, number), Call(name, number, on))
    return list(found.values())


def _is_below(on: str, root: Path) -> bool:
    """Whether what a call acts on lies below *root*; the folder one stands in says nothing of an absolute path."""
    return str(root) in _FROM_ROOT.sub("", on)


def _optional(calls: Sequence[str]) -> str:
    """Names of calls for strace, which may lack some of them on some machines."""
    return ",".join(f"?{call}" for call in calls)


class _Started:
    """A command under way, and the strace that follows it."""

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        at: Path,
        strace: Sequence[str],
        before: Callable[[], object] | None,
        *,
        stepwise: bool,
    ) -> None:
        self.stepwise = stepwise
        self.stack = ExitStack()
        self.streams: list[BinaryIO] = [self._scratch() for _ in range(3)]
        sys.stdout.flush()
        sys.stderr.flush()
        waiting, go = os.pipe()
        self.ended: int | None = None
        self.process = os.fork()
        if self.process == 0:
            _become(words, environment, at, self.streams, waiting, before)
        os.close(waiting)
        self.tracer: subprocess.Popen[bytes] | None = None
        self.log: BinaryIO | None = None
        if strace:
            self._attach(strace)
        os.write(go, b"1")
        os.close(go)

    def _attach(self, strace: Sequence[str]) -> None:
        if self.stepwise:
            reading, writing = os.pipe()
            self.log = self.stack.enter_context(os.fdopen(reading, "rb"))
        else:  # a pipe that nobody reads meanwhile would fill up, and hold everything up
            self.log = self._scratch()
            writing = os.dup(self.log.fileno())
        self.tracer = subprocess.Popen(
            ["strace", "-f", *strace, "-o", f"/dev/fd/{writing}", "-p", str(self.process)],
            pass_fds=[writing],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        os.close(writing)
        assert self.tracer.stderr
        said = self.tracer.stderr.readline()
        if b"attached" not in said:
            os.kill(self.process, signal.SIGKILL)
            raise OSError(said.decode("utf-8", "replace").strip())

    def _scratch(self) -> BinaryIO:
        return self.stack.enter_context(tempfile.TemporaryFile())

    def __enter__(self) -> _Started:
        return self

    def __exit__(self, *_: object) -> None:
        if self.ended is None:
            self._kill()
            self.ended = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        if self.tracer:
            self.tracer.terminate()
            self.tracer.communicate()
        self.stack.close()

    def _kill(self) -> None:
        """Kill the command and what it started: they are a group of their own."""
        os.killpg(self.process, signal.SIGKILL)

    def wait(self, patience: float) -> int | None:
        """Its exit code; None if it took longer, and was killed.  What it started has ended then too."""
        until = time.monotonic() + patience
        pause = 0.001
        while True:
            found, status = os.waitpid(self.process, os.WNOHANG)
            if found:
                self.ended = os.waitstatus_to_exitcode(status)
                return self.ended
            if time.monotonic() > until:
                self._kill()
                self.ended = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
                return None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)

    def end(self) -> Run:
        """How it ended, once it has."""
        return Run(self.wait(PATIENCE), *self.said(), [])

    def follow(self) -> Iterator[str]:
        """The lines of the trace as they come."""
        assert self.log
        for line in self.log:
            yield line.decode("utf-8", "replace").rstrip("\n")

    def lines(self) -> list[str]:
        """All lines of the trace; git that outlives its killed parent is waited for."""
        if not self.log or not self.tracer:
            return []
        self.tracer.wait(PATIENCE)
        self.log.seek(0)
        return list(self.follow())

    def said(self) -> tuple[str, str]:
        """What it printed to its two streams."""
        for stream in self.streams:
            stream.seek(0)
        _given, out, err = (stream.read().decode("utf-8", "replace") for stream in self.streams)
        return out, err


def _become(
    words: Sequence[str],
    environment: Mapping[str, str],
    at: Path,
    streams: Sequence[BinaryIO],
    waiting: int,
    before: Callable[[], object] | None,
) -> None:
    """Turn this child into a run of ``aftercare``; it does not return."""
    code: object = 70
    try:
        os.setsid()
        os.umask(0o022)
        os.chdir(at)
        for number, stream in enumerate(streams):
            os.dup2(stream.fileno(), number)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))
        sys.argv = ["aftercare", *words]
        from aftercare.cli import main

        os.read(waiting, 1)
        os.close(waiting)
        if before:
            before()
        main(is_whole=True)
    except SystemExit as stop:
        code = stop.code
    except BaseException:  # noqa: BLE001 - whatever it is, a child of a fork must not go on
        import traceback

        traceback.print_exc()
        code = 1
    finally:
        os._exit(code if isinstance(code, int) else 1)
