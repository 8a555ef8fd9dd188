"""The calendars that ship beside the Chinese one."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.reading import read
from aftercare.policies.authoring.almanac import almanac_year
from aftercare.policies.judging import days
from aftercare.policies.judging.days import Calendar, Rolled, built, calendar

_ALL = tuple(sorted(file.stem for file in days._FOLDER.glob("*.yaml")))
_BY_LAW = ("DE", "EU", "FR", "US", "US-429")


def _of(name: str) -> Calendar:
    found = calendar(name)
    assert found is not None
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _certain(text: str) -> Rolled:
    return Rolled(_day(text), _day(text), _day(text))


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=after) for after in range((date(year + 1, 1, 1) - first).days)]


def test_the_places_with_a_calendar() -> None:
    """Each place whose rules count days off has a calendar."""
    assert {"CN", "JP", "TW", *_BY_LAW} <= set(_ALL)


@pytest.mark.parametrize(
    ("name", "last", "rolled"),
    [
        ("DE", "2026-10-03", "2026-10-05"),  # Unity Day, a Saturday
        ("DE", "2025-10-03", "2025-10-06"),  # Unity Day, a Friday
        ("DE", "2025-04-18", "2025-04-22"),  # Good Friday to Easter Monday
        ("DE", "2026-05-14", "2026-05-15"),  # Ascension Day
        ("DE", "2026-06-04", "2026-06-04"),  # Corpus Christi is a holiday of some states only
        ("FR", "2026-04-03", "2026-04-03"),  # Good Friday is worked in most of France
        ("FR", "2026-07-14", "2026-07-15"),
        ("FR", "2025-11-11", "2025-11-12"),
        ("FR", "2026-05-08", "2026-05-11"),
        ("EU", "2026-04-03", "2026-04-07"),  # Good Friday to Easter Monday
        ("EU", "2026-05-14", "2026-05-14"),  # Ascension Day is no day on which payments rest
        ("US", "2026-07-03", "2026-07-06"),  # Independence Day on a Saturday is kept on Friday
        ("US", "2021-12-31", "2022-01-03"),  # New Year on a Saturday is kept on Friday
        ("US", "2026-11-26", "2026-11-27"),
        ("US-429", "2026-11-28", "2026-11-28"),  # a Saturday is a business day
        ("US-429", "2026-11-29", "2026-11-30"),
        ("US-429", "2026-07-03", "2026-07-03"),  # kept on Friday, but a holiday on Saturday
        ("US-429", "2026-07-04", "2026-07-06"),
        ("TW", "2026-10-09", "2026-10-12"),  # National Day on a Saturday is kept on Friday
        ("TW", "2025-02-08", "2025-02-08"),  # a Saturday worked
        ("JP", "2026-09-21", "2026-09-24"),  # two holidays, and the day between them
    ],
)
def test_a_last_day_moves_over_the_holidays_of_its_place(name: str, last: str, rolled: str) -> None:
    """A day off moves on to the next day worked there, and no other place's holiday does."""
    assert _of(name).roll(_day(last)) == _certain(rolled)


def test_three_business_days_of_the_cooling_off_rule() -> None:
    """16 CFR 429: from Wednesday 25 November 2026 they are Friday, Saturday and Monday."""
    assert _of("US-429").add_workdays(_day("2026-11-25"), 3) == _certain("2026-11-30")
    assert _of("US").add_workdays(_day("2026-11-25"), 3) == _certain("2026-12-01")


@pytest.mark.parametrize("name", [name for name in _ALL if name != "CN"])
def test_the_library_has_the_same_days_off(name: str) -> None:
    """What ships is what the library has, in every year that ships."""
    ours = _of(name)
    for year in ours.years:
        theirs = almanac_year(name, year)
        rest = {day for day in _days_of(year) if day.weekday() in (ours._weekend)}
        assert {day for day in _days_of(year) if ours.is_off(day)} == (rest | theirs.off.keys()) - set(theirs.worked)


def test_the_library_has_what_the_notices_of_china_order() -> None:
    """The years of China whose notice is in are the same there."""
    for year in _of("CN").years[1:]:  # that the Spring Festival of 2020 was made longer it does not have
        theirs = almanac_year("CN", year)
        rest = {day for day in _days_of(year) if day.weekday() >= 5}
        off = {day for day in _days_of(year) if _of("CN").is_off(day)}
        assert off == (rest | theirs.off.keys()) - set(theirs.worked)


@pytest.mark.parametrize("name", _ALL)
def test_every_holiday_lies_in_a_season_that_has_room_for_it(name: str) -> None:
    """What is not known of a year that is not in the file is bounded by what holds in those that are."""
    ours = _of(name)
    freed = Counter(
        (days._season_year(day, ours._seasons[days._month_day(day)]), ours._seasons[days._month_day(day)])
        for day, off in ours._named.items()
        if off and day.weekday() not in ours._weekend
    )
    assert [key for key, count in freed.items() if count > key[1].most] == []


@pytest.mark.parametrize("name", _BY_LAW)
def test_a_law_for_all_years_is_cited_for_each(name: str) -> None:
    """Where one law names the holidays of every year, each year is cited by it, and no order is waited for."""
    ours = _of(name)
    assert ours.by_law
    assert len({ours.source(year) for year in ours.years}) == 1
    assert ours.years == tuple(range(2020, 2031))


@pytest.mark.parametrize("name", ["CN", "TW", "JP"])
def test_where_each_year_has_an_order_of_its_own(name: str) -> None:
    """A year is known there only by its own order."""
    ours = _of(name)
    assert not ours.by_law
    assert len({ours.source(year) for year in ours.years}) == len(ours.years)


def test_no_weekend_is_worked_where_none_is_moved() -> None:
    """In a year that is not in the file a Saturday is off for certain, and a holiday may still be to come."""
    assert _of("DE").roll(_day("2031-06-21")) == _certain("2031-06-23")
    assert _of("DE").roll(_day("2031-04-12")) == Rolled(_day("2031-04-14"), _day("2031-04-14"), _day("2031-04-16"))
    assert _of("DE").roll(_day("2030-12-24")) == _certain("2030-12-24")


@given(st.sampled_from(_BY_LAW), st.sampled_from(range(2020, 2031)), st.integers(0, 364), st.integers(1, 40))
def test_a_year_that_is_written_down_only_narrows_the_bounds(name: str, year: int, after: int, count: int) -> None:
    """What was answered without a year encloses what is answered with it."""
    file = days._FOLDER / f"{name}.yaml"
    rows = read(file.read_bytes(), file.name)
    years = rows["years"]
    assert isinstance(years, dict)
    less = built({**rows, "years": {key: block for key, block in years.items() if key != str(year)}})
    day = date(year, 1, 1) + timedelta(days=after)
    before, with_it = less.add_workdays(day, count), _of(name).add_workdays(day, count)
    assert before.earliest <= with_it.earliest <= with_it.latest <= before.latest


_SMALL = """
weekend: [sun]
in_lieu: no
source: {what: a law, where: here, sure: secondary}
seasons:
- {from: 01-01, to: 01-01, most: 1}
years:
  2026: {off: [2026-01-01]}
"""


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("[sun]", "[]"),
        ("[sun]", "[soon]"),
        ("in_lieu: no", "in_lieu: never"),
        ("{off: [2026-01-01]}", "{off: [2026-01-01], worked: [2026-01-04]}"),
        ("source: {what: a law, where: here, sure: secondary}\n", ""),
        ("weekend", "weekends"),
    ],
)
def test_nonsense_is_refused(found: str, put: str) -> None:
    """A weekend of no days, a weekend worked where none is, a year without a source: such a calendar is not used."""
    assert built(read(_SMALL.encode(), "x.yaml")).is_off(_day("2026-01-04"))
    with pytest.raises(ValueError, match=r".*"):
        built(read(_SMALL.replace(found, put).encode(), "x.yaml"))
