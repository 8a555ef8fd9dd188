"""Text into so many lines of so many columns: the weightiest is said in full, the rest as shortly as it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aftercare.plain.text import clip, printable, width

_INDENT = "    "
_OPENING, _CLOSING = "（「“《【", "，。；：）」”》】、！？"
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_PIECE = re.compile(
    rf" +|[(（][^()（）]{{1,20}}[)）][{_CLOSING}]*|[{_OPENING}]*(?:[^ {_WIDE}]+|[{_WIDE}])?[{_CLOSING}]*"
)
"""Where a line may be broken: after a word, and after any Han character with the marks that belong to it; what stands
in brackets stays together."""


class Passage(NamedTuple):
    """Something to be said: in full, or *briefly* where there is no room; the lowest *rank* weighs most."""

    rank: int
    full: str
    briefly: str = ""


NEEDED = 8
"""Below this rank a passage keeps a line for itself, however much the weightier ones have to say; from it on a passage
is said whole or not at all."""


def fitted(passages: Sequence[Passage], most: int, columns: int) -> list[str]:
    """The passages in their order, in at most *most* lines; those of the highest rank give way first."""
    order = sorted(range(len(passages)), key=lambda at: (passages[at].rank, at))
    needed = [at for at in order if passages[at].rank < NEEDED]
    said: dict[int, list[str]] = {}
    room = most
    for at in order:
        waiting = sum(other not in said for other in needed if other != at)
        said[at] = _as_long_as(passages[at], max(room - waiting, min(room, 1)), columns)
        room -= len(said[at])
    return [line for at in sorted(said) for line in said[at]]


def _as_long_as(passage: Passage, room: int, columns: int) -> list[str]:
    """The passage in full, else in brief, else, where it is needed, cut."""
    whole = wrapped(passage.full, columns)
    if len(whole) <= room:
        return whole
    brief = printable(passage.briefly or passage.full)
    if room < 1 or (passage.rank >= NEEDED and width(brief) > columns):
        return []
    return [clip(brief, columns)]


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns, all but the first indented; nothing hidden is left in it."""
    lines, line = [], ""
    for piece in _pieces(printable(text), columns - len(_INDENT)):
        if width(line + piece.rstrip()) > columns:
            lines += [line.rstrip()] if line.strip() else []
            line = _INDENT + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, columns: int) -> Iterator[str]:
    """What stays together, and what is too wide for a line of its own, in parts."""
    for piece in filter(None, _PIECE.findall(text)):
        rest = piece
        while width(rest) > columns:
            head = clip(rest, columns)[:-1] or rest[:1]
            yield head
            rest = rest[len(head) :]
        yield rest
