"""``event heard``: what a guest said at an event becomes records of its own, written in one with it."""

from __future__ import annotations

from typing import Any

from aftercare.commands import deeds, listening
from aftercare.commands.events import BY, REF, Host
from aftercare.commands.facts import AT
from aftercare.commands.generic import JSON
from aftercare.commands.grievances import Hearing
from aftercare.commands.session import Session
from aftercare.commands.verbs import option, verb
from aftercare.errors import BadValue, Missing
from aftercare.language import N_, _
from aftercare.plain.moments import parse
from aftercare.plain.splicing import Append, Edit
from aftercare.plain.tree import Tree
from aftercare.records.customer import Customer


@verb(
    "heard",
    N_("What a guest said there: words, wishes, complaints, and what was promised meanwhile."),
    REF,
    option("--customer", "guest", required=True, metavar="REF", text=N_("which customer")),
    option("--words", multiple=True, metavar="TEXT", text=N_("what was said, kept as it is")),
    option("--wish", multiple=True, metavar="TEXT", text=N_("a wish that was heard; it becomes a record of its own")),
    option(
        "--complaint",
        multiple=True,
        metavar="TEXT",
        text=N_("a complaint that was heard; it becomes a record of its own"),
    ),
    option("--promise", multiple=True, metavar="TEXT=DUE", text=N_("what was promised meanwhile, and until when")),
    AT,
    BY,
    JSON,
    example="aftercare event heard EV26-0001 --customer 王建国 --wish 遥控器的字再大一点",
)
def heard(session: Session, ref: str, guest: str, words: tuple[str, ...], fmt: str, **asked: Any) -> None:
    """Who said something was there, and is written down as having come."""
    if not (words or asked["wish"] or asked["complaint"] or asked["promise"]):
        raise Missing(["--words / --wish / --complaint / --promise"])
    if any(not text.strip() for text in words):
        raise BadValue("--words", "", _("it says nothing"))
    with session.writing("event heard") as pen:
        host = Host.opened(session, pen, "event", ref, {**asked, "customer": (guest,)})
        customer, when, person = host.customers()[0], host.on_the_day(), host.person()
        hearing = Hearing(customer.id, [host.event.id], parse(when), host.event.id, str(person.get("by", "")))
        new, beside = listening.made(pen, host.reader, hearing, asked)
        said: list[Tree] = [{"at": when, "what": text, **person} for text in (*words, *new)]
        edits = _edits(host, customer, when, said)
        host.write("heard", edits)
    deeds.tell(session, pen, ids=[host.event.id] if fmt == "json" else None, fmt=fmt, beside=beside)


def _edits(host: Host, customer: Customer, when: str, said: list[Tree]) -> list[Edit]:
    row = host.row(customer)
    if row is None:
        new: dict[str, Tree] = {"customer": customer.id, "listed_on": when, "came": {"at": when}, "heard": said}
        return [Append(("guests",), new)]
    edits: list[Edit] = [] if row.guest.came else [host.put(customer, "came", {"at": when})]
    return [*edits, *(Append(("guests", row.place, "heard"), one) for one in said)]
