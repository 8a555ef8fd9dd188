"""The first sheet of a workbook (XLSX), as the text that a person sees in its cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice, repeat
from typing import IO, Any

from aftercare.errors import Fault, InvalidInput, MissingExtra
from aftercare.language import _
from aftercare.plain import moments
from aftercare.plain.sheet_rows import Cleaner, Row, fault

_BROKEN = (zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, SyntaxError, EOFError)
_UNPACKED = 256 << 20
"""So large a workbook may be when it is unpacked: its texts are held all at once."""
_MEMORY = 512 << 20
"""So much memory may be taken while it is read: a small file can unfold to any size."""
_SHEETS = re.compile(r"xl/worksheets/.*\.xml")
_ESCAPED = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
"""How a workbook writes a character for which XML has no room, ``_x000D_``; what looks so has ``_x005F_`` first."""
_FORMULA = re.compile(rb"<(?:[a-z]+:)?f[ >/]")


def first_sheet(data: bytes, file: str, most: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Up to *most* rows of the first sheet, and the names of the others; of formulas the values saved with them."""
    try:
        import openpyxl as _openpyxl  # noqa: F401 - whether it is there
    except ImportError:
        raise MissingExtra(_("reading XLSX"), "xlsx", _("or save the sheet as CSV")) from None
    from aftercare.plain.memory import at_most

    try:
        with at_most(_MEMORY), zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _read(packed, data, file, most)
    except MemoryError:
        sentence = _("the workbook unfolds to more than {size} MiB; save the sheet as CSV, or split it")
        raise fault(file, 1, "too-large", sentence.format(size=_MEMORY >> 20)) from None
    except (*_BROKEN, RuntimeError, OSError) as error:  # a broken workbook fails in all these ways
        sentence = _("this is not a workbook that can be read: {reason}")
        raise fault(file, 1, "not-a-sheet", sentence.format(reason=type(error).__name__)) from None


def _read(packed: zipfile.ZipFile, data: bytes, file: str, most: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    import contextlib
    import warnings

    if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
        sentence = _("the file is larger than {size} MiB; split it").format(size=_UNPACKED >> 20)
        raise fault(file, 1, "too-large", sentence)
    # What openpyxl does not keep, such as styles, we do not need; of one that is not there it speaks on stdout.
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        book = _opened(data, data_only=True)
        typed: Iterator[tuple[Any, ...]] = repeat(())
        if _has_formulas(packed):
            typed = _cells(_opened(data, data_only=False).worksheets)
        rows = _rows(_cells(book.worksheets), typed, file, most)
    return rows, tuple(sheet.title for sheet in book.worksheets[1:])


def _opened(data: bytes, *, data_only: bool) -> Any:
    """The workbook with its texts as they stand: openpyxl would take ``x005F_`` out of any, as out of a number."""
    from openpyxl.cell.text import Text
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    class Exact(ExcelReader):
        def read_strings(self) -> None:
            contents: Any = self.package
            part = contents.find(SHARED_STRINGS)
            if part is None:
                return
            self.shared_strings = []
            text: Any = Text
            with self.archive.open(part.PartName[1:]) as source:
                for __, node in iterparse(source):
                    if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                        self.shared_strings.append(text.from_tree(node).content)
                        node.clear()

    reader = Exact(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


def _has_formulas(packed: zipfile.ZipFile) -> bool:
    """Whether any sheet holds a formula: only then it is read a second time, for what was typed."""
    for part in packed.infolist():
        if _SHEETS.fullmatch(part.filename):
            with packed.open(part) as text:
                if _says(text, _FORMULA):
                    return True
    return False


def _says(text: IO[bytes], what: re.Pattern[bytes]) -> bool:
    kept = b""
    while piece := text.read(1 << 20):
        if what.search(kept + piece):
            return True
        kept = piece[-16:]
    return False


def _cells(sheets: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of the first sheet, whatever size it says it has."""
    for sheet in sheets[:1]:
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)


def _rows(values: Iterator[tuple[Any, ...]], typed: Iterator[tuple[Any, ...]], file: str, most: int) -> tuple[Row, ...]:
    cleaner = Cleaner()
    found: list[Row] = []
    faults: list[Fault] = []
    # A sheet can have rows without end that say nothing; no more are read than show that it is too long.
    for line, (cells, said) in enumerate(islice(zip(values, typed, strict=False), 2 * most), start=1):
        if any(value is None and str(text)[:1] == "=" for value, text in zip(cells, said, strict=False)):
            sentence = _("a formula without its value; open the file in a spreadsheet program and save it again")
            faults.append(Fault(file, line, "formula", sentence))
        found += cleaner.rows(line, list(map(_text, cells)), file)
        if len(found) >= most:
            break
    if faults:
        raise InvalidInput(faults)
    wide = max((len(row.cells) for row in found), default=0)
    return tuple(
        row if len(row.cells) == wide else Row(row.line, row.cells + ("",) * (wide - len(row.cells))) for row in found
    )


def _text(value: Any) -> str:
    """What a person sees in a cell of a workbook."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, datetime):
        return moments.iso(value.date() if value.time() == time.min else value.replace(microsecond=0, tzinfo=None))
    if isinstance(value, date):
        return moments.iso(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:  # Excel keeps fifteen digits
        return str(int(value))
    return str(value)
