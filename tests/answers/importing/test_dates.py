"""Dates as files have them: what names one day is read, and a whole column shows the order of its parts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.importing.dates import BY_DAY, BY_MONTH, BY_YEAR, has_midnights, moments_of, orders_of
from aftercare.plain.moments import iso

_ZONE = "Asia/Shanghai"


def _read(text: str, *orders: str) -> list[str]:
    return sorted(map(iso, moments_of(text, orders or (BY_YEAR,), _ZONE)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026/3/4 8:05:09", "2026-03-04T08:05:09"),
        ("2026-03-04T00:05:00Z", "2026-03-04T08:05"),
        ("2026-03-04 00:05:00 +0000", "2026-03-04T08:05"),
        ("2026-03-04 10:05:00.123 -0500", "2026-03-04T23:05"),
        ("2026-03-04 00:05:00 UTC", "2026-03-04T08:05"),
        ("20260304180530", "2026-03-04T18:05:30"),
        ("20260304 18:05", "2026-03-04T18:05"),
        ("Jan 31, 2018 10:56 PM", "2018-01-31T22:56"),
        ("January 31st, 2018", "2018-01-31"),
        ("31-Jan-2018", "2018-01-31"),
        ("Wed, 31 Jan 2018 00:30:00 +0000", None),
        ("Wed, 31 Jan 2018 12:30 am", "2018-01-31T00:30"),
        ("2026年3月4日", "2026-03-04"),
        ("2026年3月4日18:05", "2026-03-04T18:05"),
        ("2026年3月4日 下午6时05分", "2026-03-04T18:05"),
        ("2026/3/4 上午12:05", "2026-03-04T00:05"),
        ("2026/3/4 13:05 PM", None),
        ("31-Jan-18", None),
        ("3/4/26", None),
        ("46085", None),
        ("2026-02-30", None),
        ("2026/3/4 25:00", None),
        ("04/03/2026", None),
        ("Mayday 4, 2026", None),
    ],
)
def test_one_day(text: str, expected: str | None) -> None:
    """What names one day, whatever the file's habits, is read; times with an offset are the shop's own."""
    assert _read(text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("1/31/2018 22:56", BY_MONTH, "2018-01-31T22:56"),
        ("1/31/2018 10:56 PM", BY_MONTH, "2018-01-31T22:56"),
        ("31/01/2018", BY_DAY, "2018-01-31"),
        ("31.01.2018 8:05", BY_DAY, "2018-01-31T08:05"),
        ("1-2-2018", BY_DAY, "2018-02-01"),
    ],
)
def test_order_of_a_mapping(text: str, order: str, expected: str) -> None:
    """With the order that a mapping says, the rest is read too; with the other it is two days, or none."""
    assert _read(text, order) == [expected]
    assert expected not in _read(text, BY_DAY if order == BY_MONTH else BY_MONTH)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["1/2/2018", "1/31/2018 22:56"], (BY_MONTH,)),
        (["31/01/2018", "", "1/2/2018"], (BY_DAY,)),
        (["1/2/2018", "3/4/2018"], (BY_MONTH, BY_DAY)),
        (["1/31/2018", "31/1/2018"], ()),
        (["2018-01-31", "x"], ()),
    ],
)
def test_order_of_a_column(column: list[str], expected: tuple[str, ...]) -> None:
    """One value that can be read in one order only settles a column that nothing contradicts."""
    assert orders_of(column) == expected


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day(day: date) -> None:
    """Every day comes back from each of the forms."""
    forms = (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert {moment for form in forms for moment in moments_of(form, ())} == {day}
    assert moments_of(f"{day.month}/{day.day}/{day.year}", (BY_MONTH,)) == {day}
    assert day in moments_of(f"{day.day}.{day.month}.{day.year}", (BY_DAY, BY_MONTH))
    assert orders_of(f"{one.month}/{one.day}/{one.year}" for one in (day + timedelta(n) for n in range(31))) == (
        BY_MONTH,
    )


@pytest.mark.parametrize(
    ("midnight", "times", "expected"),
    [
        ("2026/3/4 0:00", 99, True),
        ("2026/3/4 0:00", 98, False),
        ("2026-03-04 00:00:00", 99, True),
        ("3/4/2026 12:00 AM", 98, False),
        ("3/4/2026 12:00 PM", 0, True),
        ("2026/3/4 10:00", 0, True),
        ("2026-03-04 00:00:30", 0, True),
    ],
)
def test_midnights(midnight: str, times: int, expected: bool) -> None:
    """One 00:00 among a hundred times is a time; where there are more it is how a program writes a day."""
    assert has_midnights([*["2026/3/4 8:05"] * times, midnight]) is expected
