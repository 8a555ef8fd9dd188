"""Spreadsheets as they come: encodings, separators, blank rows, workbooks, and what is no spreadsheet."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aftercare.errors import InvalidInput
from aftercare.plain import sheet_rows, sheet_texts, sheets, workbooks
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


_SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def _saying(said: str, *, shared: bool = True, style: int = 0) -> bytes:
    """A workbook that says just this, in the words of XML, in the cell or among its shared texts; and names a style."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook(["x"]))) as packed, zipfile.ZipFile(out, "w") as changed:
        for part in packed.namelist():
            text = packed.read(part).decode()
            inline = f'<c r="A1" t="inlineStr"><is><t>{said}</t></is></c>'
            cell = '<c r="A1" t="s"><v>0</v></c>' if shared else inline
            text = re.sub('<c r="A1".*?</c>', cell, text)
            text = text.replace("</cellStyles>", f'<cellStyle name="x" xfId="{style}"/></cellStyles>')
            text = text.replace("</Types>", f'<Override PartName="/xl/shared.xml" ContentType="{_SHARED}"/></Types>')
            changed.writestr(part, text)
        texts = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{said}</t></si></sst>'
        changed.writestr("xl/shared.xml", texts)
    return out.getvalue()


@pytest.mark.parametrize("shared", [True, False])
def test_two_lines_of_an_address_became_one_with_signs_of_a_machine_in_it(shared: bool) -> None:
    """What other programs export has ``_x000D_`` where a line ends; on the label stood 文三路1号_x000D_."""
    said = {
        "文三路1号_x000D_\n3单元": "文三路1号\n3单元",
        "a_x000d__x000A_b": "a\nb",
        "_x005F_x000D_": "_x000D_",
        "Ax005F_7": "Ax005F_7",
        "_xD83D_": "_xD83D_",
        "_x00_x0009": "_x00_x0009",
    }
    for written, meant in said.items():
        assert read(_saying(written, shared=shared), "f").rows[0].cells == (meant,)


def test_a_script_read_another_programs_line_where_only_an_answer_is_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Of a style that is not there the reader of workbooks says so on stdout, where only our answer belongs."""
    assert _refused(_saying("x", style=7)) == [(1, "not-a-sheet")]
    assert capfd.readouterr() == ("", "")


def _refused(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(data, "f")
    return [(fault.line, fault.code) for fault in caught.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be-sig"])
def test_encodings(encoding: str) -> None:
    """CSV is read in UTF-8 and UTF-16 with their marks, and in the encoding of Chinese systems."""
    text = "姓名,电话\n王建国,138\n"
    data = (
        "\ufeff".encode("utf-16-be") + text.encode("utf-16-be")
        if encoding.endswith("be-sig")
        else text.encode(encoding)
    )
    assert read(data, "f").rows == (
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


def test_nothing() -> None:
    """What programs write for nothing is nothing; somebody of that name is somebody."""
    assert read(b"a,b,c,d\nnull,'null,NULL,Null\n", "f").rows[1].cells == ("", "", "", "Null")


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
        (b"a,b\n\xff\xff\xff,1\n", 2, "encoding"),
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
    monkeypatch.setattr(workbooks, "_UNPACKED", 0)
    assert _refused(_workbook(["a"])) == [(1, "too-large")]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet with more rows than the limit names the first row too many."""
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    assert _refused(b"a\n1\n2\n3\n") == [(3, "too-large")]


def test_western_letters() -> None:
    """The accents of Windows-1252 are not taken for Chinese, and what was found out is said."""
    data = "Customer,City\nPeña,Bogotá\nMuñoz,México\nMary,Caguas\n".encode("cp1252")
    sheet = read(data, "f")
    assert (sheet.rows[1].cells, sheet.encoding) == (("Peña", "Bogotá"), "Windows-1252")
    assert read("城市\n杭州\n".encode("gbk"), "f").encoding == "GB 18030"
    assert read("City\nBogotá\nSão Paulo\nPeñaflor\nÑuñoa\n".encode("gb18030"), "f").rows[3].cells == ("Peñaflor",)


def test_unicode_text_of_excel() -> None:
    """What a spreadsheet program calls Unicode text is UTF-16 parted by tabs."""
    assert read("单号\t姓名\r\n1\t李梅\r\n".encode("utf-16"), "f").rows[1] == Row(2, ("1", "李梅"))


def test_numbers_padded_with_tabs() -> None:
    """Marketplaces pad numbers with tabs so that nothing shortens them; the commas still part the cells."""
    data = b'a,b,c\n\t123456789012345678\t,\t1\t,"=""007"""\n\t2\t,\t3\t,="8"\n'
    assert [row.cells for row in read(data, "f").rows[1:]] == [("123456789012345678", "1", "007"), ("2", "3", "8")]


def test_decimal_commas() -> None:
    """Semicolons part the cells where amounts have a comma, and a first line may say what does."""
    assert read(b"a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", "f").rows[1].cells == ("1,5", "2,5", "3,5")
    assert read(b"sep=;\r\na;b\r\n1;2\r\n", "f").rows == (Row(2, ("a", "b")), Row(3, ("1", "2")))


def test_rows_of_separators() -> None:
    """Rows without a value, between others and at the end, are left out, and the rest keep their lines."""
    assert [row.line for row in read(b"a,b\n,\n1,2\n,,,,\n\n;;\n,\n", "f").rows] == [1, 3, 6]


def test_objects_a_line() -> None:
    """JSON with one object a line is a sheet below a header of its keys, those within others dotted."""
    first = b'{"id": 7, "to": {"name": "Li", "phones": ["1", "2"]}, "price": 10.50}'
    data = first + b'\n\n{"id": 8, "paid": true, "to": null}\n'
    assert read(data, "f").rows == (
        Row(0, ("id", "to.name", "to.phones", "price", "paid", "to")),
        Row(1, ("7", "Li", "1\n2", "10.50", "", "")),
        Row(3, ("8", "", "", "", "true", "")),
    )


@pytest.mark.parametrize(
    "line", [b'{"a": 1', b"[1]", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"{" + b'"a":{' * 5000, b'{"a": [' * 40]
)
def test_no_objects(line: bytes) -> None:
    """What is no object, or says one thing twice, is refused with its line."""
    assert _refused(b'{"a": 1}\n' + line + b"\n") == [(2, "json-syntax")]


def test_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote that is never closed, a line without end and a million columns are refused where they begin."""
    assert _refused(b'a,b\n1,"' + b"x,y\n" * 300_000) == [(2, "csv-syntax")]
    assert _refused(b"a,b\n" + b"x" * (sheet_texts.LONGEST_ROW + 1)) == [(2, "csv-syntax")]
    assert _refused(b"a,b\n1," + b"x" * (sheet_texts.LONGEST_CELL + 1) + b"\n") == [(2, "csv-syntax")]
    assert _refused(b"a,b\n" + b"," * 1_000_000 + b"x\n") == [(2, "too-large")]
    monkeypatch.setattr(sheet_rows, "MOST_COLUMNS", 2)
    assert _refused(_workbook(["a", "b"], ["1", "2", "3"])) == [(2, "too-large")]


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b'a,b\n"x"y,2\n', 2, "csv-syntax"),
        ("a,b\n\n\0,2\n".encode("utf-16"), 3, "not-a-sheet"),
        (b"\xff\xfea\0,\0b", 1, "encoding"),
        (b"\xef\xbb\xbfa,b\n1,\xff\n", 2, "encoding"),
        ("a,b\n李".encode("gb18030")[:-1], 2, "encoding"),
    ],
)
def test_spoilt_text(data: bytes, line: int, code: str) -> None:
    """Text that breaks its own rules is refused with the line where it does."""
    assert _refused(data) == [(line, code)]


_READ_IN_LITTLE = """
import sys
from pathlib import Path
from aftercare.errors import InvalidInput
from aftercare.plain import workbooks
from aftercare.plain.sheets import read
workbooks._MEMORY = 64 << 20
try:
    read(Path(sys.argv[1]).read_bytes(), "f")
except InvalidInput as error:
    (fault,) = error.faults
    print(fault.line, fault.code, fault.message)
"""


def test_a_workbook_that_unfolds_to_more_than_the_machine_has(tmp_path: Path) -> None:
    """A file of a hundred kilobytes took nine gigabytes, and with them whatever else ran on the shop's machine."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_workbook(["a"]))) as whole,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in whole.namelist():
            text = whole.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</row>", b"<c><v>1</v></c>" * 500_000 + b"</row>")
            new.writestr(name, text)
    assert len(packed.getvalue()) < 100_000
    (tmp_path / "f").write_bytes(packed.getvalue())
    said = subprocess.run(  # in a process of its own, which holds nothing yet that could be used again
        [sys.executable, "-c", _READ_IN_LITTLE, str(tmp_path / "f")], capture_output=True, text=True, check=True
    )
    assert said.stdout.split(maxsplit=2)[:2] == ["1", "too-large"]
    assert "64 MiB" in said.stdout
    assert len(bytearray(96 << 20)) == 96 << 20  # and nobody else is bound by it


def test_a_list_in_json_is_called_by_its_name() -> None:
    """Who exported from some web shop reads how to make rows of it, and nothing about quotes that are not closed."""
    assert _refused(b'[{"name": "a"}]') == _refused(b'[\n {"name": "a"}\n]') == [(1, "json-syntax")]
