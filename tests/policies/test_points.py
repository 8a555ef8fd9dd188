"""The rule of points: what a sale earns, which rule counts, and the last good day, near ends of months and years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.plain.moments import Span
from aftercare.policies import categories
from aftercare.policies.authoring.lint import findings
from aftercare.policies.load import BadPack, parse, shipped
from aftercare.policies.points import Earn, Expiry, PointsRule, reckoned, rule_for, worth_at_large

EDGES = st.one_of(
    st.sampled_from(
        [
            date(2024, 2, 28),
            date(2024, 2, 29),
            date(2024, 3, 1),
            date(2025, 2, 28),
            date(2025, 12, 31),
            date(2026, 1, 1),
        ]
    ),
    st.dates(date(2023, 1, 1), date(2028, 12, 31)),
)
MONTH_DAYS = st.one_of(
    st.sampled_from([(2, 28), (2, 29), (7, 31), (12, 31), (1, 1)]), st.dates().map(lambda day: (day.month, day.day))
)
PACK = """
id: ours
issuer: shop
title: t
points:
- id: buy
  title: t
  category: goods
  {keys}
"""
EARN = "earn: {2026-01-01: {points: 1, per: 10}}"


def rules(*keys: str) -> Sequence[PointsRule]:
    """A rule for each text of keys, the ids counted."""
    text = "id: ours\nissuer: shop\ntitle: t\npoints:\n"
    for number, said in enumerate(keys):
        text += f"- id: line{number}\n  title: t\n" + "".join(f"  {line}\n" for line in said.split("\n"))
        text += "" if "category:" in said else "  category: goods\n"
    return parse(text.encode(), "policies/ours.yaml").standards.points


def rule(keys: str = EARN) -> PointsRule:
    """One rule."""
    return rules(keys)[0]


@pytest.mark.parametrize(
    ("points", "per", "amount", "expected"),
    [
        ("1", "10", "9.99", 0),
        ("1", "10", "10", 1),
        ("1", "10", "3299.00", 329),
        ("1.2", "10", "99", 10),
        ("1.2", "10", "100", 12),
        ("1", "1", "58.90", 58),
        ("0", "10", "100", 0),
        ("1", "10", "-5", 0),
    ],
)
def test_what_is_below_is_dropped(points: str, per: str, amount: str, expected: int) -> None:
    """Only whole times count, and of them only whole points: the rest below 10 yuan is dropped."""
    assert reckoned(Earn(Decimal(points), Decimal(per)), Decimal(amount)) == expected


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_more_money_never_earns_less(one: int, other: int) -> None:
    """What is left of a purchase never earns more than the whole of it."""
    earn = Earn(Decimal("1.2"), Decimal(10))
    assert reckoned(earn, Decimal(min(one, other))) <= reckoned(earn, Decimal(max(one, other)))


@pytest.mark.parametrize(
    ("expires", "earned", "last_day"),
    [
        ("{days: 365}", "2026-03-01", "2027-03-01"),
        ("{days: 365}", "2027-03-01", "2028-02-29"),
        ("{months: 12}", "2027-03-01", "2028-03-01"),
        ("{months: 12}", "2028-02-29", "2029-02-28"),
        ("{months: 1}", "2026-01-31", "2026-02-28"),
        ("{end_of_year: 0}", "2026-12-31", "2026-12-31"),
        ("{end_of_year: 1}", "2026-01-01", "2027-12-31"),
        ("{end_of_year: 1}", "2026-12-31", "2027-12-31"),
        ("{on: 07-31, years: 1}", "2026-07-31", "2027-07-31"),
        ("{on: 07-31, years: 1}", "2026-12-31", "2027-07-31"),
        ("{on: 02-29, years: 1}", "2026-05-01", "2027-02-28"),
        ("{on: 02-29, years: 1}", "2027-05-01", "2028-02-29"),
        ("{on: 02-28, older_than: {months: 12}}", "2025-02-27", "2026-02-28"),
        ("{on: 02-28, older_than: {months: 12}}", "2025-02-28", "2027-02-28"),
        ("{on: 02-28, older_than: {months: 12}}", "2025-03-01", "2027-02-28"),
    ],
)
def test_the_last_good_day(expires: str, earned: str, last_day: str) -> None:
    """A length of time after the day, 31 December of a year, or a day on which it is settled: the last good one."""
    found = rule(f"earn: {{2020-01-01: {{points: 1, per: 10}}}}\nexpires: {{2020-01-01: {expires}}}")
    assert found.last_day(date.fromisoformat(earned)) == date.fromisoformat(last_day)


@given(EDGES, EDGES, MONTH_DAYS, st.integers(1, 24))
def test_who_earns_later_never_loses_sooner(one: date, other: date, on: tuple[int, int], months: int) -> None:
    """However they expire, points are good on the day they are earned, and older ones never outlast newer ones."""
    ways = [
        Expiry(span=Span(months=months)),
        Expiry(span=Span(days=months)),
        Expiry(on=(12, 31), years=0),
        Expiry(on=on, years=1 + months // 12),
        Expiry(on=on, older_than=Span(months=months)),
    ]
    first, second = min(one, other), max(one, other)
    for way in ways:
        assert way.last_day(first) <= way.last_day(second)
        assert way.last_day(first) >= first


@given(EDGES, MONTH_DAYS, st.integers(1, 24))
def test_what_is_settled_is_older(earned: date, on: tuple[int, int], months: int) -> None:
    """On the settlement day they are older than was said, and on the one before it they were not."""
    span = Span(months=months)
    last = Expiry(on=on, older_than=span).last_day(earned)
    assert last > span.after(earned)
    assert (last - timedelta(days=367)) <= span.after(earned)
    assert (last.month, last.day) in {on, (2, 28)}


def test_a_rule_never_reaches_back() -> None:
    """The day of the sale decides which figure counts, for what it earns, when it counts and until when it is good."""
    found = rule(
        "earn: {2026-01-01: {points: 1, per: 10}, 2026-06-01: {points: 2, per: 10}, 2027-01-01: ~}\n"
        "counts_after: {2026-06-01: {days: 14}}\n"
        "expires: {2026-01-01: {days: 30}, 2026-06-01: ~}"
    )
    before, after = date(2026, 5, 31), date(2026, 6, 1)
    assert found.earns(date(2025, 12, 31)) is None
    assert [found.earns(day) for day in (before, after)] == [Earn(Decimal(n), Decimal(10)) for n in (1, 2)]
    assert found.earns(date(2027, 1, 1)) is None
    assert (found.counts_from(before), found.counts_from(after)) == (before, date(2026, 6, 15))
    assert (found.last_day(before), found.last_day(after)) == (date(2026, 6, 30), None)


def test_what_counts_later_is_good_from_then() -> None:
    """The day on which points begin to count is the day they are earned: their time runs from it."""
    found = rule(f"{EARN}\ncounts_after: {{2026-01-01: {{days: 14}}}}\nexpires: {{2026-01-01: {{days: 30}}}}")
    assert found.counts_from(date(2026, 3, 1)) == date(2026, 3, 15)
    assert found.last_day(date(2026, 3, 1)) == date(2026, 4, 14)


class TestWhichRule:
    """Goods earn by one rule: that of the narrowest category whose conditions hold, of two alike the later one."""

    LINES = (
        EARN,
        f"{EARN}\ncategory: audio_video",
        f"{EARN}\ncategory: audio_video\nwhen: {{member_of: [金卡]}}",
        f"{EARN}\ncategory: air_conditioner\nwhen: {{sold_by: [online]}}",
        "earn: {2026-01-01: {points: 0, per: 1}}\ncategory: furniture",
    )

    @pytest.mark.parametrize(
        ("category", "channel", "held", "expected"),
        [
            ("goods", "shop", (), "line0"),
            ("lcd_tv", "shop", (), "line1"),
            ("lcd_tv", "shop", ("金卡",), "line2"),
            ("lcd_tv", "shop", ("银卡",), "line1"),
            ("air_conditioner", "shop", (), "line0"),
            ("air_conditioner", "online", (), "line3"),
            ("furniture", "shop", (), "line4"),
        ],
    )
    def test_it_is_chosen(self, category: str, channel: str, held: tuple[str, ...], expected: str) -> None:
        """By goods, by how they were sold, and by what the customer is a member of."""
        found = rule_for(rules(*self.LINES), category, date(2026, 3, 1), channel, held, categories.tree())
        assert found is not None
        assert found.id == expected

    def test_none_before_it_says_anything(self) -> None:
        """Where no line says anything of the day nothing is earned."""
        assert rule_for(rules(*self.LINES), "goods", date(2025, 12, 31), "shop", (), categories.tree()) is None


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ("cite: []", "points.1.earn is missing"),
        ("earn: {2026-01-01: {points: 1, per: 0}}", "more than nothing is wanted"),
        ("earn: {2026-01-01: {points: 1}}", "points.1.earn.2026-01-01.per is missing"),
        ("earn: {soon: {points: 1, per: 10}}", "is not a day"),
        ("earn: {2026-01-01: {points: many, per: 10}}", "does not fit"),
        (f"{EARN}\n  expires: {{2026-01-01: {{days: 0}}}}", "a day at least is wanted"),
        (f"{EARN}\n  expires: {{2026-01-01: {{days: 3, months: 1}}}}", "a length of time has one unit"),
        (f"{EARN}\n  expires: {{2026-01-01: {{end_of_year: 1, days: 3}}}}", "a length of time, {end_of_year: 1} or"),
        (f"{EARN}\n  expires: {{2026-01-01: {{on: 07-31}}}}", "say of which year"),
        (f"{EARN}\n  expires: {{2026-01-01: {{on: 07-32, years: 1}}}}", "no day of every year"),
        (f"{EARN}\n  expires: {{2026-01-01: {{idle: 3}}}}", "nothing here is called “idle”"),
        (f"{EARN}\n  counts_after: {{2026-01-01: {{hours: 3}}}}", "a day at least is wanted"),
        (f"{EARN}\n  worth: {{2026-01-01: {{points: 0, amount: 1}}}}", "is not a whole number"),
        (f"{EARN}\n  when: {{sold_by: [market]}}", "is none of shop"),
        (f"{EARN}\n  when: {{}}", "a condition is wanted"),
        (f"{EARN}\n  when: {{member_of: []}}", "is missing"),
    ],
)
def test_what_is_no_rule_is_a_fault(keys: str, sentence: str) -> None:
    """Each mistake is said in a sentence that names its place."""
    with pytest.raises(BadPack) as wrong:
        parse(PACK.format(keys=keys).encode(), "policies/ours.yaml")
    assert sentence in str(wrong.value)


def test_two_lines_of_one_id() -> None:
    """A line has its own id, also beside a plan."""
    text = PACK.format(keys=EARN) + f"- id: buy\n  title: t\n  category: goods\n  {EARN}\n"
    with pytest.raises(BadPack, match="another line is called “buy” too"):
        parse(text.encode(), "policies/ours.yaml")


def test_a_line_that_never_counts_is_said() -> None:
    """Of two lines for the same goods and sales the later one counts: the other is dead."""
    text = PACK.format(keys=EARN) + f"- id: buy-again\n  title: t\n  category: goods\n  {EARN}\n"
    pack = parse(text.encode(), "policies/ours.yaml")
    said = [(fault.line, fault.code) for fault in findings(pack, [pack], date(2026, 3, 1))]
    assert said == [(6, "dead")]


def test_what_ships_is_quiet() -> None:
    """The shipped pack counts only where it is named, and its figures are those of its sources."""
    (pack,) = [pack for pack in shipped() if pack.id == "service-points"]
    assert pack.chosen == "named"
    (line,) = pack.standards.points
    assert line.earns(date(2026, 3, 1)) == Earn(Decimal(1), Decimal(10))
    assert line.last_day(date(2026, 3, 1)) == date(2027, 12, 31)
    assert worth_at_large([line], date(2026, 3, 1)) == (100, Decimal(1))
