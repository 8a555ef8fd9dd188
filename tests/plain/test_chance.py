"""How far chance reaches of a count: Byar's approximation against the exact interval of Poisson's law."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.chance import Z, byar

EXACT = [
    (0, 0.0, 3.689),
    (1, 0.0253, 5.572),
    (2, 0.2422, 7.225),
    (5, 1.623, 11.668),
    (10, 4.795, 18.390),
    (20, 12.217, 30.888),
    (50, 37.111, 65.918),
    (100, 81.364, 121.627),
]
"""Exact 95 % limits of a Poisson count, as tables print them."""


@pytest.mark.parametrize(("count", "low", "high"), EXACT)
def test_a_count_reaches_as_far_as_the_tables_say(count: int, low: float, high: float) -> None:
    """Within two hundredths of a case, from none at all to a hundred."""
    found = byar(count)
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


def test_of_nothing_counted_it_is_exact() -> None:
    """Three and a bit are still possible where none was seen, and no less than none."""
    assert [*byar(0)] == pytest.approx([0.0, 3.688879], abs=1e-6)


def test_an_end_leaves_out_a_fortieth() -> None:
    """Two and a half in a hundred lie above the upper end, as many below the lower one."""
    assert NormalDist().cdf(Z) == pytest.approx(0.975, abs=1e-12)


@given(count=st.integers(0, 100_000))
def test_more_counted_reaches_higher(count: int) -> None:
    """The count lies in its interval, and both ends rise with it."""
    less, more = byar(count), byar(count + 1)
    assert less.holds(count)
    assert 0 <= less.low <= more.low
    assert less.high < more.high
