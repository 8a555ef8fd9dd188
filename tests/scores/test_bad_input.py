"""What is asked of books that have little to say: no figure of nothing, no division by it, nothing of tomorrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.answers.assessment import Assessment, assessed, with_evidence
from aftercare.answers.measures.counting import Facts, Score
from aftercare.answers.reporting import report_of
from tests.answers import shop
from tests.scores import recount
from tests.scores.facts import every, facts, facts_of, period
from tests.scores.recount import BOOK, Span

YEAR = Span("2026-01-01", "2026-12-31")
SPANS = [recount.EVER, YEAR, Span("2026-02-28", "2026-02-28"), Span("2030-01-01", "2030-12-31")]
ONE = {
    "a customer": shop.record(shop.BUYER),
    "a sale": shop.record("SA26-0001"),
    "a contact": shop.record("VI26-0001", at="2026-03-03T10:00", satisfaction="5", answers="{recommend: 10}"),
    "a missed call": shop.record("VI26-0001", at="2026-03-03T10:00", channel="hotline", outcome="missed"),
    "a complaint": shop.record("CO26-0001", received_at="2026-03-03T10:00"),
    "a promise": shop.record("PM26-0001", due="2026-03-05"),
    "a promise without a day": shop.record("PM26-0001", kept="{at: 2026-03-05}"),
}


def pages(seen: Facts, span: Span) -> Assessment:
    """What stands beside the scores, of the same facts: the standard, and the report, which only has to be made."""
    report_of(seen, period(span))
    return assessed(seen, period(span))


def nothing(score: Score) -> None:
    """Of nothing there is no figure: neither nought nor a hundred, and no interval."""
    assert (score.good, score.of, list(score.months), score.parts, score.whys) == (0, 0, [], {}, {})
    assert score.value is None if score.measure.sort != "count" else score.value == 0
    assert (score.reach, score.steady, score.change, score.is_clear) == (None, None, None, None)


def test_an_empty_book_has_no_figures(tmp_path: Path) -> None:
    """A shop that begins today is asked for its score by cron on the first evening."""
    (tmp_path / "aftercare.yaml").write_text("shop: 新店\ngit: no\n", encoding="utf-8")
    for span in SPANS:
        for score in every(facts(tmp_path, "2026-03-10"), span).values():
            nothing(score)
        assert with_evidence(pages(facts(tmp_path, "2026-03-10"), span).found) == 0


@pytest.mark.parametrize("name", ONE)
def test_one_record_makes_no_figure_without_a_case(name: str) -> None:
    """One sale, one call, one complaint: each measure counts it or says nothing."""
    seen = facts_of(shop.shelf(ONE[name]), shop.rules(), "2026-03-10")
    for span in SPANS:
        for score in every(seen, span).values():
            if not score.of:
                nothing(score)
            elif score.measure.sort == "share":
                assert score.value == (100 * score.good / score.of)
            else:
                assert score.measure.sort != "net" or score.value is None
        for indicator in pages(seen, span).found:
            assert all(score.of and score.value is not None for score in indicator.figures), indicator


@pytest.mark.parametrize("span", [Span("2023-01-01", "2023-12-31"), Span("0001-01-01", "1999-12-31")])
def test_a_period_without_cases_has_no_figures(span: Span) -> None:
    """The year before the shop opened."""
    for score in every(facts(BOOK, recount.TODAY), span).values():
        nothing(score)
    at_last = {"staffing", "relations"}
    """The indicators that are asked of the last day: who has a certificate, who has a file."""
    assert {one.indicator.id for one in pages(facts(BOOK, recount.TODAY), span).found if one.figures} <= at_last


@pytest.mark.parametrize("first", ["2026-10-01", "2027-01-01", "9999-01-01"])
def test_a_period_that_lies_ahead_has_no_figures(first: str) -> None:
    """What is due next month is neither kept nor late, and who is silent next year nobody knows."""
    ahead = Span(first, "9999-12-30")
    for score in every(facts(BOOK, recount.TODAY), ahead).values():
        nothing(score)
    assert with_evidence(pages(facts(BOOK, recount.TODAY), ahead).found) == 0


def test_what_is_dated_after_today_is_not_counted() -> None:
    """Whoever looks at June in the middle of the year sees June as far as it has come."""
    ahead = Span("2026-07-01", "2026-12-31")
    for score in every(facts(BOOK, "2026-06-30"), ahead).values():
        assert score.of == 0, score.measure.id
    assert with_evidence(pages(facts(BOOK, "2026-06-30"), ahead).found) == 0


def test_of_fewer_than_ten_answers_there_is_no_net_score() -> None:
    """Nine answers more or less turn it round: it is not told, though its cases are."""
    nine = every(facts(BOOK, recount.TODAY), Span("2026-01-01", "2026-06-19"))["nps"]
    assert (nine.of, nine.value) == (9, None)
