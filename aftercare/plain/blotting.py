"""A person's own words in a text, name, phone, address: found however they are written, and blotted out.

A name is found in full-width and composed letters, in any case and with any spaces; a name in Latin letters only as
whole words.  A phone is found by its digits, with or without codes of country and area, whatever stands between them
and whatever number stands beside it.  An address is found without its town too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from aftercare.plain import addresses, phones

_NUMBER = re.compile(r"[0-9](?:[\W_]{0,4}[0-9]){6,}")
"""Digits, and up to four signs between two of them: a phone, or one among other numbers."""
_CODE = re.compile(
    r"(?<![0-9])\(?(?:(?:\+|00)[ (]{0,2}[0-9]{1,4}|86|0[0-9]{2,3})(?:[ ().\-]{1,3}[0-9]{1,4})?[ ().\-]{1,3}$"
)
"""The code of a country or an area, as it stands before a number."""
_LONGEST_CODE = 18
_WITHIN = re.compile(r"[ ().\-]{1,2}")
"""What stands between the groups of one number."""
_SPELLED = re.compile(r"[〇零一二三四五六七八九幺]{7,}")
_AS_DIGITS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
_JOINTS = re.compile(r"([\s'’ʼ`‐-―-]+)")
"""What may stand between the words of a name in Latin letters: Anne-Marie O’Brien is Anne Marie O'Brien as well."""
_DOTS = "·•・‧∙"
"""What parts the names of those who have several in Han letters: 阿卜杜拉·买买提."""
_HIDDEN = r"\u200b-\u200d\u2060\ufeff"
_FEWEST = 2
"""Letters of the shortest name that is looked for: a single one is in too many words."""
_LEAST_ADDRESS = 4
_WHOLE = 7
"""Digits of the shortest number that is looked for: fewer are a house number or an amount as well."""


class OwnWords:
    """What a person is known by: *names* (and whatever else is written like one), *addresses*, *numbers* of phones."""

    def __init__(self, names: Iterable[str], addresses: Iterable[str] = (), numbers: Iterable[str] = ()) -> None:
        self.short: set[str] = set()
        """Those that are too short to be looked for: they stand in too much that is nobody's."""
        self.names = self._known(names, _plain_words, _FEWEST)
        self.addresses = self._known(addresses, _plain_words, _LEAST_ADDRESS)
        self.numbers = self._known(numbers, phones.digits, _WHOLE)

    def _known(self, said: Iterable[str], fold: Callable[[str], str], least: int) -> dict[str, str]:
        folded = {fold(one): one for one in said}
        self.short.update(one for text, one in folded.items() if len(text) < least)
        return {text: one for text, one in folded.items() if len(text) >= least}

    def __bool__(self) -> bool:
        return bool(self.names or self.addresses or self.numbers)

    def __or__(self, other: OwnWords) -> OwnWords:
        """The words of both."""
        both = OwnWords(
            [*self.names.values(), *other.names.values()],
            [*self.addresses.values(), *other.addresses.values()],
            [*self.numbers.values(), *other.numbers.values()],
        )
        both.short = self.short | other.short
        return both

    def __sub__(self, other: OwnWords) -> OwnWords:
        """These words, but for those that are among the *other*'s."""
        return OwnWords(
            [said for folded, said in self.names.items() if folded not in other.names],
            [said for folded, said in self.addresses.items() if folded not in other.addresses],
            [said for folded, said in self.numbers.items() if folded not in other.numbers],
        )

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        # The longest first, so that an address is blotted out before a name that stands in it.
        known = {*self.names, *(way for one in self.addresses for way in addresses.ways_to_write(one))}
        texts = sorted(known, key=lambda text: (-len(text), text))
        return re.compile("|".join(map(_loosely, texts))) if texts else None

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where in *text* they stand, from and up to, in order; those that touch are one."""
        plain, origin = _with_origin(text)
        found = [*self._named(plain), *self._numbered(plain)]
        joined: list[tuple[int, int]] = []
        for start, end in sorted((origin[start], origin[end - 1] + 1) for start, end in found):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined

    def _named(self, plain: str) -> Iterator[tuple[int, int]]:
        if self._pattern:
            yield from (found.span() for found in self._pattern.finditer(plain))

    def _numbered(self, plain: str) -> Iterator[tuple[int, int]]:
        if not self.numbers:
            return
        for run in _NUMBER.finditer(plain):
            at = [place for place in range(*run.span()) if plain[place] in "0123456789"]
            digits = "".join(plain[place] for place in at)
            for known in self.numbers:
                yield from _standing_in(plain, digits, at, known)
        for found in _SPELLED.finditer(plain):
            said = found.group().translate(_AS_DIGITS)
            if any(said.endswith(known) or known.endswith(said) for known in self.numbers):
                yield found.span()

    def are_in(self, text: str) -> bool:
        """Whether any of them stands in *text*."""
        plain = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
        return any(True for found in (self._named(plain), self._numbered(plain)) for __ in found)

    def blotted(self, text: str, blank: str) -> str:
        """The text with *blank* in the place of each."""
        for start, end in reversed(self.places(text)):
            text = text[:start] + blank + text[end:]
        return text


def _standing_in(plain: str, digits: str, at: list[int], known: str) -> Iterator[tuple[int, int]]:
    """Where a number stands among *digits*, which stand *at* these places: the whole of it, or its end by itself.

    The area may be left out, or a code stand before it; digits that touch it at its end make another number of it.
    """
    last = digits.find(known[-_WHOLE:])
    while last >= 0:
        first, end = last, last + _WHOLE
        while first and end - first < len(known) and digits[first - 1] == known[first - end - 1]:
            first -= 1
        ends = end == len(digits) or at[end] > at[end - 1] + 1
        if ends and end - first == len(known):
            yield _with_code(plain, at[first]), at[end - 1] + 1
        elif ends and (not first or _begins_anew(plain, at[first - 1] + 1, at[first])):
            yield at[first], at[end - 1] + 1
        last = digits.find(known[-_WHOLE:], last + 1)


def _begins_anew(plain: str, start: int, end: int) -> bool:
    """Whether what stands between two digits parts two numbers, and not two groups of one."""
    return start < end and not _WITHIN.fullmatch(plain, start, end)


def _with_code(plain: str, start: int) -> int:
    """From where a number goes with what is dialled before it."""
    while start and plain[start - 1] in "0123456789":
        start -= 1
    before = plain[max(start - _LONGEST_CODE, 0) : start]
    if found := _CODE.search(before):
        return start - len(before) + found.start()
    return start - 1 if before.endswith("+") else start


def _loosely(text: str) -> str:
    """A pattern for a text: of Latin letters whole words, of others with any space between the signs."""
    if text.isascii() or not any(unicodedata.category(sign) == "Lo" for sign in text):
        pieces = _JOINTS.split(text)
        pieces[::2] = (re.escape(piece).replace(",", ",?") for piece in pieces[::2])
        pieces[1::2] = (r"[\s,‐-―-]+" if joint.isspace() else r"[\s'’ʼ`‐-―-]*" for joint in pieces[1::2])
        return rf"(?<!\w){''.join(pieces)}(?!\w)"
    signs = (re.escape(sign) for sign in text if not sign.isspace() and sign not in _DOTS)
    # A house is not the one whose number goes on.
    return rf"[\s{_DOTS}{_HIDDEN}]*".join(signs) + (r"(?![0-9])" if text[-1:].isdecimal() else "")


def _plain_words(text: str) -> str:
    return _with_origin(text)[0].strip()


def _with_origin(text: str) -> tuple[str, list[int]]:
    """The text in small plain letters, and for each of these the place of the sign that it comes from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    plain: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text):
        letters = unicodedata.normalize("NFKD", sign).casefold()
        plain.append(letters)
        origin.extend([place] * len(letters))
    return "".join(plain), origin
