"""How a customer stands with every benefit, and what their story says of memberships and benefits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.benefits import Use, used, uses, why_not
from aftercare.answers.happened import Entry
from aftercare.answers.members import Why, goods_for, membership, span_of
from aftercare.answers.rules import Rules
from aftercare.plain import money
from aftercare.plain.moments import Moment, day_of
from aftercare.policies.benefits import Benefit, Limit
from aftercare.records.customer import Customer, Membership
from aftercare.records.visit import Visit


class Standing(NamedTuple):
    """How a customer stands with a benefit at a moment."""

    benefit: Benefit
    why: Why | None
    membership: Membership | None
    until: date | None
    """The last day on which the customer has it, as far as that is known."""
    limit: Limit | None
    span: tuple[date, date]
    """The first and the last day within which the limit counts."""
    used: list[Use]
    """The times that count within it."""
    left: int | None
    """How often it may still be had; None without limit, and 0 where there is no right to it."""
    units: list[str]
    """The customer's things that it is for."""


def standings(affairs: Affairs, rules: Rules, at: Moment) -> list[Standing]:
    """How a customer stands with every benefit of the packs in force."""
    had = uses(affairs, rules)
    return [_standing(benefit, affairs, rules, at, had) for benefit in rules.standards.benefits]


def _standing(benefit: Benefit, affairs: Affairs, rules: Rules, at: Moment, had: Sequence[Use]) -> Standing:
    held, limit = membership(benefit, affairs, at), benefit.limit(day_of(at))
    mine, why = used(benefit, affairs, at, had), why_not(benefit, affairs, rules, at, had)
    free = max(0, limit.times - len(mine)) if limit else None
    last = day_of(held.until) if held and held.until else None
    return Standing(
        benefit=benefit,
        why=why,
        membership=held,
        until=min(filter(None, (last, benefit.until)), default=None),
        limit=limit,
        span=span_of(benefit, affairs, at),
        used=mine,
        left=0 if why else free,
        units=goods_for(benefit, affairs, rules, at),
    )


def joined(customer: Customer) -> Iterator[Entry]:
    """The days on which memberships began."""
    for one in customer.memberships:
        if one.since:
            yield Entry(one.since, "member", customer.id, text=" ".join(filter(None, (one.of, one.level, one.card))))


def words(visit: Visit) -> Iterator[tuple[str, str]]:
    """The benefits that were asked for, refused and given."""
    for wanted in visit.wants:
        yield "refused" if wanted.refused else "wants", " ".join(filter(None, (wanted.benefit, wanted.refused)))
    for given in visit.gave:
        paid = money.plain(given.charged) if given.charged else ""
        yield "gave", " ".join(filter(None, (given.benefit, paid)))
