"""What the sales of a customer earn in points, and what of it goes back when money is paid back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment, day_of, end_of
from aftercare.plain.money import Amount
from aftercare.policies.categories import ROOT
from aftercare.policies.points import PointsRule, reckoned, rule_for
from aftercare.records.claim import Claim
from aftercare.records.customer import Customer
from aftercare.records.sale import Item, Sale

_NONE = Decimal(0)


class TakenBack(NamedTuple):
    """So many points of a lot are taken back, because of what a record says."""

    at: Moment
    record: str
    number: int
    points: int


class Earned(NamedTuple):
    """What one sale earned by one rule, once it counts."""

    source: str
    line: str
    at: Moment
    on: date
    last_day: date | None
    points: int


class _Bought(NamedTuple):
    """A line of a sale that earns, and the claims about it."""

    unit: str
    item: Item
    claims: Sequence[Claim]

    @property
    def amount(self) -> Decimal:
        """What was paid for it, in the book's currency."""
        return _own(self.item.price) * self.item.pieces

    def gone(self, known: set[tuple[str, str]]) -> Decimal:
        """What of that was paid back, by the facts *known*: the money, or the pieces that came back where that is more.

        Who pays for the use of what goes back has not bought it for all that.
        """
        gone = _NONE
        for claim in self.claims:
            paid = _own(claim.refunded.amount) if claim.refunded and (claim.id, "refunded") in known else _NONE
            if claim.returned and {(claim.id, "refunded"), (claim.id, "returned")} <= known:
                paid = max(paid, _own(self.item.price) * (claim.returned.qty or self.item.pieces))
            if claim.replaced and (claim.id, "replaced") in known:
                paid += _own(claim.replaced.refunded_difference)
            gone += paid
        return min(gone, self.amount)


def earned(affairs: Affairs, rules: Rules) -> Iterator[tuple[Earned, tuple[str, ...], list[TakenBack]]]:
    """What each sale earned by each rule, with the units it is for, and what of it is taken back.

    The lines of a sale that fall under one rule are added up before they are reckoned, so that what is below a whole
    point is dropped once.  Sales before the opening day earn nothing: what was there then is given by hand.
    """
    if not rules.standards.points:
        return
    for sale in affairs.sales:
        if rules.counts(day_of(sale.sold_on)):
            for rule, lines in _by_rule(sale, affairs, rules).items():
                yield _earned(sale, rule, lines)


def _by_rule(sale: Sale, affairs: Affairs, rules: Rules) -> dict[PointsRule, list[_Bought]]:
    """The lines of a sale that have a price, by the rule under which each earns."""
    on, found = day_of(sale.sold_on), dict[PointsRule, list[_Bought]]()
    held = memberships(affairs.customer, on)
    for number, item in enumerate(sale.items, start=1):
        product = affairs.products.get(item.product)
        category = (rules.categories.find(product.category) if product else None) or ROOT
        rule = rule_for(rules.standards.points, category, on, sale.channel or "shop", held, rules.categories)
        if rule and _own(item.price):
            unit = f"{sale.id}/{number}"
            found.setdefault(rule, []).append(_Bought(unit, item, affairs.claims_of(unit)))
    return found


def memberships(customer: Customer, on: date) -> frozenset[str]:
    """The memberships that a customer holds on a day."""
    return frozenset(one.of for one in customer.memberships if one.holds(on))


def _earned(sale: Sale, rule: PointsRule, lines: Sequence[_Bought]) -> tuple[Earned, tuple[str, ...], list[TakenBack]]:
    sold = day_of(sale.sold_on)
    on, earn = rule.counts_from(sold), rule.earns(sold)
    # A line of a pack is only chosen on a day on which it says what is earned.
    left = {moment: reckoned(earn, amount) for moment, amount in _left(sale, lines).items()} if earn else {}
    points = left.pop(_BEGINNING, 0)
    back: list[TakenBack] = []
    for number, (moment, count) in enumerate(left.items()):
        if day_of(moment[0]) < on:
            points = count
        elif count < points - sum(one.points for one in back):
            back.append(TakenBack(moment[0], moment[1], number, points - sum(one.points for one in back) - count))
    at = sale.sold_on if on == sold else on
    units = tuple(line.unit for line in lines)
    return Earned(sale.id, rule.line, at, on, rule.last_day(sold), points), units, back


_BEGINNING: tuple[Moment, str, str] = (date.min, "", "")


def _left(sale: Sale, lines: Sequence[_Bought]) -> Mapping[tuple[Moment, str, str], Decimal]:
    """What was paid for the lines and has not been paid back, at first and after each fact that changes it."""
    facts = sorted(_facts(sale, lines), key=lambda fact: (end_of(fact[0]), fact[1], fact[2]))
    known: set[tuple[str, str]] = set()
    found = {_BEGINNING: sum((line.amount for line in lines), _NONE)}
    for fact in facts:
        known.add(fact[1:])
        whole = (
            _NONE if (sale.id, "cancelled") in known else sum((one.amount - one.gone(known) for one in lines), _NONE)
        )
        found[fact] = whole
    return found


def _facts(sale: Sale, lines: Sequence[_Bought]) -> Iterator[tuple[Moment, str, str]]:
    """When money, or goods, went back: each with its record and what it says."""
    if sale.cancelled:
        yield sale.cancelled.on, sale.id, "cancelled"
    for claim in (claim for line in lines for claim in line.claims):
        for name, fact in (("refunded", claim.refunded), ("returned", claim.returned), ("replaced", claim.replaced)):
            if fact:
                yield fact.on, claim.id, name


def _own(amount: Amount | None) -> Decimal:
    """The value of an amount in the book's currency; one in another is not reckoned."""
    return amount.value if amount and not amount.currency else _NONE
