"""``sale retire``: what it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import counter as small_shop
from tests.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, on 10 March."""
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


def test_it_writes_the_day_and_the_reason(counter: Counter) -> None:
    """In the sale's line; the clock says when, and the unit's history tells of it."""
    counter.done("sale retire sa26-1 --reason 报废")
    assert "retired: {on: 2026-03-10, reason: 报废}" in counter.text("SA26-0001")
    assert "报废" in counter.done("unit show SA26-0001/1").out
    assert '"retired": "2026-03-10"' in counter.done("unit show SA26-0001/1 --format json").out


def test_nothing_is_retired_twice(counter: Counter) -> None:
    """The error says how to take it back, and taking it back is enough."""
    counter.done("sale retire SA26-0001/1 --on 2026-03-09")
    again = counter("sale retire SA26-0001/1")
    assert (again.code, "aftercare sale set SA26-0001 items.1.retired=" in again.err) == (5, True)
    counter.done("sale set SA26-0001 items.1.retired=")
    assert "retired" not in counter.text("SA26-0001")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("/9", 4),
        ("/1 --on 2020-01-01", 5),
        ("/1 --on 2026-03-11", 5),
        ("/1 --on x", 2),
    ],
)
def test_what_cannot_be_is_refused(counter: Counter, typed: str, code: int) -> None:
    """A line that is none, a day before the sale, a day to come, no day."""
    before = counter.text("SA26-0001")
    assert counter(f"sale retire SA26-0001{typed}").code == code
    assert counter.text("SA26-0001") == before


def test_as_json_it_names_the_sale(counter: Counter) -> None:
    """Like every command that writes."""
    assert counter.done("sale retire SA26-0001/1 --format json").out.startswith('{"id": "SA26-0001"')
