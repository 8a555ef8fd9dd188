"""The account of points: the balance is the sum of its entries, nothing falls below zero, nothing counts twice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.affairs import affairs_of
from aftercare.answers.points import Account, Row, account, overdrawn
from aftercare.plain.moments import day_of, iso, parse
from tests.answers.shop import BUYER, CHAIR, COOLER, record, rules, shelf

PACK = """
id: ours
issuer: shop
title: t
points:
- id: buy
  title: t
  category: goods
  earn: {2020-01-01: {points: 1, per: 10}}
  expires: {2020-01-01: {months: 1}}
- id: cooling
  title: t
  category: air_conditioner
  earn: {2020-01-01: {points: 2, per: 10}}
  counts_after: {2020-01-01: {days: 7}}
"""
SALE, CLAIM, DRAWN, GIVEN = "SA26-0001", "CL26-0001", "PT26-0001", "PT26-0002"


def sale(price: str = "1000", on: str = "2026-03-02", number: int = 1, product: str = CHAIR, **more: str) -> str:
    """A sale of one line with a price."""
    items = f"[{{product: {product}, price: {price}}}]"
    return record(f"SA26-{number:04}", sold_on=on, **{"items": items, **more})


def points(record_id: str, on: str, **said: str) -> str:
    """A record of points."""
    return record(record_id, customer=BUYER, on=on, **said)


def refund(amount: str, on: str, number: int = 1, unit: str = f"{SALE}/1", **more: str) -> str:
    """A claim under which money was paid back."""
    paid = f"{{on: {on}, amount: {amount}}}"
    return record(f"CL26-{number:04}", unit=unit, reported_on="2026-03-02", refunded=paid, **more)


def found(*records: str, on: str = "2026-12-31", pack: str = PACK, begins_on: str = "") -> Account:
    """The buyer's account on a day."""
    return account(affairs_of(shelf(*records))[BUYER], rules(pack, begins_on), parse(on))


def short(row: Row) -> tuple[str, str, int, int]:
    """An entry by its day, sort, points, and the balance after it."""
    return iso(row.at), row.what, row.points, row.balance


def _line(when: str, earned: int) -> str:
    """One more line for all goods, under a condition."""
    earn = f"{{2020-01-01: {{points: {earned}, per: 10}}}}"
    return f"- {{id: more, title: t, category: goods, when: {when}, earn: {earn}}}\n"


class TestEarning:
    """What is earned follows from the sales and the rule in force on their day."""

    def test_a_sale_is_reckoned_whole(self) -> None:
        """The lines of a sale under one rule are added up, and what is below ten yuan is dropped once."""
        items = f"[{{product: {CHAIR}, price: 15}}, {{product: {CHAIR}, price: 14.90, qty: 2}}]"
        (row,) = found(sale(items=items), on="2026-03-02").rows
        assert (short(row), row.about) == (("2026-03-02", "earned", 4, 4), (f"{SALE}/1", f"{SALE}/2"))

    def test_each_rule_earns_for_itself(self) -> None:
        """A line earns by one rule; what counts later is not there before its day, and is on that day."""
        items = f"[{{product: {CHAIR}, price: 100}}, {{product: {COOLER}, price: 100}}]"
        assert found(sale(items=items), on="2026-03-08").balance == 10
        assert found(sale(items=items), on="2026-03-09").balance == 30

    @pytest.mark.parametrize("price", ["USD 100", ""])
    def test_what_has_no_price_of_ours_earns_nothing(self, price: str) -> None:
        """An amount in another currency is never reckoned, and no price is none."""
        items = f"[{{product: {CHAIR}{f', price: {price}' if price else ''}}}]"
        assert found(sale(items=items)).rows == ()

    @pytest.mark.parametrize(
        ("held", "expected"),
        [
            ("{of: 金卡}", 200),
            ("{of: 金卡, since: 2026-03-02, until: 2026-03-02}", 200),
            ("{of: 金卡, since: 2026-03-03}", 100),
            ("{of: 金卡, until: 2026-03-01}", 100),
            ("{of: 银卡}", 100),
        ],
    )
    def test_members_on_the_day_of_the_sale(self, held: str, expected: int) -> None:
        """A line for members counts for who is one on that day, from the first to the last day of it."""
        double = _line("{member_of: [金卡]}", 2)
        member = record(BUYER, memberships=f"[{held}]")
        assert found(member, sale(), on="2026-03-02", pack=PACK + double).balance == expected

    def test_by_the_way_it_was_sold(self) -> None:
        """Where a sale says nothing of it, it was sold in the shop."""
        online = _line("{sold_by: [online]}", 0)
        assert found(sale(channel="online"), pack=PACK + online, on="2026-03-02").balance == 0
        assert found(sale(), pack=PACK + online, on="2026-03-02").balance == 100

    def test_the_opening_day(self) -> None:
        """What was sold before the book began earns nothing; the balance of that day is given by hand."""
        assert found(sale(), begins_on="2026-03-03").rows == ()
        assert found(sale(), begins_on="2026-03-02", on="2026-03-02").balance == 100

    def test_without_a_rule_nothing_is_earned(self) -> None:
        """Points that were given count all the same, and never expire."""
        assert (
            found(sale(), points(GIVEN, "2026-03-01", given="5"), pack="id: ours\nissuer: shop\ntitle: t").balance == 5
        )


class TestExpiry:
    """Points are good until the night of their last day, and gone on the day after."""

    @pytest.mark.parametrize(
        ("sold", "last_good"),
        [("2026-03-02", "2026-04-02"), ("2026-01-31", "2026-02-28"), ("2028-01-31", "2028-02-29")],
    )
    def test_the_last_good_day_and_the_day_after(self, sold: str, last_good: str) -> None:
        """Near the ends of months, and on 29 February."""
        after = (day_of(parse(last_good)) + timedelta(days=1)).isoformat()
        assert found(sale(on=sold), on=last_good).balance == 100
        gone = found(sale(on=sold), on=after)
        assert short(gone.rows[-1]) == (after, "expired", -100, 0)

    def test_a_draw_on_the_last_day(self) -> None:
        """What is drawn late on the last good day is there; on the day after it is not."""
        in_time = found(sale(), points(DRAWN, "2026-04-02T20:00", drawn="100"))
        assert [row.missing for row in in_time.rows] == [0, 0]
        late = found(sale(), points(DRAWN, "2026-04-03T08:00", drawn="100"))
        assert [(row.what, row.points, row.missing) for row in late.rows][1:] == [
            ("expired", -100, 0),
            ("drawn", 0, 100),
        ]

    def test_given_points_expire_as_was_said(self) -> None:
        """On the day that was said with them, else by the rule for all goods."""
        said = found(points(GIVEN, "2026-03-01", given="5", until="2026-03-31"), on="2026-03-31")
        assert [lot.last_day for lot in said.lots] == [date(2026, 3, 31)]
        assert [lot.last_day for lot in found(points(GIVEN, "2026-03-01", given="5")).lots] == [date(2026, 4, 1)]


class TestDrawing:
    """What is drawn comes from the lot that expires first, of two alike from the older one."""

    def test_first_what_expires_first(self) -> None:
        """Whatever was earned first."""
        both = [points(GIVEN, "2026-03-10", given="50", until="2026-03-20"), sale()]
        row = found(*both, points(DRAWN, "2026-03-15", drawn="70"), on="2026-03-15").rows[-1]
        assert [(piece.source, piece.points) for piece in row.pieces] == [(GIVEN, 50), (SALE, 20)]

    def test_of_two_alike_the_older(self) -> None:
        """And of two of one day the one whose record comes first."""
        lots = [
            points(f"PT26-000{n}", day, given="5", until="2026-06-01")
            for n, day in ((5, "2026-03-02"), (4, "2026-03-03"))
        ]
        row = found(*lots, points(DRAWN, "2026-03-15", drawn="6"), on="2026-03-15").rows[-1]
        assert [(piece.source, piece.points) for piece in row.pieces] == [("PT26-0005", 5), ("PT26-0004", 1)]

    def test_what_comes_later_is_not_there(self) -> None:
        """A draw never takes what is earned on a later day; what is earned on its own day is there."""
        assert found(sale(), points(DRAWN, "2026-03-01", drawn="1")).missing == 1
        assert found(sale(), points(DRAWN, "2026-03-02", drawn="1")).missing == 0

    def test_called_off(self) -> None:
        """The points go back where they came from; those that expired meanwhile stay expired."""
        lots = [points(GIVEN, "2026-03-01", given="30", until="2026-03-20"), sale()]
        drawn = points(DRAWN, "2026-03-15", drawn="50", cancelled="{on: 2026-03-25, reason: 改主意}")
        rows = found(*lots, drawn, on="2026-03-25").rows
        assert [short(row) for row in rows][2:] == [
            ("2026-03-15", "drawn", -50, 80),
            ("2026-03-25", "returned", 50, 130),
            ("2026-03-21", "expired", -30, 100),
        ]

    def test_called_off_on_the_same_day(self) -> None:
        """The points can be drawn again the same day."""
        drawn = points(DRAWN, "2026-03-15", drawn="100", cancelled="{on: 2026-03-15}")
        again = found(sale(), drawn, points("PT26-0003", "2026-03-15", drawn="100"), on="2026-03-15")
        assert (again.balance, again.missing) == (0, 0)


class TestTakingBack:
    """What is paid back has earned nothing: it is taken back once, and never twice."""

    def test_all_of_it(self) -> None:
        """From the lot it earned."""
        rows = found(sale(), refund("1000", "2026-03-10"), on="2026-03-10").rows
        assert short(rows[-1]) == ("2026-03-10", "taken_back", -100, 0)

    def test_a_part_of_it(self) -> None:
        """What is left is reckoned as if no more had been bought: of 1000 yuan less 333 are 66 points left."""
        assert found(sale(), refund("333", "2026-03-10"), on="2026-03-10").balance == 66

    def test_by_the_pieces(self) -> None:
        """Of pieces that came back all is taken back, also where the shop kept something for their use."""
        twelve = sale(items=f"[{{product: {CHAIR}, qty: 12, price: 50}}]")
        back = refund("80", "2026-03-10", returned="{on: 2026-03-09, qty: 2}")
        assert found(twelve, back, on="2026-03-10").balance == 50
        kept = refund("80", "2026-03-10")
        assert found(twelve, kept, on="2026-03-10").balance == 52

    def test_goods_that_are_not_paid_back(self) -> None:
        """What only came back may yet be mended: nothing is taken back."""
        claim = record(CLAIM, unit=f"{SALE}/1", reported_on="2026-03-02", returned="{on: 2026-03-05}")
        assert found(sale(), claim, on="2026-03-10").balance == 100

    def test_never_more_than_was_earned(self) -> None:
        """Two claims that pay back more than the price together take back what it earned, once."""
        two = [refund("800", "2026-03-10"), refund("800", "2026-03-11", 2)]
        rows = found(sale(), *two, on="2026-03-11").rows
        assert [row.points for row in rows] == [100, -80, -20]

    def test_called_off_and_paid_back(self) -> None:
        """A sale that was called off and paid back loses its points once."""
        called_off = sale(cancelled="{on: 2026-03-05}")
        rows = found(called_off, refund("1000", "2026-03-10"), on="2026-03-10").rows
        assert [short(row) for row in rows][1:] == [("2026-03-05", "taken_back", -100, 0)]

    def test_before_they_count(self) -> None:
        """What is paid back before the points count was never earned; on the day itself it is taken back."""
        before = found(sale(product=COOLER), refund("500", "2026-03-08"), on="2026-03-09")
        assert [short(row) for row in before.rows] == [("2026-03-09", "earned", 100, 100)]
        on_the_day = found(sale(product=COOLER), refund("500", "2026-03-09"), on="2026-03-09")
        assert [row.points for row in on_the_day.rows] == [200, -100]

    def test_spent_points_are_taken_from_the_others(self) -> None:
        """First from the lot itself, then from what expires first."""
        other = sale("500", "2026-03-03", 2)
        drawn = points(DRAWN, "2026-03-05", drawn="80")
        last = found(sale(), other, drawn, refund("1000", "2026-03-10"), on="2026-03-10")
        assert [(piece.source, piece.points) for piece in last.rows[-1].pieces] == [(SALE, 20), ("SA26-0002", 50)]
        assert (last.balance, last.short, last.rows[-1].missing) == (0, 30, 30)

    def test_what_is_short_is_set_off(self) -> None:
        """Against whatever comes in next, until it is made up for; the balance is never below zero."""
        drawn = points(DRAWN, "2026-03-05", drawn="100")
        later = [sale("200", "2026-03-12", 2), points(GIVEN, "2026-03-13", given="100", until="2026-12-31")]
        rows = found(sale(), drawn, refund("1000", "2026-03-10"), *later, on="2026-03-13").rows
        assert [(row.what, row.points, row.balance, row.short) for row in rows][2:] == [
            ("taken_back", 0, 0, 100),
            ("earned", 20, 20, 100),
            ("set_off", -20, 0, 80),
            ("given", 100, 100, 80),
            ("set_off", -80, 20, 0),
        ]

    def test_what_expired_is_not_taken_again(self) -> None:
        """Points of returned goods that expired unused cost the customer no others."""
        other = points(GIVEN, "2026-04-01", given="100", until="2026-12-31")
        kept = found(sale(), other, refund("1000", "2026-04-10"), on="2026-04-10")
        assert (kept.balance, kept.short) == (100, 0)

    def test_what_was_drawn_before_it_expired_is(self) -> None:
        """Of a lot of 100, 60 drawn and 40 expired, a refund takes the 60 from the others."""
        other = points(GIVEN, "2026-04-03", given="100", until="2026-12-31")
        drawn = points(DRAWN, "2026-03-05", drawn="60")
        assert found(sale(), other, drawn, refund("1000", "2026-04-10"), on="2026-04-10").balance == 40

    def test_a_cheaper_one_in_its_place(self) -> None:
        """The difference that an exchange paid back earned nothing either."""
        claim = record(
            CLAIM, unit=f"{SALE}/1", reported_on="2026-03-02", replaced="{on: 2026-03-05, refunded_difference: 100}"
        )
        assert found(sale(), claim, on="2026-03-10").balance == 90

    def test_what_was_given_and_called_off(self) -> None:
        """What was given by mistake is gone again."""
        given = points(GIVEN, "2026-03-01", given="1000", cancelled="{on: 2026-03-02}")
        assert found(given, on="2026-03-02").balance == 0


class TestNonsense:
    """What cannot have been is said of the row, and is no reason for an account below zero."""

    def test_drawn_and_never_there(self) -> None:
        """A draw of more than there ever was."""
        drawn = points(DRAWN, "2026-03-05", drawn="500")
        affairs = affairs_of(shelf(sale(), drawn))[BUYER]
        assert [(row.record, row.missing) for row in overdrawn(affairs, rules(PACK))] == [(DRAWN, 400)]

    def test_a_refund_makes_no_nonsense_of_a_draw(self) -> None:
        """What was drawn while it was there stays drawn, though the goods were paid back before, as is found later."""
        drawn = points(DRAWN, "2026-03-05", drawn="100")
        affairs = affairs_of(shelf(sale(), drawn, refund("1000", "2026-03-04")))[BUYER]
        assert overdrawn(affairs, rules(PACK)) == []
        assert account(affairs, rules(PACK), date.max).missing == 100


DAYS = st.sampled_from(
    ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-04-01T10:00", "2026-04-30", "2026-05-01T09:00"]
)
AMOUNTS = st.sampled_from(["5", "100", "999", "1000"])
ENDS = st.one_of(st.just(""), DAYS.map(lambda on: f"{{on: {on}}}"))


@st.composite
def books(draw: st.DrawFn) -> list[str]:
    """Sales, refunds and records of points, on days on which months end and points expire."""
    sales = [sale(draw(AMOUNTS), draw(DAYS), n, cancelled=draw(ENDS)) for n in range(1, draw(st.integers(1, 3)) + 1)]
    claims = [
        refund(draw(AMOUNTS), draw(DAYS), n, f"SA26-{draw(st.integers(1, len(sales))):04}/1")
        for n in range(1, draw(st.integers(0, 3)) + 1)
    ]
    by_hand = [
        points(
            f"PT26-{n:04}",
            draw(DAYS),
            cancelled=draw(ENDS),
            **{draw(st.sampled_from(["given", "drawn", "drawn"])): str(draw(st.sampled_from([1, 20, 100])))},
        )
        for n in range(1, draw(st.integers(0, 5)) + 1)
    ]
    return [*sales, *claims, *by_hand]


EVERY_DAY = [date(2026, 2, 27) + timedelta(days=n) for n in range(100)]


@given(books(), st.sampled_from(EVERY_DAY))
def test_the_balance_is_what_came_in_less_what_went(records: Sequence[str], on: date) -> None:
    """On any day: earned and given and put back, less drawn, taken back and expired; and it is what the lots hold."""
    seen = found(*records, on=on.isoformat())
    total = seen.total
    came, went = total("earned", "given", "returned"), total("drawn", "taken_back", "set_off", "expired")
    assert seen.balance == came - went == sum(lot.left for lot in seen.lots)


@given(books(), st.sampled_from(EVERY_DAY))
def test_nothing_is_ever_below_zero(records: Sequence[str], on: date) -> None:
    """Neither a balance nor what is short; and no one has points while some are short."""
    seen = found(*records, on=on.isoformat())
    assert all(row.balance >= 0 and row.short >= 0 for row in seen.rows)
    assert all(0 <= lot.left + lot.expired <= lot.points for lot in seen.lots)
    assert not (seen.balance and seen.short)


@given(books(), st.randoms())
def test_the_order_of_the_facts_never_matters(records: Sequence[str], chance: random.Random) -> None:
    """Files that are read in another order make the same account."""
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert found(*shuffled) == found(*records)


@given(books())
def test_a_draw_takes_only_what_is_good_that_day(records: Sequence[str]) -> None:
    """No draw takes of a lot that came in later, or that expired before; and of those there the first to expire."""
    for row in found(*records).rows:
        if row.what == "drawn":
            day = day_of(row.at)
            assert all(piece.on <= day and (piece.last_day or date.max) >= day for piece in row.pieces)
            ends = [piece.last_day or date.max for piece in row.pieces]
            assert ends == sorted(ends)


@given(books(), st.sampled_from(EVERY_DAY))
def test_a_later_day_changes_nothing_before_it(records: Sequence[str], on: date) -> None:
    """The entries of a day are the first of those of any later one."""
    early = found(*records, on=on.isoformat()).rows
    assert found(*records).rows[: len(early)] == early


@given(books())
def test_what_a_sale_earned_is_taken_back_once(records: Sequence[str]) -> None:
    """What is taken back or short because of sales never comes to more than these earned."""
    seen = found(*records)
    sold = [row for row in seen.rows if row.what == "taken_back" and not row.record.startswith("PT")]
    assert sum(row.missing - row.points for row in sold) <= seen.total("earned")
