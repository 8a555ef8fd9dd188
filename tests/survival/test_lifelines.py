"""Our estimates against those of lifelines, and the curve that it draws; ``make test-survival`` installs the library.

These tests are apart from the others, as those of papers are, so that ``make test`` needs no extra.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what lifelines stands on speaks of its own future
    from lifelines import KaplanMeierFitter, WeibullFitter
    from numpy.linalg import LinAlgError

from aftercare.answers.survival import Life, product_limit
from aftercare.answers.weibull import Curve, curve
from tests import counter as small_shop


def _watched(shape: float, count: int, until: int, pieces: int = 1) -> list[Life]:
    """Lives that follow Weibull's law with a scale of 400 days, each looked at for some days up to *until*."""
    chance = random.Random(f"{shape} {count}")  # noqa: S311 - drawn alike in every run
    found = []
    for __ in range(count):
        days, looked = chance.weibullvariate(400, shape), chance.randint(until // 2, until)
        found.append(Life(round(min(days, looked)), days <= looked, chance.randint(1, pieces)))
    return found


@pytest.mark.parametrize(("shape", "count", "until"), [(1.0, 3, 900), (1.0, 40, 600), (2.5, 60, 500), (0.6, 150, 400)])
def test_the_product_limit_is_that_of_the_library(shape: float, count: int, until: int) -> None:
    """On every day on which something failed: the numbers at risk, the share, and both ends of its interval."""
    lives = _watched(shape, count, until, pieces=3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = KaplanMeierFitter().fit(
            [life.days for life in lives], [life.failed for life in lives], weights=[life.pieces for life in lives]
        )
        ends = theirs.confidence_interval_
        ours = product_limit(lives)
        assert any(step.failed for step in ours)
        for step in ours:
            assert step.at_risk == theirs.event_table.at_risk[step.day]
            assert step.surviving == pytest.approx(float(theirs.survival_function_.KM_estimate[step.day]))
            if step.surviving > 0:  # where all have failed it tells no interval
                low, high = (float(ends.loc[step.day].iloc[place]) for place in (0, 1))
                assert [step.low, step.high] == pytest.approx([low, high], abs=1e-6)


@pytest.mark.parametrize(("shape", "means"), [(0.6, "early"), (1.0, "random"), (3.0, "wear")])
def test_the_shape_says_what_the_failures_are_like(shape: float, means: str) -> None:
    """Early, at random or with wear, as they were drawn; the figures are near those they came from."""
    found = curve(_watched(shape, 400, 900))
    assert found is not None
    assert found.means == means
    assert found.shape == pytest.approx(shape, rel=0.2)
    assert found.days == pytest.approx(400, rel=0.2)
    assert found.shape_low < found.shape < found.shape_high
    assert found.days_low < found.days < found.days_high


@pytest.mark.parametrize(
    "lives",
    [
        [],
        [Life(100, False, 500)],
        [Life(10, True, 4), Life(100, False, 500)],
        [Life(10, True, 30), Life(20, True, 30)],
        [Life(0, True, 5), Life(0, False, 9)],
    ],
)
def test_through_too_few_failures_no_curve_is_drawn(lives: Sequence[Life]) -> None:
    """Of fewer than five failures, or on fewer than three days, any curve would be a guess."""
    assert curve(lives) is None


FIVE_ON_THREE_DAYS = [Life(10, True, 2), Life(50, True, 2), Life(90, True), Life(400, False, 20)]


@pytest.mark.parametrize(
    ("row", "name", "figure"),
    [
        ("rho_", "se(coef)", float("nan")),
        ("lambda_", "se(coef)", float("inf")),
        ("rho_", "coef", float("nan")),
        ("lambda_", "coef", 0.0),
    ],
)
def test_a_figure_that_is_none_is_never_printed(
    row: str, name: str, figure: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error without a value passed for one: the page's JSON held NaN, which no reader of JSON takes."""
    assert curve(FIVE_ON_THREE_DAYS) is not None
    fit = WeibullFitter.fit

    def spoiled(*lives: Any, **more: Any) -> Any:
        found = fit(*lives, **more)
        summary = found.summary.copy()
        summary.loc[row, name] = figure
        return SimpleNamespace(summary=summary)

    monkeypatch.setattr(WeibullFitter, "fit", spoiled)
    assert curve(FIVE_ON_THREE_DAYS) is None


def test_sums_that_cannot_be_solved_draw_no_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library reckons with has an error of its own: the operator met its traceback instead of the page."""

    def singular(*lives: Any, **more: Any) -> Any:
        raise LinAlgError("Singular matrix")

    monkeypatch.setattr(WeibullFitter, "fit", singular)
    assert curve(FIVE_ON_THREE_DAYS) is None


@pytest.mark.parametrize("days", [(0, 1, 2), (0, 1, 40_000), (39_998, 39_999, 40_000), (1, 2, 3)])
@pytest.mark.parametrize("lasted", [0, 1, 1_000_000])
def test_five_failures_on_three_days_have_figures_or_none(days: tuple[int, int, int], lasted: int) -> None:
    """However close together or far apart they are, and whatever lasted beside them."""
    found = curve([Life(days[0], True, 3), Life(days[1], True), Life(days[2], True), Life(days[2], False, lasted)])
    assert found is None or all(isfinite(figure) and figure > 0 for figure in found)


def test_a_failure_on_the_day_of_the_sale_is_no_obstacle() -> None:
    """The law knows no failure at no age; goods that do not work out of the box exist all the same."""
    found = curve([Life(0, True, 4), Life(3, True), Life(40, True), Life(400, False, 90)])
    assert found is not None
    assert found.means == "early"


def test_a_curve_that_the_library_does_not_trust_is_none() -> None:
    """Nearly all of thousands lasted: the errors that it reckons have no value, and no operator should read them."""
    lives = [Life(1, True, 3), Life(2, True), Life(3, True), Life(300, False, 200_000)]
    found = curve(lives)
    assert found is None or found.shape_low < found.shape < found.shape_high


def test_the_page_tells_the_curve(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words and as figures, in both languages; of too few failures it says that there is none."""
    shop = small_shop.opened(tmp_path / "book", capsys, monkeypatch)
    assert shop.done("product quality KFR-35 --fit --format json").json["fit"] is None
    assert (
        "too few units failed to draw a curve through their first faults"
        in shop.done("product quality KFR-35 --fit").lines
    )
    items = "items:\n" + "- {product: PR26-0001, taken: yes}\n" * 12
    shop.write("sales/2025/SA25-0010.yaml", f"id: SA25-0010\ncustomer: CU25-0007\nsold_on: 2025-05-02\n{items}")
    for number, day in enumerate(("2025-05-03", "2025-05-04", "2025-05-09", "2025-06-01", "2025-08-01"), start=1):
        shop.write(
            f"claims/2025/CL25-{number:04}.yaml",
            f"id: CL25-{number:04}\nunit: SA25-0010/{number}\nreported_on: {day}\nfault: {{symptom: 不制冷}}\n",
        )
    fit = shop.done("product quality KFR-35 --fit --format json").json["fit"]
    assert list(fit) == [*Curve._fields, "means"]
    assert fit["means"] == "early"
    assert fit["shape_low"] < fit["shape"] < fit["shape_high"] < 1
    lines = shop.done("product quality KFR-35 --fit").lines
    shape = next(line for line in lines if line.startswith("curve of the first faults"))
    assert "grow rarer with age" in shape
    assert f"shape {fit['shape']} ({fit['shape_low']} to {fit['shape_high']})" in shape
    assert any(line.startswith(f"63 % have failed after {fit['days']} days") for line in lines)
    assert "威布尔" in shop.done("product quality KFR-35 --fit --lang zh").out
