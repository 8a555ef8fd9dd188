"""What ``score`` prints is what the queries find: the figures, their intervals, and the cases behind each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.scores import recount
from tests.scores.chance import ends
from tests.scores.recount import BOOK, QUERIES, TODAY, Recount, Span

YEAR = Span("2026-01-01", "2026-12-31")
PERIODS = {
    (): recount.EVER,
    ("--period", "2026"): YEAR,
    ("--period", "2026-Q1"): Span("2026-01-01", "2026-03-31"),
    ("--period", "2026-09"): Span("2026-09-01", "2026-09-30"),
    ("--period", "2026-03-01..2026-03-14"): Span("2026-03-01", "2026-03-14"),
    ("--period", "2023"): Span("2023-01-01", "2023-12-31"),
    ("--period", "2027-Q1"): Span("2027-01-01", "2027-03-31"),
}


def figure(row: dict[str, Any]) -> tuple[int, int, Decimal | None]:
    """Good, of and the figure of a printed row; what is no share has no good ones."""
    return row["good"], row["of"], None if row["value"] is None else Decimal(row["value"])


def interval(again: Recount) -> tuple[str | None, str | None]:
    """The reach of chance as it is printed, in per cent to a tenth."""
    if again.sort != "share" or not again.of:
        return None, None
    low, high = ends(again.good, again.of)
    return f"{100 * low:.1f}", f"{100 * high:.1f}"


@pytest.mark.parametrize("asked", PERIODS, ids=lambda asked: asked[-1] if asked else "all time")
def test_score_prints_what_the_queries_find(asked: tuple[str, ...]) -> None:
    """The figures that a shop reads, and that its report shows, are those of the records."""
    printed = {row["id"]: row for row in recount.printed(BOOK, TODAY, "score", *asked)}
    assert set(QUERIES) <= set(printed)
    for measure in QUERIES:
        again = recount.recounted(recount.of_book(BOOK), measure, PERIODS[asked])
        row = printed[measure]
        if again.sort == "share":
            assert figure(row) == (again.good, again.of, again.value), measure
        else:
            assert figure(row)[1:] == (again.of, again.value), measure
        assert (row["low"], row["high"]) == interval(again), measure


@pytest.mark.parametrize("measure", ["L2", "L5", "complaint_days", "parts_fill", "nps", "back_let_down"])
def test_score_show_lists_the_cases(measure: str) -> None:
    """Behind each figure stand the records that it was made of, and no others."""
    rows = recount.printed(BOOK, TODAY, "score", "show", measure, "--period", "2026", "--records")
    again = recount.recounted(recount.of_book(BOOK), measure, YEAR)
    assert sorted((row["id"], row["on"][:10]) for row in rows) == sorted((row.id, row.day) for row in again.rows)
    if again.sort == "share":
        assert {row["id"]: (row["good"], row["why"]) for row in rows} == {
            row.id: (row.good, row.why or None) for row in again.rows
        }
