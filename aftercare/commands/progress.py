"""``complaint progress``: every step with its time, who has it in hand, how often the customer came for it."""

from __future__ import annotations

from typing import Any

from aftercare.answers import progress as answers
from aftercare.answers import trainings
from aftercare.answers.affairs import affairs_with, customer_of
from aftercare.answers.finding import describe
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.language import N_, _
from aftercare.plain.text import printable
from aftercare.records.complaint import Complaint
from aftercare.records.customer import Customer
from aftercare.render import complaints as shown
from aftercare.render.output import put, put_json
from aftercare.render.rows import Choice, emit
from aftercare.render.sentences import complained


@verb(
    "progress",
    N_("How far it is: every step with its time, who has it in hand, how often the customer came."),
    argument("ref", metavar="REF"),
    *output_options(),
    example="aftercare complaint progress CO26-0001",
)
def progress(session: Session, ref: str, **asked: Any) -> None:
    """A complaint from its receipt to the customer's word."""
    book = session.book()
    shelf = session.read(book)
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    as_page = choice.fmt == "table" and not choice.fields
    complaint = shelf.get(deeds.resolved(session, shelf, ref, ("complaint",), echoed=not as_page))
    if not isinstance(complaint, Complaint):
        return
    ledger = session.ledger_in(book, shelf, [customer_of(shelf, complaint) or ""])
    if choice.fmt == "json" and not (choice.fields or choice.sort or choice.limit is not None):
        put_json(answers.whole(complaint, ledger, session.now()), indent=1)
        return
    if as_page:
        put(printable(describe(shelf, complaint.id)))
        for line in page(shelf, complaint):
            put(f"  {line}")
    emit(answers.steps(complaint, ledger, session.now()), shown.columns(shelf), choice, header=shown.FIELDS)


def page(shelf: Shelf, complaint: Complaint) -> list[str]:
    """How a complaint stands, for people."""
    affairs = affairs_with(shelf, complaint.customer)
    standing = shown.standing(answers.standing(complaint, affairs.visits if affairs else ()), shelf)
    return [*standing, *shown.taught(trainings.about(complaint, affairs))]


def of_customer(shelf: Shelf, customer: Customer) -> list[str]:
    """How often a customer complained, and how often a complaint came back; nothing of one who never did."""
    every = shelf.hanging(Complaint, customer.id)
    made = [one for one in every if (owner := shelf.get(one.customer)) and owner.id == customer.id]
    counts = list(complained(len(made), sum(len(one.reopened) for one in made)))
    return [_(", ").join(counts)] if counts else []
