"""Letting many files reach the disk at once: one question to the file system instead of one for each file."""

from __future__ import annotations

import os

MANY = 100
"""From so many files on it is sooner done for the whole file system than for each of them."""
_TELLS_OF_ERRORS = (5, 8)
"""The first Linux whose ``syncfs`` says when something could not be written."""


def all_at_once(here: int) -> bool:
    """Let everything written to the file system of an open folder reach its disk; False where that cannot be asked for.

    Then nothing is certain, and each file has to be asked for by itself.  OSError if the disk refuses.
    """
    import ctypes
    import sys

    if sys.platform != "linux" or _kernel() < _TELLS_OF_ERRORS:
        return False
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):  # a C library without it
        return False
    if syncfs(ctypes.c_int(here)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return True


def _kernel() -> tuple[int, ...]:
    """The version of the kernel, as far as it can be told."""
    parts = os.uname().release.split("-")[0].split(".")[:2]
    return tuple(int(part) for part in parts if part.isdecimal())
