"""What is counted for the national standard alone (L8).  ``docs/score.md`` says what, and what for.

None of it is a score: it shows that the records speak to something at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.answers import works
from aftercare.answers.certificates import is_valid
from aftercare.answers.measures import about
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.period import Period
from aftercare.plain.moments import day_of, is_late
from aftercare.records.offer import Offer
from aftercare.records.product import Product
from aftercare.records.staff import Staff


def last_day(facts: Facts, period: Period) -> date:
    """The last day of a period, or today where that comes first."""
    return min(period.last, day_of(facts.now))


def certified(facts: Facts, period: Period) -> Iterator[Case]:
    """People of the shop with a certificate that is valid on the last day."""
    on = last_day(facts, period)
    for person in facts.shelf.of(Staff):
        is_here = person.left is None or is_late(person.left.on, on)
        if is_here and any(is_valid(one, on) for one in person.certificates):
            yield Case(person.id, on, person=person.id, records=(person.id,))


def trained(facts: Facts, period: Period) -> Iterator[Case]:
    """Trainings that people of the shop were given."""
    for person in facts.shelf.of(Staff):
        for nth, training in enumerate(person.trainings, start=1):
            if period.holds(training.on):
                yield Case(f"{person.id}/{nth}", training.on, person=person.id, records=(person.id, *training.answers))


def learned(facts: Facts, period: Period) -> Iterator[Case]:
    """Trainings that answer a complaint."""
    return (case for case in trained(facts, period) if len(case.records) > 1)


def believed(facts: Facts, period: Period) -> Iterator[Case]:
    """The lines of the shop's credo on the last day."""
    on = last_day(facts, period)
    return (Case(basic.line, on) for basic in facts.ledger.rules.credo(on))


def found(facts: Facts, period: Period) -> Iterator[Case]:
    """Breaches of service that were found, each good where it was settled by today."""
    for breach in facts.breaches:
        if period.holds(breach.on):
            product, channel = facts.goods(breach.id.rpartition("/")[0])
            yield Case(
                id=breach.id,
                on=breach.on,
                good=breach.settled is not None,
                why="" if breach.settled else "open",
                part=breach.code,
                customer=breach.to,
                product=product,
                channel=channel,
                person=breach.person,
                records=(breach.record,),
            )


def described(facts: Facts, period: Period) -> Iterator[Case]:
    """Products sold of which the shop can give the customer something to read, to see or to ask."""
    sales = (sale for affairs in facts.people for sale in about.bought(facts, affairs, period))
    sold = {facts.product(item.product) for sale in sales for item in sale.items}
    on = last_day(facts, period)
    for product in facts.shelf.of(Product):
        if product.id in sold:
            told = [product.features, product.manual, product.brochure, product.page, product.video, product.hotline]
            why = "" if any(told) else "nothing_said"
            yield Case(product.id, on, good=not why, why=why, product=product.id, records=(product.id,))


def published(facts: Facts, period: Period) -> Iterator[Case]:
    """What the shop published in the period."""
    for offer in facts.shelf.of(Offer):
        if period.holds(offer.published_on):
            yield Case(offer.id, offer.published_on, person=offer.person or "", records=(offer.id,))


def explained(facts: Facts, period: Period) -> Iterator[Case]:
    """Installations done: good where use and care were explained."""
    for affairs in facts.people:
        for work in affairs.installations:
            on = works.done_at(work)
            if on and period.holds(on) and about.is_sold(affairs, work):
                product, channel = facts.goods(work.id)
                yield Case(
                    id=work.id,
                    on=on,
                    good=work.explained is True,
                    why="" if work.explained else "not_explained",
                    customer=affairs.customer.id,
                    product=product,
                    channel=channel,
                    person=work.technician or "",
                    records=(work.id,),
                )


def advised(facts: Facts, period: Period) -> Iterator[Case]:
    """Contacts in which a customer was given advice."""
    for affairs in facts.people:
        for visit in affairs.visits:
            if visit.outcome == "reached" and (visit.purpose == "advice" or visit.advice) and period.holds(visit.at):
                yield about.of_contact(facts, visit)


def on_file(facts: Facts, period: Period) -> Iterator[Case]:
    """Customers with a file on the last day, but for those who had left or were forgotten."""
    on = last_day(facts, period)
    for affairs in facts.people:
        one = affairs.customer
        is_here = one.gone is None or is_late(one.gone.on, on)
        if is_here and not (one.since and is_late(one.since, on)):
            yield Case(one.id, on, customer=one.id, records=(one.id,))


EVIDENCE = (
    Measure("certified_people", "L8", "count", certified),
    Measure("trainings", "L8", "count", trained),
    Measure("credo_lines", "L8", "count", believed),
    Measure("breaches_found", "L8", "count", found),
    Measure("breaches_settled", "L8", "share", found),
    Measure("trainings_after_complaints", "L8", "count", learned),
    Measure("goods_described", "L8", "share", described),
    Measure("offers_published", "L8", "count", published),
    Measure("use_explained", "L8", "share", explained),
    Measure("advice_given", "L8", "count", advised),
    Measure("customers_on_file", "L8", "count", on_file),
)
