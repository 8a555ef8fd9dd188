"""A person's own words in a text, name, phone, address: found however they are written, and blotted out.

A name is found in full-width and composed letters, in any case and with any spaces; a name in Latin letters only as
whole words.  A phone is found by its digits, with or without the country's code, whatever stands between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from aftercare.plain import phones

_NUMBER = re.compile(r"[+(]?[0-9](?:[ ().\-]{0,2}[0-9]){5,}")
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

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        # The longest first, so that an address is blotted out before a name that stands in it.
        texts = sorted({*self.names, *self.addresses}, key=len, reverse=True)
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
        for found in _NUMBER.finditer(plain):
            digits = phones.digits(found.group())
            if any(_is_same(digits, known) for known in self.numbers):
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


def _is_same(digits: str, known: str) -> bool:
    """Whether one number is the other, or its end: the area may be left out, or another code stand before it."""
    return min(len(digits), len(known)) >= _WHOLE and (digits.endswith(known) or known.endswith(digits))


def _loosely(text: str) -> str:
    """A pattern for a text: of Latin letters whole words, of others with any space between the signs."""
    if text.isascii() or not any(unicodedata.category(sign) == "Lo" for sign in text):
        words = r"\s+".join(re.escape(word) for word in text.split())
        return rf"(?<!\w){words}(?!\w)"
    return r"\s*".join(re.escape(sign) for sign in text if not sign.isspace())


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
