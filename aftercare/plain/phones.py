"""Phone numbers: kept as typed, never refused, and found again by their last digits.

Country codes are taken off by ``phonenumbers`` (ITU-T E.164); China's, which is on most numbers here, without it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from aftercare.plain.text import fold

_EXTENSION = re.compile(r"分机|转|#|ext", re.IGNORECASE)
_CHINA = re.compile(r"^(?:\+|00)\s*86")
_ABROAD = re.compile(r"^(?:\+|00)\s*(?=[1-9])")
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_PHONE = re.compile(r"[0-9+() .-]+")
_FEWEST = 4
_WHOLE = 7
"""From so many digits on a number is no mere tail of one."""


def digits(text: str) -> str:
    """The digits by which whole numbers are compared: without the country's code, the 0 that is dialled before an area
    within a country, and an extension (转 12, ext 12, #12).  ``+44 20 7946 0958`` is ``020 7946 0958``.
    """
    return _within_country(text).lstrip("0")


class Spelt(NamedTuple):
    """The digits of a number in each way in which it is compared; of what was typed "" where it is not."""

    plain: str
    inland: str
    whole: str


def spelt(phone: str) -> Spelt:
    """The digits by whose end a number is found: as they stand, as dialled within the country, and without a 0."""
    inland = _within_country(phone)
    return Spelt(_plain(phone), inland, inland.lstrip("0"))


def wanted(typed: str) -> Spelt | None:
    """The last digits for which somebody looks; None where it is no number, or has less than four digits."""
    plain = _plain(typed)
    if len(plain) < _FEWEST or not _PHONE.fullmatch(fold(typed)):
        return None
    # The last digits may begin like the code of a country, so they are looked for as they are too.
    inland = _within_country(typed)
    whole = inland.lstrip("0")
    return Spelt(plain, inland if len(inland) >= _FEWEST else "", whole if len(whole) >= _WHOLE else "")


def matches(phone: str, typed: str) -> bool:
    """Whether *typed*, at least four digits and nothing but a number, is the *phone* or its last digits."""
    ends = wanted(typed)
    return ends is not None and any(end and held.endswith(end) for held, end in zip(spelt(phone), ends, strict=True))


def _plain(text: str) -> str:
    return _NOT_A_DIGIT.sub("", _without_extension(text))


def _without_extension(text: str) -> str:
    return _EXTENSION.split(fold(text), maxsplit=1)[0].strip()


def _within_country(text: str) -> str:
    """The digits as they are dialled within the country, an extension left out."""
    number = _without_extension(text)
    if _CHINA.match(number):
        number = _CHINA.sub("", number)
    elif _ABROAD.match(number):
        number = _without_code(_ABROAD.sub("+", number))
    return _NOT_A_DIGIT.sub("", number)


def _without_code(number: str) -> str:
    """A number with a country's code without it; as it is where no country has such numbers."""
    import phonenumbers  # most books have no number from abroad

    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return number
