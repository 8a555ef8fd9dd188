"""Plans: dated figures, and whose line holds for which goods on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain.moments import Span
from aftercare.policies.categories import tree
from aftercare.policies.load import shipped
from aftercare.policies.plans import EVENTS, Dated, Plan, applying
from aftercare.policies.shape import Words

_DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
_SPANS = st.lists(st.integers(0, 400).map(Span), max_size=3).map(tuple)
_DATED = st.dictionaries(_DAYS, _SPANS, max_size=5).map(
    lambda by_day: tuple(sorted(map(Dated, by_day, by_day.values())))
)


def _plan(line: str = "shop/call-back", category: str = "goods", **facts: object) -> Plan:
    pack, _slash, id = line.partition("/")
    plan = Plan(
        pack=pack,
        id=id,
        title=Words("Call-back", "回访"),
        category=category,
        needs_installation=None,
        after="delivered",
        what="call_back",
        step="call-back",
        was=(),
        channel="phone",
        due=(Dated(date(2020, 1, 1), (Span(days=1),)),),
        retry=None,
        worthless_late=False,
        cite=(),
        asks=(),
        replaces=(),
        since=None,
        until=None,
    )
    return replace(plan, **facts)  # type: ignore[arg-type]


def _lines(plans: list[Plan], category: str, on: date) -> list[str]:
    return [plan.line for plan in applying(plans, category, on, tree())]


@given(_DATED, _DAYS)
def test_the_newest_figure_on_or_before_the_event_counts(due: tuple[Dated, ...], on: date) -> None:
    """Of several dated figures, the last one that had begun by the event's day is taken; none: nothing is planned."""
    begun = [dated for dated in due if dated.since <= on]
    expected = list(max(begun).spans) if begun else []
    assert _plan(due=due).spans(on) == expected


@given(_DATED, _DAYS, _SPANS, st.integers(1, 3000))
def test_a_later_figure_changes_nothing_before_its_day(
    due: tuple[Dated, ...], on: date, spans: tuple[Span, ...], later: int
) -> None:
    """Changing a plan from a day on leaves every earlier event as it was."""
    change = Dated(on + timedelta(days=later), spans)
    changed = tuple(sorted([*(dated for dated in due if dated.since != change.since), change]))
    assert _plan(due=changed).spans(on) == _plan(due=due).spans(on)


@pytest.mark.parametrize(
    ("on", "days"), [("2026-02-28", [1]), ("2026-03-01", [3]), ("2026-08-31", [3]), ("2026-09-01", [])]
)
def test_a_figure_holds_from_its_own_day(on: str, days: list[int]) -> None:
    """The last day before a change has the old figure, the day of the change the new one, and ~ ends it."""
    due = (
        Dated(date(2020, 1, 1), (Span(days=1),)),
        Dated(date(2026, 3, 1), (Span(days=3),)),
        Dated(date(2026, 9, 1), ()),
    )
    assert _plan(due=due).spans(date.fromisoformat(on)) == [Span(days=day) for day in days]


@pytest.mark.parametrize(("on", "count"), [("2026-02-28", 0), ("2026-03-01", 1), ("2026-12-31", 1), ("2027-01-01", 0)])
def test_a_pack_speaks_only_while_it_is_in_force(on: str, count: int) -> None:
    """The first and the last day in force are within it, the days around are not."""
    plan = _plan(since=date(2026, 3, 1), until=date(2026, 12, 31))
    assert len(plan.spans(date.fromisoformat(on))) == count


def test_what_is_planned_for_a_category_holds_below_it_and_nowhere_else() -> None:
    """A plan for water heaters is one for gas water heaters, not for all goods, nor for its neighbours."""
    plans = [_plan(category="water_heater")]
    on = date(2026, 1, 1)
    assert _lines(plans, "gas_water_heater", on) == ["shop/call-back"]
    assert _lines(plans, "goods", on) == []
    assert _lines(plans, "refrigerator", on) == []


def test_goods_that_need_a_fitter_can_have_plans_of_their_own() -> None:
    """``needs_installation`` picks the goods that need one, or those that do not."""
    plans = [_plan("shop/with", needs_installation=True), _plan("shop/without", needs_installation=False)]
    on = date(2026, 1, 1)
    assert _lines(plans, "air_conditioner", on) == ["shop/with"]
    assert _lines(plans, "portable_air_conditioner", on) == ["shop/without"]


def test_a_child_adds_unless_it_replaces() -> None:
    """A category's own line comes on top of its parent's; only an explicit ``replaces`` puts it in its place."""
    on = date(2026, 1, 1)
    base, extra = _plan("a/base"), _plan("a/car", "car")
    assert _lines([base, extra], "car", on) == ["a/base", "a/car"]
    assert _lines([base, replace(extra, replaces=("a/base",))], "car", on) == ["a/car"]
    assert _lines([base, replace(extra, replaces=("a/base",))], "bicycle", on) == ["a/base"]


def test_replacing_begins_with_the_first_figure() -> None:
    """A shop that overrides a plan from March on leaves what the plan said about February."""
    base = _plan("a/base")
    own = _plan("shop/own", replaces=("a/base",), due=(Dated(date(2026, 3, 1), (Span(days=2),)),))
    assert _lines([base, own], "tv", date(2026, 2, 28)) == ["a/base"]
    assert _lines([base, own], "tv", date(2026, 3, 1)) == ["shop/own"]


def test_a_replacement_that_plans_nothing_switches_off() -> None:
    """``~`` from a day on, in a line that replaces another: from that day nothing is planned at all."""
    base = _plan("a/base")
    none = _plan("shop/none", replaces=("a/base",), due=(Dated(date(2026, 3, 1), ()),))
    kept = applying([base, none], "tv", date(2026, 3, 1), tree())
    assert [plan.spans(date(2026, 3, 1)) for plan in kept] == [[]]


def test_replacements_of_replacements_leave_only_the_last() -> None:
    """Where one line replaces a second and the second a third, the first alone holds."""
    plans = [
        _plan("a/one"),
        _plan("b/two", replaces=("a/one",)),
        _plan("c/three", replaces=("b/two",)),
    ]
    assert _lines(plans, "goods", date(2026, 1, 1)) == ["c/three"]


@settings(max_examples=50)
@given(
    st.sampled_from([node.id for node in tree()]), st.sampled_from(EVENTS), st.dates(date(2020, 1, 1), date(2040, 1, 1))
)
def test_shipped_plans_never_make_two_promises_of_one_name(category: str, event: str, on: date) -> None:
    """For any goods and day, the promises after an event have names of their own."""
    plans = [plan for pack in shipped() for plan in pack.plans]
    steps = [plan.step for plan in applying(plans, category, on, tree()) if plan.after == event]
    assert len(steps) == len(set(steps))
