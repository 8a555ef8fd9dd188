"""Hearing a case: facts are matched, windows are reckoned."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.plain.tree import Tree
from aftercare.policies import load
from aftercare.policies.conditions import After, FactIs, Within, number
from aftercare.policies.judging.clock import End
from aftercare.policies.judging.hearing import Hearing, View
from aftercare.policies.judging.situation import situation
from aftercare.policies.shape import Node
from tests.policies.made_laws import laws, made_law


def _view(on: str = "2025-03-10", pack: str = "made-law", /, **facts: Tree) -> View:
    packs = laws()
    hearing = Hearing(packs, situation(facts, date.fromisoformat(on)))
    return hearing.view(next(one for one in packs if one.id == pack))


def _end(view: View, window: str) -> End:
    return view.end(window)


@pytest.mark.parametrize(
    ("wanted", "facts", "truth"),
    [
        (FactIs("channel", ("online", "phone")), {"channel": "phone"}, "yes"),
        (FactIs("channel", ("online",)), {"channel": "shop"}, "no"),
        (FactIs("channel", ("online",)), {}, "unknown"),
        (FactIs("category", ("tv",)), {"category": "lcd_tv"}, "yes"),
        (FactIs("exclusions", ("misuse",)), {"exclusions": ["misuse", "virus"]}, "yes"),
        (FactIs("exclusions", ("misuse",)), {}, "no"),
        (FactIs("repairs", known=True), {}, "no"),
        (FactIs("repairs", known=True), {"repairs": []}, "no"),
        (FactIs("replacements", known=True), {"replacements": [{"on": "2025-03-04"}]}, "yes"),
        (FactIs("warranty", known=False), {"warranty": {"months": "12"}}, "no"),
    ],
)
def test_a_fact_is_matched(wanted: FactIs, facts: dict[str, Tree], truth: str) -> None:
    """By one of several values, by a category above it, by one entry of a list, or by being known at all."""
    assert _view(**facts).condition(wanted).truth == truth


@pytest.mark.parametrize(
    ("limit", "truths"), [("min", ["no", "yes", "yes"]), ("max", ["yes", "yes", "no"]), ("over", ["no", "no", "yes"])]
)
def test_limits(limit: str, truths: list[str]) -> None:
    """At least and at most take the figure in; more than it does not (Civil Code art. 1259)."""
    wanted = FactIs("accessory_exchanges", **{limit: number(Node("2", (), []))})  # type: ignore[arg-type]
    assert [_view(accessory_exchanges=str(count)).condition(wanted).truth for count in (1, 2, 3)] == truths


def test_a_day_lies_inside_or_past() -> None:
    """The last good day is inside, the next is past; without the event neither holds."""
    facts: dict[str, Tree] = {"sold_on": "2025-03-03", "category": "refrigerator", "fault_on": "2025-03-10"}
    on_it = _view("2025-03-12", "cn-1995-general", **facts)
    past = _view("2025-03-12", "cn-1995-general", **{**facts, "fault_on": "2025-03-11"})
    none = _view("2025-03-12", "cn-1995-general", **{**facts, "fault_on": "none"})
    for wanted, truths in ((Within("refund_7d"), ["yes", "no", "no"]), (After("refund_7d"), ["no", "yes", "no"])):
        assert [view.condition(wanted).truth for view in (on_it, past, none)] == truths


def test_an_end_that_hangs_on_unknown_days_is_asked_for_only_where_it_matters() -> None:
    """Whatever the day of the hand-over was, a fault soon after the sale is inside, and one years later is not."""
    facts: dict[str, Tree] = {"sold_on": "2021-03-03", "channel": "shop"}
    wanted = Within("no_reason_7d")
    assert _view("2021-03-09", "cn-cpl", **facts).condition(wanted).truth == "yes"
    assert _view("2021-04-09", "cn-cpl", **facts).condition(wanted).truth == "unknown"
    assert _view("2021-04-09", "cn-cpl", **facts).condition(wanted).missing == ("delivered_on",)
    assert _view("2021-04-09", "cn-cpl", **facts, fault_on="2021-03-20").condition(wanted).truth == "no"


def test_a_window_waits_for_what_was_agreed() -> None:
    """An installation that is still to come lets nothing end; without one the sale begins the period."""
    facts: dict[str, Tree] = {"sold_on": "2025-03-03", "category": "lcd_tv"}
    agreed: Tree = {"by": "shop", "in_contract": "yes"}
    assert _end(_view("2025-03-10", "cn-2011-flat-tv", **facts), "whole").day == date(2026, 3, 3)
    assert _end(_view("2025-03-10", "cn-2011-flat-tv", **facts, installation=agreed), "whole").running


def test_a_window_after_another_lies_where_that_one_ends() -> None:
    """Known or between two days: a tail is as unsure as what it follows, and its own length longer."""
    facts: dict[str, Tree] = {"sold_on": "2024-07-01", "fault_on": "2024-07-11"}
    known = _end(_view(**facts, delivered_on="2024-07-01"), "tail")
    assert known.day == known.earliest == known.latest == date(2027, 1, 10)
    unsure = _end(_view(**facts), "tail")
    assert unsure.day is None
    assert unsure.missing == ("delivered_on",)
    assert unsure.earliest is not None
    assert unsure.latest is not None
    assert (unsure.latest - unsure.earliest).days == 10


@pytest.mark.parametrize(
    ("facts", "absent"),
    [
        ({"sold_on": "1995-08-24", "category": "refrigerator"}, "in_force"),
        ({"sold_on": "2025-03-03", "category": "clothing"}, "goods"),
    ],
)
def test_a_window_may_not_exist(facts: dict[str, Tree], absent: str) -> None:
    """Before its first figure, and for goods that have none."""
    assert _end(_view("2025-03-10", "cn-1995-general", **facts), "whole").absent == absent


def test_a_figure_that_nobody_has_is_said() -> None:
    """It is no question to the customer."""
    end = _end(_view("2025-03-10", "cn-1995-general", sold_on="2025-03-03", category="watch"), "whole")
    assert (end.figure, end.missing) == (True, ())


def test_a_circle_of_windows_ends_nowhere() -> None:
    """Two windows that wait for each other are no endless search."""
    text = """\
id: circle
issuer: shop
title: Circle
counting: {first_day: no, roll: none}
windows:
  one: {from: {end: two}, value: {2000-01-01: {days: 1}}}
  two: {from: {end: one}, value: {2000-01-01: {days: 1}}}
lines:
- {id: line, title: line, grants: [repair], within: one}
"""
    pack = load.parse(text.encode(), "circle.yaml")
    hearing = Hearing([pack], situation({"sold_on": "2025-03-03", "fault_on": "2025-03-03"}, date(2025, 3, 3)))
    assert hearing.view(pack).end("one").absent == "event"


def test_a_window_of_ones_own_comes_before_anothers() -> None:
    """Packs share the names of windows, and each means its own first."""
    view = _view("2025-03-10", "made-law", sold_on="2025-03-03", category="refrigerator")
    assert view.hearing.window("whole", view.pack) is not None
    found = view.hearing.window("liable", view.pack)
    assert found is not None
    assert found[0] is made_law()


def test_a_fault_on_a_disputed_day_is_for_proof_once_the_window_is_over() -> None:
    """Inside by what the customer says, and claimed for after its end."""
    facts: dict[str, Tree] = {"sold_on": "2025-03-03", "category": "refrigerator", "fault_on": "2025-03-10"}
    wanted = Within("refund_7d")
    for on, said, proof in (("2025-03-10", "no", False), ("2025-03-11", "no", True), ("2025-03-11", "yes", False)):
        view = _view(on, "cn-1995-general", **facts, fault_date_proven=said)
        assert view.condition(wanted).to_prove is proof
    unsure = _view("2024-09-01", sold_on="2022-03-01", fault_on="2022-04-01", fault_date_proven="no")
    found = unsure.condition(Within("presumed"))
    assert (found.truth, found.to_prove) == ("yes", True)
