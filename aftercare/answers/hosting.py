"""Events for customers: who is to be invited by when, the event that was promised, and word of one that is called off.

A guest is promised things as a customer, so the promises are the customer's: ``CU26-0001/invite.EV26-0001``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.happened import Entry
from aftercare.answers.promises import Draft, Fate, Keeping, Term, planned
from aftercare.answers.promises import Event as Happening
from aftercare.answers.rules import Rules
from aftercare.book.references import is_id_of
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.policies.categories import ROOT
from aftercare.policies.plans import Plan
from aftercare.records.customer import Customer
from aftercare.records.event import HEARD_AS, Event, Guest

STEP = "event"
"""The step of the event itself, which was promised to who was invited."""


class Invitation(NamedTuple):
    """One customer's row in the list of an event."""

    event: Event
    guest: Guest
    place: int
    """Where in the list it stands, from 0."""


def row_of(event: Event, customer: Customer) -> Invitation | None:
    """The row of a customer in the list of an event; the first, where there are several."""
    ids = set(customer.ids)
    rows = (Invitation(event, guest, place) for place, guest in enumerate(event.guests) if guest.customer in ids)
    return next(rows, None)


def invitations(affairs: Affairs) -> Iterator[Invitation]:
    """The rows of a customer in the lists of all events."""
    if affairs.customer.id != HOUSE:
        yield from filter(None, (row_of(event, affairs.customer) for event in affairs.events))


def promised(affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    """What is owed to a customer as a guest: the invitation, the event itself, word that it is called off."""
    for row in invitations(affairs):
        yield from _invite(row, affairs, rules)
        if row.guest.invited:
            yield _appointment(row, affairs)
            yield from _called_off(row, affairs, rules)


def _invite(row: Invitation, affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    event = row.event
    listed = row.guest.listed_on or event.planned_on
    if not rules.counts(day_of(listed)):
        return
    for plan in rules.plans_after("guest_listed", ROOT, day_of(listed)):
        for span in plan.spans(day_of(listed))[:1]:
            by = rules.opening.put_off(span.after(listed))
            if event.invite_by:
                by = max(event.invite_by, day_of(listed), key=in_order)
            yield _draft(row, affairs, plan, listed, _no_later(by, event))


def _called_off(row: Invitation, affairs: Affairs, rules: Rules) -> Iterator[Draft]:
    """Who was invited and did not decline is told before they set out."""
    off = row.event.cancelled
    if off is None or row.guest.declined or not rules.counts(day_of(off.on)):
        return
    for plan in rules.plans_after("event_cancelled", ROOT, day_of(off.on)):
        for span in plan.spans(day_of(off.on))[:1]:
            yield _draft(row, affairs, plan, off.on, _no_later(rules.opening.put_off(span.after(off.on)), row.event))


def _no_later(by: Moment, event: Event) -> Moment:
    """By then, but never only when the event has begun."""
    return by if is_late(event.at, by) else event.at


def _draft(row: Invitation, affairs: Affairs, plan: Plan, made_on: Moment, by: Moment) -> Draft:
    event = row.event
    draft = planned(plan, affairs.customer.id, event.id, Term(by), made_on)
    return replace(draft, record=event.id, about=(event.id,), person=event.person or "", words=event.name)


def _appointment(row: Invitation, affairs: Affairs) -> Draft:
    """Who was invited has our word that there will be the event."""
    customer, event = affairs.customer.id, row.event
    return Draft(
        id=f"{customer}/{STEP}.{event.id}",
        what="appointment",
        subject=customer,
        to=customer,
        binds="told",
        record=event.id,
        made_on=row.guest.invited.at if row.guest.invited else event.planned_on,
        term=Term(event.at),
        about=(event.id,),
        person=event.person or "",
        words=event.name,
    )


def is_guests(draft: Draft) -> bool:
    """Whether it is owed to somebody as the guest of an event."""
    return draft.record.startswith("EV") and draft.subject == draft.to


def settle(affairs: Affairs, drafts: Sequence[Draft], found: Mapping[str, Fate]) -> None:
    """Note what the record of the event says became of what its guests were promised."""
    rows = {row.event.id: row for row in invitations(affairs)}
    for draft in drafts:
        if is_guests(draft) and draft.record in rows:
            row, fate = rows[draft.record], found[draft.id]
            if draft.plan is None:
                _held(row, fate)
            elif draft.plan.after == "guest_listed":
                _invited(row, fate)


def _held(row: Invitation, fate: Fate) -> None:
    """The event was held, or nobody waits for it any more."""
    event, answer = row.event, row.guest.answered
    if event.held_at:
        fate.kept.append(Keeping(event.held_at, event.id, person=event.person or ""))
    ends = [_off(event)] if event.cancelled else []
    if answer and row.guest.declined:
        ends.append(Happening(answer.at, event.id, answer.said or _("the customer declined the invitation")))
    fate.void = min((end for end in ends if end), key=lambda end: in_order(end.at), default=None)


def _invited(row: Invitation, fate: Fate) -> None:
    """The invitation was given, is not needed any more, or the event was held without it."""
    event, guest = row.event, row.guest
    if guest.invited:
        fate.kept.append(Keeping(guest.invited.at, event.id, person=guest.invited.by or ""))
        return
    if event.cancelled:
        fate.void = _off(event)
    elif guest.answered:
        fate.void = Happening(guest.answered.at, event.id, _("the customer knew of it already"))
    elif guest.came:
        fate.void = Happening(guest.came.at, event.id, _("the customer came without an invitation"))
    elif event.held_at and not fate.kept:
        fate.broken = Happening(event.held_at, event.id, _("it was held without an invitation"))


def _off(event: Event) -> Happening | None:
    off = event.cancelled
    return Happening(off.on, event.id, off.reason or _("the event was called off")) if off else None


def renamed(affairs: Affairs, drafts: Sequence[Draft]) -> dict[str, str]:
    """The ids that promises to guests had while their event had another id."""
    formerly = {event.id: event.earlier_ids for event in affairs.events}
    return {
        f"{draft.id.removesuffix(draft.record)}{old}": draft.id
        for draft in drafts
        if is_guests(draft)
        for old in formerly.get(draft.record, ())
    }


def entries(affairs: Affairs) -> Iterator[Entry]:
    """What happened with a customer as a guest, for the timeline."""
    for event, guest, __ in invitations(affairs):
        if invited := guest.invited:
            how = (invited.how,) if invited.how else ()
            yield Entry(invited.at, "invited", event.id, "", event.name, how, invited.by or "")
        if answered := guest.answered:
            what = "accepted" if answered.comes else "declined"
            people = _people(answered.people)
            yield Entry(answered.at, what, event.id, "", _joined(event.name, people, answered.said))
        if came := guest.came:
            yield Entry(came.at, "attended", event.id, "", _joined(event.name, _people(came.people)))
        for heard in guest.heard:
            if is_id_of(heard.what, HEARD_AS):
                continue  # it has a line of its own
            yield Entry(heard.at, "heard", event.id, "", heard.what, (), heard.by or "")
        if event.cancelled and guest.invited:
            yield Entry(event.cancelled.on, "event_off", event.id, "", _joined(event.name, event.cancelled.reason))


def _people(count: int | None) -> str:
    return f"× {count}" if count else ""


def _joined(*texts: str | None) -> str:
    return " ".join(filter(None, texts))
