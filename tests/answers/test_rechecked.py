"""What the index remembers of all that is wrong is what a look at every record finds."""

from __future__ import annotations

import random
import shutil
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aftercare import language
from aftercare.answers.checking import looked_in_full
from aftercare.answers.findings import GROUPS
from aftercare.answers.rechecked import Rechecked
from aftercare.book.book import Book
from aftercare.book.index.indexed import Indexed
from aftercare.cli import run
from aftercare.plain.moments import Moment
from tests.answers.edited import edit

SHOP = Path(__file__).parents[2] / "data"
DAY = date(2026, 11, 20)
_SETTLED = 0.05
"""Seconds, after which what was just written counts as written (the index looks again at what is younger)."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The sample shop, which has a finding of nearly every sort."""
    shutil.copytree(SHOP, tmp_path / "book")
    time.sleep(_SETTLED)
    return tmp_path / "book"


def _remembered(book: Path, now: Moment, *, with_settled: bool = True) -> Rechecked:
    index = Indexed(book, language.current())
    index.see(verify=True)
    return Rechecked(index, now, with_settled=with_settled)


def _rows(book: Path, now: Moment = DAY, group: str = "") -> list[dict[str, Any]]:
    remembered = _remembered(book, now)
    rows = list(remembered.found(group).rows)
    remembered.index.close()
    return rows


def _looked_up(book: Path, now: Moment = DAY, group: str = "") -> list[dict[str, Any]]:
    return list(looked_in_full(Book(book), group, now, with_settled=True).rows)


@pytest.mark.parametrize("seed", range(2))
def test_after_edits_of_any_kind_it_says_what_the_files_say(book: Path, seed: int) -> None:
    """Whatever happened to whichever file, on whichever day: the same findings on the same lines, in the same order."""
    rng, now = random.Random(seed), DAY  # noqa: S311
    told = []
    for _step in range(4):
        told += [edit(book, rng) for _ in range(rng.randrange(4))]
        now += timedelta(days=rng.randrange(-20, 30))
        assert _rows(book, now) == _looked_up(book, now), told


def test_each_group_has_what_a_look_at_it_finds(book: Path) -> None:
    """A look at one field of work is the same selection of all that is wrong, whoever remembers it."""
    remembered = _remembered(book, DAY)
    for group in GROUPS:
        assert list(remembered.found(group).rows) == _looked_up(book, group=group), group
    remembered.index.close()


def test_days_and_times_in_any_order_find_the_same(book: Path) -> None:
    """Lateness grows by the day and what is due breaks by the minute; no answer is told on a day that it is not of."""
    rng = random.Random(9)  # noqa: S311
    days = [DAY + timedelta(days=rng.randrange(-150, 150)) for _ in range(2)]
    times = [datetime(2026, 8, rng.randrange(1, 28), rng.randrange(24), rng.randrange(60)) for _ in range(2)]
    for now in (*days, *times):
        assert _rows(book, now) == _looked_up(book, now)


def test_nothing_changed_finds_and_looks_at_nothing_anew(book: Path) -> None:
    """A second look asks no record and reckons nobody."""
    first = _remembered(book, DAY)
    assert first.customers_reckoned > 20
    assert first.records_looked_at > 300
    first.index.close()
    again = _remembered(book, DAY)
    assert (again.customers_reckoned, again.records_looked_at) == (0, 0)
    again.index.close()


@pytest.mark.parametrize(
    ("file", "customers", "records"),
    [
        ("visits/2026/VI26-0001", 1, 4),
        ("customers/2026/CU26-0002", 2, 13),
        ("products/2025/PR25-0002", 3, 7),
        ("parts/2026/PA26-0001", 2, 4),
    ],
)
def test_one_changed_file_reckons_whom_it_touches_and_looks_beside_it(
    book: Path, file: str, customers: int, records: int
) -> None:
    """Of a visit one customer, of a customer also who brought them; what is nobody's own reaches whoever names it."""
    _rows(book)
    changed = book / f"{file}.yaml"
    changed.write_text(f"{changed.read_text(encoding='utf-8').rstrip()}\nadress: x\n", encoding="utf-8")
    found = _remembered(book, DAY)
    found.index.close()
    assert (found.customers_reckoned, found.records_looked_at) == (customers, records)
    assert _rows(book) == _looked_up(book)


def test_a_line_moves_with_its_file_and_nobody_is_reckoned(book: Path) -> None:
    """A comment changes no fact; the editor that is sent to the old line would open the wrong one."""
    before = _rows(book)
    named = next(row["file"] for row in before if row["kind"] == "breach")
    moved = book / named
    moved.write_text(f"# 第一行\n{moved.read_text(encoding='utf-8')}", encoding="utf-8")
    found = _remembered(book, DAY)
    assert (found.customers_reckoned, found.records_looked_at) == (0, 0)
    found.index.close()
    after = _rows(book)
    lines = [[row["line"] for row in rows if row["file"] == named] for rows in (before, after)]
    assert lines[1] == [line + 1 for line in lines[0]]
    assert after == _looked_up(book)


def test_settings_and_own_packs_change_everything(book: Path) -> None:
    """Another opening day, or another rule of the shop's, is another answer about everybody."""
    _rows(book)
    for file, old, new in (
        ("aftercare.yaml", "begins_on: 2026-04-01", "begins_on: 2026-07-01\nclossed: x"),
        (str(next(book.glob("policies/*.yaml")).relative_to(book)), "id:", "# 注\nid:"),
    ):
        text = (book / file).read_text(encoding="utf-8")
        assert old in text
        (book / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        assert _rows(book) == _looked_up(book)


def test_lines_of_what_is_settled_are_found_when_they_are_asked_for(book: Path) -> None:
    """What is settled is not printed every morning, so its file need not be opened; asked for, it has its line too."""
    without = _remembered(book, DAY, with_settled=False)
    shown = list(without.found("").rows)
    without.index.close()
    assert shown == [row for row in _looked_up(book) if row["settled"] is None]
    assert len(_rows(book)) > len(shown)
    assert _rows(book) == _looked_up(book)


_FAR = {
    "somebody left with work in hand": ("staff/*/*", "left", "{on: 2026-06-01}"),
    "which duty holds for goods of that category": ("products/*/*", "category", "chair"),
    "what a part cost": ("parts/*/*", "received", "[{at: 2026-01-02, qty: 99, cost: 0.01}]"),
    "which price was published": ("offers/*/*", "until", "2026-05-01"),
}


@pytest.mark.parametrize("why", _FAR)
def test_what_is_nobodys_own_reaches_whoever_it_concerns(book: Path, why: str) -> None:
    """A breach may rest on a person's certificates, a product's category, a part's cost or an offer's prices."""
    pattern, key, said = _FAR[why]
    before = _rows(book)
    for file in sorted(book.glob(f"{pattern}.yaml")):
        kept = [one for one in file.read_text(encoding="utf-8").splitlines() if not one.startswith(f"{key}:")]
        file.write_text("\n".join([*kept, f"{key}: {said}", ""]), encoding="utf-8")
    after = _rows(book)
    assert after != before, why
    assert after == _looked_up(book)


@pytest.mark.parametrize(
    "words", [[], ["--all"], ["--format", "json"], ["--format", "csv", "--sort", "-on"]], ids=" ".join
)
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_command_prints_the_same_bytes_both_ways(
    book: Path, words: list[str], spoken: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines and rows, streams and exit code: nobody can tell whether the index was asked, nor need to know."""
    (book / "customers/2026/CU26-0001.yaml").write_text("name:\n", encoding="utf-8")
    (book / "sales/2026/SA26-0003.yaml").unlink()
    told = []
    for index in ("on", "on", "off"):
        monkeypatch.setenv("AFTERCARE_INDEX", index)
        code = run(["-C", str(book), "--today", DAY.isoformat(), "--lang", spoken, "check", *words])
        told.append((code, capsys.readouterr()))
    assert told[0] == told[1] == told[2]
    assert told[0][1].out
