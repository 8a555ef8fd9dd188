"""A hotline that was promised, and that nobody answered."""

from __future__ import annotations

import pytest

from tests.answers.breaches.service import codes
from tests.answers.shop import CHAIR, COOLER, UNIT, record

SALE = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]")
MISSED = {"at": "2026-03-05T22:40", "channel": "hotline", "purpose": "other", "outcome": "missed"}


def _codes(*records: str, now: str = "2026-12-31") -> list[str]:
    return [one for one in codes(*records, now=now) if one.endswith("/missed-call")]


def test_a_missed_call_on_the_hotline_is_a_breach_on_its_day() -> None:
    """Not the day before; an apology settles it."""
    missed = record("VI26-0001", about=f"[{UNIT}]", **MISSED)
    assert _codes(SALE, missed, now="2026-03-04") == []
    assert _codes(SALE, missed, now="2026-03-05") == ["VI26-0001/missed-call"]
    apology = record("PM26-0001", of="VI26-0001/missed-call", apologised="{at: 2026-03-06}")
    assert _codes(SALE, missed, apology) == []


@pytest.mark.parametrize(
    "fields",
    [{"channel": "phone"}, {"outcome": "no_answer"}, {"outcome": "reached", "incoming": "yes"}],
)
def test_nothing_else_is(fields: dict[str, str]) -> None:
    """Another channel has no hours to answer for, and whom we do not reach did not call."""
    assert _codes(SALE, record("VI26-0001", about=f"[{UNIT}]", **MISSED | fields)) == []


def test_a_call_about_nothing_is_about_what_was_bought_by_then() -> None:
    """Whoever had bought nothing was promised no hotline."""
    later = record("SA26-0001", sold_on="2026-03-06", items=f"[{{product: {CHAIR}, taken: yes}}]")
    assert _codes(SALE, record("VI26-0001", **MISSED)) == ["VI26-0001/missed-call"]
    assert _codes(later, record("VI26-0001", **MISSED)) == []
