"""The clock: how the last good day of a window is reckoned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain.tree import Tree
from aftercare.policies.judging import clock
from aftercare.policies.judging.clock import Start, Terms, added, reckoned, started
from aftercare.policies.judging.days import Calendar, calendar
from aftercare.policies.judging.situation import Situation, situation
from aftercare.policies.windows import Length, Window

_CHINA = calendar("CN")
_WINDOW = Window(
    pack="x", name="w", title=None, start="first", names=("sold_on",), values=(), tests=("fault_on",), act="show",
    pauses="", restarts=False, rolls=False, counts_first=False, when=None, cite=(),
)  # fmt: skip
_UNITS = st.sampled_from(["days", "workdays", "months", "years"])
_DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2024, 2, 28), date(2025, 1, 31), date(2024, 12, 31), date(2024, 9, 30), date(2023, 8, 31)]
)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _case(on: str = "2025-12-31", **facts: Tree) -> Situation:
    return situation(facts, _day(on))


def _terms(days: int, days_off: Calendar | None = _CHINA) -> Terms:
    return Terms(Length("days", days), None, days_off)


def _end(window: Window, start: str, length: Length, case: Situation) -> str:
    end = reckoned(window, Start("sold_on", _day(start), _day(start)), Terms(length, None, _CHINA), case)
    return end.day.isoformat() if end.day else ""


@pytest.mark.parametrize(
    ("start", "length", "counts_first", "last"),
    [
        ("2025-03-03", Length("days", 7), False, "2025-03-10"),
        ("2025-03-03", Length("days", 7), True, "2025-03-09"),
        ("2024-02-29", Length("months", 12), False, "2025-02-28"),
        ("2024-02-29", Length("months", 12), True, "2025-02-28"),
        ("2025-01-31", Length("months", 1), False, "2025-02-28"),
        ("2025-01-31", Length("months", 1), True, "2025-02-28"),
        ("2025-03-03", Length("months", 1), True, "2025-04-02"),
        ("2023-02-28", Length("years", 1), False, "2024-02-28"),
        ("2025-03-03", Length("days", 0), False, "2025-03-03"),
        ("2025-09-29", Length("workdays", 3), False, "2025-10-10"),
    ],
)
def test_a_length_is_counted_as_the_civil_code_says(start: str, length: Length, counts_first: bool, last: str) -> None:
    """The first day is not counted unless a law says so; a month that lacks the day ends on its last, and loses one day
    once only; working days leave out the holidays and count the make-up days.
    """
    assert added(_day(start), length, counts_first, _CHINA)[0] == _day(last)


@settings(max_examples=200)
@given(_DAYS, st.integers(0, 60), st.integers(1, 40), _UNITS, st.booleans())
def test_a_later_start_never_ends_earlier(start: date, later: int, count: int, unit: str, counts_first: bool) -> None:
    """Counting keeps the order of days."""
    length = Length(unit, count)
    first, second = start, start + timedelta(days=later)
    ends = [added(one, length, counts_first, _CHINA)[0] for one in (first, second)]
    assert ends[0] <= ends[1]


def test_the_steps_come_in_the_order_of_the_reckoning() -> None:
    """Length, pauses in the order of their days, and the day off last; each step says where it led."""
    window = replace(_WINDOW, pauses="stay", rolls=True)
    case = _case(
        repairs=[{"in": "2025-02-03", "out": "2025-02-05"}, {"in": "2025-01-20", "out": "2025-01-24"}],
    )
    end = reckoned(window, Start("sold_on", _day("2025-01-15"), _day("2025-01-15")), _terms(15), case)
    assert [(step.what, step.count, step.day.isoformat()) for step in end.steps] == [
        ("start", "sold_on", "2025-01-15"),
        ("add", "15 days", "2025-01-30"),
        ("pause", "4", "2025-02-03"),
        ("pause", "2", "2025-02-05"),
    ]
    # 26 January is a Sunday that was worked, the eight days after it were the Spring Festival.
    rolled = reckoned(window, Start("sold_on", _day("2025-01-16"), _day("2025-01-16")), _terms(7, None), _case())
    assert rolled.day == _day("2025-01-23")
    assert _end(window, "2025-01-16", Length("days", 10), _case()) == "2025-01-26"
    assert _end(window, "2025-01-21", Length("days", 7), _case()) == "2025-02-05"


@pytest.mark.parametrize(
    ("stay", "last"),
    [
        ({"in": "2025-03-10", "out": "2025-03-12"}, "2025-03-12"),
        ({"in": "2025-03-11", "out": "2025-03-13"}, "2025-03-10"),
        ({"in": "2025-03-05", "out": "2025-03-05"}, "2025-03-10"),
        ({"in": "2025-03-01", "out": "2025-03-05"}, "2025-03-10"),
        ({"in": "2025-03-05"}, "2025-03-15"),
    ],
)
def test_a_stay_pauses_what_still_runs(stay: dict[str, Tree], last: str) -> None:
    """A stay that began by the last good day moves it by out minus in, an open one by the days to today; one that began
    after it, before the start, or that ended on its day moves nothing.
    """
    case = _case("2025-03-10", repairs=[stay])
    assert _end(replace(_WINDOW, pauses="stay"), "2025-03-03", Length("days", 7), case) == last
    assert _end(_WINDOW, "2025-03-03", Length("days", 7), case) == "2025-03-10"


def test_a_replacement_begins_anew_only_what_it_may() -> None:
    """The last replacement is the new start of a window that says so; one before the start is none."""
    case = _case(replacements=[{"on": "2025-04-01"}, {"on": "2025-05-01"}])
    start = Start("sold_on", _day("2025-03-03"), _day("2025-03-03"))
    assert started(_WINDOW, start, case) == start
    assert started(replace(_WINDOW, restarts=True), start, case).first == _day("2025-05-01")
    late = Start("installed_on", _day("2025-06-01"), _day("2025-06-01"))
    assert started(replace(_WINDOW, restarts=True), late, case) == late


def test_an_unknown_start_gives_bounds() -> None:
    """Between two days, the end lies between two days, and no day is said."""
    start = Start("delivered_on", _day("2025-03-03"), _day("2025-03-06"), ("delivered_on",))
    end = reckoned(_WINDOW, start, _terms(7), _case())
    assert (end.day, end.earliest, end.latest) == (None, _day("2025-03-10"), _day("2025-03-13"))
    assert (end.missing, end.steps, end.start) == (("delivered_on",), (), None)


def test_a_year_without_an_order_gives_bounds_where_a_holiday_may_fall() -> None:
    """The calendar of a year to come is not known: the end is the best that is known, between its bounds."""
    start = Start("sold_on", _day("2029-09-24"), _day("2029-09-24"))
    end = reckoned(replace(_WINDOW, rolls=True), start, _terms(7), _case("2029-12-31"))
    assert end.day == end.earliest == _day("2029-10-01")
    assert end.latest is not None
    assert end.latest > _day("2029-10-01")


def test_the_first_known_day_is_tested() -> None:
    """Of the facts that a window tests the first known counts; without a fault there is nothing to test."""
    window = replace(_WINDOW, tests=("withdrawn_on", "today"))
    assert clock.tested_day(window, _case("2025-03-09"), "") == ("today", _day("2025-03-09"), _day("2025-03-09"), ())
    said = _case("2025-03-09", withdrawn_on="2025-03-04")
    assert clock.tested_day(window, said, "") == ("withdrawn_on", _day("2025-03-04"), _day("2025-03-04"), ())
    assert clock.tested_day(_WINDOW, _case(fault_on="none"), "") is None
    unknown = _case("2025-03-09", sold_on="2025-03-01")
    assert clock.tested_day(_WINDOW, unknown, "") == ("fault_on", _day("2025-03-01"), _day("2025-03-09"), ("fault_on",))
