"""Files that the operator names on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from aftercare.errors import Fault, InvalidInput, NoSuchFile
from aftercare.language import _


def named_bytes(source: str) -> bytes:
    """What a file holds that was named on the command line; ``-`` is stdin."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise NoSuchFile(source, str(error.strerror)) from error


def named_text(source: str) -> str:
    """The same as text, which must be UTF-8."""
    data = named_bytes(source)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InvalidInput([Fault(source, line, "not-utf8", _("the text is not UTF-8"))]) from None
