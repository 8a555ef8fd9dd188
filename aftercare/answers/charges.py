"""What a customer paid for services to a unit: each sum counts once, whichever record says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from aftercare.answers import stock, works
from aftercare.answers.affairs import Affairs, Use
from aftercare.answers.works import Work
from aftercare.plain.moments import in_order, is_late
from aftercare.plain.money import Amount
from aftercare.records.claim import Claim, Repair

_NONE = Decimal(0)


def units_of(affairs: Affairs, subject: str) -> tuple[str, ...]:
    """The units that something is about: a claim's, those of an installation or a visit, or the unit itself."""
    for claim in affairs.claims:
        if claim.id == subject:
            return (claim.unit,)
    for work in affairs.installations:
        if work.id == subject:
            count = next((len(sale.items) for sale in affairs.sales if sale.id == work.sale), 0)
            return tuple(f"{work.sale}/{line}" for line in range(1, count + 1) if works.covers(work, line))
    about = {visit.id: visit.about for visit in affairs.visits} | {one.id: one.about for one in affairs.complaints}
    return tuple(about.get(subject, (subject,)))


def uses_for(affairs: Affairs, unit: str) -> list[Use]:
    """The parts that were used for a unit, for a claim about it, or for a work on it."""
    return [use for use in affairs.uses if unit in units_of(affairs, use.subject)]


def charged(affairs: Affairs, unit: str, claims: Sequence[Claim], all_works: Sequence[Work]) -> Decimal:
    """Everything that was paid for services to a unit, in the book's currency."""
    uses = uses_for(affairs, unit)
    paid = [_work(work, uses) for work in all_works]
    paid += [one for claim in claims for one in _claim(claim, uses)]
    known = {one.id for one in (*all_works, *claims)}
    paid += [_own(use.row.charged) for use in uses if use.subject not in known]
    paid += _benefits(affairs, unit)
    return sum(paid, _NONE)


def for_parts(uses: Iterable[Use]) -> Decimal:
    """What of it was for parts, in the book's currency."""
    return sum((_own(use.row.charged) for use in uses), _NONE)


def price_of(use: Use) -> Amount | None:
    """What the pieces that were used cost the shop, together; none where nobody knows."""
    one = stock.cost_of(use.part, use.row.at, use.subject)
    return Amount(one.value * use.row.qty, one.currency) if one else None


def is_at_cost(use: Use) -> bool:
    """Whether the customer is known to have paid no more for it than it cost the shop."""
    paid, price = use.row.charged, price_of(use)
    return not paid or bool(price and paid.currency == price.currency and paid.value <= price.value)


def _work(work: Work, uses: Sequence[Use]) -> Decimal:
    """What a work cost: the sum it names, which holds its parts, or these where they come to more."""
    return max(_own(work.charged), for_parts(use for use in uses if use.subject == work.id))


def _benefits(affairs: Affairs, unit: str) -> Iterator[Decimal]:
    """What benefits about it cost; of a contact about several things that names none, the first is meant."""
    for visit in affairs.visits:
        first = next(iter(visit.about), "")
        yield from (_own(given.charged) for given in visit.gave if (given.unit or first) == unit)


def _claim(claim: Claim, uses: Sequence[Use]) -> Iterator[Decimal]:
    """What the repairs of a claim cost, each with its parts, and what was paid when another unit was put up."""
    own = [use for use in uses if use.subject == claim.id]
    for repair in claim.repairs:
        parts = for_parts(use for use in own if repair_of(claim, use) is repair)
        yield max(_own(repair.cost), _own(repair.labour) + parts)
    yield for_parts(use for use in own if repair_of(claim, use) is None)
    if claim.replaced:
        yield _own(claim.replaced.installation_charged)


def repair_of(claim: Claim, use: Use) -> Repair | None:
    """The repair in which a part was used: the last that had come in by then, else the first."""
    begun = [repair for repair in claim.repairs if not is_late(repair.in_, use.row.at)] or claim.repairs[:1]
    return max(begun, key=lambda repair: in_order(repair.in_), default=None)


def _own(amount: Amount | None) -> Decimal:
    """The value of an amount in the book's currency; one in another is not reckoned."""
    return amount.value if amount and not amount.currency else _NONE
