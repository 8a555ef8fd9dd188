"""``customer benefits``: what a customer may ask for, was given and has left; and what a contact may not give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from aftercare.answers.affairs import affairs_of
from aftercare.answers.benefits import Use, misused, uses
from aftercare.answers.benefits_of import standings
from aftercare.answers.finding import describe
from aftercare.answers.members import told
from aftercare.answers.rules import Rules
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.flags import Reader
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import Contradicts, NoSuchRecord, SeveralRecords, UsageProblem
from aftercare.language import N_, _
from aftercare.plain import moments
from aftercare.plain.moments import day_of
from aftercare.plain.tree import Tree
from aftercare.policies.benefits import meant
from aftercare.records.base import Record
from aftercare.records.visit import Visit
from aftercare.render import benefits as shown
from aftercare.render.output import put, say
from aftercare.render.rows import Choice, emit


@verb(
    "benefits",
    N_("What the customer may ask for by the shop's benefits, what was had, and what is left."),
    argument("ref", metavar="REF"),
    option("--on", metavar="D", text=N_("on this day; absent: today")),
    *output_options(),
    example="aftercare customer benefits 王建国",
)
def customer_benefits(session: Session, ref: str, on: str | None, **asked: Any) -> None:
    """How a customer stands with every benefit of the packs in force."""
    book = session.book()
    shelf = session.read(book)
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    page = choice.fmt == "table" and not choice.fields
    customer = deeds.resolved(session, shelf, ref, ("customer",), echoed=not page)
    day = day_of(moments.parse(deeds.reader(session, shelf).date("--on", on)) if on else session.now())
    found = standings(affairs_of(shelf.around([customer]))[customer], session.rules(book), day)
    if not page:
        emit([shown.row(one, customer, day) for one in found], [], choice, header=shown.FIELDS)
        return
    put(describe(shelf, customer))
    for one in found[: choice.limit]:
        for line in shown.lines(one, day):
            put(line)
    if not found:
        say(_("no pack in force has benefits; {page} says how to write one").format(page="docs/own-services.md"))


def complete(rules: Rules, reader: Reader, tree: dict[str, Tree], values: Mapping[str, Any]) -> None:
    """Give the benefits of a contact their full names, and say until when they were promised and where it was."""
    if values.get("wants_by"):
        if not tree.get("wants"):
            raise UsageProblem(_("--wants-by belongs to what the customer asked for: give --wants"))
        by = reader.date("--wants-by", values["wants_by"])
        for entry in _groups(tree["wants"]):
            entry.setdefault("by", by)
    for entry in (*_groups(tree.get("wants")), *_groups(tree.get("gave"))):
        entry["benefit"] = _line(rules, str(entry.get("benefit") or ""))
    tree.setdefault("outcome", "reached")
    if not tree.get("keeps"):
        # Who comes for a benefit comes for that, whatever call we owe them about the same thing.
        tree.setdefault("channel", "counter")
        tree.setdefault("purpose", "other")


def _groups(entries: Tree) -> list[dict[str, Tree]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _line(rules: Rules, typed: str) -> str:
    found = meant(rules.standards.benefits, typed)
    if not found:
        raise NoSuchRecord(_("benefit"), typed)
    if len(found) > 1:
        raise SeveralRecords(_("benefit"), typed, [one.line for one in found])
    return found[0].line


def refuse_misuse(session: Session, pen: Pen, contacts: Iterable[Record]) -> None:
    """Refuse what asks for or gives a benefit to which the customer has no right, by the contacts that are written.

    What stood in the book before stays; ``check`` names it.
    """
    customers = {contact.customer for contact in contacts if isinstance(contact, Visit)}
    rules = session.rules(pen.book)
    before = {_key(use) for use in _misused(pen.before, customers, rules)}
    for use in _misused(pen.shelf, customers, rules):
        if use.why and _key(use) not in before:
            customer = use.visit.customer
            raise Contradicts(
                _("{customer} cannot have {benefit}: {why}").format(
                    customer=describe(pen.shelf, customer), benefit=use.name, why=told(use.why, use.benefit)
                ),
                _("{command} says what there is; a kindness beyond it is written down without --gave").format(
                    command=f"aftercare customer benefits {customer}"
                ),
            )


def _misused(shelf: Shelf, customers: Collection[str], rules: Rules) -> Sequence[Use]:
    known = affairs_of(shelf.around(customers))
    chosen = (shelf.get(customer) for customer in sorted(customers))
    return [use for one in chosen if one and one.id in known for use in misused(uses(known[one.id], rules))]


def _key(use: Use) -> tuple[object, ...]:
    """What stays the same of a misuse when its contact is given another number."""
    return (use.visit.customer, use.at, use.name, use.path)
