"""The queries of ``docs/scale.md`` on Spark in local mode, which needs Java and pyspark: the same answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from aftercare.cli import run
from tests.drawn_tables import ROOT
from tests.scale_queries import QUERIES, TODAY, answers


def test_spark_answers_as_the_commands_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over the sample shop's files, every query of the page gives what the commands say."""
    shutil.copytree(ROOT / "data", tmp_path / "shop")
    monkeypatch.chdir(tmp_path)
    for name, value in {"TODAY": TODAY, "LANG": "en", "BOOK": str(tmp_path / "shop")}.items():
        monkeypatch.setenv(f"AFTERCARE_{name}", value)

    def ask(*words: str) -> str:
        assert run(words) == 0
        return capsys.readouterr().out

    ask("export", "all", "set", "--to", "parquet")
    shop = next(Path("set/kind=promises").iterdir()).name.removeprefix("shop=")
    wanted = answers(ask, shop)
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        for kind in ("promises", "visits"):
            files = spark.read.option("basePath", f"set/kind={kind}").parquet(f"set/kind={kind}")
            files.createOrReplaceTempView(kind)
        found = {name: [tuple(row) for row in spark.sql(query).collect()] for name, query in QUERIES.items()}
    finally:
        spark.stop()
    assert found == wanted
