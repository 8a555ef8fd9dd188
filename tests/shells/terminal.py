"""A shell at a terminal, at which a test types: what is completed is seen by what the shell then runs."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_PROGRAM = """\
#!/bin/sh
if [ -n "$_AFTERCARE_COMPLETE" ]; then
    exec {python} -m aftercare "$@"
fi
printf 'ran:'; printf '<%s>' "$@"; echo :end
"""
_PATIENCE = 20


def program_in(folder: Path) -> Path:
    """A program that completes as ours does, and says with which words it is run; the folder it lies in."""
    folder.mkdir()
    file = folder / "aftercare"
    file.write_text(_PROGRAM.format(python=sys.executable))
    file.chmod(0o755)
    return folder


class Terminal:
    """A shell that runs at a terminal of its own."""

    def __init__(self, argv: Sequence[str], folder: Path, programs: Path, more: Mapping[str, str]) -> None:
        environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(programs),
            "TERM": "xterm",
            "PS1": "$ ",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "AFTERCARE_LANG": "en",
            **more,
        }
        self.process, self._end = pty.fork()
        if not self.process:  # pragma: no cover - the other process
            os.chdir(folder)
            os.execvpe(argv[0], list(argv), environment)  # noqa: S606 - a shell is what is tried
        self.seen = ""

    def type(self, text: str, until: str) -> str:
        """Type, and give what is shown from then on until something is shown."""
        before = len(self.seen)
        os.write(self._end, text.encode())
        return self.shows(until, before)

    def shows(self, until: str, since: int = 0) -> str:
        """What was shown until something is shown."""
        deadline = time.monotonic() + _PATIENCE
        while until not in self.seen[since:]:
            if not select.select([self._end], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"{until!r} is not shown in {self.seen[since:]!r}")
            self.seen += os.read(self._end, 65536).decode(errors="replace")
        return self.seen[since:]

    def close(self) -> None:
        """Hang up."""
        os.close(self._end)
        os.waitpid(self.process, 0)
