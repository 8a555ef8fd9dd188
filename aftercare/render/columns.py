"""A table as ``tabulate`` draws a simple one, drawn without it.

To load tabulate and its tables of widths takes longer than a short command takes for all the rest.  What most tables
hold is easily told how wide it is: Latin letters, and Han ones with their signs.  A table with anything else in it,
such as emoji or letters of many parts, is left to tabulate; ``tests/render/test_columns.py`` proves that nobody sees
who drew one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from aftercare.plain.text import width

_ROOM = 2
"""Columns that a title has to spare."""
_GAP = "  "
_EASY = (
    (" ", "~"), ("¡", "¬"), ("®", "ɏ"), ("‐", "‧"), ("‰", "⁞"), ("€", "€"), ("→", "→"),
    ("\u3000", "〠"), ("㐀", "䶿"), ("一", "鿿"), ("！", "～"), ("￥", "￥"),
)  # fmt: skip


def drawn(titles: Sequence[str], rows: Sequence[Sequence[str]], to_the_right: Sequence[bool]) -> list[str]:
    """The lines of a table: titles, a rule, rows; a column stands at the left, or *to_the_right* for what is counted.

    Every row has a cell for each title, and no cell breaks a line.
    """
    columns = list(zip(titles, *rows, strict=True))
    if not columns or not all(map(_is_easy, columns)):
        return _tabulated(titles, rows, to_the_right)
    made = [_column(column, right) for column, right in zip(columns, to_the_right, strict=True)]
    return [_GAP.join(cells).rstrip() for cells in zip(*made, strict=True)]


def _column(column: Sequence[str], to_the_right: bool) -> list[str]:
    """The title of a column, its rule and its cells, all of one width."""
    title, *cells = column
    cells = [cell.strip() for cell in cells]
    room = max(width(title) + _ROOM, *map(width, cells))
    made = [_filled(text, room, to_the_right) for text in (title, *cells)]
    return [made[0], "-" * room, *made[1:]]


def _filled(text: str, room: int, to_the_right: bool) -> str:
    spaces = " " * (room - width(text))
    return spaces + text if to_the_right else text + spaces


def _is_easy(texts: Iterable[str]) -> bool:
    """Whether it is plain how many columns of a terminal each of the texts takes."""
    return all(text.isascii() or all(map(_is_easy_letter, text)) for text in texts)


@cache
def _is_easy_letter(char: str) -> bool:
    return any(first <= char <= last for first, last in _EASY)


def _tabulated(titles: Sequence[str], rows: Sequence[Sequence[str]], to_the_right: Sequence[bool]) -> list[str]:
    from tabulate import tabulate

    aligned = ["right" if right else "left" for right in to_the_right]
    return tabulate(rows, headers=titles, tablefmt="simple", disable_numparse=True, colalign=aligned).split("\n")
