"""The reach of chance by Wilson's own definition, without his formula, and how rare a count is, in whole fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb

Z = 1.959963984540054
"""The point of the normal distribution beyond which lie 2.5 per cent."""


def ends(good: int, of: int) -> tuple[float, float]:
    """The lowest and the highest share of 1 that a test at five per cent does not reject, found by halving."""
    return _end(good, of, 0.0), _end(good, of, 1.0)


def _end(good: int, of: int, far: float) -> float:
    share = near = good / of
    for _ in range(80):
        middle = (near + far) / 2
        rejected = (share - middle) ** 2 * of > Z * Z * middle * (1 - middle)
        near, far = (near, middle) if rejected else (middle, far)
    return near


def rarity(good: int, of: int, whole: Fraction) -> Fraction:
    """The chance of so few good cases, or of so many, whichever is less, where each is good with the chance *whole*."""
    chance = [comb(of, count) * whole**count * (1 - whole) ** (of - count) for count in range(of + 1)]
    return min(sum(chance[: good + 1], Fraction(0)), sum(chance[good:], Fraction(0)))
