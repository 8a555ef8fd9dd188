"""Promises that were broken or kept late, where the customer had our word."""

from __future__ import annotations

import pytest

from tests.answers.breaches.service import TOLD, UNIT, codes, found
from tests.answers.shop import BUYER, record

WORD = {"due": "2026-03-05", "what": "answer", "about": f"[{UNIT}]"}
SOLD = record("SA26-0001", items="[{product: PR26-0002, taken: yes}]")


def _said(**facts: str) -> str:
    return record("PM26-0001", **(WORD | facts))


def test_a_broken_word_is_a_breach_until_it_is_apologised_for() -> None:
    """From the day we said so."""
    broken = {"broken": "{on: 2026-03-04, reason: 厂家停产}"}
    assert codes(SOLD, _said(**broken), now="2026-03-03") == []
    assert codes(SOLD, _said(**broken), now="2026-03-04") == ["PM26-0001/broken-promise"]
    assert codes(SOLD, _said(**broken, apologised="{at: 2026-03-05}")) == []


def test_a_word_kept_late_is_a_breach_until_it_is_apologised_for() -> None:
    """From the day it was kept; before that it is overdue, which ``due`` says."""
    late = {"kept": "{at: 2026-03-07}"}
    assert codes(SOLD, _said(**late), now="2026-03-06") == ["PM26-0001/untold-delay"]
    assert codes(SOLD, _said(**late), now="2026-03-07") == ["PM26-0001/late-promise", "PM26-0001/untold-delay"]
    assert codes(SOLD, _said(**late, apologised="{at: 2026-03-08}")) == []
    assert codes(SOLD, _said(kept="{at: 2026-03-05}")) == []


def test_what_we_only_planned_is_no_breach() -> None:
    """The customer had no word of it."""
    assert codes(SOLD, _said(binds="plan", kept="{at: 2026-03-07}")) == []
    assert codes(SOLD, _said(binds="plan", broken="{on: 2026-03-07}")) == []


def test_a_late_delivery_is_called_by_its_own_code_alone() -> None:
    """One deed is not two breaches of being late."""
    brought = record("DE26-0001", person="ST26-0001", opened="yes", signed="{by: a, at: 2026-03-06}")
    ids = codes(record("SA26-0001", told=TOLD), brought)
    assert ids == [f"{UNIT}/late-delivery", f"{UNIT}/delay-not-told"]


@pytest.mark.parametrize(
    ("records", "path"),
    [
        ([_said(kept="{at: 2026-03-07}")], ("kept",)),
        ([_said(), record("VI26-0001", keeps="[PM26-0001]", at="2026-03-07")], ("at",)),
    ],
)
def test_a_late_promise_shows_where_it_was_kept(records: list[str], path: tuple[str, ...]) -> None:
    """In its own record, or in that of the contact."""
    breach = found(SOLD, *records)["PM26-0001/late-promise"]
    assert (breach.path, breach.to) == (path, BUYER)


@pytest.mark.parametrize(("today", "is_found"), [("2026-03-07", False), ("2026-03-08", True)])
def test_what_is_still_with_somebody_who_left(today: str, *, is_found: bool) -> None:
    """From the day after they left; it shows in their file, and names who it is owed to."""
    gone = record("ST26-0009", name="老吴", left="{on: 2026-03-07}")
    owed = record("PM26-0001", what="回电话", due="2026-03-20", person="ST26-0009")
    breaches = found(gone, owed, now=today)
    assert ("PM26-0001/left-with-work" in breaches) is is_found
    if is_found:
        breach = breaches["PM26-0001/left-with-work"]
        assert (breach.record, breach.path, breach.what) == (
            "ST26-0009",
            ("left",),
            "回电话 is still with 老吴, who left on 2026-03-07",
        )


@pytest.mark.parametrize("fact", ["kept: {at: 2026-03-06}", "released: {on: 2026-03-09}", "person: ST26-0001"])
def test_what_is_over_or_with_another_is_with_nobody_who_left(fact: str) -> None:
    """Kept before, let go since, or handed to somebody who is there."""
    gone = record("ST26-0009", name="老吴", left="{on: 2026-03-07}")
    key, __, value = fact.partition(": ")
    owed = record("PM26-0001", **({"what": "回电话", "due": "2026-03-20", "person": "ST26-0009"} | {key: value}))
    assert "PM26-0001/left-with-work" not in found(gone, owed, now="2026-03-15")
