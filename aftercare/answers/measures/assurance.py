"""L5, assurance (保障): rights and safety are kept.  ``docs/score.md`` says what is counted."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from aftercare.answers import at_home, works
from aftercare.answers.affairs import Affairs
from aftercare.answers.breaches.finding import Breach
from aftercare.answers.measures import about
from aftercare.answers.measures.counting import Case, Facts, Measure
from aftercare.answers.period import Period
from aftercare.answers.unhappy import subjects_of
from aftercare.answers.works import Work
from aftercare.book.shelf import kind_of
from aftercare.plain.groups import grouped
from aftercare.plain.moments import Moment, Span, day_of, is_late
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit

OF_RIGHTS = frozenset(
    {
        "charged-delivery", "damage", "charged-installation", "unqualified", "not-tested", "asked-for", "threat",
        "benefit-refused", "benefit-charged", "less-than-open", "loan-out", "sub-standard", "above-cost",
        "labour-charged", "above-offer", "unsafe", "maker-not-told",
    }
)  # fmt: skip
"""The codes of breaches by which a customer paid what was free, was denied a right, or was put in danger."""
_YEAR = Span(years=1)


def rights_kept(facts: Facts, period: Period) -> Iterator[Case]:
    """Works and claims, and whatever else fell short; the first breach that shows is the why.

    A breach in a record that would not count of itself, as in a sale or a call, is a case on its own day: none is lost.
    """
    every = (one for affairs in facts.people for one in _own(affairs))
    own = {one.record.id: one for one in every if not is_late(one.on, facts.now)}
    of_rights = (breach for breach in facts.breaches if breach.code in OF_RIGHTS)
    found = grouped(of_rights, lambda breach: _shows_in(breach, own))
    first = {name: min(breaches, key=lambda one: (one.on, one.code)) for name, breaches in found.items()}
    for name, one in own.items():
        if period.holds(one.on):
            case, breach = _case(facts, one), first.get(name)
            yield case._replace(good=False, why=breach.code) if breach else case
    for name, breach in first.items():
        if name not in own and period.holds(breach.on):
            yield _alone(facts, name, breach)


class _Own(NamedTuple):
    """A record that counts of itself, with its day."""

    affairs: Affairs
    record: Work | Visit | Claim | Complaint
    on: Moment


def _own(affairs: Affairs) -> Iterator[_Own]:
    """What counts of itself: works done, contacts at home, claims, complaints about an incident."""
    all_works: list[Work] = [*affairs.deliveries, *affairs.installations]
    for work in all_works:
        done = works.done_at(work)
        if done is not None and about.is_sold(affairs, work):
            yield _Own(affairs, work, done)
    yield from (_Own(affairs, visit, visit.at) for visit in affairs.visits if at_home.done_at(visit) is not None)
    yield from (_Own(affairs, claim, claim.reported_on) for claim in affairs.claims)
    yield from (_Own(affairs, one, one.received_at) for one in affairs.complaints if one.incident)


def _case(facts: Facts, one: _Own) -> Case:
    """Its case; so far nothing speaks against it."""
    match one.record:
        case Visit():
            return about.of_contact(facts, one.record)._replace(part="visit")
        case Claim():
            return _claim(facts, one.affairs, one.record)._replace(person=_who(one.record), part="claim")
        case Complaint():
            return about.of_complaint(facts, one.record)._replace(part="complaint")
        case work:
            product, channel = facts.goods(work.id)
            return Case(
                id=work.id,
                on=one.on,
                part=kind_of(work.id),
                customer=one.affairs.customer.id,
                product=product,
                channel=channel,
                person=works.worker(work),
                records=(work.id,),
            )


def _claim(facts: Facts, affairs: Affairs, claim: Claim) -> Case:
    product, channel = facts.goods(claim.unit)
    return Case(
        id=claim.id,
        on=claim.reported_on,
        customer=affairs.customer.id,
        product=product,
        channel=channel,
        records=(claim.id,),
    )


def _who(claim: Claim) -> str:
    """The one person whom its repairs and decisions name; "" where they name several."""
    by = [*(repair.by for repair in claim.repairs), *(decision.by for decision in claim.decisions)]
    named = {person for person in by if person}
    return named.pop() if len(named) == 1 else ""


def _shows_in(breach: Breach, own: Container[str]) -> str:
    """The record that a breach speaks against: what a customer reports of a work falls on the work, what was charged
    for a part on what the part was used for.
    """
    head = breach.id.partition("/")[0]
    known = (record for record in (*breach.rests_on, breach.record, head) if record in own)
    return next(known, head if kind_of(breach.record) == "part" else breach.record)


def _alone(facts: Facts, name: str, breach: Breach) -> Case:
    """The case of a record that counts only because something fell short in it."""
    record = facts.shelf.get(name)
    of_unit = breach.id if breach.id.startswith(f"{name}/") else name
    product, channel = facts.goods(*(subjects_of(record) if isinstance(record, Visit) else [of_unit]))
    return Case(
        id=name,
        on=breach.on,
        good=False,
        why=breach.code,
        part=kind_of(name),
        customer=breach.to,
        product=product,
        channel=channel,
        person=breach.person,
        records=(name,),
    )


def accidents(facts: Facts, period: Period) -> Iterator[Case]:
    """Incidents that customers complained about."""
    for affairs in facts.people:
        for complaint in affairs.complaints:
            if complaint.incident and period.holds(complaint.received_at):
                yield about.of_complaint(facts, complaint)._replace(part=complaint.incident.kind)


def remedies(facts: Facts, period: Period) -> Iterator[Case]:
    """What was decided about claims, each decision by its day."""
    for affairs in facts.people:
        for claim in affairs.claims:
            for number, said in enumerate(claim.decisions, start=1):
                if period.holds(said.on):
                    yield _claim(facts, affairs, claim)._replace(
                        id=f"{claim.id}/decision.{number}",
                        on=said.on,
                        part="refused" if said.refused else said.remedy,
                        person=said.by or "",
                    )


def claimed_in_first_year(facts: Facts, period: Period) -> Iterator[Case]:
    """The units sold, by whether something was wrong with them within the year.

    Nobody's name stands by it: whoever sold a thing did not make it.
    """
    for affairs in facts.people:
        for sale in about.bought(facts, affairs, period):
            for number in range(1, len(sale.items) + 1):
                unit = f"{sale.id}/{number}"
                product, channel = facts.goods(unit)
                faults = _faults(affairs.claims_of(unit), sale, facts)
                yield Case(
                    id=unit,
                    on=sale.sold_on,
                    good=bool(faults),
                    customer=affairs.customer.id,
                    product=product,
                    channel=channel,
                    records=(sale.id, *faults),
                )


def _faults(claims: Sequence[Claim], sale: Sale, facts: Facts) -> list[str]:
    """The claims about something wrong, from the day of the sale to the same day a year later, and by now."""
    sold = day_of(sale.sold_on)
    ends = _YEAR.after(sold)
    said = (claim for claim in claims if claim.is_fault and not is_late(claim.reported_on, facts.now))
    return [claim.id for claim in said if sold <= day_of(claim.reported_on) and not is_late(claim.reported_on, ends)]


MEASURES = (
    Measure("L5", "L5", "share", rights_kept),
    Measure("accidents", "L5", "spread", accidents),
    Measure("remedies", "L5", "spread", remedies),
    Measure("claimed_in_first_year", "L5", "share", claimed_in_first_year, less=True),
)
