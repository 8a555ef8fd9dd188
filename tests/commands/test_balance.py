"""``balance``: made = kept + kept late + broken + released + void + open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

SIX = ("kept", "kept_late", "broken", "released", "void", "open")


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def _adds_up(rows: list[dict[str, int]]) -> None:
    *groups, total = rows
    for row in rows:
        assert row["made"] == sum(row[name] for name in SIX)
    for name in ("made", *SIX):
        assert total[name] == sum(row[name] for row in groups)


@pytest.mark.parametrize("per", ["what", "person", "month"])
def test_it_adds_up_whatever_happens(counter: Counter, per: str) -> None:
    """After every fact the lines add up to the total, and every line to what was made."""
    for line in (
        "balance",
        "delivery sign DE26-0002 --by 王建国",
        "promise release SA26-0002/1/deliver --reason x",
        "promise break SA26-0002/2/deliver --reason x",
        "promise keep PM26-0001 --at 2026-03-09",
        "sale set SA26-0001 cancelled.on=2026-03-10",
    ):
        counter.done(line)
        rows = counter.done(f"balance --per {per} --format json").json
        _adds_up(rows)
        assert rows[-1]["id"] is None
        assert rows[-1][per] is None
        assert all(isinstance(row[per], str) for row in rows[:-1])
    total = counter.done("balance --format json").json[-1]
    assert min(total[name] for name in SIX) >= 1


def test_a_promise_belongs_to_the_day_it_was_made(counter: Counter) -> None:
    """Both ends of a period count; parts of a time add up to the whole."""

    def made(period: str) -> int:
        return int(counter.done("balance --format json --period", period).json[-1]["made"])

    assert made("2026-03-03..2026-03-03") + made("2026-03-04..2026-03-04") == made("2026-03-03..2026-03-04")
    assert made("2025") + made("2026") == int(counter.done("balance --format json").json[-1]["made"])
    assert made("2026-Q1") == made("2026-01") + made("2026-02") + made("2026-03")
    assert made("2020") == 0


def test_states_are_those_of_the_day(counter: Counter) -> None:
    """``--today`` decides what is kept, not when it was asked."""
    counter.done("promise keep PM26-0001")
    row = next(row for row in counter.done("balance --format json").json if row["what"] == "other")
    assert (row["kept_late"], row["open"]) == (1, 0)
    row = next(row for row in counter.done("balance --format json --as-of 2026-03-09").json if row["what"] == "other")
    assert (row["kept_late"], row["open"]) == (0, 1)


def test_without_a_promise_there_is_a_total_of_nothing(counter: Counter) -> None:
    """A table of one line, all zero."""
    (row,) = counter.done("balance --period 2020 --format json").json
    assert {row[name] for name in ("made", *SIX)} == {0}
    assert counter.done("balance --period 2020").lines[-1].split() == ["total", *"0000000"]
