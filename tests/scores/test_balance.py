"""The balance of promises: made = kept + kept late + broken + released + void + open, for each month and kind."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from aftercare.answers.balance import Per, balance
from tests.drawn_tables import ROOT
from tests.scores import recount
from tests.scores.facts import facts
from tests.scores.recount import BOOK, TODAY

SHOP = ROOT / "data"
COUNTS = ("made", "kept", "kept_late", "broken", "released", "void", "open")
BOOKS = {"small": (BOOK, TODAY), "sample": (SHOP, "2026-11-30"), "sample, later": (SHOP, "2027-01-31")}
QUERY = """
SELECT {group}, count(*), sum(state = 'kept'), sum(state = 'kept_late'), sum(state = 'broken'), sum(state = 'released'),
       sum(state = 'void'), sum(state IN ('overdue', 'due', 'waiting'))
FROM promises WHERE substr(made_on, 1, 7) LIKE :month GROUP BY {group} ORDER BY {group}
"""
MONTH = "substr(made_on, 1, 7)"


class Balance(NamedTuple):
    """The lines by their groups, and the total."""

    lines: dict[str, tuple[int, ...]]
    whole: tuple[int, ...]


def counted(folder: Path, today: str, group: str, month: str = "%") -> dict[str, tuple[int, ...]]:
    """The balance by an independent query over the rows of the promises."""
    found = recount.of_book(folder, today).execute(QUERY.format(group=group), {"month": month})
    return {name: tuple(counts) for name, *counts in found}


def told(folder: Path, today: str, per: Per, first: date = date.min, last: date = date.max) -> Balance:
    """The balance as the program reckons it, and its total."""
    *lines, whole = balance(facts(folder, today).ledger.promises, per, first, last)
    assert whole.group is None
    return Balance({str(line.group): line[1:] for line in lines}, whole[1:])


def total(lines: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The sum of lines."""
    return tuple(map(sum, zip(*lines.values(), strict=True)))


@pytest.mark.parametrize("book", BOOKS)
def test_the_balance_holds_for_each_month_and_kind(book: str) -> None:
    """Nothing that was promised vanishes: what was made is in one of six states, month by month and kind by kind."""
    folder, today = BOOKS[book]
    months = counted(folder, today, MONTH)
    assert len(months) > 5
    for month, line in months.items():
        kinds = counted(folder, today, "what", month)
        assert total(kinds) == line, month
        for kind, (made, *states) in kinds.items():
            assert made == sum(states), (month, kind)
        first = date.fromisoformat(f"{month}-01")
        last = first.replace(day=monthrange(first.year, first.month)[1])
        assert told(folder, today, "what", first, last) == Balance(kinds, line), month


@pytest.mark.parametrize("book", BOOKS)
def test_the_total_over_months_is_that_over_kinds(book: str) -> None:
    """Both ways of dividing one ledger come to one sum."""
    folder, today = BOOKS[book]
    months, kinds = told(folder, today, "month"), told(folder, today, "what")
    assert months.whole == kinds.whole == total(counted(folder, today, "what"))
    assert months.lines == counted(folder, today, MONTH)
    assert kinds.lines == counted(folder, today, "what")


def test_the_command_says_the_same() -> None:
    """What `balance` prints is what the query counts, kinds first, the total behind them."""
    *lines, whole = recount.printed(BOOK, TODAY, "balance")
    expected = counted(BOOK, TODAY, "what")
    assert {row["what"]: tuple(row[name] for name in COUNTS) for row in lines} == expected
    assert (whole["what"], tuple(whole[name] for name in COUNTS)) == (None, total(expected))
