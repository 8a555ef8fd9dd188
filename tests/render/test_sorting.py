"""The order of rows that ``--sort`` asks for: numbers as numbers, also those that are text, and all else as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.render.rows import Choice, arrange

FIGURES = st.decimals(allow_nan=False, allow_infinity=False).map(str)
ANY = st.none() | st.booleans() | st.integers() | FIGURES | st.text()


def _sorted(values: list[object], by: str = "value") -> list[object]:
    return [row["value"] for row in arrange([{"value": value} for value in values], Choice(sort=by))]


@pytest.mark.parametrize(
    ("values", "rising"),
    [
        (["100.0", "4", "19.6"], ["4", "19.6", "100.0"]),
        (["4000", "350", "12000"], ["350", "4000", "12000"]),
        (["-5.0", "10", "-40", "0"], ["-40", "-5.0", "0", "10"]),
        (["9", 10, "8.5", 7.5], [7.5, "8.5", "9", 10]),
        (["0010", "0009", "00100"], ["0009", "0010", "00100"]),
        (["０９", "2026-03-01", "12", "A-7", None], ["12", "2026-03-01", "A-7", "０９", None]),
    ],
)
def test_a_number_is_one_with_decimals_or_without(values: list[object], rising: list[object]) -> None:
    """A count stood before 100.0, and yen were sorted by their first digit; invoices begin with noughts and stay text.

    What has no value comes last, either way.
    """
    assert _sorted(values) == rising
    known = [value for value in rising if value is not None]
    assert _sorted(values, "-value") == known[::-1] + [None] * (len(rising) - len(known))


@given(st.lists(ANY, max_size=12), st.randoms())
def test_text_and_numbers_in_one_column_have_one_order(values: list[object], chance: object) -> None:
    """Whatever stands in it, and in whatever order it came: nothing is refused, nothing lost."""
    shuffled = list(values)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a source of chance that can be repeated
    first, second = _sorted(values), _sorted(shuffled)
    assert sorted(map(repr, first)) == sorted(map(repr, values))
    assert [_family(value) for value in first] == [_family(value) for value in second]
    families = [_family(value) for value in first]
    assert families == sorted(families)


def _family(value: object) -> int:
    """Numbers, then other text, then nothing."""
    if value is None:
        return 2
    digits = str(value).removeprefix("-")
    is_number = digits.isascii() and digits.replace(".", "", 1).isdecimal() and not isinstance(value, bool)
    begins, __, ends = digits.partition(".")
    whole = begins == "0" or (bool(begins) and not begins.startswith("0"))
    return 0 if is_number and whole and (ends or "." not in digits) else 1
