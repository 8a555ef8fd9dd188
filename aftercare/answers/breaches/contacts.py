"""Contacts that fell short: a call on the hotline that nobody of ours took, one that was not wished for."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers import hosting, welcome
from aftercare.answers.at_home import units_of
from aftercare.answers.breaches.finding import Scope, Seen, when
from aftercare.answers.promises import Event
from aftercare.answers.welcome import Unasked
from aftercare.language import _
from aftercare.plain.moments import day_of
from aftercare.policies.categories import ROOT
from aftercare.records.visit import Visit


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in the contacts with one customer."""
    for visit in scope.affairs.visits:
        if visit.outcome == "missed" and visit.channel == "hotline":
            yield Seen(
                code="missed-call",
                subject=visit.id,
                on=day_of(visit.at),
                record=visit.id,
                path=("outcome",),
                what=_("called the hotline, and nobody answered"),
                categories=_promised_a_hotline(scope, visit),
            )
        yield from _unwanted(scope, visit)
    yield from _invited(scope)


def _unwanted(scope: Scope, visit: Visit) -> Iterator[Seen]:
    """A greeting or an invitation to somebody who had said that none is welcome; a call in vain reached nobody."""
    what = _UNASKED.get(visit.purpose)
    if what is None or visit.came_to_us or visit.outcome in {"no_answer", "missed"}:
        return
    refused = welcome.refused_by(scope.affairs.customer, what, visit.at)
    if refused:
        sentence = _("a greeting was sent: {reason}") if what == "greeting" else _("an invitation was given: {reason}")
        yield Seen(
            code="unwanted-contact",
            subject=visit.id,
            on=day_of(visit.at),
            record=visit.id,
            path=("purpose",),
            what=sentence.format(reason=_since(refused)),
            categories=(ROOT,),
            person=visit.by or "",
            rests_on=(scope.affairs.customer.id,),
        )


_UNASKED: dict[str, Unasked] = {"greeting": "greeting", "event": "invitation"}
"""The purposes of contacts that come from us alone, and may be refused."""


def _invited(scope: Scope) -> Iterator[Seen]:
    """An invitation in the list of an event to somebody who had said that none is welcome."""
    for event, guest, place in hosting.invitations(scope.affairs):
        invited = guest.invited
        refused = invited and welcome.refused_by(scope.affairs.customer, "invitation", invited.at)
        if invited and refused:
            yield Seen(
                code="unwanted-contact",
                subject=f"{scope.affairs.customer.id}/invite.{event.id}",
                on=day_of(invited.at),
                record=event.id,
                path=("guests", place, "invited"),
                what=_("an invitation was given: {reason}").format(reason=_since(refused)),
                categories=(ROOT,),
                person=invited.by or "",
                rests_on=(scope.affairs.customer.id,),
            )


def _since(refused: Event) -> str:
    """Why it was not welcome, and since when, where that is known."""
    if refused.at == welcome.FROM_THE_START:
        return refused.reason
    return _("{reason} ({since})").format(reason=refused.reason, since=when(refused.at))


def _promised_a_hotline(scope: Scope, visit: Visit) -> tuple[str, ...]:
    """The goods that the call may have been about: those it names, else all that the customer had bought by then."""
    units = units_of(scope.affairs, visit, scope.rules) or [
        line.unit
        for line in scope.lines
        if line.sale.cancelled is None and day_of(line.sale.sold_on) <= day_of(visit.at)
    ]
    return tuple(dict.fromkeys(scope.category_of(unit) for unit in units))
