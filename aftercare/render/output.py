"""The two streams: data to stdout, everything else to stderr, UTF-8 always, and nothing that moves a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from aftercare.plain.text import printable


def open_streams() -> None:
    """Write and read UTF-8 whatever the locale says; a stream that is closed is one that takes nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - lasts as long as we do
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace" if mode == "w" else "strict")


def put(text: str) -> None:
    """A line of data."""
    sys.stdout.write(f"{text}\n")


def put_bytes(data: bytes) -> None:
    """Data that is no text."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say(text: str) -> None:
    """A line for the operator; several lines where the text has them, none that could pass for another program's.

    Data comes first.  Where it cannot be written the end of the run says so; where this line cannot, nobody reads it.
    """
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write("".join(f"{printable(line)}\n" for line in text.split("\n")))
        sys.stderr.flush()


def close_streams(code: int) -> int:
    """Flush what is left, and give the exit code: a stream that does not take our data is no success."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop(1)
    except OSError:
        _drop(1)
        code = code or 70
    try:
        sys.stderr.flush()
    except OSError:
        _drop(2)
    return code


def _drop(descriptor: int) -> None:
    """Let the interpreter's own last flush find an open stream, so that it has nothing to complain of."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
