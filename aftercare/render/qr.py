"""The QR code of a record's id, as the path of a drawing, so that a page needs no picture."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import groupby
from typing import NamedTuple

EXTRA = "paper"
"""The extra that brings the library which makes the codes."""


class Code(NamedTuple):
    """An id and the drawing of its code: ``side`` modules wide and high, "" where there is no drawing."""

    text: str
    side: int
    path: str


def is_drawn() -> bool:
    """Whether codes can be drawn here."""
    return find_spec("segno") is not None


def code_of(text: str) -> Code:
    """The code of an id; a page without the library has the id alone, in large letters."""
    if not text or not is_drawn():
        return Code(text, 0, "")
    import segno

    matrix = segno.make_qr(text, error="m").matrix
    return Code(text, len(matrix), "".join(_row(number, row) for number, row in enumerate(matrix)))


def _row(number: int, modules: bytearray) -> str:
    """The dark modules of a row, each run of them one rectangle."""
    drawn, at = "", 0
    for is_dark, run in groupby(modules):
        length = sum(1 for __ in run)
        if is_dark:
            drawn += f"M{at} {number}h{length}v1h-{length}z"
        at += length
    return drawn
