"""Every example of a breach in ``docs/check.md`` is run: it appears on its day, alone, and not the day before."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from aftercare.answers.breaches.finding import CODES
from aftercare.book.ids import parse, path_of
from aftercare.cli import run

PAGE = (Path(__file__).parents[2] / "docs/check.md").read_text(encoding="utf-8")
ALONG = {
    "delay-not-told": {"late-delivery"},
    "late-installation": {"untold-delay"},
    "never-came": {"late-installation", "untold-delay"},
    "late-promise": {"untold-delay"},
}
"""What never comes without another breach."""
_ROW = re.compile(r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \| (\d{4}-\d\d-\d\d) \| (.+?) \|$", re.MULTILINE)


class Example(NamedTuple):
    """One row: the values that make the breach, its first day, and its message."""

    code: str
    changes: dict[str, dict[str, str]]
    day: date
    message: str


def _changes(cell: str) -> dict[str, dict[str, str]]:
    """The lines of each record, by their keys."""
    found: dict[str, dict[str, str]] = {}
    lines: dict[str, str] = {}
    for span in re.findall(r"`([^`]+)`", cell):
        if parse(span):
            lines = found.setdefault(span, {})
        else:
            lines[span.partition(":")[0]] = span
    return found


EXAMPLES = [
    Example(code, _changes(cell), date.fromisoformat(day), says) for code, __, cell, day, says in _ROW.findall(PAGE)
]


def _shop() -> dict[str, str]:
    """The files of the shop at the end of the page; a record's id is its file's name."""
    block = PAGE.rpartition("```yaml\n")[2].partition("```")[0]
    files = dict(part.split("\n", 1) for part in block.split("# ")[1:])
    named = {path.rpartition("/")[2].removesuffix(".yaml"): path for path in files}
    return {p: (f"id: {stem}\n" if parse(stem) else "") + files[p] for stem, p in named.items()}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop of the examples, in English."""
    for file, text in _shop().items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    return tmp_path


def _change(shop: Path, record: str, lines: dict[str, str]) -> None:
    """Put each line in the place of that with its key, or behind the others."""
    named = parse(record)
    assert named is not None
    file = shop / path_of(named)
    kept = [line for line in file.read_text("utf-8").splitlines() if line.partition(":")[0] not in lines]
    file.write_text("\n".join([*kept, *lines.values()]) + "\n", encoding="utf-8")


def _rows(capsys: pytest.CaptureFixture[str], day: date) -> list[dict[str, Any]]:
    run(["check", "--today", day.isoformat(), "--format", "json"])
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_every_code_has_one_example() -> None:
    """In the order of the program's own table."""
    assert [example.code for example in EXAMPLES] == list(CODES)


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-05", "2026-03-20", "2026-12-31"])
def test_the_shop_by_itself_is_silent(shop: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    """So what an example shows comes from its own values alone."""
    assert run(["check", "--today", day]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_an_example_shows_its_breach_from_its_day(
    shop: Path, capsys: pytest.CaptureFixture[str], example: Example
) -> None:
    """The message is the page's, the file that of the record, and the day before there is none."""
    for record, lines in example.changes.items():
        _change(shop, record, lines)
    rows = {row["code"]: row for row in _rows(capsys, example.day)}
    assert set(rows) == {example.code, *ALONG.get(example.code, ())}
    assert rows[example.code]["message"] == example.message
    assert rows[example.code]["on"] == example.day.isoformat()
    assert example.code not in {row["code"] for row in _rows(capsys, example.day - timedelta(days=1))}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_every_breach_can_be_settled(shop: Path, capsys: pytest.CaptureFixture[str], example: Example) -> None:
    """Accepted or apologised for, it is gone from the list, and told with ``--all``."""
    for record, lines in example.changes.items():
        _change(shop, record, lines)
    today = ["--today", example.day.isoformat()]
    accepted, *others = sorted(_rows(capsys, example.day), key=lambda row: row["code"] != example.code)
    assert run(["accept", accepted["id"], "--reason", "顾客谅解", *today]) == 0
    if others:  # all of them of one promise, for which one apology is enough
        assert run(["promise", "apologise", others[0]["id"], "--how", "电话致歉", *today]) == 0
    capsys.readouterr()
    assert run(["check", *today]) == 0
    assert capsys.readouterr().out == ""
    run(["check", "--all", "--format", "json", *today])
    settled = {row["code"]: (row["settled"], row["reason"]) for row in json.loads(capsys.readouterr().out)}
    assert settled.pop(example.code) == ("accepted", "顾客谅解")
    assert set(settled.values()) <= {("apology", "电话致歉")}
