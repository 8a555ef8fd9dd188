"""``check``: its lines, its rows and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aftercare.cli import run


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with one customer."""
    (tmp_path / "customers/2026").mkdir(parents=True)
    (tmp_path / "aftercare.yaml").write_text("git: no\n", encoding="utf-8")
    _customer(tmp_path, "name: 王建国\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    return tmp_path


def _customer(book: Path, text: str, number: int = 1) -> None:
    file = book / f"customers/2026/CU26-000{number}.yaml"
    file.write_text(f"id: CU26-000{number}\n{text}", encoding="utf-8")


@pytest.mark.parametrize("group", [[], ["files"], ["references"], ["book"]])
def test_a_clean_book_is_silent(capsys: pytest.CaptureFixture[str], group: list[str]) -> None:
    """Nothing on either stream, exit 0: it can stand in cron."""
    assert run(["check", *group]) == 0
    assert capsys.readouterr() == ("", "")


def test_faults_are_lines_on_stdout(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``FILE:LINE: CODE message``, sorted, exit 1; stderr stays empty."""
    _customer(book, "name: a\nreferred_by: CU26-0009\n", 2)
    _customer(book, "name: 王建国\nadress: x\n")
    assert run(["check"]) == 1
    assert capsys.readouterr() == (
        "customers/2026/CU26-0001.yaml:3: unknown-key adress is not known; did you mean address?\n"
        "customers/2026/CU26-0002.yaml:3: reference referred_by: there is no CU26-0009\n",
        "",
    )


def test_a_file_that_is_not_valid_beats_what_is_merely_found(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 3, and what can be said of the other files is still said, once."""
    _customer(book, "name:\n", 2)
    _customer(book, "name: 王建国\nadress: x\n")
    assert run(["check"]) == 3
    printed = capsys.readouterr()
    assert [line.split()[:2] for line in printed.out.splitlines()] == [
        ["customers/2026/CU26-0001.yaml:3:", "unknown-key"],
        ["customers/2026/CU26-0002.yaml:2:", "missing"],
    ]
    assert printed.err == ""


def test_rows_have_the_record_and_every_field(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON an empty answer is an empty array; a file that is no record has no id."""
    assert run(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    _customer(book, "name: 王建国\nadress: x\n")
    (book / "aftercare.yaml").write_text("git: no\nlangage: zh\n", encoding="utf-8")
    assert run(["check", "--format", "json"]) == 1
    setting, key = json.loads(capsys.readouterr().out)
    assert (setting["id"], setting["file"], setting["line"]) == (None, "aftercare.yaml", 2)
    assert list(key) == ["id", "file", "line", "code", "message"]
    assert (key["id"], key["code"]) == ("CU26-0001", "unknown-key")


def test_csv_has_its_header_even_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """Readers of CSV need the names of the columns."""
    assert run(["check", "files", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "id,file,line,code,message\n"


def test_a_faulty_pack_of_the_shop_counts_as_an_invalid_file(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named with its line; checking only references leaves packs alone."""
    (book / "policies").mkdir()
    (book / "policies/own.yaml").write_text("id: own\nissuer: shop\ntitle: a\nplan: []\n", encoding="utf-8")
    assert run(["check"]) == 3
    assert capsys.readouterr().out.startswith("policies/own.yaml:4: unknown-key")
    assert run(["check", "references"]) == 0


def test_nothing_in_a_file_can_repaint_the_terminal(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys are printed with what cannot be seen made visible."""
    _customer(book, 'name: a\n"x\u200ey": 1\n')
    assert run(["check"]) == 1
    assert "x\\u200ey is not known" in capsys.readouterr().out


def test_an_unknown_group_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """The groups are named."""
    assert run(["check", "everything"]) == 2
    assert "references" in capsys.readouterr().err
