"""The rows of spreadsheets, whatever file they come from: their cells cleaned, their limits, and where a fault lies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aftercare.errors import Fault, InvalidInput
from aftercare.language import _
from aftercare.plain.cells import unguarded

MOST_COLUMNS = 2_000
"""The most cells of a row: what has more was parted at the wrong places."""
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)  # how some exports keep a spreadsheet from reading a number as a figure
_NOTHING = frozenset({"-", "--", "—", "——", "/", "null", "'null", "NULL", "N/A", "n/a", "NaN", "nan", "NaT", "<NA>"})
"""What programs and people write for nothing.  ``Null``, ``Nan`` and ``Na`` are names, ``NA`` a country."""
_SIMPLE = re.compile(r"[0-9A-Za-z\u3400-\u9fff](?:[0-9A-Za-z\u3400-\u9fff.:_@/,+#-]| (?! ))*(?<! )")
_LINES = re.compile(r"\r\n|\r|\n")
_REMEMBERED = 50_000


class Row(NamedTuple):
    """One row that holds something; ``line`` is its line in a CSV file, its row in an XLSX one, from 1."""

    line: int
    cells: tuple[str, ...]


class Cleaner:
    """Cleans the cells of one sheet.  What it has cleaned lately it knows, for most cells of a sheet come again:
    that is quicker, and keeps one text in memory instead of many.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def rows(self, line: int, cells: Sequence[str], file: str) -> Iterator[Row]:
        """The row with its cells cleaned, if it says anything."""
        if len(cells) > MOST_COLUMNS:
            sentence = _("the row has more than {count} cells").format(count=MOST_COLUMNS)
            raise fault(file, line, "too-large", sentence)
        known = self._known
        try:
            cleaned = tuple([known[cell] for cell in cells])
        except KeyError:
            if len(known) > _REMEMBERED:
                known.clear()
            for cell in cells:
                if cell not in known:
                    known[cell] = cell if _SIMPLE.fullmatch(cell) and cell not in _NOTHING else _cleaned(cell)
            cleaned = tuple([known[cell] for cell in cells])
        if any(cleaned):
            yield Row(line, cleaned)


def fault(file: str, line: int, code: str, sentence: str) -> InvalidInput:
    """The refusal of a file, at one of its lines."""
    return InvalidInput([Fault(file, line, code, sentence)])


def _cleaned(cell: str) -> str:
    text = cell.replace("\u00a0", " ").replace("\u3000", " ").replace("\ufeff", "").strip()
    quoted = _QUOTED.fullmatch(text)
    text = quoted[1] if quoted else unguarded(text)
    return "" if text.strip() in _NOTHING else "\n".join(" ".join(line.split()) for line in _LINES.split(text)).strip()
