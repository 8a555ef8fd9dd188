"""A terminal of its own for a command: how wide it is, and what is typed at it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shlex
import signal
import struct
import subprocess
import termios
from pathlib import Path

from tests.world import desk
from tests.world.desk import Ended

CTRL_C, CTRL_D = b"\x03", b"\x04"


def typed(book: Path, line: str, keys: bytes = b"", *, columns: int = 100, prompt: bytes = b"") -> Ended:
    """A line run at a terminal, where *keys* are typed once the *prompt* has come; ``out`` is the screen."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    running = subprocess.Popen(
        [*desk.PROGRAM, *shlex.split(line)],
        cwd=book,
        env={**desk.BARE, "PYTHONPATH": str(desk.ROOT), "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 - nothing else runs in a test's process
    )
    os.close(theirs)
    screen, patience = b"", 120
    try:
        while patience:
            if not select.select([ours], [], [], 0.5)[0]:
                # A key that is typed before the program waits for it may be missed; people type it again.
                patience -= 1
                if keys and prompt in screen:
                    os.write(ours, keys)
                continue
            try:
                more = os.read(ours, 65536)
            except OSError:  # the other side is gone
                break
            if not more:
                break
            screen += more
        else:
            running.kill()
    finally:
        os.close(ours)
    return Ended(running.wait(), screen.decode("utf-8", "replace").replace("\r\n", "\n"), "")


def _take_terminal() -> None:
    """Make the terminal one's own, so that its keys reach us as signals."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # also where the tests themselves run in a shell's background
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
