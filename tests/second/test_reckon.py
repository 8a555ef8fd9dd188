"""The second reckoning against the worked cases, and against the engine."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.policies.authoring.cases import read_cases
from aftercare.policies.authoring.trials import try_all
from aftercare.policies.load import shipped
from tests.second import reading, reckon
from tests.second.days import beginning_with, moved
from tests.second.reading import Case, cases

_HERE = Path(__file__).parent
_FILES = sorted((_HERE.parent / "cases").glob("*.yaml"))

# What cases expect and this program does not reckon, each with the reason.
OUT_OF_REACH: Mapping[str, str] = {
    "cn-2001-mobile repair_hold_days": "the law file has the thirty days for fixed phones, not for mobile ones",
    "eu.crd.told_late": "until when the right can still be told, the law file does not say",
    "footwear_1m": "the law file has the periods of shoes, not the month in which they are exchanged",
    "sd_burden_6m": "of Shandong the law file has art. 27 alone",
    "maker-*": "what a maker promises has no figure in a law",
    "service-*": "what a shop promises has no figure in a law",
    "sh_door_7d": "of Shanghai the law file has art. 33 alone",
    "sh_door_7d_2022": "of Shanghai the law file has art. 33 alone",
    "sh_repair_6m_2022": "of Shanghai the law file has one text, and does not say of which year",
    "tw.work_1y where the defect was concealed": "art. 500 of the Civil Code is not in the law file",
    "uk.cra.reject_replaced": "no period of the law: the most that the rest of the thirty days can be",
    "zj_used_car_60d": "of art. 27 and 28 the law file has new cars alone",
}


@cache
def _cases() -> tuple[Case, ...]:
    return tuple(case for file in _FILES for case in cases(file))


@cache
def _values() -> tuple[reckon.Value, ...]:
    return tuple(value for case in _cases() for value in reckon.values(case))


def test_every_value_agrees() -> None:
    """Ends, fees, amounts and days of repair of every worked case come out alike when reckoned a second time."""
    assert [value for value in _values() if not value.unreckoned and not value.agrees] == []


def test_what_is_out_of_reach_is_listed() -> None:
    """No value is passed over in silence, and nothing is listed that could be reckoned."""
    assert {value.unreckoned for value in _values() if value.unreckoned} == set(OUT_OF_REACH)


def test_it_stands_by_itself() -> None:
    """The program knows a case and the law file: it imports nothing of the tool that it checks."""
    imported = set()
    for file in _HERE.glob("*.py"):
        if file.name.startswith("test_"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            imported |= {*names, node.module or ""} if isinstance(node, ast.ImportFrom) else set(names)
    assert not [name for name in imported if name.startswith("aftercare")]
    assert {"yaml", "holidays"} <= imported


def _figures(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all numbers under a tree."""
    if isinstance(tree, dict | list):
        rows = tree.items() if isinstance(tree, dict) else enumerate(tree)
        return list(itertools.chain.from_iterable(_figures(value, (*path, key)) for key, value in rows))
    return [path] if isinstance(tree, int | float) and not isinstance(tree, bool) else []


@pytest.mark.parametrize(
    ("file", "case", "name", "place"),
    [
        ("cn", "S-01", "until replace_15d", ("regulations", "cn-1995-general", "windows", "replace_days", "value")),
        ("cn", "S-01", "fee refund_with_fee", ("products", "color_tv_crt", "rate")),
        (
            "cn",
            "CN-055",
            "until three_guarantees",
            ("regulations", "cn-2021-car", "windows", "three_guarantees", "months"),
        ),
        ("intl", "uk-01a", "until uk.cra.short_term_reject", ("UK", "uk.cra.short_term_reject", "window", "value")),
        (
            "intl",
            "qc-01",
            "until qc.good_working_order",
            ("CA-QC", "qc.good_working_order", "table_years", "refrigerator"),
        ),
    ],
)
def test_figures_are_read(
    monkeypatch: pytest.MonkeyPatch, file: str, case: str, name: str, place: tuple[str, ...]
) -> None:
    """A figure that changes in the law file changes the answer: it is typed nowhere else."""
    found = next(one for one in _cases() if one.raw["id"] == case)
    before = {value.name: value.reckoned for value in reckon.values(found)}
    changed = yaml.safe_load((_HERE / "law" / f"{file}.yaml").read_text(encoding="utf-8"))
    _change(changed["jurisdictions"] if file == "intl" else changed, place)
    law = reading.law
    monkeypatch.setattr(reading, "law", lambda which: changed if which == file else law(which))
    after = {value.name: value.reckoned for value in reckon.values(found)}
    assert before[name] != after[name]


def _change(tree: Any, place: tuple[str, ...]) -> None:
    """One more than the figure; a list is gone through by id or key, the rules of a place stand under ``rules``."""
    for at, key in enumerate(place):
        if isinstance(tree, dict) and key not in tree:
            tree = tree["rules"]
        if isinstance(tree, list):
            tree = next(one for one in tree if key in {one.get("id"), one.get("key")})
        elif at == len(place) - 1:
            tree[key] += 1
        else:
            tree = tree[key]


def test_every_figure_of_a_window_has_a_place() -> None:
    """The copy of the law keeps its figures as numbers, not as text that a reader would pass over."""
    for one in reading.law("cn")["regulations"]:
        for name, window in one.get("windows", {}).items():
            assert _figures(window), (one["id"], name)


@pytest.mark.parametrize(
    ("start", "value", "unit", "end"),
    [
        ("2026-06-01", 8, "day", "2026-06-08"),
        ("2026-01-10", 6, "month", "2026-07-09"),
        ("2025-08-31", 6, "month", "2026-02-28"),
        ("2026-03-01", 6, "month", "2026-08-31"),
    ],
)
def test_a_period_that_begins_with_a_day(start: str, value: int, unit: str, end: str) -> None:
    """It ends the day before the corresponding one; where the month has none, with the month."""
    assert beginning_with(date.fromisoformat(start), value, unit) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("day", "place", "end"),
    [
        ("2025-10-01", "CN", "2025-10-09"),
        ("2025-09-28", "CN", "2025-09-28"),  # a Sunday worked in lieu
        ("2026-05-25", "DE", "2026-05-26"),
        ("2026-05-01", "EU", "2026-05-04"),
        ("2026-04-03", "TW", "2026-04-07"),
    ],
)
def test_a_last_day_moves(day: str, place: str, end: str) -> None:
    """To the next day of work, whatever the weekday: days worked in lieu count."""
    assert moved(date.fromisoformat(day), place) == date.fromisoformat(end)


# Against the engine


class _Law(NamedTuple):
    """A law, a kind of goods, and sales whose windows end in years that calendars know."""

    id: str
    category: str
    first: date
    last: date
    windows: tuple[str, ...]


_CHINESE = ("refund_7d", "replace_15d", "whole")
_LAWS = (
    _Law("cn-1995-general", "bicycle", date(2020, 1, 1), date(2023, 6, 1), (*_CHINESE, "main_part")),
    _Law("cn-2001-mobile", "mobile_phone", date(2020, 1, 1), date(2024, 6, 1), _CHINESE),
    _Law("cn-2002-pc", "notebook_pc", date(2020, 1, 1), date(2023, 6, 1), (*_CHINESE, "main_part")),
    _Law("cn-2021-car", "car", date(2022, 1, 1), date(2023, 6, 1), ("vehicle_7d", "engine_60d", "three_guarantees")),
    _Law("eu", "kettle", date(2022, 1, 1), date(2027, 6, 1), ("eu.conformity.liability", "eu.crd.withdrawal")),
    _Law("de", "kettle", date(2022, 1, 1), date(2027, 6, 1), ("de.limitation", "de.presumption", "de.withdrawal")),
    _Law("fr", "kettle", date(2022, 1, 1), date(2027, 6, 1), ("fr.liability", "fr.presumption", "fr.withdrawal")),
    _Law(
        "uk", "kettle", date(2016, 1, 1), date(2027, 6, 1), ("uk.cra.presumption", "uk.cra.deduction", "uk.ccr.cancel")
    ),
    _Law("tw", "kettle", date(2020, 1, 1), date(2025, 6, 1), ("tw.withdraw_7d",)),
    _Law("jp", "kettle", date(2020, 4, 1), date(2026, 6, 1), ("jp.mail_order",)),
)


@st.composite
def _situations(draw: st.DrawFn) -> dict[str, Any]:
    """Goods of one of the laws, asked about on a day near the end of a period, with a repair or two before."""
    law = draw(st.sampled_from(_LAWS))
    sold = draw(st.dates(law.first, law.last))
    near = draw(st.sampled_from([1, 7, 8, 14, 15, 60, 365, 366, 730, 731]))
    today = sold + timedelta(days=near + draw(st.integers(0, 40)))
    delivered = sold + timedelta(days=draw(st.integers(0, min(near, 9))))
    facts = {
        "category": law.category,
        "channel": "online",
        "sold_on": sold.isoformat(),
        "delivered_on": delivered.isoformat(),
        "fault_on": today.isoformat(),
        "price": "1000",
        "odometer_km": "900",
        "component": "other",
        "same_model_available": "yes",
        "repairs": _repairs(draw, delivered, today),
    }
    if not facts["repairs"]:
        del facts["repairs"]
    return {"id": "made", "law": law.id, "today": today.isoformat(), "facts": facts, "windows": law.windows}


def _repairs(draw: st.DrawFn, delivered: date, today: date) -> list[dict[str, str]]:
    """Stays one after the other, each within the time that is left."""
    found, day = [], delivered
    for _ in range(draw(st.integers(0, 2))):
        into = day + timedelta(days=draw(st.integers(0, 200)))
        out = into + timedelta(days=draw(st.integers(0, 40)))
        if out <= today:
            found.append({"in": into.isoformat(), "out": out.isoformat(), "result": "fixed"})
            day = out
    return found


@settings(max_examples=100, deadline=None)
@given(_situations())
def test_the_engine_agrees(made: dict[str, Any]) -> None:
    """On any dates near the edges of windows both reckon the same last days."""
    ends = {window: reckon.until(Case(made), window) for window in made.pop("windows")}
    made["expect"] = {"until": {window: end.isoformat() for window, end in ends.items() if end}}
    tried, faults = try_all(read_cases(yaml.safe_dump({"cases": [made]}).encode(), "made.yaml").cases, shipped())
    assert not faults
    assert [one.messages for one in tried] == [[]]
