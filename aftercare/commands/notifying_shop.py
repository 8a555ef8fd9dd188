"""``due --notify``: the list of the day for those who work here, as one message on each of their channels."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from aftercare.book.outbox import UNSENT, Outbox, kind_in, name_of, written
from aftercare.commands.notifying import Desk, printed, row_of, send, summed_up, uncertain
from aftercare.commands.session import Session
from aftercare.plain.moments import day_of, days_after, iso, parse
from aftercare.render.notices import shop_message
from aftercare.render.promises import Names, lined
from aftercare.render.rows import Choice

_REMEMBERED = 40
"""For so many days it is known that a list was sent."""


def tell_shop(session: Session, found: Sequence[dict[str, Any]], names: Names, asked: dict[str, Any]) -> None:
    """Send what is owed; the same list goes out once a day, and none where nothing is owed."""
    desk = Desk(session, asked)
    now = session.now()
    message = shop_message(
        desk.book.settings.shop_facts,
        list(lined(found, names, now, Choice(sort=asked["sort"], limit=asked["limit"]), how=asked["how"])),
        now,
    )
    told = sha256("\n".join(f"{row['id']} {row['due']}" for row in found).encode()).hexdigest()[:8]
    channels = desk.channels("shop") if found else ()
    rows = [
        row_of(
            "shop", "shop", message, promises=[row["id"] for row in found], channel=channel.name if channel else None
        )
        for channel in (channels or (None,) if found else ())
    ]
    shown = []
    with desk.outbox() as box:
        day = iso(day_of(now))
        if not desk.dry:
            _forget_the_old(box, day)
        uncertain(desk, box, lambda kind: kind == "shop")
        for row, channel in zip(rows, channels or (None,), strict=False):
            about = f"{told}-{channel.name}" if channel else told
            name = name_of(day, "shop", about)
            if name in box.names("sent"):
                continue
            if name in box.names("sending"):
                row["state"] = "uncertain"
            elif desk.dry:
                row["state"] = "to_send" if channel else "waiting"
            elif channel or name not in box.names("waiting"):
                headers = {"To": row["channel"] or "shop", "Subject": message.subject, "Notice": "shop", "Day": day}
                row["file"] = str(box.put("waiting", name, written(headers, message.text)))
                box.drop("failed", name)
                if channel:
                    send(desk, box, row, [channel], {})
                    _keep_only_its_name(box, name, row)
            else:
                continue
            shown.append(row)
    printed(desk, shown, asked)
    summed_up(desk, shown)


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
