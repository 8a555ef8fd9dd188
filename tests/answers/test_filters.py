"""Periods and conditions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.filters import any_of, period, where
from aftercare.errors import NotADate, UsageProblem

NOW = datetime(2026, 3, 10, 9, 0)
ROWS: list[dict[str, Any]] = [
    {
        "id": "SA26-0001",
        "sold_on": "2026-03-03",
        "qty": 2,
        "price": "40.00",
        "invoice": "00123456",
        "opened": True,
        "tags": ["VIP", "老客户"],
        "told": {"deliver": {"from": "2026-03-04T09:00", "by": "2026-03-04T18:00"}},
        "note": None,
    },
    {
        "id": "SA26-0002",
        "sold_on": "2026-03-05T10:00",
        "qty": 1.5,
        "price": None,
        "invoice": None,
        "opened": False,
        "tags": [],
        "told": None,
        "note": "Ｋｅｙ at the neighbour's",
    },
]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("２０２６", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-03-01..2026-03-15", date(2026, 3, 1), date(2026, 3, 15)),
        ("2026-03-01..2026-03-01", date(2026, 3, 1), date(2026, 3, 1)),
        ("yesterday..明天", date(2026, 3, 9), date(2026, 3, 11)),
        ("2026-03-01..", date(2026, 3, 1), date.max),
        ("..today", date.min, date(2026, 3, 10)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    """Years, quarters, months and pairs of days, both ends included, either of them open."""
    assert period(text, NOW) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "26", "2026-13", "2026-Q5", "0000", "soon", "2026-03-01", "2026-05..2026-03"]
)
def test_what_is_no_period_is_refused_by_name(text: str) -> None:
    """Anything else is an error that names the flag, never a guess."""
    with pytest.raises((UsageProblem, NotADate), match="--period"):
        period(text, NOW)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    """It would find nothing, and nobody would know why."""
    with pytest.raises(UsageProblem, match="ends before it begins"):
        period("2026-03-02..2026-03-01", NOW)


@settings(max_examples=60)
@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_quarters_and_months_cover_every_day_once(day: date) -> None:
    """A day lies in its own month, quarter and year, and in no other month or quarter of it."""
    months = [period(f"{day.year}-{month:02}", NOW) for month in range(1, 13)]
    quarters = [period(f"{day.year}-Q{quarter}", NOW) for quarter in range(1, 5)]
    for parts in (months, quarters):
        assert sum(first <= day <= last for first, last in parts) == 1
        assert all(end + timedelta(1) == start for (_, end), (start, _) in pairwise(parts))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("id=sa26-0001", [1]),
        ("id!=SA26-0001", [2]),
        ("tags=vip", [1]),
        ("tags!=vip", [2]),
        ("tags~客户", [1]),
        ("tags.none", [2]),
        ("note.none", [1]),
        ("note~key AT", [2]),
        ("qty=2", [1]),
        ("qty=2.0", [1]),
        ("qty=1.50", [2]),
        ("price=40", [1]),
        ("price=40.00", [1]),
        ("price!=40", [2]),
        ("invoice=123456", []),
        ("invoice=00123456", [1]),
        ("opened=yes", [1]),
        ("opened=是", [1]),
        ("opened=false", [2]),
        ("opened=1", []),
        ("sold_on.before=2026-03-05", [1]),
        ("sold_on.from=2026-03-05", [2]),
        ("sold_on.from=2026-03-05T09:00", [2]),
        ("sold_on.before=yesterday", [1, 2]),
        ("told.deliver.by.before=2026-03-05", [1]),
        ("told.deliver.from=2026-03-04T09:00", [1]),
        ("told.deliver.by.from=2026-03-05", []),
        (" qty = 2 ", [1]),
    ],
)
def test_a_condition_finds_the_rows_that_meet_it(condition: str, expected: list[int]) -> None:
    """Each form of ``--where``: text in any case and width, yes and no, figures by value, dates, absence."""
    found = where(ROWS, condition, NOW)
    assert [row["id"] for row in found] == [f"SA26-000{number}" for number in expected]


@pytest.mark.parametrize("condition", ["", "id", "id=", "=x", ".none", "id.before", "none"])
def test_what_is_no_condition_is_refused(condition: str) -> None:
    """An operator who forgets half of it is told how to write it."""
    with pytest.raises(UsageProblem, match="no condition"):
        where(ROWS, condition, NOW)


@pytest.mark.parametrize("condition", ["sold=x", "sold.none", "sold~x", "sold.before=today", "told.delivery=x"])
def test_a_field_that_no_row_has_is_an_error_where_there_are_rows(condition: str) -> None:
    """A typing error must not look like an empty answer; of no rows nothing is known."""
    with pytest.raises(UsageProblem, match="no field") as error:
        where(ROWS, condition, NOW)
    assert error.value.remedy
    assert where([], condition, NOW) == []


def test_a_wrong_field_is_answered_with_the_likely_one() -> None:
    """Near names come alone; without one all are named."""
    with pytest.raises(UsageProblem) as error:
        where(ROWS, "sold_onn=x", NOW)
    assert error.value.remedy == "there are: sold_on"


def test_words_that_are_no_date_are_refused_and_so_are_fields_without_dates() -> None:
    """Neither side of a comparison is guessed."""
    with pytest.raises(NotADate, match="--where"):
        where(ROWS, "sold_on.before=soon", NOW)
    with pytest.raises(UsageProblem, match="holds no dates"):
        where(ROWS, "id.before=today", NOW)


def test_any_of_takes_any_of_several_values_and_any_entry_of_a_list() -> None:
    """Repeated flags mean "or"."""
    assert any_of(ROWS[0], "id", ["SA26-0009", "SA26-0001"])
    assert any_of(ROWS[0], "tags", ["老客户"])
    assert not any_of(ROWS[0], "tags", ["老"])
    assert not any_of(ROWS[1], "price", ["None", ""])
