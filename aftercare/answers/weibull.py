"""A curve through the first faults: whether goods fail young, at random or with wear (Weibull's law, by lifelines)."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from math import exp, isfinite
from typing import Any, Literal, NamedTuple

from aftercare.answers.survival import Life
from aftercare.errors import MissingExtra
from aftercare.language import _
from aftercare.plain.chance import Z

EXTRA = "survival"
"""The extra that brings the library which fits the curve."""
FEWEST_FAILED, FEWEST_DAYS = 5, 3
"""Through fewer first faults, or such of fewer days, no curve is drawn."""
_SOONEST = 0.5
"""What failed on the day of the sale did so at noon: the curve knows no failure at no age."""
_WIDEST = 100.0
"""So many powers of e either way an interval says nothing any more."""


class Curve(NamedTuple):
    """A shape, and the days after which 63.2 % have failed, each with the ends of its 95 % interval."""

    shape: float
    shape_low: float
    shape_high: float
    days: float
    days_low: float
    days_high: float

    @property
    def means(self) -> Literal["early", "random", "wear"]:
        """What the shape says: below 1 failures grow rarer with age, above it more frequent.

        ``random`` where chance allows either.
        """
        if self.shape_high < 1:
            return "early"
        return "wear" if self.shape_low > 1 else "random"


def curve(lives: Sequence[Life]) -> Curve | None:
    """The curve that fits best; ``None`` where too little failed to draw one.  MissingExtra without the library.

    The intervals are Wald's of the logarithms, so that neither end is below nought.
    """
    failed = [life for life in lives if life.failed]
    library = _library()
    from numpy.linalg import LinAlgError  # what the library reckons with, and as slow to load

    if sum(life.pieces for life in failed) < FEWEST_FAILED or len({life.days for life in failed}) < FEWEST_DAYS:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", library.exceptions.StatisticalWarning)
        try:
            found = library.WeibullFitter().fit(
                [max(life.days, _SOONEST) for life in lives],
                [life.failed for life in lives],
                weights=[life.pieces for life in lives],
            )
            rows = [found.summary.loc[name] for name in ("rho_", "lambda_")]
        except (library.exceptions.StatisticalWarning, library.exceptions.ConvergenceError, LinAlgError):
            return None
    shape, scale = ((float(row["coef"]), float(row["se(coef)"])) for row in rows)
    if not all(isfinite(figure) and figure > 0 for figure in (*shape, *scale)):
        return None
    return Curve(*_with_reach(*shape), *_with_reach(*scale))


def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it stands on, and none of the operator's business
        try:
            import lifelines
            import lifelines.exceptions
        except ImportError:
            otherwise = _("or leave out --fit: the shares without a fault need no extra")
            raise MissingExtra(_("fitting a curve"), EXTRA, otherwise) from None
    return lifelines


def _with_reach(value: float, error: float) -> tuple[float, float, float]:
    spread = exp(min(Z * error / value, _WIDEST))
    return value, value / spread, value * spread
