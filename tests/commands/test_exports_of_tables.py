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

from aftercare.book.book import Book
from aftercare.book.ids import parse
from aftercare.cli import run
from aftercare.records import tables
from aftercare.records.part import Part
from aftercare.records.product import Product
from aftercare.records.schema import leaves
from aftercare.records.staff import Staff
from tests.drawn_tables import ROOT
from tests.exported import Held

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
    reckoned = {name: tables.pop(name) for name in ("promises", "breaches")}
    held = Held(tables, _read)
    for record in _records(ask):
        held.record(record)
    assert held.rows == {name: len(rows) for name, rows in tables.items()}
    assert held.left() == []
    promises = json.loads(ask("promise", "list", "--format", "json")[1])
    assert sorted((p["id"], p["what"], p["state"], p["due"], p["person"]) for p in promises) == sorted(
        (p["id"], p["what"], p["state"], p["due"], p["person"]) for p in reckoned["promises"]
    )
    found = json.loads(ask("check", "--all", "--format", "json")[1])
    assert sorted((b["id"], b["message"], b["on"]) for b in found if b["kind"] == "breach") == sorted(
        (b["id"], b["message"], b["on"]) for b in reckoned["breaches"]
    )
    described = json.loads(Path("shop.metadata.json").read_text(encoding="utf-8"))["databases"]["shop"]["tables"]
    assert set(described) - {"promises_overdue", "balance", "kept_share", "verdicts"} == {*tables, *reckoned}


def test_one_question_does_for_sql_and_for_a_database(ask: Ask) -> None:
    """Every table of ``sql`` is in the database under its name, with its columns: what one learnt of one holds of both.

    Only what says twice what another table says is not: lists in one text, texts of amounts, and outer places (``of``).
    """
    ask("export", "all", "shop.sqlite")
    connection = sqlite3.connect("shop.sqlite")
    for name in tables.NAMES:
        table = tables.table(name)
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
        twice = {one.name for one in table.columns if one.mark == "=" or one.path.endswith("[]")}
        assert {*table.keys[:1], *table.keys[-2:], *(one.name for one in table.columns)} - twice - there <= {
            key for key in table.keys if key.endswith(("_position", "_name"))
        }, name
    for asked in (
        "SELECT count(*) AS n FROM sale_items WHERE unit LIKE 'SA26-%/1'",
        "SELECT count(*) AS n FROM visits",
    ):
        by_sql = json.loads(ask("sql", asked, "--format", "json")[1])
        assert by_sql == [{"n": connection.execute(asked).fetchone()[0]}]


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


def _numbers(shop: Path) -> set[str]:
    """The phones that stand in the files, and any seven digits of one."""
    found = set()
    for file in shop.glob("*/20*/*.yaml"):
        for number in re.findall(r"(?<![\w.])0\d{2,3}-\d{7,8}|(?<![\w.])12\d{9}(?!\d)", file.read_text("utf-8")):
            digits = re.sub(r"\D", "", number)
            found |= {number, *(digits[at : at + 7] for at in range(len(digits) - 6))}
    return found


def _personal(shop: Path) -> set[str]:
    """Everything in the records of the sample shop that is somebody's: names, phones, addresses, words, numbers."""
    found = _numbers(shop)
    for record in Book(shop).read().records.values():
        for leaf in leaves(record):
            is_text = isinstance(leaf.value, str) and not leaf.field.choices
            named = leaf.field.name in {"invoice", "serial", "order", "card", "vehicle", "attachments"}
            is_ours = isinstance(record, Staff) and leaf.field.name in {"name", "phone", "pinyin"}
            if is_text and (leaf.field.personal or named or is_ours) and not parse(leaf.value.partition("/")[0]):
                found.add(leaf.value)
                found.update(word for word in re.findall(r"[\u3400-\u9fff]{4,}", leaf.value))
    goods = _words_of_goods(shop)
    return {text for text in found if len(text) > 1 and not _is_of_a_verdict(text) and text not in goods}


def _is_of_a_verdict(text: str) -> bool:
    """Whether it is a day, an amount or one of the words in which verdicts keep the facts that they went by."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,6}(\.\d\d)?|[a-z_]+", text))


def _words_of_goods(shop: Path) -> str:
    """What goods, their components, regions and roles are called: such words are kept, whoever used them too."""
    kept = {"category", "maker", "component", "region", "role", "theme"}
    return "\n".join(
        str(leaf.value)
        for record in Book(shop).read().records.values()
        for leaf in leaves(record)
        if leaf.field.name in kept or (leaf.field.name == "name" and isinstance(record, Product | Part))
    )


def test_without_names_nobody_is_in_any_format(ask: Ask, shop: Path) -> None:
    """No name, phone, address, word or number of anybody stands in what is put out; what is counted is the same."""
    personal = _personal(shop)
    assert len(personal) > 1500
    for fmt in ("csv", "jsonl", "json", "yaml", "sqlite"):
        assert ask("export", "all", f"out.{fmt}", "--to", fmt, "--anonymous") == (0, "", "")
        files = Path("out.csv").glob("*") if fmt == "csv" else [Path(f"out.{fmt}")]
        text = "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)
        assert (fmt, sorted(one for one in personal if one in text)) == (fmt, [])
    lines = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    assert [one["id"] for one in lines] == [one["id"] for one in _records(ask)]
    connection = sqlite3.connect("out.sqlite")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    lines = [row for row in json.loads(ask("balance", "--format", "json")[1]) if row["what"]]
    assert [row for (row,) in connection.execute("SELECT made FROM balance ORDER BY what")] == [
        one["made"] for one in sorted(lines, key=lambda one: str(one["what"]))
    ]
