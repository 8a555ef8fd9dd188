"""What figures are made of: the records and the ledger of one day, and breaches only where somebody asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftercare.commands import measuring
from aftercare.commands.session import Session
from aftercare.errors import UsageProblem
from aftercare.plain.moments import day_of

DATA = Path(__file__).parents[2] / "data"
DAY = "2026-11-20"


def test_breaches_wait_until_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most figures need none, and they cost more than all the rest."""
    looks: list[object] = []

    def looked(*asked: object) -> list[object]:
        looks.append(asked)
        return []

    monkeypatch.setattr(measuring, "breaches", looked)
    __, facts = measuring.facts_of(Session(folder=str(DATA), today=DAY))
    assert facts.ledger.promises
    assert not looks
    assert facts.breaches == []
    assert facts.breached == {}
    assert len(looks) == 1


def test_looking_back_leaves_out_what_came_later() -> None:
    """``--as-of`` tells what was known on the day, so that an old report can be made again."""
    __, now = measuring.facts_of(Session(folder=str(DATA), today=DAY))
    __, then = measuring.facts_of(Session(folder=str(DATA), as_of="2026-06-30"))
    assert day_of(then.now) == date(2026, 6, 30)
    assert 0 < len(then.ledger.promises) < len(now.ledger.promises)


def test_without_a_period_all_time_is_meant() -> None:
    """So it is everywhere; an empty text is no period, and a script that lost its variable is told so."""
    session = Session(folder=str(DATA), today=DAY)
    assert measuring.asked_period(session, None).is_open
    assert measuring.asked_period(session, "2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert measuring.asked_period(session, "..today") == (date.min, date(2026, 11, 20))
    for wrong in ("", "2026-13", "2026-03-02..2026-03-01"):
        with pytest.raises(UsageProblem):
            measuring.asked_period(session, wrong)
