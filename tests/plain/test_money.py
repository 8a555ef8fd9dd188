"""Money: exact amounts, never rounded, always in a known currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.money import Amount, decimals, is_currency, parse, plain, text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3299", "3299.00"),
        ("3299.00", "3299.00"),
        ("3299.5", "3299.50"),
        ("3,299.00", "3299.00"),
        ("1,234,567", "1234567.00"),
        ("￥40", "40.00"),
        ("¥ 40", "40.00"),
        ("40元", "40.00"),
        ("40 元", "40.00"),
        ("４０．００", "40.00"),
        ("３，２９９", "3299.00"),
        ("CNY 40", "40.00"),
        ("40 cny", "40.00"),
        ("0", "0.00"),
        ("0.01", "0.01"),
        ("9999999999999.99", "9999999999999.99"),
    ],
)
def test_amounts_in_the_currency_of_the_book(typed: str, value: str) -> None:
    """However it is typed, an amount in the book's own currency bears no code and has all its decimals."""
    amount = parse(typed, "CNY")
    assert amount == Amount(Decimal(value), "")
    assert text(amount, "CNY") == plain(amount) == value


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("USD 40", "USD 40.00"), ("40.00 usd", "USD 40.00"), ("JPY4000", "JPY 4000"), ("KWD 1.5", "KWD 1.500")],
)
def test_foreign_amounts_keep_their_code(typed: str, shown: str) -> None:
    """An amount in another currency bears its code wherever it is printed, with that currency's decimals."""
    amount = parse(typed, "CNY")
    assert amount.currency == shown[:3]
    assert text(amount, "CNY") == plain(amount) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-40",
        "+40",
        "NaN",
        "inf",
        "1e3",
        "4 0",
        "40.",
        ".5",
        "1.234",
        "3,29",
        "3,2999",
        "32,99.00",
        "1_000",
        "¥40元",
        "USD 40 USD",
        "ABC 40",
        "RMB 40",
        "$40",
        "40块",
        "1.2万",
        "0x10",
        "٤٠",
        "1234567890123456",
        "JPY 40.5",
        "KWD 1.5000",
    ],
)
def test_what_is_no_amount(typed: str) -> None:
    """No sign, exponent, broken grouping, unknown code, more than 15 digits or more decimals than the currency has."""
    with pytest.raises(ValueError):  # noqa: PT011
        parse(typed, "CNY")


def test_a_sign_belongs_to_the_currency_of_the_book() -> None:
    """¥ is the yen in a Japanese book, and nothing in a book kept in dollars."""
    assert text(parse("¥4000", "JPY"), "JPY") == "4000"
    for typed in ("¥40", "40元"):
        with pytest.raises(ValueError, match=r"¥|元"):
            parse(typed, "USD")


def test_without_a_known_currency_the_amount_stays_as_typed() -> None:
    """A reader that does not know the book's currency neither adds decimals nor refuses them."""
    assert plain(parse("3,299")) == "3299"
    assert plain(parse("¥1.500")) == "1.500"
    assert plain(parse("USD 40")) == "USD 40.00"


def test_nothing_is_rounded() -> None:
    """A value finer than its currency is an error, not a rounded figure."""
    assert text(Amount(Decimal("40.500")), "CNY") == "40.50"
    with pytest.raises(ValueError, match=r"40\.005"):
        text(Amount(Decimal("40.005")), "CNY")


def test_no_exponent_is_printed() -> None:
    """Large and tiny figures are printed in full."""
    assert text(Amount(Decimal("1E+5")), "CNY") == "100000.00"
    assert plain(Amount(Decimal("0E-8"))) == "0.00000000"


def test_currencies() -> None:
    """ISO 4217 says which codes there are and how many decimals each has."""
    assert [decimals(code) for code in ("CNY", "JPY", "KRW", "TND", "BHD")] == [2, 0, 0, 3, 3]
    assert is_currency("EUR")
    assert not any(map(is_currency, ("", "RMB", "eur", "EU", "AED AFN")))


@given(st.integers(0, 10**13), st.sampled_from(["CNY", "JPY", "KWD"]), st.sampled_from(["CNY", "USD", "JPY", "KWD"]))
def test_what_is_printed_reads_back(units: int, currency: str, book: str) -> None:
    """Every amount is read back from its own text, with its currency and to the last unit."""
    amount = Amount(Decimal(units).scaleb(-decimals(currency)), "" if currency == book else currency)
    assert parse(text(amount, book), book) == amount
    assert parse(plain(amount), book) == amount
