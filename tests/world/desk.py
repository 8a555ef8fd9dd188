"""A desk at the small shop of :mod:`tests.counter`, to try the world around a command: real processes, real files."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.counter import FILES, TODAY

ROOT = Path(__file__).resolve().parent.parent.parent
BARE = {"AFTERCARE_TODAY": TODAY, "AFTERCARE_LANG": "en", "PATH": os.environ.get("PATH", os.defpath)}
"""All of the environment that a command at the desk gets, unless a test adds to it."""
PROGRAM = [sys.executable, "-P", "-m", "aftercare"]
HUNG = -999
"""The code of a command that did not end."""
CODES = frozenset({0, 1, 2, 3, 4, 5, 6, 70, 75, 130})
"""Every exit code of ``docs/cron.md``."""

READING = (
    "due", "due --within 7d --how", "due --since 1h", "due --format json", "balance", "check", "check book",
    "find 王", "customer list", "customer list --format json", "customer show CU26-0001", "customer timeline CU26-0001",
    "customer out-of-touch", "customer kindness", "customer benefits CU26-0001", "customer tree CU26-0001",
    "product list", "product units PR26-0001", "product services PR26-0001", "product quality PR26-0001",
    "sale list", "sale owed SA26-0001", "sale label SA26-0001", "unit list", "unit show SA25-0009/1",
    "unit card SA25-0009/1", "unit remedies SA25-0009/1", "delivery list", "delivery sheet DE26-0002",
    "installation list", "claim list", "claim check CL26-0001", "claim letter CL26-0001", "visit list",
    "complaint list", "promise list", "promise list --state overdue", "part list", "part stock", "wish list",
    "enquiry list", "offer list", "event list", "points list", "points balance", "staff list", "staff trainings",
    "quality", "policy list", "policy categories", "policy check", "policy upcoming", "policy explain CL26-0001",
)  # fmt: skip
"""Questions of every sort, to which the small shop has an answer."""
WRITING = (
    "customer add --name 赵六", "customer set CU26-0001 note=x", "customer remove CU26-0002 --yes",
    "staff add --name 钱七 --role service", "product add --name 灯 --category furniture",
    "sale add --customer CU26-0001 --product PR26-0002 --price 58", "delivery sign DE26-0002 --by 王建国",
    "delivery postpone DE26-0002 --to +2d --asked-by customer --reason rain", "delivery add --sale SA26-0001",
    "claim add --unit SA25-0009/1 --found-on 2026-03-09", "claim repair CL26-0001 in",
    "visit add --customer CU26-0001 --outcome reached", "visit remove VI26-0001 --yes",
    "promise add --to CU26-0001 --what other --words x --due +3d", "promise keep PM26-0001",
    "complaint add --customer CU26-0001 --what x",
)  # fmt: skip
"""Changes of every sort; one or two of them the small shop refuses."""


class Ended(NamedTuple):
    """How a process ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def is_clean(self) -> bool:
        """Whether it ended as ``docs/cron.md`` says, without a traceback."""
        return self.code in CODES and "Traceback" not in self.err and "unexpected fault" not in self.err


def opened(folder: Path, *, git: bool = False) -> Path:
    """The small shop's book in a new *folder*."""
    for file, text in FILES.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text.replace("git: no", f"git: {'yes' if git else 'no'}"), encoding="utf-8")
    if git:
        subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


def records(book: Path) -> dict[str, bytes]:
    """Every file of the book but the tool's own and git's."""
    found = (path.relative_to(book) for path in sorted(book.rglob("*")) if path.is_file() and not path.is_symlink())
    return {
        path.as_posix(): (book / path).read_bytes() for path in found if path.parts[0] not in {".aftercare", ".git"}
    }


def ran(book: Path, line: str, more: Mapping[str, str] | None = None, *, patience: float = 60) -> Ended:
    """A line typed at the desk, in a process of its own; :data:`HUNG` where it does not end in *patience* seconds."""
    return shell(book, PROGRAM, shlex.split(line), more, patience=patience)


def shell(
    book: Path, program: list[str], words: list[str], more: Mapping[str, str] | None = None, *, patience: float = 60
) -> Ended:
    """Another program, run as :func:`ran` runs ours."""
    environment = {**BARE, **(more or {}), "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(
            [*program, *words],
            cwd=book,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            check=False,
            preexec_fn=_feel_ctrl_c,
        )
    except subprocess.TimeoutExpired:
        return Ended(HUNG, "", "it did not end")
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def _feel_ctrl_c() -> None:
    """Where the tests run in the background of a shell it is switched off, for all that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def words(line: str) -> list[str]:
    """A line as the shell reads it."""
    return shlex.split(line)
