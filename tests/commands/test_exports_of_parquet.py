"""``export all DIR --to parquet``: read back by DuckDB, of several shops at once, nothing is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aftercare.cli import run
from tests.drawn_tables import ROOT
from tests.exported import Held, as_said, once
from tests.whose import personal

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command on the sample shop, in an empty folder."""
    shutil.copytree(ROOT / "data", tmp_path / "shop")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for name, value in {"TODAY": "2026-11-20", "LANG": "en", "BOOK": str(tmp_path / "shop")}.items():
        monkeypatch.setenv(f"AFTERCARE_{name}", value)

    def asked(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return asked


def _asked(query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and the rows of an answer, by a program that knows nothing of ours."""
    with duckdb.connect() as connection:
        answer = connection.execute(query)
        return [column[0] for column in answer.description or ()], answer.fetchall()


def _tables(folder: str) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for kind in sorted(Path(folder).glob("kind=*")):
        columns, rows = _asked(f"SELECT * FROM read_parquet('{kind}/**/*.parquet', hive_partitioning = false)")  # noqa: S608
        found[kind.name.removeprefix("kind=")] = [dict(zip(columns, row, strict=True)) for row in rows]
    return found


def test_parquet_holds_every_value_of_every_record(ask: Ask) -> None:
    """Every value stands where it should, of its own type, and there is nothing else."""
    assert ask("export", "all", "set", "--to", "parquet") == (0, "", "")
    tables = _tables("set")
    promises = tables.pop("promises")
    assert len(promises) == len(json.loads(ask("promise", "list", "--format", "json")[1]))
    tables.pop("findings")
    held = Held(once(tables), as_said)
    for line in ask("export", "all")[1].splitlines():
        held.record(json.loads(line))
    assert held.rows == {name: len(rows) for name, rows in tables.items()}
    assert held.left() == []
    assert [type(tables["sale_items"][0][name]) for name in ("price", "position")] == [Decimal, int]
    assert {file.stat().st_mode & 0o777 for file in Path("set").rglob("*.parquet")} == {0o600}


def test_the_files_of_several_shops_are_one_set(ask: Ask, tmp_path: Path) -> None:
    """A shop without any record has the same tables with the same columns, and both are asked as one; a shop that is
    there already is only replaced when asked to.
    """
    ask("export", "all", "set", "--to", "parquet")
    new = str(tmp_path / "new")
    assert ask("init", new, "--name", "二店 (北)", "--country", "CN", "--no-git")[0] == 0
    assert ask("-C", new, "export", "all", "set", "--to", "parquet") == (0, "", "")
    for kind in sorted(Path("set").glob("kind=*")):
        shops = [sorted(shop.rglob("*.parquet"))[0] for shop in sorted(kind.glob("shop=*"))]
        schemas = {str(_asked(f"DESCRIBE SELECT * FROM '{file}'")[1]) for file in shops}  # noqa: S608
        assert (kind.name, len(shops), len(schemas)) == (kind.name, 2, 1)
    sales = "read_parquet('set/kind=sales/**', hive_partitioning=true)"
    asked = f"SELECT count(*), count(DISTINCT shop), min(year) FROM {sales}"  # noqa: S608 - the words are ours
    count = len(ask("export", "sale", "--to", "jsonl")[1].splitlines())
    assert _asked(asked)[1] == [(count, 1, 2025)]
    assert ask("export", "all", "set", "--to", "parquet")[0] == 5
    assert ask("export", "all", "set", "--to", "parquet", "--force") == (0, "", "")
    assert _asked(asked)[1] == [(count, 1, 2025)]
    assert list(Path("set").glob(".*")) == []


def test_what_claims_gave_months_ago_was_read_beside_the_claims_of_today(ask: Ask) -> None:
    """An export without ``--entitlements`` takes those of an earlier one of the same shop away, and nothing else."""
    assert ask("export", "all", "set", "--to", "parquet", "--entitlements") == (0, "", "")
    given = next(Path("set").glob("kind=entitlements/shop=*"))
    others = [
        Path("set/kind=entitlements/shop=another/year=2026/part-0.parquet"),
        *(given.parent.parent / f"kind={kind}" / given.name / "year=2020" / "mine" for kind in ("weather", "sales")),
        Path(f"set/kind=weather/{given.name}/year=2020/part-0.parquet"),
    ]
    old = Path(f"set/kind=sales/{given.name}/year=2020/part-0.parquet")
    for file in (*others, old):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    assert ask("export", "all", "set", "--to", "parquet", "--force") == (0, "", "")
    assert (given.exists(), old.exists(), all(file.exists() for file in others)) == (False, False, True)
    assert list(Path("set").glob(".*")) == []


def test_without_names_nobody_is_in_parquet(ask: Ask, tmp_path: Path) -> None:
    """What says who somebody is stands nowhere in the files, in no column and in no name of a folder; the rest does."""
    assert ask("export", "all", "set", "--to", "parquet", "--anonymous", "--entitlements") == (0, "", "")
    told = personal(tmp_path / "shop")
    tables = _tables("set")
    text = json.dumps(tables, ensure_ascii=False, default=str) + " ".join(map(str, Path("set").rglob("*")))
    assert [one for one in told if one in text] == []
    assert len(tables["customers"]) == len(ask("export", "customer", "--to", "jsonl")[1].splitlines())
    assert {row["claim"] for row in tables["entitlements"]} <= {row["id"] for row in tables["claims"]}
    assert tables["entitlements"]


def test_without_the_library_it_says_what_to_install(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lacks the extra is told its name, and nothing is begun."""
    import sys

    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, __, err = ask("export", "all", "set", "--to", "parquet")
    assert (code, "aftercare-book[parquet]" in err, Path("set").exists()) == (2, True, False)
