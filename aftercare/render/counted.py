"""What a report counts by week, by month and by kind: the charts, and the tables that say the same in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers import quality
from aftercare.answers.balance import Line
from aftercare.answers.measures.counting import Score
from aftercare.answers.reporting import Goods, Report, months_of
from aftercare.language import N_, _
from aftercare.render import charts, measures
from aftercare.render.behind import anchor
from aftercare.render.figures import Link, value_of
from aftercare.render.score_words import parts_of

STATES = (
    ("kept", N_("kept")),
    ("late", N_("kept late")),
    ("broken", N_("broken")),
    ("open", N_("open")),
    ("gone", N_("owed no more")),
)
"""What a week's promises became, as the chart stacks them; the last are those released and void."""


class Table(NamedTuple):
    """Rows of numbers under titles; the first cell of a row is its head, ``shares`` the lengths of bars beside them."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Link]]
    shares: Sequence[str] = ()


def _numbered(count: int, *place: str) -> Link:
    """A number that leads to what it counts; nought leads nowhere."""
    return Link(str(count), f"#{anchor(*place)}" if count else "")


def weeks(report: Report) -> object:
    """The chart of the weeks; "" where nothing was promised in any of them."""
    counted = [_became(one.line) for one in report.weeks]
    most = max(map(sum, counted), default=0)
    if not most:
        return ""
    hrefs = [f"#{anchor('week', one.name)}" for one in report.weeks]
    return charts.stacked(
        charts.Chart(
            id="weeks",
            title=_("Promises by the week in which they were made"),
            about=_("Of each week how many were kept, kept late, broken, are open, or are owed no more."),
            labels=[one.name[5:] for one in report.weeks],
            series=[
                charts.Series(kind, [charts.Bar(of[n], href) for of, href in zip(counted, hrefs, strict=True)])
                for n, (kind, __) in enumerate(STATES)
            ],
            most=most,
        )
    )


def _became(line: Line) -> tuple[int, ...]:
    return (line.kept, line.kept_late, line.broken, line.open, line.released + line.void)


def _month(month: str) -> str:
    """A month as it stands under a bar, as short as it can be said."""
    year, __, number = month.partition("-")
    return _("{month}/{year}").format(month=int(number), year=year[-2:])


def week_table(report: Report) -> Table:
    """The weeks in numbers."""
    rows = []
    for week in report.weeks:
        numbers = (week.line.made, *_became(week.line))
        name = _("{week}, from {day}").format(week=week.name, day=week.period.first.isoformat())
        rows.append([Link(name), *(_numbered(number, "week", week.name) for number in numbers)])
    heads = [_("Week"), _("made"), *(_(said) for __, said in STATES)]
    return Table(_("Promises made in each week, and what became of them"), heads, rows)


def delivered(report: Report) -> object:
    """The chart of deliveries by month; "" where there was none."""
    months = _delivered_months(report)
    if not months:
        return ""
    found = [(one, f"#{anchor('figure', 'on_time_in_full', month)}") for month, one in months.items()]
    return charts.stacked(
        charts.Chart(
            id="delivered",
            title=_("Deliveries by month"),
            about=_("Of each month how many sales were delivered on time in full, and how many were not."),
            labels=[_month(month) for month in months],
            series=[
                charts.Series("kept", [charts.Bar(one.good, href) for one, href in found]),
                charts.Series("late", [charts.Bar(one.of - one.good, href) for one, href in found]),
            ],
            most=max(one.of for one in months.values()),
        )
    )


def _delivered_months(report: Report) -> Mapping[str, Score]:
    score = report.scores.get("on_time_in_full")
    return months_of(score) if score else {}


def delivered_table(report: Report) -> Table:
    """The months of deliveries in numbers."""
    rows = []
    for month, one in _delivered_months(report).items():
        place = f"#{anchor('figure', 'on_time_in_full', month)}"
        numbers = (value_of(one), str(one.good), str(one.of))
        rows.append([Link(month), *(Link(number, place) for number in numbers)])
    heads = [_("Month"), _("on time in full"), _("good"), _("sales delivered")]
    return Table(_("Sales delivered on time in full, by month"), heads, rows)


def spread(report: Report, measure: str, head: str, caption: str) -> Table | None:
    """How many cases of each kind, with bars; None where the figure is not counted or has no case."""
    score = report.scores.get(measure)
    if score is None or not score.of:
        return None
    rows = [
        [Link(measures.part(score.measure, name)), _numbered(tally.of, "figure", measure, name)]
        for name, tally in parts_of(score)
    ]
    most = max(tally.of for tally in score.parts.values())
    shares = [f"{100 * tally.of / most:.0f}" for __, tally in parts_of(score)]
    return Table(caption, [head, _("cases")], rows, shares)


def goods(report: Report) -> Table | None:
    """The products with their faults and the units sold; None where nothing was sold."""
    if not report.goods:
        return None
    rates = [quality.rate(one.line.faults, one.line.sold) for one in report.goods]
    rows = [_of_goods(one, rate) for one, rate in zip(report.goods, rates, strict=True)]
    most = max((rate for rate in rates if rate), default=Decimal(0))
    shares = [f"{100 * rate / most:.0f}" if rate and most else "0" for rate in rates]
    heads = [_("Product"), _("faults"), _("units sold"), _("of a hundred units")]
    return Table(_("Faults of the period, and the units sold up to its end"), heads, rows, shares)


def _of_goods(goods: Goods, rate: Decimal | None) -> list[Link]:
    product, line = goods.product, goods.line
    faults = _numbered(line.faults, "faults", product.id)
    said = _("too few to say") if rate is None else f"{rate:f} %"
    name = " ".join(filter(None, (product.name, product.model)))
    return [Link(name), faults, _numbered(line.sold, "sold", product.id), Link(said, faults.href)]


def complaints(report: Report) -> object:
    """The chart of complaints by month; "" where there was none."""
    most = max((max(len(one.received), len(one.resolved)) for one in report.complaints), default=0)
    if not most:
        return ""
    return charts.beside(
        charts.Chart(
            id="complaints-by-month",
            title=_("Complaints by month"),
            about=_("Of each month how many came in, and how many were resolved for the first time."),
            labels=[_month(one.month) for one in report.complaints],
            series=[
                charts.Series(
                    "open",
                    [charts.Bar(len(one.received), f"#{anchor('received', one.month)}") for one in report.complaints],
                ),
                charts.Series(
                    "kept",
                    [charts.Bar(len(one.resolved), f"#{anchor('resolved', one.month)}") for one in report.complaints],
                ),
            ],
            most=most,
        )
    )


def complaint_table(report: Report) -> Table:
    """The months of complaints in numbers."""
    rows = [
        [
            Link(one.month),
            _numbered(len(one.received), "received", one.month),
            _numbered(len(one.resolved), "resolved", one.month),
        ]
        for one in report.complaints
    ]
    return Table(_("Complaints received and resolved, by month"), [_("Month"), _("came in"), _("resolved")], rows)
