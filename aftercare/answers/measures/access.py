"""L4, access (接近): whoever comes or calls is served.  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from aftercare.answers import touch
from aftercare.answers.affairs import Affairs
from aftercare.answers.contacts import is_missed_call
from aftercare.answers.measures.about import asked_on, bought, has_gone, of_contact
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.measures.dues import due_in
from aftercare.answers.period import Period
from aftercare.plain.moments import day_of, is_late
from aftercare.records.customer import Customer
from aftercare.records.visit import Visit


def served(facts: Facts, period: Period) -> Iterator[Case]:
    """Who came or called; a call that nobody of ours took was one, whatever its record says of who began it."""
    for visit in _contacts(facts, period):
        if visit.came_to_us or visit.outcome == "missed":
            why = "missed" if visit.outcome == "missed" else "unsolved" if visit.solved == "no" else ""
            yield of_contact(facts, visit)._replace(good=not why, why=why, part=visit.channel)


def missed_calls_returned(facts: Facts, period: Period) -> Iterator[Case]:
    """What is owed for calls that nobody took."""
    return (case for __, case in due_in(facts, period, lambda one: is_missed_call(one.draft)))


def in_touch(facts: Facts, period: Period) -> Iterator[Case]:
    """The customers whom we may contact, each with the last contact of the period."""
    day = asked_on(facts, period)
    if day is None:
        return
    now = facts.now if day == day_of(facts.now) else day
    for affairs in facts.people:
        sales = bought(facts, affairs, Period(date.min, day))
        if not sales or has_gone(affairs, day) or _wants_peace(affairs.customer, day):
            continue
        last = touch.last(affairs, now, since=period.first)
        yield _customer(facts, affairs, day, [sale.id for sale in sales], last)


def _customer(facts: Facts, affairs: Affairs, day: date, sales: list[str], last: touch.Touch | None) -> Case:
    customer = affairs.customer.id
    product, channel = facts.goods(*sales)
    return Case(
        id=customer,
        on=day,
        good=last is not None,
        why="" if last else "silent",
        customer=customer,
        product=product,
        channel=channel,
        records=tuple(dict.fromkeys([customer, *([last.record] if last else [])])),
    )


def _wants_peace(customer: Customer, day: date) -> bool:
    """Whether the customer had asked by the end of a day not to be contacted; without a day of its own, always."""
    since = customer.do_not_contact_on
    return bool(customer.do_not_contact) and (since is None or not is_late(since, day))


def channels(facts: Facts, period: Period) -> Iterator[Case]:
    """How the shop and its customers got hold of each other, or tried to."""
    for visit in _contacts(facts, period):
        if visit.outcome != "missed":
            yield of_contact(facts, visit)._replace(part=visit.channel)


def _contacts(facts: Facts, period: Period) -> Iterator[Visit]:
    return (visit for affairs in facts.people for visit in affairs.visits if period.holds(visit.at))


MEASURES = (
    Measure("L4", "L4", "share", served),
    Measure("missed_calls_returned", "L4", "share", missed_calls_returned),
    Measure("in_touch", "L4", "share", in_touch),
    Measure("channels", "L4", "spread", channels),
)
