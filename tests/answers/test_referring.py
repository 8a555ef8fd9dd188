"""Who brought whom: thanks once for each, by the first sale that stands, whatever it was worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers import referring
from aftercare.answers.affairs import affairs_of
from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.answers.timeline import of_customer
from aftercare.plain.moments import iso, parse
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, deadline, record

PLAN = """
id: ours
issuer: shop
title: 答谢
plans:
- id: thanks
  title: 答谢
  category: goods
  after: referred
  what: thanks
  step: thanks
  channel: phone
  due: {2020-01-01: [{days: 14}]}
- id: welcome
  title: 欢迎
  category: goods
  after: came_referred
  what: thanks
  step: welcome
  channel: message
  due: {2020-01-01: [{days: 3}]}
"""
NEW, OTHER = "CU26-0002", "CU26-0003"
THANKS, WELCOME = f"{BUYER}/thanks.{NEW}", f"{NEW}/welcome.1"
BROUGHT = record(NEW, name="李雷", referred_by=BUYER)
LATER = "2027-06-01"
EDGES = (date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31), date(2027, 3, 31))
near = st.builds(lambda edge, off: edge + timedelta(days=off), st.sampled_from(EDGES), st.integers(-20, 20))


def _sale(number: int, sold_on: str, **fields: str) -> str:
    return record(f"SA26-{number:04}", customer=NEW, sold_on=sold_on, **fields)


def _visit(at: str, number: int = 1, **fields: str) -> str:
    said = {"purpose": "thanks", "channel": "message", "at": at} | fields
    return record(f"VI26-{number:04}", **said)


def _promises(*records: str, now: str = LATER, begins_on: str = "") -> dict[str, Promise]:
    return shop.promises(BROUGHT, *records, now=now, plans=PLAN, begins_on=begins_on)


def _thanks(*records: str, now: str = LATER) -> Promise:
    return _promises(*records, now=now)[THANKS]


@given(near)
def test_thanks_are_due_fourteen_days_after_the_first_sale(sold: date) -> None:
    """On the last good day they are due, the day after overdue; a month's end or a leap day makes no difference."""
    last = sold + timedelta(days=14)
    sale = _sale(1, sold.isoformat())
    assert deadline(_thanks(sale, now=sold.isoformat())) == last.isoformat()
    assert _thanks(sale, now=last.isoformat()).state == "due"
    assert _thanks(sale, now=(last + timedelta(days=1)).isoformat()).state == "overdue"
    assert _thanks(sale, _visit(last.isoformat())).state == "kept"
    assert _thanks(sale, _visit((last + timedelta(days=1)).isoformat())).state == "kept_late"


@given(st.lists(near, min_size=1, max_size=5))
def test_who_brought_somebody_is_thanked_once_however_often_that_one_buys(days: list[date]) -> None:
    """By the earliest sale, in whatever order they were written down."""
    sales = [_sale(number, day.isoformat()) for number, day in enumerate(days, start=1)]
    found = [promise for name, promise in _promises(*sales).items() if name.startswith(BUYER)]
    assert [promise.id for promise in found] == [THANKS]
    assert deadline(found[0]) == (min(days) + timedelta(days=14)).isoformat()


@given(st.lists(near, min_size=1, max_size=3), st.lists(st.integers(1, 9_999_999), min_size=3, max_size=3))
def test_nobody_is_valued_by_what_was_bought(days: list[date], prices: list[int]) -> None:
    """A thousand times the price, or no price at all, and every promise is the same."""

    def made(times: int) -> dict[str, Promise]:
        sales = [
            _sale(n, day.isoformat(), items=f"[{{product: {CHAIR}, price: {prices[n - 1] * times}}}]" if times else "")
            for n, day in enumerate(days, start=1)
        ]
        return _promises(*sales)

    dear, cheap = made(1000), made(1)
    assert dear == cheap
    assert {name: p.state for name, p in made(0).items()} == {name: p.state for name, p in cheap.items()}


def test_nothing_is_owed_before_the_first_sale() -> None:
    """Who was brought and looked around is no customer who came through the door for good."""
    assert _promises() == {}


CANCELLED = "{on: 2026-03-10, reason: 不要了}"


def test_thanks_go_with_the_sale() -> None:
    """Called off before anybody was thanked: nothing is owed, and the day and its record are known."""
    gone = _thanks(_sale(1, "2026-03-02", cancelled=CANCELLED))
    assert gone.state == "void"
    assert gone.ended
    assert (iso(gone.ended.at), gone.ended.record) == ("2026-03-10", "SA26-0001")


@pytest.mark.parametrize(("thanked", "state"), [("2026-03-10", "kept"), ("2026-03-11", "void")])
def test_thanks_that_were_given_stay_given(thanked: str, state: str) -> None:
    """On the day on which the sale was called off, or before it; a word after that day was for nothing owed."""
    assert _thanks(_sale(1, "2026-03-02", cancelled=CANCELLED), _visit(thanked)).state == state


def test_the_next_sale_counts_then() -> None:
    """Due anew from it, as the same promise; with no thanks since it is late by that day alone."""
    both = (_sale(1, "2026-03-02", cancelled=CANCELLED), _sale(2, "2026-04-01"))
    again = _thanks(*both, now="2026-04-15")
    assert (again.state, deadline(again), again.moves, again.moves_by_shop) == ("due", "2026-04-15", 1, 0)
    assert iso(again.draft.made_on) == "2026-03-02"
    assert _thanks(*both, now="2026-04-16").state == "overdue"
    assert _thanks(*both, _visit("2026-04-15")).state == "kept"
    # Thanked for the first one: once is enough.
    once = _thanks(*both, _visit("2026-03-09"))
    assert (once.state, deadline(once)) == ("kept", "2026-03-16")


def test_a_later_sale_that_falls_through_too_ends_it_again() -> None:
    """With the last of them."""
    gone = _thanks(
        _sale(1, "2026-03-02", cancelled=CANCELLED), _sale(2, "2026-04-01", cancelled="{on: 2026-04-02, reason: 太大}")
    )
    assert gone.state == "void"
    assert gone.ended
    assert gone.ended.record == "SA26-0002"


TWO = f"[{{product: {CHAIR}, qty: 2}}, {{product: {CHAIR}}}]"


def _refund(number: int, line: int, **fields: str) -> str:
    said = {"asked": "refund", "refunded": "{on: 2026-03-12, amount: 58}", "reported_on": "2026-03-05"} | fields
    return record(f"CL26-{number:04}", unit=f"SA26-0001/{line}", **said)


@pytest.mark.parametrize(
    ("claims", "state"),
    [
        ([_refund(1, 1)], "overdue"),
        ([_refund(1, 1), _refund(2, 2)], "void"),
        ([_refund(1, 1, returned="{on: 2026-03-11, qty: 1}"), _refund(2, 2)], "overdue"),
        (
            [
                _refund(1, 1, returned="{on: 2026-03-11, qty: 1}"),
                _refund(2, 2),
                _refund(3, 1, returned="{on: 2026-03-12, qty: 1}"),
            ],
            "void",
        ),
        ([_refund(1, 1, decisions="[{on: 2026-03-06, remedy: price_reduction}]"), _refund(2, 2)], "overdue"),
        ([_refund(1, 1, decisions="[{on: 2026-03-06, remedy: refund}]"), _refund(2, 2)], "void"),
        ([_refund(1, 1, refunded=""), _refund(2, 2)], "overdue"),
    ],
)
def test_a_sale_that_was_paid_back_whole_counts_no_more(claims: list[str], state: str) -> None:
    """Every piece of every line; a part of the price for goods that are kept is no end of the sale."""
    assert _thanks(_sale(1, "2026-03-02", items=TWO), *claims).state == state


def test_the_moment_it_was_paid_back_counts() -> None:
    """The last refund of them is the end of the sale."""
    claims = (_refund(1, 1), _refund(2, 2, refunded="{on: 2026-03-20, amount: 29}"))
    gone = _thanks(_sale(1, "2026-03-02", items=TWO), *claims)
    assert gone.ended
    assert (iso(gone.ended.at), gone.ended.record) == ("2026-03-20", "CL26-0002")
    assert _thanks(_sale(1, "2026-03-02", items=TWO), *claims, _visit("2026-03-16")).state == "kept"


days_after = st.integers(0, 40)


@given(
    st.lists(st.tuples(near, st.none() | days_after), min_size=1, max_size=4),
    st.none() | near,
    st.integers(0, 60),
)
def test_thanks_are_owed_as_long_as_a_sale_stands(
    sales: list[tuple[date, int | None]], thanked: date | None, ahead: int
) -> None:
    """One promise, whatever happened; void only where no sale stands and no thanks were given by the last end."""
    made = []
    for number, (day, gone) in enumerate(sales, start=1):
        ended = (day + timedelta(days=gone)).isoformat() if gone is not None else ""
        made.append(_sale(number, day.isoformat(), cancelled=f"{{on: {ended}}}" if ended else ""))
    visits = [_visit(thanked.isoformat(), keeps=f"[{THANKS}]")] if thanked else []
    now = max(day for day, _gone in sales) + timedelta(days=100 + ahead)
    promise = _thanks(*made, *visits, now=now.isoformat())
    ends = [day + timedelta(days=gone) for day, gone in sales if gone is not None]
    if len(ends) < len(sales):
        assert promise.state == ("overdue" if thanked is None else promise.state)
        assert (promise.kept is not None) is (thanked is not None)
    else:
        assert (promise.state == "void") is (thanked is None or thanked > max(ends))


def test_who_left_or_wishes_no_contact_is_not_thanked() -> None:
    """Who left before the sale is owed nothing, who left after it nothing any more; a wish is kept."""
    sale = _sale(1, "2026-03-02")
    gone = record(BUYER, left="{on: 2026-03-01}")
    assert THANKS not in _promises(gone, sale)
    assert _thanks(record(BUYER, left="{on: 2026-03-05}"), sale).state == "void"
    quiet = record(BUYER, do_not_contact="不要打扰")
    assert _thanks(quiet, sale).state == "void"
    assert _thanks(quiet, sale, _visit("2026-03-05")).state == "kept"


def test_the_customer_may_let_go_of_it() -> None:
    """By word, or as told on a call; a call that reached nobody leaves it open."""
    sale = _sale(1, "2026-03-02")
    named = f"[{THANKS}]"
    assert _thanks(sale, record("PM26-0001", of=THANKS, released="{on: 2026-03-05}")).state == "released"
    assert _thanks(sale, _visit("2026-03-05", keeps=named, outcome="declined")).state == "released"
    assert _thanks(sale, _visit("2026-03-05", keeps=named, outcome="no_answer")).state == "overdue"


def test_of_two_who_were_brought_each_is_named() -> None:
    """Thanks in general keep a promise only where there is one; both can be named at once."""
    other = record(OTHER, name="韩梅梅", referred_by=BUYER)
    two = (other, _sale(1, "2026-03-02"), record("SA26-0002", customer=OTHER, sold_on="2026-03-02"))
    second = f"{BUYER}/thanks.{OTHER}"
    found = _promises(*two, _visit("2026-03-05"))
    assert (found[THANKS].state, found[second].state) == ("overdue", "overdue")
    found = _promises(*two, _visit("2026-03-05", keeps=f"[{THANKS}, {second}]"))
    assert (found[THANKS].state, found[second].state) == ("kept", "kept")


def test_both_sides_may_be_thanked() -> None:
    """What a shop plans for who was brought follows the same sale, and goes with it."""
    assert _promises(_sale(1, "2026-03-02"))[WELCOME].state == "overdue"
    kept = record("VI26-0001", customer=NEW, purpose="thanks", channel="message", at="2026-03-04")
    assert _promises(_sale(1, "2026-03-02"), kept)[WELCOME].state == "kept"
    assert _promises(_sale(1, "2026-03-02", cancelled=CANCELLED))[WELCOME].state == "void"
    alone = shop.promises(record(NEW, name="李雷"), _sale(1, "2026-03-02"), now=LATER, plans=PLAN)
    assert alone == {}


def test_a_sale_before_the_opening_day_promises_nothing() -> None:
    """Nor does the next one, which is not the first; where that came to nothing the next one does."""
    early, next_one = _sale(1, "2026-03-02"), _sale(2, "2026-04-01")
    assert _promises(early, next_one, begins_on="2026-03-15") == {}
    found = _promises(_sale(1, "2026-03-02", cancelled=CANCELLED), next_one, begins_on="2026-03-15")
    assert (deadline(found[THANKS]), found[THANKS].moves) == ("2026-04-15", 0)


@pytest.mark.parametrize(
    "people",
    [
        (record(BUYER, referred_by=BUYER), record(NEW)),
        (record(BUYER, referred_by=NEW), record(NEW, referred_by=BUYER)),
        (record(BUYER, referred_by=OTHER), record(NEW, referred_by=BUYER), record(OTHER, referred_by=NEW)),
        (record(NEW, referred_by="CU20-0099"),),
        (record(NEW, referred_by="SA26-0001"),),
    ],
)
def test_nothing_follows_from_nonsense(people: tuple[str, ...]) -> None:
    """Circles of people who brought each other, and referrers that the book does not know."""
    sales = (_sale(1, "2026-03-02"), record("SA26-0002"))
    found = shop.promises(*people, *sales, now=LATER, plans=PLAN)
    assert found == {}
    affairs = affairs_of(shop.shelf(*people, *sales))
    assert all(not one.brought and not one.brought_by for one in affairs.values())


def test_who_hangs_on_a_circle_is_thanked_for_all_the_same() -> None:
    """Only the circle itself is nonsense."""
    people = (record(BUYER, referred_by=OTHER), record(OTHER, referred_by=BUYER), BROUGHT)
    assert set(shop.promises(*people, _sale(1, "2026-03-02"), now=LATER, plans=PLAN)) == {THANKS, WELCOME}


def test_records_keep_naming_the_promise_by_an_old_id() -> None:
    """Of the one who brought, and of the one who was brought."""
    old = f"CU25-0009/thanks.{OTHER}"
    people = (
        record(BUYER, formerly="[CU25-0009]"),
        record(NEW, name="李雷", referred_by="CU25-0009", formerly=f"[{OTHER}]"),
    )
    sale = record("SA26-0001", customer=OTHER)
    kept = shop.promises(*people, sale, _visit("2026-03-05", keeps=f"[{old}]"), now=LATER, plans=PLAN)
    assert kept[THANKS].state == "kept"
    let_go = record("PM26-0001", of=old, released="{on: 2026-03-05}")
    assert shop.promises(*people, sale, let_go, now=LATER, plans=PLAN)[THANKS].state == "released"


def test_a_postponed_day_does_not_outlive_its_sale() -> None:
    """Moved by consent for the first sale; the next one sets a day of its own."""
    moved = record("PM26-0001", of=THANKS, moved="[{to: 2026-03-20, asked_by: customer, on: 2026-03-09}]")
    both = (_sale(1, "2026-03-02", cancelled=CANCELLED), _sale(2, "2026-04-01"), moved)
    assert deadline(_thanks(*both)) == "2026-04-15"


def test_the_story_tells_what_became_of_it() -> None:
    """Whom the customer brought, that it came to nothing, and what was taken back with the sale."""
    gave = _visit("2026-03-09", thanks="{what: 保温杯, worth: 39, taken_back: {on: 2026-03-11, reason: 退货}}")
    book = shop.shelf(BROUGHT, _sale(1, "2026-03-02", cancelled=CANCELLED), gave)
    told = [(iso(entry.at), entry.what, entry.text) for entry in of_customer(affairs_of(book)[BUYER])]
    assert told == [
        ("2026-01-01", "known", ""),
        ("2026-03-02", "brought", "李雷"),
        ("2026-03-09", "contact", ""),
        ("2026-03-10", "brought_in_vain", "李雷"),
        ("2026-03-11", "taken_back", "保温杯 退货"),
    ]
    ledger = ledger_of(book, shop.rules(PLAN), parse(LATER))
    assert ledger.get(THANKS) is not None
    assert {promise.state for promise in ledger.promises if promise.id == THANKS} == {"kept"}


def test_a_sale_of_no_lines_is_not_paid_back() -> None:
    """What was never sold cannot be refunded whole."""
    book = shop.shelf(BROUGHT, _sale(1, "2026-03-02", items="[]"))
    assert [one.over for one in referring.counted(affairs_of(book)[NEW])] == [None]
