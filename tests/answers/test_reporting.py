"""What a report is made of: its period, its weeks and its months."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from aftercare.answers.balance import balance
from aftercare.answers.measures.counting import Facts, percent
from aftercare.answers.period import Period, month_of
from aftercare.answers.reporting import MONTHS, WEEKS, Grievances, last_year, months_of, report_of
from aftercare.commands.measuring import facts_of
from aftercare.commands.session import Session
from aftercare.plain.moments import Moment, day_of, days_after, in_order, is_late
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
    assert sum(one.of for one in months.values()) == score.of
    assert list(months) == sorted(months)
    assert all(one.value == percent(one.good, one.of) for one in months.values())
    assert all(month_of(case.on) == month for month, one in months.items() for case in one.cases)
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


def test_complaints_of_a_part_of_a_month_are_those_of_its_days(facts: Facts) -> None:
    """Every complaint of March stood in the report of one week of March, beside figures of that week alone."""
    days = Counter(day_of(one.received_at) for one in facts.shelf.of(Complaint))
    solved = {day_of(at) for month in report_of(facts, last_year(TODAY)).complaints for at in _solved_on(month)}
    assert len(days) > 3
    for day in {*days, *solved, *(days_after(day, 1) for day in days)}:
        months = report_of(facts, Period(day, day)).complaints
        assert sum(len(month.received) for month in months) == days[day]
        assert {day_of(at) for month in months for at in _solved_on(month)} == solved & {day}


def _solved_on(month: Grievances) -> list[Moment]:
    return [min((one.at for one in complaint.resolved), key=in_order) for complaint in month.resolved]


def test_of_what_lies_ahead_nothing_is_told(facts: Facts) -> None:
    """A year to come had a rate of faults, nought of the units sold so far: it would have passed for a good year."""
    for ahead in (Period(date(2027, 1, 1), date(2027, 12, 31)), Period(date(2026, 11, 21), date(2026, 11, 30))):
        report = report_of(facts, ahead)
        assert report.is_ahead
        assert (report.goods, report.complaints) == ([], [])
        assert [one.measure.id for one in report.scores.values() if one.of] == []
    begun = report_of(facts, Period(TODAY, date(2026, 11, 30)))
    assert (begun.is_ahead, begun.last) == (False, TODAY)
    assert begun.goods


def test_weeks_never_run_ahead(facts: Facts) -> None:
    """The weeks of a year to come were weeks in which nothing could be promised yet; the last ones known are shown."""
    for period in (Period(date(2027, 1, 1), date(2027, 12, 31)), Period(date(2026, 12, 1), date.max)):
        weeks = report_of(facts, period).weeks
        assert weeks[-1].name == "2026-W47"
        assert weeks == report_of(facts, last_year(TODAY)).weeks


def test_each_product_has_its_own_faults_and_sales(facts: Facts) -> None:
    """What stands behind a line is as much as it counts, each under the product that it is of."""
    goods = report_of(facts, last_year(TODAY)).goods
    assert sum(one.line.faults for one in goods) > 0
    for one in goods:
        assert len(one.faults) == one.line.faults
        assert sum(sold.pieces for sold in one.sold) == one.line.sold
        assert {found.product for found in one.faults} <= {one.product.id}
        assert {sold.product for sold in one.sold} <= {one.product.id}
        assert all(not is_late(sold.on, facts.now) for sold in one.sold)
