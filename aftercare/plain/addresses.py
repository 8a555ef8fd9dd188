"""An address as people write it in a note: without the town, which everybody knows, and without the last 室.

What is left has to say a street and a number by itself: 3幢501室 and Flat 2 are somewhere in every town.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOWN = re.compile(
    r"(?:[^\W\d]{2,7}?(?:省|自治区|特别行政区)|[^\W\d]{2,3}県|東京都|北海道|大阪府|京都府)?"
    r"(?:[^\W\d]{2,7}?(?:市|自治州|地区|盟))?"
    r"(?:[^\W\d]{1,7}?(?:(?<![小社园校厂景片矿])区|县|旗)|[^\W\d]{2,7}?市)?"
    r"(?:[^\W\d]{1,7}?(?:街道|镇|乡))?"
)
"""Province, town, district and ward, where an address of Han letters begins with them."""
_STREET = re.compile(r"[^\W\d]{2,}.*[0-9]")
_ROOM = re.compile(r"(?<=[0-9])[室户号]$")
_LEAST_HAN = 5
_HAN = re.compile(r"[\u3400-\u9fff]")
_WITHIN = frozenset(
    {"flat", "apartment", "apt", "unit", "suite", "room", "building", "block", "floor", "tower", "po", "box"}
)
"""Words that say where within a house, or in no street."""
_LEAST_LETTERS = 5


def ways_to_write(address: str) -> Iterator[str]:
    """The address itself, in small plain letters, and what is left of it without the town."""
    yield address
    rest = _without_town("".join(address.split())) if _HAN.search(address) else _street_of(address)
    if rest:
        yield rest
        if _ROOM.search(rest):
            yield _ROOM.sub("", rest)


def _without_town(address: str) -> str:
    """文三路18号501室 of 浙江省杭州市西湖区文三路18号501室; "" where that says no street."""
    found = _TOWN.match(address)
    rest = address[found.end() :] if found else address
    return rest if len(rest) >= _LEAST_HAN and _STREET.match(rest) else ""


def _street_of(address: str) -> str:
    """12 High Street of Flat 2, 12 High Street, Leeds; "" where no part but the last says a street and a number."""
    parts = [part.strip() for part in re.split(r"[,;]", address)]
    return next((part for part in parts[:-1] if _says_a_street(part)), "")


def _says_a_street(part: str) -> bool:
    words = re.findall(r"[^\W\d]+", part)
    return any(sign.isdecimal() for sign in part) and (
        sum(len(word) for word in words if word not in _WITHIN) >= _LEAST_LETTERS
    )
