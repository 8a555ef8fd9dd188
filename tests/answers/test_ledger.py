"""The state of a promise on a day, in the order of the design's table, and what never changes it."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.answers.states import ENDED, OPEN
from aftercare.book.shelf import shelve
from aftercare.plain.moments import day_of, days_between, iso, parse
from tests.answers import shop
from tests.answers.books import books, moments_near, several
from tests.answers.shop import BUYER, PLANS, UNIT, as_files, deadline, promises, record, rules, states, stock

DELIVER, APOLOGY = f"{UNIT}/deliver", f"{UNIT}/deliver/apology"
TOLD = record("SA26-0001", told="{deliver: {from: 2026-03-04T09:00, by: 2026-03-04T18:00}}")


def _signed(at: str) -> str:
    return record("DE26-0001", signed=f"{{by: 王建国, at: {at}}}")


def _fact(**said: str) -> str:
    return record("PM26-0001", of=DELIVER, **said)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-03-03T23:59", "waiting"),
        ("2026-03-04T00:00", "due"),
        ("2026-03-04T12:00", "due"),
        ("2026-03-04T18:00", "due"),
        ("2026-03-04T18:01", "overdue"),
        ("2026-03-04", "due"),
        ("2026-03-05", "overdue"),
    ],
)
def test_open_promises_wait_are_due_and_overdue(now: str, state: str) -> None:
    """Later: waiting; on the day or inside the window: due; past its end: overdue."""
    assert states(TOLD, now=now)[DELIVER] == state


def test_a_window_of_days_is_due_from_its_first_day() -> None:
    """Inside a window of several days a promise is due on every day."""
    sale = record("SA26-0001", told="{deliver: {from: 2026-03-04, by: 2026-03-06}}")
    found = [states(sale, now=f"2026-03-0{day}")[DELIVER] for day in range(3, 8)]
    assert found == ["waiting", "due", "due", "due", "overdue"]


@pytest.mark.parametrize(
    ("by", "done", "state"),
    [
        ("2026-03-04T18:00", "2026-03-04", "kept"),
        ("2026-03-04T18:00", "2026-03-05", "kept_late"),
        ("2026-03-04", "2026-03-04T23:59", "kept"),
        ("2026-03-04", "2026-03-05T00:00", "kept_late"),
        ("2026-03-04T18:00", "2026-03-04T18:00", "kept"),
        ("2026-03-04T18:00", "2026-03-04T18:01", "kept_late"),
        ("2026-03-04", "2026-03-03", "kept"),
    ],
)
def test_a_date_without_an_hour_is_in_time_on_the_deadlines_day_or_before(by: str, done: str, state: str) -> None:
    """Hours decide where both sides have one, days where one has none."""
    sale = record("SA26-0001", told=f"{{deliver: {{by: {by}}}}}")
    assert states(sale, _signed(done), now="2026-03-20")[DELIVER] == state


CANCELLED = {"cancelled": "{on: 2026-03-06, reason: 退货}"}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([], "void"),
        ([_signed("2026-03-04T17:00")], "kept"),
        ([_signed("2026-03-05")], "kept_late"),
        ([_signed("2026-03-06")], "kept_late"),
        ([_signed("2026-03-07")], "void"),
        ([_fact(broken="{on: 2026-03-05}")], "broken"),
        ([_fact(broken="{on: 2026-03-07}")], "void"),
        ([_fact(released="{on: 2026-03-03}")], "void"),
    ],
)
def test_void_is_what_was_gone_before_it_was_kept_or_broken(facts: list[str], state: str) -> None:
    """A sale called off on the 6th voids what was open then; what was kept or broken before stays so."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04T18:00}}", **CANCELLED)
    found = promises(sale, *facts, now="2026-03-20")[DELIVER]
    assert found.state == state
    if state == "void":
        assert found.ended is not None
        assert (found.ended.record, found.ended.reason) == ("SA26-0001", "退货")


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([_fact(released="{on: 2026-03-03}")], "released"),
        ([_fact(released="{on: 2026-03-03}"), _signed("2026-03-04")], "released"),
        ([_fact(released="{on: 2026-03-05}"), _signed("2026-03-04")], "kept"),
        ([_fact(released="{on: 2026-03-05}", broken="{on: 2026-03-04}")], "broken"),
        ([_fact(released="{on: 2026-03-04}", broken="{on: 2026-03-05}")], "released"),
    ],
)
def test_released_is_what_the_customer_let_go_of_before_it_was_kept_or_broken(facts: list[str], state: str) -> None:
    """A release after the fact releases nothing."""
    assert states(TOLD, *facts, now="2026-03-20")[DELIVER] == state


def test_what_was_kept_all_the_same_is_kept_before_it_is_broken() -> None:
    """We said we would not and did: kept comes first in the table."""
    broken = _fact(broken="{on: 2026-03-03}")
    assert states(TOLD, broken, now="2026-03-20")[DELIVER] == "broken"
    assert states(TOLD, broken, _signed("2026-03-04T12:00"), now="2026-03-20")[DELIVER] == "kept"
    assert states(TOLD, broken, _signed("2026-03-05"), now="2026-03-20")[DELIVER] == "kept_late"


def test_a_customer_who_left_is_owed_nothing_more() -> None:
    """Everything open on that day is void by the customer's record."""
    left = record(BUYER, left="{on: 2026-03-03, reason: 搬走}")
    found = promises(left, TOLD, record("PM26-0001", due="2026-03-09"), now="2026-03-20")
    assert {p.state for p in found.values()} == {"void"}
    assert {p.ended.record for p in found.values() if p.ended} == {BUYER}


def test_the_earlier_end_is_the_one_that_counts() -> None:
    """Called off on the 6th and left on the 5th: void by the farewell."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}", **CANCELLED)
    found = promises(record(BUYER, left="{on: 2026-03-05}"), sale, now="2026-03-20")[DELIVER]
    assert found.ended is not None
    assert found.ended.record == BUYER


def test_kept_late_asks_for_an_apology_once() -> None:
    """The apology is owed by the day after, kept by the record that says so, and promises nothing itself."""
    late = promises(TOLD, _signed("2026-03-05"), now="2026-03-05")
    assert (late[APOLOGY].state, deadline(late[APOLOGY]), late[APOLOGY].draft.binds) == (
        "waiting",
        "2026-03-06",
        "plan",
    )
    assert states(TOLD, _signed("2026-03-05"), now="2026-03-07")[APOLOGY] == "overdue"
    said = promises(TOLD, _signed("2026-03-05"), _fact(apologised="{at: 2026-03-09}"), now="2026-03-20")
    assert said[APOLOGY].state == "kept_late"
    assert said[DELIVER].apologised is not None
    assert [i for i in said if i.endswith("/apology")] == [APOLOGY]


def test_a_contact_for_an_apology_keeps_it() -> None:
    """A call whose purpose is the apology is one, about the same subject."""
    call = record("VI26-0001", purpose="apology", about=f"[{UNIT}]", at="2026-03-06")
    assert states(TOLD, _signed("2026-03-05"), call, now="2026-03-20")[APOLOGY] == "kept"


def test_broken_asks_for_an_apology_too() -> None:
    """Our word, or the law's: a promise we said we would not keep."""
    found = promises(TOLD, _fact(broken="{on: 2026-03-03}"), now="2026-03-04")[APOLOGY]
    assert (found.state, deadline(found)) == ("due", "2026-03-04")
    law = record("PM26-0002", due="2026-03-04", binds="law", kept="{at: 2026-03-05}")
    assert states(law, now="2026-03-05")["PM26-0002/apology"] == "waiting"


def test_nothing_asks_for_an_apology_that_was_ours_alone_or_in_time() -> None:
    """Plans were never told to anybody; what was kept in time, released or void needs none."""
    ours = record("PM26-0002", due="2026-03-04", binds="plan", kept="{at: 2026-03-05}")
    for facts in ([_signed("2026-03-04")], [_fact(released="{on: 2026-03-03}")], [ours]):
        assert not [i for i in promises(TOLD, *facts, now="2026-03-20") if i.endswith("/apology")]


def test_no_apology_is_planned_for_what_ended_before_the_opening_day() -> None:
    """An apology is the shop's own plan, and plans do not reach back behind ``begins_on``."""
    assert APOLOGY not in promises(TOLD, _signed("2026-03-05"), now="2026-03-20", begins_on="2026-03-06")
    assert APOLOGY in promises(TOLD, _signed("2026-03-05"), now="2026-03-20", begins_on="2026-03-05")


def test_plans_after_a_delivery_that_is_released_are_needless() -> None:
    """What waits for an event that will not come is void with it."""
    found = states(TOLD, _fact(released="{on: 2026-03-03}"), now="2026-03-20")
    assert found[f"{UNIT}/call-back.1"] == "void"


def test_the_ledger_of_some_customers_is_a_part_of_the_whole() -> None:
    """Naming customers changes no promise; one that is not there has none."""
    other = record("CU26-0002", name="李梅")
    shelf = shop.shelf(TOLD, other, record("PM26-0001", to="CU26-0002", due="2026-03-09"))
    now = parse("2026-03-05")
    whole = ledger_of(shelf, rules(), now).promises
    part = ledger_of(shelf, rules(), now, ["CU26-0002", "CU26-0099"]).promises
    assert [p.id for p in part] == ["PM26-0001"]
    assert [p for p in whole if p.draft.to == "CU26-0002"] == list(part)


def test_a_spoken_promise_belongs_to_what_it_is_about() -> None:
    """What we said about a unit is among the promises of the unit, and of its sale."""
    ledger = shop.ledger(TOLD, record("PM26-0001", about=f"[{UNIT}]", due="2026-03-09"), now="2026-03-05")
    assert "PM26-0001" in {p.id for p in ledger.about(UNIT)}
    assert "PM26-0001" in {p.id for p in ledger.about("SA26-0001")}
    assert "PM26-0001" not in {p.id for p in ledger.about("SA26-0001/2")}


# Item 3: a plan's days changed half-way.

EDGES = [date(2026, 1, 31), date(2027, 12, 31), date(2028, 2, 29), date(2028, 2, 28), date(2026, 4, 30)]
days_lists = st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True).map(sorted)


def _planned(days: list[int], later: str = "") -> str:
    spans = ", ".join(f"{{days: {n}}}" for n in days)
    return PLANS.replace("{2020-01-01: [{days: 3}, {days: 10}]}", f"{{2020-01-01: [{spans}]{later}}}")


def _sold(number: int, on: date) -> str:
    return record(f"SA{on:%y}-{number:04}", sold_on=on.isoformat())


def _calls(sold: date, number: int, after: list[int], *, named: bool) -> list[str]:
    """Contacts so many days after a sale; *named*: they say which call-back each keeps."""
    unit = f"SA{sold:%y}-{number:04}/1"
    found = []
    for ordinal, days in enumerate(after, start=1):
        on = sold + timedelta(days=days)
        keeps = f"[{unit}/call-back.{ordinal}]" if named else ""
        vi = f"VI{on:%y}-{100 * number + ordinal:04}"
        found.append(record(vi, about=f"[{unit}]", keeps=keeps, at=on.isoformat()))
    return found


@settings(max_examples=30, deadline=None)
@given(
    sold=moments_near(*EDGES),
    before=days_lists,
    after=days_lists,
    gap=st.integers(0, 60),
    called=st.lists(st.integers(0, 40), max_size=3).map(sorted),
    named=st.booleans(),
    sells_on=st.integers(0, 60),
)
def test_a_later_value_of_a_plan_changes_nothing_before_its_day(
    sold: date, before: list[int], after: list[int], gap: int, called: list[int], named: bool, sells_on: int
) -> None:
    """Days changed by a later dated value: not one promise of an earlier event is added, lost or in another state."""
    changed_on = sold + timedelta(days=gap + 1)
    spans = ", ".join(f"{{days: {n}}}" for n in after)
    old, new = _planned(before), _planned(before, f", {changed_on}: [{spans}]")
    book = [_sold(1, sold), *_calls(sold, 1, called, named=named)]
    now = iso(sold + timedelta(days=90))
    was, found = promises(*book, now=now, plans=old), promises(*book, now=now, plans=new)
    assert _essence(was) == _essence(found)
    on = changed_on + timedelta(days=sells_on)
    fresh = promises(*book, _sold(2, on), now=iso(on + timedelta(days=90)), plans=new)
    dues = [deadline(p) for i, p in fresh.items() if i.startswith(f"SA{on:%y}-0002")]
    assert dues == [iso(on + timedelta(days=n)) for n in after]


def _essence(found: dict[str, Promise]) -> dict[str, tuple[str, str | None]]:
    return {i: (p.state, deadline(p)) for i, p in found.items()}


@settings(max_examples=30, deadline=None)
@given(
    sold=moments_near(*EDGES),
    before=days_lists,
    after=days_lists,
    called=st.lists(st.integers(0, 40), max_size=3).map(sorted),
    named=st.booleans(),
)
def test_an_edit_of_a_plans_days_in_place_reopens_nothing_that_was_kept(
    sold: date, before: list[int], after: list[int], called: list[int], named: bool
) -> None:
    """A call that was made stays made, in time or late, whatever the days are changed to."""
    book = [_sold(1, sold), *_calls(sold, 1, called, named=named)]
    now = iso(sold + timedelta(days=90))
    was, found = promises(*book, now=now, plans=_planned(before)), promises(*book, now=now, plans=_planned(after))
    kept = {i for i, p in was.items() if p.state in {"kept", "kept_late"}}
    assert not [i for i in kept if i in found and found[i].is_open]
    assert all(found[i].kept == was[i].kept for i in kept & found.keys())


@settings(max_examples=12, deadline=None)
@given(delivered=moments_near(*EDGES), gap=st.integers(1, 30))
def test_a_plan_that_ends_promises_nothing_from_that_day_on(delivered: date, gap: int) -> None:
    """``~`` ends a plan for events from that day on, and leaves the earlier ones as they are."""
    ends = delivered + timedelta(days=gap)
    plans = _planned([3, 10], f", {ends}: ~")
    found = states(_sold(1, delivered), _sold(2, ends), now=iso(ends), plans=plans)
    assert {i[:9] for i in found} == {f"SA{delivered:%y}-0001"}


# What holds of every book.


@settings(max_examples=15, deadline=None)
@given(book=books(), now=moments_near(date(2026, 3, 5)))
def test_every_promise_is_in_one_state_with_what_it_needs(book: list[str], now: date) -> None:
    """Ended ones say when and by which record, open ones with a time know it, and no id stands twice."""
    for promise in promises(*book, now=iso(now)).values():
        assert promise.state in {*OPEN, *ENDED}
        assert (promise.kept is not None) == (promise.state in {"kept", "kept_late"})
        assert (promise.ended is not None) == (promise.state in {"void", "released", "broken"})
        assert promise.state not in {"due", "overdue"} or promise.due is not None
        assert promise.kept_pieces <= promise.draft.pieces
        assert promise.moves_by_shop <= promise.moves


@settings(max_examples=15, deadline=None)
@given(book=books(), now=moments_near(date(2026, 3, 5)), wait=st.integers(1, 30))
def test_time_alone_undoes_nothing(book: list[str], now: date, wait: int) -> None:
    """What is kept, void, released or broken stays so; overdue grows by a day a day until something is done."""
    before = promises(*book, now=iso(now))
    after = promises(*book, now=iso(now + timedelta(days=wait)))
    for i, promise in before.items():
        if promise.draft.term is None and promise.is_open:
            continue
        later = after[i]
        if promise.state in ENDED:
            assert (later.state, later.kept, later.ended) == (promise.state, promise.kept, promise.ended)
        elif promise.state == "overdue":
            assert later.state == "overdue"
            assert later.due is not None
            assert days_between(later.due.by, now + timedelta(days=wait)) == days_between(later.due.by, now) + wait
        elif promise.state == "due":
            assert later.state in {"due", "overdue", "broken"}
        assert later.due == promise.due


@settings(max_examples=12, deadline=None)
@given(book=several(), chance=st.randoms())
def test_the_order_of_the_files_never_matters(book: list[str], chance: random.Random) -> None:
    """A book read in any order has the same ledger, in the same order."""
    files = as_files([*stock(), *book])
    shuffled = list(files)
    chance.shuffle(shuffled)
    now = parse("2026-03-20")
    chosen = rules()
    assert (
        ledger_of(shelve(shuffled, shop.settings()), chosen, now).promises
        == ledger_of(shelve(files, shop.settings()), chosen, now).promises
    )


@settings(max_examples=12, deadline=None)
@given(book=books(), theirs=books(customer="CU26-0002", first=5))
def test_another_customer_changes_nothing(book: list[str], theirs: list[str]) -> None:
    """A customer is the unit of recomputation: the promises to one follow from that one's affairs alone."""
    alone = promises(*book, now="2026-03-20")
    together = promises(*book, *theirs, now="2026-03-20")
    assert {i: p for i, p in together.items() if p.draft.to == BUYER} == alone
    assert {p.draft.to for i, p in together.items() if i not in alone} <= {"CU26-0002"}


@settings(max_examples=12, deadline=None)
@given(book=books(), now=moments_near(date(2026, 3, 5)))
def test_a_bare_day_is_that_day_before_any_hour_has_passed(book: list[str], now: date) -> None:
    """On a day without an hour nothing of the day is late; at its last minute only what was due at an hour is."""
    bare = promises(*book, now=iso(now))
    night = promises(*book, now=iso(datetime.combine(now, time(23, 59))))
    for i, promise in bare.items():
        if night[i].state == promise.state:
            continue
        assert promise.due is not None
        assert (promise.state, night[i].state) == ("due", "overdue")
        assert isinstance(promise.due.by, datetime)
        assert day_of(promise.due.by) == now
