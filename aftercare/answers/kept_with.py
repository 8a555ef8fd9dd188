"""The command that keeps a promise, as its words: what ``due --how`` shows, and scripts run."""

from __future__ import annotations

from collections.abc import Callable

from aftercare.answers import enquiring, hosting, wishes
from aftercare.answers.affairs import Affairs
from aftercare.answers.promises import Draft, Promise
from aftercare.answers.rewards import HAND_OVER
from aftercare.records.delivery import Delivery
from aftercare.records.fields import Recipient

BY_CONTACT = frozenset({"call_back", "revisit", "inspection", "maintenance", "training", "information"})
"""What a contact of its own purpose keeps, be it promised by a plan or by an offer."""


def recipient_of(promise: Promise, affairs: Affairs) -> Recipient:
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
    """The command that keeps a promise, as its words; where no record has a verb of its own for it, a contact does."""
    draft = promise.draft
    if promise.what in {"deliver", "install"} and draft.id != draft.record:
        return ["aftercare", *_sign(promise, affairs)]
    ways: tuple[Callable[[Draft, Affairs], list[str]], ...] = (
        _by_itself, _as_host, _benefit, _by_id, _give, _misprint, _of_our_people, _deed, _step, _of_wish, _of_enquiry,
    )  # fmt: skip
    own = (words for way in ways if (words := way(draft, affairs)))
    return ["aftercare", *next(own, ["visit", "add", "--keeps", draft.id, "--outcome", "reached"])]


def _by_itself(draft: Draft, _affairs: Affairs) -> list[str]:
    """A spoken promise, goods to be packed, an apology: their own ids say what keeps them."""
    if draft.id == draft.record:
        return ["promise", "keep", draft.id]
    if draft.id.endswith("/apology"):
        return ["promise", "apologise", draft.id.removesuffix("/apology")]
    if draft.what == "pack":
        sale, __, line = draft.subject.partition("/")
        return ["sale", "set", sale, f"items.{line}.packing.done_at=now"]
    return []


def _benefit(draft: Draft, _affairs: Affairs) -> list[str]:
    if draft.benefit is None or draft.plan:
        return []
    return ["visit", "add", "--keeps", draft.id, "--gave", draft.benefit.line]


def _by_id(draft: Draft, _affairs: Affairs) -> list[str]:
    """What was chosen for points, a question, a report of a fault."""
    after = draft.plan.after if draft.plan else ""
    if draft.id == f"{draft.record}/{HAND_OVER}":
        return ["points", "hand-over", draft.record]
    if after == "asked":
        return ["visit", "add", "--keeps", draft.id, "--outcome", "reached", "--solved", "yes"]
    if (after, draft.what) == ("reported", "answer"):
        return ["claim", "set", draft.subject, "decisions+=remedy=repair,on=today"]
    return []


def _of_our_people(draft: Draft, _affairs: Affairs) -> list[str]:
    """The command for a certificate that ends."""
    if draft.plan is None or draft.plan.after != "certificate_ends":
        return []
    return ["staff", "certify", draft.subject, draft.words, "--until", "…"]


def _as_host(draft: Draft, _affairs: Affairs) -> list[str]:
    """The command that invites a guest, or says that the event was held."""
    if not hosting.is_guests(draft) or draft.what == "information":
        return []
    event = ["event", "invite" if draft.plan else "held", draft.record]
    return [*event, "--customer", draft.to] if draft.plan else event


def _deed(draft: Draft, _affairs: Affairs) -> list[str]:
    """The command for what only a deed about a claim or a delivery keeps; none where a contact may keep it."""
    match draft.plan and draft.plan.after, draft.what:
        case "taken_in", "finish_repair":
            return ["claim", "repair", draft.subject, "out"]
        case "replace_decided", "replace":
            return ["claim", "replace", draft.subject]
        case "refund_decided", "refund":
            return ["claim", "refund", draft.subject]
        case "goods_returned" | "goods_sent_back", "refund":
            return ["claim", "refund", draft.subject]
        case "loan_over", "return_loan":
            return ["claim", "take-back", draft.subject]
        case "waits_for_part", "supply_part":
            return ["part", "receive", draft.part, "--qty", "1", "--for", draft.subject]
        case "damaged", "compensate":
            return ["delivery", "make-good", draft.record]
        case _:
            return []


def _give(draft: Draft, _affairs: Affairs) -> list[str]:
    """The command that writes down what was given as published."""
    if not draft.offer or draft.what in BY_CONTACT:
        return []
    sale, __, line = draft.subject.partition("/")
    row = draft.id.rpartition(".")[2]
    return ["sale", "give", f"{sale}/{line}" if line else sale, "--offer", draft.offer, "--row", row]


def _misprint(draft: Draft, affairs: Affairs) -> list[str]:
    """The command for what is done about a misprint."""
    match draft.plan and draft.plan.after, draft.what:
        case "place_misprinted", "correct":
            offer = next(offer for offer in affairs.offers if offer.id == draft.subject)
            place = offer.published[int(draft.id.rpartition(".")[2]) - 1]
            return ["offer", "correct", draft.subject, "--where", place.where]
        case "misprinted", "supply":
            return ["offer", "supply", draft.subject]
        case "misprinted", "apology":
            return ["offer", "apologise", draft.subject, "--where", "…"]
        case _:
            return []


def _step(draft: Draft, affairs: Affairs) -> list[str]:
    """The command for a step of a complaint, or about what is dangerous; none where a contact keeps it."""
    complaint = next((one for one in affairs.complaints if one.id == draft.subject), None)
    noun = ["complaint" if complaint else "claim"]
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


def _of_wish(draft: Draft, affairs: Affairs) -> list[str]:
    wish = next((one for one in affairs.wishes if one.id == draft.subject), None)
    return wishes.kept_with(wish, draft, affairs.products.get(draft.product)) if wish else []


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
    receiver = recipient_of(promise, affairs).name or affairs.customer.name
    return [noun, "sign", target, "--by", receiver]
