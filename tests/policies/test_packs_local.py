"""The packs of provinces and trades: each figure against a table written by hand, and what binds whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aftercare.policies import load
from aftercare.policies.law import Law
from aftercare.policies.pack import Pack
from aftercare.policies.windows import Window

_FOLDER = Path(load.__file__).parent / "packs"
_PAGE = (Path(__file__).parents[2] / "docs" / "law-cn.md").read_text(encoding="utf-8")
_PROVINCES = {
    "cn-zj-2017": ("Zhejiang", date(2017, 5, 1)),
    "cn-sh": ("Shanghai", date(2015, 1, 1)),
    "cn-bj-1997": ("Beijing", date(1997, 9, 5)),
    "cn-sd-2017": ("Shandong", date(2017, 7, 1)),
}
_NATION = (
    "cn-1995-general", "cn-2011-flat-tv", "cn-2001-mobile", "cn-2001-fixed-phone", "cn-2002-pc", "cn-2002-av",
    "cn-moto", "cn-2021-car", "cn-2013-car",
)  # fmt: skip
_TRADES = {
    "cn-trade-clothing": date(1995, 8, 25),
    "cn-trade-footwear": date(1995, 8, 25),
    "cn-trade-eyeglasses-nanjing": date(2006, 1, 1),
    "cn-trade-eyeglasses-ningbo": date(2018, 6, 1),
    "cn-trade-watches": date(1995, 8, 25),
}
_IDS = [*_PROVINCES, *_TRADES]
# Lengths with their variants, start, what must lie inside, kilometres; d: a day off moves the end.
_WINDOWS = {
    "zj_refund_7d": ("7 days", "delivered_on", "fault_on", "", "d"),
    "zj_replace_15d": ("15 days", "delivered_on", "fault_on", "", "d"),
    "zj_repair_5d": ("5 days", "stay.in", "stay.end", "", ""),
    "zj_car_60d": ("60 days", "sold_on", "fault_on", "3000", "d"),
    "zj_car_2y": ("2 years", "sold_on", "fault_on", "50000", "d"),
    "zj_used_car_60d": ("60 days", "sold_on", "fault_on", "3000", "d"),
    "sh_repair_6m": ("6 months, none", "sold_on", "fault_on", "", "d"),
    "sh_repair_6m_2022": ("6 months", "sold_on", "fault_on", "", "d"),
    "sh_door_7d": ("7 days, none", "delivered_on", "withdrawn_on today", "", "d"),
    "sh_door_7d_2022": ("7 days", "delivered_on", "withdrawn_on today", "", "d"),
    "bj_6m": ("6 months", "delivered_on", "notified_on today", "", "d"),
    "bj_agreed": ("warranty.years years | warranty.months months", "delivered_on", "notified_on today", "", "d"),
    "sd_repair_30d": ("30 days", "stay.in", "stay.end", "", ""),
    "sd_burden_6m": ("6 months", "delivered_on", "fault_on", "", "d"),
    "clothing_period": ("months months", "sold_on", "fault_on", "", "d"),
    "clothing_repair_7d": ("7 days", "stay.in", "stay.end", "", ""),
    "clothing_repair_1m": ("1 months", "stay.in", "stay.end", "", ""),
    "footwear_period": ("sure_months months | 15 days", "sold_on", "fault_on", "", "d"),
    "footwear_longest": ("most_months months", "sold_on", "fault_on", "", "d"),
    "footwear_1m": ("1 months", "sold_on", "fault_on", "", "d"),
    "footwear_repair_7d": ("7 days", "stay.in", "stay.end", "", ""),
    "nanjing_lens_14d": ("14 days", "sold_on", "fault_on", "", "d"),
    "nanjing_coating_6m": ("6 months", "sold_on", "fault_on", "", "d"),
    "nanjing_frame": ("12 months | 3 months | 6 months", "sold_on", "fault_on", "", "d"),
    "ningbo_lens_15d": ("15 days", "sold_on", "fault_on", "", "d"),
    "ningbo_coating_6m": ("6 months", "sold_on", "fault_on", "", "d"),
    "ningbo_frame": ("3 months | 12 months | 6 months", "sold_on", "fault_on", "", "d"),
    "watch_period": ("12 months | 6 months | 24 months", "sold_on", "fault_on", "", "d"),
}
_ROWS = {
    "cn-trade-clothing": {
        "suit": "6 0.2", "coat": "6 0.2", "fur_clothing": "6 0.2", "clothing": "3 0.2", "bedding": "3 0.2",
        "underwear": "1 0.2", "children_clothing": "1 0.2", "textiles": "1 0.2",
    },
    "cn-trade-footwear": {
        "leather_shoes": "3 3 0.5", "sports_shoes": "2 2 0.5", "rubber_shoes": "2 2 0.5", "synthetic_shoes": "1 2 0.5",
        "cloth_shoes": "1 2 0.5", "children_shoes": "2 0.5",
    },
}  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _pack(name: str) -> Pack:
    path = _FOLDER / f"{name}.yaml"
    return load.parse(path.read_bytes(), path.name)


@pytest.mark.parametrize("name", _PROVINCES)
def test_a_province_adds_to_the_nation(name: str) -> None:
    """A pack of a province is law there, from its own first day, beside the nation's three guarantees."""
    pack = _pack(name)
    assert (pack.region, pack.since) == _PROVINCES[name]
    assert (pack.issuer, pack.country, pack.chosen, pack.adds_to) == ("statute", "CN", "place", _NATION)


@pytest.mark.parametrize("name", _TRADES)
def test_a_trade_rule_binds_who_adopts_it(name: str) -> None:
    """A trade rule is no law: it counts only where the settings name it, and is known second-hand."""
    pack = _pack(name)
    assert (pack.issuer, pack.chosen, pack.region, pack.since) == ("standard", "named", "", _TRADES[name])
    assert pack.weight is not None
    assert {source.sure for source in pack.sources.values()} == {"secondary"}
    assert {row.sure for row in pack.law.goods.rows.values()} == {"secondary"}


@pytest.mark.parametrize("name", _IDS)
def test_every_one_says_what_it_weighs_and_lacks(name: str) -> None:
    """Weight and gaps are stated, in both languages, and the page has a word on each pack."""
    pack = _pack(name)
    assert pack.weight is not None
    assert pack.not_covered
    for words in (pack.weight, *pack.not_covered):
        assert words.en
        assert _HAN.search(words.zh)
    assert f"`{name}`" in _PAGE


def _length(window: Window) -> str:
    def said(values: object) -> str:
        assert isinstance(values, tuple)
        lengths = [one.length for one in values]
        return ", ".join(
            f"{one.column or one.fact or one.count} {one.unit}" if one is not None else "none" for one in lengths
        )

    variants = [said(variant.changes["values"]) for variant in window.variants]
    return " | ".join([said(window.values), *variants])


def test_the_windows() -> None:
    """Each window's length, start, tested day, kilometres and days off are those of its text."""
    found = {}
    for name in _IDS:
        for window in _pack(name).law.windows:
            meter = str(window.meter[1]) if window.meter else ""
            how = "d" if window.rolls else ""
            found[window.name] = (_length(window), " ".join(window.names), " ".join(window.tests), meter, how)
            assert not any((window.pauses, window.restarts, window.counts_first))
    assert found == _WINDOWS


@pytest.mark.parametrize("name", _ROWS)
def test_the_tables(name: str) -> None:
    """Months and rates of clothing and footwear are those of the pages that pass the rules on."""
    rows = _pack(name).law.goods.rows
    assert {key: " ".join(map(str, row.figures.values())) for key, row in rows.items()} == _ROWS[name]


def _cites(law: Law) -> Iterator[tuple[tuple[str, str], ...]]:
    yield from (window.cite for window in law.windows)
    yield from (line.cite for line in law.lines if not line.given or line.cite)
    yield from (bar.cite for bar in law.bars)
    yield from (rule.cite for rule in law.evidence)


@pytest.mark.parametrize("name", _IDS)
def test_everything_cites_a_source_of_use(name: str) -> None:
    """Windows, lines, bars and evidence say where they stand, and no source is there for show."""
    pack = _pack(name)
    assert all(_cites(pack.law))
    assert {key for cite in _cites(pack.law) for key, __ in cite} == set(pack.sources)


@pytest.mark.parametrize("region", ["浙江", "Zhejiang", "浙江省"])
def test_the_book_selects_its_province(region: str) -> None:
    """A shop's region puts its province's law in force, by either name, and no other's; a trade rule must be named."""
    chosen = {pack.id for pack in load.rules((), country="CN", region=region).packs}
    assert chosen & set(_IDS) == {"cn-zj-2017"}
    named = load.rules((), country="CN", region=region, named=["place", "cn-trade-watches"])
    assert {pack.id for pack in named.packs} & set(_IDS) == {"cn-zj-2017", "cn-trade-watches"}
