"""Plans: dated figures, and whose line holds for which goods on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain.moments import Span
from aftercare.policies.categories import tree
from aftercare.policies.load import BadPack, parse, rules, shipped
from aftercare.policies.plans import EVENTS, NUMBERED, Dated, Plan, applying
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
        waits_for_producer=None,
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
        is_law=False,
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
    st.sampled_from([node.id for node in tree()]),
    st.sampled_from(EVENTS),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["CN", "DE", "FR", "GB", "TW"]),
)
def test_shipped_plans_never_make_two_promises_of_one_name(category: str, event: str, on: date, country: str) -> None:
    """For any goods, day and country, the promises after an event have names of their own; a repair waits for parts or
    not, a complaint is urgent or not.
    """
    plans = [plan for pack in shipped() if pack.country in {"", country} for plan in pack.plans]
    found = [plan for plan in applying(plans, category, on, tree()) if plan.after == event]
    for waits, urgent in product((True, False), repeat=2):
        held = [plan for plan in found if plan.waits_for_producer in {None, waits} and plan.urgent in {None, urgent}]
        steps = [plan.step for plan in held]
        assert len(steps) == len(set(steps))


_OWN = """\
id: own
issuer: {issuer}
title: 自家计划
in_force: {{from: 2020-01-01}}
checked_on: 2026-01-01
sources: {{L: {{what: 法, where: 第一条, sure: verified}}}}
plans:
- id: one
  title: 修
  category: goods
  when: {{{when}}}
  after: {after}
  what: finish_repair
  step: finish-repair
  channel: counter
  due: {{2020-01-01: {due}}}
  cite: [L]
"""


def _own(issuer: str = "shop", when: str = "waits_for_producer: yes", after: str = "taken_in", **more: str) -> str:
    return _OWN.format(issuer=issuer, when=when, after=after, due=more.get("due", "[{days: 90}]"))


@pytest.mark.parametrize(
    ("issuer", "is_law"), [("statute", True), ("standard", False), ("maker", False), ("shop", False)]
)
def test_a_line_is_law_where_a_statute_says_it(issuer: str, is_law: bool) -> None:
    """Who issues a pack decides how its plans bind."""
    (plan,) = parse(_own(issuer).encode(), "own.yaml").plans
    assert (plan.is_law, plan.subject, plan.waits_for_producer, plan.needs_installation) == (
        is_law,
        "claim",
        True,
        None,
    )


@pytest.mark.parametrize("after", sorted(NUMBERED))
def test_a_numbered_event_has_one_length_of_time(after: str) -> None:
    """Its promises are numbered by the event, so a second length would have no name; ``~`` still ends the plan."""
    assert _faults(_own(when="needs_installation: no", after=after, due="[{days: 1}, {days: 2}]")) == [(16, "shape")]
    assert not _faults(_own(when="needs_installation: no", after=after, due="[{days: 1}], 2026-01-01: ~"))


@pytest.mark.parametrize(
    ("when", "after", "codes"),
    [
        ("waits_for_producer: yes, needs_installation: no", "taken_in", []),
        ("waits_for_producer: perhaps", "taken_in", [(11, "choice")]),
        ("waits_for_producer: yes", "repaired", [(11, "value")]),
        ("", "taken_in", [(11, "missing")]),
        ("waits_for_producer: ~", "taken_in", [(11, "missing")]),
        ("waits_for_maker: yes", "taken_in", [(11, "unknown-key")]),
    ],
)
def test_only_a_repair_waits_for_the_producer(when: str, after: str, codes: list[tuple[int, str]]) -> None:
    """A condition that the event cannot meet, or no condition at all, would be read over in silence; it is a fault."""
    assert _faults(_own(when=when, after=after)) == codes


@pytest.mark.parametrize(
    ("when", "after", "codes"),
    [
        ("urgent: yes", "complained", []),
        ("urgent: no", "complaint_resolved", []),
        ("urgent: perhaps", "complained", [(11, "choice")]),
        ("urgent: yes", "reported", [(11, "value")]),
        ("waits_for_producer: yes", "complained", [(11, "value")]),
    ],
)
def test_only_a_complaint_is_urgent(when: str, after: str, codes: list[tuple[int, str]]) -> None:
    """No other event knows it, so a plan that asks for it would never hold."""
    assert _faults(_own(when=when, after=after)) == codes


def _faults(text: str) -> list[tuple[int, str]]:
    try:
        parse(text.encode(), "own.yaml")
    except BadPack as error:
        return [(fault.line, fault.code) for fault in error.faults]
    return []


_OTHER = """\
- id: two
  title: 修
  category: goods
  when: {{waits_for_producer: {waits}}}
  after: taken_in
  what: finish_repair
  step: finish-repair
  channel: counter
  due: {{2020-01-01: [{{days: 30}}]}}
  cite: [L]
"""


@pytest.mark.parametrize(("waits", "codes"), [("no", []), ("yes", ["same-step"])])
def test_a_repair_falls_under_one_of_two_conditions_that_exclude_each_other(waits: str, codes: list[str]) -> None:
    """A longer time for missing parts and the usual one share a name, as no repair has both."""
    found = rules([("own.yaml", (_own() + _OTHER.format(waits=waits)).encode())], country="CN", region="", named=[])
    assert [fault.code for fault in found.faults] == codes


@pytest.mark.parametrize(("urgent", "codes"), [("no", []), ("yes", ["same-step"])])
def test_an_urgent_complaint_and_another_share_a_name(urgent: str, codes: list[str]) -> None:
    """No complaint is both, so the shorter time and the usual one are one step."""
    other = (
        _OTHER.format(waits="no")
        .replace("waits_for_producer: no", f"urgent: {urgent}")
        .replace("taken_in", "complained")
    )
    text = _own(when="urgent: yes", after="complained") + other
    found = rules([("own.yaml", text.encode())], country="CN", region="", named=[])
    assert [fault.code for fault in found.faults] == codes


@pytest.mark.parametrize(("issuer", "codes"), [("shop", ["law"]), ("maker", ["law"]), ("statute", [])])
def test_only_the_law_takes_the_place_of_the_law(issuer: str, codes: list[str]) -> None:
    """What a statute grants no other issuer can set aside, not even by a better line."""
    law = _own("statute").replace("id: own", "id: a-law", 1).encode()
    other = (_own(issuer) + "  replaces: a-law/one\n").encode()
    found = rules([("a.yaml", law), ("b.yaml", other)], country="CN", region="", named=[])
    assert [fault.code for fault in found.faults] == codes


@pytest.mark.parametrize(
    ("when", "after", "codes"),
    [
        ("no_reason: yes", "goods_returned", []),
        ("no_reason: no, sold_by: [online, tv]", "goods_sent_back", []),
        ("no_reason: yes", "refund_decided", [(11, "value")]),
        ("sold_by: [online]", "delivered", [(11, "value")]),
        ("sold_by: [web]", "goods_returned", [(11, "choice")]),
        ("sold_by: []", "goods_returned", [(11, "missing")]),
        ("sold_by: yes", "goods_returned", [(11, "shape")]),
    ],
)
def test_only_goods_that_come_back_know_why_and_from_where(when: str, after: str, codes: list[tuple[int, str]]) -> None:
    """No other event says whether a reason was given or how the goods were sold; a condition on it is a fault."""
    assert _faults(_own(when=when, after=after)) == codes


def test_only_days_after_a_return_may_run_from_its_report() -> None:
    """Days that run from a claim's report are for goods that come back; after any other event they are a fault."""

    def text(after: str) -> str:
        own = _own(when="needs_installation: no", after=after)
        return own.replace("  cite:", "  runs_from: reported\n  cite:")

    assert parse(text("goods_sent_back").encode(), "own.yaml").plans[0].runs_from == "reported"
    assert _faults(text("refund_decided")) == [(17, "value")]


def test_plans_for_other_channels_never_meet() -> None:
    """Two lines with one step may stand side by side where no return can fall under both."""
    one, other = _plan("a/one", sold_by=frozenset({"online"})), _plan("b/two", sold_by=frozenset({"home", "tv"}))
    assert not one.may_meet(other)
    assert one.may_meet(_plan("c/three", sold_by=frozenset({"online", "tv"})))
    assert one.may_meet(_plan("c/three"))
    assert not _plan("a/one", no_reason=True).may_meet(_plan("b/two", no_reason=False))


def test_what_is_ahead_of_its_event_is_due_until_then() -> None:
    """From so long before on until the event itself, to the hour; a length of time puts it off in days as ever."""
    (plan,) = parse(_own(when="needs_installation: no", after="arranged").encode(), "own.yaml").plans
    assert plan.ahead is None
    told = replace(plan, ahead=Span(days=1))
    at = datetime(2026, 3, 10, 9, 0)
    assert told.due_after(Span(), at) == (at, date(2026, 3, 9))
    assert told.due_after(Span(days=2), at) == (date(2026, 3, 12), date(2026, 3, 11))
    assert plan.due_after(Span(), at) == (date(2026, 3, 10), None)


def test_ahead_is_a_length_of_time() -> None:
    """Read like any other; anything else is a fault."""
    text = _own(when="needs_installation: no", after="arranged")
    (plan,) = parse(f"{text.rstrip()}\n  ahead: {{days: 30}}\n".encode(), "own.yaml").plans
    assert plan.ahead == Span(days=30)
    assert [code for __, code in _faults(f"{text.rstrip()}\n  ahead: soon\n")] == ["shape"]
