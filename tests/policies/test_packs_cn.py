"""The packs of Chinese law: every figure against a table written by hand, and what the worked cases do not show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from aftercare.plain.tree import Tree
from aftercare.policies import load
from aftercare.policies.conditions import Block, Condition, FactIs
from aftercare.policies.goods import catalogues
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.law import Law
from aftercare.policies.pack import Pack

_FOLDER = Path(load.__file__).parent / "packs"
_PAGE = (Path(__file__).parents[2] / "docs" / "law-cn.md").read_text(encoding="utf-8")
_IDS = ["cn-1995-general", "cn-2011-flat-tv", "cn-cpl", "cn-cpl-reg-2024", "cn-7day-2017", "cn-judicial-2022-8"]
_TUBE = ("显像管", "行输出变压器", "高频头", "集成电路")
# Months of the whole machine, months of the main parts, percent of the price a day, how sure, main parts.
_GOODS_1995: dict[str, tuple[int, int, str, str, tuple[str, ...]]] = {
    "bicycle": (12, 24, "0.05", "verified", ("车架", "变速器")),
    "color_tv_crt": (12, 36, "0.1", "verified", _TUBE),
    "bw_tv": (12, 36, "0.05", "verified", _TUBE),
    "vcr": (12, 12, "0.1", "verified", ("磁鼓电机", "主导轴电机", "加载电机", "集成电路")),
    "camcorder": (
        12, 12, "0.1", "secondary",
        ("磁鼓电机", "主导轴电机", "加载电机", "带盘电机", "镜头", "集成电路", "磁头"),
    ),
    "refrigerator": (
        12, 36, "0.05", "secondary", ("压缩机", "温控器", "蒸发器", "冷凝器", "毛细管", "过滤器"),
    ),
    "washing_machine": (12, 36, "0.05", "secondary", ("电动机", "定时器", "电脑板")),
    "fan": (12, 36, "0.05", "secondary", ("电动机",)),
    "microwave": (12, 24, "0.05", "secondary", ("磁控管",)),
    "vacuum_cleaner": (12, 36, "0.05", "secondary", ("电动机",)),
    "air_conditioner": (12, 36, "0.1", "secondary", ("压缩机",)),
    "range_hood": (12, 12, "0.05", "secondary", ("电动机",)),
    "gas_water_heater": (12, 12, "0.05", "secondary", ()),
}  # fmt: skip
_GOODS_2011: dict[str, tuple[int, int, str, str, tuple[str, ...]]] = {
    "plasma_tv": (12, 36, "0.1", "verified", ("显示屏", "驱动组件", "逻辑组件", "高频调谐器")),
    "lcd_tv": (12, 36, "0.1", "verified", ("显示屏", "背光组件", "逻辑组件", "高频调谐器")),
}
_UNKNOWN = {
    "cn-1995-general": {"radio_recorder", "electronic_organ", "sewing_machine", "watch_clock"},
    "cn-2011-flat-tv": {"oled_tv"},
}
# Length and its first day, starts, what must lie inside; p: paused by repair, r: begins anew with a replacement,
# d: a day off moves the end; the article.
_WINDOWS = [
    ("cn-1995-general", "refund_7d", "7 days", "1995-08-25", "sold_on", "fault_on", "d", "9"),
    ("cn-1995-general", "replace_15d", "15 days", "1995-08-25", "sold_on", "fault_on", "d", "10"),
    ("cn-1995-general", "whole", "whole months", "1995-08-25", "sold_on", "fault_on", "prd", "8 14"),
    ("cn-1995-general", "main_part", "main months", "1995-08-25", "sold_on", "fault_on", "prd", "8 14"),
    ("cn-1995-general", "parts_90d", "90 days", "1995-08-25", "stay.in", "stay.end", "", "12"),
    ("cn-1995-general", "repairer_30d", "30 days", "1995-08-25", "stay.in", "stay.end", "", "12"),
    ("cn-2011-flat-tv", "whole", "whole months", "2011-03-01", "installed_on sold_on", "fault_on", "prd", ""),
    ("cn-2011-flat-tv", "main_part", "main months", "2011-03-01", "installed_on sold_on", "fault_on", "prd", ""),
    ("cn-cpl", "absent_rules_7d", "7 days", "2014-03-15", "delivered_on", "fault_on", "d", "24"),
    ("cn-cpl", "notice_2y", "2 years", "2021-01-01", "delivered_on", "notified_on today", "d", "621"),
    ("cn-cpl", "no_reason_7d", "7 days", "2014-03-15", "delivered_on", "withdrawn_on today", "d", "25 10"),
    ("cn-cpl", "money_back_7d", "7 days", "2014-03-15", "returned_on", "today", "d", "25 13"),
    ("cn-cpl", "burden_of_proof_6m", "6 months", "2014-03-15", "delivered_on", "fault_on", "d", "23(3)"),
]
_LINES = [
    ("cn-1995-general", "art8", "", "repair", "8 15"),
    ("cn-1995-general", "art9", "", "refund exchange repair", "9"),
    ("cn-1995-general", "art10", "", "exchange repair", "10"),
    ("cn-1995-general", "art11", "", "exchange", "11"),
    ("cn-1995-general", "art12-parts", "", "exchange", "12(1)"),
    ("cn-1995-general", "art12-repairer", "", "exchange", "12(2)"),
    ("cn-1995-general", "exchange-same", "exchange", "replace", ""),
    ("cn-1995-general", "art13-none", "exchange", "replace_other_model refund", "13"),
    ("cn-1995-general", "art13-fee", "exchange", "refund_with_fee", "13"),
    ("cn-cpl", "art24-7d", "", "refund replace repair", "23 24"),
    ("cn-cpl", "art24-later", "", "replace repair", "23 24 621"),
    ("cn-cpl", "art24-rescind", "", "refund", "23 24 563 610 621"),
    ("cn-cpl", "art25", "", "withdraw", "25 6 8 10 18 3"),
    ("cn-cpl-reg-2024", "art18-price", "exchange", "refund", "18(2) 99"),
    ("cn-cpl-reg-2024", "art12", "", "perform_promise", "12"),
    ("cn-7day-2017", "art7", "", "withdraw", "25 7 20 19"),
    ("cn-judicial-2022-8", "art2", "", "withdraw", "2 25"),
]
_IN_PERIOD = "within whole | within main_part, component_is_main yes"
_EXCEPTED = " | ".join(
    [
        "personalised yes",
        "category fresh_food / cut_flowers",
        "category recordings / software, unsealed yes",
        "category press",
    ]
)
_NO_RULE = "in_catalogue no, fault yes"
_NOT_QUALITY = "exclusions misuse / non_authorised_repair / modification / own_handling / force_majeure / known_defect"
# What must hold, what must hold in one of several ways, and what must not.
_CONDITIONS = {
    "art8": ("", _IN_PERIOD, ""),
    "art9": ("fault_kind performance, within refund_7d", "", ""),
    "art10": ("fault_kind performance, within replace_15d", "", ""),
    "art11": ("repairs_done min 2", _IN_PERIOD, ""),
    "art12-parts": ("stay.fixed no, after parts_90d", _IN_PERIOD, ""),
    "art12-repairer": ("stay.fixed no, after repairer_30d", _IN_PERIOD, ""),
    "exchange-same": ("same_model_available yes", "", ""),
    "art13-none": ("same_model_available no", "", ""),
    "art13-fee": ("same_model_available yes", "", ""),
    "art24-7d": (f"{_NO_RULE}, within absent_rules_7d", "", _NOT_QUALITY),
    "art24-later": (f"{_NO_RULE}, within notice_2y", "", _NOT_QUALITY),
    "art24-rescind": (f"{_NO_RULE}, may_rescind yes, within notice_2y", "", _NOT_QUALITY),
    "art25": ("distance_sale yes, goods_intact yes, within no_reason_7d", "", f"{_EXCEPTED} | exception_told yes"),
    "art18-price": ("", "same_model_available yes | category car", ""),
    "art12": ("", "promised known | advertised_guarantee known", ""),
    "art7": (
        "distance_sale yes, goods_intact yes, exception_told yes, within no_reason_7d",
        "",
        f"{_EXCEPTED} | exclusions known_defect",
    ),
    "art2": ("channel online, goods_intact yes, promised.what no_reason_return, within no_reason_7d", _EXCEPTED, ""),
}
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _pack(name: str) -> Pack:
    path = _FOLDER / f"{name}.yaml"
    return load.parse(path.read_bytes(), path.name)


def _shipped(*names: str) -> list[Pack]:
    return [pack for pack in load.shipped() if pack.id in (names or _IDS)]


def _verdict(on: str, *names: str, **facts: Tree) -> Verdict:
    return decide(_shipped(*names), situation(facts, date.fromisoformat(on)))


def _state(verdict: Verdict, remedy: str) -> str:
    return verdict.remedy(remedy).state


@pytest.mark.parametrize("name", _IDS)
def test_the_packs_are_statutes_of_china(name: str) -> None:
    """Each pack loads without a fault, under its own name, and says that it is law of this country."""
    pack = _pack(name)
    assert (pack.id, pack.issuer, pack.country, pack.region) == (name, "statute", "CN", "")
    assert pack.not_covered
    assert pack.checked_on == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("cn-1995-general", date(1995, 8, 25)),
        ("cn-2011-flat-tv", date(2011, 3, 1)),
        ("cn-cpl", date(2014, 3, 15)),
        ("cn-cpl-reg-2024", date(2024, 7, 1)),
        ("cn-7day-2017", date(2017, 3, 15)),
        ("cn-judicial-2022-8", date(2022, 3, 15)),
    ],
)
def test_the_sale_says_which_law_is_in_force(name: str, since: date) -> None:
    """A law holds for goods sold from its first day on; none of them has ended."""
    pack = _pack(name)
    assert (pack.since, pack.until, pack.law.governed_by) == (since, None, ("sold_on",))


@pytest.mark.parametrize(("name", "expected"), [("cn-1995-general", _GOODS_1995), ("cn-2011-flat-tv", _GOODS_2011)])
def test_the_tables_of_goods(name: str, expected: dict[str, tuple[int, int, str, str, tuple[str, ...]]]) -> None:
    """Periods, rates and main parts are those of the annex, or of the press where the annex was not seen."""
    rows = {key: row for key, row in _pack(name).law.goods.rows.items() if not row.unknown}
    found = {
        key: (
            int(row.figures["whole"]),
            int(row.figures["main"]),
            str(row.figures["rate"]),
            row.sure,
            tuple(part.zh for part in row.main_parts),
        )
        for key, row in rows.items()
    }
    assert found == expected


@pytest.mark.parametrize("name", ["cn-1995-general", "cn-2011-flat-tv"])
def test_no_figure_without_a_source(name: str) -> None:
    """Goods whose figures nobody found have a row without any: their seven and fifteen days hold all the same."""
    rows = _pack(name).law.goods.rows
    assert {key for key, row in rows.items() if row.unknown} == _UNKNOWN[name]
    for key in _UNKNOWN[name]:
        assert rows[key].unknown == {"whole", "main", "rate"}
        assert (rows[key].figures, rows[key].main_parts) == ({}, ())


def test_the_page_lists_every_row() -> None:
    """The table of docs/law-cn.md is that of the packs."""
    rows = [row for name in _UNKNOWN for row in _pack(name).law.goods.rows.values()]
    said = [
        (row.category, *(str(row.figures.get(column, "unknown")) for column in ("whole", "main", "rate")), row.sure)
        for row in rows
    ]
    assert re.findall(r"^\| `(\w+)` \| (\w+) \| (\w+) \| ([\w.]+) \| (\w+) \|$", _PAGE, re.MULTILINE) == said


def test_the_catalogue_of_1995_is_whole() -> None:
    """Of the eighteen kinds of goods of the annex only motorcycles, which have a rule of their own, have no row."""
    assert len(_pack("cn-1995-general").law.goods.rows) == 17


def test_the_windows() -> None:
    """Each window's length, start, tested day, pauses, restarts, days off and article are those of its law."""
    found = []
    for name in _IDS:
        for window in _pack(name).law.windows:
            (value,) = window.values
            assert value.length is not None
            length = f"{value.length.column or value.length.count} {value.length.unit}"
            how = "p" * bool(window.pauses) + "r" * window.restarts + "d" * window.rolls
            articles = " ".join(article for __, article in window.cite)
            names, tests = " ".join(window.names), " ".join(window.tests)
            found.append((name, window.name, length, str(value.since), names, tests, how, articles))
            assert window.start == "first"
            assert not window.counts_first
    assert found == _WINDOWS


def test_the_lines() -> None:
    """Each line grants what its article grants."""
    found = [
        (line.pack, line.id, line.given, " ".join(line.grants), " ".join(article for __, article in line.cite))
        for name in _IDS
        for line in _pack(name).law.lines
    ]
    assert found == _LINES


def _said(conditions: Iterable[Condition]) -> str:
    return ", ".join(
        f"{one.fact} {one}" if isinstance(one, FactIs) else f"{type(one).__name__.lower()} {one.window}"
        for one in conditions
    )


def _either(blocks: Iterable[Block]) -> str:
    return " | ".join(_said(block.conditions) for block in blocks)


def test_the_conditions_of_the_lines() -> None:
    """Each line holds where its article does."""
    lines = [line for name in _IDS for line in _pack(name).law.lines]
    found = {line.id: (_said(line.conditions), _either(line.any), _either(line.unless)) for line in lines}
    assert found == _CONDITIONS


def test_what_lines_do_besides_granting() -> None:
    """Only art. 12 takes the place of a repair; its delay is the repairer's, the price is the seller's."""
    lines = [line for name in _IDS for line in _pack(name).law.lines]
    assert {line.id: line.instead_of for line in lines if line.instead_of} == {
        "art12-parts": ("repair",),
        "art12-repairer": ("repair",),
    }
    assert {line.id: line.liable for line in lines if line.liable} == {
        "art12-repairer": "repairer",
        "art13-none": "seller",
        "art13-fee": "seller",
    }
    assert {line.id: (line.fee.column, line.fee.window) for line in lines if line.fee} == {
        "art13-fee": ("rate", "whole")
    }
    assert [line.id for line in lines if line.review] == ["art18-price", "art7"]
    assert all(bool(line.because) is line.review for line in lines)
    assert not any(line.proof or line.sure or line.choice != "customer" for line in lines)


def _cites(law: Law) -> Iterator[tuple[tuple[str, str], ...]]:
    yield from (window.cite for window in law.windows)
    yield from (line.cite for line in law.lines if not line.given or line.cite)
    yield from (bar.cite for bar in law.bars)
    yield from (rule.cite for rule in law.restates)
    yield from (rule.cite for rule in law.evidence)


def test_everything_cites() -> None:
    """Windows, lines, bars, restatements and evidence say where they stand."""
    assert all(all(_cites(_pack(name).law)) for name in _IDS)


def test_every_source_is_of_use() -> None:
    """No source stands in a manifest for show; those of the table of goods are named beside its rows."""
    of_rows = {"rates14", "parts95"}
    for name in _IDS:
        pack = _pack(name)
        cited = {key for cite in _cites(pack.law) for key, __ in cite}
        assert set(pack.sources) - of_rows == cited
    text = (_FOLDER / "cn-1995-general.yaml").read_text(encoding="utf-8")
    assert "# The others: rates14, and parts95 for the parts." in text


def test_the_exclusions_are_secondary() -> None:
    """Article 17 was seen in copies only, and the verdict says so."""
    pack = _pack("cn-1995-general")
    (bar,) = pack.law.bars
    assert [(pack.sources[key].sure, article) for key, article in bar.cite] == [("secondary", "17")]
    (condition,) = bar.block.conditions
    assert isinstance(condition, FactIs)
    assert set(condition.values) == {
        "misuse", "non_authorised_repair", "no_card_no_invoice", "card_mismatch", "card_altered", "force_majeure",
    }  # fmt: skip


def test_flat_televisions_have_the_lines_of_1995() -> None:
    """The announcement brings rows and starts of its own; rights and exclusions are those of 1995."""
    old, new = _shipped("cn-1995-general", "cn-2011-flat-tv")
    assert [line.id for line in new.law.lines] == [line.id for line in old.law.lines]
    assert new.law.bars == old.law.bars
    starts = {window.name: window.names for window in new.law.windows}
    assert starts["refund_7d"] == starts["replace_15d"] == ("sold_on",)


def test_what_the_regulations_restate() -> None:
    """Hand-over or installation begins them and repair stops them all; a replacement renews all but the refund's.

    The car rules begin theirs anew themselves, so that theirs may stand with the refund.
    """
    found = {
        rule.windows: (rule.names, rule.pauses, rule.restarts, rule.cite)
        for rule in _pack("cn-cpl-reg-2024").law.restates
    }
    cite = (("reg24", "18(1)"),)
    starts = ("installed_on", "delivered_on")
    assert found == {
        ("refund_7d", "vehicle_7d", "safety_60d", "zj_refund_7d", "bj_6m"): (starts, True, False, cite),
        (
            "replace_15d", "whole", "main_part", "accessory", "engine_60d", "three_guarantees", "free_repair",
            "zj_replace_15d", "sh_repair_6m_2022", "maker.whole", "maker.part",
        ): (starts, True, True, cite),
    }  # fmt: skip


_SOLD: dict[str, Tree] = {"price": "3000", "same_model_available": "yes", "repairs": []}


@pytest.mark.parametrize("category", ["watch", "sewing_machine", "oled_tv"])
def test_goods_without_figures(category: str) -> None:
    """Within fifteen days they are replaced; what a period of theirs would have to say is for a person."""
    names = ("cn-1995-general", "cn-2011-flat-tv")
    facts = {**_SOLD, "category": category, "sold_on": "2025-03-03"}
    early = _verdict("2025-03-13", *names, **facts, fault_on="2025-03-13", component="other")
    assert (_state(early, "replace"), _state(early, "repair")) == ("open", "open")
    assert early.remedy("refund_with_fee").best.fee.amount is None  # type: ignore[union-attr]
    late = _verdict("2025-09-02", *names, **facts, fault_on="2025-09-02", component="other")
    assert (_state(late, "replace"), _state(late, "repair")) == ("closed", "review")


@pytest.mark.parametrize(
    ("because", "last_day", "liable"),
    [("no_parts_from_producer", "2025-04-10", "seller"), ("repairer_delay", "2025-02-09", "repairer")],
)
def test_a_repair_that_takes_too_long(because: str, last_day: str, liable: str) -> None:
    """After 90 days without parts, or 30 of the repairer's own delay, an exchange takes the place of the repair."""
    last = date.fromisoformat(last_day)
    after = last + timedelta(days=1)
    facts = {
        **_SOLD,
        "category": "refrigerator",
        "sold_on": "2024-09-02",
        "fault_on": "2025-01-10",
        "component": "other",
    }
    stay: dict[str, Tree] = {"in": "2025-01-10", "because": because}

    def verdict(on: date, **more: Tree) -> Verdict:
        said: dict[str, Tree] = {**facts, "repairs": [stay | more]}
        return _verdict(on.isoformat(), "cn-1995-general", **said)

    assert (_state(verdict(last), "replace"), _state(verdict(last), "repair")) == ("closed", "open")
    assert (_state(verdict(after), "replace"), _state(verdict(after), "repair")) == ("open", "closed")
    assert verdict(after).remedy("replace").best.liable == liable  # type: ignore[union-attr]
    failed = verdict(after, out=after.isoformat(), result="not_fixed")
    assert (_state(failed, "replace"), _state(failed, "repair")) == ("open", "closed")
    mended = verdict(after, out=after.isoformat(), result="fixed")
    assert (_state(mended, "replace"), _state(mended, "repair")) == ("closed", "open")


@pytest.mark.parametrize(("part", "state"), [("集成电路", "open"), ("tuner", "open"), ("外壳", "closed")])
def test_a_main_part_is_known_in_either_language(part: str, state: str) -> None:
    """In the second year a main part is repaired, whichever language it is named in, and nothing else."""
    facts = {**_SOLD, "category": "color_tv_crt", "sold_on": "2025-03-03", "fault_on": "2026-05-04"}
    assert _state(_verdict("2026-05-04", "cn-1995-general", **facts, component=part), "repair") == state


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, "open"),
        ({"buyer": "business"}, "closed"),
        ({"channel": "shop"}, "closed"),
        ({"goods_intact": "no"}, "closed"),
        ({"personalised": "yes"}, "closed"),
        ({"category": "press"}, "closed"),
        ({"category": "books"}, "open"),
        ({"category": "fresh_food"}, "closed"),
        ({"category": "food"}, "open"),
        ({"category": "cut_flowers"}, "closed"),
        ({"category": "software"}, "open"),
        ({"category": "software", "unsealed": "yes"}, "closed"),
        ({"category": "recordings", "unsealed": "yes"}, "closed"),
        ({"category": "headphones", "unsealed": "yes"}, "open"),
        ({"exception_told": "yes"}, "review"),
        ({"exception_told": "yes", "personalised": "yes"}, "closed"),
    ],
)
def test_who_may_return_without_a_reason(said: dict[str, str], state: str) -> None:
    """Article 25 holds for consumers who bought at a distance, but for the goods that it names."""
    facts = {
        "channel": "online",
        "goods_intact": "yes",
        "category": "clothing",
        "price": "268",
        "sold_on": "2025-06-03",
        "delivered_on": "2025-06-05",
        "fault_on": "none",
    }
    verdict = _verdict("2025-06-10", "cn-cpl", "cn-7day-2017", **{**facts, **said})
    assert _state(verdict, "withdraw") == state


@pytest.mark.parametrize(
    ("on", "fault", "refund", "repair"),
    [
        ("2025-07-08", "2025-07-08", "open", "open"),
        ("2025-07-20", "2025-07-08", "open", "open"),
        ("2025-07-20", "2025-07-09", "closed", "open"),
        ("2027-07-01", "2025-07-09", "closed", "open"),
        ("2027-07-02", "2025-07-09", "closed", "closed"),
    ],
)
def test_goods_without_a_rule_are_claimed_for_in_time(on: str, fault: str, refund: str, repair: str) -> None:
    """Article 24 counts the days to the fault, as article 9 of 1995 does; its defect must be told within two years."""
    facts = {
        "category": "electric_kettle",
        "price": "199",
        "sold_on": "2025-07-01",
        "delivered_on": "2025-07-01",
        "fault_on": fault,
        "may_rescind": "no",
    }
    verdict = _verdict(on, "cn-cpl", **facts)
    assert (_state(verdict, "refund"), _state(verdict, "repair")) == (refund, repair)


def test_rescission_opens_the_later_refund() -> None:
    """After seven days the price comes back where the contract may be rescinded; nobody knowing that, it is asked."""
    facts = {
        "category": "sofa",
        "price": "1",
        "sold_on": "2025-07-01",
        "delivered_on": "2025-07-01",
        "fault_on": "2025-07-20",
    }
    assert _state(_verdict("2025-08-01", "cn-cpl", **facts, may_rescind="yes"), "refund") == "open"
    unknown = _verdict("2025-08-01", "cn-cpl", **facts)
    assert (_state(unknown, "refund"), unknown.ask) == ("ask", ("may_rescind",))


def test_a_catalogue_shuts_article_24() -> None:
    """Goods of a catalogue have its rule instead of article 24."""
    facts = {
        "category": "refrigerator",
        "sold_on": "2025-07-01",
        "delivered_on": "2025-07-01",
        "fault_on": "2025-07-05",
    }
    assert _state(_verdict("2025-07-06", "cn-cpl", **facts, price="1"), "refund") == "closed"


def test_no_goods_of_a_catalogue_are_without_a_rule() -> None:
    """Article 24 is shut for goods of a catalogue, so each of these has a row in some pack, or rows below it."""
    tables = [pack.law.goods for pack in load.shipped() if pack.country == "CN"]
    bare = {one for one in catalogues()["CN"] if not any(table.row(one) or table.below(one) for table in tables)}
    assert bare == set()


@pytest.mark.parametrize(
    ("category", "fault_on", "party"),
    [
        ("washing_machine", "2025-02-28", "trader"),
        ("washing_machine", "2025-03-03", "consumer"),
        ("laptop", "2025-02-28", "trader"),
        ("electric_kettle", "2025-02-28", None),
    ],
)
def test_who_proves(category: str, fault_on: str, party: str | None) -> None:
    """For the durable goods that article 23 names the trader proves, for six months from the hand-over.

    Of other durable goods nobody can say.
    """
    facts = {"category": category, "sold_on": "2024-08-31", "delivered_on": "2024-08-31", "price": "1"}
    assert _verdict(fault_on, "cn-cpl", **facts, fault_on=fault_on).burden_of_proof == party


def test_the_regulations_do_not_renew_the_refund() -> None:
    """After a replacement the fifteen days begin anew since 2024, the seven do not."""
    facts: dict[str, Tree] = {
        **_SOLD,
        "category": "refrigerator",
        "sold_on": "2025-03-03",
        "delivered_on": "2025-03-03",
        "fault_on": "2025-04-03",
        "component": "other",
        "replacements": [{"on": "2025-04-01"}],
    }
    verdict = _verdict("2025-04-03", "cn-1995-general", "cn-cpl-reg-2024", **facts)
    assert (_state(verdict, "replace"), _state(verdict, "refund")) == ("open", "review")
    alone = _verdict("2025-04-03", "cn-1995-general", **facts)
    assert (_state(alone, "replace"), _state(alone, "refund")) == ("closed", "closed")


def test_the_fee_is_a_rate_of_the_price() -> None:
    """Ten days of a refrigerator at 0.05% a day of 4,000 yuan are 20 yuan."""
    facts = {**_SOLD, "price": "4000", "category": "refrigerator", "sold_on": "2024-03-04", "component": "other"}
    best = _verdict("2024-03-14", "cn-1995-general", **facts, fault_on="2024-03-14").remedy("refund_with_fee").best
    assert best is not None
    assert best.amount == Decimal("3980.00")
