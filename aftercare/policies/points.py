"""How points are earned, when they begin to count, until when they are good and what they are worth.

A rule is a line of a pack.  Its figures are dated, and the day of the sale decides which of them counts: a rule changed
today never reaches back to what was bought before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aftercare.plain.moments import Span, add_months, day_of
from aftercare.policies.categories import ROOT, Categories
from aftercare.policies.standards import Clause

END_OF_YEAR = (12, 31)
"""The day on which points expire that are good until the end of a year."""


class Earn(NamedTuple):
    """So many points for so much money; what is below that is dropped."""

    points: Decimal
    per: Decimal


class Worth(NamedTuple):
    """So many points stand for so much money when they are drawn."""

    points: int
    amount: Decimal


class Expiry(NamedTuple):
    """The last good day of points: a length of time after they were earned, or a settlement day of the year."""

    span: Span | None = None
    """They are good for so long after the day they were earned."""
    on: tuple[int, int] | None = None
    """They are good until this month and day, which is the last good one ..."""
    years: int | None = None
    """... of the year that comes so many after the one in which they were earned, or ..."""
    older_than: Span | None = None
    """... the first time that they are older than this."""

    def last_day(self, earned: date) -> date:
        """The last day on which points earned on a day are good."""
        if self.on is None:
            return day_of((self.span or Span()).after(earned))
        if self.older_than is None:
            return _settled(earned.year + (self.years or 0), self.on)
        grown = day_of(self.older_than.after(earned))
        this = _settled(grown.year, self.on)
        return this if this > grown else _settled(grown.year + 1, self.on)


def _settled(year: int, on: tuple[int, int]) -> date:
    """A month and day of a year: of February its last day where it has no 29th; the last day there is past the end of
    the calendar.
    """
    month, day = on
    if year > date.max.year:
        return date.max
    first = date(year, month, 1)
    return first.replace(day=day) if (month, day) != (2, 29) else add_months(date(2000, 2, 29), 12 * (year - 2000))


class DatedEarn(NamedTuple):
    """What is earned from a day on; ``None``: this rule says nothing any more."""

    since: date
    earn: Earn | None


class DatedExpiry(NamedTuple):
    """When points that are earned from a day on expire; ``None``: never."""

    since: date
    expiry: Expiry | None


class DatedWait(NamedTuple):
    """After how long points count that are earned from a day on; ``None``: at once."""

    since: date
    span: Span | None


class DatedWorth(NamedTuple):
    """What points are worth from a day on; ``None``: nothing is said."""

    since: date
    worth: Worth | None


@dataclass(frozen=True, slots=True)
class PointsRule(Clause):
    """A line of a pack by which what a customer buys earns points; every list is dated, the oldest first."""

    earn: tuple[DatedEarn, ...]
    waits: tuple[DatedWait, ...] = ()
    expires: tuple[DatedExpiry, ...] = ()
    worth: tuple[DatedWorth, ...] = ()
    sold_by: frozenset[str] = frozenset()
    """Only for goods that were sold in one of these ways; empty: however they were sold."""
    member_of: frozenset[str] = frozenset()
    """Only for members of one of these on the day of the sale, as their files name it; empty: for everybody."""

    def earns(self, on: date) -> Earn | None:
        """What a sale of that day earns; ``None``: the rule says nothing of it."""
        return next((dated.earn for dated in reversed(self.earn) if dated.since <= on), None)

    def counts_from(self, sold: date) -> date:
        """The day on which the points of a sale begin to count: they are earned on that day."""
        span = next((dated.span for dated in reversed(self.waits) if dated.since <= sold), None)
        return day_of(span.after(sold)) if span else sold

    def last_day(self, sold: date) -> date | None:
        """The last good day of the points of a sale; ``None``: they never expire."""
        return self.good_until(sold, self.counts_from(sold))

    def good_until(self, sold: date, earned: date) -> date | None:
        """The last good day of points that were earned on a day, by what holds for a sale of another."""
        expiry = next((dated.expiry for dated in reversed(self.expires) if dated.since <= sold), None)
        return expiry.last_day(earned) if expiry else None

    def is_worth(self, on: date) -> Worth | None:
        """What points are worth on a day."""
        return next((dated.worth for dated in reversed(self.worth) if dated.since <= on), None)

    def is_for(self, channel: str, memberships: Iterable[str]) -> bool:
        """Whether it is for a sale made in this way to a member of these."""
        sold = not self.sold_by or channel in self.sold_by
        return sold and (not self.member_of or not self.member_of.isdisjoint(memberships))


def reckoned(earn: Earn, amount: Decimal) -> int:
    """The points that so much money earns: whole times only, and whole points only."""
    return int(amount // earn.per * earn.points) if amount > 0 else 0


def rule_for(
    rules: Iterable[PointsRule], category: str, on: date, channel: str, memberships: Iterable[str], tree: Categories
) -> PointsRule | None:
    """The one rule by which goods of a category earn on a day: that of the narrowest category, of two alike the later.

    Goods never earn by two rules; a line with no points at all keeps them from earning by a wider one.
    """
    held = frozenset(memberships)
    chain = tree.parents(category)
    fitting = [
        rule
        for rule in rules
        if rule.in_force(on) and rule.earns(on) and rule.suits(category, tree) and rule.is_for(channel, held)
    ]
    return min(reversed(fitting), key=lambda rule: chain.index(rule.category), default=None)


def at_large(rules: Iterable[PointsRule], on: date) -> date | None:
    """The last good day of points that are given on a day, and not earned with goods: as those earned with any goods.

    The last line for all goods, without conditions, that earns on that day says it; ``None``: they never expire.
    """
    fitting = [
        rule
        for rule in rules
        if rule.category == ROOT and not (rule.sold_by or rule.member_of) and rule.in_force(on) and rule.earns(on)
    ]
    return fitting[-1].good_until(on, on) if fitting else None


def worth_at_large(rules: Iterable[PointsRule], on: date) -> Worth | None:
    """What points are worth on a day: the last line that says it."""
    said = [worth for rule in rules if rule.in_force(on) and (worth := rule.is_worth(on))]
    return said[-1] if said else None
