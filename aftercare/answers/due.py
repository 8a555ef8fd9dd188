"""What is owed on a day, and the row that says it all about a promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

from aftercare.answers import contacts, enquiring, hosting, wishes
from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.checklists import questions_of
from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Draft, Promise
from aftercare.answers.rewards import HAND_OVER
from aftercare.plain import money
from aftercare.plain.moments import Moment, day_of, days_between, end_of, in_order, is_late, iso, start_of
from aftercare.records.delivery import Delivery
from aftercare.records.fields import Recipient
from aftercare.records.product import Product
from aftercare.records.wish import Wish

_T = TypeVar("_T")

SPOKEN = frozenset(
    {
        "call_back",
        "revisit",
        "inspection",
        "maintenance",
        "training",
        "answer",
        "information",
        "apology",
        "appointment",
        "follow_up",
        "other",
    }
)
"""The kinds of promise that are kept by speaking with the customer; a greeting only greets."""
BY_CONTACT = frozenset({"call_back", "revisit", "inspection", "maintenance", "training", "information"})
"""What a contact of its own purpose keeps, be it promised by a plan or by an offer."""


def due(ledger: Ledger, now: Moment, *, within: timedelta | None = None, overdue_only: bool = False) -> list[Promise]:
    """The promises overdue or due on the day, or to come *within* a span; the latest behind their time first.

    What people's safety hangs on stands before all others, whatever the days.
    """
    last = now + within if within is not None else None
    found = [
        promise
        for promise in ledger.promises
        if promise.state == "overdue"
        or (promise.state == "due" and not overdue_only)
        or (last is not None and not overdue_only and _comes_by(promise, last))
    ]
    return sorted(found, key=_most_late_first)


def _comes_by(promise: Promise, last: Moment) -> bool:
    return promise.state == "waiting" and promise.due is not None and not is_late(_begins(promise), last)


def _begins(promise: Promise) -> Moment:
    term = promise.due
    return (term.from_ or term.by) if term else day_of(promise.draft.made_on)


def _most_late_first(promise: Promise) -> tuple[Any, ...]:
    term = promise.due
    return (
        not promise.draft.urgent,
        in_order(term.by) if term else (end_of(day_of(promise.draft.made_on)), False),
        promise.id,
    )


def newly_due(promises: Iterable[Promise], since: Moment, now: Moment) -> list[Promise]:
    """Those of *promises* that became due or overdue after *since*: what an all-day cron line has not said yet."""
    return [promise for promise in promises if any(_falls(at, since, now) for at in _turns(promise))]


def _turns(promise: Promise) -> list[Moment]:
    """The moments at which a promise becomes due, and overdue."""
    term = promise.due
    if term is None:
        return []
    begins = start_of(term.from_ or day_of(term.by))
    # What has time until 18:00 is overdue from the moment after, so that a look at 18:00 and one at 19:00 tell it once.
    ends = end_of(term.by) + timedelta(seconds=1) if promise.state == "overdue" else None
    return [begins] if ends is None else [begins, ends]


def _falls(at: Moment, since: Moment, now: Moment) -> bool:
    return start_of(since) < start_of(at) <= end_of(now)


def row(promise: Promise, ledger: Ledger, now: Moment) -> dict[str, Any]:
    """One promise as its machine row: every field present, ``None`` where it has no value."""
    draft, affairs = promise.draft, ledger.affairs[promise.draft.to]
    product = affairs.products.get(draft.product)
    term, first = promise.due, draft.term
    late = promise.state == "overdue" and term is not None
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
        "overdue_days": days_between(term.by, now) if late and term else 0,
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
    if asked := _of_wish(promise.draft, affairs, wishes.addressee):
        return {"customer": affairs.customer.id, **asked._asdict(), "address": None}
    customer, recipient = affairs.customer, _recipient(promise, affairs)
    address = customer.address.text if customer.address else None
    return {
        "customer": customer.id if customer.id != HOUSE else None,
        "name": recipient.name or customer.name or None,
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


def _recipient(promise: Promise, affairs: Affairs) -> Recipient:
    """Who is to be met: for what is brought or installed, the one who receives it."""
    nobody = Recipient.model_construct(name=None, phone=None, address=None)
    if promise.what not in {"deliver", "install"}:
        return nobody
    sale_id = promise.draft.subject.split("/", 1)[0]
    sale = next((sale for sale in affairs.sales if sale.id == sale_id), None)
    work = next((w for w in affairs.deliveries if w.sale == sale_id and isinstance(w, Delivery) and w.to), None)
    own = work.to if work and promise.what == "deliver" else None
    return own or (sale.deliver_to if sale else None) or nobody


def keep_with(promise: Promise, affairs: Affairs) -> list[str]:
    """The command that keeps a promise, as its words."""
    draft = promise.draft
    if draft.id == draft.record:
        return ["aftercare", "promise", "keep", draft.id]
    if promise.what in {"deliver", "install"}:
        return _sign(promise, affairs)
    if promise.what == "pack":
        sale, __, line = draft.subject.partition("/")
        return ["aftercare", "sale", "set", sale, f"items.{line}.packing.done_at=now"]
    if draft.id.endswith("/apology"):
        return ["aftercare", "promise", "apologise", draft.id.removesuffix("/apology")]
    if hosting.is_guests(draft) and draft.what != "information":
        return _as_host(draft)
    if draft.benefit and not draft.plan:
        return ["aftercare", "visit", "add", "--keeps", draft.id, "--gave", draft.benefit.line]
    if draft.plan and draft.plan.after == "asked":
        return ["aftercare", "visit", "add", "--keeps", draft.id, "--outcome", "reached", "--solved", "yes"]
    if promise.what == "answer" and draft.plan and draft.plan.after == "reported":
        return ["aftercare", "claim", "set", draft.subject, "decisions+=remedy=repair,on=today"]
    if draft.id == f"{draft.record}/{HAND_OVER}":
        return ["aftercare", "points", "hand-over", draft.record]
    if draft.offer and promise.what not in BY_CONTACT:
        return _give(draft)
    if draft.plan and draft.plan.after == "certificate_ends":
        return ["aftercare", "staff", "certify", draft.subject, draft.words, "--until", "…"]
    return (
        _misprint(draft, affairs)
        or _deed(draft)
        or _step(draft, affairs)
        or _of_wish(draft, affairs, wishes.keep_with)
        or _of_enquiry(draft, affairs)
        or ["aftercare", "visit", "add", "--keeps", draft.id, "--outcome", "reached"]
    )


def _of_wish(draft: Draft, affairs: Affairs, ask: Callable[[Wish, Draft, Product | None], _T]) -> _T | None:
    """What is to be known of a promise of a wish; None of any other."""
    wish = next((one for one in affairs.wishes if one.id == draft.subject), None)
    return ask(wish, draft, affairs.products.get(draft.product)) if wish else None


def _as_host(draft: Draft) -> list[str]:
    """The command that invites a guest, or says that the event was held."""
    event = ["aftercare", "event", "invite" if draft.plan else "held", draft.record]
    return [*event, "--customer", draft.to] if draft.plan else event


def _deed(draft: Draft) -> list[str]:
    """The command for what only a deed about a claim or a delivery keeps; none where a contact may keep it."""
    match draft.plan and draft.plan.after, draft.what:
        case "taken_in", "finish_repair":
            return ["aftercare", "claim", "repair", draft.subject, "out"]
        case "replace_decided", "replace":
            return ["aftercare", "claim", "replace", draft.subject]
        case "refund_decided", "refund":
            return ["aftercare", "claim", "refund", draft.subject]
        case "goods_returned" | "goods_sent_back", "refund":
            return ["aftercare", "claim", "refund", draft.subject]
        case "loan_over", "return_loan":
            return ["aftercare", "claim", "take-back", draft.subject]
        case "waits_for_part", "supply_part":
            return ["aftercare", "part", "receive", draft.part, "--qty", "1", "--for", draft.subject]
        case "damaged", "compensate":
            return ["aftercare", "delivery", "make-good", draft.record]
        case _:
            return []


def _give(draft: Draft) -> list[str]:
    """The command that writes down what was given as published."""
    sale, __, line = draft.subject.partition("/")
    row = draft.id.rpartition(".")[2]
    return ["aftercare", "sale", "give", f"{sale}/{line}" if line else sale, "--offer", draft.offer, "--row", row]


def _misprint(draft: Draft, affairs: Affairs) -> list[str]:
    """The command for what is done about a misprint."""
    match draft.plan and draft.plan.after, draft.what:
        case "place_misprinted", "correct":
            offer = next(offer for offer in affairs.offers if offer.id == draft.subject)
            place = offer.published[int(draft.id.rpartition(".")[2]) - 1]
            return ["aftercare", "offer", "correct", draft.subject, "--where", place.where]
        case "misprinted", "supply":
            return ["aftercare", "offer", "supply", draft.subject]
        case "misprinted", "apology":
            return ["aftercare", "offer", "apologise", draft.subject, "--where", "…"]
        case _:
            return []


def _step(draft: Draft, affairs: Affairs) -> list[str]:
    """The command for a step of a complaint, or about what is dangerous; none where a contact keeps it."""
    complaint = next((one for one in affairs.complaints if one.id == draft.subject), None)
    noun = ["aftercare", "complaint" if complaint else "claim"]
    match draft.plan and draft.plan.after, draft.what:
        case (("incident" | "unsafe_fault"), "make_safe"):
            return [*noun, "make-safe", draft.subject]
        case (("incident" | "unsafe_fault"), "report"):
            return [*noun, "tell-maker", draft.subject]
        case "to_be_passed_on", "pass_on" if complaint:
            question = complaint.passed_on[int(draft.id.rpartition(".")[2]) - 1]
            return [*noun, "pass-on", draft.subject, "--to", question.to]
        case (("complained" | "complaint_answered" | "complaint_resolved" | "answered_outside"), what):
            said = _SAID_OF_STEP.get(what)
            return [*noun, said[0], draft.subject, *said[1:]] if said else []
        case _:
            return []


def _of_enquiry(draft: Draft, affairs: Affairs) -> list[str]:
    asked = next((one for one in affairs.enquiries if one.id == draft.subject), None)
    return enquiring.kept_with(asked, draft) if asked else []


_SAID_OF_STEP: dict[str, tuple[str, ...]] = {
    "acknowledge": ("acknowledge",),
    "answer": ("answer", "--says", "…"),
    "information": ("answer", "--says", "…"),
    "resolve": ("resolve", "--how", "…"),
    "confirm": ("confirm", "--satisfied"),
}
"""The verbs of the steps of a complaint, and what they cannot be without."""


def _sign(promise: Promise, affairs: Affairs) -> list[str]:
    noun = "delivery" if promise.what == "deliver" else "installation"
    all_works = affairs.deliveries if promise.what == "deliver" else affairs.installations
    sale = promise.draft.subject.split("/", 1)[0]
    waiting = [w.id for w in all_works if w.sale == sale and w.signed is None and w.cancelled is None]
    target = waiting[0] if len(waiting) == 1 else sale
    receiver = _recipient(promise, affairs).name or affairs.customer.name
    return ["aftercare", noun, "sign", target, "--by", receiver]
