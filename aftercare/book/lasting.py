"""Letting many files reach the disk at once: one question to the file system instead of one for each file."""

from __future__ import annotations

import os
from pathlib import Path

from aftercare.book.programs import program

MANY = 100
"""From so many files on it is sooner done for the whole file system than for each of them."""
_TELLS_OF_ERRORS = (5, 8)
"""The first Linux whose ``syncfs`` says when something could not be written."""


def all_at_once(root: Path) -> bool:
    """Have everything that was written to the file system of *root* on its disk, by the system's own ``sync -f``.

    False where that cannot be asked for, or did not succeed: then each file has to be asked for.
    """
    if os.uname().sysname != "Linux" or _kernel() < _TELLS_OF_ERRORS:
        return False
    sync = program("sync", root)
    if not sync:
        return False
    import subprocess

    done = subprocess.run([sync, "-f", "."], cwd=root, capture_output=True, check=False)  # noqa: S603 - an absolute program
    return done.returncode == 0


def _kernel() -> tuple[int, ...]:
    """The version of the kernel, as far as it can be told."""
    parts = os.uname().release.split("-")[0].split(".")[:2]
    return tuple(int(part) for part in parts if part.isdecimal())
