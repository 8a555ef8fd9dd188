"""L10, what it brings (回头客、口碑): who comes back, and who was brought.  ``docs/score.md`` says what is counted.

No case names a person: who sells again is not whose merit it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.answers.affairs import Affairs
from aftercare.answers.measures.about import asked_on, bought, has_gone
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.measures.dues import counts_on
from aftercare.answers.period import Period
from aftercare.answers.promises import Promise
from aftercare.plain.moments import day_of, days_after
from aftercare.records.sale import Sale


def buyers(facts: Facts, period: Period) -> Iterator[Case]:
    """Who bought: again, brought by somebody, or neither.  Two sales of one day are one time."""
    for affairs in facts.people:
        sales = bought(facts, affairs, period)
        if not sales:
            continue
        earlier = bought(facts, affairs, Period(date.min, days_after(day_of(sales[-1].sold_on), -1)))
        part = "again" if earlier else "brought" if affairs.brought_by else "new"
        known = (sales[-1].id, earlier[-1].id) if earlier else (sales[0].id, affairs.brought_by)
        yield _case(facts, affairs, sales[0].sold_on, sales[:1])._replace(
            good=part != "new",
            why="new" if part == "new" else "",
            part=part,
            records=tuple(filter(None, known)),
        )


def bought_again(facts: Facts, period: Period) -> Iterator[Case]:
    """Of those who bought, who had bought before."""
    for case in buyers(facts, period):
        is_again = case.part == "again"
        yield case._replace(good=is_again, why="" if is_again else "first_time", part="")


def came_through_somebody(facts: Facts, period: Period) -> Iterator[Case]:
    """Of those who bought, whom another customer had brought, whether or not they came again."""
    for case in buyers(facts, period):
        by = facts.ledger.affairs[case.id].brought_by
        known = tuple(filter(None, (case.records[0], by)))
        yield case._replace(good=bool(by), why="" if by else "not_brought", part="", records=known)


def _before(facts: Facts, affairs: Affairs, period: Period) -> list[Sale]:
    """What the customer had bought before a period; of one without a beginning, nothing."""
    if period.first == date.min:
        return []
    return bought(facts, affairs, Period(date.min, days_after(period.first, -1)))


def _case(facts: Facts, affairs: Affairs, on: date, sales: list[Sale]) -> Case:
    customer = affairs.customer.id
    product, channel = facts.goods(*(sale.id for sale in sales))
    return Case(id=customer, on=on, customer=customer, product=product, channel=channel)


def back_well_served(facts: Facts, period: Period) -> Iterator[Case]:
    """Of those to whom all was done in time."""
    return _back(facts, period, served_well=True)


def back_let_down(facts: Facts, period: Period) -> Iterator[Case]:
    """Of those to whom something was late or broken."""
    return _back(facts, period, served_well=False)


def _back(facts: Facts, period: Period, *, served_well: bool) -> Iterator[Case]:
    """Customers of before the period by whether they bought in it; products are those that they had by then."""
    day = asked_on(facts, period)
    if day is None:
        return
    for affairs in facts.people:
        before = _before(facts, affairs, period)
        if not before or has_gone(affairs, day):
            continue
        promised = _promised(facts, affairs, period)
        broken = [promise for promise in promised if promise.state != "kept"]
        if promised and (not broken) is served_well:
            again = bought(facts, affairs, period)
            known = (before[-1].id, *(one.draft.record for one in broken[:1]), *(sale.id for sale in again[:1]))
            yield _case(facts, affairs, day, before)._replace(
                good=bool(again),
                why="" if again else "stayed_away",
                records=tuple(dict.fromkeys(known)),
            )


def _promised(facts: Facts, affairs: Affairs, period: Period) -> list[Promise]:
    """What the customer had our word or the law's for, and counted before the period."""
    found = (one for one in facts.ledger.to.get(affairs.customer.id, ()) if one.draft.binds != "plan")
    return [one for one in found if (on := counts_on(one)) is not None and day_of(on) < period.first]


MEASURES = (
    Measure("L10", "L10", "share", buyers, by_person=False),
    Measure("bought_again", "L10", "share", bought_again, by_person=False),
    Measure("came_through_somebody", "L10", "share", came_through_somebody, by_person=False),
    Measure("back_well_served", "L10", "share", back_well_served, by_person=False),
    Measure("back_let_down", "L10", "share", back_let_down, by_person=False),
)
