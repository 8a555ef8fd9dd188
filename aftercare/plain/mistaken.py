"""Bytes that can be read in an encoding and yet were written in another: Japanese, Korean and the Chinese of Taiwan as
that of the mainland, Polish or Turkish as French.

Nothing in the bytes says so; the text does.  Each language has signs and letters in shares that no other has, and
what is read wrongly shows those of none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_ENOUGH_TO_SAY, _ENOUGH_FOR_SOUNDS, _ENOUGH_FOR_THE_LAST = 6, 15, 40
_SOME = 3
_MARKS, _KANA = range(0xA1, 0xA4), (0xA4, 0xA5)
_COMMON, _FROM_S, _FROM_X = range(0xB0, 0xD8), 0xC9, 0xD0
"""The first bytes of common characters, in GB 2312 in the order of their sounds; where those in s begin, in x."""


def is_no_mainland_chinese(letters: Iterable[str]) -> bool:
    """Whether foreign *letters* that were read as GB 18030 are rather of another land.

    Of all signs in Chinese four in five are common ones; of Japanese kana and of Big 5, read so, not half.  Of the
    different ones two in five sound like s to z, and one in five like x to z: there Korean has nothing at all, and
    Japanese as good as nothing under x.  A few words tell nothing.
    """
    codes = [letter.encode("gb18030", "replace") for letter in letters]
    signs = [code for code in codes if code[0] not in _MARKS]
    common = [code for code in signs if len(code) == 2 and code[0] in _COMMON and code[1] > 0xA0]
    different = set(common)
    from_s = sum(code[0] >= _FROM_S for code in different)
    from_x = sum(code[0] >= _FROM_X for code in different)
    has_kana = sum(code[0] in _KANA for code in signs) >= _SOME
    enough = _ENOUGH_FOR_SOUNDS if has_kana else _ENOUGH_FOR_THE_LAST
    return (
        (len(signs) >= _ENOUGH_TO_SAY and 2 * len(common) < len(signs))
        or (len(different) >= _ENOUGH_FOR_SOUNDS and 10 * from_s < len(different))
        or (len(different) >= enough and 20 * from_x < len(different))
    )


_LETTER_OF_ANOTHER = re.compile("[a-ln-zß-ÿ][³¿¡]|(?<![0-9])[ªº³£](?=[a-z]{2})")
"""A sign within a word: ³ is ł in Poland, ¿ is ż, º is ş in Romania; behind an m it is a cube."""
_AT_HOME = re.compile("[õÕ](?=[eE])|[ýÝ](?![a-zß-ÿ])")
"""Portuguese has õ before e alone; at the end of a word ý is no Turkish ı, but of the many who are called Novotný."""
_NEVER_TOGETHER = (
    ("õûÕÛ", "áíóúöüÁÍÓÚÖÜ", 30),  # Hungarian ő and ű
    ("øìèòùïæØÌÈÒÙÏÆ", "šžýŠŽÝ", 20),  # Czech, Slovak, Slovene, Croatian
    ("ýðþÝÐÞ", "çüÇÜ", 20),  # Turkish ı, ğ, ş; Icelandic is without the others
)
"""Letters that Windows-1252 shows for those of another language, letters that stand beside them there; and of how many
letters each must be one, for a list of customers may hold names of all lands.
"""


def is_no_western(text: str) -> bool:
    """Whether a text that was read as Windows-1252 is rather of a land that has an encoding of its own."""
    if _LETTER_OF_ANOTHER.search(text):
        return True
    letters = Counter(letter for letter in _AT_HOME.sub("", text) if letter >= "À")
    count = letters.total()

    def are_many(some: str, of: int) -> bool:
        return of * sum(letters[letter] for letter in some) >= max(count, 1)

    return any(are_many(shown, of) and are_many(beside, of) for shown, beside, of in _NEVER_TOGETHER)
