"""What the plans of the packs promise after each event, whatever it happened to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from aftercare.answers import at_home, certificates, enquiring, informing, occasions, recurring, wishes
from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.benefits import Use, givings
from aftercare.answers.lines import Line
from aftercare.answers.occasions import Occasion
from aftercare.answers.promises import Draft, Term, Turn
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment, Span, day_of, in_order
from aftercare.plain.opening import Opening
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import Plan
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint
from aftercare.records.enquiry import Enquiry
from aftercare.records.offer import Offer
from aftercare.records.product import Product
from aftercare.records.staff import Staff
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish

AFTERWARDS = frozenset({"call_back", "check_back", "revisit"})
"""Kinds of promise that come when a danger is past, and so outrank nothing."""


def for_unit(line: Line, expected: set[str], affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after the sale, the hand-over, the installation and repairs at home; what is only expected waits for
    its event.
    """
    to = _To(line.sale.customer, (line.unit,), line.item.product)
    for occasion in occasions.of_unit(line, expected, at_home.mended(affairs, line.unit, rules)):
        yield from _plans(occasion, line.category, to, rules, now)


def for_claim(claim: Claim, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after a claim is reported, after each of its repairs and loans, and after what was decided."""
    product = _product_of(claim.unit, affairs)
    sale = affairs.sale_by_id.get(claim.unit.partition("/")[0])
    to = _To(affairs.customer.id, (claim.unit,), product, urgent=claim.touches_safety)
    for occasion in occasions.of_claim(claim, sale, affairs.parts):
        yield from _plans(occasion, _category(product, affairs, rules), to, rules, now)


def for_complaint(complaint: Complaint, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after a complaint came in or came back, after its answers and solutions, and after an incident."""
    units = at_home.units_named(affairs, complaint.about, rules)
    product = next((product for unit in units if (product := _product_of(unit, affairs))), "")
    to = _To(affairs.customer.id, tuple(complaint.about), product, complaint.what, complaint.touches_safety)
    for occasion in occasions.of_complaint(complaint):
        yield from _plans(occasion, _category(product, affairs, rules), to, rules, now)


def _product_of(unit: str, affairs: Affairs) -> str:
    """The product of a unit; none where there is no such unit."""
    return affairs.product_by_unit.get(unit, "")


def _category(product_id: str, affairs: Affairs, rules: Rules) -> str:
    product = affairs.products.get(product_id)
    return (rules.categories.find(product.category) if product else None) or ROOT


def for_guarantees(line: Line, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """What is to be told before a guarantee of the maker ends; of one on a part the words name it."""
    to = _To(line.sale.customer, (line.unit,), line.item.product)
    product = affairs.products.get(line.item.product)
    for occasion, part in informing.ends_of_guarantees(line, product):
        words = f"{_goods(product)} {part}" if part else ""
        yield from (replace(draft, words=words) for draft in _plans(occasion, line.category, to, rules, now))


def for_works(affairs: Affairs, lines: Sequence[Line], rules: Rules, now: Moment) -> Iterator[Draft]:
    """What is to be told before somebody comes: once for all lines of a sale that one work is about."""
    for one in informing.appointments(affairs, lines):
        units = tuple(line.unit for line in one.lines)
        goods = dict.fromkeys(_goods(affairs.products.get(line.item.product)) for line in one.lines)
        told: set[str] = set()
        for line in one.lines:
            to = _To(affairs.customer.id, (line.unit,), line.item.product)
            for draft in _plans(one.occasion, line.category, to, rules, now):
                if draft.id not in told:
                    told.add(draft.id)
                    yield replace(draft, about=units, words=" ".join((one.words, *goods)))


def _goods(product: Product | None) -> str:
    return " ".join(filter(None, (product.name, product.model))) if product else ""


def for_offer(offer: Offer, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after a misprint: what the house owes to whoever read it."""
    to = _To(HOUSE, (), "", offer.title)
    for occasion in occasions.of_offer(offer):
        yield from _plans(occasion, ROOT, to, rules, now)


def for_visit(visit: Visit, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after what a contact left to be done; of several goods that it was about the first decides."""
    happened = list(occasions.of_visit(visit))
    if not happened:
        return
    units = at_home.units_of(affairs, visit, rules)
    product = _product_of(units[0], affairs) if units else ""
    to = _To(affairs.customer.id, tuple(units), product)
    for occasion in happened:
        yield from _plans(occasion, _category(product, affairs, rules), to, rules, now)


def for_wish(wish: Wish, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after a wish was heard, passed on and answered, and after it came true."""
    product = wishes.product_of(wish, affairs, rules)
    to = _To(affairs.customer.id, tuple(wish.about), product, wish.words)
    for occasion in occasions.of_wish(wish):
        yield from _plans(occasion, _category(product, affairs, rules), to, rules, now)


def for_enquiry(enquiry: Enquiry, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after somebody asked before they bought; of several goods that they asked about the first decides."""
    product = asked_about(enquiry, affairs)
    to = _To(affairs.customer.id, tuple(enquiry.about), product, enquiry.question)
    for occasion in enquiring.occasions_of(enquiry, affairs.visits):
        yield from _plans(occasion, _category(product, affairs, rules), to, rules, now)


def asked_about(enquiry: Enquiry, affairs: Affairs) -> str:
    """The first product that an enquiry is about, by itself or as a unit of the customer's."""
    named = (one if one in affairs.products else _product_of(one, affairs) for one in enquiry.about)
    return next(filter(None, named), "")


def for_benefits(asked: Sequence[Use], affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans after a benefit was given; of several goods that it was about the first decides."""
    for giving in givings(asked):
        units, benefit = giving.use.units, giving.benefit
        product = _product_of(units[0], affairs) if units else ""
        to = _To(affairs.customer.id, units, product)
        occasion = occasions.of_benefit(giving)
        drafts = _plans(occasion, _category(product, affairs, rules), to, rules, now)
        yield from (replace(draft, benefit=benefit) for draft in drafts)


class _To(NamedTuple):
    """To whom a plan promises something, about what, of which product, and in whose words."""

    customer: str
    about: tuple[str, ...]
    product: str
    words: str = ""
    urgent: bool = False


def _plans(occasion: Occasion, category: str, to: _To, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The steps of every plan after one event, of goods of a category."""
    for plan in rules.plans_after(occasion.event, category, day_of(occasion.at or now)):
        if _meets(plan, occasion):
            yield from _steps(plan, occasion, to, rules, now)


def _meets(plan: Plan, occasion: Occasion) -> bool:
    """Whether the event is of the sort that the plan is for."""
    return (
        plan.waits_for_producer in {None, occasion.waits_for_producer}
        and plan.urgent in {None, occasion.urgent}
        and plan.no_reason in {None, occasion.no_reason}
        and (not plan.sold_by or occasion.channel in plan.sold_by)
        and (not plan.benefits or occasion.benefit in plan.benefits)
    )


def _term(plan: Plan, span: Span, occasion: Occasion, event: Moment) -> Term:
    """So long after the event or ahead of it; of days that run from the report no end comes before the event itself."""
    if plan.runs_from != "reported" or occasion.reported is None:
        return Term(*plan.due_after(span, event))
    return Term(max(span.after(occasion.reported), day_of(event), key=in_order))


def _steps(plan: Plan, occasion: Occasion, to: _To, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The steps of one plan after one event; before the event they wait, without a term.

    What the law says counts for every event, also for those before the opening day.
    """
    event = occasion.at
    if not (plan.is_law or rules.counts(day_of(event or now))):
        return
    for number, term, turn in _times(plan, occasion, rules, now):
        yield Draft(
            id=f"{occasion.subject}/{plan.step}.{number}",
            what=plan.what,
            subject=occasion.subject,
            to=to.customer,
            binds="law" if plan.is_law else "plan",
            record=occasion.record,
            made_on=event if event and plan.ahead is None else occasion.foreseen,
            term=term,
            about=to.about,
            product=to.product,
            part=occasion.part,
            person=occasion.person,
            channel=plan.channel,
            words=occasion.words or to.words,
            plan=plan,
            worthless_late=plan.worthless_late,
            urgent=to.urgent and plan.what not in AFTERWARDS,
            turn=turn,
        )


def _times(plan: Plan, occasion: Occasion, rules: Rules, now: Moment) -> Iterator[tuple[int, Term | None, Turn | None]]:
    """The number of each step and when it is due; of what comes back only the first time."""
    event, spans = occasion.at, plan.spans(day_of(occasion.at or now))
    if plan.recurs and event and spans:
        if found := recurring.first(plan, plan.recurs, event, rules.opening):
            turn, term = found
            yield turn.number, term, turn
        return
    for number, span in enumerate(spans, start=occasion.number or 1):
        length = _length(plan, occasion, span)
        yield (
            number,
            _put_off(plan, _term(plan, length, occasion, event), event, rules.opening) if event else None,
            None,
        )


def _put_off(plan: Plan, term: Term, event: Moment, opening: Opening) -> Term:
    """What only the shop means to do is put off to the next day on which it is open.

    What the law says is not, nor what is worthless late or must come before its event: it is meant for its day alone.
    A call that came while the shop was closed is for its next opening.
    """
    if plan.after == "missed_call" and not opening.is_open(event):
        opens = opening.next_opening(event)
        return Term(day_of(opens), opens)
    is_fixed = plan.is_law or plan.worthless_late or plan.ahead
    return term if is_fixed else term._replace(by=opening.put_off(term.by))


def _length(plan: Plan, occasion: Occasion, span: Span) -> Span:
    """The plan's own length of time; a part comes within the days that it usually takes, where these are known."""
    return occasion.lead if occasion.lead and plan.what == "supply_part" else span


def for_staff(person: Staff, affairs: Affairs, rules: Rules, now: Moment) -> Iterator[Draft]:
    """The plans before the certificates of one of our people end."""
    for ending in certificates.endings(person):
        to = _To(affairs.customer.id, (), "", ending.name)
        occasion = Occasion(
            "certificate_ends", person.id, person.id, ending.until, ending.known, ending.number, person=person.id
        )
        yield from _plans(occasion, ROOT, to, rules, now)
