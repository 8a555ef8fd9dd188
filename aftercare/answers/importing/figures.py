"""Amounts and counts as marketplaces write them: with a sign before them, a decimal comma, or spoilt by a program.

Nothing is rounded by opinion.  ``59.99000168`` is 59.99 in single precision, which a program wrote out in full: it is
read as 59.99, since of all amounts with the currency's decimals that is the one with the same single-precision number.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from aftercare.plain import money
from aftercare.plain.text import fold

_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS")
SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "US$": ("USD",),
        "HK$": ("HKD",),
        "NT$": ("TWD",),
        "S$": ("SGD",),
        "A$": ("AUD",),
        "C$": ("CAD",),
        "NZ$": ("NZD",),
        "R$": ("BRL",),
        "$": _DOLLARS,
        "€": ("EUR",),
        "£": ("GBP",),
        "₹": ("INR",),
        "₩": ("KRW",),
        "RMB": ("CNY",),
    }
)
"""What stands before or behind an amount, and the currencies that it may mean."""
_SIGNED = re.compile(rf"({'|'.join(map(re.escape, SIGNS))})? ?([0-9][0-9., ']*) ?({'|'.join(map(re.escape, SIGNS))})?")
_BY_COMMA = re.compile(r"(?:[0-9]{1,3}(?:[. '][0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_LONG = re.compile(r"[0-9]+\.[0-9]{4,}")
_SIGNIFICANT = 7
"""Digits by which single precision tells numbers apart; an amount of more is not taken for a spoilt one."""


class WhichCurrency(ValueError):
    """A sign that may mean several currencies, of which neither the book's nor the mapping's is one."""


def amount(text: str, *, comma: bool, currency: str, book: str) -> money.Amount:
    """The amount that a cell says in a book kept in *book*; where it names no currency it is in *currency*.

    ValueError for what is no amount; :class:`WhichCurrency` where its sign may mean several.
    """
    plain = fold(text)
    found = _SIGNED.fullmatch(plain)
    if not found or (found[1] and found[3]):
        return money.parse(_with_point(plain) if comma else plain, book)
    code = _meant(found[1] or found[3] or "", currency, book)
    figure = _with_point(found[2].strip()) if comma else found[2].strip()
    known = code or book
    if known and _LONG.fullmatch(figure):
        figure = _unspoilt(figure, money.decimals(known))
    return money.parse(f"{code} {figure}".strip(), book)


def _meant(sign: str, currency: str, book: str) -> str:
    """The code of the currency; "" for the book's own."""
    named = currency if currency != book else ""
    if not sign:
        return named
    may = SIGNS[sign]
    for one in (currency, book, *(may if len(may) == 1 else ())):
        if one in may:
            return one if one != book else ""
    raise WhichCurrency(sign)


def _with_point(text: str) -> str:
    if not _BY_COMMA.fullmatch(text):
        raise ValueError(text)
    return re.sub("[. ']", "", text).replace(",", ".")


def _unspoilt(figure: str, places: int) -> str:
    """The figure with the currency's decimals, where single precision cannot tell the two apart; else as it is."""
    near = Decimal(figure).quantize(Decimal(1).scaleb(-places))
    if len(near.as_tuple().digits) > _SIGNIFICANT or struct.pack("f", float(near)) != struct.pack("f", float(figure)):
        return figure
    return f"{near:f}"


def days(text: str) -> int:
    """The whole number of days, from 0 on, that a cell says; ValueError for anything else."""
    found = re.fullmatch(r"([0-9]{1,4})(?:\.0+)? ?(?:days?|天|日)?", fold(text).casefold())
    if not found:
        raise ValueError(text)
    return int(found[1])
