"""Promises as cases: the day on which each counts, what never counts, and whose it is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.all import BY_ID, MEASURES
from aftercare.answers.measures.counting import Facts, counted
from aftercare.answers.period import EVER, Period
from aftercare.plain.moments import iso, parse
from aftercare.records.fields import BLANK
from tests.answers import shop
from tests.answers.books import books
from tests.answers.measures.scorebook import cases, span, whys
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

ALL = "promises_kept"
SALE = record("SA26-0001", items=f"[{{product: {CHAIR}, taken: yes}}]", channel="online")
SPOKEN = "PM26-0001"


def _spoken(**fields: str) -> str:
    return record(SPOKEN, **{"due": "2026-03-10", "words": "送滤网"} | fields)


def _day(*records: str, now: str = "2026-12-31") -> str | None:
    """The day on which the spoken promise counts."""
    case = cases(ALL, *records, now=now).get(SPOKEN)
    return iso(case.on) if case else None


class TestTheDay:
    """A promise counts on the day it was due, or earlier where we broke it before."""

    @pytest.mark.parametrize(
        ("fields", "day"),
        [
            ({"kept": "{at: 2026-03-01}"}, "2026-03-10"),
            ({"kept": "{at: 2026-03-20}"}, "2026-03-10"),
            ({}, "2026-03-10"),
            ({"due": "2026-03-10T18:00"}, "2026-03-10T18:00"),
            ({"moved": "[{to: 2026-04-01, asked_by: customer}]"}, "2026-04-01"),
            ({"moved": "[{to: 2026-04-01, asked_by: shop, agreed: yes}]"}, "2026-04-01"),
            ({"moved": "[{to: 2026-04-01, asked_by: shop}]"}, "2026-03-10"),
            ({"broken": "{on: 2026-03-04}"}, "2026-03-04"),
            ({"broken": "{on: 2026-03-20}"}, "2026-03-10"),
            ({"due": "", "kept": "{at: 2026-03-07}"}, "2026-03-07"),
            ({"due": "", "broken": "{on: 2026-03-07}"}, "2026-03-07"),
        ],
    )
    def test_is_when_it_was_due_or_broken_before(self, fields: dict[str, str], day: str) -> None:
        """As moved by consent; one without a time counts when it was kept or broken."""
        assert _day(_spoken(**fields)) == day

    def test_a_call_that_was_tried_in_time_counts_on_the_day_of_the_next_try(self) -> None:
        """Nobody answered on the 4th, so it is due on the 5th; it counts there, once, and not where it stood first."""
        sale = record("SA26-0001", sold_on="2026-03-01")
        work = record("DE26-0001", arranged_on="2026-03-01", signed="{by: a, at: 2026-03-01}")
        tried = record("VI26-0001", keeps=f"[{UNIT}/call-back.1]", at="2026-03-04", outcome="no_answer")
        found = cases(ALL, sale, work, tried, now="2026-03-09")
        assert iso(found[f"{UNIT}/call-back.1"].on) == "2026-03-05"

    @pytest.mark.parametrize("fields", [{"released": "{on: 2026-03-04}"}, {"due": ""}])
    def test_what_was_let_go_or_has_no_time_counts_nowhere(self, fields: dict[str, str]) -> None:
        """Nobody is owed what was released; of what still waits nobody knows how it ends."""
        assert _day(_spoken(**fields)) is None

    def test_what_became_void_counts_nowhere(self) -> None:
        """The sale was called off before the delivery was due; once it had come it stays as it was."""
        told = {"told": "{deliver: {by: 2026-03-04}}"}
        off = {"cancelled": "{on: 2026-03-03}"}
        assert f"{UNIT}/deliver" not in cases(ALL, record("SA26-0001", **told, **off))
        came = record("DE26-0001", signed="{by: a, at: 2026-03-02}")
        assert whys(ALL, record("SA26-0001", **told, **off), came)[f"{UNIT}/deliver"] == "good"

    def test_the_greetings_to_somebody_who_was_forgotten_count_as_before(self) -> None:
        """On the day of the contact that kept one; nobody knows any more when the birthday was.

        One that stayed away, or was kept without a contact, counts on the day of the forgetting, as its own would tell
        the birthday: the sum over all time stays what it was.
        """
        written = "{step: birthday.2024, made_on: 2024-01-01, state: kept}"
        kept = "{step: birthday.2025, made_on: 2025-01-01, state: kept, by: VI26-0001}"
        missed = "{step: birthday.2026, made_on: 2026-01-01, state: broken}"
        gone = f"{{on: 2026-06-01, greetings: [{written}, {kept}, {missed}]}}"
        greeted = record("VI26-0001", purpose="greeting", at="2026-03-08")
        found = cases(ALL, record(BUYER, name=BLANK, phones="", forgotten=gone), greeted)
        assert {name: (iso(case.on), case.why) for name, case in found.items()} == {
            f"{BUYER}/birthday.2024": ("2026-06-01", ""),
            f"{BUYER}/birthday.2025": ("2026-03-08", ""),
            f"{BUYER}/birthday.2026": ("2026-06-01", "broken"),
        }


class TestToday:
    """What is not yet due counts nowhere."""

    @pytest.mark.parametrize(
        ("now", "why"),
        [("2026-03-09", None), ("2026-03-10", None), ("2026-03-10T23:59", None), ("2026-03-11", "overdue")],
    )
    def test_a_bare_day_is_good_to_its_end(self, now: str, why: str | None) -> None:
        """Due today and open is no case; from the day after it is overdue, on the day it was due."""
        assert whys(ALL, _spoken(), now=now).get(SPOKEN) == why

    @pytest.mark.parametrize(
        ("now", "why"), [("2026-03-10", None), ("2026-03-10T18:00", None), ("2026-03-10T18:01", "overdue")]
    )
    def test_an_hour_is_over_a_minute_later(self, now: str, why: str | None) -> None:
        """Due by six, it counts against us at a minute past six, on the same day."""
        assert whys(ALL, _spoken(due="2026-03-10T18:00"), now=now).get(SPOKEN) == why

    @pytest.mark.parametrize(("now", "why"), [("2026-03-09", None), ("2026-03-10", "good"), ("2026-03-11", "good")])
    def test_kept_early_counts_once_it_is_due(self, now: str, why: str | None) -> None:
        """Else a month would be praised today for what belongs to the next one."""
        assert whys(ALL, _spoken(kept="{at: 2026-03-05}"), now=now).get(SPOKEN) == why

    def test_kept_in_the_future_counts_nowhere(self) -> None:
        """A slip of the pen dated next year is no promise kept on a day without a time."""
        assert whys(ALL, _spoken(due="", kept="{at: 2027-03-05}"), now="2026-03-11") == {}


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ("2026-03-10", "good"),
        ("2026-03-10T18:00", "good"),
        ("2026-03-10T18:01", "late"),
        ("2026-03-11", "late"),
    ],
)
def test_kept_in_time_on_the_last_good_day(kept: str, why: str) -> None:
    """With no hour on either side the days decide."""
    assert whys(ALL, _spoken(due="2026-03-10T18:00", kept=f"{{at: {kept}}}"))[SPOKEN] == why


@pytest.mark.parametrize(
    ("due", "first", "last"),
    [
        ("2028-02-29", "2028-02-01", "2028-02-29"),
        ("2028-02-29T23:59", "2028-02-29", "2028-02-29"),
        ("2026-04-30", "2026-04-01", "2026-04-30"),
        ("2026-12-31T00:00", "2026-12-01", "2026-12-31"),
    ],
)
def test_both_ends_of_a_period_belong_to_it(due: str, first: str, last: str) -> None:
    """The 29th of February counts in February, whatever its hour, and neither before nor after."""
    before, after = parse(first), parse(last)
    period = span(first, last)
    assert list(cases(ALL, _spoken(due=due), now="2030-01-01", period=period)) == [SPOKEN]
    earlier = Period(before.replace(year=2000), before.fromordinal(before.toordinal() - 1))
    later = Period(after.fromordinal(after.toordinal() + 1), after.replace(year=2040, day=1))
    assert [len(cases(ALL, _spoken(due=due), now="2030-01-01", period=one)) for one in (earlier, later)] == [0, 0]


class TestWhoseItIs:
    """A case names the customer, the goods, the way they were sold, the person and the records."""

    def test_a_spoken_promise_is_about_what_its_record_says(self) -> None:
        """The goods and the channel are those of the unit."""
        case = cases(ALL, SALE, _spoken(about=f"[{UNIT}]", person="ST26-0001", binds="plan"))[SPOKEN]
        assert (case.customer, case.product, case.channel, case.person) == (BUYER, CHAIR, "online", "ST26-0001")
        assert (case.part, case.binds, case.records) == ("other", "plan", (SPOKEN,))

    def test_about_nothing_or_several_goods_it_names_none(self) -> None:
        """It stands in the row without a name."""
        other = record("SA26-0002", items=f"[{{product: {COOLER}, taken: yes}}]", channel="online")
        for about in ("", f"[{BUYER}]", f"[{UNIT}, SA26-0002/1]"):
            assert cases(ALL, SALE, other, _spoken(about=about))[SPOKEN].product == ""
        both = cases(ALL, SALE, other, _spoken(about=f"[{UNIT}, SA26-0002]"))[SPOKEN]
        assert (both.product, both.channel) == ("", "online")

    def test_the_records_are_those_that_made_and_kept_it(self) -> None:
        """A sale told it, a delivery kept it, by the person who brought it."""
        told = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
        came = record("DE26-0001", person="ST26-0001", signed="{by: a, at: 2026-03-03}")
        case = cases(ALL, told, came, record("ST26-0001", name="张师傅"))[f"{UNIT}/deliver"]
        assert (case.records, case.person, case.binds) == (("SA26-0001", "DE26-0001"), "ST26-0001", "told")
        assert (case.product, case.channel) == (CHAIR, "shop")

    def test_by_the_ids_of_now(self) -> None:
        """A sale that was renumbered is found by the id that the promise names it by."""
        sale = record("SA26-0002", items=f"[{{product: {COOLER}, taken: yes}}]", formerly="[SA26-0009]", channel="tv")
        case = cases(ALL, sale, _spoken(about="[SA26-0009/1]"))[SPOKEN]
        assert (case.product, case.channel) == (COOLER, "tv")

    def test_each_line_of_a_sale_is_a_promise_of_its_own(self) -> None:
        """Two lines told one time are two promises, each of its own goods."""
        items = f"[{{product: {CHAIR}}}, {{product: {COOLER}}}]"
        sale = record("SA26-0001", items=items, told="{deliver: {by: 2026-03-04}}")
        found = cases(ALL, sale)
        assert {name: case.product for name, case in found.items()} == {
            f"{UNIT}/deliver": CHAIR,
            "SA26-0001/2/deliver": COOLER,
        }


def _facts(records: list[str], now: str) -> Facts:
    shelf, moment = shop.shelf(*records), parse(now)
    return Facts(shelf, ledger_of(shelf, shop.rules(), moment), moment, list)


@settings(deadline=None, max_examples=20)
@given(books())
def test_every_promise_of_which_we_know_the_end_counts(records: list[str]) -> None:
    """Each that was kept, kept late, broken or is overdue, and no other; each once."""
    facts = _facts(records, "2026-12-31")
    ended = [one.id for one in facts.ledger.promises if one.state in {"kept", "kept_late", "broken", "overdue"}]
    assert sorted(case.id for case in counted(BY_ID[ALL], facts, EVER).cases) == sorted(ended)


@settings(deadline=None, max_examples=15)
@given(books())
def test_a_day_belongs_to_one_period(records: list[str]) -> None:
    """Whatever the months time is cut into, each case of the promises and contacts is in just one of them, as it was in
    the whole: else a quarter would not be the sum of its months.
    """
    facts = _facts(records, "2026-12-31")
    firsts = [date(year, month, 1) for year in (2026, 2027) for month in range(1, 13)]
    months = [Period(first, after - timedelta(days=1)) for first, after in pairwise(firsts)]
    for measure in MEASURES:
        if measure.law in {"L1", "L2", "L3"} and measure.sort == "share":
            whole = counted(measure, facts, EVER)
            parts = [score for month in months if (score := counted(measure, facts, month)).of]
            assert [case for part in parts for case in part.cases] == list(whole.cases)
            assert [part.of for part in parts] == [month.of for month in whole.months]
