"""``policy calendar``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from aftercare.cli import run
from aftercare.errors import USAGE
from aftercare.plain.reading import read
from aftercare.policies.judging.days import built


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no book."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "free", "worked"),
    [
        ("calendar 2026", "2026-10-01", "2026-10-10"),
        ("calendar 2027", "2027-10-01", "2027-03-16"),
        ("calendar 2031 --country de", "2031-10-03", "2031-12-24"),
        ("calendar 2031 --country US-429", "2031-07-04", "2031-07-07"),
    ],
)
def test_what_is_printed_can_be_pasted(line: str, free: str, worked: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The block is one of a calendar's file, read as that is."""
    from datetime import date

    assert run(["policy", *line.split()]) == 0
    pasted = f"seasons:\n- {{from: 01-01, to: 01-01, most: 1}}\nyears:\n{capsys.readouterr().out}"
    found = built(read(pasted.encode(), "x.yaml"))
    assert found.is_off(date.fromisoformat(free))
    assert not found.is_off(date.fromisoformat(worked))
    assert found.source(found.years[0]).what.startswith("holidays ")


@pytest.mark.parametrize(
    ("line", "provisional"),
    [
        ("calendar 2026", False),
        ("calendar 2027", True),  # no notice of the State Council
        ("calendar 2027 --country TW", True),
        ("calendar 2035 --country FR", False),  # by law, for all years
        ("calendar 2026 --country KR", True),  # nothing here says
    ],
)
def test_a_year_is_provisional_until_its_order_is_in(
    line: str, provisional: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where each year has an order, the library only estimates until then; the block says so, and so does each row."""
    assert run(["policy", *line.split()]) == 0
    assert ("# provisional:" in capsys.readouterr().out) is provisional
    assert run(["policy", *line.split(), "--format", "json"]) == 0
    assert {row["provisional"] for row in json.loads(capsys.readouterr().out)} == {provisional}


def test_a_year_that_ships_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Pasted again it would stand twice in the file."""
    assert run(["policy", "calendar", "2026"]) == 0
    assert "# the calendar CN has 2026 already" in capsys.readouterr().out


def test_the_rows_have_names_and_the_days_worked(capsys: pytest.CaptureFixture[str]) -> None:
    """A day worked in lieu is among the days, in their order, and has no name."""
    assert run(["policy", "calendar", "2026", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)
    by_day = {row["day"]: row for row in rows}
    assert by_day["2026-02-17"]["name"]["zh"] == "春节"
    assert by_day["2026-02-14"] == {
        "day": "2026-02-14", "off": False, "name": None, "provisional": False, "country": "CN"
    }  # fmt: skip


def test_the_table_speaks_the_language_of_the_operator(capsys: pytest.CaptureFixture[str]) -> None:
    """Names are Chinese in Chinese, and what is to be known beside the table is no row of it."""
    assert run(["policy", "calendar", "2027", "--format", "table", "--lang", "zh"]) == 0
    printed = capsys.readouterr()
    assert "国庆节" in printed.out
    assert "2027" in printed.err


def test_the_country_is_the_books(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shop in Germany asks for German days without saying so."""
    (nowhere / "aftercare.yaml").write_text("country: DE\ngit: no\n", encoding="utf-8")
    assert run(["policy", "calendar", "2026"]) == 0
    assert "2026-10-03" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["calendar", "calendar 2200", "calendar soon", "calendar 2026 --country XX"])
def test_what_cannot_be_answered_is_a_usage_error(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A year out of range, or a country that nobody knows, prints nothing."""
    assert run(["policy", *line.split()]) == USAGE
    assert capsys.readouterr().out == ""


def test_without_the_library_the_extra_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library is an extra, and its absence says how to get it."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert run(["policy", "calendar", "2027"]) == USAGE
    assert "pip install 'aftercare-book[calendar]'" in capsys.readouterr().err
