"""Three-valued weighing."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from aftercare.policies.judging.verdict import Truth
from aftercare.policies.judging.weighing import Check, Weighed, all_of, any_of, none_of, one_check

_TRUTHS: tuple[Truth, ...] = ("yes", "no", "unknown")
_PAIRS = list(itertools.product(_TRUTHS, repeat=2))


def _one(truth: Truth, name: str = "a", until: date | None = None) -> Weighed:
    return replace(one_check(Check("fact", truth, name), (name,)), until=until)


@pytest.mark.parametrize(("one", "other"), _PAIRS)
def test_and(one: Truth, other: Truth) -> None:
    """One no is a no, whatever is unknown; only what is left open is asked for."""
    found = all_of([_one(one, "a"), _one(other, "b")])
    wanted = "no" if "no" in {one, other} else "unknown" if "unknown" in {one, other} else "yes"
    assert found.truth == wanted
    open_ones = tuple(name for name, truth in (("a", one), ("b", other)) if truth == "unknown")
    assert found.missing == (open_ones if wanted == "unknown" else ())
    assert len(found.checks) == 2


@pytest.mark.parametrize(("one", "other"), _PAIRS)
def test_or(one: Truth, other: Truth) -> None:
    """One yes is a yes, whatever is unknown."""
    found = any_of([_one(one, "a"), _one(other, "b")])
    assert found.truth == ("yes" if "yes" in {one, other} else "unknown" if "unknown" in {one, other} else "no")
    assert bool(found.missing) is (found.truth == "unknown")


@pytest.mark.parametrize(("one", "other"), _PAIRS)
def test_nor(one: Truth, other: Truth) -> None:
    """What must not be: one yes refuses it, and an unknown one leaves it open."""
    found = none_of([_one(one, "a"), _one(other, "b")])
    assert found.truth == ("no" if "yes" in {one, other} else "unknown" if "unknown" in {one, other} else "yes")


def test_nothing_to_weigh() -> None:
    """All of nothing holds, one of nothing does not, none of nothing holds."""
    assert [all_of([]).truth, any_of([]).truth, none_of([]).truth] == ["yes", "no", "yes"]


def test_the_end_of_all_is_the_earliest_and_of_any_the_latest() -> None:
    """Conditions that must all hold end with the first of them; alternatives end with the last that holds."""
    early, late = _one("yes", until=date(2025, 1, 1)), _one("yes", until=date(2025, 2, 1))
    endless = _one("yes")
    assert all_of([late, early, endless]).until == date(2025, 1, 1)
    assert any_of([early, late]).until == date(2025, 2, 1)
    assert any_of([late, endless]).until is None


def test_what_needs_no_proof_is_the_better_alternative() -> None:
    """An alternative that holds without proof wins over one that lasts longer."""
    proven, short = replace(_one("yes", until=date(2026, 1, 1)), to_prove=True), _one("yes", until=date(2025, 1, 1))
    assert not any_of([proven, short]).to_prove
    assert all_of([proven, short]).to_prove


def test_what_may_do_without_proof_is_asked_for() -> None:
    """Where only a provable alternative holds, an unknown one could still make proof needless."""
    found = any_of([replace(_one("yes", "a"), to_prove=True), _one("unknown", "b")])
    assert (found.truth, found.to_prove, found.missing) == ("yes", True, ("b",))
    assert all_of([found, _one("yes", "c")]).missing == ("b",)
    assert any_of([_one("yes", "a"), _one("unknown", "b")]).missing == ()


def test_a_no_says_why() -> None:
    """The reasons are the checks that failed; of alternatives, those that failed by a day alone."""
    late = one_check(Check("within", "no", "fault_on", late=True))
    assert [check.fact for check in all_of([_one("yes", "a"), _one("no", "b")]).reasons] == ["b"]
    assert any_of([_one("no", "a"), late]).reasons == late.reasons
    assert [check.truth for check in none_of([_one("yes", "a")]).reasons] == ["no"]


def test_a_figure_that_nobody_has_is_no_question() -> None:
    """Alternatives hinge on a figure only where nothing else could open one of them."""
    figure = Weighed("unknown", figure=True)
    assert any_of([figure, figure]).figure
    assert not any_of([figure, _one("unknown", "b")]).figure
    assert all_of([figure, _one("yes", "a")]).figure
    assert not all_of([figure, _one("no", "a")]).figure
