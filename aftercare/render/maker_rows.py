"""A report to a maker for machines: no language, no terminal, no width."""

from __future__ import annotations

from datetime import date
from typing import Any

from aftercare.answers.dangers import Danger
from aftercare.answers.first_faults import MONTHS
from aftercare.answers.maker_report import Fault, Grievance, MakerReport, OfProduct, Wished
from aftercare.answers.near_the_end import Aged
from aftercare.answers.quality import Line, rate
from aftercare.answers.survival import Mark
from aftercare.answers.told_maker import Told
from aftercare.plain.moments import Moment, iso
from aftercare.render.rows import Row


def maker_row(found: MakerReport) -> dict[str, Any]:
    """The whole report as one object."""
    return {
        "maker": found.maker,
        "shop": found.shop.name,
        "on": iso(found.on),
        "from": None if found.first == date.min else found.first.isoformat(),
        "to": found.last.isoformat(),
        "dangers": [_danger(one) for one in found.dangers],
        "products": [_product(one, has_begun=found.first <= found.last) for one in found.products],
    }


def _danger(one: Danger) -> Row:
    return {
        "id": one.records[0],
        "records": one.records,
        "what": one.kind,
        "on": iso(one.on),
        "product": one.product,
        **_thing(one.unit, one.serial, one.batch),
        "component": one.component or None,
        "words": [words for words in one.words if words],
        "cause": one.cause or None,
        "made_safe": _iso(one.made_safe),
        "told_maker": _iso(one.told),
    }


def _product(one: OfProduct, *, has_begun: bool) -> Row:
    """A product's part; in a time that has not begun nothing could fail, and there are no rates."""

    def figures(line: Line) -> dict[str, Any]:
        return _figures(line) if has_begun else {**_figures(line), "rate": None}

    return {
        "id": one.product.id,
        "kind": "product",
        "name": one.product.name,
        "model": one.product.model,
        **figures(one.total),
        **_against_time(one),
        "survival": [_mark(months, mark) for months, mark in zip(MONTHS, one.lasting, strict=False)],
        "components": [{"component": line.group, **figures(line)} for line in one.components],
        "batches": [{"batch": line.group, **figures(line)} for line in one.batches],
        "faults_noted": [_fault(row) for row in one.faults],
        "came_back": [
            {
                "id": row.claim,
                "on": iso(row.on),
                "unit": row.unit,
                "serial": row.serial or None,
                "component": row.component or None,
                "words": row.words or None,
            }
            for row in one.came_back
        ],
        "complaints_noted": [_complaint(row) for row in one.complaints],
        "told_maker": [_told(row) for row in one.told],
        "themes": [
            {"theme": row.theme, "in_all": row.total, **dict(zip(one.themes.columns, row.counts, strict=True))}
            for row in one.themes.rows
        ],
        "wishes_noted": [_wish(row) for row in one.wishes],
        "near_end": [_aged(row) for row in one.near_end],
        "gone": [_aged(row) for row in one.gone],
    }


def _against_time(one: OfProduct) -> dict[str, Any]:
    """Faults for every hundred unit-months, with the ends of the interval, as the quality file has them."""
    figures = [round(figure, 2) for figure in one.rate] if one.rate else [None] * 3
    named = zip(("per_100_unit_months", "low", "high"), figures, strict=True)
    return {"unit_months": round(one.unit_months, 2), **dict(named)}


def _mark(months: int, mark: Mark) -> Row:
    """A share in percent, as a rate is."""
    ends = {"without_fault": mark.surviving, "low": mark.low, "high": mark.high}
    shares = {name: None if end is None else round(100 * end, 1) for name, end in ends.items()}
    return {"months": months, "day": mark.day, "at_risk": mark.at_risk, "failed": mark.failed, **shares}


def _figures(line: Line) -> dict[str, Any]:
    figures = line._asdict()
    del figures["group"]
    found = rate(line.faults, line.sold)
    return {"rate": float(found) if found is not None else None, **figures}


def _thing(unit: str, serial: str, batch: str) -> dict[str, Any]:
    return {"unit": unit or None, "serial": serial or None, "batch": batch or None}


def _fault(row: Fault) -> Row:
    return {
        "id": row.claim,
        "on": iso(row.on),
        **_thing(row.unit, row.serial, row.batch),
        "months": row.months,
        "component": row.component or None,
        "symptom": row.symptom or None,
        "cause": row.cause or None,
        "severity": row.severity or None,
    }


def _complaint(row: Grievance) -> Row:
    return {
        "id": row.id,
        "on": iso(row.on),
        "unit": row.unit or None,
        "serial": row.serial or None,
        "words": row.words,
        "cause": row.cause or None,
        "fault": row.fault or None,
        "stage": row.stage,
    }


def _told(row: Told) -> Row:
    return {
        "record": row.record,
        "on": iso(row.on),
        "what": row.what or None,
        "answer": row.answer or None,
        "answered_on": _iso(row.answered_on),
        "waits": row.waits,
    }


def _wish(row: Wished) -> Row:
    return {
        "id": row.id,
        "on": iso(row.on),
        "nature": row.nature,
        "theme": row.theme or None,
        "words": row.words,
        "stage": row.standing.stage,
        "since": iso(row.standing.since),
        "new": row.is_new,
        "waits": row.waits,
        "answer": row.answer or None,
        "taken_up": row.taken_up,
    }


def _aged(row: Aged) -> Row:
    ending = row.ending
    return {
        "id": row.unit,
        **_thing(row.unit, row.serial, row.batch),
        "since": iso(row.since),
        "on": iso(row.on),
        "months": row.months,
        "faults": row.faults,
        "ends": ending.on.isoformat() if ending else None,
        "ends_by": ending.what if ending else None,
        "part": (ending.part or None) if ending else None,
        "reason": row.reason or None,
    }


def _iso(moment: Moment | None) -> str | None:
    return iso(moment) if moment else None
