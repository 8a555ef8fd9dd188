"""The programs that are measured beside ours: how each gets the records, and its fastest command for each job."""

from __future__ import annotations

import math
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from aftercare import __version__
from bench import exports
from bench.records import LAST

Command = Callable[[Path, int], list[str]]
"""A command for the data in a folder and the number of a round."""
OURS = shlex.split(os.environ.get("AFTERCARE_PROGRAM", "")) or [sys.executable, "-m", "aftercare"]
"""Our program; ``AFTERCARE_PROGRAM`` names one that is installed as operators have it, which starts sooner."""
NEW_DUE = "2026-12-01"
"""When what the job ``add`` writes is due."""
_DAY = LAST.isoformat()


class Rival(NamedTuple):
    """Another program."""

    program: str
    write: Callable[[Path, exports.Made], None]
    commands: Mapping[str, Command]
    """Its command for each job that it can do."""

    @property
    def is_here(self) -> bool:
        """Whether it is installed."""
        return shutil.which(self.program) is not None


def ours(book: Path, *words: str) -> list[str]:
    """A command of ours on a book, on the last of its days."""
    return [*OURS, "-C", str(book), "--today", LAST.isoformat(), *words]


def _task(folder: Path, *words: str) -> list[str]:
    return ["task", f"rc:{folder}/taskrc", *words]


def _hours() -> str:
    """Todoman asks for what is due in so many hours from now; the last day began so many hours ago, or will."""
    return str(math.floor((datetime(LAST.year, LAST.month, LAST.day) - datetime.now()).total_seconds() / 3600) or -1)


def _todoman(folder: Path, *words: str) -> list[str]:
    return ["todoman", "--config", f"{folder}/config.py", *words]


def _recins(folder: Path, number: int) -> list[str]:
    values = {"Id": f"new{number}", "Kind": "promises", "Status": "open", "Due": NEW_DUE.replace("-", "")}
    flags = [word for name, value in values.items() for word in ("-f", name, "-v", value)]
    return ["recins", "-t", "Task", *flags, f"{folder}/tasks.rec"]


def _insert(folder: Path, number: int) -> list[str]:
    new = folder / "new.json"
    new.write_text(exports.new_row(number), encoding="utf-8")
    return ["sqlite-utils", "insert", f"{folder}/tasks.db", "tasks", str(new), "--pk", "id"]


def _recsel(folder: Path, _number: int) -> list[str]:
    late = f"Status = 'open' && Due < {_DAY.replace('-', '')}"
    return ["recsel", "-e", late, "-p", "Id,Customer,Due,Words", f"{folder}/tasks.rec"]


def _hledger(*words: str) -> Command:
    return lambda folder, _number: ["hledger", "-f", f"{folder}/tasks.journal", *words]


def _ledger(*words: str) -> Command:
    return lambda folder, _number: ["ledger", "-f", f"{folder}/tasks.journal", *words]


_OPEN = f"select id, customer, due, words from tasks where status = 'open' and due < '{_DAY}' order by due"

RIVALS: Mapping[str, Rival] = {
    "taskwarrior": Rival(
        "task",
        exports.taskwarrior,
        {
            "overdue": lambda folder, _number: _task(folder, "status:pending", f"due.before:{_DAY}", "list"),
            "add": lambda folder, number: _task(folder, "add", "project:promises", f"due:{NEW_DUE}", f"call {number}"),
        },
    ),
    "recutils": Rival("recsel", exports.recutils, {"overdue": _recsel, "add": _recins}),
    "hledger": Rival(
        "hledger",
        exports.ledger,
        {"overdue": _hledger("register", "-P", "-e", _DAY, "owed"), "check": _hledger("check")},
    ),
    "ledger": Rival("ledger", exports.ledger, {"overdue": _ledger("--pending", "-e", _DAY, "register", "owed")}),
    "beancount": Rival(
        "bean-check",
        exports.beancount,
        {
            "check": lambda folder, _number: ["bean-check", "--no-cache", f"{folder}/tasks.beancount"],
            "check-cached": lambda folder, _number: ["bean-check", f"{folder}/tasks.beancount"],
        },
    ),
    "todoman": Rival(
        "todoman",
        exports.todoman,
        {
            "overdue": lambda folder, _number: _todoman(folder, "list", "--due", _hours()),
            "add": lambda folder, number: _todoman(folder, "new", "--list", "shop", "--due", NEW_DUE, f"call {number}"),
            "version": lambda _folder, _number: ["todoman", "--version"],
        },
    ),
    "khard": Rival(
        "khard",
        exports.khard,
        {"customers": lambda folder, _number: ["khard", "--config", f"{folder}/khard.conf", "list"]},
    ),
    "sqlite-utils": Rival(
        "sqlite-utils",
        exports.sqlite_utils,
        {
            "overdue": lambda folder, _number: ["sqlite-utils", "query", f"{folder}/tasks.db", _OPEN],
            "add": _insert,
            "version": lambda _folder, _number: ["sqlite-utils", "--version"],
        },
    ),
}


def versions() -> dict[str, str]:
    """The version of each program that is here, ours first."""
    found = {"aftercare": __version__}
    for name, rival in RIVALS.items():
        if rival.is_here:
            said = subprocess.run([rival.program, "--version"], capture_output=True, text=True, check=False)
            number = re.search(r"\d+(?:\.\d+)+", said.stdout + said.stderr)
            found[name] = number.group() if number else "?"
    return found


def missing() -> list[str]:
    """The programs that are not installed."""
    return [name for name, rival in RIVALS.items() if not rival.is_here]
