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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("电话13800138000 2台", "电话… 2台"),
        ("13800138000 2026-03-10前", "… 2026-03-10前"),
        ("2026-03-10 13800138000", "2026-03-10 …"),
        ("13800138000 / 13900139009", "… / 13900139009"),
        ("138 - 0013 - 8000", "…"),
        ("138/0013·8000", "…"),
        ("(+86) 138 0013 8000", "…"),
        ("一三八零零一三八零零零", "…"),
    ],
)
def test_a_phone_beside_another_number_does_not_outlive_its_owner(text: str, left: str) -> None:
    """It was found only where no other number stood beside it: a forgotten customer's stayed in every such note."""
    assert WANG.blotted(text, "…") == left
    assert WANG.are_in(text)


@pytest.mark.parametrize("text", ["156 0013 8000", "15600138000", "138001380001", "13800138 0001"])
def test_the_phone_of_somebody_else_with_the_same_end_stays(text: str) -> None:
    """The last seven digits of two phones may be alike; only digits that stand by themselves are the end of one."""
    assert WANG.blotted(text, "…") == text


@pytest.mark.parametrize(
    ("address", "text", "left"),
    [
        ("杭州市西湖区文三路18号2单元501室", "住文三路18号2单元501室，有狗", "住…，有狗"),
        ("浙江省杭州市西湖区文三路18号2单元501室", "西湖区文三路18号2单元501", "西湖区…"),
        ("东莞市长安镇锦厦路5号", "锦厦路5号没人，锦厦路50号", "…没人，锦厦路50号"),
        ("杭州市翡翠城小区3幢501室", "翡翠城小区3幢501室", "…"),
        ("杭州市翡翠城小区3幢501室", "别人家也是3幢501室", "别人家也是3幢501室"),
        ("Flat 2, 12 High Street, Leeds LS1 4AB", "left at 12 High Street", "left at …"),
        ("Flat 2, 12 High Street, Leeds LS1 4AB", "Flat 2 of 112 High Street", "Flat 2 of 112 High Street"),
        ("Hauptstraße 5, 10115 Berlin", "HAUPTSTRASSE 5, 10115 Berlin-Mitte", "…-Mitte"),
        ("Hauptstraße 5, 10115 Berlin", "another one in 10115 Berlin", "another one in 10115 Berlin"),
    ],
)
def test_an_address_without_its_town_does_not_outlive_its_owner(address: str, text: str, left: str) -> None:
    """In a note nobody writes the town: where a forgotten customer lives stayed in every complaint of theirs."""
    assert OwnWords([], [address]).blotted(text, "…") == left


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anne-Marie O'Brien", "anne marie o’brien"),
        ("Li Na", "li-na"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
        ("阿卜杜拉买买提", "阿卜杜拉 • 买买提"),
        ("王建国", "王\u200b建国"),
    ],
)
def test_a_name_of_several_parts_is_found_however_they_are_joined(name: str, text: str) -> None:
    """A phone's keyboard types another apostrophe, another dot, no hyphen: the name stayed in the note."""
    assert OwnWords([name]).blotted(text, "…") == "…"
