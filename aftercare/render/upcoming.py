"""What changes in the rules, as rows and as columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from aftercare.answers.upcoming import Change
from aftercare.language import N_, _, current, plural
from aftercare.plain.moments import Span
from aftercare.policies.benefits import Limit
from aftercare.policies.windows import Length
from aftercare.render.benefits import often
from aftercare.render.grants import length
from aftercare.render.rows import Column, Row
from aftercare.render.spans import in_words, span_of

HEADER = ("id", "kind", "what", "on", "days", "pack", "title", "before", "after")
_WHAT = {
    "begins": N_("comes into force"),
    "ends": N_("last day in force"),
    "ended": N_("is no longer in force"),
    "figure": N_("figure"),
}


def row(change: Change, today: date) -> Row:
    """One change for machines; a figure is a length like ``{"days": 7}``, a list of them, a number, or null."""
    return {
        "id": change.name if "/" in change.name or change.kind == "pack" else f"{change.pack}/{change.name}",
        "kind": change.kind,
        "what": change.what,
        "on": change.on.isoformat(),
        "days": (change.on - today).days,
        "pack": change.pack,
        "title": change.title._asdict() if change.title else None,
        "before": _figure(change.before),
        "after": _figure(change.after),
    }


def columns() -> list[Column]:
    """The columns of the table."""
    return [
        Column("on", N_("day")),
        Column("days", N_("in"), _in_days),
        Column("id", N_("what of")),
        Column("title", N_("title"), lambda title: title[current()] if title else ""),
        Column("what", N_("what changes"), lambda what: _(_WHAT[what])),
        Column("before", N_("so far"), _in_words),
        Column("after", N_("from then on"), _in_words),
    ]


def _figure(figure: Any) -> Any:
    match figure:
        case Length() if figure.column:
            return {figure.unit: {"goods": figure.column}}
        case Length() if figure.fact:
            return {figure.unit: {"fact": figure.fact}}
        case Length():
            return {figure.unit: figure.count}
        case Limit():
            return figure._asdict()
        case Span():
            return span_of(figure)
        case tuple():
            return [span_of(span) for span in figure]
        case Decimal():
            return format(figure, "f")
        case _:
            return None


def _in_words(figure: Any) -> str:
    """A figure of a row in words."""
    if isinstance(figure, list):
        return _(", ").join(map(in_words, figure))
    if isinstance(figure, Mapping) and "per" in figure:
        return often(dict(figure))
    if isinstance(figure, Mapping):
        ((unit, count),) = figure.items()
        if isinstance(count, Mapping):
            return _("as its table or its papers say")
        return length(f"{count} {unit}") if unit != "hours" else in_words({unit: count})
    return str(figure or "")


def _in_days(days: int) -> str:
    if days < 0:
        return plural("{count} day ago", "{count} days ago", -days).format(count=-days)
    return plural("{count} day", "{count} days", days).format(count=days) if days else _("today")
