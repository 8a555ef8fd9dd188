"""What a claim's own record says became of its promises: repairs, exchanges, refunds and loans."""

from __future__ import annotations

from aftercare.answers import handling, occasions
from aftercare.answers.occasions import Choice
from aftercare.answers.promises import Draft, Event, Fate, Keeping
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.records.claim import Claim, Refunded, Repair, Replaced


def settle(claim: Claim, draft: Draft, fate: Fate, now: Moment) -> None:
    """Note what keeps, ends or delays a promise that a plan made in the course of the claim.

    Only the deed that a promise is of settles it here; a call after the same event is kept by a contact, as ever.
    """
    number = int(draft.id.rpartition(".")[2])
    match draft.plan and draft.plan.after, draft.what:
        case "taken_in", "finish_repair":
            _repaired(claim, claim.repairs[number - 1], fate)
            fate.held_up = held_up(claim.repairs[number - 1], now)
        case "replace_decided", "replace":
            _chosen(claim, occasions.replacement(claim), claim.replaced, fate)
        case "refund_decided", "refund":
            _chosen(claim, occasions.refund(claim), claim.refunded, fate)
        case "unsafe_fault", _:
            handling.disarm(claim, draft, fate)
        case "loan_over", "return_loan":
            if back := claim.loans[number - 1].back:
                fate.kept.append(Keeping(back, claim.id))
        case _:
            pass


def fetched(claim: Claim, draft: Draft, fate: Fate) -> None:
    """Nobody need be told that a unit is ready which has gone back, or whose place another took."""
    out = claim.repairs[int(draft.subject.rpartition("/")[2]) - 1].out
    ends = [Event(out, claim.id, _("it was handed back before"))] if out else []
    if claim.replaced:
        ends.append(Event(claim.replaced.on, claim.id, _("another unit was handed over instead")))
    if claim.refunded:
        ends.append(Event(claim.refunded.on, claim.id, _("the price was paid back instead")))
    fate.void = min(ends, key=lambda event: in_order(event.at), default=None)


def _repaired(claim: Claim, repair: Repair, fate: Fate) -> None:
    """A repair is finished when the unit goes out, unless nothing was done; one that is given up has no end."""
    ends = []
    if repair.out and repair.result == "not_done":
        ends.append(Event(repair.out, claim.id, _("the repair was not done")))
    elif repair.out:
        fate.kept.append(Keeping(repair.out, claim.id, person=repair.by or ""))
    if claim.replaced:
        ends.append(Event(claim.replaced.on, claim.id, _("another unit was handed over instead")))
    if claim.refunded:
        ends.append(Event(claim.refunded.on, claim.id, _("the price was paid back instead")))
    # What came in after that is another matter: the unit that was handed over.
    ended = [end for end in ends if not is_late(repair.in_, end.at)]
    fate.void = min(ended, key=lambda event: in_order(event.at), default=None)


def held_up(repair: Repair, now: Moment) -> int:
    """The days, until the unit went out or until *now*, for which the customer made the repair wait."""
    end = day_of(repair.out or now)
    days: set[int] = set()
    for waiting in repair.waiting:
        if waiting.because == "customer":
            first = max(day_of(waiting.from_), day_of(repair.in_))
            last = min(day_of(waiting.to or end), end)
            days.update(range(first.toordinal(), last.toordinal()))
    return len(days)


def _chosen(claim: Claim, choice: Choice | None, done: Replaced | Refunded | None, fate: Fate) -> None:
    if done:
        fate.kept.append(Keeping(done.on, claim.id, person=done.by or ""))
    if choice and choice.given_up:
        fate.void = Event(choice.given_up, claim.id, _("something else was decided later"))
