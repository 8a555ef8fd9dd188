"""Working days."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.reading import read
from aftercare.policies.judging import days
from aftercare.policies.judging.days import Calendar, Rolled, built, calendar

_FILE = Path(days.__file__).parent.parent / "calendars" / "CN.yaml"
_YEARS = tuple(range(2008, 2027))
_LEFT_OUT = (date(2013, 4, 7), date(2013, 10, 12))
"""Days that the notice for 2013 orders to be worked, and the almanac does not have."""


def _china() -> Calendar:
    found = calendar("CN")
    assert found is not None
    return found


def _rows() -> Any:
    return copy.deepcopy(read(_FILE.read_bytes(), _FILE.name))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _certain(text: str) -> Rolled:
    return Rolled(_day(text), _day(text), _day(text))


def _all_days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=after) for after in range((date(year + 1, 1, 1) - first).days)]


# Known years and unknown ones on both sides, with an eye for the edges of holidays and of the known years.
_EDGES = [
    "2019-12-24", "2019-12-31", "2020-01-31", "2022-12-31", "2024-02-09", "2024-02-29", "2025-01-26", "2025-10-08",
    "2026-12-24", "2026-12-25", "2026-12-31", "2027-01-08", "2027-02-28", "2027-03-06", "2028-02-29", "2030-10-01",
]  # fmt: skip
_DAYS = st.one_of(st.dates(date(2018, 1, 1), date(2031, 12, 31)), st.sampled_from([_day(text) for text in _EDGES]))


@pytest.mark.parametrize(
    ("last", "rolled"),
    [
        ("2025-10-03", "2025-10-09"),  # within National Day and Mid-Autumn, 1 to 8 October
        ("2026-09-26", "2026-09-28"),  # a Saturday within Mid-Autumn
        ("2025-05-31", "2025-06-03"),  # Dragon Boat, a Saturday to a Monday
        ("2025-06-02", "2025-06-03"),
        ("2024-05-17", "2024-05-17"),  # a working day
        ("2025-07-05", "2025-07-07"),  # a plain weekend
        ("2022-12-31", "2023-01-03"),  # New Year by the notice for the year after
        ("2020-01-31", "2020-02-03"),  # the Spring Festival that was made longer
        ("2024-02-09", "2024-02-09"),  # the eve that the notice for 2024 did not free
    ],
)
def test_a_last_day_that_is_a_day_off_moves_to_the_next_working_day(last: str, rolled: str) -> None:
    """Civil Code 203: a period whose last day is a rest day ends on the day after the rest."""
    assert _china().roll(_day(last)) == _certain(rolled)


@pytest.mark.parametrize("worked", ["2025-09-28", "2025-10-11", "2026-02-28", "2024-02-04", "2021-02-20"])
def test_a_weekend_worked_in_lieu_is_not_moved(worked: str) -> None:
    """A Saturday or Sunday worked in lieu of another day is no rest day."""
    assert _day(worked).weekday() >= 5
    assert not _china().is_off(_day(worked))
    assert _china().roll(_day(worked)) == _certain(worked)


def test_working_days_are_counted_from_the_day_after() -> None:
    """Thirty working days of repair from 3 March 2025 end on 15 April: 4 April is a holiday."""
    assert _china().add_workdays(_day("2025-03-03"), 30) == _certain("2025-04-15")


def test_the_first_working_day_after_a_working_day_is_not_itself() -> None:
    """The day from which working days are counted is not counted, be it worked or not."""
    assert _china().add_workdays(_day("2025-03-03"), 1) == _certain("2025-03-04")
    assert _china().add_workdays(_day("2025-09-30"), 1) == _certain("2025-10-09")
    assert _china().add_workdays(_day("2025-10-03"), 2) == _certain("2025-10-10")


@pytest.mark.parametrize("count", [0, -1])
def test_fewer_than_one_working_day_is_no_count(count: int) -> None:
    """A count of working days begins at one."""
    with pytest.raises(ValueError, match=str(count)):
        _china().add_workdays(_day("2025-03-03"), count)


def test_a_year_not_known_is_reckoned_by_weekends_and_says_how_sure_it_is() -> None:
    """Sunday 28 February 2027 moves to Monday; it could be worked, and the Monday and days after it could be free."""
    rolled = _china().roll(_day("2027-02-28"))
    assert rolled == Rolled(_day("2027-03-01"), earliest=_day("2027-02-28"), latest=_day("2027-03-08"))


def test_bounds_do_not_run_to_the_end_of_a_season() -> None:
    """A notice frees a few weekdays of a season, never all: the seventh weekday on from any day is the worst."""
    rolled = _china().roll(_day("2027-01-20"))
    assert rolled == Rolled(_day("2027-01-20"), earliest=_day("2027-01-20"), latest=_day("2027-01-29"))


@pytest.mark.parametrize(
    ("last", "rolled"),
    [("2027-03-20", "2027-03-22"), ("2030-07-10", "2030-07-10"), ("2018-11-24", "2018-11-26")],
)
def test_no_notice_is_needed_where_no_holiday_can_fall(last: str, rolled: str) -> None:
    """Outside of the seasons of holidays a weekend is off and a weekday worked in every year."""
    assert _china().roll(_day(last)) == _certain(rolled)


def test_december_waits_for_the_notice_of_the_next_year() -> None:
    """New Year is ruled by the notice for the year that begins: the last days of the last known year are open."""
    china = _china()
    assert china.roll(_day("2026-12-24")) == _certain("2026-12-24")
    assert china.roll(_day("2026-12-26")) == Rolled(
        _day("2026-12-28"), earliest=_day("2026-12-26"), latest=_day("2027-01-01")
    )
    assert china.roll(_day("2025-12-27")) == _certain("2025-12-29")
    assert china.roll(_day("2020-01-04")) == _certain("2020-01-06")


def test_a_day_that_a_notice_names_is_certain_whatever_else_is_not() -> None:
    """31 December 2022 was freed by name: with 2023 not known, the first day that could be worked is 1 January."""
    rows = _rows()
    del rows["years"]["2023"]
    assert built(rows).roll(_day("2022-12-31")).earliest == _day("2023-01-01")


def test_working_days_counted_through_an_unknown_season_have_bounds() -> None:
    """Ten working days over Labour Day 2027: weekends worked shorten them, and the four weekdays that may go delay."""
    counted = _china().add_workdays(_day("2027-04-23"), 10)
    assert counted == Rolled(_day("2027-05-07"), earliest=_day("2027-05-03"), latest=_day("2027-05-13"))


@given(_DAYS)
def test_roll_lands_on_a_working_day_and_stays(day: date) -> None:
    """Rolling never goes back, ends on a working day, passes none over, and done twice moves nothing."""
    china = _china()
    rolled = china.roll(day).day
    assert rolled >= day
    assert not china.is_off(rolled)
    assert all(china.is_off(day + timedelta(days=after)) for after in range((rolled - day).days))
    assert china.roll(rolled).day == rolled


@given(_DAYS, _DAYS)
def test_a_later_day_never_rolls_to_an_earlier_one(one: date, other: date) -> None:
    """The order of two days is the order of the days they move to, and of the bounds."""
    before, after = (_china().roll(day) for day in sorted((one, other)))
    assert all(early <= late for early, late in zip(before, after, strict=True))


@given(_DAYS, st.integers(1, 60))
def test_bounds_enclose_the_answer(day: date, count: int) -> None:
    """The earliest day is not after the answer, nor the answer after the latest."""
    for found in (_china().roll(day), _china().add_workdays(day, count)):
        assert found.earliest <= found.day <= found.latest


@given(_DAYS, st.integers(1, 60), st.integers(1, 60))
def test_working_days_add_up(day: date, some: int, more: int) -> None:
    """Counting on from where a count ended is one count."""
    china = _china()
    assert china.add_workdays(china.add_workdays(day, some).day, more).day == china.add_workdays(day, some + more).day


@given(st.sampled_from(_YEARS), st.data(), st.integers(1, 60))
def test_a_notice_that_comes_only_narrows_the_bounds(year: int, data: st.DataObject, count: int) -> None:
    """What was answered before a year's notice came encloses what is answered once it is known."""
    rows = _rows()
    del rows["years"][str(year)]
    day = data.draw(st.sampled_from(_all_days(year)))
    before, after = built(rows).add_workdays(day, count), _china().add_workdays(day, count)
    assert before.earliest <= after.earliest <= after.latest <= before.latest


def test_the_years_are_known_each_with_what_orders_it() -> None:
    """A year is known by the notice that orders it, and what is not known is not cited."""
    china = _china()
    assert china.years == _YEARS
    assert "国办发明电〔2024〕12号" in china.source(2025).where
    assert {china.source(year).sure for year in china.years} == {"secondary"}
    with pytest.raises(KeyError):
        china.source(2027)


@pytest.mark.parametrize("year", _YEARS)
def test_a_second_source_has_the_same_days_off(year: int) -> None:
    """The days off of each year are those that an almanac made by others has."""
    from lunar_python.util import HolidayUtil

    almanac = {found.getDay(): not found.isWork() for found in HolidayUtil.getHolidays(year)}
    assert almanac
    differ = [
        day for day in _all_days(year) if _china().is_off(day) is not almanac.get(day.isoformat(), day.weekday() >= 5)
    ]
    assert differ == [day for day in _LEFT_OUT if day.year == year]


def test_every_row_of_the_file_makes_sense() -> None:
    """Each date is one, stands in its own year once, lies in a season, and a day worked is a Saturday or Sunday."""
    rows = _rows()
    seasons = [(row["from"], row["to"]) for row in rows["seasons"]]
    for year, block in rows["years"].items():
        off = [day for row in block["off"] for day in _spelt(row)]
        worked = [_day(row) for row in block["worked"]]
        assert {day.year for day in [*off, *worked]} == {int(year)}
        assert max(Counter([*off, *worked]).values()) == 1
        assert [day for day in worked if day.weekday() < 5] == []
        assert [day for day in [*off, *worked] if not any(_within(day, *season) for season in seasons)] == []


def test_no_notice_frees_as_many_weekdays_as_a_season_allows() -> None:
    """The bound of a season is wider than anything a notice has ordered in it."""
    rows = _rows()
    freed = Counter(
        (season["from"], year)
        for year, block in rows["years"].items()
        for day in (day for row in block["off"] for day in _spelt(row))
        for season in rows["seasons"]
        if day.weekday() < 5 and _within(day, season["from"], season["to"])
    )
    most = {season["from"]: int(season["most"]) for season in rows["seasons"]}
    assert freed
    assert [key for key, count in freed.items() if count >= most[key[0]]] == []


def _spelt(row: str) -> list[date]:
    first, _, last = row.partition("..")
    start, end = _day(first), _day(last or first)
    return [start + timedelta(days=after) for after in range((end - start).days + 1)]


def _within(day: date, first: str, last: str) -> bool:
    month_day = f"{day:%m-%d}"
    return first <= month_day <= last if first <= last else month_day >= first or month_day <= last


_Edit = Callable[[Any], object]


@pytest.mark.parametrize(
    "edit",
    [
        lambda rows: rows.pop("seasons"),
        lambda rows: rows.update(more="x"),
        lambda rows: rows.update(years=[]),
        lambda rows: rows["years"].update(soon=rows["years"]["2025"]),
        lambda rows: rows["years"]["2025"].pop("source"),
        lambda rows: rows["years"]["2025"]["source"].update(sure="certain"),
        lambda rows: rows["years"]["2025"]["source"].update(where=None),
        lambda rows: rows["years"]["2025"].update(off="2025-01-01"),
        lambda rows: rows["years"]["2025"]["off"].append("2025-02-30"),
        lambda rows: rows["years"]["2025"]["off"].append("2024-12-31"),
        lambda rows: rows["years"]["2025"]["off"].append("2025-01-01"),
        lambda rows: rows["years"]["2025"]["off"].append("2025-12-31..2025-12-30"),
        lambda rows: rows["years"]["2025"]["off"].append("2025-12-31..2026-01-02"),
        lambda rows: rows["years"]["2025"]["worked"].append("2025-03-03"),
        lambda rows: rows["years"]["2025"]["worked"].append("2025-02-01"),
        lambda rows: rows["seasons"][0].update(most="-1"),
        lambda rows: rows["seasons"][0].update({"from": "12-32"}),
        lambda rows: rows["seasons"].append({"from": "03-01", "to": "03-10", "most": "1"}),
    ],
)
def test_nonsense_in_the_data_is_refused(edit: _Edit) -> None:
    """A calendar with a date that is none, in a wrong year, named twice or otherwise impossible is not used."""
    rows = _rows()
    built(rows)
    edit(rows)
    with pytest.raises(ValueError, match=r".*"):
        built(rows)


@pytest.mark.parametrize("country", ["", "XX", "cn", "../calendars/CN"])
def test_no_calendar_ships_for_other_countries(country: str) -> None:
    """A country without data has no calendar, rather than an empty one."""
    assert calendar(country) is None


def test_the_calendar_is_read_once() -> None:
    """Asking again gives the same calendar."""
    assert calendar("CN") is calendar("CN")
