"""The two streams: data to stdout, everything else to stderr, UTF-8 always, and nothing that moves a terminal.

This is the only module that prints.  What is for people goes through :func:`put` and :func:`say`, one line at a time,
so that no value can end its line and begin another; what is for machines through :func:`put_json`, whose escapes read
back as the value, and :func:`put_data`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import IO, Any, TextIO, cast

from aftercare.plain.patterns import late
from aftercare.plain.text import escaped, printable


def open_streams() -> None:
    """Write and read UTF-8 whatever the locale says; a stream that is closed is one that takes nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - lasts as long as we do
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace" if mode == "w" else "strict")
    stdout: Any = sys.stdout
    stdout.has_data = False


def has_put() -> bool:
    """Whether any data went to stdout since the streams were opened."""
    stdout: Any = sys.stdout
    return bool(getattr(stdout, "has_data", False))


def _write(text: str) -> None:
    stdout: Any = sys.stdout
    stdout.has_data = True
    stdout.write(text)


_acting = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What acts on a terminal; no value of a book may hold it, so exact formats lose nothing by showing it.

Only a question in SQL can make it.
"""


def terminal() -> TextIO:
    """Where a bar may be drawn that says how far we are; only for whoever sits at it."""
    return sys.stderr


@contextmanager
def through(
    begin: Callable[[], IO[bytes] | None],
    has_failed: Callable[[bool], bool],
    wait: Callable[[], None],
    columns: int,
    lines: int,
) -> Iterator[None]:
    """What is printed within goes to what *begin* gives, once it is longer than a screen of so many columns and lines.

    Where that *has failed* at once, all is printed without it.  What is said meanwhile is said afterwards, when *wait*
    has seen the screen free again.
    """
    from aftercare.render.paged import Paged

    terminal = sys.stdout
    paged = Paged(terminal, begin, has_failed, columns, lines)
    sys.stdout = cast("TextIO", paged)
    try:
        yield
    finally:
        sys.stdout = terminal
        paged.end()
        wait()
        for line in paged.said_meanwhile:
            say(line)


def put(line: str) -> None:
    """A line of data for people; whatever it holds it stays one line, and what is hidden in it is seen."""
    _write(f"{printable(line)}\n")


def put_lines(lines: Iterable[str]) -> None:
    """Lines of data for people, each as by :func:`put`."""
    for line in lines:
        put(line)


def put_data(text: str) -> None:
    """Data in a format whose values are exact and may have lines."""
    _write(_acting().sub(lambda found: ascii(found[0])[1:-1], text) + "\n")


def put_content(data: bytes) -> None:
    """Data in a format whose lines end with CR LF, as calendars and address books ask for."""
    shown = (_acting().sub(lambda found: ascii(found[0])[1:-1], line) for line in data.decode().split("\r\n"))
    _write("\r\n".join(shown))


def put_json(value: Any, indent: int | None = None) -> None:
    """A value as JSON; what is hidden in it is written as an escape, which reads back as the same value."""
    import json

    put_data(escaped(json.dumps(value, ensure_ascii=False, indent=indent), lambda char: json.dumps(char)[1:-1]))


def put_bytes(data: bytes) -> None:
    """Data that is no text."""
    _write("")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say(line: str) -> None:
    """A line for the operator, and no more than one, so that nothing in it can pass for another answer of ours.

    Data comes first.  Where it cannot be written the end of the run says so; where this line cannot, nobody reads it.
    """
    shown: Any = sys.stdout
    if getattr(shown, "is_paged", False):
        shown.said_meanwhile.append(line)
        return
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write(f"{printable(line)}\n")
        sys.stderr.flush()


def confirmed(question: str, *, default: bool = False) -> bool:
    """Whether the operator, at a terminal, says yes to a question of one line."""
    import click

    return click.confirm(printable(question), default=default, err=True)


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
