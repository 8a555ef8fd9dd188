"""Motorcycles, cars and farm machinery: every figure of their packs against a table written by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from aftercare.policies import load
from aftercare.policies.conditions import FactIs
from aftercare.policies.goods import in_catalogue
from aftercare.policies.lines import Line
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Window

_PAGE = (Path(__file__).parents[2] / "docs" / "law-cn.md").read_text(encoding="utf-8")
# Length, start, kilometres after which it is over; p: paused by repair, r: begins anew with an exchange, d: a day off
# moves its end; the articles.
_WINDOWS = {
    "cn-moto": {
        "refund_7d": ("7 days", "sold_on", None, "d", "9"),
        "replace_15d": ("15 days", "sold_on", None, "d", "10"),
        "whole": ("whole months", "sold_on", 6000, "prd", "3"),
        "main_part": ("whole months", "sold_on", 6000, "prd", "3"),
        "parts_90d": ("90 days", "stay.in", None, "", "12"),
        "repairer_30d": ("30 days", "stay.in", None, "", "12"),
    },
    "cn-2013-car": {
        "engine_60d": ("60 days", "sold_on", 3000, "d", "18"),
        "safety_60d": ("60 days", "sold_on", 3000, "d", "20"),
        "three_guarantees": ("24 months", "sold_on", 50000, "d", "17 42"),
        "free_repair": ("36 months", "sold_on", 60000, "d", "17"),
    },
    "cn-2021-car": {
        "vehicle_7d": ("7 days", "delivered_on sold_on", None, "rd", "18 22 29"),
        "engine_60d": ("60 days", "delivered_on sold_on", 3000, "rd", "18 20 29"),
        "safety_60d": ("60 days", "delivered_on sold_on", 3000, "rd", "18 23 29"),
        "three_guarantees": ("24 months", "delivered_on sold_on", 50000, "rd", "18 29"),
        "free_repair": ("36 months", "delivered_on sold_on", 60000, "rd", "18 29"),
    },
    "cn-2010-farm": {
        "whole": ("whole months", "sold_on", None, "rd", "24 31"),
        "main_part": ("main months", "sold_on part_replaced_on", None, "rd", "24 31"),
        "repair_30wd_end": ("30 workdays", "stay.in", None, "", "28"),
        "first_season_30d": ("30 days", "season_started_on", None, "d", "29"),
        "unsuited_30d": ("30 days", "season_started_on", None, "d", "32"),
    },
}
# Annex 1 of 2010: months of the whole machine and of its main parts, and how many main parts it names.
_FARM = {
    "diesel_multi": (12, 24, 3),
    "diesel_single": (9, 18, 3),
    "petrol_2s": (3, 6, 3),
    "petrol_4s": (6, 12, 3),
    "tractor_large": (12, 24, 12),
    "tractor_small": (9, 18, 12),
    "combine": (12, 24, 8),
    "rice_transplanter": (12, 24, 7),
    "farm_other": (12, 12, 0),
}
# What opens an exchange or more: repairs, replacements or days, and the fault events that count.
_LIMITS = {
    "cn-2013-car": {
        "repair_days": {Decimal(35)}, "same_problem_repairs": {Decimal(5)}, "safety_repairs": {Decimal(2)},
        "assembly_replacements": {Decimal(2)}, "same_part_replacements": {Decimal(2)}, "stay.days": {Decimal(5)},
    },
    "cn-2021-car": {
        "repair_days": {Decimal(30)}, "same_problem_repairs": {Decimal(4)}, "safety_repairs": {Decimal(2)},
        "assembly_replacements": {Decimal(2)}, "same_part_replacements": {Decimal(2)}, "stay.days": {Decimal(5)},
    },
    "cn-2010-farm": {
        "same_serious_repairs": {Decimal(2)}, "same_problem_repairs": {Decimal(2)},
        "same_part_replacements": {Decimal(1)}, "replacements_done": {Decimal(1)},
    },
}  # fmt: skip


def _pack(name: str) -> Pack:
    return next(pack for pack in load.shipped() if pack.id == name)


def _described(window: Window) -> tuple[str, str, int | None, str, str]:
    ((__, length),) = window.values
    assert length is not None
    flags = ("p" if window.pauses else "") + ("r" if window.restarts else "") + ("d" if window.rolls else "")
    articles = " ".join(article for __, article in window.cite)
    count = length.column or str(length.count)
    meter = int(window.meter[1]) if window.meter else None
    return f"{count} {length.unit}", " ".join(window.names), meter, flags, articles


@pytest.mark.parametrize("name", _WINDOWS)
def test_the_windows(name: str) -> None:
    """Each window's length, start, kilometres, pauses, restarts, days off and articles are those of its law."""
    assert {window.name: _described(window) for window in _pack(name).law.windows} == _WINDOWS[name]


def test_a_new_main_part_begins_its_period_anew() -> None:
    """Art. 31 of the farm rule: the later of the sale and the day the part was replaced."""
    window = next(one for one in _pack("cn-2010-farm").law.windows if one.name == "main_part")
    assert window.start == "latest"


def test_the_rows_of_annex_1() -> None:
    """The months and main parts of each farm machine are those of annex 1, and its page says the same."""
    rows = _pack("cn-2010-farm").law.goods.rows
    found = {
        name: (row.figures.get("whole"), row.figures.get("main"), len(row.main_parts)) for name, row in rows.items()
    }
    assert found == {**_FARM, "farm_vehicle": (None, None, 0)}
    said = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| verified \|$", _PAGE, re.MULTILINE)
    assert said == [(name, str(whole), str(main)) for name, (whole, main, __) in _FARM.items()]


def _limits(line: Line) -> list[tuple[str, Decimal]]:
    of_line = [one for one in line.conditions if isinstance(one, FactIs)]
    return [(one.fact, limit) for one in of_line for limit in (one.min, one.over) if limit is not None]


@pytest.mark.parametrize("name", _LIMITS)
def test_the_limits(name: str) -> None:
    """How many repairs, replacements or days open something."""
    found: dict[str, set[Decimal]] = {}
    for line in _pack(name).law.lines:
        for fact, limit in _limits(line):
            found.setdefault(fact, set()).add(limit)
    found.pop("transport_days", None)
    assert found == _LIMITS[name]


@pytest.mark.parametrize(
    ("name", "least", "most"), [("cn-2013-car", Decimal("0.5"), Decimal("0.8")), ("cn-2021-car", None, Decimal("0.5"))]
)
def test_the_fee_of_a_car(name: str, least: Decimal | None, most: Decimal) -> None:
    """Every fee goes by the card's rate, between the bounds of its rule."""
    rates = {line.fee.by_distance for line in _pack(name).law.lines if line.fee}
    assert {(rate.fact, rate.least, rate.most) for rate in rates if rate} == {("use_fee_percent", least, most)}


@pytest.mark.parametrize("name", ["cn-2013-car", "cn-2021-car"])
def test_what_comes_free_has_no_fee(name: str) -> None:
    """Only what builds on the conditions of art. 24 (of 2013: 20 and 21) costs a fee."""
    for line in _pack(name).law.lines:
        if line.given == "exchange_free" or "refund" in line.grants or "replace" in line.grants:
            assert line.fee is None
        if line.given in {"exchange", "exchange_only"} or "refund_with_fee" in line.grants:
            assert line.fee is not None


def test_each_day_of_sale_has_one_car_rule() -> None:
    """The rule of 2013 ends where that of 2021 begins."""
    old, new = _pack("cn-2013-car"), _pack("cn-2021-car")
    assert old.until is not None
    assert new.since is not None
    assert (new.since - old.until).days == 1


@pytest.mark.parametrize("category", ["motorcycle", "car", "tractor_large", "farm_vehicle"])
def test_they_are_in_the_catalogue(category: str) -> None:
    """Goods with a rule of their own are none for art. 24 of the law on consumers."""
    assert in_catalogue("CN", category) is True
