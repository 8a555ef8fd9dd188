"""Cells of spreadsheets: a name that would be a formula there has a quote in front, until it comes back."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|'* *[\t\r]")
"""A text that a spreadsheet reckons, also where it takes off spaces, or quotes, or reads full-width signs."""
_FIGURE = re.compile(r"'*[0-9][0-9 ().\-]*")
"""Digits, before which spreadsheets put a quote so that they stay a text, such as those of a phone."""
_AMOUNT = re.compile(r"-(?:0|[1-9][0-9]*)\.[0-9]{2,3}")


def guarded(cell: str) -> str:
    """The cell with a quote in front where a spreadsheet would reckon it; a negative amount is what it is.

    :func:`unguarded` gives back every cell exactly.
    """
    if _AMOUNT.fullmatch(cell):
        return cell
    return f"'{cell}" if _FORMULA.match(cell) or unguarded(cell) != cell else cell


def held(cell: str) -> str:
    """As :func:`guarded`; a text of digits too has a quote in front, so that no spreadsheet shortens a phone."""
    return f"'{cell}" if _FIGURE.fullmatch(cell) and not cell.startswith("'") else guarded(cell)


def unguarded(cell: str) -> str:
    """The cell without the quote that keeps a spreadsheet from reckoning it; other quotes are part of a name."""
    rest = cell[1:]
    return rest if cell.startswith("'") and (_FORMULA.match(rest) or _FIGURE.fullmatch(rest)) else cell
