"""How far chance may reach: the intervals of Wilson and of Newcombe, beside published values."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.chance import Reach, difference, is_likely, wilson

SHARES = st.integers(0, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
KNOWN = SHARES.filter(lambda share: share[1] > 0)


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_as_newcombe_tabled_it(good: int, of: int, low: float, high: float) -> None:
    """R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998,
    table I, method 3: the score interval without a correction for continuity.
    """
    found = wilson(good, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_as_newcombe_tabled_it(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine
    17, 1998, table II, method 10: built of the score intervals of both.
    """
    found = difference(now, before)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_three_of_three_may_as_well_be_less_than_half() -> None:
    """What `docs/score.md` says of few cases."""
    found = wilson(3, 3)
    assert (round(found.low, 2), found.high) == (0.44, 1.0)


def test_of_nothing_nothing_is_known() -> None:
    """A share of no case may be anything, and so may a difference with one."""
    assert wilson(0, 0) == Reach(0.0, 1.0)
    assert difference((0, 0), (3, 4)) == difference((3, 4), (0, 0)) == difference((0, 0), (0, 0)) == Reach(-1.0, 1.0)


@given(SHARES)
def test_a_share_lies_in_its_own_interval_and_that_within_0_and_1(share: tuple[int, int]) -> None:
    """All or none of many cases reach the end itself, exactly: a figure of 100 % is never outside its interval."""
    good, of = share
    found = wilson(good, of)
    assert 0.0 <= found.low < found.high <= 1.0
    assert of == 0 or found.holds(good / of)
    assert (found.low == 0.0) == (good == 0)
    assert (found.high == 1.0) == (good == of)


@given(SHARES)
def test_good_and_bad_mirror_each_other(share: tuple[int, int]) -> None:
    """What is said of the good ones is said of the others from the other end."""
    good, of = share
    one, other = wilson(good, of), wilson(of - good, of)
    assert isclose(one.low, 1 - other.high, abs_tol=1e-12)
    assert isclose(one.high, 1 - other.low, abs_tol=1e-12)


@given(KNOWN)
def test_one_more_good_case_lowers_no_end(share: tuple[int, int]) -> None:
    """And one more that is bad raises none."""
    good, of = share
    found, better, worse = wilson(good, of), wilson(good + 1, of + 1), wilson(good, of + 1)
    assert better.low >= found.low
    assert better.high >= found.high - 1e-12
    assert worse.low <= found.low + 1e-12
    assert worse.high <= found.high


@given(KNOWN, st.integers(2, 20))
def test_more_cases_of_the_same_share_say_more(share: tuple[int, int], times: int) -> None:
    """Ten times as many cases leave less to chance."""
    good, of = share
    few, many = wilson(good, of), wilson(good * times, of * times)
    assert many.high - many.low < few.high - few.low


@given(KNOWN, KNOWN)
def test_a_difference_turned_round_changes_its_sign(now: tuple[int, int], before: tuple[int, int]) -> None:
    """Better by so much is worse by so much the other way."""
    one, other = difference(now, before), difference(before, now)
    assert isclose(one.low, -other.high, abs_tol=1e-12)
    assert isclose(one.high, -other.low, abs_tol=1e-12)


@given(KNOWN, KNOWN)
def test_a_difference_lies_in_its_interval_and_that_within_its_limits(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    """No share changes by more than the whole."""
    found = difference(now, before)
    assert -1.0 - 1e-12 <= found.low <= now[0] / now[1] - before[0] / before[1] <= found.high <= 1.0 + 1e-12


@given(KNOWN)
def test_what_stayed_the_same_did_not_change(share: tuple[int, int]) -> None:
    """Two equal shares of equally many cases differ by chance alone."""
    assert difference(share, share).holds(0)


def test_what_is_no_wonder() -> None:
    """Of ten throws of a coin 2 heads come about by chance and 1 does not (2.5 % at either end: 5.5 % and 1.1 %)."""
    assert [is_likely(good, 10, 0.5) for good in (0, 1, 2, 5, 8, 9, 10)] == [
        False,
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert is_likely(1, 10, 0.5, among=2) is False
    assert is_likely(0, 1, 0.97, among=12) is True
    assert is_likely(0, 3, 33 / 36, among=12) is False


def test_all_and_none_are_no_wonder_only_where_all_are_so() -> None:
    """Where nothing ever failed, one failure is no chance."""
    assert is_likely(3, 3, 1.0)
    assert is_likely(0, 3, 0.0)
    assert not is_likely(2, 3, 1.0)
    assert not is_likely(1, 3, 0.0)


def test_thousands_of_cases_are_reckoned_too() -> None:
    """The number of ways to choose among them is beyond any float."""
    assert is_likely(4_500, 5_000, 0.9)
    assert not is_likely(4_000, 5_000, 0.9)


@given(KNOWN, st.integers(1, 24))
def test_one_among_several_is_judged_more_mildly(share: tuple[int, int], among: int) -> None:
    """What is no wonder by itself is none among others."""
    good, of = share
    for whole in (0.0, 0.2, 0.5, 0.9, 1.0):
        assert is_likely(good, of, whole, among=among) >= is_likely(good, of, whole)
