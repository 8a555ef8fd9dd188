"""Amounts of money: exact decimals in the book's one currency, or in another that is always named."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from typing import NamedTuple

from aftercare.plain.text import fold

# ISO 4217, the codes in use, and those of them that have other than two decimals.
_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
    CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
    SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST
    XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
# What a sign may stand for: a book in none of these currencies has to be told the code.
_SIGNS = {"¥": ("CNY", "JPY"), "元": ("CNY", "TWD", "HKD", "MOP")}
_NUMBER = r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]+))?)"
_AMOUNT = re.compile(rf"(?:(?P<before>[A-Z]{{3}}|¥) ?)?{_NUMBER}(?: ?(?P<after>[A-Z]{{3}}|元))?", re.IGNORECASE)
_MOST_DIGITS = 15


class Amount(NamedTuple):
    """So much money; *currency* is an ISO 4217 code, or empty for the book's own."""

    value: Decimal
    currency: str = ""


def decimals(currency: str) -> int:
    """How many decimals amounts of an ISO 4217 *currency* have."""
    if currency in _NO_DECIMALS.split():
        return 0
    return 3 if currency in _THREE_DECIMALS.split() else 2


def is_currency(code: str) -> bool:
    """Whether *code* is an ISO 4217 currency in use."""
    return code in _CODES.split()


def parse(text: str, currency: str = "") -> Amount:
    """The amount that 3299, 3,299.00, ￥40, 40元, USD 40.00 or 40.00 usd says in a book kept in *currency*.

    The value has all decimals of its currency (40 is ``40.00``); without a *currency* it has those that were typed.
    ValueError for anything else: a sign, an exponent, more decimals than the currency has, more than 15 digits, a
    code that is no currency, a ``¥`` or 元 in a book of another currency.
    """
    found = _AMOUNT.fullmatch(fold(text))
    if not found or (found["before"] and found["after"]):
        raise ValueError(text)
    own = _currency((found["before"] or found["after"] or currency).upper(), currency)
    plain = found["number"].replace(",", "")
    if len(plain.replace(".", "")) > _MOST_DIGITS:
        raise ValueError(text)
    known = own or currency
    if known and len(found["decimals"] or "") > decimals(known):
        raise ValueError(text)
    return Amount(_exact(Decimal(plain), known) if known else Decimal(plain), own)


def _currency(named: str, book: str) -> str:
    if named == book or book in _SIGNS.get(named, ()) or (named in _SIGNS and not book):
        return ""
    if not is_currency(named):
        raise ValueError(named)
    return named


def text(amount: Amount, currency: str) -> str:
    """The amount with all decimals of its currency, and with its code when that is not the book's *currency*.

    Nothing is ever rounded: ValueError for a value with more decimals than the currency has.
    """
    code = amount.currency or currency
    figure = format(_exact(amount.value, code), "f")
    return figure if code == currency else f"{code} {figure}"


def plain(amount: Amount) -> str:
    """The amount as it is written down: its value as it stands, after its code if it is not in the book's currency."""
    return f"{amount.currency} {amount.value:f}".strip()


def _exact(value: Decimal, currency: str) -> Decimal:
    never_rounding = decimal.Context(prec=_MOST_DIGITS * 2, traps=[decimal.Inexact, decimal.InvalidOperation])
    try:
        return value.quantize(Decimal(1).scaleb(-decimals(currency)), context=never_rounding)
    except decimal.DecimalException:
        raise ValueError(value) from None
