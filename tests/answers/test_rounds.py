"""Rounds: which step belongs to which, and in whose hands a complaint was."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.rounds import always, on_the_day, owner, owners, rounds, shared, ways
from aftercare.plain.moments import iso, parse
from aftercare.records.complaint import Answered
from tests.answers.complained import complaint

START = datetime(2026, 6, 1, 9, 0)
DAYS = st.lists(st.integers(0, 90), max_size=6)


def _at(days: int, hours: int = 0) -> str:
    return iso(START + timedelta(days=days, hours=hours))


@given(returns=DAYS, answers=DAYS)
def test_every_step_belongs_to_one_round_and_none_before_it_began(returns: list[int], answers: list[int]) -> None:
    """However often a matter comes back, each answer is counted once, in the last round that had begun before it."""
    back = ", ".join(f"{{at: {_at(day, 1)}}}" for day in returns)
    said = ", ".join(f"{{at: {_at(day, 2)}, says: 好}}" for day in answers)
    found = complaint(reopened=f"[{back}]", answers=f"[{said}]")
    shares = shared(found.answers, rounds(found), on_the_day)
    assert sorted(shares) == list(range(1, len(returns) + 2))
    assert sum(map(len, shares.values())) == len(answers)
    for one in rounds(found):
        for answer in shares[one.number]:
            assert one.begins <= answer.at
            assert one.ends is None or answer.at < one.ends


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-06-05"], {1: 1, 2: 0}),
        (["2026-06-05", "2026-06-05"], {1: 1, 2: 1}),
        (["2026-06-04", "2026-06-05"], {1: 1, 2: 1}),
        (["2026-06-06"], {1: 0, 2: 1}),
        (["2026-06-01"], {1: 1, 2: 0}),
    ],
)
def test_what_was_done_on_the_day_it_came_back_came_before_it(days: list[str], expected: dict[int, int]) -> None:
    """Nothing can come back that was not settled; a second time on that day belongs to the new round."""
    found = complaint(reopened="[{at: 2026-06-05}]")
    steps = [Answered.model_validate({"at": day, "says": "好"}) for day in days]
    assert {number: len(share) for number, share in shared(steps, rounds(found), always).items()} == expected


def test_in_the_minute_it_came_back_the_steps_go_on_from_there() -> None:
    """Reopened on the phone and answered at once is the answer to it; the word that reopened it ends the first."""
    at = "2026-06-05T09:00"
    found = ways(
        complaint(
            acknowledged=f"[{{at: {at}}}]",
            answers=f"[{{at: {at}, says: 今天来}}]",
            resolved=f"[{{at: {at}}}, {{at: {at}}}]",
            confirmed=f"[{{at: {at}, satisfied: no}}, {{at: {at}, satisfied: yes}}]",
            reopened=f"[{{at: {at}}}]",
        )
    )
    assert [len(way.answers) for way in found] == [0, 1]
    assert [len(way.resolved) for way in found] == [1, 1]
    assert [[said.satisfied for said in way.confirmed] for way in found] == [[False], [True]]


def test_a_refusal_settles_a_round_until_more_is_done() -> None:
    """The last answer counts, and what was done after all outweighs it."""
    refused = "[{at: 2026-06-02, says: 不赔, refused: yes}]"
    softened = "[{at: 2026-06-02, says: 不赔, refused: yes}, {at: 2026-06-03, says: 赔}]"
    assert ways(complaint(answers=refused))[-1].is_settled
    assert not ways(complaint(answers=softened))[-1].is_settled
    assert ways(complaint(answers=refused, resolved="[{at: 2026-06-04}]"))[-1].refused is None


@pytest.mark.parametrize(
    ("withdrawn", "expected"),
    [("2026-06-03", [True, False]), ("2026-06-05", [True, False]), ("2026-06-06", [False, True])],
)
def test_it_is_taken_back_in_one_round(withdrawn: str, expected: list[bool]) -> None:
    """One that comes back after it was taken back is open again."""
    found = complaint(reopened="[{at: 2026-06-05}]", withdrawn=f"{{on: {withdrawn}}}")
    assert [way.withdrawn is not None for way in ways(found)] == expected


def test_whoever_took_it_down_has_it_until_it_is_handed_on() -> None:
    """The one named at the start goes first; each hand-over counts from its moment."""
    handed = "[{to: ST26-0002, at: 2026-06-03}, {to: ST26-0003, at: 2026-06-02}]"
    found = complaint(by="ST26-0001", assigned=handed)
    assert [person for person, __ in owners(found)] == ["ST26-0001", "ST26-0003", "ST26-0002"]
    assert owner(found, parse("2026-06-02")) == "ST26-0003"
    assert owner(complaint(by="ST26-0001", person="ST26-0009")) == "ST26-0009"
    assert owner(complaint()) == ""
