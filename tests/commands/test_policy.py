"""``policy``: packs, categories, lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aftercare.cli import run
from aftercare.policies.categories import tree
from aftercare.policies.load import shipped

OWN = """\
id: our-plans
issuer: shop
title: {en: Our own, zh: 本店}
plans:
- id: tv-call-back
  title: {en: Televisions, zh: 电视}
  category: tv
  after: delivered
  what: call_back
  step: call-back
  channel: phone
  due:
    2026-03-01: [{days: 3}]
    2026-06-01: ~
  replaces: service-plans/call-back
"""


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no book, on 10 March 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path


def _book(root: Path, pack: str = OWN) -> None:
    (root / "aftercare.yaml").write_text("country: CN\ngit: no\n", encoding="utf-8")
    (root / "policies").mkdir(exist_ok=True)
    (root / "policies/own.yaml").write_text(pack, encoding="utf-8")


def _rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run(["policy", *arguments, "--format", "json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_without_a_book_the_shipped_packs_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Rules can be read before there is a book."""
    rows = _rows(capsys, "list")
    assert [row["id"] for row in rows] == [pack.id for pack in shipped()]
    assert rows[0]["version"] == shipped()[0].version
    assert run(["policy", "list"]) == 0
    assert "service-plans" in capsys.readouterr().out
    assert run(["policy", "check"]) == 0


@pytest.mark.parametrize("command", [["list"], ["check"], ["show", "answer"]])
def test_a_book_that_is_named_must_be_there(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """Else the answer would be about other rules than were asked for."""
    assert run(["-C", "nothing", "policy", *command]) == 2
    assert "no book found" in capsys.readouterr().err


def test_in_a_book_its_own_packs_are_listed_too(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With issuer and lines; the version of a pack without a day of checking is empty."""
    _book(nowhere)
    row = next(row for row in _rows(capsys, "list") if row["id"] == "our-plans")
    assert (row["issuer"], row["version"], row["lines"]) == ("shop", "", ["our-plans/tv-call-back"])
    assert row["title"] == {"en": "Our own", "zh": "本店"}


def test_the_tree_of_categories_is_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Both languages; deeper ones are indented; JSON has one row each, with its parent."""
    rows = _rows(capsys, "categories")
    assert [row["id"] for row in rows] == [node.id for node in tree()]
    assert {key: rows[0][key] for key in ("id", "parent")} == {"id": "goods", "parent": None}
    assert run(["policy", "categories"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(rows)
    assert "      air_conditioner  空调  air conditioner  needs a fitter" in lines


def test_a_line_is_shown_with_its_figures_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """By its full name or, where only one has it, by the short one."""
    (full,) = _rows(capsys, "show", "service-plans/birthday")
    assert _rows(capsys, "show", "Birthday") == [full]
    assert full["due"] == [{"since": "2020-01-01", "spans": [{"days": 0}]}]
    assert full["late"] == "worthless"
    assert {"source", "what", "where", "sure"} <= set(full["cite"][0])
    assert run(["policy", "show", "birthday"]) == 0
    printed = capsys.readouterr().out
    assert "from 2020-01-01: the day itself" in printed
    assert "late is worthless" in printed
    assert f"source {full['cite'][0]['source']}" in printed


def test_for_a_category_the_lines_of_today_are_shown(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In either language; a line of the shop stands in the place of the one that it replaces, while it speaks."""
    _book(nowhere)
    lines = [row["id"] for row in _rows(capsys, "show", "电视")]
    assert lines == [row["id"] for row in _rows(capsys, "show", "tv")]
    assert "our-plans/tv-call-back" in lines
    assert "service-plans/call-back" not in lines
    assert "service-plans/call-back" in [row["id"] for row in _rows(capsys, "--today", "2026-02-01", "show", "tv")]
    assert run(["policy", "show", "tv-call-back"]) == 0
    printed = capsys.readouterr().out
    assert "from 2026-03-01: 3 days" in printed
    assert "from 2026-06-01: nothing any more" in printed
    assert "in the place of service-plans/call-back" in printed


def test_what_nobody_knows_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 4, as for a record."""
    assert run(["policy", "show", "no-such-thing"]) == 4
    assert "no-such-thing" in capsys.readouterr().err


def test_faults_of_own_packs_are_found(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``policy check`` names them on stdout and ends with 1; the other commands go on without the pack, and with 3."""
    _book(nowhere)
    assert run(["policy", "check"]) == 0
    assert capsys.readouterr() == ("", "")
    _book(nowhere, OWN.replace("category: tv", "category: fridgee"))
    assert run(["policy", "check"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("policies/own.yaml:7: category ")
    assert printed.err == ""
    assert run(["policy", "list"]) == 3
    printed = capsys.readouterr()
    assert "service-plans" in printed.out
    assert "our-plans" not in printed.out
    assert printed.err.startswith("policies/own.yaml:7: category ")


def test_every_command_ends_its_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """An operator learns a command by copying it."""
    for command in ("list", "categories", "show", "check", "test", "explain"):
        assert run(["policy", command, "--help"]) == 0
        assert f"aftercare policy {command}" in capsys.readouterr().out
