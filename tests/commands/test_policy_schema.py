"""``policy schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftercare.cli import run
from aftercare.errors import USAGE


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is no book."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")


def _printed(line: str, capsys: pytest.CaptureFixture[str]) -> Any:
    assert run(["policy", "schema", *line.split()]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("pack", "pack"),
        ("case", "cases"),
        ("record claim", "claim"),
        ("record staff", "staff"),
        ("settings", "settings"),
    ],
)
def test_one_schema(line: str, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is named is printed as a schema of the draft of 2020-12."""
    found = _printed(line, capsys)
    assert found["title"] == title
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_all_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name all of them are printed, each under the name of its file."""
    found = _printed("", capsys)
    assert found["records/claim.schema.json"] == _printed("record claim", capsys)
    assert {"pack.schema.json", "case.schema.json"} <= found.keys()


def test_the_same_as_yaml_and_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    """A schema depends neither on the format nor on the language."""
    found = _printed("pack --lang zh", capsys)
    assert run(["policy", "schema", "pack", "--format", "yaml"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == found


@pytest.mark.parametrize("line", ["record", "pack claim", "record nobody", "law"])
def test_what_has_no_schema_is_a_usage_error(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A record needs its kind, and nothing else has one."""
    assert run(["policy", "schema", *line.split()]) == USAGE
    assert capsys.readouterr().out == ""


def test_all_are_written_where_an_editor_finds_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file each, and the setting that names them; the second time they are written anew."""
    said = _printed("--write here/schema", capsys)["yaml.schemas"]
    whole = _printed("", capsys)
    files = {str(file.relative_to(tmp_path / "here/schema")) for file in (tmp_path / "here").rglob("*.json")}
    assert files == whole.keys()
    stale = tmp_path / "here/schema/records/claim.schema.json"
    assert said[stale.as_uri()] == ["claims/*/*.yaml"]
    stale.write_text("{}", encoding="utf-8")
    assert _printed("--write here/schema", capsys)["yaml.schemas"] == said
    assert json.loads(stale.read_text(encoding="utf-8")) == whole["records/claim.schema.json"]
    assert not [file for file in (tmp_path / "here").rglob("*") if file.is_file() and file.stat().st_mode & 0o111]


def test_where_they_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of them alone is printed, not written; a file is no folder; no link is followed."""
    assert run(["policy", "schema", "pack", "--write", "x"]) == USAGE
    assert run(["policy", "schema", "--write", ""]) == USAGE  # what a script's variable holds that nobody set
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(["policy", "schema", "--write", "file"]) == 5
    (tmp_path / "out").mkdir()
    (tmp_path / "out/case.schema.json").symlink_to(tmp_path / "file")
    assert run(["policy", "schema", "--write", "out"]) == 3
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"
    assert capsys.readouterr().out == ""
