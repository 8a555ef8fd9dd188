"""Greetings at festivals and birthdays: whom, when, and never whom that does not please."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.greetings import AHEAD
from aftercare.plain import lunar
from aftercare.plain.lunar import LunarDay
from tests.answers.shop import BUYER, PLANS, deadline, promises, record, states

FESTIVALS = (
    PLANS
    + """
- {id: mid-autumn, title: 中秋, category: goods, after: festival, festival: {lunar: 八月十五}, what: greeting,
   step: mid-autumn, channel: message, due: {2020-01-01: [{days: 0}]}, late: worthless}
- {id: spring, title: 春节, category: goods, after: festival, festival: {lunar: 正月初一}, what: greeting,
   step: spring-festival, channel: message, due: {2020-01-01: [{days: 0}]}, late: worthless}
- {id: ninth, title: 重阳, category: goods, when: {needs: [elderly, ill]}, after: festival, festival: {lunar: 九月初九},
   what: greeting, step: double-ninth, channel: message, due: {2020-01-01: [{days: 0}]}, late: worthless}
- {id: anniversary, title: 店庆, category: goods, after: festival, festival: {solar: 05-18}, what: greeting,
   step: anniversary, channel: message, due: {2026-05-18: [{days: 0}], 2027-01-01: ~}, ahead: {days: 3}}
"""
)
YES = {"consent": "{greetings: yes}"}
MID_AUTUMN = f"{BUYER}/mid-autumn.2026"


def _due(*records: str, now: str) -> dict[str, str]:
    found = promises(*records, now=now, plans=FESTIVALS)
    return {one.partition("/")[2]: deadline(promise) or "" for one, promise in found.items() if "/" in one}


def _states(*records: str, now: str) -> dict[str, str]:
    return {one.partition("/")[2]: state for one, state in states(*records, now=now, plans=FESTIVALS).items()}


def _sent(at: str, **fields: str) -> str:
    return record("VI26-0001", **{"purpose": "greeting", "channel": "message", "at": at} | fields)


def test_each_festival_is_promised_until_the_next_one() -> None:
    """Those since the customer is known, and one to come; the shop's own as the figures of the day say."""
    assert _due(record(BUYER, since="2026-03-01", **YES), now="2026-06-01") == {
        "mid-autumn.2026": "2026-09-25",
        "spring-festival.2027": "2027-02-06",
        "anniversary.2026": "2026-05-18",
    }


def test_a_festival_is_due_on_its_day_alone() -> None:
    """The day before it waits, the day after it is broken; a greeting on the day keeps it, one after it does not."""
    known = record(BUYER, **YES)
    for now, state in (("2026-09-24", "waiting"), ("2026-09-25", "due"), ("2026-09-26", "broken")):
        assert _states(known, now=now)["mid-autumn.2026"] == state
    kept = _sent("2026-09-25T09:00")
    assert _states(known, kept, now="2026-09-30")["mid-autumn.2026"] == "kept"
    assert _states(known, _sent("2026-09-26", keeps=f"[{MID_AUTUMN}]"), now="2026-09-30")["mid-autumn.2026"] == "broken"


def test_a_greeting_some_days_before_is_for_the_day() -> None:
    """A week ahead it is for the festival that comes, sooner for none."""
    known = record(BUYER, **YES)
    assert _states(known, _sent("2026-09-18"), now="2026-09-20")["mid-autumn.2026"] == "kept"
    assert _states(known, _sent("2026-09-17"), now="2026-09-20")["mid-autumn.2026"] == "waiting"


def test_ahead_says_since_when_it_is_due() -> None:
    """A plan may begin days before its festival."""
    known = record(BUYER, **YES)
    for now, state in (
        ("2026-05-14", "waiting"),
        ("2026-05-15", "due"),
        ("2026-05-18", "due"),
        ("2026-05-19", "overdue"),
    ):
        assert _states(known, now=now)["anniversary.2026"] == state


@pytest.mark.parametrize("needs", ["[elderly]", "[remote, ill]"])
def test_some_festivals_are_for_some_customers(needs: str) -> None:
    """Double Ninth is for who has the need that the plan names; any one of them is enough."""
    assert "double-ninth.2026" in _due(record(BUYER, needs=needs, **YES), now="2026-06-01")
    assert "double-ninth.2026" not in _due(record(BUYER, needs="[remote]", **YES), now="2026-06-01")


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"consent": "{greetings: no}"},
        {"consent": "{messages: yes}"},
        {**YES, "do_not_contact": "勿扰"},
        {**YES, "do_not_contact": "勿扰", "do_not_contact_on": "2026-08-01"},
        {"consent": "{greetings: no, on: 2026-08-01}"},
    ],
)
def test_nobody_is_greeted_who_declined_or_was_never_asked(wish: dict[str, str]) -> None:
    """No consent, a refusal, or the wish not to be contacted: nothing is promised, neither then nor later."""
    assert _due(record(BUYER, birthday="1958-09-27", **wish), now="2026-06-01") == {}
    assert _due(record(BUYER, birthday="1958-09-27", **wish), now="2027-06-01") == {}


def test_what_was_sent_before_a_refusal_stays() -> None:
    """A consent that was taken back ends greetings from then on; the one that was kept before is still kept."""
    refused = record(BUYER, consent="{greetings: no, on: 2026-10-01}")
    kept = _sent("2026-09-25", keeps=f"[{MID_AUTUMN}]")
    assert _states(refused, kept, now="2027-12-01") == {"mid-autumn.2026": "kept"}
    again = record(BUYER, consent="{greetings: no, on: 2026-09-01}")
    assert _states(again, kept, now="2027-12-01") == {}


def test_consent_counts_from_its_day() -> None:
    """Festivals before the customer agreed, before the shop knew them, and before the opening day promise nothing."""
    agreed = record(BUYER, since="2026-01-01", consent="{greetings: yes, on: 2026-09-26}")
    assert "mid-autumn.2026" not in _due(agreed, now="2026-12-01")
    on_the_day = record(BUYER, since="2026-01-01", consent="{greetings: yes, on: 2026-09-25}")
    assert "mid-autumn.2026" in _due(on_the_day, now="2026-12-01")
    known = record(BUYER, since="2026-09-26", **YES)
    assert "mid-autumn.2026" not in _due(known, now="2026-12-01")
    opened = promises(record(BUYER, **YES), now="2026-12-01", plans=FESTIVALS, begins_on="2026-09-26")
    assert MID_AUTUMN not in opened


def test_who_left_has_no_new_festivals() -> None:
    """What was foreseen before is void, and nothing is foreseen after."""
    gone = record(BUYER, left="{on: 2026-08-01}", **YES)
    found = _states(gone, now="2029-01-01")
    assert found["mid-autumn.2026"] == "void"
    assert not [one for one in found if one > "mid-autumn.2027" and one.startswith("mid-autumn")]


@settings(max_examples=60)
@given(st.dates(date(1999, 1, 1), date(2095, 12, 31)), st.integers(1, 12), st.sampled_from([1, 15, 29, 30]))
def test_the_next_one_is_never_out_of_sight(today: date, month: int, day: int) -> None:
    """However long the lunar year, the next occurrence after any day lies within the look ahead."""
    found = lunar.occurrences(LunarDay(month, day), today + timedelta(days=1), today + AHEAD)
    assert found


@settings(max_examples=25, deadline=None)
@given(st.dates(date(2026, 1, 2), date(2040, 12, 31)))
def test_every_festival_is_owed_once_a_year(now: date) -> None:
    """From the first day on, without a gap or a double, and exactly one of each lies ahead."""
    found = promises(record(BUYER, since="2026-01-01", **YES), now=now.isoformat(), plans=FESTIVALS)
    years = sorted(int(one.rpartition(".")[2]) for one in found if "/mid-autumn." in one)
    assert years == list(range(2026, years[-1] + 1))
    days = sorted(deadline(found[one]) or "" for one in found if "/mid-autumn." in one)
    assert len([day for day in days if day > now.isoformat()]) == 1


def test_a_greeting_that_names_nothing_is_for_the_day_that_comes_first() -> None:
    """Of a birthday two days before the festival each greeting keeps its own; on one day of both none is meant."""
    known = record(BUYER, birthday="{lunar: 八月十三}", **YES)
    first = _states(known, _sent("2026-09-22"), now="2026-09-25")
    assert (first["birthday.2026"], first["mid-autumn.2026"]) == ("kept", "due")
    second = _states(known, _sent("2026-09-24"), now="2026-09-25")
    assert (second["birthday.2026"], second["mid-autumn.2026"]) == ("broken", "kept")
    both = record(BUYER, birthday="{lunar: 八月十五}", **YES)
    third = _states(both, _sent("2026-09-25"), now="2026-09-25")
    assert (third["birthday.2026"], third["mid-autumn.2026"]) == ("due", "due")
