"""The steps of a complaint: what keeps each, what ends it, and that hand-overs move no clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import shop
from tests.answers.complained import CASE, PLANS, SALE, case, due, states
from tests.answers.shop import record

TOLD, ANSWERED = "[{at: 2026-06-01T10:00}]", "[{at: 2026-06-02, says: 明天来}]"
DONE, WELL = "[{at: 2026-06-03, how: 修好}]", "[{at: 2026-06-04, satisfied: yes}]"
BACK = "[{at: 2026-06-05T09:00, reason: 又坏了}]"


def test_each_step_is_a_promise_with_its_own_time() -> None:
    """From the receipt on; what follows the answer and the solution comes with them."""
    assert due(case()) == {"acknowledge.1": "2026-06-02", "answer.1": "2026-06-03", "resolve.1": "2026-06-04"}
    assert due(case(answers=ANSWERED))["carry-out.1"] == "2026-06-05"
    after = due(case(resolved=DONE))
    assert (after["confirm.1"], after["check-back.1"]) == ("2026-06-04", "2026-06-10")


@pytest.mark.parametrize(
    ("urgency", "by"),
    [("urgent", "2026-06-01T10:00"), ("high", "2026-06-01T10:00"), ("ordinary", "2026-06-02"), ("low", "2026-06-02")],
)
def test_an_urgent_one_has_shorter_times(urgency: str, by: str) -> None:
    """``when: {urgent: yes}`` is for urgent and high ones alone."""
    assert due(case(urgency=urgency))["acknowledge.1"] == by


def test_what_touches_safety_is_urgent_whatever_was_said() -> None:
    """And only that is to be made safe and told to the maker, on the day it came in."""
    found = due(case(urgency="low", incident="{kind: injury}"))
    assert found["acknowledge.1"] == "2026-06-01T10:00"
    assert (found["make-safe.1"], found["report.1"]) == ("2026-06-01", "2026-06-01")
    assert "make-safe.1" not in due(case(incident="{kind: breakdown}"))
    assert "make-safe.1" not in due(case(incident="{kind: danger, safety: no}"))
    assert "make-safe.1" in due(case(incident="{kind: lost_data, safety: yes}"))


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({"acknowledged": TOLD}, {"acknowledge.1"}),
        ({"answers": ANSWERED}, {"acknowledge.1", "answer.1"}),
        ({"resolved": DONE}, {"answer.1", "resolve.1"}),
        ({"resolved": DONE, "confirmed": WELL}, {"answer.1", "resolve.1", "confirm.1"}),
        ({"answers": ANSWERED, "resolved": DONE}, {"acknowledge.1", "answer.1", "resolve.1", "carry-out.1"}),
    ],
)
def test_a_later_step_stands_for_an_earlier_one(facts: dict[str, str], kept: set[str]) -> None:
    """Whoever has an answer knows that the complaint came in; whoever was helped has an answer."""
    found = states(case(**facts))
    assert {name for name, state in found.items() if state == "kept"} == kept


def test_the_last_good_day_and_the_day_after() -> None:
    """Answered on the second day it is in time, on the third it is late."""
    assert states(case(answers="[{at: 2026-06-03T23:59, says: 好}]"))["answer.1"] == "kept"
    assert states(case(answers="[{at: 2026-06-04T00:00, says: 好}]"))["answer.1"] == "kept_late"
    assert states(case(), now="2026-06-03")["answer.1"] == "due"
    assert states(case(), now="2026-06-04")["answer.1"] == "overdue"


def test_a_round_that_came_back_leaves_nothing_open() -> None:
    """What was kept stays kept, what was left is void, and every step is promised anew."""
    found = states(case(acknowledged=TOLD, resolved=DONE, reopened=BACK), now="2026-06-05T09:00")
    assert {name: state for name, state in found.items() if name.endswith(".1")} == {
        "acknowledge.1": "kept", "answer.1": "kept", "resolve.1": "kept", "confirm.1": "void", "check-back.1": "void",
    }  # fmt: skip
    assert {name: state for name, state in found.items() if name.endswith(".2")} == {
        "acknowledge.2": "waiting", "answer.2": "waiting", "resolve.2": "waiting",
    }  # fmt: skip


def test_a_step_of_the_second_round_keeps_none_of_the_first() -> None:
    """Late in the first and in time in the second are two facts."""
    answers = "[{at: 2026-06-04, says: 好}, {at: 2026-06-06, says: 好}]"
    found = states(case(answers=answers, resolved=DONE, reopened=BACK))
    assert (found["answer.1"], found["answer.2"]) == ("kept", "kept")
    late = states(case(answers=answers, resolved="[{at: 2026-06-04T12:00}]", reopened=BACK))
    assert (late["answer.1"], late["answer.2"]) == ("kept_late", "kept")


def test_taken_back_nothing_is_owed_but_what_is_dangerous() -> None:
    """The customer lets the matter be; the danger is still there."""
    found = states(case(withdrawn="{on: 2026-06-02}", incident="{kind: danger}"))
    assert (found["answer.1"], found["resolve.1"]) == ("void", "void")
    assert (found["make-safe.1"], found["report.1"]) == ("overdue", "overdue")


def test_refused_nothing_is_left_to_resolve() -> None:
    """A refusal promises nothing that would have to be carried out."""
    found = states(case(answers="[{at: 2026-06-02, says: 不赔, refused: yes}]"))
    assert (found["answer.1"], found["resolve.1"]) == ("kept", "void")
    assert "carry-out.1" not in found


def test_a_contact_of_its_purpose_keeps_the_check_back() -> None:
    """About the complaint, or named; not reached is not kept."""
    visit = record("VI26-0001", about=f"[{CASE}]", purpose="check_back", at="2026-06-09T10:00")
    assert states(case(resolved=DONE), visit)["check-back.1"] == "kept"
    vain = visit.replace("outcome: reached", "outcome: no_answer")
    assert states(case(resolved=DONE), vain)["check-back.1"] == "overdue"


def test_a_question_is_promised_passed_on_and_told() -> None:
    """Promised it is owed; passed on it is kept; answered, the customer is owed the answer."""
    promised = "[{to: 厂家, promised: 2026-06-02}]"
    assert states(case(passed_on=promised), now="2026-06-03")["pass-on.1"] == "due"
    gone = "[{to: 厂家, promised: 2026-06-02, at: 2026-06-04}]"
    found = states(case(passed_on=gone))
    assert (found["pass-on.1"], found["tell-answer.1"]) == ("kept_late", "waiting")
    back = "[{to: 厂家, at: 2026-06-04, answered: 2026-06-05}]"
    assert states(case(passed_on=back, answers=ANSWERED))["tell-answer.1"] == "overdue"
    told = "[{at: 2026-06-06, says: 厂家说可以}]"
    assert states(case(passed_on=back, answers=told))["tell-answer.1"] == "kept"


@given(days=st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_no_hand_over_moves_a_clock(days: list[int]) -> None:
    """Whoever has it in hand, and however often it changes hands, each step is due when it was."""
    handed = ", ".join(
        f"{{to: ST26-000{1 + n % 3}, at: {date(2026, 6, 1) + timedelta(days=day)}}}" for n, day in enumerate(days)
    )
    people = [record(f"ST26-000{n}", name="师傅") for n in (1, 2, 3)]
    now = "2026-12-31"
    plain = shop.promises(SALE, case(), now=now, plans=PLANS)
    other = shop.promises(SALE, *people, case(assigned=f"[{handed}]"), now=now, plans=PLANS)
    assert {name: one.due for name, one in plain.items()} == {name: one.due for name, one in other.items()}
    last = sorted(range(len(days)), key=lambda n: days[n])[-1]
    owned = {one.person for name, one in other.items() if name.startswith(CASE)}
    assert owned == {f"ST26-000{1 + last % 3}"}


CLAIM = record("CL26-0001", fault="{severity: safety}")


@pytest.mark.parametrize(
    ("facts", "safe", "told"),
    [
        ("", "overdue", "overdue"),
        ("made_safe: {at: 2026-08-05T20:00}\n", "kept", "overdue"),
        ("made_safe: {at: 2026-08-06}\ntold_maker: {at: 2026-08-05}\n", "kept_late", "kept"),
        ("repairs: [{in: 2026-08-05}]\n", "kept", "overdue"),
        ("replaced: {on: 2026-08-05}\n", "kept", "overdue"),
    ],
)
def test_a_dangerous_fault_is_made_safe_the_same_day(facts: str, safe: str, told: str) -> None:
    """Also by taking the thing in, or handing over another; the maker is told by nothing else."""
    found = shop.states(SALE, CLAIM + facts, now="2026-08-20", plans=PLANS)
    assert (found["CL26-0001/make-safe.1"], found["CL26-0001/report.1"]) == (safe, told)


def test_an_ordinary_fault_promises_no_such_thing() -> None:
    """Only what endangers people does."""
    found = shop.states(SALE, record("CL26-0001", fault="{severity: serious}"), now="2026-08-20", plans=PLANS)
    assert not any("safe" in name for name in found)
