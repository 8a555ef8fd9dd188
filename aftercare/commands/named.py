"""Files that the operator names on the command line."""

from __future__ import annotations

import os
import sys

from aftercare.errors import CannotWrite, Fault, InvalidInput, NoSuchFile
from aftercare.language import _

LARGEST = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""


def named_bytes(source: str) -> bytes:
    """What a file holds that was named on the command line; ``-`` is stdin.

    NoSuchFile where it cannot be read; InvalidInput for one that is larger than :data:`LARGEST`, or has no end.
    """
    data = sys.stdin.buffer.read(LARGEST + 1) if source == "-" else first_bytes(source, LARGEST + 1)
    if len(data) > LARGEST:
        sentence = _("the file is larger than {size} MiB; split it").format(size=LARGEST >> 20)
        raise InvalidInput([Fault(source, 1, "too-large", sentence)])
    return data


def first_bytes(source: str, most: int) -> bytes:
    """What a file holds, as far as *most* bytes; nothing, of a pipe into which nobody writes.  NoSuchFile otherwise."""
    try:
        # A pipe without a writer would make us wait for one; one whose writer is slow is waited for.
        descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        os.set_blocking(descriptor, True)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        raise NoSuchFile(source, str(getattr(error, "strerror", None) or error)) from error


def named_text(source: str) -> str:
    """The same as text, which must be UTF-8."""
    data = named_bytes(source)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InvalidInput([Fault(source, line, "not-utf8", _("the text is not UTF-8"))]) from None


def new_file(name: str, data: bytes) -> None:
    """Write a file that was not there, for the owner alone."""
    try:
        with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
    except OSError as error:
        raise CannotWrite(name, str(error.strerror)) from error
