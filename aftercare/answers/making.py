"""Which promises a customer's records make: what was told, what was said, and what the plans add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.promises import Binds, Draft, Term
from aftercare.answers.rules import Rules
from aftercare.answers.works import Work
from aftercare.plain import lunar
from aftercare.plain.moments import Moment, day_of
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import Plan
from aftercare.records.claim import Claim
from aftercare.records.customer import Birthday
from aftercare.records.fields import Window
from aftercare.records.installation import Installation
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.sale import Item, Sale
from aftercare.records.words import PROMISE_KINDS

BIRTHDAYS_AHEAD = timedelta(days=370)
"""How far ahead the next birthday, solar or lunar, can lie."""


class Line(NamedTuple):
    """One line of a sale with the works about its sale."""

    unit: str
    number: int
    sale: Sale
    item: Item
    category: str
    deliveries: Sequence[Work]
    installations: Sequence[Work]


def lines_of(affairs: Affairs, rules: Rules) -> Iterator[Line]:
    """Every line ever sold to the customer."""
    for unit, sale, item in affairs.units():
        product = affairs.products.get(item.product)
        category = rules.categories.find(product.category) if product else None
        yield Line(
            unit,
            int(unit.rpartition("/")[2]),
            sale,
            item,
            category or ROOT,
            [] if item.taken else affairs.deliveries_of(sale),
            _installations(affairs, sale, item, rules),
        )


def _installations(affairs: Affairs, sale: Sale, item: Item, rules: Rules) -> list[Installation]:
    """The installations that may be about a line; one that names no lines is about those that are to be installed."""
    all_works = affairs.installations_of(sale)
    return all_works if _is_to_be_installed(sale, item, affairs, rules) else [work for work in all_works if work.items]


def made(affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """Every promise to the customer, but for the apologies that follow from how others ended."""
    for line in lines_of(affairs, rules):
        work = [*_deliver(line, rules), *_install(line, affairs, rules)]
        yield from work
        yield from _pack(line, affairs, rules)
        yield from _planned_for_unit(line, {draft.what for draft in work}, rules, now)
    for claim in affairs.claims:
        yield from _planned_for_claim(claim, affairs, rules, now)
    for spoken in affairs.promises:
        if spoken.of is None:
            yield _spoken(spoken, affairs.customer.id)
    yield from _birthdays(affairs, rules, now)


def _deliver(line: Line, rules: Rules) -> Iterator[Draft]:
    if not line.item.taken:
        yield from _work(line, "deliver", line.sale.told_for(line.item).deliver, line.deliveries, rules)


def _install(line: Line, affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    fits = _is_to_be_installed(line.sale, line.item, affairs, rules)
    told = line.sale.told_for(line.item).install if fits else None
    yield from _work(line, "install", told, line.installations, rules)


def _is_to_be_installed(sale: Sale, item: Item, affairs: Affairs, rules: Rules) -> bool:
    """A sale's installation is for the goods that need one; where the sale has none of these, for all of them."""
    own = item.told is not None and item.told.install is not None
    needing = [other for other in sale.items if _needs_installation(other, affairs, rules)]
    return own or item in needing or not needing


def _needs_installation(item: Item, affairs: Affairs, rules: Rules) -> bool:
    product = affairs.products.get(item.product)
    category = rules.categories.find(product.category) if product else None
    return bool(category and rules.is_installed(category))


def _work(
    line: Line, what: Literal["deliver", "install"], told: Window | None, all_works: Sequence[Work], rules: Rules
) -> Iterator[Draft]:
    """One promise for the line: as told at the sale, else as the works about it promise."""
    about = [work for work in all_works if works.covers(work, line.number)]
    active = [work for work in about if work.cancelled is None]
    person = next((works.worker(work) for work in active if works.done_at(work) is None), "")
    if told is not None:
        yield _work_draft(line, what, "told", works.term_of(told), line.sale.id, line.item.pieces, person)
        return
    if not about:
        return
    # A time that was told is not lost when its delivery is called off and another arranged.
    first = next((work for work in about if works.own_window(work)), (active or about)[0])
    window = works.own_window(first)
    arranged = first.arranged_on or line.sale.sold_on
    if window is None and not rules.counts(day_of(arranged)):
        return
    # Where no time was said the day it was arranged is the yardstick: same day where nothing else was promised.
    term = works.term_of(window) if window else Term(day_of(arranged))
    pieces = works.promised(active or about, line.number, line.item)
    draft = _work_draft(line, what, "told" if window else "plan", term, first.id, pieces, person)
    yield replace(draft, made_on=arranged)


def _work_draft(line: Line, what: str, binds: Binds, term: Term, record: str, pieces: int, person: str) -> Draft:
    return Draft(
        id=f"{line.unit}/{what}",
        what=what,
        subject=line.unit,
        to=line.sale.customer,
        binds=binds,
        record=record,
        made_on=line.sale.sold_on,
        term=term,
        about=(line.unit,),
        product=line.item.product,
        pieces=pieces,
        person=person,
    )


def _pack(line: Line, affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    product = affairs.products.get(line.item.product)
    packing = line.item.packing
    wanted = packing.wanted if packing else None
    natural = bool(product and product.nature) and rules.counts(day_of(line.sale.sold_on))
    if not wanted and not natural:
        return
    told = line.sale.told_for(line.item).deliver
    yield Draft(
        id=f"{line.unit}/pack",
        what="pack",
        subject=line.unit,
        to=line.sale.customer,
        binds="told" if wanted else "plan",
        record=line.sale.id,
        made_on=line.sale.sold_on,
        term=Term(day_of(told.by) if told and not line.item.taken else day_of(line.sale.sold_on)),
        about=(line.unit,),
        product=line.item.product,
        words=wanted or "",
    )


def delivered(line: Line) -> tuple[Moment | None, str]:
    """When the whole line was handed over, and the record that says so; goods sold in the shop go home at once."""
    keeps = works.keepings(line.deliveries, line.number)
    __, last = works.finished(keeps, line.item.pieces)
    if last:
        return last.at, last.record
    expected = line.sale.told_for(line.item).deliver is not None or any(
        works.covers(work, line.number) and work.cancelled is None for work in line.deliveries
    )
    at_once = line.item.taken or (line.sale.channel in {None, "shop"} and not expected)
    return (line.sale.sold_on, line.sale.id) if at_once else (None, line.sale.id)


def installed(line: Line) -> tuple[Moment | None, str]:
    """When the whole line was installed, and the record that says so."""
    __, last = works.finished(works.keepings(line.installations, line.number), line.item.pieces)
    return (last.at, last.record) if last else (None, line.sale.id)


def _planned_for_unit(line: Line, expected: set[str], rules: Rules, now: Moment) -> Iterator[Draft]:
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


def _planned_for_claim(claim: Claim, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
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


def _spoken(spoken: PromiseRecord, customer: str) -> Draft:
    return Draft(
        id=spoken.id,
        what=spoken.what if spoken.what in PROMISE_KINDS else "other",
        subject=spoken.id,
        to=customer,
        binds=spoken.binds or "told",
        record=spoken.id,
        made_on=spoken.made_on or spoken.due or date.min,
        term=Term(spoken.due) if spoken.due else None,
        about=tuple(spoken.about),
        person=spoken.person or "",
        words=spoken.words or ("" if spoken.what in PROMISE_KINDS else spoken.what or ""),
    )


def _birthdays(affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """A greeting for each birthday since the customer is known, and for the next one; only with consent."""
    customer = affairs.customer
    birthday, consent = customer.birthday, customer.consent
    if not birthday or not consent or not consent.greetings or customer.do_not_contact:
        return
    first = max(_known_since(affairs), rules.opening_day or date.min)
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
