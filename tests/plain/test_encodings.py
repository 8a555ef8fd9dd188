"""Text in other encodings: the same text as UTF-8, or nothing at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.encodings import Recoded, is_utf8, recoded

_CHINESE = st.text(st.sampled_from("王建国李梅陈静空调洗衣机送货维修三包凭证，。、"), min_size=1)


@given(_CHINESE, st.sampled_from(["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]))
def test_what_a_shop_wrote_comes_back(text: str, encoding: str) -> None:
    """Saved by an old editor, a record in Chinese is read as what it says."""
    whole = f"id: CU26-0001\nname: {text}\n"
    data = whole.encode(encoding)
    if not is_utf8(data):  # 梅 alone is ÷ as well; nothing tells
        assert recoded(data, chinese=True) == Recoded("GB18030" if encoding[:2] == "gb" else "UTF-16", whole.encode())


@given(st.binary(max_size=60), st.booleans())
def test_nothing_is_lost_or_made_up(data: bytes, chinese: bool) -> None:
    """Whatever the bytes, what comes out is UTF-8 that gives the same bytes back, and UTF-8 itself is left alone."""
    found = recoded(data, chinese=chinese)
    if is_utf8(data):
        assert found is None
    elif found:
        text = found.data.decode()
        bare = {text.encode(name) for name in ("gb18030", "utf-16-le", "utf-16-be")}
        assert data in bare | {mark + one for mark in (b"\xff\xfe", b"\xfe\xff") for one in bare}


@pytest.mark.parametrize("name", ["Müller", "Größe", "Jérôme", "Åse", "Ñandú", "Käß", "François"])
def test_letters_of_latin_1_are_not_taken_for_chinese(name: str) -> None:
    """Half of them decode as some character; a guess would have written another name into the book for good."""
    data = f"id: CU26-0001\nname: {name}\n".encode("latin-1")
    assert recoded(data, chinese=False) is None
    if name != "Käß":  # two accents at the end of a word in a Chinese book: nothing tells them from a character
        assert recoded(data, chinese=True) is None
