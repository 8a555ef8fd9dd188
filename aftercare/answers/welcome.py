"""Whether a customer wishes to hear from us unasked: greetings, invitations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from aftercare.answers.promises import Event
from aftercare.language import _
from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.records.customer import Customer

Unasked = Literal["greeting", "invitation"]
FROM_THE_START = date.min
"""The day of a refusal that has none of its own."""


def refusal(customer: Customer, what: Unasked) -> Event | None:
    """The first word of a customer that no greeting, or no invitation, is welcome; None where there is none.

    Who declined greetings declined invitations too, and an invitation is a message about what the shop offers.  Nothing
    said is no refusal: there are no greetings without consent, but to send one is no breach.
    """
    return min(_refusals(customer, what), key=lambda event: in_order(event.at), default=None)


def refused_by(customer: Customer, what: Unasked, at: Moment) -> Event | None:
    """The refusal that was known when something was sent."""
    found = refusal(customer, what)
    return found if found and not is_late(found.at, at) else None


def why_not_invited(customer: Customer, at: Moment) -> str:
    """Why a customer is not to be invited at a time; "" where nothing speaks against it."""
    if customer.forgotten:
        return _("the customer was forgotten")
    if customer.left:
        return _("the customer left")
    refused = refused_by(customer, "invitation", at)
    return refused.reason if refused else ""


def _refusals(customer: Customer, what: Unasked) -> Iterator[Event]:
    consent = customer.consent
    if customer.do_not_contact:
        reason = _("the customer does not wish to be contacted")
        yield Event(customer.do_not_contact_on or FROM_THE_START, customer.id, reason)
    if consent and consent.greetings is False:
        yield Event(consent.on or FROM_THE_START, customer.id, _("the customer wishes no greetings"))
    if consent and consent.messages is False and what == "invitation":
        yield Event(consent.on or FROM_THE_START, customer.id, _("the customer wishes no messages about offers"))
