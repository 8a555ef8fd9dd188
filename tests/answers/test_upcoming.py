"""What lies ahead in the rules: packs that begin and end, figures that hold from a day on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.answers.upcoming import Change, upcoming
from aftercare.policies.load import parse
from aftercare.policies.pack import Pack

TODAY = date(2026, 3, 10)
LAW = """\
id: ours
issuer: shop
title: {en: Ours, zh: 本店}
in_force: {from: 2025-01-01, to: %s}
counting: {first_day: no, roll: none}
windows:
  week: {title: {en: week, zh: 周}, from: [sold_on], value: {2020-01-01: {days: 7}, 2026-04-01: {days: 14}}}
lines:
- {id: back, title: {en: Back, zh: 退}, grants: [refund], within: week}
plans:
- id: call
  title: {en: Call, zh: 回访}
  category: goods
  after: delivered
  what: call_back
  step: call
  channel: phone
  due: {2025-01-01: [{days: 1}], 2026-05-01: ~}
"""


def _pack(text: str) -> Pack:
    return parse(text.encode(), "ours.yaml")


def _told(text: str, within: int | None = None, today: date = TODAY) -> list[tuple[str, str, str]]:
    found = upcoming([_pack(text)], today, None if within is None else timedelta(days=within))
    return [(one.on.isoformat(), one.what, one.name) for one in found]


def test_figures_ahead_are_told_with_what_holds_until_then() -> None:
    """A length of a window, the end of a plan; the nearest first."""
    week, plan, __ = upcoming([_pack(LAW % "2026-12-31")], TODAY)
    assert (week.on, week.kind, str(week.before), str(week.after)) == (
        date(2026, 4, 1), "window", "7 days", "14 days",
    )  # fmt: skip
    assert (plan.name, plan.on, plan.after) == ("ours/call", date(2026, 5, 1), None)


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2026-03-10", ("2026-03-10", "ends", "ours")),
        ("2026-03-09", ("2026-03-09", "ended", "ours")),
        ("2025-03-10", ("2025-03-10", "ended", "ours")),
        ("2025-03-09", None),
    ],
)
def test_a_pack_that_ended_is_told_for_a_year(until: str, told: tuple[str, str, str] | None) -> None:
    """Its last day still counts; the day after it has ended."""
    found = [one for one in _told(LAW % until) if one[2] == "ours"]
    assert found == ([told] if told else [])


@pytest.mark.parametrize(("within", "count"), [(21, 0), (22, 1), (51, 1), (52, 2), (None, 3)])
def test_no_further_than_asked(within: int | None, count: int) -> None:
    """From 10 March it is 22 days to 1 April and 52 to 1 May."""
    assert len(_told(LAW % "2027-12-31", within)) == count


def test_what_a_pack_begins_with_comes_with_the_pack() -> None:
    """Its own first figures are no changes beside it; later ones are."""
    text = LAW.replace("from: 2025-01-01, to: %s", "from: 2026-04-01")
    assert _told(text) == [("2026-04-01", "begins", "ours"), ("2026-05-01", "figure", "ours/call")]


def test_a_figure_of_today_holds_already() -> None:
    """Only what lies ahead is told."""
    assert _told(LAW % "2027-12-31", 30, date(2026, 4, 1)) == [("2026-05-01", "figure", "ours/call")]


def test_packs_that_change_nothing_are_silent() -> None:
    """As most do on most days."""
    nothing: list[Change] = upcoming([_pack(LAW % "2027-12-31")], date(2029, 1, 1))
    assert nothing == []
