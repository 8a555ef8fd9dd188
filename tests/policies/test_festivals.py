"""The day of a festival, as a plan names it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.lunar import LunarDay
from aftercare.policies.festivals import Festival
from aftercare.policies.load import BadPack, parse, rules, shipped
from aftercare.policies.plans import Plan

PACK = """\
id: ours
issuer: shop
title: 本店问候
plans:
- id: day
  title: 问候
  category: goods
  after: festival
  festival: {day}
  what: greeting
  step: day
  channel: message
  due: {{2020-01-01: [{{days: 0}}]}}
"""
KNOWN = {
    "spring-festival": "2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23",
    "lantern": "2025-02-12 2026-03-03 2027-02-20 2028-02-09 2029-02-27 2030-02-17 2031-02-06",
    "dragon-boat": "2025-05-31 2026-06-19 2027-06-09 2028-05-28 2029-06-16 2030-06-05 2031-06-24",
    "qixi": "2025-08-29 2026-08-19 2027-08-08 2028-08-26 2029-08-16 2030-08-05 2031-08-24",
    "mid-autumn": "2025-10-06 2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12 2031-10-01",
    "double-ninth": "2025-10-29 2026-10-18 2027-10-08 2028-10-26 2029-10-16 2030-10-05 2031-10-24",
    "laba": "2026-01-26 2027-01-15 2028-01-04 2029-01-22 2030-01-11 2031-01-01 2032-01-20",
}
"""The lunar festivals of lunar 2025 to 2031, as three other programs reckoned them."""


def _plan(day: str) -> Plan:
    return parse(PACK.format(day=day).encode(), "policies/ours.yaml").plans[0]


def _codes(text: str) -> list[str]:
    with pytest.raises(BadPack) as bad:
        parse(text.encode(), "policies/ours.yaml")
    return [fault.code for fault in bad.value.faults]


def test_a_festival_is_a_lunar_or_a_solar_day() -> None:
    """One of the two, as people write it."""
    assert _plan("{lunar: 八月十五}").festival == Festival(lunar=LunarDay(8, 15))
    assert _plan("{solar: 10-01}").festival == Festival(solar=(10, 1))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("{lunar: 中秋}", "date"),
        ("{lunar: 八月三十一}", "date"),
        ("{solar: 02-30}", "date"),
        ("{solar: 2026-10-01}", "value"),
        ("{solar: 10-01, lunar: 八月十五}", "shape"),
        ("{}", "shape"),
        ("八月十五", "shape"),
        ("{on: 10-01}", "unknown-key"),
    ],
)
def test_what_is_no_day_of_every_year(day: str, code: str) -> None:
    """Each is a fault of the pack, with its line."""
    assert code in _codes(PACK.format(day=day))


def test_a_festival_needs_its_day_and_nothing_else_has_one() -> None:
    """Without it nobody knows when; after another event it would say nothing."""
    without = PACK.replace("  festival: {day}\n", "").format()
    assert _codes(without) == ["missing"]
    birthday = PACK.format(day="{lunar: 八月十五}").replace("after: festival", "after: birthday")
    assert _codes(birthday) == ["value"]


def test_what_is_a_customers_own_is_of_no_goods_and_comes_once() -> None:
    """A festival is nobody's goods, and has one time a year; needs go with customers' days alone."""
    text = PACK.format(day="{lunar: 八月十五}")
    assert _codes(text.replace("category: goods", "category: tv")) == ["value"]
    assert _codes(text.replace("[{days: 0}]", "[{days: 0}, {days: 1}]")) == ["shape"]
    assert _codes(text.replace("after: festival", "when: {needs: [tall]}\n  after: festival")) == ["choice"]
    other = text.replace("  festival: {lunar: 八月十五}\n", "").replace("after: festival", "after: sold")
    assert _codes(other.replace("after: sold", "when: {needs: [elderly]}\n  after: sold")) == ["value"]


def test_two_festivals_cannot_share_a_step() -> None:
    """Their promises would have one name in a year."""
    text = PACK.format(day="{lunar: 八月十五}")
    line = text[text.index("- id: day") :]
    both = text + line.replace("id: day", "id: eve").replace("八月十五", "腊月三十")
    found = rules([("policies/ours.yaml", both.encode())], country="CN", region="", named=[])
    assert [fault.code for fault in found.faults] == ["same-step"]


@pytest.mark.parametrize("step", KNOWN)
def test_the_festivals_that_ship_are_on_their_days(step: str) -> None:
    """Named by the lunar year, also where they fall into the next solar one."""
    plan = next(plan for pack in shipped() for plan in pack.plans if plan.step == step and plan.festival)
    days = [date.fromisoformat(day) for day in KNOWN[step].split()]
    assert plan.festival is not None
    assert plan.festival.days(days[0], days[-1]) == list(zip(range(2025, 2032), days, strict=True))


def test_nobody_is_congratulated_at_qingming() -> None:
    """It is a day of mourning: no pack that ships greets on 4 or 5 April, in any year."""
    festivals = [plan.festival for pack in shipped() for plan in pack.plans if plan.festival]
    found = {day for one in festivals for __, day in one.days(date(1990, 1, 1), date(2090, 1, 1))}
    assert not [day for day in found if (day.month, day.day) in {(4, 4), (4, 5), (4, 6)}]


@given(st.integers(1931, 2097))
def test_the_thirtieth_of_the_last_month_is_the_eve_of_the_new_year(year: int) -> None:
    """腊月三十 is the day before 正月初一, whether the month has 30 days or 29."""
    eve, new_year = Festival(lunar=LunarDay(12, 30)), Festival(lunar=LunarDay(1, 1))
    first, last = date(year, 1, 1), date(year, 12, 31)
    (__, first_day), *__rest = new_year.days(first, last)
    assert [(named, day) for named, day in eve.days(first, last) if day < first_day][-1] == (
        year - 1,
        date.fromordinal(first_day.toordinal() - 1),
    )
