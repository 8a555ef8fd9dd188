"""The tool as ``aftercare`` on a path, started as fast as a fork, for tests that run hundreds of commands in a shell.

A server has every module of the tool loaded and has run none of it.  The program on the path hands it its own streams,
folder, environment and words; a fork of the server runs :func:`aftercare.cli.main` with them and gives the exit code
back.  What is tested is the tool as it is, but for the start of its interpreter.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

ROOT = Path(__file__).resolve().parent.parent
CLIENT = """\
import os, socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect({server!r})
mask = os.umask(0)
os.umask(mask)
said = [b"%d" % mask, os.fsencode(os.getcwd()), b"%d" % len(sys.argv[1:]), *map(os.fsencode, sys.argv[1:])]
said += [name + b"=" + value for name, value in os.environb.items()]
data = b"\\0".join(said)
socket.send_fds(line, [b"%12d" % len(data)], [0, 1, 2])
line.sendall(data)
os._exit((line.recv(1) or b"\\x89")[0])
"""


def install(tool: Path, server: Path) -> None:
    """Put the tool at *tool*, a program that asks the server at the socket *server*."""
    script = tool.with_name("aftercare.py")
    script.write_text(CLIENT.format(server=str(server)), encoding="utf-8")
    tool.write_text(f"#!/bin/sh\nexec '{sys.executable}' -IS '{script}' \"$@\"\n", encoding="utf-8")
    tool.chmod(0o755)


def started(where: Path) -> Iterator[Path]:
    """A server at the socket *where*, ready to answer; it ends when the generator goes on."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.quick", str(where)], cwd=ROOT, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout
        server.stdout.readline()
        try:
            yield where
        finally:
            server.kill()


def serve(where: str) -> None:
    """Answer at the socket *where* until we are ended."""
    import aftercare

    for module in walk_packages(aftercare.__path__, "aftercare."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(where)
    listening.listen(8)
    print("ready", flush=True)  # noqa: T201 - to whom started us
    while True:
        line, _address = listening.accept()
        if not os.fork():
            listening.close()
            _answer(line)
        line.close()


def _answer(line: socket.socket) -> None:
    """Run the command that the line asks for, in this process, which ends with it."""
    code = 70
    try:
        length, streams, _flags, _address = socket.recv_fds(line, 12, 3)
        data = b""
        while len(data) < int(length):
            data += line.recv(1 << 16)
        for stream, number in zip(streams, (0, 1, 2), strict=True):
            os.dup2(stream, number)
            os.close(stream)
        code = _run(data)
    finally:
        line.sendall(bytes([code]))
        os._exit(0)


def _run(data: bytes) -> int:
    mask, folder, count, *rest = data.split(b"\0")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.umask(int(mask))
    os.chdir(folder)
    os.environ.clear()
    for setting in rest[int(count) :]:
        name, _is, value = setting.partition(b"=")
        os.environb[name] = value
    time.tzset()
    sys.argv = ["aftercare", *map(os.fsdecode, rest[: int(count)])]
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), encoding="utf-8")  # noqa: SIM115
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), encoding="utf-8")  # noqa: SIM115
    sys.stderr = io.TextIOWrapper(open(2, "wb", closefd=False), encoding="utf-8", line_buffering=True)  # noqa: SIM115
    from aftercare.cli import main

    try:
        main(is_whole=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
