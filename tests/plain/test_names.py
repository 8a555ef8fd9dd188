"""Names: found by a part, by pinyin, by initials."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aftercare.plain.names import matches, readings


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("曾国藩", "zeng"), ("单田芳", "shan"), ("解晓东", "xie"), ("仇英", "qiu"), ("朴树", "piao"), ("查良镛", "zha"),
        ("翟天临", "zhai"), ("区志航", "ou"), ("盖叫天", "ge"), ("缪小明", "miao"), ("乐小明", "yue"), ("覃明", "qin"),
    ],
)  # fmt: skip
def test_a_surname_is_found_by_its_own_reading(name: str, surname: str) -> None:
    """A surname is read as a surname, with its initials, and by its common reading too."""
    found = readings(name)
    assert any(reading.startswith(surname) for reading in found)
    assert any(not reading.startswith(surname) and len(reading) > len(name) for reading in found)


def test_readings_of_a_name() -> None:
    """Full pinyin without spaces, and initials, of both readings of the surname."""
    assert readings("王建国") == {"wangjianguo", "wjg"}
    assert readings("单田芳") == {"shantianfang", "dantianfang", "stf", "dtf"}


@pytest.mark.parametrize(
    ("name", "reading"), [("欧阳锋", "ouyangfeng"), ("单于雄", "chanyuxiong"), ("尉迟恭", "yuchigong")]
)
def test_compound_surnames(name: str, reading: str) -> None:
    """A surname of two characters is read as one."""
    assert reading in readings(name)


@pytest.mark.parametrize("typed", ["lvbu", "lubu", "lübu", "Lü Bu", "LB", "吕", "布"])
def test_u_with_dots_is_typed_as_v_or_u(typed: str) -> None:
    """There is no ü on the keyboard: v and u both find it."""
    assert matches("吕布", typed)


@pytest.mark.parametrize(
    "typed", ["王", "建国", "wang", "Wang Jianguo", "wang'jian", "wangji", "wjg", "WJG", "ｗｊｇ", "wa", " 王建国 "]
)
def test_found(typed: str) -> None:
    """A part of the name, the beginning of its pinyin, or all of its initials find it, in any case and width."""
    assert matches("王建国", typed)


@pytest.mark.parametrize("typed", ["", " ", "w", "wj", "jianguo", "wangx", "李", "wjgg", "王国", "138", "-"])
def test_not_found(typed: str) -> None:
    """One letter, part of the initials, the given name's pinyin, or other characters find nothing."""
    assert not matches("王建国", typed)


def test_names_that_are_not_han() -> None:
    """A name in Latin letters is found by any part of itself, in any case, and has no initials."""
    assert readings("John Smith") == {"johnsmith"}
    assert matches("John Smith", "smith")
    assert not matches("John Smith", "js")


def test_names_of_mixed_writing() -> None:
    """Letters, digits and marks within a Han name are no obstacle."""
    assert matches("空调KFR-35", "kfr-35")
    assert matches("空调KFR-35", "kongtiaokfr35")
    assert matches("买买提·艾力", "maimaitiaili")
    assert matches("买买提·艾力", "mmtal")


def test_pinyin_is_imported_only_when_needed() -> None:
    """A search in Han characters, or among Latin names, does not pay for the pinyin tables."""
    program = (
        "import sys; from aftercare.plain.names import matches\n"
        "matches('王建国', '李'); matches('Smith', 'sm'); matches('王建国', 'w')\n"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
