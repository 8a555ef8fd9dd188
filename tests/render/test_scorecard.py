"""The card of scores: one screen, at most 100 columns, in both languages, and plain words where there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare import language
from aftercare.answers.measures.counting import Case, Measure, Per, Score
from aftercare.answers.period import EVER, Period
from aftercare.book.settings import Settings
from aftercare.book.shelf import Shelf
from aftercare.plain.text import width
from aftercare.records.staff import Staff
from aftercare.render import scorecard
from aftercare.render.measures import WORDINGS
from aftercare.render.score_words import in_words
from tests.render import scores_made as made

L2 = made.measure("L2", "L2")
KEPT = made.measure("promises_kept", "L2")
MOVED = made.measure("moved_by_us", "L2", less=True)
DAYS = made.measure("complaint_days", "L3", "days")
CHANNELS = made.measure("channels", "L4", "spread")
ACCIDENTS = made.measure("accidents", "L5", "spread")
GRADE = made.measure("satisfaction", "L7", "grade")
GRADES = made.measure("grades", "L7", "spread")
NPS = made.measure("nps", "L7", "net")
BEYOND = made.measure("beyond", "L7", "count")
L10 = made.measure("L10", "L10", by_person=False)
BOOK = Shelf(Settings(), {"ST26-0001": Staff(id="ST26-0001", name="张敏")})
EVERY_SORT = {
    L2: made.shared(114, 146),
    KEPT: made.shared(1374, 1442),
    MOVED: made.shared(3, 146),
    DAYS: made.amounts("1", "2", "9", "4"),
    CHANNELS: made.parts(phone=12, counter=5, home=3, letter=1),
    ACCIDENTS: [],
    GRADE: made.amounts("5", "4", "4", "2"),
    GRADES: made.parts(**{"5": 3, "4": 2, "1": 1}),
    NPS: made.parts(promoter=8, passive=1, detractor=3),
    BEYOND: made.parts(gift=3),
    L10: made.shared(6, 15),
}
"""Cases of a measure of every sort."""


def card(
    scores: Mapping[Measure, Sequence[Score]],
    *,
    per: Per | None = None,
    period: Period = made.QUARTER,
    whole: bool = False,
) -> list[str]:
    """The lines of the card."""
    return list(scorecard.told(scores, period, made.NOW, per=per, shelf=BOOK, whole=whole))


def whole() -> list[str]:
    """The card of all."""
    return card({one: [made.score(one, cases)] for one, cases in EVERY_SORT.items()}, whole=True)


def test_every_sort_has_its_own_words() -> None:
    """A share stands beside its numbers and its interval, days tell their middle, and a spread its parts."""
    assert whole() == [
        "2026-01-01 to 2026-03-31",
        "                                        score   good of all  95 %",
        "L2 Reliability                         78.1 %    114 of 146  70.7–84.0",
        "  all promises, our own plans too      95.3 %  1374 of 1442  94.1–96.3",
        "  promises that we asked to move ↓      2.1 %      3 of 146  0.7–5.9",
        "  days to the solution of a complaint  median 3.0 (mean 4.0, 4 cases)",
        "  contacts by channel                  phone 12, counter 5, home 3, letter 1",
        "  accidents and dangers                –",
        "  mean grade, of 1 to 5                3.8 (4 answers)",
        "  how many of each grade               1: 1, 4: 2, 5: 3",
        "  would recommend us, net              +41.7 % (12 answers)",
        "  kindnesses beyond what was owed      3",
        "L8 GB/T 27922-2011                     not assessed as a whole: aftercare score show L8",
        "L10 What it brings                     40.0 %       6 of 15  19.8–64.3",
        "↓ fewer is better",
        "– nothing to count in this period",
    ]


def test_the_card_speaks_chinese() -> None:
    """Characters take two columns, and everything still stands under one another."""
    language.use("zh")
    lines = whole()
    assert lines[0] == "2026-01-01 至 2026-03-31"
    assert lines[2].startswith("L2 可靠 ")
    starts = {width(line.partition(end)[0]) for line in lines[2:5] for end in ("–",) if end in line}
    assert len(starts) <= 2, "intervals begin in one column"
    assert "↓ 越少越好" in lines


def test_against_the_period_before_only_what_is_clear_is_called_so() -> None:
    """Few cases may go up by a half and mean nothing."""
    past = Period(date(2025, 10, 1), date(2025, 12, 31))
    few = replace(made.score(L2, made.shared(1, 2)), period=past)
    many = replace(made.score(KEPT, made.shared(10, 100)), period=past)
    days = replace(made.score(DAYS, made.amounts("9")), period=past)
    lines = card(
        {
            L2: [made.score(L2, made.shared(2, 2), before=few)],
            KEPT: [made.score(KEPT, made.shared(90, 100), before=many)],
            DAYS: [made.score(DAYS, made.amounts("2"), before=days)],
        }
    )
    assert lines[0] == "2026-01-01 to 2026-03-31, beside 2025-10-01 to 2025-12-31"
    assert lines[2].endswith("  +50.0")
    assert lines[3].endswith("  +80.0 clear")
    assert lines[4].endswith("  −7.0")
    assert lines[-1] == "clear: changed by more than chance explains"


def test_a_period_without_cases_says_so_once() -> None:
    """No table of dashes, and no 100 % of nothing."""
    assert card({one: [made.score(one)] for one in EVERY_SORT}) == [
        "2026-01-01 to 2026-03-31",
        "nothing to count in this period",
    ]
    to_come = Period(date(2027, 1, 1), date(2027, 12, 31))
    assert card({L2: [replace(made.score(L2), period=to_come)]}, period=to_come) == [
        "2027-01-01 to 2027-12-31",
        "nothing to count: this period lies after today (2026-11-20)",
    ]


def test_each_group_has_a_line_under_its_measure() -> None:
    """By the name that people know; a case that names nobody is told apart too."""
    found = [
        made.score(KEPT, made.shared(1, 2), group=""),
        made.score(KEPT, made.shared(2, 3), group="ST26-0001"),
    ]
    assert card({KEPT: found, L10: []}, per="person") == [
        "2026-01-01 to 2026-03-31",
        "                                    score  good of all  95 %",
        "  all promises, our own plans too",
        "    nobody named                   50.0 %       1 of 2  9.5–90.5",
        "    ST26-0001 张敏                 66.7 %       2 of 3  20.8–93.9",
        "L10 What it brings                 never told apart by person: whose merit it was nobody can say",
    ]


def test_what_is_never_told_apart_says_why() -> None:
    """Who asks only for this gets an answer and no silence."""
    assert card({L10: []}, per="person") == [
        "2026-01-01 to 2026-03-31",
        "L10 What it brings    never told apart by person: whose merit it was nobody can say",
    ]


def test_a_clear_change_of_few_cases_shows_both_periods() -> None:
    """4 of 4 after 0 of 3 is more than chance by the book: the operator sees that it is seven cases, and decides."""
    past = Period(date(2025, 10, 1), date(2025, 12, 31))
    few = replace(made.score(L2, made.shared(0, 3)), period=past)
    many = replace(made.score(KEPT, made.shared(10, 100)), period=past)
    lines = card(
        {
            L2: [made.score(L2, made.shared(4, 4), before=few)],
            KEPT: [made.score(KEPT, made.shared(90, 100), before=many)],
        }
    )
    assert lines[-2:] == [
        "clear: changed by more than chance explains",
        "of fewer than ten cases: L2 Reliability 4 of 4, before 0 of 3",
    ]
    of_one = replace(few, group="ST26-0001")
    grouped = card({L2: [made.score(L2, made.shared(4, 4), group="ST26-0001", before=of_one)]}, per="person")
    assert grouped[-1] == "of fewer than ten cases: L2 Reliability (ST26-0001 张敏) 4 of 4, before 0 of 3"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (EVER, "all time"),
        (Period(date.min, date(2026, 3, 1)), "up to 2026-03-01"),
        (Period(date(2026, 3, 1), date.max), "from 2026-03-01 on"),
    ],
)
def test_an_open_period_in_words(period: Period, said: str) -> None:
    """Nobody is shown the year 1."""
    assert in_words(period) == said


_SORTS = st.sampled_from(["share", "days", "grade", "net", "spread", "count"])


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(WORDINGS)), _SORTS, st.integers(0, 3000), st.integers(0, 3000), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["en", "zh"]),
    st.booleans(),
    st.text(max_size=120),
)
def test_no_line_is_wider_than_the_screen(
    drawn: list[tuple[str, str, int, int, bool]], lang: str, compared: bool, name: str
) -> None:
    """Whatever is counted, however long a name is; a cell is never cut, since half a figure is a wrong one."""
    scores: dict[Measure, list[Score]] = {}
    for id_, sort, good, more, less in drawn:
        asked = made.measure(id_, "L2", sort, less=less)  # type: ignore[arg-type]  # each of the sorts
        cases = [
            *[Case("a", date(2026, 1, 1), True, part="phone")] * good,
            *[Case("b", date(2026, 2, 1), False)] * more,
        ]
        before = made.score(asked, cases[1:]) if compared else None
        scores[asked] = [made.score(asked, cases, group=name, before=before)]
    language.use(lang)
    for per in (None, "person"):
        for line in card(scores, per=per):
            assert width(line) <= scorecard.COLUMNS
            assert not line.endswith(" ")
