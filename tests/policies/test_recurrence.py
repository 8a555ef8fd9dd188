"""Plans that come back: seasons, tolerance and closed days, near the edges of months and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.moments import Span
from aftercare.plain.opening import ALWAYS, Closed, Hours, Opening
from aftercare.policies.load import BadPack, parse
from aftercare.policies.recurrence import Recurrence, Season, Tolerance, plus, times
from tests.plain.test_opening import OPENINGS

SPRING, WINTER = Season((4, 1), (5, 31)), Season((11, 15), (2, 29))
_ENDS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
SEASONS = st.one_of(
    st.sampled_from([SPRING, WINTER, Season((2, 28), (2, 29)), Season((12, 31), (1, 1)), Season((3, 1), (3, 1))]),
    st.builds(Season, _ENDS.filter(lambda at: at != (2, 29)), _ENDS),
)
DAYS = st.one_of(
    st.sampled_from([date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2024, 12, 31)]),
    st.dates(date(2023, 1, 1), date(2026, 12, 31)),
)
SPANS = st.one_of(st.integers(0, 60).map(Span), st.integers(0, 14).map(lambda n: Span(months=n)))
PLAN = """
id: ours
issuer: shop
title: t
plans:
- id: check
  title: t
  category: goods
  after: {after}
  what: maintenance
  step: check
  channel: home
  {keys}
"""


def _recurrence(season: Season | None = None, tolerance: Tolerance | None = None) -> Recurrence:
    return Recurrence(every=(), from_plan=True, season=season, tolerance=tolerance, until=None)


@pytest.mark.parametrize(
    ("season", "day", "expected"),
    [
        (SPRING, "2026-03-31", "2026-04-01"),
        (SPRING, "2026-04-01", "2026-04-01"),
        (SPRING, "2026-05-31", "2026-05-31"),
        (SPRING, "2026-06-01", "2027-04-01"),
        (WINTER, "2026-02-28", "2026-02-28"),
        (WINTER, "2024-02-29", "2024-02-29"),
        (WINTER, "2024-03-01", "2024-11-15"),
        (WINTER, "2026-11-14", "2026-11-15"),
        (WINTER, "2026-12-31", "2026-12-31"),
    ],
)
def test_a_day_outside_moves_to_the_first_day_of_the_next_season(season: Season, day: str, expected: str) -> None:
    """Both ends belong to it, and it may pass the end of the year."""
    assert season.reached(date.fromisoformat(day)) == date.fromisoformat(expected)


@given(SEASONS, DAYS)
def test_a_season_is_what_lies_between_its_first_and_its_last_day(season: Season, day: date) -> None:
    """The days before its first and after its last are outside, unless it goes on all year."""
    inside = season.reached(day)
    first, last = season.begins(inside), season.ends(inside)
    assert first <= inside <= last
    assert (last - first).days < 366
    assert all(season.holds(one) for one in (first, inside, last))
    if season.holds(first - timedelta(days=1)):
        assert season.holds(last + timedelta(days=1))


@given(st.one_of(st.none(), SEASONS), OPENINGS, DAYS)
def test_a_placed_day_is_open_and_in_season(season: Season | None, opening: Opening, day: date) -> None:
    """Whatever is closed around it; and a day that is both stays where it is."""
    found = _recurrence(season).placed(day, opening)
    assert opening.is_open(found)
    assert season is None or season.holds(found)
    if opening.is_open(day) and (season is None or season.holds(day)):
        assert found == day
    if found < day:
        assert season
        assert season.begins(found) == season.begins(season.reached(day))


def test_at_the_end_of_a_season_it_is_some_days_earlier_and_not_a_year_later() -> None:
    """31 May 2026 is a Sunday: the last open day of spring is the Saturday before; a season shut whole is skipped."""
    week = Opening((*((Hours(0, 60),) for __ in range(6)), ()))
    assert _recurrence(SPRING).placed(date(2026, 5, 31), week) == date(2026, 5, 30)
    shut = Opening(ALWAYS.week, (Closed(date(2026, 3, 1), date(2026, 6, 1)),))
    assert _recurrence(SPRING).placed(date(2026, 4, 10), shut) == date(2027, 4, 1)


@given(st.one_of(st.none(), SEASONS), st.builds(Tolerance, SPANS, SPANS), OPENINGS, DAYS)
def test_a_window_holds_its_day_and_stays_in_the_season(
    season: Season | None, tolerance: Tolerance, opening: Opening, day: date
) -> None:
    """Its last day is open and in season as well, so that nothing is due when nobody can come."""
    recurrence = _recurrence(season, tolerance)
    placed = recurrence.placed(day, opening)
    window = recurrence.window(placed, opening)
    assert window.begins <= window.day == placed <= window.ends
    assert opening.is_open(window.ends)
    if season:
        assert season.begins(placed) <= window.begins
        assert window.ends <= season.ends(placed)


def test_a_window_without_tolerance_is_its_day() -> None:
    """Neither sooner nor later."""
    day = date(2024, 2, 29)
    assert _recurrence().window(day, ALWAYS) == (day, day, day)


@given(DAYS, st.integers(1, 12), st.integers(0, 30))
def test_times_are_reckoned_from_the_event(day: date, months: int, count: int) -> None:
    """So a thing of 31 January comes back at the end of every month, whatever came between."""
    each, both = Span(months=months), plus(Span(months=1), times(Span(months=months), count))
    assert both.after(day) == Span(months=1 + months * count).after(day)
    assert times(each, 0) == Span()


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("every: {2026-01-01: {months: 12}}", ""),
        ("every: {2026-01-01: {months: 12}, 2027-01-01: ~}\n  due: {2026-01-01: [{months: 1}]}", ""),
        ("every: {2026-01-01: {months: 12}}\n  season: {from: 11-15, to: 02-29}", ""),
        ("every: {2026-01-01: {days: 0}}", "value"),
        ("every: {2026-01-01: {hours: 5}}", "value"),
        ("every: {2026-01-01: {months: 12}}\n  counted_from: birth", "choice"),
        ("every: {2026-01-01: {months: 12}}\n  due: {2026-01-01: [{days: 1}, {days: 2}]}", "shape"),
        ("every: {2026-01-01: {months: 12}}\n  due: {2026-01-01: [{hours: 1}]}", "shape"),
        ("every: {2026-01-01: {months: 12}}\n  season: {from: 02-29, to: 05-31}", "date"),
        ("every: {2026-01-01: {months: 12}}\n  season: {from: 4-1, to: 05-31}", "value"),
        ("every: {2026-01-01: {months: 12}}\n  season: {from: 04-01}", "missing"),
        ("every: {2026-01-01: {months: 1}}\n  tolerance: {before: {days: 28}}", "value"),
        ("every: {2026-01-01: {months: 1}}\n  tolerance: {before: {days: 27}}", ""),
        ("every: {2026-01-01: {months: 1}}\n  tolerance: {}", "missing"),
        ("due: {2026-01-01: [{months: 1}]}\n  season: {from: 04-01, to: 05-31}", "missing"),
        ("cite: []", "missing"),
    ],
)
def test_what_a_plan_says_of_its_coming_back_must_fit(keys: str, code: str) -> None:
    """A length of a day at least, one first time, a season of days that are, and no reach into the time before."""
    text = PLAN.format(after="delivered", keys=keys).encode()
    if code:
        with pytest.raises(BadPack) as refused:
            parse(text, "policies/ours.yaml")
        assert code in [fault.code for fault in refused.value.faults]
    else:
        assert parse(text, "policies/ours.yaml").plans[0].spans(date(2026, 6, 1))


@pytest.mark.parametrize("after", ["taken_in", "reported", "damaged", "birthday", "left_undone"])
def test_only_what_is_sold_comes_back(after: str) -> None:
    """A claim, a visit or a birthday is served once."""
    with pytest.raises(BadPack) as refused:
        parse(PLAN.format(after=after, keys="every: {2026-01-01: {months: 1}}").encode(), "policies/ours.yaml")
    assert [fault.code for fault in refused.value.faults] == ["value"]


def test_the_figure_of_the_day_of_the_event_counts() -> None:
    """Also where it says that nothing comes back any more; without a first time of its own that is the figure."""
    keys = "every: {2026-01-01: {months: 12}, 2027-01-01: {months: 6}, 2028-01-01: ~}"
    plan = parse(PLAN.format(after="sold", keys=keys).encode(), "policies/ours.yaml").plans[0]
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    assert plan.recurs
    assert [plan.recurs.span(day) for day in days] == [None, Span(months=12), Span(months=6), None]
    assert [plan.spans(day) for day in days] == [[], [Span(months=12)], [Span(months=6)], []]
