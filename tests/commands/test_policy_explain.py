"""``policy explain``: what decided a verdict in a dozen lines, one remedy check by check, or every line."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.plain.text import width
from tests.commands.promising import opened
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop with its own promise."""
    return opened(tmp_path / "book", capsys, monkeypatch)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_a_dozen_lines_with_the_reckoning_of_what_decides(counter: Counter, lang: str) -> None:
    """Asked for the money back: 2 March and seven days are the 9th, and the fault showed on the 12th."""
    lines = counter.done(f"policy explain CL26-0001 --lang {lang}").lines
    assert len(lines) <= 12
    assert max(map(width, lines)) <= 100
    reckoned = next(line for line in lines if "2026-03-09" in line)
    assert "2026-03-02" in reckoned
    assert any("2027-03-02" in line or "2027" in line for line in lines)
    assert "ours" in lines[-1]


def test_it_says_what_was_asked_what_is_asked_and_what_was_taken_for_granted(counter: Counter) -> None:
    """All that a colleague needs to check the answer."""
    text = counter.done("policy explain CL26-0001").out
    assert "Asked for: full refund; the fault showed on 2026-03-12; judged on 2026-03-12" in text
    assert "full refund, as asked: no" in text
    assert "Is the same model in stock?" in text
    assert "“first week”" in text


def test_a_remedy_that_is_open_is_told_check_by_check(counter: Counter) -> None:
    """The line, each fact with its place, the arithmetic, and what it gives."""
    printed = counter.done("policy explain CL26-0001 --why repair")
    assert printed.err == ""
    assert "✓ ours/mend  Repair" in printed.out
    assert "from CL26-0001:4" in printed.out
    assert "day of the sale 2026-03-02 + 1 year = 2027-03-02" in " ".join(map(str.strip, printed.lines))
    assert "= free of charge" in printed.out


def test_a_remedy_that_is_not_is_told_by_what_would_have_to_be_different(counter: Counter) -> None:
    """The line that came nearest, and the day by which the fault would have had to show."""
    printed = counter.done("policy explain CL26-0001 --why-not refund")
    assert printed.err == ""
    text = " ".join(map(str.strip, printed.lines))
    assert "Nearest: ours/back" in text
    assert "→ day the fault showed would have to be on 2026-03-09 or before" in text


def test_several_things_that_are_missing_are_told_as_such(counter: Counter) -> None:
    """Two repairs, and goods that were sold as used."""
    text = counter.done("policy explain CL26-0001 --why-not loan-unit").out
    assert "→ repairs of this unit would have to be: at least 2" in text
    assert "→ sold as used goods would have to be: yes" in text
    assert "All of these would have to be different." in text


@pytest.mark.parametrize(
    ("flag", "note"), [("--why refund", "full refund is not open"), ("--why-not repair", "repair is not closed")]
)
def test_who_asks_the_wrong_way_round_is_told_so_and_answered(counter: Counter, flag: str, note: str) -> None:
    """The answer is that to the other question; the note is no data."""
    printed = counter.done(f"policy explain CL26-0001 {flag}")
    assert note in printed.err
    other = flag.replace("--why-not", "--why") if "not" in flag else flag.replace("--why", "--why-not")
    assert printed.out == counter.done(f"policy explain CL26-0001 {other}").out


def test_a_remedy_no_pack_names_is_said_to_be_in_none(counter: Counter) -> None:
    """There is no line to come near it."""
    assert "No line of a pack" in counter.done("policy explain CL26-0001 --why-not withdraw").out


def test_the_whole_is_behind_a_flag_and_the_machine_formats_have_it(counter: Counter) -> None:
    """``--all``, ``--full`` and `claim check --why` are one; the JSON is that of the contract."""
    whole = counter.done("policy explain CL26-0001 --all").out
    assert whole == counter.done("policy explain CL26-0001 --full").out
    assert whole == counter.done("claim check CL26-0001 --why").out
    assert counter.done("policy explain CL26-0001 --format json").json == (
        counter.done("claim check CL26-0001 --format json").json
    )


def test_one_remedy_for_machines(counter: Counter) -> None:
    """Every field is there; a fact has its record, the line of its file and the path in it."""
    found = counter.done("policy explain CL26-0001 --why-not refund --format json").json
    assert set(found) == {"claim", "unit", "on", "remedy", "state", "why", "granting", "taking", "refusing"}
    assert (found["claim"], found["remedy"], found["state"], found["why"]) == (
        "CL26-0001", "refund", "closed", "expired",
    )  # fmt: skip
    ((nearest,), granting) = found["refusing"], found["granting"]
    assert granting == []
    (failing,) = nearest["failing"]
    assert (failing["record"], failing["record_line"], failing["record_path"]) == ("CL26-0001", 4, "fault.found_on")
    assert failing["arithmetic"] == "2026-03-02 +7 days = 2026-03-09"
    assert counter.done("policy explain CL26-0001 --why repair --format ids").lines == ["CL26-0001"]


def test_facts_may_be_said_for_the_question(counter: Counter) -> None:
    """As in `claim check`."""
    text = counter.done("policy explain CL26-0001 --same-model-available no --why-not replace").out
    assert "→ same model in stock would have to be: yes" in text


def test_a_claim_with_nothing_left_says_so(counter: Counter) -> None:
    """The price was paid back: no line counts."""
    counter.write(
        "claims/2026/CL26-0001.yaml",
        "id: CL26-0001\nunit: SA26-0001/1\nreported_on: 2026-03-12\nfault: {found_on: 2026-03-12}\n"
        "decisions: [{on: 2026-03-12, remedy: refund}]\nrefunded: {on: 2026-03-12, amount: 58.00}\n",
    )
    assert "Nothing is left to claim" in counter.done("policy explain CL26-0001").out
    assert "Nothing is left to claim" in counter.done("policy explain CL26-0001 --why-not repair").out


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("policy explain CL26-0099", 4, "CL26-0099"),
        ("policy explain CL26-0001 --why refnd", 2, "refnd"),
        ("policy explain CL26-0001 --why repair --all", 2, "--all"),
        ("policy explain CL26-0001 --why repair --why-not refund", 2, "--why-not"),
        ("policy explain", 2, "CLAIM"),
        ("policy explain CL26-0001 --why", 2, "--why"),
    ],
)
def test_wrong_input_is_one_sentence_that_names_it(counter: Counter, line: str, code: int, said: str) -> None:
    """Nothing goes to stdout."""
    printed = counter(line)
    assert (printed.code, printed.out) == (code, "")
    assert said in printed.err


def test_without_a_book_it_is_wrong_use(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim is always some book's."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    for verb in ("explain CL26-0001", "ask CL26-0001", "diff"):
        assert counter(f"policy {verb}").code == 2
