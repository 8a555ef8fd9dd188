"""Scores and their cases as rows for machines, which depend on no language."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median
from typing import Any

from aftercare.answers.measures.beside import by_month, extremes
from aftercare.answers.measures.counting import Binding, Case, Per, Score
from aftercare.book.shelf import kind_of
from aftercare.plain.moments import iso

FIELDS = (
    "id", "kind", "law", "sort", "less", "from", "to", "per", "group", "good", "of", "value", "low", "high", "mean",
    "median", "least", "most", "parts", "told", "by_law", "plan", "why", "months", "lowest", "highest", "steady",
    "before", "change", "clear",
)  # fmt: skip
"""The fields of a score's row."""
CASE_FIELDS = (
    "id", "kind", "on", "good", "why", "amount", "part", "binds", "customer", "product", "channel", "person", "records",
)  # fmt: skip
"""The fields of a case's row."""
_BINDS = {"told": "told", "law": "by_law", "plan": "plan"}
_TENTH = Decimal("0.1")


def row(score: Score, per: Per | None = None) -> dict[str, Any]:
    """A score for machines: figures to a tenth as text, null where there is nothing to make one of."""
    measure, change = score.measure, score.change
    months = {month: _month(month, one) for month, one in by_month(score).items()}
    lowest, highest = extremes(score) or ("", "")
    binds = {name: tally._asdict() for name, tally in score.binds.items()}
    return {
        "id": measure.id,
        "kind": "score",
        "law": measure.law,
        "sort": measure.sort,
        "less": measure.less,
        **_period(score),
        "per": per,
        "group": score.group,
        **_figures(score),
        **_amounts(score),
        "parts": {name: tally._asdict() for name, tally in score.parts.items()},
        **{_BINDS[name]: binds.get(name) for name in Binding},
        "why": dict(score.whys),
        "months": list(months.values()),
        "lowest": months.get(lowest),
        "highest": months.get(highest),
        "steady": score.steady,
        "before": {**_period(score.before), **_figures(score.before)} if score.before else None,
        "change": str(change) if change is not None else None,
        "clear": score.is_clear,
    }


def _period(score: Score) -> dict[str, str | None]:
    """The days of a score; null where an end is open."""
    first, last = score.period
    return {
        "from": first.isoformat() if first != date.min else None,
        "to": last.isoformat() if last != date.max else None,
    }


def _figures(score: Score) -> dict[str, Any]:
    """The figure of a score, what it was made of, and how far chance reaches; only a share knows good cases."""
    reach = score.reach
    return {
        "good": score.good if score.measure.sort == "share" else None,
        "of": score.of,
        "value": _text(score.value),
        "low": per_cent(reach.low) if reach else None,
        "high": per_cent(reach.high) if reach else None,
    }


def _amounts(score: Score) -> dict[str, str | None]:
    """The mean, the middle and the ends of amounts, of days and grades."""
    amounts = score.amounts
    if not amounts:
        return dict.fromkeys(("mean", "median", "least", "most"))
    figures = {"mean": mean(amounts), "median": median(amounts), "least": amounts[0], "most": amounts[-1]}
    return {name: tenth(Decimal(value)) for name, value in figures.items()}


def _month(month: str, score: Score) -> dict[str, Any]:
    figures = _figures(score)
    return {"month": month, **{name: figures[name] for name in ("good", "of", "value")}}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def tenth(value: Decimal) -> str:
    """A figure to a tenth."""
    return str(value.quantize(_TENTH, ROUND_HALF_UP))


def per_cent(share: float) -> str:
    """A share of 1 in per cent, to a tenth."""
    return tenth(Decimal(str(share)) * 100)


def case_row(score: Score, case: Case) -> dict[str, Any]:
    """A case for machines; null for what it does not say."""
    is_share = score.measure.sort == "share"
    return {
        "id": case.id,
        "kind": "promise" if case.binds else kind_of(case.id) or None,
        "on": iso(case.on),
        "good": case.good if is_share else None,
        "why": (case.why or None) if is_share else None,
        "amount": str(case.amount) if case.amount is not None else None,
        "part": case.part or None,
        "binds": case.binds,
        "customer": case.customer or None,
        "product": case.product or None,
        "channel": case.channel or None,
        "person": case.person or None,
        "records": list(case.records),
    }
