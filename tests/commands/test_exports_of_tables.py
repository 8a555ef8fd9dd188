"""``export all`` as a database: read back by SQLite alone, nothing of the records is lost and nothing is added."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aftercare.answers.asking import tables as asked_of
from aftercare.answers.recalled import Recalled
from aftercare.answers.rechecked import Rechecked
from aftercare.cli import run
from tests.drawn_tables import ROOT
from tests.exported import Held, once
from tests.whose import personal

COUNTED = ("what", "made", "kept", "kept_late", "broken", "released", "void", "open")
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample shop; exports only read it."""
    book = tmp_path_factory.mktemp("tables") / "shop"
    shutil.copytree(ROOT / "data", book)
    return book


@pytest.fixture
def ask(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command in an empty folder: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"TODAY": "2026-11-20", "LANG": "en", "BOOK": str(shop)}.items():
        monkeypatch.setenv(f"AFTERCARE_{name}", value)

    def asked(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return asked


def _records(ask: Ask) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ask("export", "all")[1].splitlines()]


def _tables(connection: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    connection.row_factory = sqlite3.Row
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - the names are the database's
        for name in names
        if not name.startswith("sqlite_")
    }


def _read(row: Any, column: str) -> Any:
    return row[column]


def test_a_database_holds_every_value_of_every_record(ask: Ask) -> None:
    """Every value of a record stands in its table, every reference leads somewhere, and there is nothing else."""
    assert ask("export", "all", "shop.sqlite", "--metadata") == (0, "", "")
    connection = sqlite3.connect("shop.sqlite")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone()[:] == ("ok",)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
    tables = _tables(connection)
    reckoned = {name: tables.pop(name) for name in ("promises", "findings")}
    held = Held(once(tables), _read)
    for record in _records(ask):
        held.record(record)
    assert held.rows == {name: len(rows) for name, rows in tables.items()}
    assert held.left() == []
    promises = json.loads(ask("promise", "list", "--format", "json")[1])
    assert sorted((p["id"], p["what"], p["state"], p["due"], p["person"]) for p in promises) == sorted(
        (p["id"], p["what"], p["state"], p["due"], p["person"]) for p in reckoned["promises"]
    )
    found = json.loads(ask("check", "--all", "--format", "json")[1])
    assert sorted((b["file"], b["line"], b["message"], b["on"]) for b in found) == sorted(
        (b["file"], b["line"], b["message"], b["on"]) for b in reckoned["findings"]
    )
    described = json.loads(Path("shop.metadata.json").read_text(encoding="utf-8"))["databases"]["shop"]["tables"]
    assert set(described) - {"breaches", "promises_overdue", "balance", "kept_share", "verdicts"} == {
        *tables,
        *reckoned,
    }


def test_one_question_does_for_sql_and_for_a_database(ask: Ask) -> None:
    """Every table of ``sql`` is in the database, every column of it, with the same values in it of the same sort: what
    one learnt of one holds of both.
    """
    ask("export", "all", "shop.sqlite")
    connection = sqlite3.connect("shop.sqlite")
    connection.row_factory = sqlite3.Row
    for name in asked_of.NAMES:
        columns = ", ".join(f'"{column}"' for column in asked_of.columns_of(name))
        asked = f"SELECT {columns} FROM {name}"  # noqa: S608 - the names are ours
        by_sql = json.loads(ask("sql", asked, "--format", "json")[1])
        there = [dict(row) for row in connection.execute(asked)]
        assert sorted(map(json.dumps, by_sql)) == sorted(map(json.dumps, there)), name


def test_the_questions_of_the_page_are_answered_by_a_database(ask: Ask) -> None:
    """What the page and its session ask with ``sql``, a database that was put out answers with the same rows."""
    ask("export", "all", "shop.sqlite")
    connection = sqlite3.connect("shop.sqlite")
    pages = "".join((ROOT / page).read_text("utf-8") for page in ("docs/sql.md", "tests/sessions/M3-sql.md"))
    questions = re.findall(r'aftercare sql "(SELECT [^"…]*)"', pages)
    for asked in questions:
        code, out, __ = ask("sql", asked, "--format", "json")
        if code == 0:
            assert [tuple(row.values()) for row in json.loads(out)] == connection.execute(asked).fetchall(), asked
    assert len(questions) > 4


def test_an_amount_in_another_currency_is_in_no_sum(ask: Ask, tmp_path: Path) -> None:
    """The figure of a foreign amount is nothing, as in ``sql``; as it was written it stands beside it."""
    new = str(tmp_path / "new")
    ask("init", new, "--name", "二店", "--country", "CN", "--no-git")
    for name, cost in (("门封", "EUR 12.50"), ("水泵", "20")):
        assert ask("-C", new, "part", "add", "--name", name, "--cost", cost)[0] == 0
    ask("-C", new, "export", "all", "new.sqlite")
    found = sqlite3.connect("new.sqlite").execute("SELECT cost, cost_currency, cost_text FROM parts ORDER BY id")
    assert found.fetchall() == [(None, "EUR", "EUR 12.50"), (20.0, None, "20.00")]


def test_entitlements_are_those_of_claim_check(ask: Ask) -> None:
    """Each remedy of each open claim stands in the table as ``claim check`` says it; without the flag there is none."""
    ask("export", "all", "shop.sqlite", "--entitlements")
    connection = sqlite3.connect("shop.sqlite")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    found = connection.execute("SELECT claim, remedy, state, until, fee, line FROM entitlements").fetchall()
    claims = {claim for claim, *__ in found}
    assert claims == {one["id"] for one in _records(ask) if one["kind"] == "claim" and not one["closed"]}
    for claim in claims:
        said = json.loads(ask("claim", "check", claim, "--format", "json")[1])["remedies"]
        assert sorted(map(str, (row[1:] for row in found if row[0] == claim))) == sorted(
            str(
                (
                    name,
                    one["state"],
                    one["until"],
                    float(one["fee"] or 0) or None,
                    one["line"],
                )
            )
            for name, one in said.items()
        )
    ask("export", "all", "plain.sqlite")
    names = {name for (name,) in sqlite3.connect("plain.sqlite").execute("SELECT name FROM sqlite_master")}
    assert "entitlements" not in names
    assert ask("export", "all", "--to", "jsonl", "--entitlements")[0] == 2


def test_what_an_export_reckons_is_not_reckoned_again(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks one index for all, and the index keeps it: of a large book it is half a minute's work."""
    ask("export", "all", "shop.sqlite")
    reckoned: list[str] = []
    for looked in (Rechecked, Recalled):
        monkeypatch.setattr(looked, "_reckon", lambda self: reckoned.append(str(self.now)))
    ask("export", "all", "shop.sqlite", "--force")
    assert reckoned == []


def test_the_views_say_what_the_commands_say(ask: Ask) -> None:
    """The view of the balance has the lines of ``balance``, that of what is overdue those of ``due --overdue``."""
    ask("export", "all", "shop.sqlite")
    connection = sqlite3.connect("shop.sqlite")
    lines = [row for row in json.loads(ask("balance", "--format", "json")[1]) if row["what"]]
    wanted = [tuple(row[name] for name in COUNTED) for row in lines]
    assert sorted(connection.execute("SELECT * FROM balance").fetchall()) == sorted(wanted)
    overdue = json.loads(ask("due", "--overdue", "--format", "json")[1])
    assert sorted(connection.execute("SELECT id FROM promises_overdue")) == sorted((row["id"],) for row in overdue)


def test_the_database_is_the_same_without_the_index(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the index spoke or the records themselves, it has the same rows."""
    found = []
    for index in ("on", "off"):
        monkeypatch.setenv("AFTERCARE_INDEX", index)
        ask("export", "all", f"{index}.sqlite")
        with sqlite3.connect(f"{index}.sqlite") as connection:
            found.append({name: sorted(map(str, rows)) for name, rows in _tables(connection).items()})
    assert found[0] == found[1]


def test_without_names_nobody_is_in_any_format(ask: Ask, shop: Path) -> None:
    """No name, phone, address, word or number of anybody stands in what is put out; what is counted is the same."""
    told = personal(shop)
    assert len(told) > 1500
    for fmt in ("csv", "jsonl", "json", "yaml", "sqlite"):
        assert ask("export", "all", f"out.{fmt}", "--to", fmt, "--anonymous") == (0, "", "")
        files = Path("out.csv").glob("*") if fmt == "csv" else [Path(f"out.{fmt}")]
        text = "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)
        assert (fmt, sorted(one for one in told if one in text)) == (fmt, [])
    lines = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    assert [one["id"] for one in lines] == [one["id"] for one in _records(ask)]
    connection = sqlite3.connect("out.sqlite")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    lines = [row for row in json.loads(ask("balance", "--format", "json")[1]) if row["what"]]
    assert [row for (row,) in connection.execute("SELECT made FROM balance ORDER BY what")] == [
        one["made"] for one in sorted(lines, key=lambda one: str(one["what"]))
    ]
