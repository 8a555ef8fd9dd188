"""Each score is what an independent query finds, written from ``docs/score.md`` by another hand than the formula."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Score
from aftercare.plain.chance import difference, wilson
from aftercare.plain.moments import day_of
from tests.drawn_tables import ROOT
from tests.scores import page, recount
from tests.scores.chance import ends, rarity
from tests.scores.facts import facts, score
from tests.scores.recount import BOOK, QUERIES, TODAY, Recount, Row, Span

YEAR = Span("2026-01-01", "2026-12-31")
SPANS = {
    "all time": recount.EVER,
    "a year": YEAR,
    "a quarter": Span("2026-01-01", "2026-03-31"),
    "the running quarter": Span("2026-07-01", "2026-09-30"),
    "a month": Span("2026-06-01", "2026-06-30"),
    "a leap February": Span("2024-02-01", "2024-02-29"),
    "some days": Span("2026-03-01", "2026-03-14"),
    "without cases": Span("2023-01-01", "2023-12-31"),
    "still to come": Span("2027-01-01", "2027-12-31"),
}
DAYS = ("2026-03-31", "2026-06-30", TODAY, "2026-10-05", "2026-11-23")
"""Days in the midst of what happened, the last of a month on which something is due, the day of the next delivery, and
ninety days after a repair."""
SHOP = ROOT / "data"


def rows(counted: Score) -> list[Row]:
    """The program's cases as a query would give them, by their ids."""
    found = [
        Row(
            one.id,
            str(day_of(one.on)),
            one.good,
            one.why,
            int(one.amount) if one.amount is not None else None,
            one.part,
        )
        for one in counted.cases
    ]
    return sorted(found)


def agree(counted: Score, again: Recount, where: str) -> None:
    """Both hands count the same cases, for the same reasons, and make the same figure of them."""
    told = again.sort in {"days", "grade"}
    mine, theirs = (
        [row if told else row._replace(amount=None) for row in found] for found in (rows(counted), again.rows)
    )
    assert mine == sorted(theirs), where
    assert (counted.measure.sort, counted.measure.less) == (again.sort, again.less), where
    assert (counted.good, counted.of, counted.value) == (again.good, again.of, again.value), where


def test_every_measure_has_its_query_and_every_query_its_measure() -> None:
    """A figure that nobody counts a second time is one whose formula nobody has proved."""
    assert set(BY_ID) == set(QUERIES)


@pytest.mark.parametrize("measure", sorted(BY_ID))
def test_the_small_book(measure: str) -> None:
    """Over a month, a quarter, a year, all time, a time without cases and one to come, on each of five days."""
    for today in DAYS:
        tables, seen = recount.of_book(BOOK, today), facts(BOOK, today)
        for name, span in SPANS.items():
            agree(score(seen, measure, span), recount.recounted(tables, measure, span, today), f"{name}, on {today}")


@pytest.mark.parametrize("measure", sorted(BY_ID))
def test_the_sample_shop(measure: str) -> None:
    """A book of hundreds of records holds what nobody thought of when the small one was written."""
    tables, seen = recount.of_book(SHOP, "2026-11-30"), facts(SHOP, "2026-11-30")
    for name in ("all time", "a quarter", "a month"):
        again = recount.recounted(tables, measure, SPANS[name], "2026-11-30")
        agree(score(seen, measure, SPANS[name]), again, name)


@pytest.mark.parametrize("measure", sorted(QUERIES))
def test_the_small_book_has_a_good_and_a_bad_case_of_every_share(measure: str) -> None:
    """A query that never met a bad case would agree with a formula that never sees one."""
    again = recount.recounted(recount.of_book(BOOK), measure, YEAR)
    assert again.rows
    if again.sort == "share":
        assert 0 < again.good < again.of
    if again.sort == "net":
        assert {row.part for row in again.rows} == {"promoter", "passive", "detractor"}


def test_the_small_book_has_no_fault_and_the_breaches_that_are_meant() -> None:
    """What a hook would say of the book of the page: nothing."""
    assert recount.printed(BOOK, TODAY, "check", "book") == []
    found = {row["code"] for row in recount.printed(BOOK, TODAY, "check", "--all")}
    assert {"late-delivery", "delay-not-told", "untold-delay", "unqualified", "not-tested", "unsafe"} <= found


def test_the_interval_is_that_of_the_test_of_a_share() -> None:
    """Wilson's interval holds exactly the shares that a test at five per cent does not reject."""
    for of in range(1, 41):
        for good in range(of + 1):
            reach = wilson(good, of)
            assert tuple(reach) == pytest.approx(ends(good, of), abs=1e-9)
            assert 0 <= reach.low <= good / of <= reach.high <= 1


def test_the_interval_of_a_change_is_newcombe_s() -> None:
    """His tenth method on his own examples (Statistics in Medicine 17, 1998, table II), to the four digits printed."""
    for now, before, low, high in (
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ):
        reach = difference(now, before)
        assert (reach.low, reach.high) == pytest.approx((low, high), abs=5e-5)


def _steady(again: Recount) -> bool | None:
    months: dict[str, list[bool]] = defaultdict(list)
    for row in again.rows:
        months[row.day[:7]].append(row.good)
    if again.sort != "share" or len(months) < 2:
        return None
    whole = Fraction(again.good, again.of)
    return all(rarity(sum(found), len(found), whole) * len(months) >= Fraction(1, 40) for found in months.values())


@pytest.mark.parametrize("folder", [BOOK, SHOP], ids=["small", "sample"])
def test_steady_is_told_from_the_months(folder: Path) -> None:
    """A figure that jumps from month to month is not the same service as one that stands still at the same height."""
    today = TODAY if folder == BOOK else "2026-11-30"
    tables, seen = recount.of_book(folder, today), facts(folder, today)
    for measure in BY_ID:
        counted = score(seen, measure, YEAR)
        assert counted.steady is _steady(recount.recounted(tables, measure, YEAR, today)), measure


def _grouped(again: Recount, name: Callable[[Row], str]) -> dict[str, tuple[int, int]]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for row in again.rows:
        groups[name(row)].append(row.good)
    return {group: (sum(found), len(found)) for group, found in groups.items() if group}


def test_parts_months_and_binds_are_those_of_the_cases() -> None:
    """What is told apart adds up to the whole: nothing is counted twice, nothing is lost."""
    tables, seen = recount.of_book(BOOK), facts(BOOK, TODAY)
    binding = dict(tables.execute("SELECT id, binds FROM promises"))
    for measure in BY_ID:
        counted, again = score(seen, measure, YEAR), recount.recounted(tables, measure, YEAR)
        assert {name: tuple(tally) for name, tally in counted.parts.items()} == _grouped(again, lambda row: row.part)
        assert {one.month: (one.good, one.of) for one in counted.months} == _grouped(again, lambda row: row.day[:7])
        if counted.binds:
            told = {name: tuple(tally) for name, tally in counted.binds.items() if tally.of}
            assert told == _grouped(again, lambda row: binding[row.id])
            assert sum(tally.of for tally in counted.binds.values()) == counted.of


def test_the_page_shows_the_book_as_it_is() -> None:
    """docs/score-example.md is drawn from the queries: python -m tests.scores.page (make docs)."""
    assert page.PAGE.read_text(encoding="utf-8") == page.page()
