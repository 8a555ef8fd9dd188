"""``due --notify``: the list of the day for those who work here, as one message on each of their channels."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from aftercare.book.outbox import UNSENT, Outbox, kind_in, name_of, written
from aftercare.book.own_settings import Channel
from aftercare.commands.notifying import Desk, printed, row_of, send, summed_up, uncertain
from aftercare.commands.session import Session
from aftercare.plain.moments import day_of, days_after, iso, parse
from aftercare.render.notices import Message, shop_message
from aftercare.render.promises import Names, lined
from aftercare.render.rows import Choice

_REMEMBERED = 40
"""For so many days it is known that a list was sent."""


class _List(NamedTuple):
    """The list of a day, as one message; ``told`` tells one list from another."""

    message: Message
    told: str
    day: str


def tell_shop(session: Session, found: Sequence[dict[str, Any]], names: Names, asked: dict[str, Any]) -> None:
    """Send what is owed; the same list goes out once a day, and none where nothing is owed."""
    desk = Desk(session, asked)
    of_today = _list_of(desk, found, names, asked)
    channels = desk.channels("shop") if found else ()
    shown = []
    with desk.outbox() as box:
        if not desk.dry:
            _forget_the_old(box, of_today.day)
        uncertain(desk, box, lambda kind: kind == "shop")
        for channel in (channels or (None,)) if found else ():
            row = row_of(
                "shop",
                "shop",
                of_today.message,
                promises=[row["id"] for row in found],
                channel=channel.name if channel else None,
            )
            if _goes_out(desk, box, of_today, row, channel):
                shown.append(row)
    printed(desk, shown, asked)
    summed_up(desk, shown)


def _list_of(desk: Desk, found: Sequence[dict[str, Any]], names: Names, asked: dict[str, Any]) -> _List:
    """What is owed, as the message of today."""
    now = desk.session.now()
    choice = Choice(sort=asked["sort"], limit=asked["limit"])
    lines = list(lined(found, names, now, choice, how=asked["how"]))
    told = sha256("\n".join(f"{row['id']} {row['due']}" for row in found).encode()).hexdigest()[:8]
    return _List(shop_message(desk.book.settings.shop_facts, lines, now), told, iso(day_of(now)))


def _goes_out(desk: Desk, box: Outbox, of_today: _List, row: dict[str, Any], channel: Channel | None) -> bool:
    """Hand the list to a channel, or to the outbox where there is none; False where it went, or lies there, already."""
    name = name_of(of_today.day, "shop", f"{of_today.told}-{channel.name}" if channel else of_today.told)
    if name in box.names("sent"):
        return False
    if name in box.names("sending"):
        row["state"] = "uncertain"
    elif desk.dry:
        row["state"] = "to_send" if channel else "waiting"
    elif channel or name not in box.names("waiting"):
        _put_out(desk, box, name, of_today, row, channel)
    else:
        return False
    return True


def _put_out(desk: Desk, box: Outbox, name: str, of_today: _List, row: dict[str, Any], channel: Channel | None) -> None:
    """Into the outbox, and from there to the channel."""
    message = of_today.message
    headers = {
        "To": row["channel"] or "shop",
        "Subject": message.subject,
        "Notice": "shop",
        "Day": of_today.day,
    }
    row["file"] = str(box.put("waiting", name, written(headers, message.text)))
    box.drop("failed", name)
    if channel:
        send(desk, box, row, [channel], {})
        _keep_only_its_name(box, name, row)


def _keep_only_its_name(box: Outbox, name: str, row: dict[str, Any]) -> None:
    """That a list was sent is all there is to know of it: whom it names is nobody's business any more."""
    if row["state"] == "sent":
        box.put("sent", name, "")


def _forget_the_old(box: Outbox, day: str) -> None:
    """A list of another day is no news."""
    for place in UNSENT:
        for name in box.names(place):
            if kind_in(name) == "shop" and name[: len(day)] != day:
                box.drop(place, name)
    last = iso(days_after(day_of(parse(day)), -_REMEMBERED))
    for name in box.names("sent"):
        if kind_in(name) == "shop" and name[: len(day)] < last:
            box.drop("sent", name)
