"""The trial balance: for every book, period and grouping it adds up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.balance import Per, balance
from aftercare.plain.moments import day_of
from tests.answers.books import moments_near, several
from tests.answers.shop import UNIT, ledger, record

PERS: tuple[Per, ...] = ("what", "person", "month")


@settings(max_examples=25, deadline=None)
@given(
    book=several(),
    now=moments_near(date(2026, 3, 5)),
    ends=st.tuples(moments_near(date(2026, 3, 5)), moments_near(date(2026, 3, 5))),
)
def test_made_is_the_sum_of_what_became_of_it(book: list[str], now: date, ends: tuple[date, date]) -> None:
    """Made = kept + kept late + broken + released + void + open, in each line and in the total, for every ``per``."""
    found = ledger(*book, now=now.isoformat()).promises
    first, last = min(ends), max(ends)
    expected = sum(first <= day_of(p.draft.made_on) <= last for p in found)
    for per in PERS:
        *groups, total = balance(found, per, first, last)
        for line in (*groups, total):
            assert line.made == line.kept + line.kept_late + line.broken + line.released + line.void + line.open
        assert total.group is None
        assert total.made == expected
        assert tuple(total[1:]) == tuple(sum(column) for column in zip(*(g[1:] for g in groups), strict=True)) or (
            not groups and not any(total[1:])
        )


@settings(max_examples=15, deadline=None)
@given(book=several(), cut=moments_near(date(2026, 3, 5)))
def test_two_periods_add_up_to_the_whole(book: list[str], cut: date) -> None:
    """Every promise belongs to one period: the day it was made on, both ends included."""
    found = ledger(*book, now="2026-03-20").promises
    early = balance(found, "what", date.min, cut)[-1]
    late = balance(found, "what", date.fromordinal(cut.toordinal() + 1), date.max)[-1]
    whole = balance(found, "what", date.min, date.max)[-1]
    assert [a + b for a, b in zip(early[1:], late[1:], strict=True)] == list(whole[1:])


def test_each_state_has_its_column_and_open_is_all_that_is_owed() -> None:
    """Overdue, due and waiting are open; groups stand in the order of their names, the total last."""
    book = [
        record("PM26-0001", due="2026-03-04", kept="{at: 2026-03-04}", what="call_back"),
        record("PM26-0002", due="2026-03-04", kept="{at: 2026-03-05}", binds="plan"),
        record("PM26-0003", due="2026-03-04", broken="{on: 2026-03-03}", binds="plan"),
        record("PM26-0004", due="2026-03-04", released="{on: 2026-03-03}"),
        record("PM26-0005", due="2026-03-04"),
        record("PM26-0006", due="2026-03-06"),
        record("PM26-0007"),
        record("SA26-0001", channel="online", told="{deliver: {by: 2026-03-09}}", cancelled="{on: 2026-03-03}"),
    ]
    found = [p for p in ledger(*book, now="2026-03-06").promises if "/call-back" not in p.id]
    lines = balance(found, "what", date(2026, 3, 2), date(2026, 3, 2))
    assert [tuple(line) for line in lines] == [
        ("call_back", 1, 1, 0, 0, 0, 0, 0),
        ("deliver", 1, 0, 0, 0, 0, 1, 0),
        ("other", 6, 0, 1, 1, 1, 0, 3),
        (None, 8, 1, 1, 1, 1, 1, 3),
    ]


@pytest.mark.parametrize(("first", "last", "made"), [("2026-03-03", "2026-03-04", 0), ("2026-03-01", "2026-03-02", 1)])
def test_a_period_has_both_its_ends(first: str, last: str, made: int) -> None:
    """A promise made on the last day is in the period, one made the day before the first is not."""
    found = ledger(record("PM26-0001", due="2026-03-04"), now="2026-03-06").promises
    assert balance(found, "month", date.fromisoformat(first), date.fromisoformat(last))[-1].made == made


def test_a_delivery_called_off_stays_in_the_balance() -> None:
    """What was made once is counted for ever, so the sums of a closed month never shrink."""
    sale = record("SA26-0001", channel="online")
    one = record("DE26-0001", deliver="{by: 2026-03-06}")
    off = record("DE26-0001", deliver="{by: 2026-03-06}", cancelled="{on: 2026-03-04}")
    for delivery in (one, off):
        found = [p for p in ledger(sale, delivery, now="2026-03-05").promises if p.id == f"{UNIT}/deliver"]
        assert balance(found, "what", date(2026, 3, 1), date(2026, 3, 31))[-1].made == 1
