"""The tree of goods."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.policies.categories import ROOT, built, tree

# The names that statutes' catalogues of goods use.
_OF_STATUTES = [
    "自行车", "彩色电视机", "黑白电视机", "家用录像机", "摄像机", "收录机",
    "电子琴", "家用电冰箱", "洗衣机", "电风扇", "微波炉", "吸尘器",
    "家用空调器", "吸排油烟机", "燃气热水器", "缝纫机", "钟表", "摩托车",
    "等离子电视机", "液晶电视机", "移动电话机主机", "充电器", "外接有线耳机", "数据接口卡",
    "固定电话机", "微型计算机主机", "笔记本微型计算机", "家用视盘机", "音频功率放大器", "扬声器系统",
    "家用汽车", "多缸柴油机", "单缸柴油机", "二冲程汽油机", "四冲程汽油机", "大中型拖拉机",
    "小型拖拉机", "联合收割机", "插秧机", "服装", "鞋类", "眼镜",
    "家具",
]  # fmt: skip


def test_every_category_has_both_names() -> None:
    """A list of categories is readable in either language."""
    assert [node.id for node in tree() if not (node.zh.strip() and node.en.strip())] == []


def test_no_name_means_two_categories() -> None:
    """Typing a name is never a guess: each id, name and other name belongs to one category."""
    names = Counter(
        (key, node.id)
        for node in tree()
        for key in {name.casefold().translate({ord(" "): "", ord("-"): "", ord("_"): ""}) for name in _names(node)}
    )
    owners = Counter(key for key, _id in names)
    assert [key for key, count in owners.items() if count > 1] == []


def _names(node: object) -> list[str]:
    return [node.id, node.zh, node.en, *node.also]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", _OF_STATUTES)
def test_the_catalogues_of_statutes_are_found(name: str) -> None:
    """A name out of a statute's catalogue finds its category."""
    assert tree().find(name) is not None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("air_conditioner", "air_conditioner"),
        ("Air Conditioner", "air_conditioner"),
        ("air-conditioner", "air_conditioner"),
        (" 空调 ", "air_conditioner"),
        ("家用空调器", "air_conditioner"),
        ("ＬＣＤ＿ＴＶ", "lcd_tv"),
        ("desktop_pc", "desktop_computer"),
        ("notebook PC", "laptop"),
        ("马桶", "toilet"),
        ("spaceship", None),
        ("", None),
    ],
)
def test_find_takes_any_name_in_any_writing(typed: str, expected: str | None) -> None:
    """Case, width, dashes and blanks make no difference; what is no name finds nothing."""
    assert tree().find(typed) == expected


@given(st.sampled_from(list(tree())), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_every_name_finds_its_category(node: object, writing: object) -> None:
    """Each name finds the category it is a name of, however it is capitalised."""
    for name in _names(node):
        assert tree().find(writing(name)) == node.id  # type: ignore[attr-defined, operator]


def test_parents_lead_up_to_the_root() -> None:
    """The chain begins with the category itself and ends with all goods."""
    assert list(tree().parents("lcd_tv")) == ["lcd_tv", "flat_tv", "color_tv", "tv", "audio_video", "goods"]
    assert all(tree().parents(node.id)[-1] == ROOT for node in tree())


def test_is_a_holds_up_the_tree_only() -> None:
    """A gas water heater is a water heater, not the other way round; everything is itself."""
    assert tree().is_a("gas_water_heater", "water_heater")
    assert tree().is_a("water_heater", "water_heater")
    assert not tree().is_a("water_heater", "gas_water_heater")


def test_installation_is_inherited_and_can_be_excepted() -> None:
    """A category needs a fitter where its parent does, unless it says otherwise."""
    assert tree().installed("air_conditioner")
    assert tree().installed("split_air_conditioner")
    assert not tree().installed("portable_air_conditioner")
    assert not tree().installed("refrigerator")
    assert not tree().installed("goods")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("air_conditoner", "air_conditioner"), ("变频空调", "air_conditioner"), ("refridgerator", "refrigerator")],
)
def test_near_names_what_was_likely_meant(typed: str, expected: str) -> None:
    """A slip of the finger, or a longer name than ours, gets a suggestion."""
    assert tree().near(typed)[0] == expected


def test_near_is_silent_when_nothing_is_like_it() -> None:
    """No suggestion is better than a silly one."""
    assert tree().near("qqqqq") == []
    assert tree().near("") == []


def test_walking_goes_down_with_depth() -> None:
    """The walk starts at the root, and a child comes after its parent, one level deeper."""
    nodes = list(tree())
    assert (nodes[0].id, nodes[0].depth) == (ROOT, 0)
    seen: dict[str, int] = {}
    for node in nodes:
        assert node.parent is None or node.depth == seen[node.parent] + 1
        seen[node.id] = node.depth
    assert len(seen) == len(nodes)


def test_walking_keeps_families_together() -> None:
    """Rows of the file in any order: a subtree is walked whole before its next sister."""
    names = {"zh": "名", "en": "name"}
    rows = {ROOT: names, "a": {"in": ROOT, **names}, "b": {"in": ROOT, **names}, "a1": {"in": "a", **names}}
    assert [node.id for node in built(rows)] == [ROOT, "a", "a1", "b"]


@pytest.mark.parametrize(
    "rows",
    [
        {ROOT: {"zh": "商品", "en": "goods", "in": "other"}},
        {ROOT: {"zh": "商品", "en": "goods"}, "a": {"zh": "甲", "en": "a"}},
        {ROOT: {"zh": "商品", "en": "goods"}, "a": {"zh": "甲", "en": "a", "in": "b"}},
        {ROOT: "text"},
    ],
)
def test_a_row_must_stand_below_an_earlier_one(rows: dict[str, object]) -> None:
    """There is one root, and no category hangs in the air."""
    with pytest.raises(ValueError, match=r"goods|a"):
        built(rows)
