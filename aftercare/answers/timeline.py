"""What happened, in order: with a customer, or with one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from aftercare.answers import (
    benefits_of,
    claim_story,
    enquired,
    handled,
    hosting,
    kindness,
    point_story,
    referring,
    trainings,
    wishes,
    works,
)
from aftercare.answers.affairs import Affairs
from aftercare.answers.happened import Entry, moves
from aftercare.answers.rules import Rules
from aftercare.plain import money
from aftercare.plain.moments import Moment, in_order, iso
from aftercare.plain.text import nth
from aftercare.records.complaint import Complaint
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.promise import Apology
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit

_MOST_LINES = 1_000_000


def of_customer(affairs: Affairs, rules: Rules | None = None, now: Moment = date.max) -> list[Entry]:
    """Everything that happened with a customer until *now*, the earliest first; with *rules*, the points too."""
    points = point_story.entries(affairs, rules, now) if rules else ()
    return _sorted(chain(_all(affairs), points))


def of_unit(affairs: Affairs, unit: str) -> list[Entry]:
    """Everything that happened with one unit, the earliest first."""
    sale = unit.split("/", 1)[0]
    cases = cases_of(affairs, unit)

    def belongs(entry: Entry) -> bool:
        subjects = entry.about.split()
        return any(
            subject in {unit, sale} or subject.startswith(f"{unit}/") or subject.split("/", 1)[0] in cases
            for subject in subjects
        )

    return _sorted(entry for entry in _all(affairs) if belongs(entry))


def complaints_about(affairs: Affairs, unit: str) -> list[Complaint]:
    """The complaints about a unit: about itself, its sale, its works or its claims."""
    subjects = {unit, unit.split("/", 1)[0]} | {claim.id for claim in affairs.claims if claim.unit == unit}
    sale = next((sale for sale in affairs.sales if sale.id == unit.split("/", 1)[0]), None)
    if sale:
        line = nth(unit.rpartition("/")[2], _MOST_LINES)
        all_works: list[works.Work] = [*affairs.deliveries_of(sale), *affairs.installations_of(sale)]
        subjects |= {work.id for work in all_works if works.covers(work, line)}
    return [complaint for complaint in affairs.complaints if subjects.intersection(complaint.about)]


def cases_of(affairs: Affairs, unit: str) -> set[str]:
    """The claims, complaints, deliveries and installations of a unit."""
    sale, __, number = unit.partition("/")
    every: list[works.Work] = [*affairs.deliveries, *affairs.installations]
    line = nth(number, _MOST_LINES)
    about = {work.id for work in every if work.sale == sale and line and works.covers(work, line)}
    about |= {claim.id for claim in affairs.claims if claim.unit == unit}
    return about | {complaint.id for complaint in complaints_about(affairs, unit)}


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (in_order(entry.at), entry.record))


def _all(affairs: Affairs) -> Iterator[Entry]:
    customer = affairs.customer
    if customer.since:
        by = customer.referred_by or ""
        yield Entry(customer.since, "known", customer.id, by, words=("came_referred",) if by else ())
    if customer.left:
        yield Entry(customer.left.on, "left_us", customer.id, text=customer.left.reason or "")
    if customer.forgotten:
        yield Entry(customer.forgotten.on, "forgotten", customer.id, text=customer.forgotten.reason or "")
    sales = {sale.id: sale for sale in affairs.sales}
    for sale in affairs.sales:
        yield from _sale(sale, affairs)
    for delivery in affairs.deliveries:
        yield from _delivery(delivery, sales[delivery.sale])
    for installation in affairs.installations:
        yield from _installation(installation, sales[installation.sale], affairs)
    for claim in affairs.claims:
        yield from claim_story.entries(claim, affairs)
    drawn = {record.id for record in affairs.points}
    for use in affairs.uses:
        if use.subject not in drawn:
            yield claim_story.used(use, affairs)
    yield from referring.entries(affairs)
    yield from _said(affairs)
    yield from kindness.entries(affairs)


def _said(affairs: Affairs) -> Iterator[Entry]:
    """What passed between the customer and the shop: memberships, complaints, contacts, wishes, promises."""
    yield from benefits_of.joined(affairs.customer)
    for complaint in affairs.complaints:
        yield from handled.entries(complaint)
    for enquiry in affairs.enquiries:
        yield from enquired.entries(enquiry)
    yield from trainings.entries(affairs)
    yield from map(_contact, affairs.visits)
    for wish in affairs.wishes:
        yield from wishes.entries(wish, affairs.products)
    yield from hosting.entries(affairs)
    for record in affairs.promises:
        yield from _promise(record)


def _sale(sale: Sale, affairs: Affairs) -> Iterator[Entry]:
    for number, item in enumerate(sale.items, start=1):
        product = affairs.products.get(item.product)
        goods = " ".join(filter(None, (product.name, product.model))) if product else item.product
        price = str(item.price.value) if item.price else ""
        pieces = f"× {item.pieces}" if item.pieces > 1 else ""
        text = " ".join(filter(None, (goods, pieces, price)))
        yield Entry(sale.sold_on, "sold", sale.id, f"{sale.id}/{number}", text, person=sale.person or "")
        if item.retired:
            yield Entry(item.retired.on, "retired", sale.id, f"{sale.id}/{number}", item.retired.reason or "")
    yield from _as_published(sale, affairs)
    if sale.cancelled:
        yield Entry(sale.cancelled.on, "cancelled", sale.id, sale.id, sale.cancelled.reason or "")


def _as_published(sale: Sale, affairs: Affairs) -> Iterator[Entry]:
    """What the customer had as the shop had published it."""
    known = {old: offer for offer in affairs.offers for old in offer.ids}
    for given in sale.given:
        offer = known.get(given.offer)
        give = offer.gives[given.row - 1] if offer and given.row <= len(offer.gives) else None
        product = affairs.products.get((give.product if give else None) or "")
        words = (give.words if give else None) or (product.name if product else "") or (offer.title if offer else "")
        pieces = f"× {given.qty}" if given.qty and given.qty > 1 else ""
        about = f"{sale.id}/{given.item}" if given.item else sale.id
        text = " ".join(filter(None, (words, pieces)))
        yield Entry(given.at, "given", sale.id, f"{about} {given.offer}", text, person=given.by or "")
    for paid in sale.paid_back:
        text = money.plain(paid.amount)
        yield Entry(paid.at, "paid_back", sale.id, f"{sale.id} {paid.offer}", text, person=paid.by or "")


def _lines(work: Delivery | Installation, sale: Sale) -> str:
    return " ".join(f"{sale.id}/{n}" for n in range(1, len(sale.items) + 1) if works.covers(work, n))


def _delivery(work: Delivery, sale: Sale) -> Iterator[Entry]:
    about, person, made = _lines(work, sale), work.person or "", work.arranged_on or sale.sold_on
    yield from moves(work.moved, work.id, about, made)
    if work.dispatched_at:
        yield Entry(work.dispatched_at, "left", work.id, about, person=person)
    for attempt in work.attempts:
        yield Entry(attempt.at, "vain", work.id, about, attempt.note or "", (attempt.outcome,), attempt.by or person)
    if work.signed:
        yield Entry(work.signed.at, "delivered", work.id, about, work.signed.by, person=person)
    if work.cancelled:
        yield Entry(work.cancelled.on, "cancelled", work.id, about, work.cancelled.reason or "")


def _installation(work: Installation, sale: Sale, affairs: Affairs) -> Iterator[Entry]:
    about, person = _lines(work, sale), work.technician or ""
    yield from moves(work.moved, work.id, about, work.arranged_on or sale.sold_on)
    if work.signed:
        what = "installed_again" if _is_again(work, sale, affairs) else "installed"
        yield Entry(work.signed.at, what, work.id, about, work.signed.by, person=person, note=work.note or "")
    if work.cancelled:
        yield Entry(work.cancelled.on, "cancelled", work.id, about, work.cancelled.reason or "")


def _is_again(work: Installation, sale: Sale, affairs: Affairs) -> bool:
    """Whether all that it put up had been put up before."""
    about = [number for number in range(1, len(sale.items) + 1) if works.covers(work, number)]
    every = affairs.installations_of(sale)
    return bool(about) and all(work in works.again(every, n, sale.items[n - 1].pieces) for n in about)


def _contact(visit: Visit) -> Entry:
    """One contact; a question stands in it with its answer.  What became a record of its own has a line of its own."""
    about = " ".join(dict.fromkeys([*visit.about, *(kept.rpartition("/")[0] for kept in visit.keeps)]))
    seen = [" ".join(filter(None, (one.component, one.what))) for one in visit.saw]
    said = [*_asked(visit), *visit.heard, *seen, *visit.trained, visit.note or ""]
    understood = (_UNDERSTOOD[visit.understood],) if visit.understood else ()
    coming = ("incoming",) if visit.incoming and visit.outcome != "missed" else ()
    return Entry(
        visit.at,
        "contact",
        visit.id,
        about,
        ", ".join(filter(None, said)),
        (visit.channel, *coming, visit.purpose, visit.outcome, *understood),
        visit.by or "",
        (
            *visit.answers.items(),
            *(("left_undone", text) for text in visit.undone),
            *_thanks(visit),
            *benefits_of.words(visit),
        ),
    )


def _thanks(visit: Visit) -> Iterator[tuple[str, str]]:
    """What was given with thanks, and what it was worth."""
    if thanks := visit.thanks:
        yield "given", " ".join(filter(None, (thanks.what, money.plain(thanks.worth) if thanks.worth else "")))


_UNDERSTOOD = {"yes": "understood", "partly": "partly_understood", "no": "not_understood"}


def _asked(visit: Visit) -> Iterator[str]:
    """The question and its answer, in one."""
    if visit.question or visit.advice:
        yield " → ".join(filter(None, (visit.question, visit.advice)))


def _promise(record: PromiseRecord) -> Iterator[Entry]:
    about = record.of.rpartition("/")[0] if record.of else " ".join(record.about)
    text = record.of or " ".join(filter(None, (record.words, iso(record.due).replace("T", " ") if record.due else "")))
    person = record.person or ""
    if record.of is None and record.made_on:
        yield Entry(record.made_on, "promised", record.id, about, text, person=person)
    if record.kept and record.kept.at:
        yield Entry(record.kept.at, "kept", record.id, about, record.kept.how or "", person=record.kept.by or "")
    if record.made_on:
        yield from moves(record.moved, record.id, about, record.made_on)
    for what, event in (("released", record.released), ("broken", record.broken)):
        if event:
            yield Entry(event.on, what, record.id, about, event.reason or "")
    if record.apologised and record.apologised.at:
        yield _apologised(record.apologised.at, record.apologised, record.id, about)


def _apologised(at: Moment, said: Apology, record: str, about: str) -> Entry:
    """The apology; a remedy that is still to come stands in a promise of its own."""
    cost = money.plain(said.cost) if said.cost and said.remedy_in is None else ""
    given = " ".join(filter(None, (said.remedy, cost))) if said.remedy_in is None else said.remedy_in
    text = ", ".join(filter(None, (said.how, given)))
    return Entry(at, "apologised", record, about, text, person=said.by or "", cost=cost)
