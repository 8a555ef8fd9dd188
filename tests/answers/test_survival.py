"""The product-limit estimate: a published example, and what must hold of every one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.survival import Life, Mark, after, product_limit

REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
"""Weeks of remission under 6-MP, + where it lasted still (E. J. Freireich et al., Blood 21, 1963)."""
LIVES = st.lists(st.builds(Life, st.integers(0, 40), st.booleans(), st.integers(1, 4)), max_size=25)


def _lives(text: str) -> list[Life]:
    return [Life(int(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


def test_the_example_of_the_textbooks() -> None:
    """The remissions under 6-MP, as every textbook prints their estimate, with the numbers at risk."""
    steps = product_limit(_lives(REMISSION))
    assert [(one.day, one.at_risk, one.failed, round(one.surviving, 3)) for one in steps] == [
        (6, 21, 3, 0.857),
        (7, 17, 1, 0.807),
        (10, 15, 1, 0.753),
        (13, 12, 1, 0.690),
        (16, 11, 1, 0.627),
        (22, 7, 1, 0.538),
        (23, 6, 1, 0.448),
    ]


def test_its_interval_is_that_of_the_complementary_logarithm() -> None:
    """Greenwood's error of the first step is 0.0764; on the scale of ln(-ln share) it reaches from 0.620 to 0.952."""
    first, *__, last = product_limit(_lives(REMISSION))
    assert [first.low, first.high] == pytest.approx([0.620, 0.952], abs=5e-4)
    assert [last.low, last.high] == pytest.approx([0.188, 0.680], abs=5e-4)


@given(lives=LIVES)
def test_no_share_rises(lives: Sequence[Life]) -> None:
    """From step to step it falls, it stays within 0 and 1, and within its own interval."""
    steps = product_limit(lives)
    shares = [1.0, *(one.surviving for one in steps)]
    assert all(later < earlier for earlier, later in pairwise(shares))
    assert all(0 <= one.low <= one.surviving <= one.high <= 1 for one in steps)
    assert sum(one.failed for one in steps) == sum(one.pieces for one in lives if one.failed)


@given(days=st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_where_all_were_seen_to_fail_it_is_the_plain_share(days: Sequence[int]) -> None:
    """Without anything that still lasts there is nothing to estimate: so many of so many are left."""
    for step in product_limit([Life(day, True) for day in days]):
        assert step.surviving == pytest.approx(sum(day > step.day for day in days) / len(days))


@given(lives=LIVES, longer=st.integers(0, 40))
def test_what_was_looked_at_to_the_end_may_be_looked_at_longer(lives: Sequence[Life], longer: int) -> None:
    """Past the last failure it makes no difference to any step how long the others were looked at."""
    last = max((one.days for one in lives if one.failed), default=0)
    stretched = [one if one.failed or one.days < last else one._replace(days=one.days + longer) for one in lives]
    assert product_limit(stretched) == product_limit(lives)


@given(lives=LIVES)
def test_pieces_of_a_line_are_units_each(lives: Sequence[Life]) -> None:
    """A life of three pieces is three lives."""
    apart = [one._replace(pieces=1) for one in lives for __ in range(one.pieces)]
    assert product_limit(apart) == product_limit(lives)


def test_of_what_nobody_looked_at_so_long_nothing_is_said() -> None:
    """Before any failure the share is the whole, as far as so few can show; past the last look at it there is none."""
    young = [Life(40, False, 9), Life(100, True)]
    early, late, latest = after(young, (30, 91, 183))
    assert (early.at_risk, early.failed, early.surviving, early.high) == (10, 0, 1.0, 1.0)
    assert early.low == pytest.approx(0.722, abs=5e-4)
    assert (late.at_risk, late.surviving) == (1, 1.0)
    assert latest == Mark(183, 0, 1, 0.0, 0.0, 1.0)
    assert after([Life(40, False, 9), Life(10, True)], (30, 91))[1] == Mark(91, 0, 1, None, None, None)
    assert after([], (30,)) == [Mark(30, 0, 0, None, None, None)]
    assert product_limit([]) == []
