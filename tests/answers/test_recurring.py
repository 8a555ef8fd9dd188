"""What comes back: one time open at once, in season and on open days, until there is nothing left to serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.plain.moments import day_of, iso, parse
from aftercare.plain.opening import ALWAYS, Opening, opening
from tests.answers import shop
from tests.answers.shop import CHAIR, UNIT, record

CHECK = f"{UNIT}/check"
PLAN = """
id: ours
issuer: shop
title: 保养
plans:
- id: check
  title: 保养
  category: goods
  after: delivered
  what: maintenance
  step: check
  channel: home
  {keys}
  retry: {{attempts: 2, again: {{days: 3}}}}
"""
BY_PLAN = "every: {2020-01-01: {months: 12}}\n  counted_from: plan"
BY_COMPLETION = "every: {2020-01-01: {months: 12}}"
SPRING = f"{BY_PLAN}\n  season: {{from: 04-01, to: 05-31}}\n  tolerance: {{before: {{days: 21}}, after: {{days: 14}}}}"
SALE = record("SA26-0001")
WEEK = opening(("8:30-18:00",) * 6 + ("closed",), ("2027-04-01..2027-04-05", "2028-05-01..2028-05-05"))


def _visit(number: int, at: str, **fields: str) -> str:
    said = {"purpose": "maintenance", "channel": "home", "about": f"[{UNIT}]", "at": at} | fields
    return record(f"VI26-{number:04}", **said)


def _promises(
    *records: str, now: str, keys: str = BY_PLAN, sale: str = SALE, hours: Opening = ALWAYS
) -> dict[str, Promise]:
    rules = replace(shop.rules(PLAN.format(keys=keys)), opening=hours)
    found = ledger_of(shop.shelf(sale, *records), rules, parse(now)).promises
    return {promise.id: promise for promise in found}


def _told(found: dict[str, Promise]) -> list[tuple[str, str, str]]:
    """Number, state and last day of each time."""
    checks = [promise for promise in found.values() if promise.id.startswith(CHECK)]
    return [(p.id.removeprefix(f"{CHECK}."), p.state, iso(p.due.by) if p.due else "") for p in checks]


def test_the_first_time_is_there_from_the_event_on() -> None:
    """Before the event it waits without a day; there is one of it."""
    waiting = record("SA26-0001", told="{deliver: {by: 2026-03-05}}")
    assert _told(_promises(sale=waiting, now="2026-03-03")) == [("1", "waiting", "")]
    assert _told(_promises(now="2027-03-01")) == [("1", "waiting", "2027-03-02")]
    assert _told(_promises(now="2027-03-02")) == [("1", "due", "2027-03-02")]


def test_a_missed_one_shows_until_done_and_nothing_piles_up() -> None:
    """Years later it is the same one; then the next is the next in the plan, and what was missed is not invented."""
    assert _told(_promises(now="2031-06-01")) == [("1", "overdue", "2027-03-02")]
    done = _promises(_visit(1, "2031-06-01"), now="2031-06-02")
    assert _told(done) == [("1", "kept_late", "2027-03-02"), ("2", "waiting", "2032-03-02")]


@pytest.mark.parametrize(
    ("keys", "done", "following"),
    [
        (BY_PLAN, "2027-02-20", "2028-03-02"),
        (BY_PLAN, "2027-03-20", "2028-03-02"),
        (BY_PLAN, "2028-03-01", "2028-03-02"),
        (BY_PLAN, "2028-03-02", "2029-03-02"),
        (BY_COMPLETION, "2027-02-20", "2028-02-20"),
        (BY_COMPLETION, "2028-02-29", "2029-02-28"),
    ],
)
def test_the_next_time_is_counted_from_the_plan_or_from_the_completion(keys: str, done: str, following: str) -> None:
    """By the plan it keeps to its own days; else each is so long after the last one was done."""
    found = _told(_promises(_visit(1, done), keys=keys, now="2028-03-05"))
    assert found[1][::2] == ("2", following)


def test_times_of_the_last_of_a_month_stay_there() -> None:
    """Each is reckoned from the event: 31 January, 28 February, 31 March."""
    visits = [_visit(1, "2026-02-28"), _visit(2, "2026-03-31"), _visit(3, "2026-04-30")]
    sale = record("SA26-0001", sold_on="2026-01-31")
    keys = "every: {2020-01-01: {months: 1}}\n  counted_from: plan"
    found = _told(_promises(*visits, sale=sale, keys=keys, now="2026-05-01"))
    assert [day for __, __, day in found] == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


@pytest.mark.parametrize(
    ("settling", "state"),
    [
        ([_visit(1, "2027-03-02", outcome="declined")], "released"),
        ([_visit(1, "2027-03-01", outcome="no_answer"), _visit(2, "2027-03-02", outcome="no_answer")], "void"),
        ([record("PM27-0001", of=f"{CHECK}.1", released="{on: 2027-03-02, reason: 不用}")], "released"),
        ([record("PM27-0001", of=f"{CHECK}.1", broken="{on: 2027-03-02, reason: 没人}")], "broken"),
    ],
)
def test_declined_given_up_or_broken_the_next_comes_as_planned(settling: Sequence[str], state: str) -> None:
    """Whatever settled it: counted from the plan, or from the day it was settled, where nothing was completed."""
    for keys in (BY_PLAN, BY_COMPLETION):
        found = _told(_promises(*settling, keys=keys, now="2027-03-03"))
        assert [(number, how) for number, how, __ in found] == [("1", state), ("2", "waiting")]
        assert found[1][2] == "2028-03-02"


def test_one_vain_attempt_settles_nothing() -> None:
    """It is tried again after some days, and there is no next one yet."""
    assert _told(_promises(_visit(1, "2027-03-02", outcome="no_answer"), now="2027-03-03")) == [
        ("1", "waiting", "2027-03-05")
    ]


@pytest.mark.parametrize(("at", "kept"), [("2027-03-31", False), ("2027-04-01", True)])
def test_a_visit_before_the_window_is_an_extra_one(at: str, kept: bool) -> None:
    """The window of spring begins with the season; who names the promise keeps it all the same."""
    assert (_told(_promises(_visit(1, at), keys=SPRING, now="2027-05-01"))[0][1] == "kept") is kept
    named = _visit(1, at, keeps=f"[{CHECK}.1]")
    assert _told(_promises(named, keys=SPRING, now="2027-05-01"))[0][1] == "kept"


@pytest.mark.parametrize(("at", "kept"), [("2026-08-31", False), ("2026-09-01", True)])
def test_without_a_tolerance_a_visit_is_for_the_time_that_it_is_nearer_to(at: str, kept: bool) -> None:
    """From half way between the delivery and the first time on."""
    assert (_told(_promises(_visit(1, at), now="2027-03-02"))[0][1] == "kept") is kept


def test_the_last_day_in_time_and_the_day_after() -> None:
    """6 April is the first open day of spring; until the 20th it is in time, on the 21st overdue."""
    for now, state in (
        ("2027-03-31", "waiting"),
        ("2027-04-01", "due"),
        ("2027-04-20", "due"),
        ("2027-04-21", "overdue"),
    ):
        assert _told(_promises(keys=SPRING, hours=WEEK, now=now)) == [("1", state, "2027-04-20")]


def test_it_ends_where_the_plan_does() -> None:
    """Ten years: the tenth time is the last."""
    visits = [_visit(year - 2026, f"{year}-03-02") for year in range(2027, 2038)]
    found = _told(_promises(*visits, keys=f"{BY_PLAN}\n  until: {{years: 10}}", now="2040-01-01"))
    assert (len(found), found[-1]) == (10, ("10", "kept", "2036-03-02"))
    assert _told(_promises(keys=f"{BY_PLAN}\n  until: {{months: 11}}", now="2040-01-01")) == []


@pytest.mark.parametrize(
    "ending",
    [
        [record("SA26-0001", items=f"[{{product: {CHAIR}, retired: {{on: 2027-06-01, reason: x}}}}]")],
        [
            record(
                "CL27-0001",
                unit=UNIT,
                reported_on="2027-05-20",
                returned="{on: 2027-06-01}",
                refunded="{on: 2027-06-01, amount: 1}",
            )
        ],
        [record("SA26-0001", cancelled="{on: 2027-06-01, reason: x}")],
        [record(shop.BUYER, name="王建国", since="2026-01-01", left="{on: 2027-06-01, reason: x}")],
    ],
    ids=["retired", "refunded", "cancelled", "left"],
)
def test_nothing_comes_back_once_there_is_nothing_to_serve(ending: list[str]) -> None:
    """What was done before stays done, the open one is void, and nothing follows; also where a visit comes later."""
    done = _visit(1, "2027-03-02")
    assert _told(_promises(done, *ending, now="2027-07-01")) == [
        ("1", "kept", "2027-03-02"),
        ("2", "void", "2028-03-02"),
    ]
    late = _visit(1, "2027-06-02")
    assert [number for number, __, __ in _told(_promises(late, *ending, now="2027-07-01"))] == ["1"]


def test_one_that_was_let_go_of_stays_so_when_the_rest_ends() -> None:
    """What ends the series later has nothing to do with the time that the customer declined."""
    gone = record("SA26-0001", items=f"[{{product: {CHAIR}, retired: {{on: 2028-06-01}}}}]")
    found = _told(_promises(gone, _visit(1, "2027-03-02", outcome="declined"), now="2028-07-01"))
    assert [state for __, state, __ in found] == ["released", "void"]


def test_an_exchange_changes_nothing() -> None:
    """The unit goes on as another thing."""
    claim = record("CL27-0001", unit=UNIT, reported_on="2027-01-01", replaced="{on: 2027-01-05, serial: B}")
    assert _told(_promises(claim, now="2027-03-01")) == [("1", "waiting", "2027-03-02")]


def test_a_time_that_a_record_names_is_there_though_one_before_it_was_passed_over() -> None:
    """Books that listed their times named the second while the first was missed: kept, and the first still owed."""
    second = _visit(1, "2028-03-02", keeps=f"[{CHECK}.2]")
    assert _told(_promises(second, now="2028-03-03")) == [("1", "overdue", "2027-03-02"), ("2", "kept", "2028-03-02")]
    first = _visit(2, "2028-03-04", keeps=f"[{CHECK}.1]")
    assert _told(_promises(second, first, now="2028-03-05"))[2:] == [("3", "waiting", "2029-03-02")]


EVENTS = st.sampled_from(["2026-01-31", "2024-02-29", "2026-03-02", "2026-05-31", "2026-12-31"])
KEYS = st.builds(
    lambda every, first, counted, season, tolerance: "\n  ".join(
        filter(None, (f"every: {{2020-01-01: {every}}}", first, f"counted_from: {counted}", season, tolerance))
    ),
    st.sampled_from(["{months: 1}", "{months: 6}", "{months: 12}", "{days: 45}", "{years: 1}"]),
    st.sampled_from(["", "due: {2020-01-01: [{days: 20}]}", "due: {2020-01-01: [{months: 5}]}"]),
    st.sampled_from(["plan", "completion"]),
    st.sampled_from(["", "season: {from: 04-01, to: 05-31}", "season: {from: 11-15, to: 02-29}"]),
    st.sampled_from(["", "tolerance: {before: {days: 10}}", "tolerance: {before: {days: 7}, after: {days: 9}}"]),
)
DEEDS = st.lists(
    st.tuples(st.integers(0, 500), st.sampled_from(["reached", "reached", "declined", "no_answer"])), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(EVENTS, KEYS, DEEDS, st.integers(0, 900))
@example("2026-05-31", BY_PLAN + "\n  season: {from: 04-01, to: 05-31}", [(365, "reached"), (1, "reached")], 400)
def test_one_is_open_at_a_time_in_order_in_season_and_never_on_a_closed_day(
    sold: str, keys: str, deeds: list[tuple[int, str]], wait: int
) -> None:
    """Whatever happens, and whenever somebody looks."""
    at, visits = date.fromisoformat(sold), []
    for number, (days, outcome) in enumerate(deeds, start=1):
        at += timedelta(days=days)
        visits.append(_visit(number, iso(at), outcome=outcome))
    now = iso(at + timedelta(days=wait))
    found = _promises(*visits, sale=record("SA26-0001", sold_on=sold), keys=keys, hours=WEEK, now=now)
    times = [promise for promise in found.values() if promise.id.startswith(CHECK)]
    assert [promise.id for promise in times] == [f"{CHECK}.{n}" for n in range(1, len(times) + 1)]
    assert sum(promise.is_open for promise in times) == 1
    assert times[-1].is_open
    planned = [promise.draft.turn.day for promise in times if promise.draft.turn]
    assert all(earlier < later for earlier, later in pairwise(planned))
    for promise in times:
        turn, term, plan = promise.draft.turn, promise.draft.term, promise.draft.plan
        assert turn
        assert term
        assert plan
        assert WEEK.is_open(turn.day)
        assert WEEK.is_open(day_of(term.by))
        season = plan.recurs.season if plan.recurs else None
        assert season is None or (season.holds(turn.day) and season.holds(day_of(term.by)))
        assert promise.draft.made_on == parse(sold) or day_of(promise.draft.made_on) < turn.day


@settings(max_examples=25, deadline=None)
@given(EVENTS, KEYS, DEEDS)
def test_the_order_of_the_files_does_not_matter(sold: str, keys: str, deeds: list[tuple[int, str]]) -> None:
    """The same facts make the same promises."""
    at, visits = date.fromisoformat(sold), []
    for number, (days, outcome) in enumerate(deeds, start=1):
        at += timedelta(days=days)
        visits.append(_visit(number, iso(at), outcome=outcome))
    sale, now = record("SA26-0001", sold_on=sold), iso(at + timedelta(days=30))
    whole = _promises(*visits, sale=sale, keys=keys, now=now)
    assert _promises(*reversed(visits), sale=sale, keys=keys, now=now) == whole


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("[{days: 5}]", "2026-03-07"),
        ("[{days: 6}]", "2026-03-09"),
        ("[{hours: 130}]", "2026-03-09T08:30"),
        ("[{hours: 100}]", "2026-03-07T04:00"),
    ],
)
def test_what_the_shop_means_to_do_is_put_off_to_an_open_day(due: str, expected: str) -> None:
    """Of 8 March 2026, a Sunday, to the Monday; a day that is open stays, whatever the hour."""
    keys = f"due: {{2020-01-01: {due}}}"
    sale = record("SA26-0001", sold_on="2026-03-02" if "days" in due else "2026-03-03T00:00")
    found = _promises(sale=sale, keys=keys, hours=WEEK, now="2026-03-03")
    term = found[f"{CHECK}.1"].due
    assert term
    assert iso(term.by) == expected


def test_what_is_worthless_late_is_not_put_off() -> None:
    """A greeting is for its day."""
    keys = "due: {2020-01-01: [{days: 6}]}\n  late: worthless"
    term = _promises(keys=keys, hours=WEEK, now="2026-03-03")[f"{CHECK}.1"].due
    assert term
    assert term.by == date(2026, 3, 8)


def test_a_vain_attempt_is_repeated_on_an_open_day() -> None:
    """Three days after a Thursday is a Sunday: Monday."""
    attempt = _visit(1, "2027-03-04", outcome="no_answer", keeps=f"[{CHECK}.1]")
    sale = record("SA26-0001", sold_on="2026-03-04")
    term = _promises(attempt, sale=sale, hours=WEEK, now="2027-03-05")[f"{CHECK}.1"].due
    assert term
    assert term.by == date(2027, 3, 8)
