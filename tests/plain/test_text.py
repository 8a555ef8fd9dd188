"""Text: folding, visible escapes, display columns, numerals."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from aftercare.plain import text as texts
from aftercare.plain.text import clip, fold, for_ids, number, pad, printable, width

SHOP_TEXT = st.text(alphabet=st.sampled_from("aZ9 -/空调王（）、…ée\u0301，Ａ￥한ｱ"), max_size=20)


def test_fold_makes_full_width_plain() -> None:
    """Full-width letters, digits, signs and spaces become plain ones; the Chinese comma stays."""
    assert fold("　ＫＦＲ－３５：（１）、２ ") == "KFR-35:(1)、2"


def test_ids_are_read_with_slashes_and_in_the_case_that_was_typed() -> None:
    """An id may be typed full-width and with 、 for its slash; its case is left to who looks for it."""
    assert for_ids("ｓａ26-0012、1、deliver") == "sa26-0012/1/deliver"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31m红", r"\x1b[31m红"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\u202eabc", r"\u202eabc"),
        ("a\u2066b\u2069\u200f", r"a\u2066b\u2069\u200f"),
        ("\x9b2J", r"\x9b2J"),
        ("\u2028", r"\u2028"),
        ("\udcff", r"\udcff"),
    ],
)
def test_control_characters_are_shown_not_obeyed(raw: str, shown: str) -> None:
    """What would repaint, reorder or break a line of the terminal is shown as an escape."""
    assert printable(raw) == shown


@pytest.mark.parametrize("text", ["王建国　先生", "👨\u200d🔧", "KFR-35 \\x1b", ""])
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    """Han text, wide spaces, joined emoji and a typed backslash stay as they are."""
    assert printable(text) == text


@given(st.text())
def test_anything_can_be_printed_on_one_line(text: str) -> None:
    """Whatever the text, what is printed is one line that UTF-8 can hold, and printing it again changes nothing."""
    shown = printable(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


@given(SHOP_TEXT)
def test_width_agrees_with_terminals(text: str) -> None:
    """Columns are counted as the tables of terminal widths count them."""
    assert width(text) == wcswidth(text)


@given(SHOP_TEXT, st.integers(0, 30))
def test_a_clipped_cell_fits(text: str, columns: int) -> None:
    """Clipping never leaves more columns than asked for, keeps what fits, and wastes at most one column."""
    clipped = clip(text, columns)
    assert width(clipped) <= columns
    if width(text) <= columns:
        assert clipped == text
    elif columns:
        assert clipped.endswith("…")
        assert text.startswith(clipped[:-1])
        assert width(clipped) >= columns - 1


@given(SHOP_TEXT, st.integers(0, 50))
def test_a_padded_cell_lines_up(text: str, columns: int) -> None:
    """Padding fills to the column exactly, and never shortens."""
    padded = pad(text, columns)
    assert width(padded) == max(columns, width(text))
    assert padded.rstrip(" ") == text.rstrip(" ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("007", 7),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("三十一", 31),
        ("九十九", 99),
    ],
)
def test_numerals(text: str, value: int) -> None:
    """Digits and Chinese numerals say the same numbers."""
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", "一二", "十十", "二十零", "两十", "十两", "零十", "百", "二十一一", "-1", "1.0", "٣", "²", "一十二十"]
)
def test_what_is_no_numeral(text: str) -> None:
    """A numeral that nobody would write is refused, and so are digits of other scripts."""
    with pytest.raises(ValueError):  # noqa: PT011
        number(text)


def test_what_is_shown_at_a_glance_hides_nothing() -> None:
    """A text that is not looked through must have nothing to be found: one letter missed could repaint a terminal."""
    every = map(chr, range(sys.maxunicode + 1))
    heaps = [char * 9 for char in every if char.isprintable() and char not in texts._doubtful()]
    assert len(heaps) > 100_000
    assert texts._hidden().search("|".join(heaps)) is None


@pytest.mark.parametrize("text", ["SA26-0012/1/call-back.1", "王建国 11-08至12-08", "“好”，￥3,299.00…"])
def test_most_texts_are_shown_at_a_glance(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What people write every day needs no pattern to be made."""
    monkeypatch.delattr(texts, "_hidden")
    assert printable(text) == text
