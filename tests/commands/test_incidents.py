"""Danger: made safe and told to the maker, of a complaint and of a claim; first in what is due."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter

LATER = "--today 2026-11-23"
"""After the day from which faults of claims promise it."""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_danger_stands_before_what_is_later_by_far(counter: Counter) -> None:
    """Whatever the days; in text it is marked, in JSON it has ``urgent``, and the others have not."""
    counter.done("complaint add --customer CU26-0001 --incident danger --what 漏电")
    rows = counter.done("due --format json").json
    urgent = [row["urgent"] for row in rows]
    assert urgent == sorted(urgent, reverse=True)
    assert [row["what"] for row in rows[:2]] == ["make_safe", "report"]
    assert any(row["overdue_days"] > 0 for row in rows[2:])
    assert counter.done("due").lines[0].startswith("URGENT today")
    assert counter.done("due --lang zh").lines[0].startswith("紧急 ")


def test_the_deeds_are_written_into_the_incident(counter: Counter) -> None:
    """Once each; without an incident there is nothing to make safe."""
    counter.done("complaint add --customer CU26-0001 --incident injury --what 烫伤")
    counter.done("complaint make-safe 1 --how 取回 --by 李师傅")
    assert counter.done("complaint tell-maker 1 --format json").json["kept"] == ["CO26-0001/report.1"]
    assert "made_safe: {at: 2026-03-10, by: ST25-0001, how: 取回}" in counter.text("CO26-0001")
    assert counter("complaint make-safe 1").code == 5
    counter.done("complaint add --customer CU26-0001 --what 迟到")
    refused = counter("complaint tell-maker 2")
    assert refused.code == 5
    assert "aftercare complaint set CO26-0002 incident.kind=danger" in refused.err


def test_a_complaint_taken_back_is_still_made_safe(counter: Counter) -> None:
    """The customer lets the matter be, and the danger is still there."""
    counter.done("complaint add --customer CU26-0001 --incident danger --what 漏电")
    counter.done("complaint withdraw 1")
    assert counter.done("complaint make-safe 1 --format json").json["kept"] == ["CO26-0001/make-safe.1"]


def test_a_dangerous_fault_has_the_same_two_deeds(counter: Counter) -> None:
    """Of a claim whose fault endangers people, closed or not; never before it was reported."""
    refused = counter("claim make-safe 1")
    assert refused.code == 5
    assert "aftercare claim set CL26-0001 fault.severity=safety" in refused.err
    counter.done(f"claim add --unit SA25-0009/1 --symptom 漏电 --severity safety {LATER}")
    assert counter(f"claim make-safe 2 --at 2026-11-22 {LATER}").code == 5
    assert counter.done(f"claim make-safe 2 --format json {LATER}").json["kept"] == ["CL26-0002/make-safe.1"]
    counter.done(f"claim close 2 {LATER}")
    assert counter.done(f"claim tell-maker 2 --how 电话 --format json {LATER}").json["kept"] == ["CL26-0002/report.1"]
    assert counter(f"claim tell-maker 2 {LATER}").code == 5
