"""Greetings: for the birthdays of a customer, solar or lunar, and for the festivals that the packs name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from aftercare.answers import welcome
from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.promises import Draft, Event, Keeping, Promise, Term, planned
from aftercare.answers.rules import Rules
from aftercare.plain import lunar
from aftercare.plain.moments import Moment, day_of, days_after, is_late
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import YEARLY, Plan
from aftercare.records.customer import Birthday

AHEAD = timedelta(days=385)
"""How far ahead the next birthday or festival can lie: a lunar year with a leap month has up to 385 days."""


def greeted(affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """A greeting for each birthday and festival since the customer is known and has agreed to be greeted, and for the
    next of each.

    Nobody is greeted who declined, or was never asked.  What was sent before somebody declined stays as it was.
    """
    customer, consent = affairs.customer, affairs.customer.consent
    if customer.id == HOUSE or customer.forgotten or not any(plan.after in YEARLY for plan in rules.plans):
        return
    is_welcome = consent is not None and consent.greetings is True and not customer.do_not_contact
    first = max(_known_since(affairs), rules.opening_day or date.min)
    if is_welcome and consent and consent.on:
        first = max(first, day_of(consent.on))
    sent = frozenset[str]() if is_welcome else frozenset(_sent_before(affairs))
    if not is_welcome and not sent:
        return
    for draft in _all(affairs, rules, first, day_of(now)):
        if is_welcome or draft.id in sent:
            yield draft


def remembered(affairs: Affairs) -> Iterator[Promise]:
    """The greetings to a customer who was forgotten, as the file says what became of them."""
    forgotten, visits = affairs.customer.forgotten, {visit.id: visit for visit in affairs.visits}
    for one in forgotten.greetings if forgotten else ():
        draft = Draft(
            id=f"{affairs.customer.id}/{one.step}",
            what="greeting",
            subject=affairs.customer.id,
            to=affairs.customer.id,
            binds="plan",
            record=affairs.customer.id,
            made_on=one.made_on,
            term=None,
        )
        contact = visits.get(one.by or "")
        kept = Keeping(contact.at, contact.id, person=contact.by or "") if contact else None
        ended = Event(forgotten.on, affairs.customer.id) if forgotten and not kept else None
        yield Promise(draft, one.state, None, 0, 0, 0, int(bool(kept)), kept, ended, None, kept.person if kept else "")


def _sent_before(affairs: Affairs) -> Iterator[str]:
    """The promises that contacts kept before the customer declined to be greeted."""
    refused = welcome.refusal(affairs.customer, "greeting")
    for visit in affairs.visits:
        if refused and is_late(refused.at, visit.at) and visit.outcome == "reached":
            yield from visit.keeps


def _all(affairs: Affairs, rules: Rules, first: date, today: date) -> Iterator[Draft]:
    last = days_after(today, AHEAD.days)
    if affairs.customer.birthday:
        for year, day in _until_next(_kept_on(affairs.customer.birthday, first, last), today):
            yield from _greetings(affairs, rules.plans_after("birthday", ROOT, day), year, day, first)
    for plan in rules.plans:
        if plan.festival and plan.after == "festival":
            for year, day in _until_next(plan.festival.days(first, last), today):
                holding = (one for one in rules.plans_after("festival", ROOT, day) if one is plan)
                yield from _greetings(affairs, holding, year, day, first)


def _until_next(days: Iterable[tuple[int, date]], today: date) -> Iterator[tuple[int, date]]:
    """The days that were, today's, and the first to come."""
    for year, day in days:
        yield year, day
        if day > today:
            break


def _greetings(affairs: Affairs, plans: Iterable[Plan], year: int, day: date, first: date) -> Iterator[Draft]:
    customer = affairs.customer
    foreseen = max(first, days_after(day, -365))
    if customer.left and foreseen > day_of(customer.left.on):
        return
    for plan in plans:
        if plan.needs and plan.needs.isdisjoint(customer.needs):
            continue
        for span in plan.spans(day)[:1]:
            yield planned(plan, customer.id, year, Term(*plan.due_after(span, day)), foreseen)


def _kept_on(birthday: Birthday, first: date, last: date) -> list[tuple[int, date]]:
    """The days on which the customer keeps the birthday, each with the year that names it."""
    if birthday.lunar:
        return lunar.occurrences(lunar.parse(birthday.lunar), first, last)
    if birthday.solar:
        month, day = (int(part) for part in birthday.solar[:10].split("-")[-2:])
        return lunar.solar_birthdays(month, day, first, last)
    return []


def _known_since(affairs: Affairs) -> date:
    """The first day on which the book knew the customer."""
    days = [day_of(sale.sold_on) for sale in affairs.sales]
    if affairs.customer.since:
        days.append(day_of(affairs.customer.since))
    return min(days, default=date(2000 + int(affairs.customer.id[2:4]), 1, 1))
