"""What is owed on a day, and the row that says it all about a promise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from aftercare.answers import contacts, wishes
from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.checklists import questions_of
from aftercare.answers.kept_with import keep_with, recipient_of
from aftercare.answers.lateness import Standing, is_newly_due, is_wanted, most_late_first, with_days
from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Promise
from aftercare.plain import money
from aftercare.plain.moments import Moment, iso


def standing(promise: Promise) -> Standing:
    """How a promise stands to its time."""
    term = promise.due
    by, from_ = (term.by, term.from_) if term else (None, None)
    return Standing(promise.id, promise.state, promise.draft.urgent, by, from_, promise.draft.made_on)


def due(ledger: Ledger, now: Moment, *, within: timedelta | None = None, overdue_only: bool = False) -> list[Promise]:
    """The promises overdue or due on the day, or to come *within* a span; the latest behind their time first.

    What people's safety hangs on stands before all others, whatever the days.
    """
    every = (promise for promise in ledger.promises if promise.is_open)
    found = [one for one in every if is_wanted(standing(one), now, within=within, overdue_only=overdue_only)]
    return sorted(found, key=lambda promise: most_late_first(standing(promise)))


def newly_due(promises: Iterable[Promise], since: Moment, now: Moment) -> list[Promise]:
    """Those of *promises* that became due or overdue after *since*: what an all-day cron line has not said yet."""
    return [promise for promise in promises if is_newly_due(standing(promise), since, now)]


def row(promise: Promise, ledger: Ledger, now: Moment) -> dict[str, Any]:
    """One promise as its machine row: every field present, ``None`` where it has no value."""
    return with_days(lasting_row(promise, ledger), now)


def lasting_row(promise: Promise, ledger: Ledger) -> dict[str, Any]:
    """The row as it stays while the promise is in its state; only the days that it is overdue are not counted in it."""
    draft, affairs = promise.draft, ledger.affairs[promise.draft.to]
    product = affairs.products.get(draft.product)
    term, first = promise.due, draft.term
    # What is settled with the maker is nothing to speak of with the customer.
    spoken = [] if wishes.is_with_others(draft) else contacts.spoken(affairs, ledger.rules)
    last = contacts.last_time(spoken, draft.about, but=draft.record)
    consent = affairs.customer.consent
    return {
        "id": promise.id,
        "kind": "promise",
        "what": promise.what,
        "state": promise.state,
        "urgent": draft.urgent,
        "due": iso(term.by) if term else None,
        "from": iso(term.from_) if term and term.from_ else None,
        "first_due": iso(first.by) if first else None,
        "overdue_days": 0,
        "moves": promise.moves,
        "moves_by_shop": promise.moves_by_shop,
        "binds": draft.binds,
        **_whom(promise, affairs),
        "about": list(draft.about),
        "product": " ".join(filter(None, (product.name, product.model))) if product else None,
        "part": draft.part or None,
        "words": draft.words or None,
        "person": promise.person or None,
        "channel": channel_of(promise, affairs),
        "attempts": promise.attempts,
        "pieces": draft.pieces,
        "kept_of": f"{promise.kept_pieces}/{draft.pieces}" if draft.pieces > 1 else None,
        "quiet": consent.quiet if consent else None,
        "last_heard": "; ".join(last.words) if last else None,
        "last_heard_on": iso(last.at) if last else None,
        "also_open": also_open(promise, ledger),
        "line": draft.plan.line if draft.plan else draft.benefit.line if draft.benefit else None,
        "benefit": draft.benefit.title._asdict() if draft.benefit else None,
        "record": draft.record,
        **_history(promise),
        **_amends(promise, affairs),
        "keep_with": keep_with(promise, affairs) if promise.is_open else None,
        "asks": [{"id": one.id, **one.text._asdict()} for one in questions_of(draft, affairs, ledger.rules)],
    }


def also_open(promise: Promise, ledger: Ledger) -> list[str]:
    """What else this customer was told or complained of, and waits for: whoever speaks with them should know."""
    to = promise.draft.to
    if wishes.is_with_others(promise.draft):
        return []
    told = [p.id for p in ledger.to[to] if p.draft.binds == "told" and p.is_open and p.id != promise.id]
    complaints = ledger.affairs[to].complaints
    waiting = [one.id for one in complaints if contacts.is_unanswered(one) and one.id != promise.draft.subject]
    return [*waiting, *told]


def _whom(promise: Promise, affairs: Affairs) -> dict[str, Any]:
    """The customer, and who is to be met, where and under which phone; nobody where the public is owed something.

    Where a wish was passed on they are asked for their answer, and not the customer.
    """
    if asked := wishes.asked_of(promise.draft, affairs):
        return {"customer": affairs.customer.id, **asked._asdict(), "address": None}
    customer, recipient = affairs.customer, recipient_of(promise, affairs)
    address = customer.address.text if customer.address else None
    return {
        "customer": customer.id if customer.id != HOUSE else None,
        "name": recipient.name or (customer.name if not customer.forgotten else None) or None,
        "phone": recipient.phone or next(iter(customer.phones), None),
        "address": recipient.address or address,
    }


def _history(promise: Promise) -> dict[str, Any]:
    """When the promise was made, and when and by which record it was kept, ended or apologised for."""
    kept, ended, apologised = promise.kept, promise.ended, promise.apologised
    return {
        "made_on": iso(promise.draft.made_on),
        "kept_on": iso(kept.at) if kept else None,
        "kept_by": kept.record if kept else None,
        "ended_on": iso(ended.at) if ended else None,
        "ended_by": ended.record if ended else None,
        "reason": ended.reason or None if ended else None,
        "apologised_on": iso(apologised.at) if apologised else None,
    }


def _amends(promise: Promise, affairs: Affairs) -> dict[str, Any]:
    """What was said and given to make good; ``remedy_in`` is the promise of what is still to come."""
    record = promise.apologised.record if promise.apologised else ""
    said = next((one.apologised for one in affairs.promises if one.id == record), None)
    return {
        "apology": (said.how or None) if said else None,
        "apologised_by": (said.by or None) if said else None,
        "remedy": (said.remedy or None) if said else None,
        "remedy_cost": money.plain(said.cost) if said and said.cost else None,
        "remedy_in": (said.remedy_in or None) if said else None,
    }


def channel_of(promise: Promise, affairs: Affairs) -> str | None:
    """How to reach the customer: as they wish, else as the plan says."""
    contact = affairs.customer.contact if not wishes.is_with_others(promise.draft) else None
    planned = promise.draft.channel or None
    return contact.by if contact and contact.by and planned in {None, "phone", "message", "letter"} else planned
