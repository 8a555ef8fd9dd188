"""``policy test``: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aftercare.cli import run

CASES = """\
cases:
- id: A-1
  title: Day 15
  law: cn-1995-general
  today: 2025-03-18
  facts: {category: color_tv_crt, sold_on: 2025-03-03, price: 5000, fault_on: 2025-03-18, same_model_available: yes}
  expect:
    remedies: {replace: open}
- id: A-2
  title: Another country
  law: au
  today: 2025-03-18
  facts: {sold_on: 2025-03-03}
  expect: {others: closed}
"""
WRONG = CASES.replace("{replace: open}", "{replace: closed, refund: open}")
OWN = """\
id: ours
issuer: shop
title: {en: Our promise, zh: 本店承诺}
counting: {first_day: no, roll: none}
windows: {ours_30d: {from: sold_on, value: {2000-01-01: {days: 30}}}}
lines:
- {id: a, title: {en: Thirty days, zh: 三十天}, grants: [refund], within: ours_30d}
"""


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no book."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERCARE_LANG", "en")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-03-10")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path


def _test(text: str, *options: str) -> int:
    Path("c.yaml").write_text(text, encoding="utf-8")
    return run(["policy", "test", "c.yaml", *options])


def _report(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_report_has_exactly_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts rely on it: three numbers, and each case with its state and messages."""
    assert _test(CASES, "--format", "json") == 0
    assert _report(capsys) == {
        "passed": 1,
        "failed": 0,
        "not_covered": 1,
        "cases": [
            {"id": "A-1", "file": "c.yaml", "confidence": "high", "state": "passed", "messages": []},
            {
                "id": "A-2",
                "file": "c.yaml",
                "confidence": "high",
                "state": "not_covered",
                "messages": ["A-2: no pack here covers the law au"],
            },
        ],
    }


def test_a_failed_case_is_told_with_the_way_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    """File and line, what was expected and what came, the lines of that remedy; exit 1."""
    assert _test(WRONG) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "c.yaml:2: A-1 failed (high): Day 15"
    assert lines[1] == "  A-1: remedies.replace: expected closed, got open"
    assert any("cn-1995-general/exchange-same" in line for line in lines)
    assert not any("cn-1995-general/art8" in line for line in lines)
    assert lines[-1] == "0 passed, 1 failed, 1 not covered"
    assert len(lines) < 20
    assert _test(CASES, "--why") == 0
    assert "cn-1995-general/art8" in capsys.readouterr().out


def test_a_case_of_low_confidence_does_not_fail_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    """It is reported all the same; one of medium confidence fails it."""
    low = WRONG.replace("  title: Day 15", "  confidence: low\n  title: Day 15")
    assert _test(low) == 0
    assert "A-1 failed, which does not count (low)" in capsys.readouterr().out
    assert _test(low.replace("low", "medium")) == 1


def test_a_run_that_tried_nothing_is_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    """No case, none that -k takes, none whose law is covered: exit 2; the report is printed all the same."""
    assert _test("cases: []\n") == 2
    assert _test(CASES, "-k", "A-3") == 2
    assert _test(CASES, "-k", "another") == 2
    capsys.readouterr()
    assert _test(CASES, "-k", "A-2", "--format", "json") == 2
    printed = capsys.readouterr()
    assert json.loads(printed.out)["not_covered"] == 1
    assert printed.err.startswith("aftercare: no case was tried")


def test_some_cases_can_be_picked(capsys: pytest.CaptureFixture[str]) -> None:
    """By their id, title or law, in any case."""
    for text in ("a-1", "DAY", "1995"):
        assert _test(CASES, "-k", text, "--format", "json") == 0
        assert [case["id"] for case in _report(capsys)["cases"]] == ["A-1"]


def test_a_case_that_is_not_valid_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr with its line; exit 3, also where another case failed; the valid ones are tried."""
    assert _test(CASES.replace("sold_on: 2025-03-03}", "soldon: 2025-03-03}"), "--format", "json") == 3
    printed = capsys.readouterr()
    assert printed.err.startswith("c.yaml:13: no-such-fact ")
    assert json.loads(printed.out)["passed"] == 1
    assert _test(WRONG.replace("law: au", "lawn: fr")) == 3
    assert _test(CASES.replace("price: 5000", "price: dear")) == 3
    assert "c.yaml:6: value " in capsys.readouterr().err
    assert _test("cases: [\n") == 3


def test_a_file_that_is_not_there_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, before anything is tried."""
    assert _test(WRONG, "no-such-file.yaml") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "no-such-file.yaml" in printed.err
    assert run(["policy", "test"]) == 2


def test_the_edges_that_nobody_tried_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """For each window of the packs that were tried."""
    assert _test(CASES, "--edges") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "cn-1995-general replace_15d: no case on the day after its last good day" in lines
    assert "cn-1995-general refund_7d: no case on its last good day, and none on the day after" in lines
    later = CASES.replace("2025-03-18", "2025-03-19").replace("{replace: open}", "{repair: open}")
    assert _test(later, "--edges") == 0
    assert "cn-1995-general replace_15d: no case on its last good day" in capsys.readouterr().out.splitlines()


def test_what_ships_is_tried_at_every_edge(capsys: pytest.CaptureFixture[str]) -> None:
    """Our own cases grant, refuse and ask about each line, and lie on the last good day of each window and the next."""
    files = [str(file) for file in sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))]
    assert run(["policy", "test", *files, "--coverage"]) == 0
    *__, lines, windows = capsys.readouterr().out.splitlines()
    assert lines == "each line was granted, refused and asked about"
    assert windows == "each window was tried on its last good day and on the day after"


def test_in_a_book_the_shops_own_packs_can_be_tried(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By their ids; a faulty one is a fault of the book, and what does not need it is tried."""
    (nowhere / "aftercare.yaml").write_text("country: CN\ngit: no\n", encoding="utf-8")
    (nowhere / "policies").mkdir()
    own = nowhere / "policies/ours.yaml"
    own.write_text(OWN, encoding="utf-8")
    ours = CASES.replace("cn-1995-general", "ours").replace("{replace: open}", "{refund: open, replace: closed}")
    assert _test(ours, "--format", "json") == 0
    assert _report(capsys)["passed"] == 1
    own.write_text(OWN.replace("within: ours_30d", "within: ours_31d"), encoding="utf-8")
    assert _test(CASES) == 3
    assert "policies/ours.yaml:7: no-such-window " in capsys.readouterr().err
