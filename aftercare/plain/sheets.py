"""Spreadsheets, as CSV or XLSX, read into rows of text that know their lines.

A cell is the text a person sees in it, trimmed; a date cell of XLSX is its ISO text.  Nothing is guessed: a formula
whose value was not saved, a file in an unknown encoding or a quote that is never closed is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, NamedTuple

from aftercare.errors import Fault, InvalidInput, MissingExtra
from aftercare.language import _
from aftercare.plain import moments
from aftercare.plain.cells import unguarded

LARGEST = 20 * 1024 * 1024
"""The largest file that is read, in bytes."""
MOST_ROWS = 100_000
_LARGEST_UNPACKED = 10 * LARGEST
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)  # how some exports keep a spreadsheet from reading a number as a figure
_NOTHING = frozenset({"-", "--", "—", "——", "/"})


class Row(NamedTuple):
    """One row that holds something; ``line`` is its line in a CSV file, its row in an XLSX one, from 1."""

    line: int
    cells: tuple[str, ...]


class Sheet(NamedTuple):
    """The rows of a sheet, blank ones left out, and the names of the further sheets, which are not read."""

    rows: tuple[Row, ...]
    others: tuple[str, ...] = ()


def read(data: bytes, file: str) -> Sheet:
    """The first sheet of a CSV or XLSX file; InvalidInput, with *file* and the line, for anything else."""
    if len(data) > LARGEST:
        raise _fault(file, 1, "too-large", _("the file is larger than 20 MiB; split it"))
    if data.startswith(_OLD_EXCEL):
        raise _fault(file, 1, "not-a-sheet", _("this is an old Excel file; save it as XLSX or CSV"))
    sheet = _xlsx(data, file) if data.startswith(_ZIP) else Sheet(tuple(_csv(data, file)))
    if not sheet.rows:
        raise _fault(file, 1, "empty-file", _("the file says nothing"))
    if len(sheet.rows) > MOST_ROWS:
        sentence = _("more than {count} rows; split the file").format(count=MOST_ROWS)
        raise _fault(file, sheet.rows[MOST_ROWS].line, "too-large", sentence)
    return sheet


def _fault(file: str, line: int, code: str, sentence: str) -> InvalidInput:
    return InvalidInput([Fault(file, line, code, sentence)])


def _row(line: int, cells: Sequence[str]) -> Iterator[Row]:
    """The row with its cells cleaned, if it says anything."""
    cleaned = tuple(map(_cleaned, cells))
    if any(cleaned):
        yield Row(line, cleaned)


def _cleaned(cell: str) -> str:
    text = cell.replace("\u00a0", " ").replace("\u3000", " ").replace("\ufeff", "").strip()
    quoted = _QUOTED.fullmatch(text)
    text = quoted[1] if quoted else unguarded(text)
    return "" if text.strip() in _NOTHING else "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _csv(data: bytes, file: str) -> Iterator[Row]:
    import csv

    text = _decoded(data, file)
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip(" \r\n,;\t")), "")
    reader = csv.reader(lines, delimiter=max(_DELIMITERS, key=first.count), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield from _row(begins, cells)
            begins = reader.line_num + 1
    except csv.Error as error:
        sentence = _("the row cannot be told apart into cells: {reason}").format(reason=error)
        raise _fault(file, begins, "csv-syntax", sentence) from None


def _decoded(data: bytes, file: str) -> str:
    """The text of a CSV file, in UTF-8 or in the encoding of Chinese systems (GB 18030)."""
    if data.startswith(_UTF16):
        raise _fault(file, 1, "encoding", _("the file is UTF-16; save it as CSV in UTF-8"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        # csv counts lines as the file has them, not as Unicode could break them.
        return re.sub("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", text)
    if b"\0" in data:
        sentence = _("this is neither CSV nor XLSX")
        raise _fault(file, 1 + data.count(b"\n", 0, data.index(b"\0")), "not-a-sheet", sentence)
    raise _fault(file, 1, "encoding", _("the file is neither UTF-8 nor GB 18030; save it as CSV in UTF-8"))


def _xlsx(data: bytes, file: str) -> Sheet:
    """The first sheet of a workbook; of formulas the values that were saved with them."""
    import io
    import warnings
    import zipfile
    import zlib

    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(_("reading XLSX"), "xlsx", _("or save the sheet as CSV")) from None
    broken = (zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, SyntaxError, EOFError)
    try:
        _refuse_bomb(data, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep, such as styles, we do not need
            books = [openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=only) for only in (True, False)]
            values, formulas = (_cells(book.worksheets) for book in books)
            rows = tuple(_rows_of(values, formulas, file))
        return Sheet(rows, tuple(sheet.title for sheet in books[0].worksheets[1:]))
    except (*broken, RuntimeError, OSError) as error:  # a broken workbook fails in all these ways
        sentence = _("this is not a workbook that can be read: {reason}")
        raise _fault(file, 1, "not-a-sheet", sentence.format(reason=type(error).__name__)) from None


def _refuse_bomb(data: bytes, file: str) -> None:
    """Refuse a file that is small only as long as it is packed."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
            raise _fault(file, 1, "too-large", _("the file is larger than 20 MiB; split it"))


def _cells(sheets: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of the first sheet, whatever size it says it has, and no more than show that it is too long."""
    for sheet in sheets[:1]:
        sheet.reset_dimensions()
        yield from islice(sheet.iter_rows(values_only=True), 2 * MOST_ROWS)


def _rows_of(values: Iterator[tuple[Any, ...]], formulas: Iterator[tuple[Any, ...]], file: str) -> Iterator[Row]:
    pairs = list(zip(values, formulas, strict=False))
    wide = max((len(cells) for cells, __ in pairs), default=0)
    faults: list[Fault] = []
    for line, (cells, typed) in enumerate(pairs, start=1):
        if any(value is None and str(said)[:1] == "=" for value, said in zip(cells, typed, strict=False)):
            sentence = _("a formula without its value; open the file in a spreadsheet program and save it again")
            faults.append(Fault(file, line, "formula", sentence))
        yield from _row(line, [*map(_text, cells), *[""] * (wide - len(cells))])
    if faults:
        raise InvalidInput(faults)


def _text(value: Any) -> str:
    """What a person sees in a cell of a workbook."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moments.iso(value.date() if value.time() == time.min else value.replace(microsecond=0, tzinfo=None))
    if isinstance(value, date):
        return moments.iso(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:  # Excel keeps fifteen digits
        return str(int(value))
    return str(value)
