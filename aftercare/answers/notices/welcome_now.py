"""Who is not to be written to, or not at this hour, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from aftercare.answers.affairs import Affairs
from aftercare.plain import quiet
from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.plain.quiet import Hours

Held = Literal[
    "forgotten", "left", "do_not_contact", "declined", "no_consent", "other_channel", "quiet_unclear", "quiet_hours"
]
"""Why a message does not go out; the last one is over in the morning."""


def why_held(
    affairs: Affairs, notice: str, now: Moment, *, hour: datetime | None, quiet_hours: Sequence[Hours]
) -> Held | None:
    """Why a customer gets no message now; None where nothing speaks against it.

    Without an *hour* no hours are quiet.  A word that was given on a later day does not hold yet.
    """
    return _never(affairs, notice, now) or (_at_this_hour(affairs, hour, quiet_hours) if hour else None)


def _never(affairs: Affairs, notice: str, now: Moment) -> Held | None:
    customer, consent = affairs.customer, affairs.customer.consent
    if customer.forgotten:
        return "forgotten"
    if customer.left and not is_late(customer.left.on, now):
        return "left"
    if customer.do_not_contact and not _is_to_come(customer.do_not_contact_on, now):
        return "do_not_contact"
    if notice == "greeting":
        agreed = consent is not None and consent.greetings is True and not _is_to_come(consent.on, now)
        if not agreed:
            return "no_consent"
    if _declined(affairs, now):
        return "declined"
    wish = customer.contact
    if wish and wish.by and wish.by != "message" and not _is_to_come(wish.on, now):
        return "other_channel"
    return None


def _is_to_come(at: Moment | None, now: Moment) -> bool:
    return at is not None and is_late(at, now)


def _declined(affairs: Affairs, now: Moment) -> bool:
    """Whether the last message was not wanted."""
    messages = [one for one in affairs.visits if one.channel == "message" and not is_late(one.at, now)]
    last = max(messages, key=lambda one: (in_order(one.at), one.id), default=None)
    return last is not None and last.outcome == "declined"


def _at_this_hour(affairs: Affairs, hour: datetime, quiet_hours: Sequence[Hours]) -> Held | None:
    consent = affairs.customer.consent
    try:
        own = quiet.hours(consent.quiet) if consent and consent.quiet else ()
    except ValueError:  # who asked for quiet, in words that we cannot tell the hours of, is left in peace
        return "quiet_unclear"
    return "quiet_hours" if any(one.hold(hour) for one in (*quiet_hours, *own)) else None
