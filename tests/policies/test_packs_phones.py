"""The packs of telephones, computers, audio and video: tables against the annexes, and what the cases do not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aftercare.plain.moments import Span
from aftercare.plain.tree import Tree
from aftercare.policies import categories, load
from aftercare.policies.goods import catalogues
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.law import Law, loose_ends
from aftercare.policies.pack import Pack

_FOLDER = Path(load.__file__).parent / "packs"
_PAGE = (Path(__file__).parents[2] / "docs" / "law-cn.md").read_text(encoding="utf-8")
_SINCE = {
    "cn-2001-mobile": date(2001, 11, 15),
    "cn-2001-fixed-phone": date(2001, 11, 15),
    "cn-2002-pc": date(2002, 9, 1),
    "cn-2002-av": date(2002, 9, 1),
}
# Figures, and what is unknown; main parts as the annexes, or who restates them, have them.
_GOODS: dict[str, dict[str, dict[str, str]]] = {
    "cn-2001-mobile": {
        "mobile_phone": {"whole": "12", "rate": "0.5"},
        "phone_battery": {"accessory": "6"},
        "phone_charger": {"accessory": "12"},
        "wired_earphone": {"accessory": "3"},
        "phone_sim_data_card": {"accessory": "12"},
    },
    "cn-2001-fixed-phone": {
        "fixed_phone": {"whole": "12", "rate": "unknown"},
        "fixed_phone_power": {"accessory": "unknown"},
    },
    "cn-2002-pc": {
        "desktop_computer": {"whole": "12", "main": "24", "rate": "0.25"},
        "laptop": {"whole": "12", "main": "24", "rate": "0.25"},
        "computer_option": {"accessory": "unknown"},
        "bundled_software": {"accessory": "unknown"},
    },
    "cn-2002-av": {
        "disc_player": {"whole": "12", "main": "24", "rate": "unknown"},
        "amplifier": {"whole": "12", "main": "24", "rate": "unknown"},
        "loudspeaker": {"whole": "12", "main": "24", "rate": "unknown"},
    },
}
_MAIN_PARTS = {
    "desktop_computer": ("主板", "中央处理器", "内存", "硬盘驱动器", "电源"),
    "laptop": ("主板", "中央处理器", "内存", "显示屏", "硬盘驱动器", "键盘", "电源适配器"),
    "disc_player": ("主轴电机", "伺服电机", "激光头组件", "集成电路"),
    "amplifier": ("功放管", "10000μ以上大电容", "集成电路"),
    "loudspeaker": ("喇叭", "分频器"),
}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SOLD: dict[str, Tree] = {
    "sold_on": "2024-03-06",
    "price": "3000",
    "same_model_available": "yes",
    "repairs": [],
}


def _pack(name: str) -> Pack:
    path = _FOLDER / f"{name}.yaml"
    return load.parse(path.read_bytes(), path.name)


def _verdict(on: str, name: str, **facts: Tree) -> Verdict:
    return decide([_pack(name)], situation({**_SOLD, **facts}, date.fromisoformat(on)))


@pytest.mark.parametrize("name", _SINCE)
def test_the_packs_are_statutes_of_china(name: str) -> None:
    """Each loads without a fault and says since when it is law; none has ended."""
    pack = _pack(name)
    assert (pack.id, pack.issuer, pack.country, pack.region) == (name, "statute", "CN", "")
    assert (pack.since, pack.until) == (_SINCE[name], None)
    assert pack.not_covered


@pytest.mark.parametrize("name", _SINCE)
def test_the_tables_of_goods(name: str) -> None:
    """Periods and rates are those that the sources give; what no source gives is unknown, not guessed."""
    rows = _pack(name).law.goods.rows
    found = {
        key: {column: str(figure) for column, figure in row.figures.items()} | dict.fromkeys(row.unknown, "unknown")
        for key, row in rows.items()
    }
    assert found == _GOODS[name]
    # The annexes were seen by nobody: every row rests on who restates them.
    assert {row.sure for row in rows.values()} == {"secondary"}


def test_the_main_parts() -> None:
    """The main parts are those that the sources name; the graphics card, which none names, is not among them."""
    rows = {key: row for name in _SINCE for key, row in _pack(name).law.goods.rows.items()}
    assert {key: tuple(part.zh for part in row.main_parts) for key, row in rows.items() if row.main_parts} == (
        _MAIN_PARTS
    )


@pytest.mark.parametrize(
    ("name", "category", "part"),
    [
        (name, key, text)
        for name in ("cn-2002-pc", "cn-2002-av")
        for key, row in _pack(name).law.goods.rows.items()
        for part in row.main_parts
        for text in part
    ],
)
def test_a_main_part_is_known_in_either_language(name: str, category: str, part: str) -> None:
    """In the second year a main part is repaired, whichever language it is named in."""
    verdict = _verdict("2025-05-06", name, category=category, fault_on="2025-05-06", component=part)
    assert verdict.remedy("repair").state == "open"


def test_every_kind_of_goods_of_the_catalogues_has_a_row() -> None:
    """Whatever the catalogue of these four rules names is in their tables, and nothing else is."""
    listed = catalogues()["CN"]
    tables = [_pack(name).law.goods for name in _SINCE]
    rows = {key for table in tables for key in table.rows}
    assert {one for one in listed if any(table.row(one) or table.below(one) for table in tables)} == {
        "mobile_phone", "phone_accessories", "fixed_phone", "fixed_phone_power", "personal_computer",
        "computer_option", "bundled_software", "disc_player", "amplifier", "loudspeaker",
    }  # fmt: skip
    assert all(any(one in categories.tree().parents(key) for one in listed) for key in rows)


def test_the_page_lists_the_rows() -> None:
    """The tables of docs/law-cn.md are those of the packs."""
    said = {row[0]: row[1:] for row in re.findall(r"^\| `(\w+)` \|(.*)\| secondary \|$", _PAGE, re.MULTILINE)}
    for name in ("cn-2001-mobile", "cn-2002-pc", "cn-2002-av"):
        for key, row in _pack(name).law.goods.rows.items():
            if "accessory" in row.unknown:
                continue
            figures = [str(row.figures.get(column, "")) for column in ("accessory", "whole", "main", "rate")]
            cells = [cell.strip() for cell in said[key][0].split("|")]
            assert all(figure in cells for figure in figures if figure), key


@pytest.mark.parametrize(
    ("name", "line", "sure"),
    [
        ("cn-2001-mobile", "art11", {"verified"}),
        ("cn-2001-mobile", "art15", {"verified"}),
        ("cn-2001-mobile", "art16", {"verified"}),
        ("cn-2001-mobile", "art19", {"verified", "secondary"}),
        ("cn-2001-mobile", "repairer-late", {"secondary"}),
        ("cn-2001-mobile", "repair", {"secondary"}),
        ("cn-2001-mobile", "repair-holds", {"partly"}),
        ("cn-2001-fixed-phone", "art22", {"verified"}),
        ("cn-2002-pc", "art15", {"verified", "secondary"}),
        ("cn-2002-pc", "art24", {"verified"}),
        ("cn-2002-av", "art17", {"verified"}),
    ],
)
def test_how_sure_a_line_is(name: str, line: str, sure: set[str]) -> None:
    """A line whose words were read says so; the repairer's thirty days for phones, and every rate, are others' word."""
    pack = _pack(name)
    (found,) = [one for one in pack.law.lines if one.id == line]
    assert {pack.sources[key].sure for key, __ in found.cite} == sure


def _cites(law: Law) -> Iterator[tuple[tuple[str, str], ...]]:
    yield from (window.cite for window in law.windows)
    yield from (line.cite for line in law.lines if not line.given or line.cite)
    yield from (bar.cite for bar in law.bars)
    yield from (variant.changes["cite"] for window in law.windows for variant in window.variants)


@pytest.mark.parametrize("name", _SINCE)
def test_everything_cites_and_every_source_is_of_use(name: str) -> None:
    """Windows, lines and bars say where they stand; a source that is cited nowhere is named beside the table."""
    pack = _pack(name)
    assert all(_cites(pack.law))
    cited = {key for cite in _cites(pack.law) for key, __ in cite}
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    table = text[: text.index("\ngoods:")].rsplit("\n\n", 1)[-1]
    assert all(key in table for key in set(pack.sources) - cited)


@pytest.mark.parametrize("name", _SINCE)
def test_each_pack_stands_by_itself(name: str) -> None:
    """No line names a window or an entitlement that its own pack has not."""
    assert list(loose_ends(_pack(name).law, (), ())) == []


@pytest.mark.parametrize("name", _SINCE)
def test_a_repair_is_promised_within_its_days(name: str) -> None:
    """Thirty days, sixty while the producer has no parts: past them the goods are exchanged, not repaired."""
    found = {plan.waits_for_producer: plan.spans(date(2025, 3, 3)) for plan in _pack(name).plans}
    assert found == {False: [Span(days=30)], True: [Span(days=60)]}
    assert all(plan.is_law and plan.in_table for plan in _pack(name).plans)


@pytest.mark.parametrize(("said", "shown"), [({}, False), ({"invoice": "copy"}, False), ({"invoice": "lost"}, True)])
def test_the_ninetieth_day_counts_only_without_an_invoice(said: dict[str, Tree], shown: bool) -> None:
    """Where there is an invoice, the day the phone left the factory begins nothing."""
    facts: dict[str, Tree] = {"category": "mobile_phone", "made_on": "2024-01-10", "fault_on": "2024-07-01", **said}
    windows = _verdict("2024-07-01", "cn-2001-mobile", **facts).windows
    assert ("lost_invoice_start" in windows) is shown
    assert str(windows["whole"]) == ("2025-04-09" if shown else "2025-03-06")
