"""A hotline that was promised, and that nobody answered; contacts that were not wished for."""

from __future__ import annotations

import pytest

from tests.answers.breaches.service import codes
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

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


def _unwanted(*records: str, now: str = "2026-12-31") -> list[str]:
    return [one for one in codes(*records, now=now) if one.endswith("/unwanted-contact")]


GREETING = {"at": "2026-09-25", "purpose": "greeting", "channel": "message"}


@pytest.mark.parametrize(
    ("wish", "is_breach"),
    [
        ({}, False),
        ({"consent": "{greetings: yes}"}, False),
        ({"consent": "{greetings: no}"}, True),
        ({"consent": "{greetings: no, on: 2026-09-25}"}, True),
        ({"consent": "{greetings: no, on: 2026-09-26}"}, False),
        ({"consent": "{messages: no}"}, False),
        ({"do_not_contact": "勿扰"}, True),
        ({"do_not_contact": "勿扰", "do_not_contact_on": "2026-09-25"}, True),
        ({"do_not_contact": "勿扰", "do_not_contact_on": "2026-09-26"}, False),
    ],
)
def test_a_greeting_to_who_had_declined_is_a_breach(wish: dict[str, str], is_breach: bool) -> None:
    """On the day of the refusal it is, the day before it is not; who was never asked has refused nothing."""
    found = _unwanted(record("VI26-0001", **GREETING), record(BUYER, **wish))
    assert found == (["VI26-0001/unwanted-contact"] if is_breach else [])


@pytest.mark.parametrize(
    "fields", [{"outcome": "no_answer"}, {"incoming": "yes"}, {"purpose": "call_back"}, {"purpose": "information"}]
)
def test_what_is_owed_or_reached_nobody_is_none(fields: dict[str, str]) -> None:
    """A call in vain, the customer's own call, and what a sale needs are no unwanted contact."""
    no = record(BUYER, do_not_contact="勿扰")
    assert _unwanted(no, record("VI26-0001", **GREETING | fields)) == []


def test_an_invitation_to_who_had_declined_is_a_breach() -> None:
    """In the list of an event, or as a contact of its own; messages about offers were declined too."""
    no = record(BUYER, consent="{messages: no, on: 2026-12-01}")
    call = record("VI26-0001", at="2026-12-01", purpose="event")
    assert _unwanted(no, call) == ["VI26-0001/unwanted-contact"]
    usual = {"name": "联欢", "at": "2026-12-20", "planned_on": "2026-11-01"}
    for at, expected in (("2026-12-01", [f"{BUYER}/invite.EV26-0001/unwanted-contact"]), ("2026-11-30", [])):
        event = record("EV26-0001", guests=f"[{{customer: {BUYER}, invited: {{at: {at}}}}}]", **usual)
        assert _unwanted(no, event) == expected
    apology = record("PM26-0001", of="VI26-0001/unwanted-contact", apologised="{at: 2026-12-02}")
    assert _unwanted(no, call, apology) == []
