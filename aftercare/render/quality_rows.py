"""The quality file as rows for machines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aftercare.answers import quality as answers
from aftercare.answers.by_age import Age, age_at
from aftercare.answers.first_faults import MONTHS, lives, still_without_fault
from aftercare.answers.in_service import fault_rate
from aftercare.answers.observed import Noted, Observed
from aftercare.answers.survival import Life, product_limit
from aftercare.answers.voices import Theme
from aftercare.answers.weibull import Curve
from aftercare.book.shelf import kind_of
from aftercare.plain.moments import Moment, iso
from aftercare.records.product import Product
from aftercare.render.rows import Row

RECORD_FIELDS = ("id", "kind", "what", "on", "group", "product", "unit", "batch", "component", "cause", "words")
"""The fields of a record's row, for the header of a CSV without rows."""
WORDS_FIELDS = ("id", "product", "theme", "count", "kinds", "first", "last", "words")
"""The fields of the row of a theme."""


def lines(file: Observed, asked: answers.Asked) -> list[Row]:
    """The lines of the file as rows: each is known by its group; the total has none."""
    months = answers.unit_months(file, asked)
    return [_line(line, asked, months(line.group)) for line in answers.quality(file, asked)]


def _line(line: answers.Line, asked: answers.Asked, months: float) -> Row:
    """A line; in a time that has not begun nothing could fail, and there is no rate."""
    figures = line._asdict()
    group = figures.pop("group")
    share = answers.rate(line.faults, line.sold) if asked.has_begun else None
    named = {"id": group, asked.per: group, "rate": float(share) if share is not None else None}
    return {**named, **figures, **_against_time(line.faults, months)}


def _against_time(faults: int, months: float) -> dict[str, Any]:
    """Faults for every hundred unit-months, with the ends of the interval; None of too little time."""
    found = fault_rate(faults, months)
    figures = [round(figure, 2) for figure in found] if found else [None] * 3
    return {"unit_months": round(months, 2), **dict(zip(("per_100_unit_months", "low", "high"), figures, strict=True))}


def ages(found: Iterable[Age]) -> list[Row]:
    """The months of life as rows."""
    rows: list[Row] = []
    for one in found:
        share = answers.rate(one.faults, one.reached)
        rows.append(
            {
                "id": str(one.age) if one.age is not None else None,
                "age": one.age,
                "rate": float(share) if share is not None else None,
                "faults": one.faults,
                "reached": one.reached,
                **_against_time(one.faults, one.unit_months),
            }
        )
    return rows


def records(file: Observed, asked: answers.Asked) -> list[Row]:
    """What was noted, each with the line that it is counted in."""
    group = answers.grouping(file, asked)
    return [_record(one, group(one)) for one in answers.within(file, asked.first, asked.last)]


def faults_by_age(file: Observed, asked: answers.Asked) -> list[Row]:
    """The faults, each with the month of life that it is counted in."""
    noted = answers.within(file, asked.first, asked.last)
    return [_record(one, str(age_at(file, one))) for one in noted if one.what == "fault"]


def _record(one: Noted, group: str) -> Row:
    return {
        "id": one.id,
        "kind": kind_of(one.id),
        "what": one.what,
        "on": iso(one.on),
        "group": group,
        "product": one.product,
        "unit": one.unit or None,
        "batch": one.batch or None,
        "component": one.component or None,
        "cause": one.cause or None,
        "words": one.words or None,
    }


def words(themes: Iterable[Theme]) -> list[Row]:
    """What customers said, a row for each product and theme, its words the latest first."""
    return [
        {
            "id": one.product,
            "product": one.product,
            "theme": one.theme,
            "count": len(one.said),
            "kinds": one.kinds,
            "first": iso(one.said[-1].on),
            "last": iso(one.said[0].on),
            "words": [{"id": said.id, "kind": said.kind, "on": iso(said.on), "words": said.words} for said in one.said],
        }
        for one in themes
    ]


def page(file: Observed, asked: answers.Asked, batches: answers.Asked, product: Product, *, whole: bool) -> Row:
    """A product's file, by part as *asked* and by batch; *whole* where no period was asked for."""
    *components, total = lines(file, asked)
    return {
        "id": product.id,
        "kind": "product",
        "name": product.name,
        "model": product.model,
        "maker": product.maker,
        "from": None if whole else asked.first.isoformat(),
        "to": None if whole else asked.last.isoformat(),
        **{name: value for name, value in total.items() if name not in {"id", "component"}},
        "components": components,
        "batches": lines(file, batches)[:-1],
        **_lasting(lives(file, asked.last)),
        "told_maker": _told_maker(product, file, asked),
        "records": records(file, asked),
    }


def _lasting(some: list[Life]) -> dict[str, list[Row]]:
    """How long units lasted without a fault: after some months, and on every day on which one failed."""
    marks: list[Row] = [
        {
            "months": months,
            "day": mark.day,
            "at_risk": mark.at_risk,
            "failed": mark.failed,
            "without_fault": _percent(mark.surviving),
            "low": _percent(mark.low),
            "high": _percent(mark.high),
        }
        for months, mark in zip(MONTHS, still_without_fault(some), strict=True)
    ]
    steps: list[Row] = [
        {
            "day": step.day,
            "at_risk": step.at_risk,
            "failed": step.failed,
            "without_fault": _percent(step.surviving),
            "low": _percent(step.low),
            "high": _percent(step.high),
        }
        for step in product_limit(some)
    ]
    return {"survival": marks, "first_faults": steps}


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def fit(found: Curve | None) -> Row | None:
    """The curve through the first faults."""
    if found is None:
        return None
    figures = found._asdict()
    shape = {name: round(value, 2) for name, value in figures.items() if name.startswith("shape")}
    days = {name: round(value) for name, value in figures.items() if name.startswith("days")}
    return {**shape, **days, "means": found.means}


def _told_maker(product: Product, file: Observed, asked: answers.Asked) -> list[Row]:
    """What the maker was told about the product, and under claims about its units, the earliest first."""
    rows = [_told(product.id, one.on, one.what, one.by, one.answer, one.answered_on) for one in product.told_maker]
    rows += [_told(claim, deed.at, deed.how, deed.by) for claim, deed in file.told]
    first, last = asked.first.isoformat(), asked.last.isoformat()
    return sorted((row for row in rows if first <= row["on"][:10] <= last), key=lambda row: str(row["on"]))


def _told(
    record: str,
    on: Moment,
    what: str | None,
    by: str | None,
    answer: str | None = None,
    answered_on: Moment | None = None,
) -> Row:
    answered = iso(answered_on) if answered_on else None
    return {"record": record, "on": iso(on), "what": what, "by": by, "answer": answer, "answered_on": answered}
