"""``due --notify customers``: who comes, what is late, what we regret and a greeting, written to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from aftercare import language
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.notices.wanted import Notice, may_ask_for_one, wanted
from aftercare.answers.notices.welcome_now import why_held
from aftercare.answers.recalled import shelf_for
from aftercare.book.outbox import UNSENT, Outbox, kind_in, name_of, written
from aftercare.book.shelf import Shelf
from aftercare.commands import sending
from aftercare.commands.notifying import Desk, printed, row_of, send, summed_up, uncertain
from aftercare.commands.notifying_kept import DAY, write_down
from aftercare.commands.session import Session
from aftercare.language import _
from aftercare.plain.moments import day_of, iso
from aftercare.render.notices import Message, message, one_line, tongue
from aftercare.render.output import say

_EVER = timedelta(days=36500)


class _Planned(NamedTuple):
    """A notice, its file's name, its row, and how the customer is reached."""

    notice: Notice
    name: str
    row: dict[str, Any]
    known: dict[str, str]


def tell_customers(session: Session, asked: dict[str, Any], person: str) -> None:
    """Send what there is to tell, or put it into the outbox, and write down what was sent."""
    desk = Desk(session, asked)
    with desk.outbox() as box:  # the book is read only now: what another run has sent meanwhile stands in it
        shelf, ledger = _those_concerned(session)
        every = [_planned(desk, shelf, notice) for notice in wanted(ledger, session.now())]
        chosen = [one for one in every if _is_asked_for(one.notice, asked["what"], person)]
        if not desk.dry and not asked["sent"]:  # what was sent by hand was, however long ago
            _tidy(box, every)
        uncertain(desk, box, lambda kind: kind != "shop")
        rows = list(_by_hand(box)) if asked["sent"] else list(_each(desk, box, chosen))
        if not desk.dry:
            write_down(session, box, rows)
    printed(desk, rows, asked)
    summed_up(desk, rows)


def _those_concerned(session: Session) -> tuple[Shelf, Ledger]:
    """The records and promises of whoever may be written to; of everybody where there is no index."""
    recalled = session.recalled()
    if recalled is None:
        return session.ledger()[1:]
    now, book = session.now(), session.book()
    open_ = recalled.due(within=_EVER)
    customers = sorted({row["customer"] for row in open_ if row["customer"] and may_ask_for_one(row, now)})
    shelf = shelf_for(recalled.index, customers, book)
    return shelf, ledger_of(shelf, session.rules_in(book)[0], now, customers)


def _planned(desk: Desk, shelf: Shelf, notice: Notice) -> _Planned:
    customer, first = notice.affairs.customer, notice.promises[0]
    tongue_ = tongue(customer, shelf.settings.language or language.current())
    staff = shelf.get(first.person) if first.person else None
    said: Message = message(tongue_, notice, shelf.settings.shop_facts, getattr(staff, "name", ""))
    phone = next((row["phone"] for row in notice.rows if row["phone"]), None)
    phones = [phone] if phone and phone not in customer.phones else customer.phones
    why = why_held(notice.affairs, notice.kind, desk.session.now(), hour=desk.hour, quiet_hours=desk.settings.quiet)
    row = row_of(
        notice.kind,
        "customer",
        said,
        id=first.id,
        customer=notice.customer,
        name=notice.rows[0]["name"],
        phone=phone,
        language=tongue_,
        promises=[promise.id for promise in notice.promises],
        due=iso(notice.term.by) if notice.term else None,
        state="held" if why else "waiting",
        why=why,
    )
    day = iso(day_of(notice.term.by)) if notice.term else iso(day_of(desk.session.now()))
    return _Planned(notice, name_of(day, notice.kind, first.id), row, sending.reached_by(phones))


def _is_asked_for(notice: Notice, what: Sequence[str], person: str) -> bool:
    kinds = {promise.what for promise in notice.promises}
    return (not what or bool(kinds & set(what))) and (not person or notice.promises[0].person == person)


def _tidy(box: Outbox, every: Sequence[_Planned]) -> None:
    """Take out what is no longer so, or no longer welcome: kept meanwhile, moved, a day that is over."""
    still = {one.name for one in every if one.row["why"] in {None, "quiet_hours"}}
    gone = 0
    for place in UNSENT:
        for name in box.names(place):
            if kind_in(name) != "shop" and name not in still:
                box.drop(place, name)
                gone += 1
    if gone:
        say(_("taken out of the outbox, since it is no longer so: {count}").format(count=gone))


def _each(desk: Desk, box: Outbox, planned: Sequence[_Planned]) -> Iterator[dict[str, Any]]:
    """What becomes of each message; those that lie in ``sent/`` are written down later, and not sent again."""
    done, sending_, waiting = set(box.names("sent")), set(box.names("sending")), set(box.names("waiting"))
    channels = desk.channels("customers") if any(one.row["state"] != "held" for one in planned) else ()
    for one in planned:
        row = one.row
        if one.name in done:
            continue
        fitting = sending.fitting(channels, one.known)
        if one.name in sending_:
            row["state"] = "uncertain"
        elif row["state"] == "held":
            pass
        elif desk.dry:
            row |= {"state": "to_send" if fitting else "waiting", "channel": fitting[0].name if fitting else None}
        else:
            row["why"] = "no_address" if channels and not fitting else None
            text = written(_headers(one), row["text"])
            if one.name in waiting and not fitting and _says(box.text("waiting", one.name), text):
                continue  # it waits for a hand, and that was said
            row["file"] = str(box.put("waiting", one.name, _dated(desk, text)))
            box.drop("failed", one.name)
            if fitting:
                send(desk, box, row, fitting, one.known)
        yield row


def _headers(one: _Planned) -> dict[str, str]:
    """What a message's file says of it: for whoever sends it, and for the record of the contact."""
    notice, row = one.notice, one.row
    return {
        "To": one_line(" ".join(filter(None, (row["name"], row["phone"])))),
        "Subject": row["subject"],
        "Notice": notice.kind,
        "Customer": notice.customer,
        "About": " ".join(notice.about),
        "Purpose": notice.purpose,
        "Keeps": " ".join(notice.keeps),
        "Promise": " ".join(row["promises"]),
        "Tells": "; ".join(notice.marks),
    }


def _dated(desk: Desk, text: str) -> str:
    """A message with the day on which it was written."""
    return f"{DAY}: {iso(day_of(desk.session.now()))}\n{text}"


def _says(held: str, text: str) -> bool:
    """Whether a file says just this, on whatever day it was written."""
    return held.partition("\n")[2] == text


def _by_hand(box: Outbox) -> Iterator[dict[str, Any]]:
    """What waits was sent by hand: it is put where what was sent lies."""
    for name in box.names("waiting"):
        if kind_in(name) != "shop":
            box.move(name, "waiting", "sent")
    return iter(())
