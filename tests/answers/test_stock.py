"""The ledger of a part: the balance is the sum, the order of the rows in the file never matters, nothing goes below."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.stock import arrives, balance, cost_of, figure, ledger, open_orders, shortfall
from aftercare.plain.moments import is_late, iso, parse
from aftercare.plain.money import plain
from aftercare.records.part import Part

EDGES = (
    "2026-02-28",
    "2026-03-01",
    "2026-03-01T00:00",
    "2026-03-01T09:00",
    "2026-03-01T23:59",
    "2026-12-31",
    "2027-01-01",
)
"""Days at the ends of months and years, bare ones and ones with an hour, so that many rows meet at one moment."""
PLUS, MINUS = ("received", "put_back"), ("used", "written_off")
ROWS = st.lists(
    st.tuples(
        st.sampled_from((*PLUS, *MINUS, "counted", "ordered")),
        st.sampled_from(EDGES),
        st.sampled_from(("1", "2", "5", "0.5", "0")),
    ),
    max_size=9,
)


def part(rows: Sequence[tuple[Any, ...]] = (), **said: Any) -> Part:
    """A part with rows: the list each belongs to, its moment, its number, and what else it says."""
    tree: dict[str, Any] = {"id": "PA26-0001", "name": "压缩机", **said}
    for what, at, qty, *more in rows:
        tree.setdefault(what, []).append({"at": at, "qty": qty, **(more[0] if more else {})})
    return Part.model_validate(tree)


@given(ROWS)
def test_the_balance_is_the_sum(rows: list[tuple[str, str, str]]) -> None:
    """Every row's change added up is the stock, and each row's balance is that of the row before with its change."""
    running = Decimal(0)
    for row in ledger(part(rows)):
        running += row.change
        assert row.balance == running
    assert balance(part(rows)) == running


@given(ROWS, st.randoms())
def test_the_order_in_the_file_never_matters(rows: list[tuple[str, str, str]], chance: random.Random) -> None:
    """Rows written down in another order make the same ledger."""
    mixed = list(rows)
    chance.shuffle(mixed)
    first, second = ledger(part(rows)), ledger(part(mixed))
    assert [(row.entry, row.balance) for row in first] == [(row.entry, row.balance) for row in second]
    assert [one.left for one in open_orders(part(rows))] == [one.left for one in open_orders(part(mixed))]


@given(ROWS)
def test_without_counts_the_balance_is_what_came_less_what_went(rows: list[tuple[str, str, str]]) -> None:
    """No order of the days changes what is there in the end; what was ordered is not there."""
    plain_rows = [row for row in rows if row[0] != "counted"]
    came = sum((Decimal(qty) for what, __, qty in plain_rows if what in PLUS), Decimal(0))
    went = sum((Decimal(qty) for what, __, qty in plain_rows if what in MINUS), Decimal(0))
    assert balance(part(plain_rows)) == came - went


@given(ROWS, st.sampled_from(EDGES))
def test_what_came_later_changes_nothing_before(rows: list[tuple[str, str, str]], day: str) -> None:
    """The stock on a day follows from the rows up to it."""
    now = parse(day)
    known = part([row for row in rows if not is_late(parse(row[1]), now)])
    assert balance(part(rows), now) == balance(known)


@given(ROWS, st.sampled_from(EDGES), st.sampled_from(("0.5", "1", "5")))
def test_no_row_is_let_through_that_takes_what_is_not_there(
    rows: list[tuple[str, str, str]], day: str, qty: str
) -> None:
    """A use after which nothing ever falls below zero is none the worse; any other is a shortfall, on its own day or a
    later one.
    """
    before, after = part(rows), part([*rows, ("used", day, qty)])
    if any(row.balance < 0 for row in ledger(before)):
        return
    short = shortfall(before, after)
    assert (short is None) is all(row.balance >= 0 for row in ledger(after))
    if short:
        assert short.balance < 0 <= short.balance - short.change


def test_one_moment() -> None:
    """What came in counts before what went out, and a count is the end of it."""
    rows = [("counted", "2026-03-01", "4"), ("used", "2026-03-01", "2"), ("received", "2026-03-01", "5")]
    found = ledger(part(rows))
    assert [row.path[0] for row in found] == ["received", "used", "counted"]
    assert [(int(row.change), int(row.balance)) for row in found] == [(5, 5), (-2, 3), (1, 4)]


def test_a_bare_day_is_the_whole_of_it() -> None:
    """What came in that day was there in the morning; what went out went in the evening."""
    assert not any(
        row.is_short for row in ledger(part([("received", "2026-03-01", "1"), ("used", "2026-03-01T08:00", "1")]))
    )
    assert not any(
        row.is_short for row in ledger(part([("received", "2026-03-01T18:00", "1"), ("used", "2026-03-01", "1")]))
    )
    early = ledger(part([("received", "2026-03-01T18:00", "1"), ("used", "2026-03-01T17:59", "1")]))
    assert [row.is_short for row in early] == [True, False]


def test_a_use_of_an_earlier_day_may_take_what_a_later_one_took() -> None:
    """The last piece was used on the 9th; a use of the 5th leaves none for it, and the 9th is named."""
    rows = [("received", "2026-03-01", "1"), ("used", "2026-03-09", "1")]
    short = shortfall(part(rows), part([*rows, ("used", "2026-03-05", "1")]))
    assert short is not None
    assert (iso(short.entry.at), int(short.balance)) == ("2026-03-09", -1)
    assert shortfall(part(rows), part([*rows, ("counted", "2026-03-08", "0")])) is not None


def test_a_file_that_is_wrong_already_can_be_mended_step_by_step() -> None:
    """What makes it no worse is let through, though something is still missing; what makes it worse is not."""
    wrong = [("used", "2026-03-05", "3")]
    assert shortfall(part(wrong), part([*wrong, ("received", "2026-03-04", "1")])) is None
    assert shortfall(part(wrong), part([*wrong, ("used", "2026-03-06", "1")])) is not None


def test_only_the_row_that_took_too_many_is_short() -> None:
    """What follows is not its own fault."""
    rows = [("used", "2026-03-05", "3"), ("used", "2026-03-06", "1"), ("received", "2026-03-07", "1")]
    assert [row.path for row in ledger(part(rows)) if row.is_short] == [("used", 0)]


class TestOrders:
    """What is still to come of what was ordered."""

    def test_what_comes_in_belongs_to_the_oldest_order(self) -> None:
        """Two of the first order are still to come."""
        rows = [("ordered", "2026-03-01", "5"), ("ordered", "2026-03-02", "4"), ("received", "2026-03-03", "3")]
        assert [one.left for one in open_orders(part(rows))] == [2, 4]
        assert [one.left for one in open_orders(part([*rows, ("received", "2026-03-04", "3")]))] == [3]

    def test_what_comes_for_a_repair_belongs_to_its_order(self) -> None:
        """The second order names the repair."""
        named = {"for": ["CL26-0002"]}
        rows = [
            ("ordered", "2026-03-01", "1"),
            ("ordered", "2026-03-02", "1", named),
            ("received", "2026-03-03", "1", named),
        ]
        assert [iso(one.order.at) for one in open_orders(part(rows))] == ["2026-03-01"]
        assert len(open_orders(part(rows), without="CL26-0002")) == 2

    def test_what_came_before_an_order_is_not_of_it(self) -> None:
        """The first stock of a book settles no later order."""
        rows = [("received", "2026-03-01", "9"), ("ordered", "2026-03-02", "2")]
        assert [one.left for one in open_orders(part(rows))] == [2]

    def test_lead_days_say_when_it_is_here(self) -> None:
        """Whole days; at the end of the calendar the last day there is."""
        assert arrives(part(lead_days="7"), parse("2026-02-25T09:00")) == parse("2026-03-04")
        assert arrives(part(lead_days="9999999"), parse("2026-02-25")) == parse("9999-12-31")
        assert arrives(part(), parse("2026-02-25")) is None


@pytest.mark.parametrize(
    ("day", "claim", "price"),
    [
        ("2026-02-28", "", "400.00"),
        ("2026-03-01", "", "420"),
        ("2026-03-09", "", "420"),
        ("2026-03-10", "", "390"),
        ("2026-03-10", "CL26-0001", "420"),
        ("2026-03-11", "", "395"),
    ],
)
def test_the_cost_price_is_that_of_the_last_receipt(day: str, claim: str, price: str) -> None:
    """Before the first receipt the part's own; of a piece that came for a repair what it cost; of two of one moment
    the dearer one.
    """
    rows = [
        ("received", "2026-03-01", "1", {"cost": "420", "for": ["CL26-0001"]}),
        ("received", "2026-03-10", "5", {"cost": "390"}),
        ("received", "2026-03-11", "5", {"cost": "395"}),
        ("received", "2026-03-11", "5", {"cost": "385"}),
        ("received", "2026-03-12", "5"),
    ]
    cost = cost_of(part(rows, cost="400.00"), parse(day), claim)
    assert cost is not None
    assert plain(cost) == price


@pytest.mark.parametrize(("qty", "said"), [("2", "2"), ("2.50", "2.5"), ("10", "10"), ("0", "0"), ("-1.0", "-1")])
def test_a_number_is_said_without_needless_zeros(qty: str, said: str) -> None:
    """Pieces are whole, metres need not be."""
    assert figure(Decimal(qty)) == said
