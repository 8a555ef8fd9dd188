"""What a claim's own record says became of its promises: repairs, exchanges, refunds and loans."""

from __future__ import annotations

from collections.abc import Mapping

from aftercare.answers import handling, occasions, supplies
from aftercare.answers.decided import MONEY_BACK, is_refused, last_word
from aftercare.answers.occasions import Choice
from aftercare.answers.promises import Draft, Event, Fate, Keeping, Moved, Term
from aftercare.answers.supplies import Wait
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.records.claim import Claim, Refunded, Repair, Replaced
from aftercare.records.part import Part


def settle(claim: Claim, parts: Mapping[str, Part], draft: Draft, fate: Fate, now: Moment) -> None:
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
        case "goods_returned" | "goods_sent_back", "refund":
            _paid_back(claim, fate)
        case "unsafe_fault", _:
            handling.disarm(claim, draft, fate)
        case "loan_over", "return_loan":
            if back := claim.loans[number - 1].back:
                fate.kept.append(Keeping(back, claim.id))
        case "waits_for_part", "supply_part":
            _supplied(_wait(claim, parts, number), draft, fate)
        case "part_arrived", _:
            _handed_back(_wait(claim, parts, number), fate)
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


def give_way(claim: Claim, by_law: Draft, fate: Fate) -> None:
    """One refund is promised once: where the law sets its day, our own plan gives way to it."""
    sentence = _("the law's own day counts instead: {promise}").format(promise=by_law.id)
    end = Event(by_law.made_on, claim.id, sentence)
    fate.void = min(filter(None, (fate.void, end)), key=lambda event: in_order(event.at))


def _paid_back(claim: Claim, fate: Fate) -> None:
    """The price of what came back is paid, or not owed: the return was refused, or something else took its place."""
    if claim.refunded:
        fate.kept.append(Keeping(claim.refunded.on, claim.id, person=claim.refunded.by or ""))
    ends = []
    if claim.replaced:
        ends.append(Event(claim.replaced.on, claim.id, _("another unit was handed over instead")))
    last = last_word(claim)
    if last and is_refused(claim):
        ends.append(Event(last.on, claim.id, _("the return was refused")))
    elif last and not last.refused and last.remedy not in MONEY_BACK:
        ends.append(Event(last.on, claim.id, _("something else was decided later")))
    fate.void = min(ends, key=lambda event: in_order(event.at), default=None)


def _wait(claim: Claim, parts: Mapping[str, Part], number: int) -> Wait | None:
    return next((wait for wait in supplies.waits_of(claim, parts) if wait.number == number), None)


def _supplied(wait: Wait | None, draft: Draft, fate: Fate) -> None:
    """A part is there when a piece came for the repair, or when the repair goes on all the same.

    An order with a day moves it to that day, in time that is: what was late already is not mended by an order.
    """
    if wait is None:
        return
    due = draft.term.by if draft.term else wait.waiting.from_
    for order in sorted(supplies.orders_for(wait), key=lambda order: in_order(order.at)):
        asked = max(order.at, wait.waiting.from_, key=in_order)
        if order.expected and order.expected != due and not is_late(asked, due):
            due = order.expected
            fate.moves.append(Moved(day_of(asked), Term(due), by_shop=True))
    came, ends = supplies.arrival(wait), _over(wait)
    if came:
        fate.kept.append(Keeping(came.at, wait.part.id))
    elif wait.end and wait.repair.result == "not_done" and wait.end == wait.repair.out:
        ends.append(Event(wait.end, wait.claim.id, _("the repair was not done")))
    elif wait.end:
        fate.kept.append(Keeping(wait.end, wait.claim.id, person=wait.repair.by or ""))
    fate.void = min(ends, key=lambda event: in_order(event.at), default=None)


def _handed_back(wait: Wait | None, fate: Fate) -> None:
    """Nobody needs to be told that a part has come for a unit that is back, or is not repaired any more."""
    if wait:
        ends = _over(wait)
        if wait.repair.out:
            ends.append(Event(wait.repair.out, wait.claim.id, _("the unit was handed back")))
        fate.void = min(ends, key=lambda event: in_order(event.at), default=None)


def _over(wait: Wait) -> list[Event]:
    """What ends a wait without its part: something else was done, or the claim was closed."""
    claim, since = wait.claim, wait.waiting.from_
    closed = [Event(claim.closed.on, claim.id, _("the claim was closed"))] if claim.closed else []
    return [*_instead(claim, since), *(end for end in closed if not is_late(since, end.at))]


def _instead(claim: Claim, since: Moment) -> list[Event]:
    """What was done in the place of a repair; what came in after that is another matter: the unit handed over."""
    ends = []
    if claim.replaced:
        ends.append(Event(claim.replaced.on, claim.id, _("another unit was handed over instead")))
    if claim.refunded:
        ends.append(Event(claim.refunded.on, claim.id, _("the price was paid back instead")))
    return [end for end in ends if not is_late(since, end.at)]


def _repaired(claim: Claim, repair: Repair, fate: Fate) -> None:
    """A repair is finished when the unit goes out, unless nothing was done; one that is given up has no end."""
    ends = _instead(claim, repair.in_)
    if repair.out and repair.result == "not_done":
        ends.append(Event(repair.out, claim.id, _("the repair was not done")))
    elif repair.out:
        fate.kept.append(Keeping(repair.out, claim.id, person=repair.by or ""))
    fate.void = min(ends, key=lambda event: in_order(event.at), default=None)


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
