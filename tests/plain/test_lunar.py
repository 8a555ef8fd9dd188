"""Birthdays of both calendars: the day on which to greet."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from cnlunar import Lunar as Almanac
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Solar

from aftercare.plain.lunar import LunarDay, exact, occurrences, parse, solar, solar_birthdays, written

LUNAR_DAYS = st.builds(LunarDay, st.integers(1, 12), st.sampled_from([1, 2, 15, 28, 29, 30]), st.booleans())
YEARS = st.integers(1930, 2099)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("八月十五", LunarDay(8, 15)),
        ("农历八月十五", LunarDay(8, 15)),
        ("闰六月三十", LunarDay(6, 30, leap=True)),
        ("正月初一", LunarDay(1, 1)),
        ("一月初十", LunarDay(1, 10)),
        ("十月初十", LunarDay(10, 10)),
        ("冬月十一", LunarDay(11, 11)),
        ("十一月二十", LunarDay(11, 20)),
        ("腊月廿三", LunarDay(12, 23)),
        ("十二月二十九", LunarDay(12, 29)),
        ("8月15日", LunarDay(8, 15)),
        ("８月１５", LunarDay(8, 15)),
    ],
)
def test_a_lunar_day_is_read(text: str, day: LunarDay) -> None:
    """The months by number or name, the days as the almanac writes them, or both in digits."""
    assert parse(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "初五", "冬月", "八月", "八月五", "八月初十一", "八月廿十", "八月三十一", "十三月初一", "0月1日", "8月31日",
     "正正月初一", "闰闰六月初一", "2026年八月十五", "1958-09-27", "中秋"],
)  # fmt: skip
def test_what_is_no_lunar_day(text: str) -> None:
    """Half a day, a day no month has, and anything of the solar calendar are refused."""
    with pytest.raises(ValueError):  # noqa: PT011
        parse(text)


@pytest.mark.parametrize(
    ("text", "year", "when"),
    [
        ("正月初一", 2026, date(2026, 2, 17)),
        ("八月十五", 2025, date(2025, 10, 6)),
        ("八月十五", 2026, date(2026, 9, 25)),
        ("腊月廿三", 2025, date(2026, 2, 10)),
        ("闰六月初一", 2025, date(2025, 7, 25)),
        ("闰六月初一", 2026, date(2026, 7, 14)),
        ("腊月三十", 2025, date(2026, 2, 16)),
        ("腊月三十", 2026, date(2027, 2, 5)),
    ],
)
def test_the_day_in_a_year(text: str, year: int, when: date) -> None:
    """Known days; without the leap month its namesake, and the 29th where there is no 30th."""
    assert solar(parse(text), year) == when


def test_exact_takes_no_substitute() -> None:
    """Where the year lacks the leap month or the 30th there is no exact day."""
    assert exact(LunarDay(6, 1, leap=True), 2025) == date(2025, 7, 25)
    assert exact(LunarDay(12, 30), 2023) == date(2024, 2, 9)
    for day, year in ((LunarDay(6, 1, leap=True), 2026), (LunarDay(12, 30), 2025)):
        with pytest.raises(ValueError, match="LunarDay"):
            exact(day, year)


@pytest.mark.parametrize("year", [1929, 2100])
def test_years_out_of_reach_are_refused(year: int) -> None:
    """No day is reckoned for years we have not compared with the almanacs."""
    with pytest.raises(ValueError, match=str(year)):
        solar(LunarDay(8, 15), year)


@given(LUNAR_DAYS, YEARS)
def test_turned_back_it_is_the_same_lunar_day(day: LunarDay, year: int) -> None:
    """The solar date, turned back into a lunar one, is that day of that year or its declared substitute."""
    when = solar(day, year)
    back = Solar.fromYmd(when.year, when.month, when.day).getLunar()
    assert (back.getYear(), abs(back.getMonth())) == (year, day.month)
    assert back.getDay() == day.day or (day.day == 30 and back.getDay() == 29)
    assert back.getMonth() > 0 or day.leap
    try:
        assert exact(day, year) == when
        assert (back.getMonth() < 0, back.getDay()) == (day.leap, day.day)
    except ValueError:
        assert (back.getMonth() < 0, back.getDay()) != (day.leap, day.day)


@given(LUNAR_DAYS, st.integers(1931, 2096))
def test_every_lunar_birthday_comes_once_a_lunar_year(day: LunarDay, year: int) -> None:
    """Nobody is forgotten and nobody greeted twice: in three years the lunar years follow each other without a gap."""
    found = occurrences(day, date(year, 1, 1), date(year + 2, 12, 31))
    years = [lunar_year for lunar_year, _ in found]
    assert years == list(range(years[0], years[0] + len(years)))
    assert years[0] in (year - 1, year)
    assert years[-1] in (year + 1, year + 2)
    assert [solar(day, lunar_year) for lunar_year in years] == [when for _, when in found]


def test_a_birthday_in_the_last_month_belongs_to_its_lunar_year() -> None:
    """腊月廿三 of lunar 2025 is kept in February 2026, and both ends of the period count."""
    day = LunarDay(12, 23)
    assert occurrences(day, date(2026, 2, 10), date(2027, 1, 30)) == [
        (2025, date(2026, 2, 10)),
        (2026, date(2027, 1, 30)),
    ]
    assert occurrences(day, date(2026, 2, 11), date(2027, 1, 29)) == []


def test_periods_out_of_reach_are_empty() -> None:
    """Before 1930 and after 2099 no lunar birthday is known."""
    assert occurrences(LunarDay(8, 15), date(1900, 1, 1), date(1929, 12, 31)) == []
    assert occurrences(LunarDay(8, 15), date(2101, 1, 1), date(2110, 1, 1)) == []


def test_the_29th_of_february_is_kept_on_the_28th() -> None:
    """In common years a birthday on 29 February is kept the day before."""
    assert solar_birthdays(2, 29, date(2027, 1, 1), date(2029, 12, 31)) == [
        (2027, date(2027, 2, 28)),
        (2028, date(2028, 2, 29)),
        (2029, date(2029, 2, 28)),
    ]


@given(st.dates(date(2028, 1, 1), date(2028, 12, 31)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_solar_birthday_comes_once_in_any_common_year(birthday: date, first: date) -> None:
    """From any day to the day before it a year later there is exactly one birthday."""
    last = first.replace(year=first.year + 1, day=min(first.day, 28)) - timedelta(days=1)
    first = first.replace(day=min(first.day, 28))
    found = solar_birthdays(birthday.month, birthday.day, first, last)
    assert len(found) == 1
    assert first <= found[0][1] <= last
    assert found[0][0] == found[0][1].year


@pytest.mark.parametrize(("month", "day"), [(2, 30), (4, 31), (13, 1), (0, 1), (1, 0)])
def test_a_solar_day_that_no_year_has(month: int, day: int) -> None:
    """30 February is nobody's birthday."""
    with pytest.raises(ValueError, match=r"day|month"):
        solar_birthdays(month, day, date(2026, 1, 1), date(2026, 12, 31))


def test_the_library_is_imported_only_when_needed() -> None:
    """Whoever imports the module does not pay for the almanac."""
    program = "import sys; from aftercare.plain import lunar; sys.exit('lunar_python' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


ALMANAC = range(1930, 2051)
"""The lunar years that are compared with a second library, day by day."""


def _by_almanac(day: date) -> tuple[int, LunarDay]:
    """The lunar year and day of a solar date by ``cnlunar``, which has tables of its own."""
    found = Almanac(datetime(day.year, day.month, day.day))
    return found.lunarYear, LunarDay(found.lunarMonth, found.lunarDay, bool(found.isLunarLeapMonth))


def _month_starts(year: int) -> Iterator[tuple[LunarDay, date, int]]:
    """The first day of each month of a lunar year, its date, and how many days the month has."""
    for month in range(1, 13):
        for leap in (False, True):
            with suppress(ValueError):
                first = LunarDay(month, 1, leap)
                begins = exact(first, year)
                yield first, begins, 30 if _is_there(LunarDay(month, 30, leap), year) else 29


def _is_there(day: LunarDay, year: int) -> bool:
    try:
        exact(day, year)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("decade", range(ALMANAC.start, ALMANAC.stop, 10))
def test_every_day_is_that_of_a_second_library(decade: int) -> None:
    """From 1930 to 2050 every month, leap ones too, begins and ends on the same days as in the other library.

    So all days between agree too, and all years are covered without a gap.
    """
    for year in range(decade, min(decade + 10, ALMANAC.stop)):
        months = sorted(_month_starts(year), key=lambda month: month[1])
        assert len(months) in (12, 13)
        for (first, begins, days), following in pairwise(
            [*months, (LunarDay(1, 1), exact(LunarDay(1, 1), year + 1), 0)]
        ):
            last = begins + timedelta(days=days - 1)
            assert _by_almanac(begins) == (year, first)
            assert _by_almanac(last) == (year, first._replace(day=days))
            assert last + timedelta(days=1) == following[1]


def test_the_second_library_knows_the_same_leap_months() -> None:
    """No leap month is missing, and none is there that is not in the other library."""
    ours = [(year, first.month) for year in ALMANAC for first, *_ in _month_starts(year) if first.leap]
    theirs = [(year, Almanac(datetime(year, 12, 1)).getMonthLeapMonthLeapDays()[1]) for year in ALMANAC]
    assert ours == [(year, month) for year, month in theirs if month]


def test_only_the_ninth_month_of_2057_is_in_doubt() -> None:
    """The caveat of the module: its new moon is at midnight, and the second library has it a day later or earlier."""
    ninth = exact(LunarDay(9, 1), 2057)
    assert _by_almanac(ninth) != (2057, LunarDay(9, 1))
    assert abs((_almanac_first(2057, 9) - ninth).days) == 1


def _almanac_first(year: int, month: int) -> date:
    near = exact(LunarDay(month, 1), year) - timedelta(days=3)
    days = (near + timedelta(days=n) for n in range(7))
    return next(day for day in days if _by_almanac(day) == (year, LunarDay(month, 1)))


@given(LUNAR_DAYS)
def test_what_is_written_is_read_back(day: LunarDay) -> None:
    """A lunar day is written as the almanac does, and read back as the same."""
    assert parse(written(day)) == day


def test_lunar_days_are_written_as_in_the_almanac() -> None:
    """With 初 up to the tenth, 廿 from the twenty-first on, and the last two months by their own names."""
    days = [
        LunarDay(8, 15),
        LunarDay(1, 1),
        LunarDay(12, 23),
        LunarDay(11, 10),
        LunarDay(6, 30, leap=True),
        LunarDay(2, 20),
    ]
    assert list(map(written, days)) == ["八月十五", "正月初一", "腊月廿三", "冬月初十", "闰六月三十", "二月二十"]
