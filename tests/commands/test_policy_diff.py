"""``policy diff``: which open claims' answers move by another text of a pack, or since they were decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers.promised import PACK
from tests.commands.promising import FILES, opened
from tests.counter import Counter

LONGER = PACK.replace("{days: 7}", "{days: 14}")


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop with its own promise."""
    return opened(tmp_path / "book", capsys, monkeypatch)


@pytest.fixture
def longer(tmp_path: Path) -> str:
    """Another text of the pack: fourteen days."""
    file = tmp_path / "longer.yaml"
    file.write_text(LONGER, encoding="utf-8")
    return str(file)


def test_it_says_what_moves_and_why(counter: Counter, longer: str) -> None:
    """The remedy before and after, and the period that ends on another day."""
    lines = counter.done("policy diff --pack", longer).lines
    assert lines[0].startswith("CL26-0001 王建国 折叠椅")
    assert lines[1] == "  full refund: closed → open, until 2026-03-16, ours/back"
    assert lines[2] == "     “first week” ends: 2026-03-09 → 2026-03-16"
    assert lines[3].startswith("  Packs: ours ")
    assert len(lines) == 4


def test_a_row_has_every_field(counter: Counter, longer: str) -> None:
    """For machines."""
    (row,) = counter.done("policy diff --format json --pack", longer).json
    assert (row["id"], row["unit"], row["on"], row["decided_on"]) == ("CL26-0001", "SA26-0001/1", "2026-03-12", None)
    assert row["moved"] == [
        {
            "remedy": "refund",
            "before": {"state": "closed", "until": None, "fee": None, "line": None},
            "after": {"state": "open", "until": "2026-03-16", "fee": None, "line": "ours/back"},
            "windows": [{"name": "week", "before": "2026-03-09", "after": "2026-03-16"}],
            "lines": [],
        }
    ]
    assert [one["name"] for one in row["packs"]] == ["ours"]
    assert row["facts"] == []


def test_nothing_that_moves_prints_nothing(counter: Counter, tmp_path: Path) -> None:
    """The same text again; stderr says how many claims were looked at."""
    file = tmp_path / "same.yaml"
    file.write_text(PACK + "# the same\n", encoding="utf-8")
    printed = counter.done("policy diff --pack", str(file))
    assert (printed.out, printed.err) == ("", "nothing moves: 1 open claim was looked at\n")
    assert counter.done("policy diff --format json --pack", str(file)).json == []


def test_closed_claims_do_not_move(counter: Counter, longer: str) -> None:
    """Nor does one that had not been reported on the day."""
    claim = FILES["claims/2026/CL26-0001.yaml"]
    counter.write("claims/2026/CL26-0001.yaml", claim + "closed: {on: 2026-03-12}\n")
    assert counter.done("policy diff --pack", longer).out == ""
    counter.write("claims/2026/CL26-0001.yaml", claim)
    assert counter.done("policy diff --today 2026-03-11 --pack", longer).out == ""


def test_a_pack_of_a_new_name_comes_beside_those_in_force(counter: Counter, tmp_path: Path) -> None:
    """As it would if it lay in the book."""
    file = tmp_path / "more.yaml"
    file.write_text(LONGER.replace("id: ours", "id: more"), encoding="utf-8")
    (row,) = counter.done("policy diff --format json --pack", str(file)).json
    assert {one["name"]: one["before"] for one in row["packs"]} == {"more": None}
    assert row["moved"][0]["after"]["line"] == "more/back"


def test_what_was_decided_is_compared_with_the_rules_of_now(counter: Counter) -> None:
    """A promise that was made longer afterwards would have opened the refund on that day."""
    counter.done("claim decide CL26-0001 repair --reason 过了七天")
    assert "1 open claim with a decision" in counter.done("policy diff").err
    counter.write("policies/ours.yaml", LONGER)
    printed = counter.done("policy diff --today 2026-06-01")
    assert "full refund: closed → open, until 2026-03-16, ours/back" in printed.out
    assert "“first week” ends: 2026-03-09 → 2026-03-16" in printed.out
    (row,) = counter.done("policy diff --format json --today 2026-06-01").json
    assert (row["on"], row["decided_on"]) == ("2026-03-12", "2026-03-12")


def test_a_fact_that_was_mended_since_is_told(counter: Counter) -> None:
    """The rules are the same; the records are not."""
    counter.done("claim decide CL26-0001 repair --reason 过了七天")
    counter.done("claim set CL26-0001 fault.found_on=2026-03-05")
    lines = counter.done("policy diff").lines
    assert lines[1] == "  full refund: closed → open, until 2026-03-09, ours/back"
    assert lines[-1] == "  Facts: day the fault showed 2026-03-12 → 2026-03-05"


def test_a_trace_that_is_gone_costs_only_the_periods(counter: Counter) -> None:
    """The decision in the claim is enough to say what moves."""
    counter.done("claim decide CL26-0001 repair --reason 过了七天")
    (counter.folder / "claims" / "2026" / "CL26-0001.verdict-1.json").unlink()
    counter.write("policies/ours.yaml", LONGER)
    text = counter.done("policy diff").out
    assert "closed → open" in text
    assert "first week" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [("id: ours\n", "title"), (PACK.replace("within: week", "within: weak"), "weak"), ("a: [", "yaml-syntax")],
)
def test_a_faulty_pack_is_refused_with_its_faults(counter: Counter, tmp_path: Path, text: str, said: str) -> None:
    """Each with its file and line; nothing is compared."""
    file = tmp_path / "faulty.yaml"
    file.write_text(text, encoding="utf-8")
    printed = counter("policy diff --pack", str(file))
    assert (printed.code, printed.out) == (3, "")
    assert "faulty.yaml:" in printed.err
    assert said in printed.err


def test_a_file_that_is_not_there_is_wrong_use(counter: Counter) -> None:
    """One line that names it."""
    printed = counter("policy diff --pack nowhere.yaml")
    assert printed.code == 2
    assert "nowhere.yaml" in printed.err
