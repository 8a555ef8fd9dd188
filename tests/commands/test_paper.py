"""``delivery sheet`` and ``sale label``: what is meant, in whose language, and where it is written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from aftercare import language
from aftercare.cli import run
from tests.the_index import but_for_it

FILES = {
    "aftercare.yaml": "country: CN\ncurrency: CNY\ngit: no\nlanguage: zh\nshop: {name: 阳光家电, phone: 0571-8800}\n",
    "customers/2026/CU26-0001.yaml": "id: CU26-0001\nname: 王建国\nphones: [13800138000]\nlanguage: English\n",
    "customers/2026/CU26-0002.yaml": "id: CU26-0002\nname: 李梅\n",
    "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 空调\ncategory: air_conditioner\n",
    "sales/2026/SA26-0001.yaml": (
        "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-03\ntold: {deliver: {by: 2026-03-12}}\nitems:\n"
        "- {product: PR26-0001, price: 3299.00, serial: KF35-1}\n- {product: PR26-0001, qty: 12}\n"
    ),
    "sales/2026/SA26-0002.yaml": (
        "id: SA26-0002\ncustomer: CU26-0002\nsold_on: 2026-03-04\nitems: [{product: PR26-0001}]\n"
    ),
    "sales/2026/SA26-0003.yaml": (
        "id: SA26-0003\ncustomer: CU26-0002\nsold_on: 2026-03-04\nitems: [{product: PR26-0001}]\n"
        "cancelled: {on: 2026-03-05}\n"
    ),
    "deliveries/2026/DE26-0001.yaml": (
        "id: DE26-0001\nsale: SA26-0001\narranged_on: 2026-03-03\nitems: [{item: 2, qty: 5}]\n"
        "signed: {by: 王建国, at: 2026-03-04}\n"
    ),
    "deliveries/2026/DE26-0002.yaml": "id: DE26-0002\nsale: SA26-0001\narranged_on: 2026-03-05\n",
}


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small book, in which the commands run on 10 March 2026."""
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    monkeypatch.delenv("AFTERCARE_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    return tmp_path


@pytest.mark.parametrize("ref", ["DE26-0002", "de26-2", "2", "SA26-0001", "KF35-1", "王建国"])
def test_a_sheet_is_of_a_delivery_or_of_a_sale_s_open_one(ref: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An id in any hand, a delivery's bare number, and words or a serial number that mean a sale."""
    assert run(["delivery", "sheet", ref]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert "DE26-0002" in page
    assert "3299" not in page


def test_a_sale_without_a_delivery_has_a_sheet_too(capsys: pytest.CaptureFixture[str]) -> None:
    """What would be delivered can be printed before the delivery is written down."""
    assert run(["delivery", "sheet", "SA26-0002"]) == 0
    assert "SA26-0002" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["delivery", "sheet", "SA26-0099"], 4),
        (["delivery", "sheet", "DE26-0099"], 4),
        (["delivery", "sheet", "CU26-0001"], 4),
        (["delivery", "sheet", "SA26-0003"], 5),
        (["sale", "label", "SA26-0003"], 5),
        (["sale", "label", "SA26-0001/3"], 4),
        (["sale", "label", "SA26-0099"], 4),
        (["sale", "label", "SA26-0001", "--copies", "0"], 2),
        (["delivery", "sheet"], 2),
    ],
)
def test_what_cannot_be_printed_prints_nothing(line: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """No such record is 4, what was called off 5, wrong use 2; stdout stays empty."""
    assert run(line) == code
    assert capsys.readouterr().out == ""


def test_a_sale_whose_goods_all_came_names_their_deliveries(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused, with the delivery whose sheet was perhaps meant."""
    with (book / "deliveries/2026/DE26-0002.yaml").open("a", encoding="utf-8") as file:
        file.write("signed: {by: 王建国, at: 2026-03-06}\n")
    assert run(["delivery", "sheet", "SA26-0001"]) == 5
    assert "DE26-0001, DE26-0002" in capsys.readouterr().err
    assert run(["delivery", "sheet", "DE26-0001"]) == 0


def test_a_sale_with_two_open_deliveries_has_candidates(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two matches are 4, with both."""
    text = FILES["deliveries/2026/DE26-0002.yaml"].replace("-0002", "-0003")
    (book / "deliveries/2026/DE26-0003.yaml").write_text(text, encoding="utf-8")
    assert run(["delivery", "sheet", "SA26-0001"]) == 4
    assert "DE26-0002\nDE26-0003" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        (["delivery", "sheet", "SA26-0001"], "en"),
        (["sale", "label", "SA26-0001"], "en"),
        (["delivery", "sheet", "SA26-0002"], "zh-CN"),
        (["delivery", "sheet", "SA26-0001", "--lang", "zh"], "zh-CN"),
        (["--lang", "en", "sale", "label", "SA26-0002"], "en"),
    ],
)
def test_paper_speaks_the_customer_s_language(line: list[str], tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As asked for, else the customer's, else the book's; and afterwards the operator's again."""
    assert run(line) == 0
    assert f'<html lang="{tag}">' in capsys.readouterr().out
    assert language.current() == ("en" if "en" in line else "zh")


def test_a_label_for_each_line_or_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A sale has a label for each line; a unit, or its serial number, has its own."""
    assert run(["sale", "label", "SA26-0001", "--copies", "2"]) == 0
    assert capsys.readouterr().out.count('<article class="label">') == 4
    for ref in ("SA26-0001/1", "kf35-1", "1/1"):
        assert run(["sale", "label", ref]) == 0
        page = capsys.readouterr().out
        assert page.count('<article class="label">') == 1
        assert "SA26-0001/1" in page


def test_a_file_gets_what_stdout_would(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a file named, stdout is silent and the file is the page; a dash is stdout."""
    assert run(["delivery", "sheet", "2", "-"]) == 0
    page = capsys.readouterr().out
    assert run(["delivery", "sheet", "2", "sheet.html"]) == 0
    assert capsys.readouterr().out == ""
    assert (book / "sheet.html").read_text(encoding="utf-8") == page


def test_a_file_that_is_there_is_not_overwritten(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused without --force; with it the file is replaced whole, and nothing else is left behind."""
    target = book / "sheet.html"
    target.write_text("mine", encoding="utf-8")
    assert run(["delivery", "sheet", "2", "sheet.html"]) == 5
    assert "--force" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "mine"
    assert run(["delivery", "sheet", "2", "sheet.html", "--force"]) == 0
    assert "DE26-0002" in target.read_text(encoding="utf-8")
    assert [path.name for path in book.iterdir() if "sheet" in path.name] == ["sheet.html"]


def test_force_replaces_files_alone(book: Path) -> None:
    """A link, a folder and a pipe stay what they are."""
    (book / "other.txt").write_text("mine", encoding="utf-8")
    (book / "link").symlink_to("other.txt")
    (book / "nowhere").symlink_to("gone")
    (book / "folder").mkdir()
    os.mkfifo(book / "pipe")
    for name in ("link", "nowhere", "folder", "pipe"):
        assert run(["delivery", "sheet", "2", name]) == 5
        assert run(["delivery", "sheet", "2", name, "--force"]) == 5
    assert (book / "other.txt").read_text(encoding="utf-8") == "mine"
    assert stat.S_ISFIFO((book / "pipe").lstat().st_mode)


def test_a_folder_that_is_not_there_is_said(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is made up on the way, and the reason is one line."""
    assert run(["delivery", "sheet", "2", "no/where.html"]) == 5
    assert "no/where.html" in capsys.readouterr().err
    assert not (book / "no").exists()


def test_where_files_cannot_be_linked_the_name_is_still_taken_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick knows no links; a file is written there all the same."""

    def refuse(*_names: object, **_more: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert run(["delivery", "sheet", "2", "sheet.html"]) == 0
    assert run(["delivery", "sheet", "2", "sheet.html"]) == 5
    assert "DE26-0002" in (book / "sheet.html").read_text(encoding="utf-8")


def test_printing_writes_nothing_in_the_book(book: Path) -> None:
    """Reads write no record."""
    before = {path: path.read_bytes() for path in book.rglob("*.yaml")}
    assert run(["delivery", "sheet", "2"]) == 0
    assert run(["sale", "label", "1"]) == 0
    assert {path: path.read_bytes() for path in but_for_it(book.rglob("*")) if path.is_file()} == before


def test_what_was_known_then_is_printed_then(capsys: pytest.CaptureFixture[str]) -> None:
    """As of a day before the first delivery was signed, it is the open one and nobody has signed."""
    assert run(["--as-of", "2026-03-03", "delivery", "sheet", "SA26-0001"]) == 0
    page = capsys.readouterr().out
    assert "DE26-0001" in page
    assert "<dd>王建国</dd>" not in page
    assert run(["delivery", "sheet", "DE26-0001"]) == 0
    assert "<dd>王建国</dd>" in capsys.readouterr().out
