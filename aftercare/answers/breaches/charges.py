"""What customers paid for parts and labour, where it was more than they owe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aftercare.answers.affairs import Use
from aftercare.answers.breaches.finding import Scope, Seen
from aftercare.answers.charges import price_of, units_of
from aftercare.language import _
from aftercare.plain import money
from aftercare.plain.moments import day_of, in_order
from aftercare.policies.categories import ROOT
from aftercare.records.claim import Claim


def above_cost(scope: Scope) -> Iterator[Seen]:
    """Parts for which a customer paid more than they cost, on the day they were used; without a cost price nothing is
    said against it.

    Several uses for one claim, unit or work are numbered in the order of their time.
    """
    seen: Counter[str] = Counter()
    for use in sorted(scope.affairs.uses, key=lambda use: (in_order(use.row.at), use.part.id, use.place)):
        seen[use.subject] += 1
        price = price_of(use)
        paid = use.row.charged
        if paid and price and paid.currency == price.currency and paid.value > price.value:
            yield Seen(
                code="above-cost",
                subject=use.subject,
                on=day_of(use.row.at),
                record=use.part.id,
                path=("used", use.place, "charged"),
                what=_("{charged} charged for {part}, which cost the shop {cost}").format(
                    charged=money.plain(paid), part=use.part.name, cost=money.plain(price)
                ),
                categories=_categories(scope, use),
                person=use.row.by or "",
                nth=seen[use.subject],
            )


def _categories(scope: Scope, use: Use) -> tuple[str, ...]:
    return tuple(scope.category_of(unit) for unit in units_of(scope.affairs, use.subject)) or (ROOT,)


def labour(scope: Scope, claim: Claim) -> Iterator[Seen]:
    """Labour that was charged for, on the day the unit went out; while it is still in repair, the day it came in."""
    for nth, repair in enumerate(claim.repairs, start=1):
        if repair.labour and repair.labour.value:
            yield Seen(
                code="labour-charged",
                subject=claim.id,
                on=day_of(repair.out or repair.in_),
                record=claim.id,
                path=("repairs", nth - 1, "labour"),
                what=_("{amount} charged for labour").format(amount=money.plain(repair.labour)),
                categories=(scope.category_of(claim.unit),),
                person=repair.by or "",
                nth=nth,
            )
