"""``check``: its lines, its rows and its exit codes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from aftercare.answers.findings import GROUPS
from aftercare.book.index.indexed import Indexed
from aftercare.cli import run

_ROW = ["id", "file", "line", "code", "message", "kind"]
_OF_BREACH = ["customer", "on", "person", "rule", "settled", "settled_on", "settled_by", "reason"]
_OF_BREACH += ["awaits", "credo"]


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


@pytest.mark.parametrize("group", [[], *([group] for group in GROUPS), ["--all"]])
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
    assert list(key) == [*_ROW, *_OF_BREACH]
    assert (key["id"], key["code"], key["kind"]) == ("CU26-0001", "unknown-key", "fault")
    assert {name: key[name] for name in _OF_BREACH} == dict.fromkeys(_OF_BREACH) | {"credo": []}


def test_csv_has_its_header_even_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """Readers of CSV need the names of the columns."""
    assert run(["check", "files", "--format", "csv"]) == 0
    assert capsys.readouterr().out == f"{','.join([*_ROW, *_OF_BREACH])}\n"


def test_a_faulty_pack_of_the_shop_counts_as_an_invalid_file(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named with its line; checking only references leaves packs alone."""
    (book / "policies").mkdir()
    (book / "policies/own.yaml").write_text("id: own\nissuer: shop\ntitle: a\nplan: []\n", encoding="utf-8")
    assert run(["check"]) == 3
    assert capsys.readouterr().out.startswith("policies/own.yaml:4: unknown-key")
    assert run(["check", "references"]) == 0


def _unopened(book: Path) -> None:
    """A delivery that was signed for and not unpacked together."""
    for file, text in {
        "products/2026/PR26-0001.yaml": "id: PR26-0001\nname: 电饭煲\ncategory: rice_cooker\n",
        "sales/2026/SA26-0001.yaml": (
            "id: SA26-0001\ncustomer: CU26-0001\nsold_on: 2026-03-02\nitems: [{product: PR26-0001}]\n"
        ),
        "deliveries/2026/DE26-0001.yaml": (
            "id: DE26-0001\nsale: SA26-0001\nperson: ST26-0001\ndeliver: {by: 2026-03-05}\nopened: no\n"
            "signed: {by: 王建国, at: 2026-03-05}\n"
        ),
        "staff/2026/ST26-0001.yaml": "id: ST26-0001\nname: 李师傅\n",
    }.items():
        (book / file).parent.mkdir(parents=True, exist_ok=True)
        (book / file).write_text(text, encoding="utf-8")


UNOPENED = (
    "deliveries/2026/DE26-0001.yaml:5: unopened 王建国: not unpacked together (李师傅) "
    "[DE26-0001/unopened, delivery-standard/open-together]"
)


def test_a_breach_is_a_line_with_its_id_and_its_rule(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Found from its day on, beside the faults in the order of files; ``check book`` leaves it out."""
    _unopened(book)
    _customer(book, "name: 王建国\nadress: x\n")
    assert run(["check", "--today", "2026-03-05"]) == 1
    fault, breach = capsys.readouterr().out.splitlines()
    assert (fault.split()[1], breach) == ("unknown-key", UNOPENED)
    assert run(["check", "delivery", "--today", "2026-03-05"]) == 1
    assert capsys.readouterr().out.splitlines() == [UNOPENED]
    assert run(["check", "book", "--today", "2026-03-05"]) == 1
    assert capsys.readouterr().out.splitlines() == [fault]
    assert run(["check", "delivery", "--today", "2026-03-04"]) == 0
    assert capsys.readouterr().out == ""


def test_a_breach_as_a_row(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is known by its own id; ``rule`` is the line that it offends."""
    _unopened(book)
    run(["check", "--today", "2026-03-06", "--format", "json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert list(row) == [*_ROW, *_OF_BREACH]
    assert row | {"message": ""} == {
        "id": "DE26-0001/unopened",
        "file": "deliveries/2026/DE26-0001.yaml",
        "line": 5,
        "code": "unopened",
        "message": "",
        "kind": "breach",
        "customer": "CU26-0001",
        "on": "2026-03-05",
        "person": "ST26-0001",
        "rule": "delivery-standard/open-together",
    } | dict.fromkeys(_OF_BREACH[4:]) | {"credo": []}
    run(["check", "--today", "2026-03-06", "--format", "ids"])
    assert capsys.readouterr().out == "DE26-0001/unopened\n"


@pytest.mark.parametrize(
    ("about", "how"),
    [
        ("accepted: {on: 2026-03-06, reason: 赶时间}", "accepted on 2026-03-06 (PM26-0001): 赶时间"),
        ("accepted: {on: 2026-03-06}", "accepted on 2026-03-06 (PM26-0001)"),
        ("apologised: {at: 2026-03-06, how: 致歉}", "settled by the apology of 2026-03-06 (PM26-0001): 致歉"),
        ("kept: {at: 2026-03-06}", "made good on 2026-03-06 (PM26-0001)"),
    ],
)
def test_what_is_settled_is_told_only_with_all(
    book: Path, capsys: pytest.CaptureFixture[str], about: str, how: str
) -> None:
    """And is nothing that was found: the exit code is 0 both times."""
    _unopened(book)
    (book / "promises/2026").mkdir(parents=True)
    (book / "promises/2026/PM26-0001.yaml").write_text(f"id: PM26-0001\nof: DE26-0001/unopened\n{about}\n", "utf-8")
    assert run(["check", "--today", "2026-03-09"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["check", "--all", "--today", "2026-03-09"]) == 0
    assert capsys.readouterr().out == f"{UNOPENED} {how}\n"


def test_nothing_in_a_file_can_repaint_the_terminal(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys are printed with what cannot be seen made visible."""
    _customer(book, 'name: a\n"x\u200ey": 1\n')
    assert run(["check"]) == 1
    assert "x\\u200ey is not known" in capsys.readouterr().out


def test_an_unknown_group_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """The groups are named."""
    assert run(["check", "everything"]) == 2
    assert "references" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["check"], ["customer", "list"], ["due"]], ids=" ".join)
def test_a_disk_that_does_not_give_the_index_back_is_no_fault_of_the_program(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``check`` in cron ended with a request to report it, where ``due`` read the files and answered."""
    code = run(words)
    answer = capsys.readouterr()

    def fails(_index: Indexed, **_how: bool) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Indexed, "see", fails)
    assert (run(words), capsys.readouterr()) == (code, answer)
