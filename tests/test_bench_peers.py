"""What is measured beside other programs is the same for both, and what is said of it is what was measured."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from aftercare.cli import run
from bench import exports, figures
from bench.growth import changing
from bench.jobs import JOBS
from bench.measure import Cost, cost, median_ratio, pairs
from bench.peers import planned
from bench.realistic import drawn, write_files
from bench.records import LAST
from bench.rivals import RIVALS
from bench.scratch import Scratch

_RECORDS = 600
_DAY = LAST.isoformat()
_COMPACT = _DAY.replace("-", "")
Tally = tuple[int, int, int]
"""How many tasks there are, how many of them are open, and how many are late."""


def _tally(states: list[tuple[bool, bool]]) -> Tally:
    """Of pairs that say whether a task is open, and whether its day is past."""
    return len(states), sum(is_open for is_open, _past in states), sum(is_open and past for is_open, past in states)


def _taskwarrior(folder: Path) -> Tally:
    today = datetime(LAST.year, LAST.month, LAST.day, tzinfo=UTC).timestamp()
    lines = [
        (name, line) for name in ("pending", "completed") for line in (folder / f"{name}.data").read_text().splitlines()
    ]
    assert all(f'status:"{name}"' in line for name, line in lines)
    return _tally([(name == "pending", int(re.findall(r'due:"(\d+)"', line)[0]) < today) for name, line in lines])


def _recutils(folder: Path) -> Tally:
    _head, *records = (folder / "tasks.rec").read_text().strip().split("\n\n")
    found = [dict(line.split(": ", 1) for line in record.splitlines()) for record in records]
    return _tally([(one["Status"] == "open", one["Due"] < _COMPACT) for one in found])


def _dated(file: Path) -> Tally:
    entries = re.findall(r"^(\d{4}-\d\d-\d\d) ([!*])", file.read_text(), re.MULTILINE)
    return _tally([(flag == "!", day < _DAY) for day, flag in entries])


def _todoman(folder: Path) -> Tally:
    files = [path.read_text() for path in (folder / "vdir" / "shop").iterdir()]
    days = [re.findall(r"^DUE;VALUE=DATE:(\d{8})$", text, re.MULTILINE)[0] for text in files]
    return _tally([("NEEDS-ACTION" in text, day < _COMPACT) for text, day in zip(files, days, strict=True)])


def _sqlite_utils(folder: Path) -> Tally:
    with sqlite3.connect(folder / "tasks.db") as data:
        found = data.execute("select status, due from tasks").fetchall()
    data.close()
    return _tally([(status == "open", due < _DAY) for status, due in found])


_READERS: dict[str, Callable[[Path], Tally]] = {
    "taskwarrior": _taskwarrior,
    "recutils": _recutils,
    "hledger": lambda folder: _dated(folder / "tasks.journal"),
    "ledger": lambda folder: _dated(folder / "tasks.journal"),
    "beancount": lambda folder: _dated(folder / "tasks.beancount"),
    "todoman": _todoman,
    "sqlite-utils": _sqlite_utils,
}


def test_others_are_given_as_many_late_tasks_as_our_list_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list that were shorter for one of them would make it look faster than it is."""
    made = drawn(_RECORDS)
    write_files(tmp_path / "book", made)
    assert run(["-C", str(tmp_path / "book"), "--today", _DAY, "due", "--format", "json"]) == 0
    late = json.loads(capsys.readouterr().out)
    assert {row["state"] for row in late} == {"overdue"}
    assert set(_READERS) == set(RIVALS) - {"khard"}
    for name, reader in _READERS.items():
        folder = tmp_path / name
        folder.mkdir()
        RIVALS[name].write(folder, made)
        assert (name, *reader(folder)) == (name, _RECORDS, _RECORDS // 10, len(late))


def test_every_customer_has_a_card(tmp_path: Path) -> None:
    """What lists customers is given the customers, each with name and phone."""
    made = drawn(_RECORDS)
    exports.khard(tmp_path, made)
    cards = [path.read_text() for path in (tmp_path / "cards").iterdir()]
    assert len(cards) == sum(one.kind == "CU" for one in made)
    assert all(re.search(r"^FN:\S+\nN:\S;\S+;;;\nTEL;TYPE=cell:122\d{8}$", card, re.MULTILINE) for card in cards)


def test_a_ratio_is_the_median_of_the_pairs() -> None:
    """A machine that slows down half-way slows both of a pair, and so changes nothing."""
    assert median_ratio([(1.0, 3.0), (2.0, 6.0), (9.0, 9.0)]) == 3.0
    assert median_ratio([(2.0, 1.0)]) == 0.5


def test_pairs_take_turns_and_do_not_count_the_round_that_warms() -> None:
    """Neither is always the first, and what is given back has ours first in every pair."""
    ran: list[tuple[str, int]] = []

    def runs(name: str, cpu: float) -> Callable[[int], Cost]:
        def once(number: int) -> Cost:
            ran.append((name, number))
            return Cost(cpu, 0, 0)

        return once

    found = pairs(runs("ours", 1), runs("theirs", 2), 2)
    assert [(one.cpu, other.cpu) for one, other in found] == [(1, 2), (1, 2)]
    assert ran == [("theirs", 0), ("ours", 0), ("ours", 1), ("theirs", 1), ("theirs", 2), ("ours", 2)]


def _row(job: str, rival: str, records: int, ratio: float) -> figures.Row:
    row = {"job": job, "rival": rival, "records": records, "ours": 0.1, "theirs": 0.2, "ratio": ratio}
    return {**row, "peaks": [40, 30], "rounds": 7}


def test_what_is_measured_anew_takes_the_place_of_its_own_rows_alone(tmp_path: Path) -> None:
    """A long run is done in parts: no part loses what another measured."""
    file, key = tmp_path / "figures.json", ("job", "rival", "records")
    figures.keep("pairs", key, [_row("overdue", "recutils", 1000, 1.0), _row("overdue", "recutils", 10_000, 1.0)], file)
    figures.keep("growth", ("law",), [{"law": "due", "measured": "2"}], file)
    figures.keep("pairs", key, [_row("overdue", "recutils", 10_000, 3.0)], file)
    kept = figures.kept(file)
    assert [(row["records"], row["ratio"]) for row in kept["pairs"]] == [(1000, 1.0), (10_000, 3.0)]
    assert [row["measured"] for row in kept["growth"]] == ["2"]
    assert {row["on"] for row in kept["pairs"]} == {date.today().isoformat()}


def test_a_table_says_whether_a_target_holds() -> None:
    """2.4 times is the least beside recutils at 10,000; at 1,000 nothing was asked for."""
    rows = [
        _row("overdue", "recutils", records, ratio) for records, ratio in ((10_000, 2.39), (100_000, 15.0), (1000, 9.0))
    ]
    drawn_rows = figures.beside_others([{**row, "on": ""} for row in rows]).splitlines()[2:]
    cells = [[cell.strip() for cell in line.split("|")[3:9]] for line in drawn_rows]
    assert cells == [
        ["1,000", "100 ms", "200 ms", "9.00", "", ""],
        ["10,000", "100 ms", "200 ms", "2.39", "2.4", "**no**"],
        ["100,000", "100 ms", "200 ms", "15.00", "15", "yes"],
    ]


def test_drawing_leaves_the_words_of_the_page_alone() -> None:
    """Only what stands between the marks is replaced, and drawing twice changes nothing more."""
    page = figures.PAGE.read_text(encoding="utf-8")
    measured: figures.Figures = {"where": {}, "pairs": [{**_row("version", "todoman", 0, 9), "on": ""}], "growth": []}
    drawn_once = figures.draw(measured, page)
    assert figures.draw(measured, drawn_once) == drawn_once
    assert "`--version` | todoman" in drawn_once
    assert figures.draw(figures.kept(), drawn_once) == page, "python -m bench.figures"


@pytest.mark.parametrize("name", JOBS)
def test_who_has_a_target_can_do_the_job(name: str) -> None:
    """A target beside a program that never runs would be one that nobody misses."""
    beside = {rival for _job, rival, _records in planned([name], list(RIVALS), [1000])}
    assert beside
    assert set(JOBS[name].targets) <= beside


def test_data_of_an_earlier_hand_are_written_anew(tmp_path: Path) -> None:
    """A folder that is kept between runs never holds a book that the generator would not write now."""
    book = Scratch(tmp_path).book(200)
    files = {path.relative_to(book) for path in book.rglob("*.yaml")}
    (book / "aftercare.yaml").unlink()
    assert not (Scratch(tmp_path).book(200) / "aftercare.yaml").exists()
    (tmp_path / "book-200.written").write_text("another")
    assert {path.relative_to(book) for path in Scratch(tmp_path).book(200).rglob("*.yaml")} == files


@pytest.mark.parametrize("what", ["visit", "customer", "product", "person", "calendar"])
def test_one_changed_file_is_a_file_of_the_book_and_stays_valid(what: str, tmp_path: Path) -> None:
    """The price of a change is that of a change: a fault in the file would be another road through the program."""
    made = drawn(_RECORDS)
    write_files(tmp_path / "book", made)
    path, text, more = changing(what, made)
    file = tmp_path / "book" / path
    assert file.read_text(encoding="utf-8") == text
    file.write_text(text + more.format(8), encoding="utf-8")
    assert run(["-C", str(tmp_path / "book"), "--today", _DAY, "check", "book"]) == 0


def test_the_cost_of_a_command_is_that_of_the_whole_process() -> None:
    """Memory is that of the command and not of who starts it, and what it started and waited for is counted too."""
    held = b"1" * (300 * 2**20)
    idle = cost([sys.executable, "-c", "pass"])
    busy = cost(
        [sys.executable, "-c", "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"]
    )
    assert 0 < idle.peak < 100 < len(held) / 2**20
    assert 0 < idle.cpu < busy.cpu
    assert cost(["/bin/sh", "-c", 'test "$SAID" = word'], {"SAID": "word"}).wall > 0


def test_a_command_that_fails_is_not_measured() -> None:
    """A program that ends at once because of a mistake would be the fastest of all."""
    with pytest.raises(SystemExit, match="ended with 3"):
        cost(["/bin/sh", "-c", "exit 3"])
