"""What stands in a report: what is due, the figures of a period with the cases behind them, and some of it by time.

Nothing here is reckoned that another question answers: the figures are those of ``score``, the weeks those of
``balance``, the goods those of ``quality``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from aftercare.answers import quality
from aftercare.answers.balance import Line, balance
from aftercare.answers.due import due
from aftercare.answers.measures.all import scores
from aftercare.answers.measures.beside import by_month
from aftercare.answers.measures.counting import Facts, Score
from aftercare.answers.observed import Noted, Sold, observed
from aftercare.answers.period import Period, month_of, months_back
from aftercare.answers.promises import Promise
from aftercare.book.shelf import main_moment
from aftercare.plain.moments import Moment, day_of, days_after, in_order, is_late
from aftercare.records.complaint import Complaint
from aftercare.records.product import Product

T = TypeVar("T")
WEEKS, MONTHS = 12, 12
"""How far back the weeks and the months of a report go."""


class Week(NamedTuple):
    """A week from Monday to Sunday: the promises made in it, each in its state now, and their balance."""

    period: Period
    line: Line
    promises: Sequence[Promise]

    @property
    def name(self) -> str:
        """The week by its number, as ``2026-W47`` (ISO 8601)."""
        year, week, __ = self.period.first.isocalendar()
        return f"{year}-W{week:02}"


class Goods(NamedTuple):
    """A product: its line of the quality file, the faults that it counts, and the units sold up to then."""

    line: quality.Line
    product: Product
    faults: Sequence[Noted]
    sold: Sequence[Sold]


class Grievances(NamedTuple):
    """A month: the complaints that came in, and those that were resolved for the first time."""

    month: str
    received: Sequence[Complaint]
    resolved: Sequence[Complaint]


@dataclass(frozen=True)
class Report:
    """All that stands in a report of a period."""

    facts: Facts
    period: Period
    due: Sequence[Promise]
    scores: Mapping[str, Score]
    weeks: Sequence[Week]
    goods: Sequence[Goods]
    complaints: Sequence[Grievances]

    @property
    def last(self) -> date:
        """The last day of the period that is known: of one that is not over, today."""
        return min(self.period.last, day_of(self.facts.now))

    @property
    def is_ahead(self) -> bool:
        """Whether all of the period lies after today, so that nothing of it can be known."""
        return self.last < self.period.first


def last_year(today: date) -> Period:
    """The month that it is, as far as it has come, and the eleven before it."""
    return Period(_months(today)[0].first, today)


def report_of(facts: Facts, period: Period) -> Report:
    """The report of a period up to today; what lies after today is in none of it, goods that were sold before it too.

    The weeks are the last ones up to its end, or to today.
    """
    known = Period(period.first, min(period.last, day_of(facts.now)))
    return Report(
        facts=facts,
        period=period,
        due=due(facts.ledger, facts.now),
        scores={score.measure.id: score for score in scores(facts, period, compare=_is_comparable(facts, period))},
        weeks=_weeks(facts, known.last),
        goods=_goods(facts, known) if known.first <= known.last else [],
        complaints=list(_complaints(facts, known)) if known.first <= known.last else [],
    )


def _is_comparable(facts: Facts, period: Period) -> bool:
    """Whether the book was kept all through the period before: a change against its first few days is none."""
    before = period.before()
    days = (at for record in facts.shelf.records.values() if (at := main_moment(record)) is not None)
    first = min(map(day_of, days), default=None)
    return before is not None and first is not None and first <= before.first


def months_of(score: Score) -> Mapping[str, Score]:
    """A figure month by month, the last ones of its period in which there was a case."""
    return dict(list(by_month(score).items())[-MONTHS:])


def _weeks(facts: Facts, last: date) -> list[Week]:
    """The last weeks up to a day, the earliest first, those in which nothing was promised too."""
    made: dict[date, list[Promise]] = defaultdict(list)
    for promise in facts.ledger.promises:
        if not is_late(promise.draft.made_on, facts.now):
            made[_monday(day_of(promise.draft.made_on))].append(promise)
    this = _monday(last)
    mondays = [days_after(this, -7 * back) for back in range(WEEKS - 1, -1, -1)]
    return [_week(Period(monday, days_after(monday, 6)), made[monday]) for monday in dict.fromkeys(mondays)]


def _monday(day: date) -> date:
    return days_after(day, -day.weekday())


def _week(period: Period, promises: Sequence[Promise]) -> Week:
    ordered = sorted(promises, key=lambda one: (in_order(one.draft.made_on), one.id))
    return Week(period, balance(ordered, "what", period.first, period.last)[-1], ordered)


def _goods(facts: Facts, period: Period) -> list[Goods]:
    """The products that were sold or of which a fault was noted, as ``quality`` lists them."""
    products = {product.id: product for product in facts.shelf.of(Product)}
    file = observed(facts.shelf, products)
    asked = quality.Asked("product", period.first, period.last, products)
    noted = (one for one in quality.within(file, period.first, period.last) if one.what == "fault")
    faults = _apart(noted, lambda one: one.product)
    sold = _apart((one for one in file.sold.values() if day_of(one.on) <= period.last), lambda one: one.product)
    return [
        Goods(
            line,
            products[line.group],
            faults[line.group],
            sorted(sold[line.group], key=lambda one: (in_order(one.on), one.unit)),
        )
        for line in quality.quality(file, asked)
        if line.group is not None and (line.sold or line.faults)
    ]


def _apart(found: Iterable[T], group: Callable[[T], str]) -> Mapping[str, list[T]]:
    """Things by their groups, each group in the order in which they came; of any other none."""
    apart: dict[str, list[T]] = defaultdict(list)
    for one in found:
        apart[group(one)].append(one)
    return apart


def _complaints(facts: Facts, period: Period) -> Iterator[Grievances]:
    """The last months of the period, those without a complaint too; of a month in it only the days that it holds."""
    received = _by_month(facts, period, lambda one: one.received_at)
    resolved = _by_month(facts, period, _solved)
    for first, last in _months(period.last):
        if last >= period.first:
            month = month_of(first)
            yield Grievances(month, received[month], resolved[month])


def _months(last: date) -> list[Period]:
    """The last months up to a day; before the first one of the calendar there is none."""
    return list(months_back(last, min(MONTHS, 12 * (last.year - 1) + last.month)))


def _solved(complaint: Complaint) -> Moment | None:
    """When a complaint was resolved for the first time."""
    return min((one.at for one in complaint.resolved), key=in_order, default=None)


def _by_month(
    facts: Facts, period: Period, when: Callable[[Complaint], Moment | None]
) -> Mapping[str, list[Complaint]]:
    found: dict[str, list[Complaint]] = defaultdict(list)
    for complaint in sorted(facts.shelf.of(Complaint), key=lambda one: one.id):
        at = when(complaint)
        if at is not None and period.holds(at) and not is_late(at, facts.now):
            found[month_of(at)].append(complaint)
    return found
