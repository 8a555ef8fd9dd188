"""Names of people and goods, found by a part of the name, by its pinyin or by the pinyin's initials.

Pinyin comes from ``pypinyin``, which is imported only when a Han name is compared with Latin letters.
"""

from __future__ import annotations

import itertools
import re

from aftercare.plain.text import fold

# How a character is read as a surname, where a dictionary's first reading is another.
_SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "朴": "piao", "查": "zha", "翟": "zhai", "区": "ou",
    "盖": "ge", "覃": "qin", "缪": "miao", "乐": "yue", "员": "yun", "贠": "yun", "召": "shao", "洗": "xian",
    "黑": "he", "秘": "bi", "隗": "wei", "郇": "xun", "牟": "mu", "祭": "zhai", "折": "she", "种": "chong",
    "重": "chong", "繁": "po", "都": "du", "薄": "bo", "卜": "bu", "句": "gou", "炅": "gui", "佴": "nai",
    "阚": "kan", "么": "yao", "能": "nai", "藏": "zang", "奇": "ji", "乜": "nie", "六": "lu", "会": "gui",
    "适": "kuo", "角": "jue", "省": "xing", "郗": "chi", "谌": "shen", "莘": "xin",
}  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_FEWEST = 2


def readings(name: str) -> frozenset[str]:
    """Every Latin spelling by which a name is found: full pinyin without spaces, and initials.

    A surname counts with its reading as a surname and with the common one, ü as ``v`` and as ``u``; a polyphone in
    the given name only with the common one.  A name without Han characters is found by itself, casefolded.
    """
    return _full(name) | _initials(name)


def matches(name: str, typed: str) -> bool:
    """Whether *typed* is a part of the name, the beginning of its pinyin, or exactly its initials.

    Pinyin and initials take at least two letters; spaces, case and full-width letters make no difference.
    """
    wanted = fold(typed).casefold()
    if not wanted:
        return False
    if wanted in fold(name).casefold():
        return True
    letters = spoken_letters(typed)
    if not letters or not is_han(name):
        return False
    return letters in _initials(name) or any(full.startswith(letters) for full in _full(name))


def spoken_letters(typed: str) -> str:
    """The letters by which a Han name may be asked for as it is spoken; "" where *typed* can be no pinyin."""
    letters = _letters(fold(typed).casefold()).replace("ü", "v")
    return letters if len(letters) >= _FEWEST and letters.isascii() else ""


def is_han(name: str) -> bool:
    """Whether there are Han characters in a name, so that it has pinyin."""
    return _HAN.search(name) is not None


def pinyin_of(name: str) -> str:
    """All that a Han name is called in Latin letters, in one text: ``/`` before a full spelling, ``=`` around initials.

    So ``/wangj`` is in it where a spelling begins with these letters, and ``=wjg=`` where they are the initials.
    """
    full, initials = sorted(_full(name)), sorted(_initials(name))
    return "".join((*(f"/{one}" for one in full), *(f"={one}=" for one in initials)))


def _full(name: str) -> frozenset[str]:
    spellings = {_letters("".join(syllables)) for syllables in _spoken(name)}
    return frozenset(spellings | {spelling.replace("v", "u") for spelling in spellings if _HAN.search(name)})


def _initials(name: str) -> frozenset[str]:
    if not _HAN.search(name):
        return frozenset()
    return frozenset(_letters("".join(syllable[0] for syllable in syllables)) for syllables in _spoken(name))


def _spoken(name: str) -> list[list[str]]:
    """The ways to say a name, each a list of syllables; text that is not Han is one syllable."""
    plain = fold(name).casefold()
    if not _HAN.search(plain):
        return [[plain]]
    from pypinyin import lazy_pinyin  # slow to import: only a search in Latin letters for a Han name pays

    common: list[str] = lazy_pinyin(plain, v_to_u=False)
    surname = _SURNAMES.get(plain[0], common[0])
    return [common] if surname == common[0] else [common, [surname, *common[1:]]]


def _letters(text: str) -> str:
    return "".join(itertools.filterfalse(_is_mark, text))


def _is_mark(char: str) -> bool:
    return not char.isalnum()
