"""Words that leave the shop: no phone, identity number, e-mail address or account of anybody, whoever it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.nameless import LONG, nameless
from tests.answers import shop
from tests.answers.shop import record

SERIALS = ("2604100012345", "KF35-2601-0311", "SN 2026 0001 17")
CLEAN = nameless(shop.shelf(record("CU26-0002", name="李雪", phones="[0571-8888567]")), SERIALS)
LETTERS = st.sampled_from(["", "a", "tel", "电话", "X", "坏了", "…", "(", "：", " "])
SEPARATORS = st.sampled_from([*" -.·/—–_*~|，、,;；:：()（）", "\n", "\u200b", " - ", "——", "．", "…", ") ", " / "])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("身份证11010519491231002X", "身份证…"),
        ("身份证11010519491231002x的人", "身份证…的人"),
        ("110105 19491231 002Ｘ", "…"),
        ("12345 139，12345678", "12345 …"),
        ("tel13912345678", "tel…"),
        ("a13912345678", "a…"),
        ("13912345678a", "…a"),
        ("电话-13912345678", "电话-…"),
        ("1390-12-34567", "…"),
        ("139 2012-10-12", "…"),
        ("+86 139 1234 5678", "…"),
        ("１３９１２３４５６７８", "…"),
        ("一三九一二三四五六七八", "…"),
        ("打8888·567", "打…"),
        ("wang.er@example.com", "…"),
        ("写信给wang.er+1@mail.example.com吧", "写信给…吧"),
        ("ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "…"),
        ("加微信wangxx123谢谢", "加微信…谢谢"),
        ("微信号：wang_xx", "微信号：…"),
        ("我的微信号是wangxx，常看", "我的微信号是…，常看"),
        ("vx: wangxx123", "vx: …"),
        ("WeChat ID: wang-xx or QQ 123456", "WeChat ID: … or QQ …"),
    ],
)
def test_whoever_left_a_number_is_not_told(text: str, left: str) -> None:
    """Each of these went to the maker, who could call the customer behind the shop's back; the book knew none."""
    assert CLEAN(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05 14:00起，2026-3-6至2026/03/07停",
        "E5 2026-03-05 2026-03-06",
        "SA26-0001/1 2026-03-05，CL19-0001 220V",
        "压力120/80，35.5，1200、1300",
        "微信支付不了，微信wifi连不上",
        "KFR-35GW/BP3 VX-2000",
        "单价@3.50",
        "第1、2、3、4、5、6、7、8、9次",
    ],
)
def test_what_the_maker_needs_stays(text: str) -> None:
    """Days, records, measures and models: blotted, the fault could not be found again."""
    assert CLEAN(text) == text


@given(
    digits=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    sizes=st.lists(st.integers(1, 5), max_size=6),
    between=SEPARATORS,
    around=st.tuples(LETTERS, LETTERS),
    code=st.sampled_from(["", "86", "+86", "+86 ", "0086-"]),
)
def test_no_mobile_phone_survives(
    digits: str, sizes: list[int], between: str, around: tuple[str, str], code: str
) -> None:
    """However it is cut up, whatever sign stands in the gaps and whatever touches its ends."""
    cut = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    parts = [digits[start:end] for start, end in zip([0, *cut], [*cut, len(digits)], strict=True)]
    text = around[0] + code + between.join(part for part in parts if part) + around[1]
    left = CLEAN(text)
    assert len(re.sub(r"\D", "", left)) < LONG
    assert digits[-4:] not in re.sub(r"\D", "", left)


@given(
    digits=st.from_regex(r"0[1-9][0-9]{8,9}|[1-9][0-9]{16}[0-9X]", fullmatch=True),
    between=st.sampled_from(["", " ", "-", "·", "/", "—", "_", " - "]),
    places=st.sets(st.integers(1, 9), max_size=3),
    around=st.tuples(LETTERS, LETTERS),
)
def test_no_other_long_number_survives(digits: str, between: str, places: set[int], around: tuple[str, str]) -> None:
    """Of a landline with its area, or an identity number, nothing is left."""
    text = "".join(between + sign if place in places else sign for place, sign in enumerate(digits))
    assert not re.search(r"\d", CLEAN(around[0] + text + around[1]))


@given(
    known=st.sampled_from([*SERIALS, "2026-03-05", "2025-12-31"]),
    around=st.tuples(LETTERS, LETTERS),
    signs=st.tuples(SEPARATORS, SEPARATORS),
    phone=st.sampled_from(["", "13912345678", "0571-88885678"]),
)
def test_serials_and_days_survive(known: str, around: tuple[str, str], signs: tuple[str, str], phone: str) -> None:
    """What the maker knows its goods by stays, whatever touches it, though a phone is in the same words."""
    text = f"{around[0]}{signs[0]}{known}{signs[1]}{around[1]}"
    assert known in CLEAN(f"{text}。{phone}")
    assert phone == "" or phone not in CLEAN(f"{text}。{phone}")


def test_long_words_take_no_long_time() -> None:
    """Somebody pasted a page into a symptom: no search goes back over it again and again."""
    for sign in ("a", "1", "(", "微信", "@", "1-", "a.", "一"):
        assert isinstance(CLEAN(sign * 50_000), str)
