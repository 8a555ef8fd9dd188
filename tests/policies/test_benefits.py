"""Benefits of packs: what is read, what is refused with its line, and which figure counts on which day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.moments import Span
from aftercare.policies.benefits import EVER, MEMBERSHIP_YEAR, PER, Benefit, Held, Limit, meant, period
from aftercare.policies.categories import tree
from aftercare.policies.load import BadPack, parse, rules, shipped

SOUND = """\
id: ours
issuer: shop
title: t
in_force: {from: 2026-01-01, to: 2028-12-31}
benefits:
- id: shorten
  title: {en: Trousers shortened, zh: 改裤脚}
  category: clothing
  for: [常客, {of: 会员, level: [金卡, 银卡]}, {of: Club, level: Gold}]
  limit: {2026-01-01: {times: 4, per: year}, 2026-07-01: {times: 2, per: month}, 2027-01-01: ~}
  within: {2026-01-01: {days: 3}, 2026-07-01: {hours: 4}, 2027-01-01: ~}
  cost: {2026-01-01: 5.50, 2027-01-01: ~}
  in_force: {from: 2026-02-01, to: 2030-01-01}
- {id: tea, title: {en: Tea, zh: 茶水}, category: goods, cost: free}
"""


def _read(text: str = SOUND) -> tuple[Benefit, ...]:
    return parse(text.encode(), "policies/ours.yaml").standards.benefits


def _faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadPack) as error:
        parse(text.encode(), "policies/ours.yaml")
    return [(fault.line, fault.code) for fault in error.value.faults]


def test_a_sound_benefit_is_read_whole() -> None:
    """To whom, how often, how soon and at what cost, as the file says it; what it does not say is without limit."""
    shorten, tea = _read()
    assert shorten.line == "ours/shorten"
    assert shorten.held == (Held("常客"), Held("会员", ("金卡", "银卡")), Held("Club", ("Gold",)))
    assert (tea.held, tea.limits, tea.within, tea.costs) == ((), (), (), ())
    assert tea.limit(date(2026, 3, 1)) is None
    assert tea.span(date(2026, 3, 1)) == Span()


@pytest.mark.parametrize(
    ("on", "limit", "span", "cost"),
    [
        ("2026-06-30", Limit(4, "year"), Span(days=3), Decimal("5.50")),
        ("2026-07-01", Limit(2, "month"), Span(hours=4), Decimal("5.50")),
        ("2026-12-31", Limit(2, "month"), Span(hours=4), Decimal("5.50")),
        ("2027-01-01", None, Span(), None),
    ],
)
def test_the_newest_figure_on_or_before_the_day_counts(
    on: str, limit: Limit | None, span: Span, cost: Decimal | None
) -> None:
    """On the last day of one figure and the first of the next; null ends it."""
    shorten, day = _read()[0], date.fromisoformat(on)
    assert (shorten.limit(day), shorten.span(day), shorten.cost(day)) == (limit, span, cost)


def test_a_benefit_is_in_force_within_its_own_days_and_those_of_its_pack() -> None:
    """Its own days make it narrower than its pack, and never wider."""
    shorten, tea = _read()
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2028, 12, 31), date(2029, 1, 1)]
    assert [shorten.in_force(day) for day in days] == [False, True, True, False]
    assert [tea.in_force(day) for day in days] == [True, True, True, False]


def test_a_level_counts_only_where_it_is_named() -> None:
    """A membership named alone counts at every level; names and levels are the same however they are written."""
    regular, member, club = _read()[0].held
    assert regular.fits("常客", None)
    assert regular.fits("常客", "铜卡")
    assert member.fits("会员", "银卡")
    assert not member.fits("会员", "铜卡")
    assert not member.fits("会员", None)
    assert club.fits("ＣＬＵＢ", "gold")


def _with(line: str) -> str:
    return f"id: ours\nissuer: shop\ntitle: t\nbenefits:\n- id: tea\n  title: t\n  category: goods\n{line}\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  lmit: {}", (8, "unknown-key")),
        ("  for: []", (8, "missing")),
        ("  for: [{of: 会员}]", (8, "missing")),
        ("  for: [{of: 会员, level: []}]", (8, "missing")),
        ("  for: 会员", (8, "shape")),
        ("  limit: {times: 4, per: year}", (8, "date")),
        ("  limit: {2026-01-01: {times: 4}}", (8, "missing")),
        ("  limit:\n    2026-01-01: {times: 4, per: week}", (9, "choice")),
        ("  limit: {2026-01-01: {times: x, per: year}}", (8, "number")),
        ("  limit: {2026-02-30: {times: 4, per: year}}", (8, "date")),
        ("  within: {2026-01-01: {days: 1, months: 1}}", (8, "shape")),
        ("  cost: cheap", (8, "choice")),
        ("  cost: {2026-01-01: -1}", (8, "value")),
        ("  in_force: {from: 2026-02-01, to: 2026-01-01}", (8, "value")),
        ("  in_force: {to: 2026-01-01}", (8, "missing")),
        ("  cite: [nowhere]", (8, "choice")),
        ("- {id: tea, title: t, category: goods}", (8, "repeated")),
        ("- {id: Tea, title: t, category: goods}", (8, "value")),
        ("- {id: other, title: t, category: gods}", (8, "category")),
        ("- {id: other, title: t}", (8, "missing")),
    ],
)
def test_what_is_no_benefit_is_refused_with_its_line(line: str, expected: tuple[int, str]) -> None:
    """Every complaint names the line of the file; a key that nobody knows is never passed over."""
    assert expected in _faults(_with(line))


def test_ids_are_those_of_one_line_in_the_whole_pack() -> None:
    """A benefit shares no id with a plan, a clause or a line of law: what a contact names is one thing."""
    assert "repeated" in [code for __, code in _faults(_with("lines:\n- {id: tea, title: t, grants: [repair]}"))]


def test_only_a_shop_need_not_cite() -> None:
    """A benefit of another issuer rests on a source, as every line does."""
    manifest = "issuer: maker\nin_force: {from: 2026-01-01}\nchecked_on: 2026-01-01\nsources: {}"
    text = _with("").replace("issuer: shop", manifest)
    assert "missing" in [code for __, code in _faults(text)]


def test_a_plan_may_follow_a_benefit_that_there_is() -> None:
    """By its id within the pack, by pack/id elsewhere; one that nobody gives is a fault of the plan."""
    plan = (
        "plans:\n- {id: call, title: t, category: goods, after: benefit_given, what: call_back, step: tea-call,"
        " channel: phone, due: {2026-01-01: [{days: 1}]}, when: {benefit: WHICH}}"
    )
    found = {
        which: rules(
            [("policies/ours.yaml", _with(plan.replace("WHICH", which)).encode())], country="", region="", named=()
        ).faults
        for which in ("tea", "ours/tea", "[tea, ours/tea]", "cake", "other/tea")
    }
    assert {which: [fault.code for fault in faults] for which, faults in found.items()} == {
        "tea": [],
        "ours/tea": [],
        "[tea, ours/tea]": [],
        "cake": ["no-such-line"],
        "other/tea": ["no-such-line"],
    }


def test_only_what_follows_a_benefit_names_one() -> None:
    """After any other event the condition could never hold."""
    plan = (
        "plans:\n- {id: call, title: t, category: goods, after: sold, what: call_back, step: tea-call,"
        " channel: phone, due: {2026-01-01: [{days: 1}]}, when: {benefit: tea}}"
    )
    assert [code for __, code in _faults(_with(plan))] == ["value"]


def test_two_plans_of_one_step_after_different_benefits_do_not_meet() -> None:
    """Their promises are never of one name, so both may stand; after the same benefit they would be."""

    def plan(name: str, when: str) -> str:
        return (
            f"- {{id: {name}, title: t, category: goods, after: benefit_given, what: call_back, step: ask,"
            f" channel: phone, due: {{2026-01-01: [{{days: 1}}]}}{when}}}\n"
        )

    def codes(first: str, second: str) -> list[str]:
        both = "- {id: cake, title: t, category: goods}\nplans:\n" + plan("one", first) + plan("two", second)
        found = rules([("policies/ours.yaml", _with(both).encode())], country="", region="", named=())
        return [fault.code for fault in found.faults]

    assert codes(", when: {benefit: tea}", ", when: {benefit: cake}") == []
    assert codes(", when: {benefit: tea}", ", when: {benefit: [cake, tea]}") == ["same-step"]
    assert codes(", when: {benefit: tea}", "") == ["same-step"]


def test_what_is_typed_means_a_benefit_by_line_id_or_title() -> None:
    """In this order, in either language and width; what means none finds none."""
    found = _read()
    for typed in ("ours/shorten", "shorten", "改裤脚", "trousers shortened", "ＳＨＯＲＴＥＮ"):
        assert [one.id for one in meant(found, typed)] == ["shorten"]
    assert meant(found, "裤脚") == []


def test_the_shoe_shop_gives_its_members_shoe_care_without_limit() -> None:
    """The card of the story: cleaning, tears and scratches, free of charge and for ever, beside the right it had."""
    (pack,) = (pack for pack in shipped() if pack.id == "service-shoes")
    assert {one.id for one in pack.standards.benefits} == {"cleaning", "scratches"}
    for one in pack.standards.benefits:
        assert tree().is_a("leather_shoes", one.category)
        assert one.held[0] == Held("会员")
        assert (one.limits, one.costs, one.until) == ((), (), None)
    assert [line.id for line in pack.law.lines] == ["care"]


EDGES = [
    date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1), date(2024, 12, 31),
    date(2025, 1, 1), date(2026, 1, 31),
]  # fmt: skip
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2019, 1, 1), date(2032, 12, 31)))


@given(per=st.sampled_from(PER), days=st.lists(DAYS, min_size=2, max_size=2).map(sorted), is_known=st.booleans())
def test_periods_cover_every_day_once(per: str, days: list[date], is_known: bool) -> None:
    """A day lies in its own period, whose neighbours begin where it ends: no day is counted twice, none is lost."""
    began, on = (days[0] if is_known else None), days[1]
    first, last = period(per, on, began)
    assert first <= on <= last
    if per == EVER:
        assert (first, last) == (date.min, date.max)
        return
    for day in (first, last):
        assert period(per, day, began) == (first, last)
    assert period(per, last + timedelta(days=1), began)[0] == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-02-29", ("2024-02-29", "2025-02-27")),
        ("2025-02-27", ("2024-02-29", "2025-02-27")),
        ("2025-02-28", ("2025-02-28", "2026-02-27")),
        ("2028-02-28", ("2027-02-28", "2028-02-28")),
        ("2028-02-29", ("2028-02-29", "2029-02-27")),
    ],
)
def test_a_year_of_membership_that_began_on_29_february(on: str, expected: tuple[str, str]) -> None:
    """Its anniversary is the 28th where the year has no 29th, and the 29th again where it has."""
    first, last = period(MEMBERSHIP_YEAR, date.fromisoformat(on), date(2024, 2, 29))
    assert (first.isoformat(), last.isoformat()) == expected


def test_the_end_of_the_calendar_is_the_end_of_its_last_period() -> None:
    """Nothing is reckoned beyond the last day that there is."""
    assert period(MEMBERSHIP_YEAR, date.max, date(2020, 6, 1))[1] == date.max
    assert period("year", date.max, None) == (date(9999, 1, 1), date.max)
