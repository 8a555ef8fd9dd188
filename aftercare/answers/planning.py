"""What the plans of the packs promise after each event: of a unit, of a claim, of a customer's year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line, delivered, installed
from aftercare.answers.promises import Draft, Term
from aftercare.answers.rules import Rules
from aftercare.plain import lunar
from aftercare.plain.moments import Moment, day_of
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import Plan
from aftercare.records.claim import Claim
from aftercare.records.customer import Birthday

BIRTHDAYS_AHEAD = timedelta(days=370)
"""How far ahead the next birthday, solar or lunar, can lie."""


def for_unit(line: Line, expected: set[str], rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after the sale, the hand-over and the installation; what is only expected waits for its event."""
    hand_over, handed_by = delivered(line)
    put_up, put_up_by = installed(line)
    events = [
        ("sold", line.sale.sold_on, line.sale.id, True),
        ("delivered", hand_over, handed_by, True),
        ("installed", put_up, put_up_by, "install" in expected),
    ]
    for name, at, record, comes in events:
        if not comes:
            continue
        for plan in rules.plans_after(name, line.category, day_of(at or now)):
            subject = _Subject(line.unit, line.sale.customer, (line.unit,), line.item.product)
            yield from _steps(plan, subject, at, record, line.sale.sold_on, rules, now)


class _Subject(NamedTuple):
    id: str
    to: str
    about: tuple[str, ...]
    product: str


def for_claim(claim: Claim, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after a claim is reported, and after each of its repairs, which are numbered like lines of a sale."""
    sale_id, __, number = claim.unit.partition("/")
    sale = next((sale for sale in affairs.sales if sale.id == sale_id), None)
    item = sale.items[int(number) - 1] if sale and number.isdigit() and 0 < int(number) <= len(sale.items) else None
    product = affairs.products.get(item.product) if item else None
    category = (rules.categories.find(product.category) if product else None) or ROOT
    to, product_id = affairs.customer.id, item.product if item else ""
    for plan in rules.plans_after("reported", category, day_of(claim.reported_on)):
        subject = _Subject(claim.id, to, (claim.unit,), product_id)
        yield from _steps(plan, subject, claim.reported_on, claim.id, claim.reported_on, rules, now)
    for ordinal, repair in enumerate(claim.repairs, start=1):
        for plan in rules.plans_after("repaired", category, day_of(repair.out or now)):
            subject = _Subject(f"{claim.id}/{ordinal}", to, (claim.unit,), product_id)
            yield from _steps(plan, subject, repair.out, claim.id, repair.in_, rules, now)


def _steps(
    plan: Plan, subject: _Subject, event: Moment | None, record: str, foreseen: Moment, rules: Rules, now: Moment
) -> Iterator[Draft]:
    """The steps of one plan after one event; before the event they wait, without a term."""
    if not rules.counts(day_of(event or now)):
        return
    for ordinal, span in enumerate(plan.spans(day_of(event or now)), start=1):
        yield Draft(
            id=f"{subject.id}/{plan.step}.{ordinal}",
            what=plan.what,
            subject=subject.id,
            to=subject.to,
            binds="plan",
            record=record,
            made_on=event or foreseen,
            term=Term(span.after(event)) if event else None,
            about=subject.about,
            product=subject.product,
            channel=plan.channel,
            plan=plan,
            worthless_late=plan.worthless_late,
        )


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
