"""Spreadsheets, as CSV, XLSX or JSONL, read into rows of text that know their lines.

A cell is the text a person sees in it, trimmed; a date cell of XLSX is its ISO text.  Nothing is guessed: a formula
whose value was not saved, a file in an unknown encoding or a quote that is never closed is refused with its line.
Time and memory are bounded by the limits here and in :mod:`~aftercare.plain.sheet_rows`, whatever a file holds.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from aftercare.language import _
from aftercare.plain.sheet_rows import Row, fault

__all__ = ["LARGEST", "MOST_ROWS", "Row", "Sheet", "read"]

LARGEST = 200 * 1024 * 1024
"""The largest file that is read, in bytes."""
MOST_ROWS = 200_000
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Sheet(NamedTuple):
    """The rows of a sheet, blank ones left out, and the names of the further sheets, which are not read.

    ``encoding`` is the one that a text was found to be in, where it was neither UTF-8 nor marked.
    """

    rows: tuple[Row, ...]
    others: tuple[str, ...] = ()
    encoding: str = ""


def read(data: bytes, file: str) -> Sheet:
    """The first sheet of a CSV, XLSX or JSONL file; InvalidInput, with *file* and the line, for anything else."""
    if len(data) > LARGEST:
        raise fault(file, 1, "too-large", _("the file is larger than {size} MiB; split it").format(size=LARGEST >> 20))
    if data.startswith(_OLD_EXCEL):
        raise fault(file, 1, "not-a-sheet", _("this is an old Excel file; save it as XLSX or CSV"))
    sheet = _sheet(data, file)
    if not sheet.rows:
        raise fault(file, 1, "empty-file", _("the file says nothing"))
    if len(sheet.rows) > MOST_ROWS:
        sentence = _("more than {count} rows; split the file").format(count=MOST_ROWS)
        raise fault(file, sheet.rows[MOST_ROWS].line, "too-large", sentence)
    return sheet


def _sheet(data: bytes, file: str) -> Sheet:
    if data.startswith(_ZIP):
        from aftercare.plain import workbooks

        rows, others = workbooks.first_sheet(data, file, MOST_ROWS + 1)
        return Sheet(rows, others)
    from aftercare.plain import sheet_texts

    text = sheet_texts.opened(data, file)
    return Sheet(tuple(islice(sheet_texts.rows(text, file), MOST_ROWS + 1)), (), text.found)
