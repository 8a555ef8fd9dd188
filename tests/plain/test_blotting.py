"""A person's own words are found however they are written, and nothing else is."""

from __future__ import annotations

import pytest

from aftercare.plain.blotting import OwnWords

WANG = OwnWords(["王建国"], ["杭州市西湖区文三路100号3-201"], ["+86 138 0013 8000"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("王建国来取", "…来取"),
        ("邻居王 建国代收", "邻居…代收"),
        ("打13800138000", "打…"),
        ("１３８００１３８０００", "…"),
        ("138-0013-8000 转 王建国", "… 转 …"),
        ("0086 13800138000", "…"),
        ("送到杭州市西湖区文三路100号3-201楼下", "送到…楼下"),
        ("王建国王建国", "…"),
    ],
)
def test_however_it_is_written(text: str, left: str) -> None:
    """Full-width digits, spaces within a name, dashes and a country's code in a phone."""
    assert WANG.blotted(text, "…") == left
    assert WANG.are_in(text)


@pytest.mark.parametrize("text", ["", "王建军", "建国门店", "KF35-0303001", "2026-03-04 18:00", "13800138001", "8000"])
def test_nothing_else(text: str) -> None:
    """Somebody else's name or phone, a date, a serial number and a few digits stay."""
    assert WANG.blotted(text, "…") == text
    assert not WANG.are_in(text)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("An Li", "call an  li back", "call … back"),
        ("An", "Andreas can, An cannot", "Andreas can, … cannot"),
        ("José", "Jose\u0301 signed", "… signed"),
        ("Müller", "MU\u0308LLER", "…"),
    ],
)
def test_a_name_in_latin_letters_is_a_whole_word(name: str, text: str, left: str) -> None:
    """In any case, composed or not; within another word it is another word."""
    assert OwnWords([name]).blotted(text, "…") == left


def test_what_is_too_short_is_not_looked_for() -> None:
    """A single sign, an address of a word, a short number: they stand in too much that is nobody's."""
    words = OwnWords(["王"], ["3楼"], ["110"]) | OwnWords(["王建国"])
    assert words.short == {"王", "3楼", "110"}
    assert not words.are_in("王家3楼 110")


def test_the_words_of_two_are_the_words_of_both() -> None:
    """What somebody was called before is looked for too."""
    both = OwnWords(["王建国"]) | OwnWords(["王国"], numbers=["057188885678"])
    assert both.blotted("王建国、王国、0571-8888 5678", "…") == "…、…、…"
