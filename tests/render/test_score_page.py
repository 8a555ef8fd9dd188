"""The page of one score: what it means, how it was reckoned, and what too few cases can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aftercare import language
from aftercare.answers.measures.counting import Case, Score
from aftercare.book.settings import Settings
from aftercare.book.shelf import Shelf
from aftercare.plain.text import width
from aftercare.render.laws import MEANINGS
from aftercare.render.measures import WORDINGS
from aftercare.render.score_page import case_columns, chance, page
from aftercare.render.score_words import COLUMNS
from tests.render import scores_made as made

L2 = made.measure("L2", "L2")
RECORDS = "aftercare score show L2 --records"


def told(score: Score) -> list[str]:
    """The lines of the page."""
    return list(page(score, made.NOW, RECORDS))


def test_a_page_says_what_is_meant_and_how_it_was_reckoned() -> None:
    """From the meaning to the command that lists every case."""
    cases = [
        Case("a", date(2026, 1, 5), binds="told", part="deliver"),
        Case("b", date(2026, 1, 6), False, "late", binds="told", part="deliver"),
        Case("c", date(2026, 2, 6), binds="law", part="call_back"),
    ]
    assert told(made.score(L2, cases)) == [
        "L2 Reliability",
        "Keep what was promised, go back on nothing. Research calls it reliability: the promised service,",
        "    dependably and accurately. It cannot see promises that nobody wrote down.",
        "counted: promises that the customer was told or the law demands",
        "good: kept in time",
        "2026-01-01 to 2026-03-31: 66.7 % (2 of 3)",
        "with so few the true share may be anything from 20.8 % to 93.9 %",
        "told to the customer 1 of 2, by law 1 of 1",
        "not good: late 1",
        "by kind: delivery 1 of 2, call-back 1 of 1",
        "steady: no month is further from the whole than chance reaches; lowest 2026-01, highest 2026-02",
        "  2026-01  █████░░░░░   50.0 %  1 of 2",
        "  2026-02  ██████████  100.0 %  1 of 1",
        "case by case: aftercare score show L2 --records",
    ]


@pytest.mark.parametrize(
    ("good", "of", "said"),
    [
        (3, 3, "with so few the true share may be anything from 43.9 % up"),
        (0, 3, "with so few the true share may be anything up to 56.1 %"),
        (100, 100, "the true share may be anything from 96.3 % up"),
        (0, 100, "the true share may be anything up to 3.7 %"),
        (50, 100, "the true share may be anything from 40.4 % to 59.6 %"),
    ],
)
def test_what_so_few_can_say(good: int, of: int, said: str) -> None:
    """100 % of three is no 100 %, and the page says so in words."""
    assert chance(made.score(L2, made.shared(good, of))) == said


def test_chance_says_nothing_of_nothing_and_of_days() -> None:
    """An interval is one of a share."""
    assert chance(made.score(L2)) == ""
    assert chance(made.score(made.measure("complaint_days", "L3", "days"), made.amounts("1"))) == ""


def test_a_month_far_from_the_whole_is_named() -> None:
    """Ten late ones in one month are no chance."""
    cases = [
        *(Case(f"a{n}", date(2026, 1, 5)) for n in range(20)),
        *(Case(f"b{n}", date(2026, 2, 5), False, "late") for n in range(10)),
    ]
    lines = told(made.score(L2, cases))
    assert any(line.startswith("not steady: ") and "lowest 2026-02" in line for line in lines)


def test_equal_months_have_no_lowest() -> None:
    """Where all went as well one month as the other, none is named."""
    cases = [Case("a", date(2026, 1, 5)), Case("b", date(2026, 2, 5))]
    assert "steady: no month is further from the whole than chance reaches" in told(made.score(L2, cases))


def test_where_fewer_is_better_no_case_is_called_good() -> None:
    """A complaint that came back is counted, and nothing to be glad of."""
    fewer = made.score(made.measure("complaints_reopened", "L7", less=True), made.shared(1, 2))
    assert [one.title for one in case_columns(fewer, Shelf(Settings())) if one.field == "good"] == ["counts"]
    assert "of these: reopened after the first solution; fewer is better" in told(fewer)


def test_of_nothing_only_the_meaning_is_told() -> None:
    """And that there was nothing to count."""
    assert told(made.score(L2))[-1] == "2026-01-01 to 2026-03-31: nothing to count in this period"


@pytest.mark.parametrize("lang", language.LANGUAGES)
@pytest.mark.parametrize("name", WORDINGS)
def test_every_measure_has_its_page_in_both_languages(name: str, lang: str) -> None:
    """No line wider than the screen, nothing left to fill in, whatever sort of figure it is."""
    language.use(lang)
    for sort in ("share", "days", "grade", "net", "spread", "count"):
        for law in MEANINGS:
            asked = made.measure(name, law, sort, less=True)  # type: ignore[arg-type]  # each of them
            lines = told(made.score(asked, [*made.shared(3, 9), *made.amounts("1", "3"), *made.parts(phone=2)]))
            assert all(width(line) <= COLUMNS for line in lines)
            assert not any("{" in line for line in lines)


def test_cases_show_what_they_are_counted_by() -> None:
    """Of days the days, of a spread the kind, of a share whether it was good and why not."""
    book = Shelf(Settings())
    titles = [one.field for one in case_columns(made.score(L2, made.shared(1, 2)), book)]
    assert titles == ["on", "id", "good", "why", "customer"]
    days = made.score(made.measure("complaint_days", "L3", "days"), made.amounts("1"))
    assert [one.field for one in case_columns(days, book)] == ["on", "id", "amount", "customer"]
    spread = replace(made.score(made.measure("channels", "L4", "spread")), cases=made.parts(phone=1))
    assert [one.field for one in case_columns(spread, book)] == ["on", "id", "part", "customer"]
