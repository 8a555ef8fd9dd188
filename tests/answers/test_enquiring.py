"""What an enquiry promises before anything is sold, what keeps it, and when it promises nothing any more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.asof import known_on
from aftercare.answers.kept_with import keep_with
from aftercare.answers.ledger import ledger_of
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.breaches import service
from tests.answers.enquired import CASE, PLANS, affairs, case, due, states
from tests.answers.shop import BUYER, CHAIR, COOLER, record

MATERIAL = "[{what: 说明书, asked_at: 2026-03-02T10:00}]"
MEETING = "[{made_at: 2026-03-02T10:00, from: 2026-03-06T14:00, by: 2026-03-06T16:00, where: home}]"
EDGES = st.sampled_from([date(2026, 1, 30), date(2026, 2, 27), date(2028, 2, 28), date(2026, 12, 30)])


def _visit(**fields: str) -> str:
    return record("VI26-0001", **({"at": "2026-03-03T09:00"} | fields))


def test_what_nobody_could_answer_at_once_is_promised() -> None:
    """By the plan where no day was told; a follow-up waits until there is an answer."""
    assert due(case()) == {"answer.1": ("plan", "2026-03-04"), "follow-up.1": ("plan", None)}


def test_what_was_answered_at_once_promises_no_answer() -> None:
    """The week until the follow-up runs from the answer."""
    assert due(case(advice="1.5匹")) == {"follow-up.1": ("plan", "2026-03-08")}


def test_a_day_that_was_told_binds_and_is_the_day() -> None:
    """Told, due then and not when the plan says; also where something was said at once."""
    told = ("told", "2026-03-10")
    assert due(case(call_by="2026-03-10"))["answer.1"] == told
    assert due(case(call_by="2026-03-10", advice="大概三千"))["answer.1"] == told
    sent = "[{what: 说明书, asked_at: 2026-03-02, send_by: 2026-03-11}]"
    assert due(case(material=sent))["send-material.1"] == ("told", "2026-03-11")


def test_what_was_told_counts_without_any_plan_and_before_the_opening_day() -> None:
    """The shop's own plans begin on their day; the customer's word does not wait for it."""
    asked = case(call_by="2026-03-10", material=MATERIAL, appointments=MEETING)
    found = due(asked, begins_on="2026-04-01")
    assert found == {"answer.1": ("told", "2026-03-10"), "appointment.1": ("told", "2026-03-06T16:00")}


def test_each_material_and_appointment_is_a_promise_of_its_own() -> None:
    """They are numbered as they stand in the record, and are the answer to a question that only asked for them."""
    two = "[{what: 说明书, asked_at: 2026-03-02T10:00}, {what: 光盘, asked_at: 2026-03-05}]"
    found = due(case(material=two, appointments=MEETING))
    assert found["send-material.1"] == ("plan", "2026-03-06")
    assert found["send-material.2"] == ("plan", "2026-03-09")
    assert found["appointment.1"] == ("told", "2026-03-06T16:00")
    assert "answer.1" not in found


def test_what_is_arranged_later_is_no_answer_to_the_question() -> None:
    """Only what was arranged with the question answers it."""
    later = "[{what: 光盘, asked_at: 2026-03-05}]"
    assert due(case(material=later))["answer.1"] == ("plan", "2026-03-04")
    assert "answer.1" in due(case(appointments="[{made_at: 2026-03-05, by: 2026-03-09}]"))


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"answered": "[{at: 2026-03-04T18:00, what: 够用}]"}, "answer.1"),
        ({"call_by": "2026-03-04", "answered": "[{at: 2026-03-04T18:00}]"}, "answer.1"),
        ({"material": "[{what: 册子, asked_at: 2026-03-02, sent_at: 2026-03-06}]"}, "send-material.1"),
        ({"appointments": "[{made_at: 2026-03-02, by: 2026-03-06T16:00, met_at: 2026-03-06T16:00}]"}, "appointment.1"),
    ],
)
def test_the_record_itself_keeps_them(fields: dict[str, str], step: str) -> None:
    """On the last good day, by the deed of each."""
    assert states(case(**fields))[step] == "kept"


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"answered": "[{at: 2026-03-05, what: 够用}]"}, "answer.1"),
        ({"call_by": "2026-03-04", "answered": "[{at: 2026-03-05T08:00}]"}, "answer.1"),
        ({"material": "[{what: 册子, asked_at: 2026-03-02, sent_at: 2026-03-07}]"}, "send-material.1"),
        ({"appointments": "[{made_at: 2026-03-02, by: 2026-03-06T16:00, met_at: 2026-03-06T16:01}]"}, "appointment.1"),
    ],
)
def test_the_day_or_the_minute_after_is_late(fields: dict[str, str], step: str) -> None:
    """One day after the last good one, one minute after an hour that was told."""
    assert states(case(**fields))[step] == "kept_late"


def test_who_was_met_has_an_answer() -> None:
    """A question that was open is answered face to face."""
    met = "[{made_at: 2026-03-03, by: 2026-03-04, met_at: 2026-03-04}]"
    assert states(case(appointments=met))["answer.1"] == "kept"


@given(EDGES, st.integers(0, 12))
def test_the_days_run_from_the_day_on_which_somebody_asked(asked: date, until: int) -> None:
    """In time up to the last of the plan's days, late from the next on, over month ends and 29 February."""
    done = asked + timedelta(days=until)
    answered, sent = f"[{{at: {done}}}]", f"[{{what: 册子, asked_at: {asked}, sent_at: {done}}}]"
    now = (asked + timedelta(days=40)).isoformat()
    by_word = states(case(at=asked.isoformat(), answered=answered), now=now)
    assert by_word["answer.1"] == ("kept" if until <= 2 else "kept_late")
    by_post = states(case(at=asked.isoformat(), advice="有", material=sent), now=now)
    assert by_post["send-material.1"] == ("kept" if until <= 4 else "kept_late")


@given(EDGES, st.integers(0, 9), st.integers(0, 9))
def test_a_told_call_is_due_on_its_day_and_no_other(asked: date, by: int, done: int) -> None:
    """Whatever the plan would have said."""
    told, called = (asked + timedelta(days=days) for days in (by, done))
    fields = {"at": asked.isoformat(), "call_by": told.isoformat(), "answered": f"[{{at: {called}}}]"}
    found = states(case(**fields), now=(asked + timedelta(days=40)).isoformat())
    assert found["answer.1"] == ("kept" if done <= by else "kept_late")


@pytest.mark.parametrize(
    ("moved", "by"),
    [
        ("[{to: 2026-03-09T10:00, asked_by: customer, on: 2026-03-05}]", "2026-03-09T10:00"),
        ("[{to: 2026-03-09T10:00, asked_by: shop, agreed: yes, on: 2026-03-05}]", "2026-03-09T10:00"),
        ("[{to: 2026-03-09T10:00, asked_by: shop, agreed: no, on: 2026-03-05}]", "2026-03-06T16:00"),
    ],
)
def test_an_appointment_moves_by_consent(moved: str, by: str) -> None:
    """What we asked for and nobody agreed to moves nothing."""
    meeting = MEETING.replace("}]", f", moved: {moved}}}]")
    assert due(case(appointments=meeting))["appointment.1"] == ("told", by)


def test_a_move_that_was_asked_in_time_is_word_of_the_delay() -> None:
    """An appointment over its time of which the customer heard before is no delay untold."""
    late = MEETING.replace("}]", ", met_at: 2026-03-09}]")
    asked = late.replace("}]", ", moved: [{to: 2026-03-09T10:00, asked_by: shop, agreed: no, on: 2026-03-05}]}]")
    assert "untold-delay" in _codes(case(appointments=late))
    assert "untold-delay" not in _codes(case(appointments=asked))


def _codes(*records: str) -> set[str]:
    return {one.rpartition("/")[2] for one in service.codes(*records)}


def test_an_appointment_that_was_called_off_is_void_and_one_after_it_counts() -> None:
    """The next one has a number of its own."""
    off = MEETING.replace("}]", ", cancelled: {on: 2026-03-05}}, {made_at: 2026-03-07, by: 2026-03-12}]")
    found = states(case(appointments=off), now="2026-03-08")
    assert (found["appointment.1"], found["appointment.2"]) == ("void", "waiting")


@pytest.mark.parametrize("end", [{"bought": "{on: 2026-03-03, sale: SA26-0001}"}, {"closed": "{on: 2026-03-03}"}])
def test_what_led_to_a_sale_or_was_closed_promises_nothing_any_more(end: dict[str, str]) -> None:
    """Whatever was open is void; what was kept before stays so."""
    open_ones = case(call_by="2026-03-10", material=MATERIAL, appointments=MEETING, **end)
    assert set(states(record("SA26-0001"), open_ones).values()) == {"void"}
    kept = case(answered="[{at: 2026-03-02T15:00}]", **end)
    assert states(record("SA26-0001"), kept)["answer.1"] == "kept"


def test_the_follow_up_waits_for_the_answer_and_for_the_meeting() -> None:
    """Nobody is asked whether all was answered before it was."""
    assert due(case(appointments=MEETING))["follow-up.1"] == ("plan", None)
    met = MEETING.replace("}]", ", met_at: 2026-03-06T15:00}]")
    assert due(case(advice="有", appointments=met), now="2026-03-07")["follow-up.1"] == ("plan", "2026-03-12")
    off = MEETING.replace("}]", ", cancelled: {on: 2026-03-05}}]")
    assert due(case(advice="有", appointments=off), now="2026-03-07")["follow-up.1"] == ("plan", "2026-03-08")
    assert due(case(answered="[{at: 2026-03-04}]"))["follow-up.1"] == ("plan", "2026-03-10")


def test_who_bought_it_without_a_word_is_not_asked_again() -> None:
    """Only the goods that were asked about, and only a sale that stands."""
    asked = case(advice="有", about=f"[{COOLER}]")
    sold = {"items": f"[{{product: {COOLER}}}]", "sold_on": "2026-03-04"}
    assert states(asked, record("SA26-0001", **sold))["follow-up.1"] == "void"
    assert states(asked, record("SA26-0001", sold_on="2026-03-04"))["follow-up.1"] == "overdue"
    assert states(asked, record("SA26-0001", **sold, cancelled="{on: 2026-03-05}"))["follow-up.1"] == "overdue"
    assert states(asked, record("SA26-0001", **{**sold, "sold_on": "2026-03-01"}))["follow-up.1"] == "overdue"


def test_who_asks_again_is_followed_up_once() -> None:
    """The later question takes the place of the earlier; a word that was given before stays kept."""
    first, second = case(advice="有"), record("EN26-0002", at="2026-03-05", advice="有")
    found = shop.promises(first, second, now="2026-03-12", plans=PLANS)
    assert (found[f"{CASE}/follow-up.1"].state, found["EN26-0002/follow-up.1"].state) == ("void", "overdue")
    spoken = _visit(keeps=f"[{CASE}/follow-up.1]", purpose="follow_up", at="2026-03-04")
    assert states(first, second, spoken)["follow-up.1"] == "kept"
    same_day = record("EN26-0002", advice="有")
    assert shop.states(first, same_day, now="2026-03-12", plans=PLANS)[f"{CASE}/follow-up.1"] == "void"


@pytest.mark.parametrize(
    ("wish", "state"),
    [
        ({"consent": "{messages: no}"}, "void"),
        ({"consent": "{messages: yes}"}, "overdue"),
        ({"contact": "{calls: none}"}, "void"),
        ({"contact": "{calls: fewer}"}, "overdue"),
        ({"do_not_contact": "不要打"}, "void"),
    ],
)
def test_who_wishes_no_such_call_gets_none(wish: dict[str, str], state: str) -> None:
    """A follow-up comes from us alone; what the customer asked for is owed all the same."""
    found = states(record(BUYER, **wish), case(advice="有"))
    assert found["follow-up.1"] == state
    assert states(record(BUYER, **wish), case(call_by="2026-03-10"))["answer.1"] == "overdue"


@pytest.mark.parametrize(
    ("fields", "visit", "step"),
    [
        ({}, {"keeps": f"[{CASE}/answer.1]", "purpose": "advice"}, "answer.1"),
        ({}, {"about": f"[{CASE}]", "purpose": "advice"}, "answer.1"),
        ({"material": MATERIAL}, {"keeps": f"[{CASE}/send-material.1]", "purpose": "information"}, "send-material.1"),
        ({"appointments": MEETING}, {"keeps": f"[{CASE}/appointment.1]", "purpose": "other"}, "appointment.1"),
        ({"appointments": MEETING}, {"about": f"[{CASE}]", "purpose": "consultation"}, "appointment.1"),
        ({"advice": "有"}, {"keeps": f"[{CASE}/follow-up.1]", "purpose": "follow_up"}, "follow-up.1"),
    ],
)
def test_a_contact_keeps_them_too(fields: dict[str, str], visit: dict[str, str], step: str) -> None:
    """By naming the promise, or by its purpose about the enquiry; the follow-up then follows from it."""
    found = states(case(**fields), _visit(**visit))
    assert found[step] == "kept"
    assert found["follow-up.1"] in {"kept", "overdue"}


def test_word_about_the_material_does_not_send_it() -> None:
    """That it comes later is information about the enquiry, and the material is still owed."""
    word = _visit(about=f"[{CASE}]", purpose="information")
    assert states(case(material=MATERIAL), word)["send-material.1"] == "overdue"


def test_a_told_call_that_comes_late_is_a_breach_and_asks_for_an_apology() -> None:
    """Kept late, and nobody said so before; an apology settles both."""
    late = case(call_by="2026-03-05", answered="[{at: 2026-03-07}]")
    assert _codes(late) == {"late-promise", "untold-delay"}
    breach = service.found(late)[f"{CASE}/answer.1/late-promise"]
    assert (breach.record, breach.path) == (CASE, ("answered",))
    assert states(late)["answer.1/apology"] == "overdue"
    sorry = record("PM26-0001", of=f"{CASE}/answer.1", apologised="{at: 2026-03-08}")
    assert _codes(late, sorry) == set()


def test_a_told_call_that_we_will_not_make_is_broken() -> None:
    """Where it is we who call an appointment or a call off, the customer had our word."""
    broken = record("PM26-0001", of=f"{CASE}/appointment.1", broken="{on: 2026-03-04, reason: 没人}")
    assert _codes(case(appointments=MEETING), broken) == {"broken-promise"}
    assert _codes(case(), record("PM26-0001", of=f"{CASE}/answer.1", broken="{on: 2026-03-04}")) == set()


def test_each_is_kept_with_its_own_verb() -> None:
    """``due --how`` names it; the follow-up is a contact."""
    fields = case(advice="有", call_by="2026-03-10", material=MATERIAL, appointments=MEETING)
    found = shop.promises(fields, now="2026-03-03", plans=PLANS)
    said = {name.partition("/")[2]: keep_with(one, affairs(fields))[1:4] for name, one in found.items()}
    assert said == {
        "answer.1": ["enquiry", "answer", CASE],
        "send-material.1": ["enquiry", "send", CASE],
        "appointment.1": ["enquiry", "met", CASE],
        "follow-up.1": ["visit", "add", "--keeps"],
    }


@given(st.integers(0, 20))
def test_as_of_an_earlier_day_the_later_deeds_are_not_known(days: int) -> None:
    """What was asked for and arranged stays promised before it was sent, met, bought and closed."""
    material = "[{what: 册子, asked_at: 2026-03-02, sent_at: 2026-03-06}]"
    meeting = "[{made_at: 2026-03-02, by: 2026-03-08, met_at: 2026-03-08}]"
    fields = {"material": material, "appointments": meeting, "bought": "{on: 2026-03-12, sale: SA26-0001}"}
    day = date(2026, 3, 2) + timedelta(days=days)
    shelf = known_on(shop.shelf(case(advice="有", **fields), record("SA26-0001", sold_on="2026-03-12")), day)
    found = {one.id: one.state for one in ledger_of(shelf, shop.rules(PLANS), parse(day.isoformat())).promises}
    assert (found[f"{CASE}/send-material.1"] == "kept") is (day >= date(2026, 3, 6))
    assert (found[f"{CASE}/appointment.1"] == "kept") is (day >= date(2026, 3, 8))
    assert (found[f"{CASE}/follow-up.1"] == "void") is (day >= date(2026, 3, 12))


def test_an_enquiry_is_about_the_first_of_the_goods() -> None:
    """Goods by themselves, or a thing the customer has; without either it is about all."""
    found = shop.promises(case(about=f"[{CHAIR}, {COOLER}]", call_by="2026-03-10"), now="2026-03-03", plans=PLANS)
    assert found[f"{CASE}/answer.1"].draft.product == CHAIR
    unit = case(about="[SA26-0001/1]", call_by="2026-03-10")
    assert (
        shop.promises(record("SA26-0001"), unit, now="2026-03-03", plans=PLANS)[f"{CASE}/answer.1"].draft.product
        == CHAIR
    )
