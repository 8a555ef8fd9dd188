"""``accept``: a breach of service is left as it is, for a reason; and what settling a breach needs elsewhere."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from aftercare.answers.affairs import owner_of
from aftercare.answers.breaches.all import breaches
from aftercare.answers.breaches.finding import CODES, Breach
from aftercare.answers.rules import Rules
from aftercare.book.ids import loosely, step_of
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds, facts
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.promises import records_about
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, NoSuchBreach
from aftercare.language import N_, _
from aftercare.plain.moments import Moment, day_of
from aftercare.plain.splicing import Edit, Set, applied
from aftercare.plain.text import fold
from aftercare.render.output import say

Make = Callable[[Pen, Reader, Breach], list[Edit]]
"""Makes the edits that settle a breach, in the record about it; what else it writes it gives to the pen."""


def meant(ref: str) -> str | None:
    """The id of the breach that a REF may name, by its code; None for anything else."""
    head, slash, rest = fold(ref).replace("、", "/").partition("/")
    code = rest.rpartition("/")[2].lower()
    named = loosely(head)
    if not slash or named is None or code.rstrip("0123456789").rstrip(".") not in CODES:
        return None
    return f"{named}/{step_of(rest)}"


def breach_named(shelf: Shelf, rules: Rules, now: Moment, ref: str) -> Breach:
    """The breach with this id; NoSuchBreach with those that may be meant."""
    wanted = meant(ref)
    # A subject may be a spoken promise or a visit, whose customer is behind it too.
    owner = owner_of(shelf, (wanted or fold(ref).upper()).replace("、", "/"))
    known = {b.id: b for b in breaches(shelf, rules, now, customers=[owner or ""])}
    breach = known.get(wanted or "") or _as_of_now(shelf, wanted, known)
    if breach is None:
        near = difflib.get_close_matches(wanted or fold(ref), known, n=5, cutoff=0.5)
        raise NoSuchBreach(ref, near or sorted(known)[:5])
    return breach


def _as_of_now(shelf: Shelf, wanted: str | None, known: dict[str, Breach]) -> Breach | None:
    """The breach under the id that its record has now."""
    head, __, rest = (wanted or "").partition("/")
    record = shelf.get(head)
    return known.get(f"{record.id}/{rest}") if record else None


def settle(session: Session, ref: str, command: str, make: Make, fmt: str, *, own_promise: bool = False) -> None:
    """Write down what settles a breach, in a promise record about it; with *own_promise* about the promise it broke."""
    with session.writing(command) as pen:
        breach = breach_named(pen.shelf, session.rules(pen.book), session.now(), ref)
        if breach.settled:
            raise Contradicts(_("{breach} is settled already").format(breach=breach.id), breach.settled.record)
        edits = make(pen, deeds.reader(session, pen.shelf), breach)
        written_id = _written(session, pen, breach.promise if own_promise and breach.promise else breach.id, edits)
        deeds.written(session, pen, f"{command} {written_id}")
    deeds.tell(session, pen, ids=[written_id] if fmt == "json" else None, fmt=fmt)
    if fmt != "json":
        say_settled(session, pen, breach.to)


def say_settled(session: Session, pen: Pen, customer: str) -> None:
    """Say which breaches of service against a customer are settled by what was written."""
    rules, now = session.rules(pen.book), session.now()
    unsettled = {one.id for one in breaches(pen.before, rules, now, customers=[customer]) if not one.settled}
    for one in breaches(pen.shelf, rules, now, customers=[customer]):
        if one.settled and one.id in unsettled:
            say(_("settles {breach}").format(breach=one.id))


def _written(session: Session, pen: Pen, subject: str, edits: list[Edit]) -> str:
    """The record about a breach or a promise, with the edits made; the id of a new one where there was none."""
    about = next((r for r in records_about(pen.shelf, subject) if subject in {r.of, r.id}), None)
    if about is not None:
        pen.edit(about.id, deeds.checked("promise", about.id, edits, pen))
        return about.id
    with deeds.typed_in("promise"):
        return pen.add("promise", applied({"of": subject, "made_on": day_of(session.now()).isoformat()}, edits)).id


@verb(
    "accept",
    N_("Leave a breach of service as it is, for a reason."),
    argument("ref", metavar="BREACH"),
    option("--reason", required=True, metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare accept SA26-0012/1/late-delivery --reason 大雪封路，顾客谅解",
)
def accept(session: Session, ref: str, reason: str, at: str | None, fmt: str) -> None:
    """Nothing is mended and nobody apologises; the reason stands in the book."""

    def make(pen: Pen, reader: Reader, breach: Breach) -> list[Edit]:
        del pen, breach
        return [Set(("accepted",), {"on": facts.at(session, reader, at), "reason": reason})]

    settle(session, ref, "accept", make, fmt)
