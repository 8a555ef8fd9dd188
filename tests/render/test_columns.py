"""Our own columns and tabulate's: the same table to the last blank, whoever draws it."""

from __future__ import annotations

import sys

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.text import printable, width
from aftercare.render import columns
from aftercare.render.columns import drawn

EASY = "".join(chr(code) for code in range(sys.maxunicode + 1) if columns._is_easy_letter(chr(code)))
WORDS = st.one_of(
    st.text(alphabet=EASY, max_size=12),
    st.text(alphabet=" -.0123456789", max_size=6),
    st.sampled_from(
        ["", "王建国", " 空调 KFR-35 ", "　杭州市西湖区　", "2026-03-04", "True", "None", "1,299.00", "…", "“好”"]
    ),
)
ODD = st.one_of(WORDS, st.text(max_size=8), st.sampled_from(["👨‍👩‍👧", "☎️", "한글", "คำ", "é", "1️⃣", "🇨🇳", "ﾊﾞ"])).map(
    printable
)


@st.composite
def _tables(draw: st.DrawFn, words: st.SearchStrategy[str]) -> tuple[list[str], list[list[str]], list[bool]]:
    """Titles, rows, and which columns are counts."""
    breadth = draw(st.integers(1, 5))
    row = st.lists(words, min_size=breadth, max_size=breadth)
    rows = draw(st.lists(row, min_size=1, max_size=6))
    return draw(row), rows, draw(st.lists(st.booleans(), min_size=breadth, max_size=breadth))


@given(_tables(WORDS))
def test_what_is_easily_told_is_drawn_as_tabulate_draws_it(
    table: tuple[list[str], list[list[str]], list[bool]],
) -> None:
    """A script that reads a table by its columns must not find them moved."""
    assert drawn(*table) == columns._tabulated(*table)


@given(_tables(ODD))
def test_any_other_table_is_tabulates(table: tuple[list[str], list[list[str]], list[bool]]) -> None:
    """Among what is easily told there may stand what is not."""
    assert drawn(*table) == columns._tabulated(*table)


def test_every_easy_letter_is_as_wide_as_it_is_said_to_be() -> None:
    """One letter reckoned too wide would push all that follows it out of its column."""
    assert len(EASY) > 27_000
    assert [char for char in EASY if wcwidth.wcswidth(char) != width(char)] == []


@pytest.mark.parametrize(
    ("words", "is_loaded"), [("王建国 KFR-35/GW “好” 3，299￥", False), ("王建国 👨‍👩‍👧", True)], ids=["easy", "emoji"]
)
def test_tabulate_is_loaded_for_what_is_not_easy(monkeypatch: pytest.MonkeyPatch, words: str, is_loaded: bool) -> None:
    """Most tables are drawn without it."""
    monkeypatch.delitem(sys.modules, "tabulate", raising=False)
    assert drawn(["name"], [[words]], [False])[2].startswith("王建国")
    assert ("tabulate" in sys.modules) == is_loaded


def test_a_table() -> None:
    """Titles have two columns to spare, counts stand at the right, and nothing stands at the end of a line."""
    assert drawn(["name", "made", ""], [["王建国", "12", ""], [" 李 ", "7", "x"]], [False, True, False]) == [
        "name      made",
        "------  ------  --",
        "王建国      12",
        "李           7  x",
    ]
