"""A share of faults is never a percentage without its numbers, and nothing of nothing is a dash."""

from __future__ import annotations

import pytest

from aftercare.render.quality import share


@pytest.mark.parametrize(
    ("faults", "sold", "rate", "said"),
    [
        (0, 0, None, "–"),
        (2, 0, None, "2"),
        (1, 9, None, "1 of 9, too few to say"),
        (0, 120, 0.0, "0 of 120"),
        (3, 120, 2.5, "3 of 120 (2.5 %)"),
        (1, 5000, 0.0, "1 of 5000 (<0.1 %)"),
    ],
)
def test_a_share_is_its_numbers_first(faults: int, sold: int, rate: float | None, said: str) -> None:
    """The rate stands behind the count and the units, where there are enough of these."""
    assert share({"faults": faults, "sold": sold, "rate": rate}) == said
