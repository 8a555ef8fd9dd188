"""The named clock of 16 CFR 435.2(b): how long an order stands that was not shipped in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.tree import Tree
from aftercare.policies import load
from aftercare.policies.judging import clocks
from aftercare.policies.judging.clocks import Answer, Delay, Notice, ftc_delay
from aftercare.policies.judging.given import Given, Unknown
from aftercare.policies.judging.situation import situation

_END = date(2026, 4, 1)
_DAY = timedelta(days=1)
_CONSENT, _CANCEL = Answer("consent", None), Answer("cancel", date(2026, 3, 27))


def _notice(received: str = "2026-03-25", revised: str = "2026-04-20", *, offers_cancel: bool = True) -> Notice:
    return Notice(date.fromisoformat(received), date.fromisoformat(revised) if revised else None, offers_cancel)


def _until(day: str) -> Delay:
    return Delay(date.fromisoformat(day), date.fromisoformat(day) + _DAY)


@pytest.mark.parametrize(
    ("notices", "answers", "expected"),
    [
        ([], [], _until("2026-04-01")),
        ([_notice()], [], _until("2026-04-20")),
        ([_notice()], [None], _until("2026-04-20")),
        ([_notice(revised="2026-05-01")], [], _until("2026-05-01")),
        ([_notice(revised="2026-05-02")], [], _until("2026-05-01")),
        ([_notice(revised="")], [], _until("2026-05-01")),
        ([_notice(revised="2026-05-02")], [_CONSENT], _until("2026-05-02")),
        ([_notice(revised="2026-06-01")], [Answer("consent", date(2026, 5, 1))], _until("2026-06-01")),
        ([_notice(revised="2026-06-01")], [Answer("consent", date(2026, 5, 2))], _until("2026-05-01")),
        ([_notice(revised="")], [_CONSENT], Delay(None, None)),
        ([_notice(offers_cancel=False)], [_CONSENT], _until("2026-04-01")),
        ([_notice("2026-04-01")], [], _until("2026-04-20")),
        ([_notice("2026-04-02")], [_CONSENT], _until("2026-04-01")),
        ([_notice()], [_CANCEL], _until("2026-03-26")),
        ([_notice()], [Answer("cancel", date(2026, 4, 25))], _until("2026-04-20")),
        ([_notice(revised="")], [Answer("cancel", date(2026, 4, 10))], _until("2026-04-09")),
    ],
)
def test_the_first_notice(notices: list[Notice], answers: list[Answer | None], expected: Delay) -> None:
    """Silence agrees to a day at most thirty days past the time; to anything further only the buyer's word does."""
    assert ftc_delay(_END, notices, answers) == expected


@pytest.mark.parametrize(
    ("received", "revised", "answer", "expected"),
    [
        ("2026-04-15", "2026-05-10", None, _until("2026-04-20")),
        ("2026-04-15", "2026-05-10", _CONSENT, _until("2026-05-10")),
        ("2026-04-15", "2026-05-10", Answer("consent", date(2026, 4, 20)), _until("2026-05-10")),
        ("2026-04-15", "2026-05-10", Answer("consent", date(2026, 4, 21)), _until("2026-04-20")),
        ("2026-04-20", "2026-05-10", _CONSENT, _until("2026-05-10")),
        ("2026-04-21", "2026-05-10", _CONSENT, _until("2026-04-20")),
        ("2026-04-15", "", _CONSENT, Delay(None, None)),
        ("2026-04-15", "2026-05-10", Answer("cancel", date(2026, 4, 17)), _until("2026-04-16")),
    ],
)
def test_a_later_notice(received: str, revised: str, answer: Answer | None, expected: Delay) -> None:
    """Silence is refusal: the order ends with the day that stood."""
    assert ftc_delay(_END, [_notice(), _notice(received, revised)], [None, answer]) == expected


_NOTICES = st.lists(
    st.builds(
        Notice,
        st.dates(date(2026, 3, 1), date(2026, 6, 30)),
        st.none() | st.dates(date(2026, 3, 1), date(2026, 8, 1)),
        st.booleans(),
    ),
    max_size=3,
)


@given(_NOTICES)
def test_silence_never_reaches_past_thirty_days(notices: list[Notice]) -> None:
    """Whatever was announced; and a notice never takes from the time for shipment."""
    found = ftc_delay(_END, notices, [])
    assert found.consented_until is not None
    assert _END <= found.consented_until <= _END + timedelta(days=30)


@given(
    _NOTICES, st.lists(st.none() | st.builds(Answer, st.sampled_from(["consent", "cancel"]), st.dates()), max_size=3)
)
def test_an_order_is_cancelled_the_day_after_it_stands(notices: list[Notice], answers: list[Answer | None]) -> None:
    """The two days are neighbours, or there is neither."""
    found = ftc_delay(_END, notices, answers)
    assert (found.cancelled_on is None) is (found.consented_until is None)
    if found.cancelled_on and found.consented_until:
        assert found.cancelled_on - found.consented_until == _DAY


def test_the_days_are_those_of_the_pack() -> None:
    """The clock begins where the window of the pack ends."""
    pack = next(pack for pack in load.shipped() if pack.id == "us-435")
    window = next(window for window in pack.law.windows if window.name == "us.ftc.ship")
    assert [one.length.count for one in window.values if one.length] == [clocks.SHIP_DAYS]
    credit = window.variants[1].changes["values"]
    assert [one.length.count for one in credit if one.length] == [clocks.SHIP_DAYS_ON_CREDIT]
    option = next(window for window in pack.law.windows if window.name == "us.ftc.delay_option")
    assert [one.length.count for one in option.values if one.length] == [clocks.OPTION_DAYS]


@pytest.mark.parametrize(
    ("facts", "until", "cancelled"),
    [
        ({}, "2026-04-01", "2026-04-02"),
        ({"ordered_on": "2026-03-05"}, "2026-04-04", "2026-04-05"),
        ({"seller_credit_application": "yes"}, "2026-04-21", "2026-04-22"),
        ({"promised_by": "2026-03-16", "seller_credit_application": "yes"}, "2026-03-16", "2026-03-17"),
        ({"shipped_on": "2026-04-01"}, "2026-04-01", None),
        ({"shipped_on": "2026-04-02"}, "2026-04-01", "2026-04-02"),
        ({"withdrawn_on": "2026-03-08"}, "2026-04-01", "2026-04-02"),
    ],
)
def test_the_facts_of_a_case(facts: dict[str, Tree], until: str, cancelled: str | None) -> None:
    """Without notices the time for shipment is all there is; what was shipped in it is not cancelled."""
    case = situation({"sold_on": "2026-03-02", **facts}, date(2026, 4, 10))
    assert case.day("ftc.consented_until") == date.fromisoformat(until)
    assert case.day("ftc.cancelled_on") == (date.fromisoformat(cancelled) if cancelled else None)


def _with_notice(**facts: Tree) -> dict[str, Tree]:
    notice: Tree = {"received": "2026-03-25", "revised_date": "2026-04-20", "offers_cancel": "yes"}
    return {"sold_on": "2026-03-02", "delay_notices": [notice], **facts}


@pytest.mark.parametrize(
    ("said", "answer"),
    [("none", None), ("consent", "consent"), ("Consented by mail", "consent"), ("cancelled", "cancel")],
)
def test_an_answer_by_itself_is_one_to_the_last_notice(said: str, answer: str | None) -> None:
    """It begins with the word for yes or for no."""
    found = situation(_with_notice(buyer_response=said, withdrawn_on="2026-03-27"), date(2026, 4, 10)).get("ftc.answer")
    assert isinstance(found, Given)
    assert found.value == (answer or "cancel")


def test_an_answer_that_is_no_word_for_either_is_asked_about() -> None:
    """It is not taken for silence, which would mean something."""
    case = situation(_with_notice(buyer_response="perhaps"), date(2026, 4, 10))
    assert case.get("ftc.answer") == Unknown(("buyer_response",))
    assert case.get("ftc.consented_until") == Unknown(("buyer_response",))


def test_the_day_of_cancelling_is_asked_for() -> None:
    """The refund is counted from it."""
    case = situation(_with_notice(buyer_response="cancel"), date(2026, 4, 10))
    assert case.get("ftc.cancelled_on") == Unknown(("withdrawn_on",))


def test_an_order_without_a_day_is_asked_about() -> None:
    """There is nothing to count from."""
    assert situation({}, date(2026, 4, 10)).get("ftc.consented_until") == Unknown(("sold_on",))
