"""The figures of a report to a maker, in the pieces that its chapters are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from aftercare.answers.in_service import Rate
from aftercare.answers.maker_report import OfProduct
from aftercare.answers.quality import Line, rate
from aftercare.answers.survival import Mark
from aftercare.language import _, plural
from aftercare.render.page import Fact
from aftercare.render.quality import share


class Piece(NamedTuple):
    """A piece of a chapter: a sentence, facts, or a table; what is empty is not shown."""

    title: str
    said: str = ""
    facts: Sequence[Fact] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    is_grave: bool = False
    """It is to be read before all others."""


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Piece:
    """A table without the columns in which nothing stands."""
    lines = list(rows)
    kept = [place for place in range(len(columns)) if any(line[place] for line in lines)]
    return Piece(
        title, columns=[columns[place] for place in kept], rows=[[line[place] for place in kept] for line in lines]
    )


def figure(count: int) -> str:
    """A count for a cell; nothing for none."""
    return str(count) if count else ""


def share_of(line: Line) -> str:
    """Faults of units sold, with their rate where there are enough units to speak of one."""
    found = rate(line.faults, line.sold)
    return share({"faults": line.faults, "sold": line.sold, "rate": float(found) if found is not None else None})


def months(count: int) -> str:
    """So many months, in words."""
    return plural("{count} month", "{count} months", count).format(count=count)


def figures(one: OfProduct) -> Iterator[Fact]:
    """What was counted of a product, but for what there was none of."""
    total = one.total
    yield Fact(_("Units sold"), str(total.sold))
    yield Fact(_("In service"), str(total.in_service))
    yield Fact(_("Faults of units sold"), share_of(total))
    if one.rate and total.faults:
        yield Fact(_("Faults for every 100 unit-months in service"), _reach(one.rate))
    for title, count in (
        (_("Seen on visits"), total.seen),
        (_("No fault found"), total.no_fault),
        (_("Repairs"), total.repairs),
        (_("Of the same fault again"), total.repeat_repairs),
        (_("Exchanges"), total.exchanges),
        (_("Came back"), total.returns),
        (_("Paid back"), total.refunds),
        (_("Out of goodwill"), total.goodwill),
        (_("Complaints"), total.complaints),
        (_("Wishes"), total.wishes),
    ):
        if count:
            yield Fact(title, str(count))


def _reach(rate: Rate) -> str:
    return _("{rate} (95 %: {low} to {high})").format(
        rate=f"{rate.faults:.1f}", low=f"{rate.low:.1f}", high=f"{rate.high:.1f}"
    )


def lasting(one: OfProduct) -> Piece:
    """What share had no fault after some months, of those times for which anything was looked at long enough."""
    columns = [_("after"), _("observed that long"), _("still without a fault")]
    rows = [
        [months(round(mark.day * 12 / 365.25)), str(mark.at_risk), _still(mark)]
        for mark in one.lasting
        if mark.surviving is not None and mark.at_risk
    ]
    return table(_("How long they last without a fault"), columns, rows)


def _still(mark: Mark) -> str:
    ends = (f"{100 * (end or 0):.0f}" for end in (mark.surviving, mark.low, mark.high))
    return _("{share} % (95 %: {low} to {high})").format(**dict(zip(("share", "low", "high"), ends, strict=True)))


def groups(one: OfProduct) -> Iterator[Piece]:
    """Faults by part and by batch, where any is named."""
    for title, lines in ((_("part"), one.components), (_("batch"), one.batches)):
        if any(line.group for line in lines):
            heading = _("By part") if lines is one.components else _("By batch")
            columns = [title, _("faults of units sold"), _("seen on visits")]
            rows = [[line.group or _("not said"), share_of(line), figure(line.seen)] for line in lines]
            yield table(heading, columns, rows)
