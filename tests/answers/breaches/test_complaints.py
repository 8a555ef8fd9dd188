"""Complaints: each breach from its day on, and not once it is mended."""

from __future__ import annotations

import pytest

from aftercare.answers.breaches.finding import Breach
from tests.answers.breaches import service
from tests.answers.breaches.service import FITTER, HELPER
from tests.answers.complained import CASE, PLANS, SALE, case

ANSWERED = {"acknowledged": "[{at: 2026-06-01T10:00}]", "answers": "[{at: 2026-06-02, says: 明天来}]"}


def _found(now: str = "2026-12-31", **facts: str) -> dict[str, Breach]:
    return service.found(SALE, case(**facts), now=now, pack=PLANS)


def _codes(now: str, **facts: str) -> list[str]:
    return [name.partition("/")[2] for name in _found(now, **facts)]


def test_a_step_late_for_longer_than_the_ladder_allows_is_stuck() -> None:
    """Resolved by 4 June; three days late it is late, the day after it is stuck."""
    assert _codes("2026-06-07", **ANSWERED) == []
    found = _found("2026-06-08", **ANSWERED, person=FITTER)[f"{CASE}/stuck-complaint"]
    assert (found.on.isoformat(), found.path, found.person) == ("2026-06-08", ("received_at",), FITTER)
    assert found.sentence == "王建国: stuck, and with nobody else: promised by 2026-06-04, 4 days late (张师傅)"
    assert _codes("2026-06-20", **ANSWERED, resolved="[{at: 2026-06-09}]") == []
    assert _codes("2026-06-20", **ANSWERED, withdrawn="{on: 2026-06-09}") == []


@pytest.mark.parametrize(
    ("handed", "now", "expected"),
    [
        ("2026-06-04", "2026-06-08", ["stuck-complaint"]),
        ("2026-06-05", "2026-06-08", []),
        ("2026-06-08", "2026-06-11", []),
        ("2026-06-08", "2026-06-12", ["stuck-complaint.2"]),
    ],
)
def test_handing_it_on_once_it_is_late_gives_the_next_one_as_long(handed: str, now: str, expected: list[str]) -> None:
    """Before it was late a hand-over was no escalation; after it, the next one has the ladder's span again."""
    assert _codes(now, **ANSWERED, person=FITTER, assigned=f"[{{to: {HELPER}, at: {handed}}}]") == expected


def test_without_a_span_nobody_says_when_it_is_stuck() -> None:
    """A duty that names no time finds nothing."""
    pack = PLANS.replace(", value: {2020-01-01: {days: 3}}", "")
    assert service.found(SALE, case(**ANSWERED), now="2026-12-31", pack=pack) == {}


def test_the_same_thing_asked_for_twice() -> None:
    """In the same words, whatever their width; another thing is another."""
    again = f"{{at: 2026-06-04, what: 发票Ａ, by: {HELPER}}}"
    asked = f"[{{at: 2026-06-02, what: 发票A}}, {{at: 2026-06-03, what: 照片}}, {again}]"
    done = {**ANSWERED, "resolved": "[{at: 2026-06-04}]", "asked": asked}
    found = _found("2026-06-04", **done)[f"{CASE}/asked-twice"]
    assert (found.path, found.person) == (("asked", 2), HELPER)
    assert "asked again for what was asked for on 2026-06-02: 发票Ａ" in found.sentence
    assert _codes("2026-06-03", **done) == []


@pytest.mark.parametrize(
    ("deeds", "now", "expected"),
    [
        ("", "2026-06-01", []),
        ("", "2026-06-02", ["unsafe", "maker-not-told"]),
        (", made_safe: {at: 2026-06-01T20:00}, told_maker: {at: 2026-06-01}", "2026-06-02", []),
        (", made_safe: {at: 2026-06-02}, told_maker: {at: 2026-06-01}", "2026-06-20", ["unsafe"]),
    ],
)
def test_danger_is_removed_and_told_on_the_day(deeds: str, now: str, expected: list[str]) -> None:
    """Left for the next day it stays a breach, though it was done then."""
    done = {**ANSWERED, "resolved": "[{at: 2026-06-02}]"}
    assert _codes(now, **done, incident=f"{{kind: danger{deeds}}}") == expected


def test_what_is_no_danger_is_no_breach() -> None:
    """A breakdown has no such steps."""
    done = {**ANSWERED, "resolved": "[{at: 2026-06-02}]"}
    assert _codes("2026-06-20", **done, incident="{kind: breakdown}") == []
