"""Events: who is to be invited by when, what an invitation promises, and how it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.affairs import affairs_of, customer_behind, customers_of
from aftercare.answers.contacts import spoken
from aftercare.answers.kept_with import keep_with
from aftercare.answers.ledger import ledger_of
from aftercare.answers.timeline import of_customer
from aftercare.plain.moments import iso, parse
from tests.answers.shop import BUYER, PLANS, deadline, promises, record, rules, shelf, states

HOSTING = (
    PLANS
    + """
- {id: invite, title: 邀请, category: goods, after: guest_listed, what: invite, step: invite, channel: phone,
   due: {2020-01-01: [{days: 7}]}}
- {id: off, title: 取消告知, category: goods, after: event_cancelled, what: information, step: called-off,
   channel: phone, due: {2020-01-01: [{days: 1}]}, retry: {attempts: 3, again: {days: 1}}}
"""
)
EV = "EV26-0001"
INVITE, EVENT, OFF = f"{BUYER}/invite.{EV}", f"{BUYER}/event.{EV}", f"{BUYER}/called-off.{EV}"
INVITED = "invited: {at: 2026-12-03T10:00, how: phone}"


def _event(guest: str = "", **fields: str) -> str:
    row = f"customer: {BUYER}" + (f", {guest}" if guest else "")
    usual = {"name": "联欢", "at": "2026-12-20T14:00", "planned_on": "2026-12-01", "guests": f"[{{{row}}}]"}
    return record(EV, **usual | fields)


def _states(*records: str, now: str = "2026-12-31") -> dict[str, str]:
    return states(*records, now=now, plans=HOSTING)


@pytest.mark.parametrize(
    ("fields", "guest", "expected"),
    [
        ({}, "", "2026-12-08"),
        ({"invite_by": "2026-12-05"}, "", "2026-12-05"),
        ({}, "listed_on: 2026-12-10", "2026-12-17"),
        ({}, "listed_on: 2026-12-18", "2026-12-20T14:00"),
        ({"invite_by": "2026-12-05"}, "listed_on: 2026-12-10", "2026-12-10"),
        ({"at": "2026-12-02T09:00"}, "", "2026-12-02T09:00"),
    ],
)
def test_a_guest_is_to_be_invited_in_time(fields: dict[str, str], guest: str, expected: str) -> None:
    """As the event says, else as the plan says from the day of the list on; never only when it has begun."""
    found = promises(_event(guest, **fields), now="2026-12-01", plans=HOSTING)
    assert deadline(found[INVITE]) == expected
    assert found[INVITE].draft.to == BUYER
    assert EVENT not in found


def test_the_invitation_keeps_it_and_promises_the_event() -> None:
    """In time on the last day, late on the day after; the event is promised by the invitation itself, as told."""
    assert _states(_event("invited: {at: 2026-12-08T18:00}"), now="2026-12-09")[INVITE] == "kept"
    found = promises(_event("invited: {at: 2026-12-09T08:00}"), now="2026-12-09", plans=HOSTING)
    assert found[INVITE].state == "kept_late"
    assert (found[EVENT].draft.binds, found[EVENT].what, deadline(found[EVENT])) == (
        "told", "appointment", "2026-12-20T14:00",
    )  # fmt: skip


def test_a_call_that_names_it_keeps_the_invitation_too() -> None:
    """A contact about the invitation is enough to have invited in time; nobody reached is an attempt."""
    call = record("VI26-0001", purpose="event", at="2026-12-02", keeps=f"[{INVITE}]")
    assert _states(_event(), call)[INVITE] == "kept"
    vain = record("VI26-0001", purpose="event", at="2026-12-02", keeps=f"[{INVITE}]", outcome="no_answer")
    assert promises(_event(), vain, now="2026-12-03", plans=HOSTING)[INVITE].attempts == 1


def test_the_event_keeps_what_was_promised() -> None:
    """Held at its time it is kept, later kept late and to be apologised for, not held it is overdue."""
    assert _states(_event(INVITED, held_at="2026-12-20T14:00"))[EVENT] == "kept"
    late = _states(_event(INVITED, held_at="2026-12-21T14:00"))
    assert (late[EVENT], f"{EVENT}/apology" in late) == ("kept_late", True)
    assert _states(_event(INVITED), now="2026-12-20T13:00")[EVENT] == "due"
    assert _states(_event(INVITED), now="2026-12-20T15:00")[EVENT] == "overdue"


def test_who_declines_is_owed_nothing_more() -> None:
    """Neither the event nor word of its end."""
    no = f"{INVITED}, answered: {{at: 2026-12-04, comes: no}}"
    assert _states(_event(no))[EVENT] == "void"
    assert _states(_event(no, held_at="2026-12-20T14:00"))[EVENT] == "void"
    assert OFF not in _states(_event(no, cancelled="{on: 2026-12-10}"))
    yes = f"{INVITED}, answered: {{at: 2026-12-04, comes: yes}}"
    assert _states(_event(yes), now="2026-12-05")[EVENT] == "waiting"


def test_an_event_that_is_called_off_is_told_to_whom_was_invited() -> None:
    """By the next day and before it would begin; who was not invited need not know."""
    off = {"cancelled": "{on: 2026-12-10, reason: 台风}"}
    found = promises(_event(INVITED, **off), now="2026-12-10", plans=HOSTING)
    assert (found[EVENT].state, found[OFF].state, deadline(found[OFF])) == ("void", "waiting", "2026-12-11")
    assert found[OFF].what == "information"
    told = record("VI26-0001", purpose="information", at="2026-12-10T15:00", keeps=f"[{OFF}]")
    assert _states(_event(INVITED, **off), told)[OFF] == "kept"
    late = promises(_event(INVITED, cancelled="{on: 2026-12-20T08:00}"), now="2026-12-20", plans=HOSTING)
    assert deadline(late[OFF]) == "2026-12-20T14:00"
    listed = _states(_event(**off))
    assert (listed[INVITE], OFF in listed) == ("void", False)


@pytest.mark.parametrize(
    ("guest", "fields", "state"),
    [
        ("", {"held_at": "2026-12-20T14:00"}, "broken"),
        ("came: {at: 2026-12-20T14:30}", {"held_at": "2026-12-20T14:00"}, "void"),
        ("answered: {at: 2026-12-02, comes: yes}", {}, "void"),
        ("", {}, "overdue"),
    ],
)
def test_without_an_invitation(guest: str, fields: dict[str, str], state: str) -> None:
    """Held without it, it is broken; who came or answered all the same knew of it."""
    assert _states(_event(guest, **fields))[INVITE] == state


@pytest.mark.parametrize(
    "wish", [{"do_not_contact": "勿扰"}, {"consent": "{greetings: no}"}, {"consent": "{messages: no}"}]
)
def test_who_declined_contact_is_not_to_be_invited(wish: dict[str, str]) -> None:
    """The plan says so: the promise is void, and names the wish."""
    found = promises(_event(), record(BUYER, **wish), now="2026-12-31", plans=HOSTING)
    assert found[INVITE].state == "void"
    ended = found[INVITE].ended
    assert ended is not None
    assert ended.record == BUYER
    assert _states(_event(), record(BUYER, left="{on: 2026-12-02}"))[INVITE] == "void"


def test_the_commands_that_keep_them() -> None:
    """An invitation by inviting, the event by holding it, word by a contact."""
    made = shelf(_event(INVITED, cancelled="{on: 2026-12-10}"))
    found = ledger_of(made, rules(HOSTING), parse("2026-12-10"))
    affairs = found.affairs[BUYER]
    with_ = {one.id: keep_with(one, affairs) for one in found.promises}
    assert with_[INVITE] == ["aftercare", "event", "invite", EV, "--customer", BUYER]
    assert with_[EVENT] == ["aftercare", "event", "held", EV]
    assert with_[OFF] == ["aftercare", "visit", "add", "--keeps", OFF, "--outcome", "reached"]


def test_an_event_concerns_its_guests_and_the_house() -> None:
    """Its promises are the customers'; by itself it is nobody's in particular."""
    made = shelf(_event())
    event = made.records[EV]
    assert customers_of(made, event) == {BUYER, "house"}
    assert customer_behind(made, EV) is None
    assert customer_behind(made, INVITE) == BUYER
    assert [one.id for one in affairs_of(made)["house"].events] == [EV]


def test_ids_of_before_still_find_the_event_and_the_guest() -> None:
    """A guest listed by an old id, and an invitation kept under the old id of the event."""
    moved = _event(formerly="[EV26-0009]").replace(f"customer: {BUYER}", "customer: CU26-0008")
    call = record("VI26-0001", purpose="event", at="2026-12-02", keeps=f"[{BUYER}/invite.EV26-0009]")
    assert _states(moved, record(BUYER, formerly="[CU26-0008]"), call)[INVITE] == "kept"


def test_the_timeline_tells_it_all() -> None:
    """Invited, answered, came, said; what became a record has a line of its own."""
    guest = (
        f"{INVITED}, answered: {{at: 2026-12-04, comes: yes, people: 2}}, came: {{at: 2026-12-20T14:10}}, "
        "heard: [{at: 2026-12-20T15:00, what: 热闹}, {at: 2026-12-20T15:01, what: WI26-0001}]"
    )
    wish = record("WI26-0001", customer=BUYER, said_on="2026-12-20", words="字大点", heard_in=EV)
    affairs = affairs_of(shelf(_event(guest, held_at="2026-12-20T14:00"), wish))[BUYER]
    told = [(iso(one.at), one.what, one.text) for one in of_customer(affairs) if one.record == EV]
    assert told == [
        ("2026-12-03T10:00", "invited", "联欢"),
        ("2026-12-04", "accepted", "联欢 × 2"),
        ("2026-12-20T14:10", "attended", "联欢"),
        ("2026-12-20T15:00", "heard", "热闹"),
    ]
    said = spoken(affairs, rules(HOSTING))
    assert [one.words for one in said] == [["热闹"], ["字大点 (WI26-0001)"]]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 60))
def test_no_invitation_is_due_after_the_event(listed: int, before: int, now: int) -> None:
    """Whatever the days: an invitation is due between the listing and the event, and is owed once."""
    begins = f"{_day(40)}T10:00"
    event = _event(f"listed_on: {_day(listed)}", planned_on=_day(0), at=begins, invite_by=_day(before))
    found = promises(event, now=_day(now), plans=HOSTING)
    assert [one for one in found if one.startswith(BUYER)] == [INVITE]
    assert _day(listed) <= (deadline(found[INVITE]) or "") <= begins


def _day(number: int) -> str:
    return (date(2026, 11, 1) + timedelta(days=number)).isoformat()
