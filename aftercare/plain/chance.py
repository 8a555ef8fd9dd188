"""How far chance may reach: what few cases can say of a share, of the difference of two, and of a count."""

from __future__ import annotations

from math import exp, lgamma, log, sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""How many standard errors lie between the middle and either end of a 95 % interval: the normal law's 0.975."""


class Reach(NamedTuple):
    """The two ends of a 95 % interval: of a share as shares of 1, of a count as counts."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it, its ends included."""
        return self.low <= value <= self.high


def wilson(good: int, of: int) -> Reach:
    """The score interval of a share (E. B. Wilson, Probable inference, JASA 22, 1927): *good* cases *of* so many.

    It stays within 0 and 1, and says something of few cases and of all or none of them, where a share plus or minus an
    error does not.  Of no case at all it is everything, from 0 to 1.
    """
    if not of:
        return Reach(0.0, 1.0)
    share, squared = good / of, Z * Z
    centre = (share + squared / (2 * of)) / (1 + squared / of)
    half = Z * sqrt(share * (1 - share) / of + squared / (4 * of * of)) / (1 + squared / of)
    return Reach(0.0 if good == 0 else centre - half, 1.0 if good == of else centre + half)


def is_likely(good: int, of: int, share: float, *, among: int = 1) -> bool:
    """Whether *good* cases *of* so many are no wonder where the true share is *share*: as few, and as many, come with a
    chance of at least 2.5 % each (the exact binomial).

    Of one *among* several the chance is shared out (Bonferroni), so that of steady ones all are likely 95 times of 100.
    """
    if share in {0.0, 1.0}:
        return good == of * share
    chances = [exp(_ways(of, count) + count * log(share) + (of - count) * log(1 - share)) for count in range(of + 1)]
    return min(sum(chances[: good + 1]), sum(chances[good:])) * among >= 0.025


def _ways(of: int, count: int) -> float:
    """The logarithm of how many ways there are to choose; of thousands of cases the number itself is beyond a float."""
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)


def difference(now: tuple[int, int], before: tuple[int, int]) -> Reach:
    """The interval of one share less another, each as *(good, of)*, from the intervals of both (R. G. Newcombe,
    Interval estimation for the difference between independent proportions, Statistics in Medicine 17, 1998, method 10).
    """
    (good, of), (good_before, of_before) = now, before
    if not of or not of_before:
        return Reach(-1.0, 1.0)
    share, share_before = good / of, good_before / of_before
    one, other = wilson(good, of), wilson(good_before, of_before)
    gap = share - share_before
    return Reach(
        gap - sqrt((share - one.low) ** 2 + (other.high - share_before) ** 2),
        gap + sqrt((one.high - share) ** 2 + (share_before - other.low) ** 2),
    )


def byar(count: int) -> Reach:
    """The interval of the count that was to be expected where so many were counted, as Poisson's law has it.

    Byar's approximation (K. J. Rothman & J. D. Boice, Epidemiologic analysis with a programmable calculator, 1979;
    N. E. Breslow & N. E. Day, Statistical methods in cancer research II, 1987, eq. 2.13), which is off by less than
    0.02 of a case.  Where nothing was counted it is exact: 0 to -ln 0.025.
    """
    if not count:
        return Reach(0.0, -log(0.025))
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3
    return Reach(low, more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3)
