"""What belongs to an installation, and what of it was ticked."""

from __future__ import annotations

from aftercare.answers.affairs import affairs_of
from aftercare.answers.checklists import checklists_of, items_of, unknown
from aftercare.policies.standards import Checklist
from aftercare.records.installation import Installation
from tests.answers.shop import BUYER, CHAIR, COOLER, record, rules, shelf

PACK = """
id: ours
issuer: shop
title: 本店
in_force: {from: 2026-03-01}
checklists:
- {id: any, title: 一般, category: goods, follows: own, items: [{id: firm, en: firm, zh: 牢固}, {id: run, en: run, zh: 试机}]}
- {id: cooler, title: 空调, category: air_conditioner, follows: own, items: [{id: empty, en: evacuated, zh: 抽真空}, {id: run, en: run, zh: 试机}]}
"""  # noqa: E501 - a line of a pack is a line
MIXED = record("SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {COOLER}}}, {{product: {COOLER}}}]")


def _lists(*records: str) -> tuple[list[Checklist], Installation]:
    held = shelf(MIXED, *records)
    work = held.get("IN26-0001")
    assert isinstance(work, Installation)
    return checklists_of(affairs_of(held)[BUYER], work, rules(PACK)), work


def test_an_installation_has_the_lists_of_its_goods_each_once() -> None:
    """One that names no lines is for the goods that need a fitter; named lines are those named."""
    assert [one.line for one in _lists(record("IN26-0001"))[0]] == ["ours/cooler"]
    assert [one.line for one in _lists(record("IN26-0001", items="[1, 3]"))[0]] == ["ours/any", "ours/cooler"]


def test_an_item_of_several_lists_is_done_once() -> None:
    """Ticked by either language, or by its id."""
    lists, work = _lists(record("IN26-0001", items="[1, 2]", checklist="[试机 10分钟, firm, 打孔]"))
    assert [(item.id, item.done) for item in items_of(lists, work.checklist)] == [
        ("firm", True), ("run", True), ("empty", False),
    ]  # fmt: skip
    assert unknown(lists, work.checklist) == ["打孔"]


def test_the_day_of_the_work_decides_which_list_counts() -> None:
    """A list that came later is not held against work that was done before."""
    before = record("IN26-0001", arranged_on="2026-02-20", started_at="2026-02-28T09:00")
    assert _lists(before)[0] == []
    after = record("IN26-0001", arranged_on="2026-02-20", started_at="2026-03-01T09:00")
    assert [one.line for one in _lists(after)[0]] == ["ours/cooler"]
