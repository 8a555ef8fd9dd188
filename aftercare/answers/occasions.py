"""What happened, or is to happen, that plans follow: to a unit, of a claim, a complaint or a wish, in a contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from aftercare.answers import contacts, supplies, works
from aftercare.answers.benefits import Giving
from aftercare.answers.decided import ANOTHER_ONE, BESIDE, MONEY_BACK, standing
from aftercare.answers.lines import Line, delivered, installed
from aftercare.answers.offers import misprinted
from aftercare.answers.rounds import owner, ways
from aftercare.answers.supplies import Wait
from aftercare.language import _
from aftercare.plain.moments import Moment, Span, day_of, in_order, is_late, parse
from aftercare.records.claim import Claim, Decision, Loan, Repair
from aftercare.records.complaint import Complaint
from aftercare.records.offer import Offer
from aftercare.records.part import Part
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish


class Occasion(NamedTuple):
    """An event of one subject; ``at`` is None while it has not happened."""

    event: str
    subject: str
    record: str
    at: Moment | None
    foreseen: Moment
    """Since when it has been to be expected."""
    number: int = 0
    """Which of several repairs, loans, visits, deliveries or rounds it is about; 0 for an event that comes once."""
    waits_for_producer: bool = False
    no_reason: bool = False
    """A customer goes back on the purchase without a reason."""
    channel: str = ""
    """How the goods were sold."""
    reported: Moment | None = None
    """When the claim was reported that it is of."""
    person: str = ""
    urgent: bool = False
    part: str = ""
    """The part that it is about."""
    lead: Span | None = None
    """How long that part takes from an order until it comes, where its record says so."""
    words: str = ""
    """What the customer said of it."""
    benefit: str = ""
    """The benefit that it is about, as ``pack/id``."""


def of_unit(line: Line, expected: set[str], mended: Sequence[tuple[int, Visit]] = ()) -> Iterator[Occasion]:
    """The sale of a line, its hand-over and its installation, these also while they are to come; its damage, and the
    visits by which it was *mended* at home.
    """
    sale = line.sale
    yield Occasion("sold", line.unit, sale.id, sale.sold_on, sale.sold_on)
    at, record = delivered(line)
    yield Occasion("delivered", line.unit, record, at, sale.sold_on)
    if "install" in expected:
        at, record = installed(line)
        yield Occasion("installed", line.unit, record, at, sale.sold_on)
    for number, (signed, delivery) in enumerate(works.came_damaged(line.deliveries, line.number), start=1):
        yield Occasion("damaged", line.unit, delivery.id, signed, signed, number)
    for number, visit in mended:
        yield Occasion("repaired_at_home", line.unit, visit.id, visit.at, visit.at, number)


def of_claim(claim: Claim, sale: Sale | None, parts: Mapping[str, Part]) -> Iterator[Occasion]:
    """What happened in the course of a claim; what comes several times is numbered like the lines of a sale.

    The report, each repair, loan and wait for a part, what was decided, and what came back.
    """
    yield Occasion("reported", claim.id, claim.id, claim.reported_on, claim.reported_on)
    if claim.touches_safety:
        yield Occasion("unsafe_fault", claim.id, claim.id, claim.reported_on, claim.reported_on)
    for number, repair in enumerate(claim.repairs, start=1):
        yield Occasion(
            "taken_in",
            claim.id,
            claim.id,
            repair.in_,
            repair.in_,
            number,
            waits_for_producer=_waits_for_producer(repair),
            person=repair.by or "",
        )
        if ready := _waits_to_be_fetched(repair):
            yield Occasion("ready", f"{claim.id}/{number}", claim.id, ready, repair.in_, person=repair.by or "")
        yield Occasion("repaired", f"{claim.id}/{number}", claim.id, repair.out, repair.in_)
    for event, decided in (("replace_decided", replacement(claim)), ("refund_decided", refund(claim))):
        if decided:
            yield Occasion(event, claim.id, claim.id, decided.on, decided.on)
    for number, loan in enumerate(claim.loans, start=1):
        yield Occasion("loan_over", claim.id, claim.id, _over(claim, loan), loan.at, number)
    for wait in supplies.waits_of(claim, parts):
        yield from _of_wait(wait)
    yield from _of_return(claim, sale)


def _of_return(claim: Claim, sale: Sale | None) -> Iterator[Occasion]:
    """The goods are on their way back, or came, and the price has not been paid back before."""
    for event, back in (("goods_returned", _came_back(claim)), ("goods_sent_back", _sent_back(claim))):
        if back and not _is_paid(claim, back):
            yield Occasion(
                event,
                claim.id,
                claim.id,
                back,
                back,
                no_reason=is_no_reason(claim),
                channel=(sale.channel if sale else None) or "shop",
                reported=claim.reported_on,
            )


def _of_wait(wait: Wait) -> Iterator[Occasion]:
    """A repair begins to wait for a part, and a piece comes for it."""
    claim, part, by = wait.claim, wait.part, wait.repair.by or ""
    lead = Span(days=part.lead_days) if part.lead_days else None
    began = wait.waiting.from_
    yield Occasion("waits_for_part", claim.id, claim.id, began, began, wait.number, person=by, part=part.id, lead=lead)
    if came := supplies.arrival(wait):
        yield Occasion("part_arrived", claim.id, part.id, came.at, came.at, wait.number, person=by, part=part.id)


def is_no_reason(claim: Claim) -> bool:
    """Whether the customer goes back on the purchase, and need not say why."""
    decision = standing(claim)
    return "withdraw" in {claim.asked, decision.remedy if decision else None}


def _came_back(claim: Claim) -> Moment | None:
    return claim.returned.on if claim.returned else None


def _sent_back(claim: Claim) -> Moment | None:
    """When the goods came back or, if that is earlier, the day on which the customer is known to have sent them."""
    known = [_came_back(claim)]
    with suppress(ValueError):  # nobody said so, or what was said is no day, which ``check`` says of a circumstance
        known.append(day_of(parse(claim.facts.get("dispatched_back_on", ""))))
    return min(filter(None, known), key=in_order, default=None)


def _is_paid(claim: Claim, back: Moment) -> bool:
    """Whether the price had been paid back by then, so that nothing is owed for what came."""
    return claim.refunded is not None and not is_late(claim.refunded.on, back)


def of_complaint(complaint: Complaint) -> Iterator[Occasion]:
    """Its receipt and each time it came back, its answers and solutions, what was passed on, and the incident."""
    of, first, urgent = complaint.id, complaint.received_at, is_urgent(complaint)

    def occasion(event: str, at: Moment | None, foreseen: Moment, number: int) -> Occasion:
        person = owner(complaint, ends.get(number) if event in _OF_ROUNDS else None)
        return Occasion(event, of, of, at, foreseen, number, person=person, urgent=urgent)

    found = ways(complaint)
    ends = {way.round.number: way.round.ends for way in found}
    for way in found:
        number, begun = way.round.number, way.round.begins
        yield occasion("complained", begun, begun, number)
        promised = next((answer.at for answer in way.answers if not answer.refused), None)
        if promised is not None:
            yield occasion("complaint_answered", promised, begun, number)
        if way.resolved:
            yield occasion("complaint_resolved", way.resolved[0].at, begun, number)
    for number, question in enumerate(complaint.passed_on, start=1):
        said = question.promised or question.at or first
        yield occasion("to_be_passed_on", said, said, number)
        yield occasion("answered_outside", question.answered, said, number)
    if complaint.touches_safety:
        yield Occasion("incident", of, of, first, first, person=owner(complaint), urgent=urgent)


_OF_ROUNDS = frozenset({"complained", "complaint_answered", "complaint_resolved"})
"""Events that each round has for itself; whoever had it in hand then is the one to whom they belong."""


def is_urgent(complaint: Complaint) -> bool:
    """Whether it is urgent: as said, or because people's safety is at stake."""
    return complaint.urgency in {"urgent", "high"} or complaint.touches_safety


def _waits_to_be_fetched(repair: Repair) -> Moment | None:
    """Since when a unit was ready; None where it is not, or went back on the same day."""
    ready = repair.tested or repair.repaired
    return None if ready and repair.out and day_of(repair.out) <= day_of(ready) else ready


def of_visit(visit: Visit) -> Iterator[Occasion]:
    """What a contact leaves to be done: a call that nobody of ours took, a question, what was not understood."""
    words = visit.question or visit.note or ""
    if visit.outcome == "missed":
        yield Occasion("missed_call", visit.id, visit.id, visit.at, visit.at, words=words)
    elif contacts.is_to_be_answered(visit):
        person = "" if visit.solved == "handed_on" else visit.by or ""
        yield Occasion("asked", visit.id, visit.id, visit.at, visit.at, person=person, words=words)
    if visit.outcome == "reached" and visit.understood in {"partly", "no"}:
        yield Occasion("not_understood", visit.id, visit.id, visit.at, visit.at, words=visit.note or "")
    if visit.outcome == "reached" and visit.undone:
        words, person = _("; ").join(visit.undone), visit.by or ""
        yield Occasion("left_undone", visit.id, visit.id, visit.at, visit.at, person=person, words=words)


def of_wish(wish: Wish) -> Iterator[Occasion]:
    """That it was heard, each time it was passed on and answered, and that it came true."""
    of, first, heard_by = wish.id, wish.said_on, wish.by or ""
    yield Occasion("wished", of, of, first, first, person=heard_by)
    for number, handed in enumerate(wish.passed_on, start=1):
        yield Occasion("wish_passed_on", of, of, handed.at, first, number, person=handed.by or heard_by)
    for number, answer in enumerate(wish.answers, start=1):
        yield Occasion("wish_answered", of, of, answer.at, first, number, person=answer.by or heard_by)
    if wish.realised:
        yield Occasion("wish_realised", of, of, wish.realised.on, first, person=wish.realised.by or heard_by)


def of_offer(offer: Offer) -> Iterator[Occasion]:
    """That what was published is not what was meant; and each place where it stands, by its number."""
    if offer.misprint is None:
        return
    noticed, person = offer.misprint.at, offer.person or ""
    yield Occasion("misprinted", offer.id, offer.id, noticed, noticed, person=person)
    for number, place in misprinted(offer):
        words = f"{offer.title} {place.where}"
        yield Occasion("place_misprinted", offer.id, offer.id, noticed, noticed, number, person=person, words=words)


def of_benefit(giving: Giving) -> Occasion:
    """A benefit was given."""
    visit = giving.visit
    return Occasion(
        "benefit_given",
        visit.id,
        visit.id,
        visit.at,
        visit.at,
        giving.number,
        person=visit.by or "",
        benefit=giving.benefit.line,
    )


def _waits_for_producer(repair: Repair) -> bool:
    return any(waiting.because == "no_parts_from_producer" for waiting in repair.waiting)


class Choice(NamedTuple):
    """A remedy that was decided, and the later decision that chose something else in its place."""

    on: Moment
    given_up: Moment | None


def replacement(claim: Claim) -> Choice | None:
    """The exchange that was decided last."""
    return _choice(claim, ANOTHER_ONE, claim.replaced.on if claim.replaced else None)


def refund(claim: Claim) -> Choice | None:
    """The refund that was decided last."""
    return _choice(claim, MONEY_BACK, claim.refunded.on if claim.refunded else None)


def _choice(claim: Claim, remedies: frozenset[str], done: Moment | None) -> Choice | None:
    """What was decided last for one of the *remedies*; once it was *done*, what was decided by then.

    Deciding the same again gives no more time: the first of such decisions in a row is the one that counts.
    """
    choices = sorted(_choices(claim), key=lambda decision: in_order(decision.on))
    places = [place for place, decision in enumerate(choices) if decision.remedy in remedies]
    in_time = [place for place in places if done is not None and not is_late(choices[place].on, done)]
    if not places:
        return None
    first = last = (in_time or places)[-1]
    while first and choices[first - 1].remedy in remedies:
        first -= 1
    others = [decision.on for decision in choices[last:] if decision.remedy not in remedies]
    return Choice(choices[first].on, others[0] if others else None)


def _choices(claim: Claim) -> Iterator[Decision]:
    return (decision for decision in claim.decisions if not decision.refused and decision.remedy not in BESIDE)


def _over(claim: Claim, loan: Loan) -> Moment | None:
    """When the need for a loan was over: the unit was handed back, replaced or refunded, or the claim closed.

    While a repair goes on the loan does; a repair after the loan came back has nothing to do with it.
    """
    repairs = [repair for repair in claim.repairs if loan.back is None or not is_late(repair.in_, loan.back)]
    outs = [repair.out for repair in repairs if repair.out]
    ends = [max(outs, key=in_order)] if outs and len(outs) == len(repairs) else []
    ends += [ended.on for ended in (claim.replaced, claim.refunded, claim.closed) if ended]
    return min((end for end in ends if not is_late(loan.at, end)), key=in_order, default=None)
