"""What became of a promise: contacts that keep it or come in vain, and the customer's own wishes."""

from __future__ import annotations

import pytest

from aftercare.plain.moments import iso
from tests.answers.shop import BUYER, CHAIR, COOLER, PLANS, UNIT, deadline, promises, record, states

FIRST, SECOND = f"{UNIT}/call-back.1", f"{UNIT}/call-back.2"
# Sold and taken home on 2 March: calls are due on 5 March and on 12 March.
SALE = record("SA26-0001")


def _call(number: int, at: str, **more: str) -> str:
    return record(f"VI26-{number:04}", **{"about": f"[{UNIT}]", "at": at} | more)


def _vain(number: int, at: str, **more: str) -> str:
    return _call(number, at, outcome="no_answer", **more)


def test_a_contact_keeps_the_promises_it_names() -> None:
    """``keeps`` decides, whatever else is open."""
    found = states(SALE, _call(1, "2026-03-05", keeps=f"[{SECOND}]"), now="2026-03-05")
    assert (found[FIRST], found[SECOND]) == ("due", "kept")


def test_a_contact_about_the_subject_keeps_the_earliest_open_one_of_its_kind() -> None:
    """The first call is the first call-back, the second the second; a contact for something else is neither."""
    once = states(SALE, _call(1, "2026-03-04"), now="2026-03-06")
    assert (once[FIRST], once[SECOND]) == ("kept", "waiting")
    twice = states(SALE, _call(1, "2026-03-04"), _call(2, "2026-03-12"), now="2026-03-20")
    assert (twice[FIRST], twice[SECOND]) == ("kept", "kept")
    other = states(SALE, _call(1, "2026-03-04", purpose="advice"), now="2026-03-06")
    assert other[FIRST] == "overdue"


def test_a_contact_about_a_sale_is_about_each_of_its_lines() -> None:
    """One call about the sale keeps the first call-back of every line, and of no other sale."""
    two = record("SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {CHAIR}}}]")
    found = states(two, record("SA26-0002"), _call(1, "2026-03-05", about="[SA26-0001]"), now="2026-03-05")
    assert {i for i, state in found.items() if state == "kept"} == {FIRST, "SA26-0001/2/call-back.1"}


def test_a_line_is_not_another_that_begins_like_it() -> None:
    """A contact about line 1 is not about line 10."""
    ten = record("SA26-0001", items=f"[{', '.join([f'{{product: {CHAIR}}}'] * 10)}]")
    found = states(ten, _call(1, "2026-03-05"), now="2026-03-05")
    assert [i for i, state in found.items() if state == "kept"] == [FIRST]


def test_a_contact_about_nothing_keeps_only_what_it_can_mean_alone() -> None:
    """Without a subject one open promise of its kind is kept; between two it is ambiguous and keeps none."""
    about_nothing = _call(1, "2026-03-05", about="")
    once = PLANS.replace("[{days: 3}, {days: 10}]", "[{days: 3}]")
    assert states(SALE, about_nothing, now="2026-03-05", plans=once)[FIRST] == "kept"
    found = states(SALE, record("SA26-0002"), about_nothing, now="2026-03-05", plans=once)
    assert {found[FIRST], found["SA26-0002/1/call-back.1"]} == {"due"}


def test_a_contact_before_the_event_keeps_nothing_after_it() -> None:
    """A call on the day before the goods came is not the call-back after them."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    came = record("DE26-0001", signed="{by: 王建国, at: 2026-03-04}")
    assert states(sale, came, _call(1, "2026-03-03"), now="2026-03-07")[FIRST] == "due"


def test_nobody_answered_means_again_on_the_next_day() -> None:
    """A vain attempt in time moves the call to the next try, and is counted; it is no move of the promise."""
    found = promises(SALE, _vain(1, "2026-03-05T10:00"), now="2026-03-06")[FIRST]
    assert (found.state, deadline(found), found.attempts, found.moves) == ("due", "2026-03-06", 1, 0)
    assert found.draft.term is not None
    assert iso(found.draft.term.by) == "2026-03-05"
    answered = promises(SALE, _vain(1, "2026-03-05"), _call(2, "2026-03-06"), now="2026-03-20")[FIRST]
    assert (answered.state, answered.attempts) == ("kept", 1)


def test_an_early_vain_attempt_brings_no_earlier_day() -> None:
    """Calling on the day after the sale and missing the customer leaves the time until the 5th as it was."""
    found = promises(SALE, _vain(1, "2026-03-02"), now="2026-03-04")[FIRST]
    assert (deadline(found), found.state) == ("2026-03-05", "waiting")


def test_a_late_vain_attempt_mends_nothing() -> None:
    """Who calls too late and reaches nobody is late."""
    found = promises(SALE, _vain(1, "2026-03-06"), now="2026-03-06")[FIRST]
    assert (found.state, deadline(found), found.attempts) == ("overdue", "2026-03-05", 1)
    assert states(SALE, _vain(1, "2026-03-06"), _call(2, "2026-03-07"), now="2026-03-20")[FIRST] == "kept_late"


def test_after_the_last_attempt_a_call_is_given_up() -> None:
    """Three attempts in vain, as the plan says, and the call is void by the record of the third."""
    vain = [_vain(n, f"2026-03-0{4 + n}") for n in (1, 2, 3)]
    two = promises(SALE, *vain[:2], now="2026-03-07")[FIRST]
    assert (two.state, two.attempts) == ("due", 2)
    three = promises(SALE, *vain, now="2026-03-20")[FIRST]
    assert three.state == "void"
    assert three.ended is not None
    assert (three.ended.record, iso(three.ended.at)) == ("VI26-0003", "2026-03-07")


def test_a_call_after_one_was_given_up_is_the_next() -> None:
    """What was given up is not open any more, so a later contact about the subject keeps the next one."""
    vain = [_vain(n, f"2026-03-0{4 + n}") for n in (1, 2, 3)]
    found = states(SALE, *vain, _call(4, "2026-03-12"), now="2026-03-20")
    assert (found[FIRST], found[SECOND]) == ("void", "kept")


def test_giving_up_comes_before_a_later_farewell() -> None:
    """A call given up before the customer left was void by the attempts, and a call after that keeps nothing."""
    vain = [_vain(n, f"2026-03-0{4 + n}") for n in (1, 2, 3)]
    later = _call(4, "2026-03-10", keeps=f"[{FIRST}]")
    left = record(BUYER, left="{on: 2026-03-15}")
    found = promises(left, SALE, *vain, later, now="2026-03-20")[FIRST]
    assert found.state == "void"
    assert found.ended is not None
    assert found.ended.record == "VI26-0003"


def test_a_declined_call_is_released() -> None:
    """The customer let go of it; the contact says when."""
    found = promises(SALE, _call(1, "2026-03-04", outcome="declined"), now="2026-03-20")
    assert (found[FIRST].state, found[SECOND].state) == ("released", "overdue")
    assert [p.ended.record for p in found.values() if p.ended] == ["VI26-0001"]


@pytest.mark.parametrize(
    ("wish", "open_steps"),
    [
        ({}, {"call-back.1", "call-back.2", "birthday.2026"}),
        ({"contact": "{calls: fewer}"}, {"call-back.1", "birthday.2026"}),
        ({"contact": "{calls: none}"}, {"birthday.2026"}),
        ({"contact": "{calls: none, on: 2026-03-31}"}, {"call-back.1", "call-back.2", "birthday.2026"}),
        ({"do_not_contact": "要求勿扰"}, set()),
    ],
)
def test_the_customers_own_wish_changes_the_plan(wish: dict[str, str], open_steps: set[str]) -> None:
    """Fewer calls: the first alone; none: only what is written.  What is dropped is void and says why.

    A wish with its day changes nothing that was due before it.
    """
    customer = record(BUYER, birthday="1958-03-20", consent="{greetings: yes}", **wish)
    found = promises(customer, SALE, now="2026-03-03")
    assert {i.rpartition("/")[2] for i, p in found.items() if p.is_open} == open_steps
    dropped = [p for p in found.values() if not p.is_open]
    assert {p.state for p in dropped} <= {"void"}
    assert all(p.ended and p.ended.reason and p.ended.record == BUYER for p in dropped)


def test_a_call_made_all_the_same_is_kept() -> None:
    """A wish for no calls voids what was not done; what was done in spite of it stays done."""
    customer = record(BUYER, contact="{calls: none}")
    assert states(customer, SALE, _call(1, "2026-03-05"), now="2026-03-20")[FIRST] == "kept"


def test_a_wish_for_no_calls_leaves_our_word_alone() -> None:
    """Only plans change: a call we gave our word for is still owed."""
    customer = record(BUYER, contact="{calls: none}")
    spoken = record("PM26-0001", what="call_back", due="2026-03-04")
    assert states(customer, spoken, now="2026-03-05") == {"PM26-0001": "overdue"}


def test_fewer_calls_counts_steps_and_not_the_year() -> None:
    """A yearly promise is numbered by its year; a planned one that is worthless late is not yearly for that."""
    plans = PLANS.replace("retry: {attempts: 3, again: {days: 1}}\n- id: revisit", "late: worthless\n- id: revisit")
    found = states(record(BUYER, contact="{calls: fewer}"), SALE, now="2026-03-03", plans=plans)
    assert (found[FIRST], found[SECOND]) == ("waiting", "void")


BIRTHDAY = {"birthday": "1958-03-20", "consent": "{greetings: yes}"}
GREETING = f"{BUYER}/birthday.2026"


@pytest.mark.parametrize(
    ("greeted", "state"),
    [
        ("2026-03-12", "broken"),
        ("2026-03-13", "kept"),
        ("2026-03-20T23:00", "kept"),
        ("2026-03-21", "broken"),
    ],
)
def test_a_greeting_is_for_the_day_it_comes_before(greeted: str, state: str) -> None:
    """Up to seven days early it is for that birthday; late it is worthless, and the birthday is broken."""
    card = record("VI26-0001", at=greeted, purpose="greeting", channel="message")
    found = promises(record(BUYER, **BIRTHDAY), card, now="2026-05-01")[GREETING]
    assert found.state == state
    if state == "broken":
        assert found.ended is not None
        assert iso(found.ended.at) == "2026-03-21"


def test_a_late_greeting_keeps_nothing_even_by_name() -> None:
    """A later keeping does not count, and nothing asks for an apology: nobody was told."""
    card = record("VI26-0001", at="2026-03-21", purpose="greeting", keeps=f"[{GREETING}]")
    found = promises(record(BUYER, **BIRTHDAY), card, now="2026-05-01")
    assert (found[GREETING].state, found[GREETING].kept_pieces) == ("broken", 0)
    assert not any(i.endswith("/apology") for i in found)


def test_a_worthless_plan_of_goods_is_kept_from_its_event_on() -> None:
    """Only birthdays have a week for an early greeting; another plan may be kept at any time until its day."""
    plans = PLANS.replace("[{days: 3}, {days: 10}]", "[{days: 20}]").replace(
        "retry: {attempts: 3, again: {days: 1}}\n- id: revisit", "late: worthless\n- id: revisit"
    )
    assert states(SALE, _call(1, "2026-03-04"), now="2026-03-30", plans=plans)[FIRST] == "kept"


def test_a_spoken_promise_is_kept_by_its_own_record() -> None:
    """In time, late, or not at all."""
    for kept, state in (("{at: 2026-03-04}", "kept"), ("{at: 2026-03-06}", "kept_late"), ("{how: 电话}", "overdue")):
        assert states(record("PM26-0001", due="2026-03-05", kept=kept), now="2026-03-20")["PM26-0001"] == state


def test_a_record_with_of_holds_facts_and_is_no_promise() -> None:
    """Moved, released, broken and apologised of a derived promise stand in a record that has no entry of its own."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    deliver = f"{UNIT}/deliver"

    def fact(**said: str) -> dict[str, str]:
        return states(sale, record("PM26-0001", of=deliver, **said), now="2026-03-05")

    assert fact(moved="[{to: 2026-03-08, asked_by: customer}]")[deliver] == "waiting"
    assert fact(released="{on: 2026-03-03, reason: 自己来取}")[deliver] == "released"
    assert fact(broken="{on: 2026-03-03}")[deliver] == "broken"
    assert "PM26-0001" not in fact(broken="{on: 2026-03-03}")


def test_a_record_with_of_may_say_who_is_to_keep_it() -> None:
    """The person written in it has the promise in hand."""
    other = record("PM26-0001", of=FIRST, person="ST26-0001")
    assert promises(SALE, other, now="2026-03-05")[FIRST].person == "ST26-0001"


def test_a_visit_keeps_a_promise_under_the_steps_earlier_name() -> None:
    """A pack that renames a step says ``was``; what was kept, released or moved under the old name stays so."""
    renamed = PLANS.replace(
        "step: call-back\n  channel: phone\n  due: {2020-01-01: [{days: 3}",
        "step: follow-up\n  was: [call-back]\n  channel: phone\n  due: {2020-01-01: [{days: 3}",
    )
    called = _call(1, "2026-03-04", keeps=f"[{FIRST}]")
    let_go = record("PM26-0001", of=SECOND, released="{on: 2026-03-05}")
    found = states(SALE, called, let_go, now="2026-03-20", plans=renamed)
    assert found == {f"{UNIT}/follow-up.1": "kept", f"{UNIT}/follow-up.2": "released"}


def test_revisits_are_kept_by_revisits() -> None:
    """A contact keeps what is of its own kind; a call-back is no revisit."""
    sale = record("SA26-0001", items=f"[{{product: {COOLER}}}]")
    fitted = record("IN26-0001", signed="{by: 王建国, at: 2026-03-05}")
    assert states(sale, fitted, _call(1, "2026-03-10"), now="2026-03-20")[f"{UNIT}/revisit.1"] == "overdue"
    revisit = _call(1, "2026-03-10", purpose="revisit", channel="home")
    assert states(sale, fitted, revisit, now="2026-03-20")[f"{UNIT}/revisit.1"] == "kept"
