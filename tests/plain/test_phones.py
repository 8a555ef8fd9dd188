"""Phone numbers: found by their last digits, however they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.phones import digits, matches


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("13800138000", "13800138000"),
        ("138 0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("＋８６13800138000", "13800138000"),
        ("0571-88888888转12", "57188888888"),
        ("0571-88888888 分机 12", "57188888888"),
        ("(0571) 88888888 ext. 12", "57188888888"),
        ("88888888#12", "88888888"),
        ("+44 20 7946 0958", "2079460958"),
        ("0044 20 7946 0958", "2079460958"),
        ("+44 (0)20 7946 0958", "2079460958"),
        ("020 7946 0958", "2079460958"),
        ("+39 02 2345 6789", "223456789"),
        ("02 2345 6789", "223456789"),
        ("+999 12345678", "99912345678"),
        ("8613", "8613"),
        ("95588", "95588"),
        ("不详", ""),
        ("", ""),
    ],
)
def test_the_digits_that_count(typed: str, plain: str) -> None:
    """Country code, the 0 before an area and extension are left out; nothing is refused, be it no number at all."""
    assert digits(typed) == plain


@pytest.mark.parametrize("typed", ["8000", "13800138000", "+86 138-0013-8000", "００８６13800138000", "0013 8000"])
def test_found_by_its_last_digits(typed: str) -> None:
    """The whole number or its last four digits or more, with any separators, find it."""
    assert matches("138 0013 8000", typed)


@pytest.mark.parametrize("phone", ["+44 20 7946 0958", "020 7946 0958"])
@pytest.mark.parametrize("typed", ["0958", "020 7946 0958", "+44 20 7946 0958", "0044 20 7946 0958", "79460958"])
def test_a_number_from_abroad_is_found_as_it_is_dialled_there(phone: str, typed: str) -> None:
    """With its country's code or with the 0 before the area, whichever way it was written down."""
    assert matches(phone, typed)


@pytest.mark.parametrize("typed", ["000", "1380", "80001", "SA26-8000", "8000元", "", "----", "+86"])
def test_not_found_by_anything_else(typed: str) -> None:
    """Fewer than four digits, the beginning of the number, or text that is no phone number find nothing."""
    assert not matches("138 0013 8000", typed)


@given(st.text(alphabet="0123456789", min_size=11, max_size=11), st.integers(4, 11), st.sampled_from(["", "+86 "]))
def test_every_tail_finds_its_number(number: str, length: int, country: str) -> None:
    """Any four or more last digits find the number, with or without its country code, be they like one themselves."""
    tail = number[-length:]
    assert matches(country + number, tail)


def test_a_tail_that_looks_like_a_code_is_a_tail() -> None:
    """Six last digits that begin with 0086 are six digits, not two."""
    assert matches("13800008612", "008612")
