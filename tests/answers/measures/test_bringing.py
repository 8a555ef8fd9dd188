"""L10, what it brings: customers who come back, and those whom somebody brought."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import apart
from aftercare.answers.period import EVER, Period
from tests.answers.books import moments_near
from tests.answers.measured import MARCH, cases, period, said, score
from tests.answers.shop import BUYER, CHAIR, COOLER, record

NEW, OTHER = "CU26-0002", "CU26-0003"
BACK = ("back_well_served", "back_let_down")
TOLD = "{deliver: {by: 2026-02-05}}"


def _sale(number: int = 1, sold_on: str = "2026-03-05", **fields: str) -> str:
    return record(f"SA26-{number:04}", **{"sold_on": sold_on, "items": f"[{{product: {CHAIR}, taken: yes}}]"} | fields)


def _promised(number: int = 1, *, customer: str = BUYER) -> str:
    """A sale of February of which the delivery was told."""
    items = f"[{{product: {CHAIR}}}]"
    return _sale(number, "2026-02-02", customer=customer, items=items, told=TOLD, channel="online")


def _brought(at: str, number: int = 1) -> str:
    return record(f"DE26-{number:04}", sale=f"SA26-{number:04}", signed=f"{{by: 王, at: {at}}}")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", "new"),
        (_sale(2, "2026-02-28"), "good"),
        (_sale(2, "2020-01-01"), "good"),
        (_sale(2, "2026-03-01"), "good"),
        (_sale(2, "2026-03-05"), "new"),
        (_sale(2, "2026-04-01"), "new"),
        (_sale(2, "2026-02-28", cancelled="{on: 2026-03-02}"), "new"),
    ],
)
def test_who_had_bought_on_an_earlier_day_comes_back(before: str, expected: str) -> None:
    """In the period or before it; two sales of one day are one time, and what was called off was none."""
    assert said("L10", _sale(), *filter(None, [before]), within=MARCH) == {BUYER: expected}


@pytest.mark.parametrize(
    ("sold_on", "counts"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31T21:00", True), ("2026-04-01", False)],
)
def test_a_buyer_counts_by_the_first_sale_of_the_period(sold_on: str, counts: bool) -> None:
    """Both ends are within it."""
    assert bool(cases("L10", _sale(1, sold_on), within=MARCH)) is counts


def test_a_buyer_of_several_sales_is_one_case() -> None:
    """The earliest gives the day, the product and the channel, whatever its number; the last tells who came again."""
    sales = (_sale(1, "2026-03-20"), _sale(2, "2026-03-03", channel="tv", items=f"[{{product: {COOLER}}}]"))
    case = cases("L10", *sales, within=MARCH)[BUYER]
    assert (case.on, case.product, case.channel) == (date(2026, 3, 3), COOLER, "tv")
    assert case.records == ("SA26-0001", "SA26-0002")


def test_what_was_called_off_was_not_bought() -> None:
    """Whenever it was called off."""
    assert cases("L10", _sale(cancelled="{on: 2026-06-01}"), within=MARCH) == {}


def test_buyers_are_in_parts_again_before_brought() -> None:
    """Who was brought and comes again is counted as coming again."""
    people = (record(NEW, name="李雷", referred_by=BUYER), record(OTHER, name="韩梅", referred_by=BUYER))
    sales = (
        _sale(1),
        _sale(2, customer=NEW),
        _sale(3, customer=OTHER),
        _sale(4, "2026-02-01", customer=OTHER),
    )
    found = score("L10", *people, *sales, within=MARCH)
    assert {name: (one.good, one.of) for name, one in found.parts.items()} == {
        "again": (1, 1),
        "brought": (1, 1),
        "new": (0, 1),
    }
    records = {case.id: case.records for case in found.cases}
    assert records == {
        BUYER: ("SA26-0001",),
        NEW: ("SA26-0002", BUYER),
        OTHER: ("SA26-0003", "SA26-0004"),
    }


@pytest.mark.parametrize(
    ("first", "second", "brought"),
    [("", BUYER, {NEW}), (NEW, "", {BUYER}), (NEW, BUYER, set()), (BUYER, "", set()), ("", "CU26-0009", set())],
)
def test_nobody_is_brought_round_in_a_circle(first: str, second: str, brought: set[str]) -> None:
    """Of two who are said to have brought each other nobody can say who came first, nor does anybody bring himself; by
    somebody whom the book does not know nobody was brought.
    """
    people = (record(BUYER, referred_by=first), record(NEW, name="李雷", referred_by=second))
    found = said("L10", *people, _sale(1), _sale(2, customer=NEW), within=MARCH)
    assert {name for name, why in found.items() if why == "good"} == brought
    assert found.keys() == {BUYER, NEW}


def test_who_buys_twice_in_a_period_comes_again() -> None:
    """Over a year as over all time; two sales of one day are one time."""
    assert said("L10", _sale(1), _sale(2, "2026-05-01")) == {BUYER: "good"}
    assert said("L10", _sale(1, "2026-05-01T09:00"), _sale(2, "2026-05-01T17:00")) == {BUYER: "new"}


def test_over_all_time_nobody_had_been_served_before() -> None:
    """There is no day before the first of all."""
    for measure in BACK:
        assert cases(measure, _promised(), _brought("2026-02-05"), _sale(2)) == {}


def test_a_sale_after_today_is_none_yet() -> None:
    """By the hour, where both have one."""
    assert cases("L10", _sale(1, "2026-03-05T10:00"), now="2026-03-05T09:00") == {}
    assert said("L10", _sale(1, "2026-03-05T10:00"), now="2026-03-05T10:00") == {BUYER: "new"}


def test_who_will_only_buy_has_not_come_back_yet() -> None:
    """A sale later today, in a period that goes on: the customer stayed away so far."""
    records = (_promised(), _brought("2026-02-05"), _sale(2, "2026-03-20T10:00"))
    for now, expected in (("2026-03-20T09:00", "stayed_away"), ("2026-03-20T10:00", "good")):
        assert said("back_well_served", *records, within=MARCH, now=now) == {BUYER: expected}


def test_a_customer_who_had_another_number_comes_again() -> None:
    """A sale by the earlier id is that customer's too."""
    renumbered = record(BUYER, formerly=f"[{OTHER}]")
    early = _sale(2, "2026-02-01", customer=OTHER)
    assert said("L10", renumbered, _sale(), early, within=MARCH) == {BUYER: "good"}


@pytest.mark.parametrize(
    ("kept", "measure"),
    [("2026-02-05", "back_well_served"), ("2026-02-06", "back_let_down"), ("", "back_let_down")],
)
@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("2026-02-28", "stayed_away"),
        ("2026-03-01", "good"),
        ("2026-03-31", "good"),
        ("2026-04-01", "stayed_away"),
        ("", "stayed_away"),
    ],
)
def test_customers_are_asked_about_by_how_they_were_served(kept: str, measure: str, again: str, expected: str) -> None:
    """All in time, or something late, broken or overdue: each customer is in one of the two, and came back in the
    period or did not.
    """
    records = [_promised(), *([_brought(kept)] if kept else []), *([_sale(2, again)] if again else [])]
    other = next(one for one in BACK if one != measure)
    assert said(measure, *records, within=MARCH) == {BUYER: expected}
    assert cases(other, *records, within=MARCH) == {}


def test_one_broken_word_among_kept_ones_let_the_customer_down() -> None:
    """And what broke is among the records of the case."""
    late = _sale(2, "2026-02-03", items=f"[{{product: {CHAIR}}}]", told=TOLD, channel="online")
    records = (_promised(), _brought("2026-02-05"), late, _brought("2026-02-20", 2))
    assert cases("back_well_served", *records, within=MARCH) == {}
    case = cases("back_let_down", *records, within=MARCH)[BUYER]
    assert (case.why, case.records) == ("stayed_away", ("SA26-0002",))
    assert (case.product, case.channel) == (CHAIR, "online")


def test_what_only_the_shop_had_planned_lets_nobody_down() -> None:
    """A call-back that nobody made: the customer never heard of it."""
    assert said("back_well_served", _promised(), _brought("2026-02-05"), within=MARCH) == {BUYER: "stayed_away"}
    assert "call_back" in score("promises_kept", _promised(), _brought("2026-02-05")).parts


@pytest.mark.parametrize(("due", "counts"), [("2026-02-28", True), ("2026-03-01", False), ("2026-03-31", False)])
def test_only_promises_that_counted_before_the_period_tell(due: str, counts: bool) -> None:
    """What was due in it may have been kept because the customer came back."""
    spoken = record("PM26-0001", what="送样品", made_on="2026-02-01", due=due, kept="{at: 2026-02-10}")
    found = cases("back_well_served", _sale(1, "2026-02-01"), spoken, within=MARCH)
    assert bool(found) is counts


@pytest.mark.parametrize("measure", BACK)
def test_to_whom_nothing_was_promised_is_in_neither(measure: str) -> None:
    """Nor is who bought for the first time in the period, or after it."""
    assert cases(measure, _sale(1, "2026-02-01"), within=MARCH) == {}
    spoken = record("PM26-0001", what="送样品", made_on="2026-02-01", due="2026-02-10")
    for first in ("2026-03-01", "2026-04-01"):
        assert cases(measure, _sale(1, first), spoken, within=MARCH) == {}


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"left": "{on: 2026-03-31}"}, False),
        ({"left": "{on: 2026-04-01}"}, True),
        ({"forgotten": "{on: 2026-03-31}"}, False),
        ({"do_not_contact": "不要打电话"}, True),
    ],
)
def test_who_left_by_the_end_of_the_period_cannot_stay_away(fields: dict[str, str], counts: bool) -> None:
    """Who wants no calls may come back all the same."""
    records = (record(BUYER, **fields), _promised(), _brought("2026-02-05"))
    assert bool(cases("back_well_served", *records, within=MARCH)) is counts


@pytest.mark.parametrize(
    ("within", "on"),
    [
        (MARCH, "2026-03-31"),
        (period("2026-03-01", "2026-12-31"), "2026-06-15"),
        (Period(date(2026, 3, 1), date.max), "2026-06-15"),
        (period("2026-06-15", "2026-06-15"), "2026-06-15"),
        (period("2026-06-16", "2026-06-30"), None),
        (Period(date.min, date(2026, 6, 1)), None),
        (EVER, None),
    ],
)
@pytest.mark.parametrize("measure", BACK)
def test_customers_are_asked_about_on_the_last_day_or_today(measure: str, within: Period, on: str | None) -> None:
    """Of a period that lies ahead there is nothing to tell, and before one without a beginning there is nothing."""
    kept = {"back_well_served": "2026-02-05", "back_let_down": "2026-02-06"}[measure]
    found = cases(measure, _promised(), _brought(kept), within=within, now="2026-06-15T12:00")
    assert {name: str(case.on) for name, case in found.items()} == ({BUYER: on} if on else {})


def test_persons_are_never_told_apart() -> None:
    """Who sells again is not whose merit it was, whoever stands in the sale."""
    clerk = record("ST26-0001", name="敏")
    records = (clerk, _promised(), _brought("2026-02-05"), _sale(2, person="ST26-0001"))
    for measure in ("L10", *BACK):
        found = score(measure, *records, within=MARCH)
        assert apart(found, "person") == []
        assert not BY_ID[measure].by_person
        assert {case.person for case in found.cases} <= {""}


@pytest.mark.parametrize("measure", ["L10", *BACK])
def test_of_no_customers_there_is_no_figure(measure: str) -> None:
    """Never 0 %, never 100 %."""
    assert (score(measure, within=MARCH).of, score(measure, within=MARCH).value) == (0, None)


@given(st.lists(moments_near(date(2026, 3, 1), date(2026, 3, 31)), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_each_buyer_of_a_period_is_one_case(days: list[date]) -> None:
    """Whatever the order of the sales; who comes again is who had bought on a day before it."""
    sales = [_sale(number, day.isoformat()) for number, day in enumerate(days, start=1)]
    found = said("L10", *sales, within=MARCH)
    within = [day for day in days if MARCH.holds(day)]
    expected = "good" if within and min(days) < max(within) else "new"
    assert found == ({BUYER: expected} if within else {})


def test_coming_back_and_being_brought_are_told_each_by_itself() -> None:
    """Who was brought and comes again is both: L10 alone would hide that they had been brought."""
    people = (record(NEW, name="李雷", referred_by=BUYER),)
    sales = (_sale(1), _sale(2, "2026-02-01", customer=NEW), _sale(3, customer=NEW))
    assert said("bought_again", *people, *sales, within=MARCH) == {BUYER: "first_time", NEW: "good"}
    assert said("came_through_somebody", *people, *sales, within=MARCH) == {BUYER: "not_brought", NEW: "good"}
