"""The queries of ``docs/scale.md`` on DuckDB: over two shops at once each has the answers of its own commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from aftercare.cli import run
from tests.drawn_tables import ROOT
from tests.scale_queries import QUERIES, TODAY, VIEWS, answers


def test_the_queries_answer_as_the_commands_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The balance, what is open, and measures of the score, of the sample shop and of the small book of the score."""
    books = {"阳光家电": ROOT / "data", "small": ROOT / "tests" / "scores" / "book"}
    wanted: dict[str, list[tuple[object, ...]]] = {name: [] for name in QUERIES}
    monkeypatch.setenv("AFTERCARE_TODAY", TODAY)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.chdir(tmp_path)
    for name, book in books.items():
        shutil.copytree(book, tmp_path / name)
        monkeypatch.setenv("AFTERCARE_BOOK", str(tmp_path / name))

        def ask(*words: str) -> str:
            assert run(words) == 0
            return capsys.readouterr().out

        ask("export", "all", "set", "--to", "parquet")
        shop = sorted(Path("set/kind=promises").iterdir(), key=lambda path: path.stat().st_mtime_ns)[-1]
        for query, rows in answers(ask, shop.name.removeprefix("shop=")).items():
            wanted[query] += rows
    with duckdb.connect() as connection:
        for view in VIEWS:
            connection.execute(view)
        for name, query in QUERIES.items():
            found = [tuple(row) for row in connection.execute(query).fetchall()]
            assert (name, found) == (name, sorted(wanted[name], key=lambda row: [str(one) for one in row[:2]]))
