"""Spreadsheets as they come: encodings, separators, blank rows, workbooks, and what is no spreadsheet."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from aftercare.errors import InvalidInput
from aftercare.plain import sheets
from aftercare.plain.sheets import Row, Sheet, read


def _workbook(*rows: list[Any], more: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if more:
        book.create_sheet(more)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _refused(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(data, "f")
    return [(fault.line, fault.code) for fault in caught.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(encoding: str) -> None:
    """CSV is read in UTF-8, with or without its mark, and in the encoding of Chinese systems."""
    assert read("姓名,电话\n王建国,138\n".encode(encoding), "f").rows == (
        Row(1, ("姓名", "电话")),
        Row(2, ("王建国", "138")),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str) -> None:
    """Comma, semicolon and tab part the cells, whichever the first row uses most."""
    assert read(f"a{delimiter}b\n1{delimiter}2\n".encode(), "f").rows[1].cells == ("1", "2")


def test_lines() -> None:
    """A row is named by the line on which it begins, past blank rows and cells of several lines."""
    data = b'a,b\n\n , \n"x\ny",1\r\nz,2\n'
    assert [row.line for row in read(data, "f").rows] == [1, 4, 6]


def test_cells_are_cleaned() -> None:
    """Spaces around a cell, an export's marks for text, and a dash for nothing are no part of what it says."""
    data = 'a,b,c,d\n\u3000x  y ,"=""0138""",\'0571,-\n'.encode()
    assert read(data, "f").rows[1].cells == ("x y", "0138", "0571", "")


def test_workbook() -> None:
    """A workbook's cells are what a person sees: whole numbers without a point, days and times in ISO, rows padded."""
    data = _workbook(
        ["a", "b", "c"], [13800138000.0, datetime(2026, 3, 4), datetime(2026, 3, 4, 18, 0)], [], [58.5], more="旧"
    )
    assert read(data, "f") == Sheet(
        (
            Row(1, ("a", "b", "c")),
            Row(2, ("13800138000", "2026-03-04", "2026-03-04T18:00")),
            Row(4, ("58.5", "", "")),
        ),
        ("旧",),
    )
    assert read(_workbook(["a"], [date(2026, 3, 4)]), "f").rows[1].cells == ("2026-03-04",)


def test_formula_without_value() -> None:
    """A formula whose value was never saved is not read as an empty cell."""
    assert _refused(_workbook(["a", "b"], [1, "=A2*2"])) == [(2, "formula")]


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 1, "empty-file"),
        (b"\n , \n", 1, "empty-file"),
        (b"a,b\n1,\0\n", 2, "not-a-sheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "not-a-sheet"),
        (b"PK\x03\x04 no zip", 1, "not-a-sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", 1, "not-a-sheet"),
        ("a,b".encode("utf-16"), 1, "encoding"),
        (b"a,b\n\xff\xff\xff,1\n", 1, "encoding"),
        (b'a,b\n1,2\n"x,y\n', 3, "csv-syntax"),
    ],
)
def test_not_a_sheet(data: bytes, line: int, code: str) -> None:
    """What is no spreadsheet is refused with one fault that says where and why."""
    assert _refused(data) == [(line, code)]


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is not read at all, and neither is a workbook that unpacks to far more than that."""
    monkeypatch.setattr(sheets, "LARGEST", 10)
    assert _refused(b"a,b\n1,2\n3,4\n") == [(1, "too-large")]
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "_LARGEST_UNPACKED", 100)
    assert _refused(_workbook(["a"])) == [(1, "too-large")]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet with more rows than the limit names the first row too many."""
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    assert _refused(b"a\n1\n2\n3\n") == [(3, "too-large")]
