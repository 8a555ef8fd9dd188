"""The guests of an event as rows and as a table."""

from __future__ import annotations

from typing import Any

from aftercare.answers import welcome
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _
from aftercare.plain.moments import Moment, iso
from aftercare.records.complaint import Complaint
from aftercare.records.customer import Customer
from aftercare.records.event import Event, Guest
from aftercare.records.promise import Promise
from aftercare.records.wish import Wish
from aftercare.render.rows import Column

FIELDS = (
    "id", "kind", "event", "state", "name", "phone", "listed_on", "invited_at", "how", "by", "comes", "answered_at",
    "people", "said", "came_at", "heard", "unwelcome",
)  # fmt: skip
"""The fields of a guest's row, for the header of a CSV without rows."""
_STATES = {
    "came": N_("came"),
    "stayed_away": N_("stayed away"),
    "declines": N_("declines"),
    "comes": N_("comes"),
    "invited": N_("invited"),
    "not_to_invite": N_("not to be invited"),
    "to_invite": N_("to be invited"),
}


def row(event: Event, guest: Guest, shelf: Shelf) -> dict[str, Any]:
    """A guest for machines; ``people`` is how many came, else how many said that they will."""
    record = shelf.get(guest.customer)
    customer = record if isinstance(record, Customer) else None
    refused = welcome.refusal(customer, "invitation") if customer else None
    invited, answered, came = guest.invited, guest.answered, guest.came
    return {
        "id": customer.id if customer else guest.customer,
        "kind": "customer",
        "event": event.id,
        "state": _state(event, guest, is_unwelcome=refused is not None or bool(customer and customer.left)),
        "name": customer.name if customer else None,
        "phone": next(iter(customer.phones), None) if customer else None,
        "listed_on": iso(guest.listed_on or event.planned_on),
        "invited_at": _iso(invited.at if invited else None),
        "how": invited.how if invited else None,
        "by": invited.by if invited else None,
        "comes": answered.comes if answered else None,
        "answered_at": _iso(answered.at if answered else None),
        "people": (came.people if came else None) or (answered.people if answered else None),
        "said": answered.said if answered else None,
        "came_at": _iso(came.at if came else None),
        "heard": [heard.what for heard in guest.heard],
        "unwelcome": refused.reason if refused else None,
    }


def _state(event: Event, guest: Guest, *, is_unwelcome: bool) -> str:
    if guest.came:
        return "came"
    if guest.answered and not guest.answered.comes:
        return "declines"
    if event.held_at and guest.invited:
        return "stayed_away"
    if guest.answered:
        return "comes"
    if guest.invited:
        return "invited"
    return "not_to_invite" if is_unwelcome else "to_invite"


def _iso(at: Moment | None) -> str | None:
    return iso(at) if at else None


def columns(shelf: Shelf) -> list[Column]:
    """The columns of a list of guests."""

    def in_words(heard: list[str]) -> str:
        return _("; ").join(_words(shelf, text) for text in heard)

    return [
        Column("state", N_("state"), lambda value: _(_STATES[value])),
        Column("name", N_("name")),
        Column("phone", N_("phone")),
        Column("invited_at", N_("invited"), _when),
        Column("people", N_("people")),
        Column("heard", N_("heard there"), in_words),
        Column("id", N_("ID")),
    ]


def _words(shelf: Shelf, heard: str) -> str:
    """What was heard, in words: what became a record by what that says, with its id behind it."""
    match shelf.get(heard):
        case Wish() as wish:
            return f"{wish.words} ({wish.id})"
        case Complaint() as complaint:
            return f"{complaint.what} ({complaint.id})"
        case Promise() as promise:
            return f"{promise.words or promise.what} ({promise.id})"
        case _:
            return heard


def _when(value: Any) -> str:
    return str(value).replace("T", " ") if value else ""
