"""Phone numbers: kept as typed, never refused, and found again by their last digits."""

from __future__ import annotations

import re

from aftercare.plain.text import fold

_EXTENSION = re.compile(r"分机|转|#|ext", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?:\+|00)\s*86")
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_PHONE = re.compile(r"[0-9+() .-]+")
_FEWEST = 4


def digits(text: str) -> str:
    """The digits by which a number is compared: China's country code and an extension (转 12, ext 12, #12) dropped."""
    number = _EXTENSION.split(fold(text), maxsplit=1)[0].strip()
    return _NOT_A_DIGIT.sub("", _COUNTRY.sub("", number))


def matches(phone: str, typed: str) -> bool:
    """Whether *typed*, at least four digits and nothing but a number, is the *phone* or its last digits."""
    wanted = digits(typed)
    return len(wanted) >= _FEWEST and bool(_PHONE.fullmatch(fold(typed))) and digits(phone).endswith(wanted)
