"""What the plans of the packs promise after each event: of a unit, of a claim, of a customer's year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from aftercare.answers import at_home, occasions
from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line
from aftercare.answers.occasions import Occasion
from aftercare.answers.promises import Draft, Term
from aftercare.answers.rules import Rules
from aftercare.plain import lunar
from aftercare.plain.moments import Moment, Span, day_of
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import Plan
from aftercare.records.claim import Claim
from aftercare.records.customer import Birthday

BIRTHDAYS_AHEAD = timedelta(days=370)
"""How far ahead the next birthday, solar or lunar, can lie."""


def for_unit(line: Line, expected: set[str], affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after the sale, the hand-over, the installation and repairs at home; what is only expected waits for
    its event.
    """
    to = _To(line.sale.customer, line.unit, line.item.product)
    for occasion in occasions.of_unit(line, expected, at_home.mended(affairs, line.unit, rules)):
        yield from _plans(occasion, line.category, to, rules, now)


def for_claim(claim: Claim, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after a claim is reported, after each of its repairs and loans, and after what was decided."""
    sale_id, __, number = claim.unit.partition("/")
    sale = next((sale for sale in affairs.sales if sale.id == sale_id), None)
    item = sale.items[int(number) - 1] if sale and number.isdigit() and 0 < int(number) <= len(sale.items) else None
    product = affairs.products.get(item.product) if item else None
    category = (rules.categories.find(product.category) if product else None) or ROOT
    to = _To(affairs.customer.id, claim.unit, item.product if item else "")
    for occasion in occasions.of_claim(claim, affairs.parts):
        yield from _plans(occasion, category, to, rules, now)


class _To(NamedTuple):
    """To whom a plan promises something, about which unit, of which product."""

    customer: str
    unit: str
    product: str


def _plans(occasion: Occasion, category: str, to: _To, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The steps of every plan after one event, of goods of a category."""
    for plan in rules.plans_after(occasion.event, category, day_of(occasion.at or now)):
        if plan.waits_for_producer in {None, occasion.waits_for_producer}:
            yield from _steps(plan, occasion, to, rules, now)


def _steps(plan: Plan, occasion: Occasion, to: _To, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The steps of one plan after one event; before the event they wait, without a term.

    What the law says counts for every event, also for those before the opening day.
    """
    event = occasion.at
    if not (plan.is_law or rules.counts(day_of(event or now))):
        return
    for ordinal, span in enumerate(plan.spans(day_of(event or now)), start=occasion.number or 1):
        yield Draft(
            id=f"{occasion.subject}/{plan.step}.{ordinal}",
            what=plan.what,
            subject=occasion.subject,
            to=to.customer,
            binds="law" if plan.is_law else "plan",
            record=occasion.record,
            made_on=event or occasion.foreseen,
            term=Term(_length(plan, occasion, span).after(event)) if event else None,
            about=(to.unit,),
            product=to.product,
            part=occasion.part,
            person=occasion.person,
            channel=plan.channel,
            plan=plan,
            worthless_late=plan.worthless_late,
        )


def _length(plan: Plan, occasion: Occasion, span: Span) -> Span:
    """The plan's own length of time; a part comes within the days that it usually takes, where these are known."""
    return occasion.lead if occasion.lead and plan.what == "supply_part" else span


def for_birthdays(affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """A greeting for each birthday since the customer is known, and for the next one; only with consent."""
    customer = affairs.customer
    birthday, consent = customer.birthday, customer.consent
    if not birthday or not consent or not consent.greetings or customer.do_not_contact:
        return
    first = max(_known_since(affairs), rules.opening_day or date.min, day_of(consent.on) if consent.on else date.min)
    last = day_of(now) + BIRTHDAYS_AHEAD
    for year, birthday_on in _kept_on(birthday, first, last):
        foreseen = max(first, birthday_on - timedelta(days=365))
        if customer.left and foreseen > day_of(customer.left.on):
            break
        for plan in rules.plans_after("birthday", ROOT, birthday_on):
            for span in plan.spans(birthday_on)[:1]:
                yield Draft(
                    id=f"{customer.id}/{plan.step}.{year}",
                    what=plan.what,
                    subject=customer.id,
                    to=customer.id,
                    binds="plan",
                    record=customer.id,
                    made_on=foreseen,
                    term=Term(span.after(birthday_on)),
                    channel=plan.channel,
                    plan=plan,
                    worthless_late=plan.worthless_late,
                )
        if birthday_on > day_of(now):
            break


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
