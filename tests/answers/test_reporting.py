"""What a report is made of: its period, its weeks and its months."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from aftercare.answers.balance import balance
from aftercare.answers.measures.counting import Facts, percent
from aftercare.answers.period import Period
from aftercare.answers.reporting import MONTHS, WEEKS, last_year, months_of, report_of
from aftercare.commands.measuring import facts_of
from aftercare.commands.session import Session
from aftercare.records.complaint import Complaint

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The sample shop's."""
    return facts_of(Session(folder=str(DATA), today=TODAY.isoformat()))[1]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 20), date(2025, 12, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(1, 3, 31), date(1, 1, 1)),
        (date(9999, 12, 31), date(9999, 1, 1)),
    ],
)
def test_a_report_is_of_the_last_twelve_months(today: date, first: date) -> None:
    """Whole months but for this one, so that no month of the trend is cut; nothing before the calendar begins."""
    assert last_year(today) == Period(first, today)


def test_the_weeks_are_the_balance_of_their_days(facts: Facts) -> None:
    """Twelve, from Monday to Sunday, the last one that of today; each adds up by itself."""
    weeks = report_of(facts, last_year(TODAY)).weeks
    assert len(weeks) == WEEKS
    assert weeks[-1].period.holds(TODAY)
    assert weeks[-1].name == "2026-W47"
    for week in weeks:
        assert week.period.first.weekday() == 0
        assert (week.period.last - week.period.first).days == 6
        assert week.line == balance(facts.ledger.promises, "what", *week.period)[-1]
        assert week.line.made == len(week.promises)
    assert weeks[-1].line.made > 10


def test_the_first_week_of_a_year_may_belong_to_the_one_before(facts: Facts) -> None:
    """ISO 8601: 1 January 2027 is a Friday of week 53 of 2026."""
    weeks = report_of(facts, Period(date(2026, 1, 1), date(2027, 1, 1))).weeks
    assert weeks[-1].name == "2026-W47"  # today, which is before
    early = report_of(facts, Period(date(2020, 1, 1), date(2021, 1, 1))).weeks
    assert early[-1].name == "2020-W53"


def test_months_share_out_the_cases_of_a_figure(facts: Facts) -> None:
    """Each case is in one month, and a month's figure is made of its cases alone."""
    score = report_of(facts, last_year(TODAY)).scores["L2"]
    months = months_of(score)
    assert sum(one.of for one in months) == score.of
    assert [one.group for one in months] == sorted({str(one.group) for one in months})
    assert all(one.value == percent(one.good, one.of) for one in months)
    assert len(months_of(report_of(facts, Period(date.min, date.max)).scores["promises_kept"])) <= MONTHS


def test_complaints_are_counted_on_their_days(facts: Facts) -> None:
    """What was received in a month, and what was resolved in it for the first time; empty months are there too."""
    months = report_of(facts, last_year(TODAY)).complaints
    assert [one.month for one in months][:2] == ["2025-12", "2026-01"]
    assert len(months) == MONTHS
    received = Counter(f"{one.received_at:%Y-%m}" for one in facts.shelf.of(Complaint))
    assert {one.month: len(one.received) for one in months if one.received} == dict(received)
    solved = [one.id for month in months for one in month.resolved]
    assert len(solved) == len(set(solved)) > 0


def test_a_shorter_period_has_only_its_own_months(facts: Facts) -> None:
    """The complaints of August are none of the third quarter's September."""
    report = report_of(facts, Period(date(2026, 9, 1), date(2026, 9, 30)))
    assert [one.month for one in report.complaints] == ["2026-09"]
    assert all(day.faults == [] or all(one.on.month == 9 for one in day.faults) for day in report.goods)
