"""Who brought whom: the sale that counts, the thanks that are owed for it, and what becomes of them with the sale.

Whoever brings somebody is thanked once, whatever is bought: no price is asked for here.  The days run from the first
sale to the one who was brought.  A sale that was called off, or paid back whole, counts no more; then the next one
does, and thanks that had been given by then stay given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from aftercare.answers import upkeep
from aftercare.answers.affairs import Affairs
from aftercare.answers.decided import MONEY_BACK, last_word
from aftercare.answers.happened import Entry
from aftercare.answers.promises import Draft, Event, Fate, Moved, Term, planned
from aftercare.answers.rules import Rules
from aftercare.language import _
from aftercare.plain.moments import day_of, in_order, is_late
from aftercare.plain.opening import Opening
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import REFERRALS, Plan
from aftercare.records.claim import Claim
from aftercare.records.sale import Sale


class Counted(NamedTuple):
    """A sale that counts until it came to nothing; *over* is None while it stands."""

    sale: Sale
    over: Event | None


def counted(affairs: Affairs) -> list[Counted]:
    """The sales to a customer, the earliest first, as far as the first that stands."""
    found: list[Counted] = []
    for sale in sorted(affairs.sales, key=lambda one: (in_order(one.sold_on), one.id)):
        found.append(Counted(sale, _came_to_nothing(sale, affairs)))
        if found[-1].over is None:
            break
    return found


def _came_to_nothing(sale: Sale, affairs: Affairs) -> Event | None:
    """That a sale was called off, or that the price of every line of it was paid back, whichever came first."""
    paid = [_paid_back(f"{sale.id}/{line}", item.pieces, affairs) for line, item in enumerate(sale.items, start=1)]
    known = [event for event in paid if event]
    ends = [max(known, key=_at)] if known and len(known) == len(paid) else []
    cancelled = upkeep.called_off(sale)
    return min([*ends, *([cancelled] if cancelled else [])], key=_at, default=None)


def _at(event: Event) -> tuple[datetime, bool]:
    return in_order(event.at)


def _paid_back(unit: str, pieces: int, affairs: Affairs) -> Event | None:
    """That the price of all pieces of a line was paid back; a part of the price for goods that are kept is not that."""
    left = pieces
    refunds = [(claim.refunded.on, claim) for claim in affairs.claims_of(unit) if claim.refunded and _is_whole(claim)]
    for on, claim in sorted(refunds, key=lambda refund: in_order(refund[0])):
        left -= (claim.returned.qty if claim.returned else None) or pieces
        if left <= 0:
            return Event(on, claim.id, _("the price was paid back"))
    return None


def _is_whole(claim: Claim) -> bool:
    said = last_word(claim)
    return said is None or said.refused is True or said.remedy in MONEY_BACK


def for_referrals(affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    """What is owed to a customer for each one whom they brought and, where somebody brought them, for having come."""
    for brought in affairs.brought:
        yield from _once("referred", affairs, brought, rules)
    if affairs.brought_by:
        yield from _once("came_referred", affairs, affairs, rules)


def _once(event: str, affairs: Affairs, brought: Affairs, rules: Rules) -> Iterator[Draft]:
    """What each plan promises once, after the first sale to the one who was *brought* of which it speaks.

    Of that one alone the promise bears no name: it has one referrer, and the promise the number 1.
    """
    customer, promised = affairs.customer, set[str]()
    number = brought.customer.id if event == "referred" else "1"
    for sale, __ in counted(brought):
        day = day_of(sale.sold_on)
        if not rules.counts(day) or (customer.gone and day > day_of(customer.gone.on)):
            continue
        for plan in rules.plans_after(event, ROOT, day):
            term = _term(plan, sale, rules.opening)
            if term and plan.step not in promised:
                promised.add(plan.step)
                words = brought.customer.name if event == "referred" else ""
                draft = planned(plan, customer.id, number, term, sale.sold_on)
                yield replace(draft, record=sale.id, about=(brought.customer.id,), words=words)


def _term(plan: Plan, sale: Sale, opening: Opening) -> Term | None:
    """So long after a sale, on a day on which the shop is open; None where the plan says nothing of that day."""
    spans = plan.spans(day_of(sale.sold_on))[:1]
    if not spans:
        return None
    by, since = plan.due_after(spans[0], sale.sold_on)
    return Term(by if plan.worthless_late or plan.ahead else opening.put_off(by), since)


def follow_sales(affairs: Affairs, drafts: Sequence[Draft], found: Mapping[str, Fate], opening: Opening) -> None:
    """What is owed for somebody who was brought goes with the sale: void with it, and due anew after the next one."""
    people = {one.customer.id: one for one in (affairs, *affairs.brought)}
    for draft in drafts:
        if draft.plan and draft.plan.after in REFERRALS:
            sales = counted(people[draft.about[0]])
            first = next(place for place, one in enumerate(sales) if one.sale.id == draft.record)
            _follow(draft, sales[first:], found[draft.id], opening)


def _follow(draft: Draft, sales: Sequence[Counted], fate: Fate, opening: Opening) -> None:
    over: Event | None = None
    for sale, its_end in sales:
        term = _term(draft.plan, sale, opening) if draft.plan else None
        if term is None:
            continue
        if over is not None:
            asked = max(over.at, sale.sold_on, key=in_order)
            fate.moves.append(Moved(day_of(asked), term, by_shop=False))
        if its_end is None:
            return
        over = max([over, its_end], key=_at) if over else its_end
        if any(not is_late(kept.at, over.at) for kept in fate.kept):
            return
    fate.void = over


def entries(affairs: Affairs) -> Iterator[Entry]:
    """Whom a customer brought, which of their sales counted and came to nothing, and what was taken back with one."""
    for brought in affairs.brought:
        who = brought.customer
        for sale, over in counted(brought):
            yield Entry(sale.sold_on, "brought", sale.id, who.id, who.name)
            if over:
                yield Entry(over.at, "brought_in_vain", over.record, who.id, who.name)
    for visit in affairs.visits:
        thanks = visit.thanks
        if thanks and thanks.taken_back:
            text = " ".join(filter(None, (thanks.what, thanks.taken_back.reason)))
            yield Entry(thanks.taken_back.on, "taken_back", visit.id, "", text)


def first_sale(affairs: Affairs) -> Sale | None:
    """The sale that counts: the first that stands."""
    return next((sale for sale, over in counted(affairs) if over is None), None)
