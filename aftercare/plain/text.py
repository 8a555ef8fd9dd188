"""Text as people type it and as terminals show it: folding, visible escapes, display columns, numerals."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from aftercare.plain.patterns import late

if TYPE_CHECKING:
    import re
    from decimal import Decimal

_BREAKING = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"  # terminals obey them, or begin another line
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what follows is shown in another order
_EMPTY = "\u00ad\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_NO_COLUMN = ("Mn", "Me", "Cf")
_ELLIPSIS = "…"
_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LONGEST_PLACE = 9
_hidden = late(f"[{_BREAKING}{_TURNING}{_EMPTY}]+|[{_MARKS}]{{9,}}")  # marks in such a heap cover other lines
_hidden_in_lines = late(f"(?![\n\t])[{_BREAKING}{_TURNING}{_EMPTY}]")
_figure = late(r"-?[0-9]+(?:\.[0-9]+)?")
_MOST_DIGITS = 15
_IN_TENS = ("", *"一二三四五六七八九")


def fold(text: str) -> str:
    """The text with full-width letters, digits and signs made plain (NFKC), and no space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def for_ids(text: str) -> str:
    """The text as ids are read: folded, the Chinese comma ``、`` read as ``/``; capitals stay as they were typed."""
    return fold(text).replace("、", "/")


def printable(text: str) -> str:
    r"""The text with whatever is not seen, or changes how the rest is seen, as visible escapes (``\x1b``, ``\u202e``).

    A line break is escaped too, so that one value never fills two lines or repaints the terminal; and so are signs
    without a width, by which two names that look alike would differ.  What joins emoji and letters stays.
    """
    return text if text.isprintable() and _doubtful().isdisjoint(text) else _hidden().sub(_escaped, text)


def hidden(text: str) -> str:
    """The first character (``U+200B``) of what :func:`printable` shows as escapes; nothing where all is seen."""
    if text.isprintable() and _doubtful().isdisjoint(text):
        return ""
    found = _hidden().search(text)
    return f"U+{ord(found[0][0]):04X}" if found else ""


@cache
def _doubtful() -> frozenset[str]:
    """Characters that may have to be escaped although Unicode counts them, or may one day, among those that are seen.

    Most texts have none, and need no pattern: to make it takes longer than to show all of a short answer.
    """
    kinds = _TURNING + _EMPTY + _MARKS
    between = (range(ord(left[-1]), ord(right[0])) for left, right in pairwise(kinds.split("-")))
    return frozenset(kinds.replace("-", "")).union(chr(code) for codes in between for code in codes)


def escaped(text: str, how: Callable[[str], str]) -> str:
    """The text with what is hidden in it, but for line breaks and tabs, written *how* some format writes characters."""
    return _hidden_in_lines().sub(lambda found: how(found[0]), text)


def _escaped(found: re.Match[str]) -> str:
    return "".join(ascii(char)[1:-1] for char in found[0])


def width(text: str) -> int:
    """How many terminal columns the text takes: two for a Han or full-width character, none for a combining mark."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(char: str) -> int:
    if unicodedata.category(char) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clip(text: str, columns: int) -> str:
    """The text in at most so many columns; what had to be cut ends with ``…``."""
    if width(text) <= columns:
        return text
    kept, room = "", columns - width(_ELLIPSIS)
    for char in text:
        room -= _columns(char)
        if room < 0:
            break
        kept += char
    return kept + _ELLIPSIS if columns > 0 else ""


def pad(text: str, columns: int) -> str:
    """The text with spaces after it up to so many columns; a longer one is left as it is."""
    return text + " " * (columns - width(text))


def nth(text: str, count: int) -> int:
    """The place that plain digits name among *count*, counted from 1; 0 where they name none, or are none."""
    is_place = text.isascii() and text.isdigit() and len(text) <= _LONGEST_PLACE and int(text) <= count
    return int(text) if is_place else 0


def figure(text: str) -> Decimal:
    """The number that plain digits say, with decimals and a minus sign where it has them; ValueError for another text.

    It has so few digits that JSON, whose numbers are binary fractions, shows each of them.
    """
    from decimal import Decimal  # only who reads figures pays for it

    if len(text) > _MOST_DIGITS + 2 or not _figure().fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def number(text: str) -> int:
    """The whole number that plain digits or Chinese numerals up to 九十九 say; ValueError for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _NUMERALS:
        return _NUMERALS[text]
    tens, ten, ones = text.partition("十")
    if not ten or tens not in _IN_TENS or ones not in _IN_TENS:
        raise ValueError(text)
    return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)
