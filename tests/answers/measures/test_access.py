"""L4, access: who came or called and was served, and with whom there was a contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from aftercare.answers.period import EVER, Period
from tests.answers.measured import MARCH, cases, period, said, score
from tests.answers.shop import BUYER, CHAIR, COOLER, record

SALE = record("SA26-0001", sold_on="2026-01-10")
OTHER = "CU26-0002"


def _contact(number: int = 1, at: str = "2026-03-05T10:00", **fields: str) -> str:
    usual = {"channel": "counter", "purpose": "other", "at": at}
    return record(f"VI26-{number:04}", **usual | fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "good"),
        ({"channel": "hotline"}, "good"),
        ({"channel": "phone", "incoming": "yes"}, "good"),
        ({"solved": "yes"}, "good"),
        ({"solved": "handed_on"}, "good"),
        ({"solved": "no"}, "unsolved"),
        ({"outcome": "missed"}, "missed"),
        ({"channel": "phone", "outcome": "missed"}, "missed"),
        ({"outcome": "missed", "solved": "no"}, "missed"),
        ({"channel": "phone"}, None),
        ({"channel": "home"}, None),
        ({"incoming": "no"}, None),
    ],
)
def test_who_comes_or_calls_is_served(fields: dict[str, str], expected: str | None) -> None:
    """The outcome is not missed and nothing is left unsolved; what we began ourselves is not counted, and a missed call
    was the customer's even where nobody wrote down who began it.
    """
    assert said("L4", _contact(1, "2026-03-05T10:00", **fields)) == ({"VI26-0001": expected} if expected else {})


def test_a_contact_that_came_to_us_names_how_about_what_and_who_served() -> None:
    """The channel is the part; product and channel of sale are those of what it was about."""
    sale = record("SA26-0001", sold_on="2026-01-10", channel="online")
    clerk = record("ST26-0001", name="敏")
    case = cases("L4", sale, clerk, _contact(about="[SA26-0001/1]", by="ST26-0001"))["VI26-0001"]
    assert (case.part, case.product, case.channel) == ("counter", CHAIR, "online")
    assert (case.customer, case.person, case.records) == (BUYER, "ST26-0001", ("VI26-0001",))


@pytest.mark.parametrize(
    ("at", "counts"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31T23:59", True), ("2026-04-01", False)],
)
@pytest.mark.parametrize("measure", ["L4", "channels"])
def test_a_contact_counts_on_its_day(measure: str, at: str, counts: bool) -> None:
    """Both ends of the period are within it."""
    assert bool(cases(measure, _contact(at=at), within=MARCH)) is counts


def test_what_lies_after_today_is_not_counted() -> None:
    """By the hour, where both have one."""
    coming = _contact(at="2026-03-05T10:00")
    assert not cases("L4", coming, now="2026-03-05T09:59")
    assert cases("L4", coming, now="2026-03-05")


def test_of_no_contacts_there_is_no_share() -> None:
    """Never 0 %, never 100 %."""
    assert (score("L4").of, score("L4").value) == (0, None)
    assert (score("channels").of, score("channels").parts) == (0, {})


def test_a_missed_call_is_to_be_returned_in_time() -> None:
    """By the next day, as the shop plans it; the call counts on the day on which it was due."""
    missed = _contact(at="2026-03-05T22:40", channel="hotline", outcome="missed")
    advised = {"purpose": "advice", "channel": "phone"}
    expected = {
        _contact(2, "2026-03-06T20:00", **advised): "good",
        _contact(2, "2026-03-07", **advised): "late",
        "": "overdue",
    }
    for answer, why in expected.items():
        found = cases("missed_calls_returned", missed, *filter(None, [answer]))
        assert [(case.why or "good", case.on) for case in found.values()] == [(why, date(2026, 3, 6))]
    assert not cases("missed_calls_returned", missed, now="2026-03-06")


def test_what_else_is_promised_is_no_missed_call() -> None:
    """A spoken promise, a question left open: others count these."""
    asked = _contact(question="滤网多久洗一次", solved="no")
    spoken = record("PM26-0001", what="回电话", due="2026-03-06")
    assert not cases("missed_calls_returned", asked, spoken)


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2026-02-28", "silent"), ("2026-03-01", "good"), ("2026-03-31", "good"), ("2026-04-01", "silent")],
)
def test_a_contact_in_the_period_keeps_in_touch(at: str, expected: str) -> None:
    """From its first day to its last, and no other."""
    assert said("in_touch", SALE, _contact(at=at), within=MARCH) == {BUYER: expected}


def test_a_call_that_nobody_took_is_no_contact() -> None:
    """As `customer out-of-touch` counts them."""
    vain = (_contact(channel="phone", outcome="no_answer"), _contact(2, outcome="missed"))
    assert said("in_touch", SALE, *vain, within=MARCH) == {BUYER: "silent"}


@pytest.mark.parametrize(
    ("sold_on", "fields", "counts"),
    [
        ("2026-03-31", {}, True),
        ("2026-04-01", {}, False),
        ("2026-01-10", {"cancelled": "{on: 2026-05-01}"}, False),
    ],
)
def test_who_had_bought_by_the_last_day_is_asked_about(sold_on: str, fields: dict[str, str], counts: bool) -> None:
    """What was called off was not bought; somebody who only asked is no customer yet."""
    assert (BUYER in cases("in_touch", record("SA26-0001", sold_on=sold_on, **fields), within=MARCH)) is counts


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"left": "{on: 2026-03-31}"}, False),
        ({"left": "{on: 2026-04-01}"}, True),
        ({"forgotten": "{on: 2026-02-01}"}, False),
        ({"do_not_contact": "不要打电话"}, False),
        ({"do_not_contact": "不要打电话", "do_not_contact_on": "2026-03-31T18:00"}, False),
        ({"do_not_contact": "不要打电话", "do_not_contact_on": "2026-04-01"}, True),
        ({"contact": "{calls: none}"}, True),
    ],
)
def test_nobody_need_be_in_touch_with_who_left_or_wants_peace(fields: Mapping[str, str], counts: bool) -> None:
    """By the last day of the period: who left later was still a customer then."""
    assert (BUYER in cases("in_touch", SALE, record(BUYER, **fields), within=MARCH)) is counts


@pytest.mark.parametrize(
    ("within", "on"),
    [
        (MARCH, "2026-03-31"),
        (period("2026-03-01", "2026-12-31"), "2026-06-15"),
        (Period(date(2026, 3, 1), date.max), "2026-06-15"),
        (EVER, "2026-06-15"),
        (period("2026-06-15", "2026-06-15"), "2026-06-15"),
        (period("2026-06-16", "2026-06-30"), None),
    ],
)
def test_customers_are_asked_about_on_the_last_day_or_today(within: Period, on: str | None) -> None:
    """Today where the period is not over, or has no end; of one that lies ahead there is nothing to tell."""
    found = cases("in_touch", SALE, within=within, now="2026-06-15T12:00")
    assert {name: str(case.on) for name, case in found.items()} == ({BUYER: on} if on else {})


def test_a_contact_later_today_is_none_yet() -> None:
    """The clock counts where the period is not over."""
    coming = _contact(at="2026-03-05T18:00")
    assert said("in_touch", SALE, coming, within=MARCH, now="2026-03-05T12:00") == {BUYER: "silent"}
    assert said("in_touch", SALE, coming, within=MARCH, now="2026-03-05T18:00") == {BUYER: "good"}


def test_a_customer_is_one_case_with_the_last_contact_and_what_was_bought() -> None:
    """Of two products none is named."""
    two = record("SA26-0002", sold_on="2026-02-01", items=f"[{{product: {COOLER}}}]")
    case = cases("in_touch", SALE, two, _contact(), _contact(2, "2026-03-09"), within=MARCH)[BUYER]
    assert case.records == (BUYER, "VI26-0002")
    assert (case.product, case.person) == ("", "")
    assert cases("in_touch", SALE, within=MARCH)[BUYER].product == CHAIR


def test_a_customer_who_had_another_number_is_still_one() -> None:
    """Records by the earlier id are that customer's too."""
    renumbered = record(BUYER, formerly=f"[{OTHER}]")
    assert list(cases("in_touch", renumbered, SALE, record("SA26-0002", customer=OTHER))) == [BUYER]


def test_contacts_are_told_apart_by_channel() -> None:
    """Whoever began them, reached or not; a call that nobody of ours took has reached no channel."""
    found = score(
        "channels",
        _contact(1),
        _contact(2, channel="phone", outcome="no_answer"),
        _contact(3, channel="phone"),
        _contact(4, channel="hotline", outcome="missed"),
    )
    assert {name: one.of for name, one in found.parts.items()} == {"counter": 1, "phone": 2}
    assert found.value is None
