"""Han names in their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.surnames import Parts, parts_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王建国", Parts("王", "建国")),
        ("李梅", Parts("李", "梅")),
        ("欧阳娜娜", Parts("欧阳", "娜娜")),
        ("司马光", Parts("司马", "光")),
        ("欧阳", Parts("欧", "阳")),
        ("欧阳女士", Parts("欧阳", "", "女士")),
        ("王女士", Parts("王", "", "女士")),
        ("王建国先生", Parts("王", "建国", "先生")),
        ("张王丽华", Parts("张", "王丽华")),
        ("小刘", Parts("小刘")),
        ("老王", Parts("老王")),
        ("王", Parts("王")),
        ("师傅", Parts("师", "傅")),
        ("竹里人家民宿", Parts("竹里人家民宿")),
        ("John Smith", Parts("John Smith")),
        ("王 建国", Parts("王 建国")),
        ("李Amy", Parts("李Amy")),
        ("", Parts("")),
    ],
)
def test_names(name: str, parts: Parts) -> None:
    """Family and given name where they can be told apart; anything else whole."""
    assert parts_of(name) == parts


@given(st.text(st.sampled_from("欧阳司马王女士小老师傅A ")))
def test_nothing_is_lost(name: str) -> None:
    """The parts put together are the name."""
    assert "".join(parts_of(name)) == name
