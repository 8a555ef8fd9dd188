"""``import contacts``: customers from an address book, every card accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aftercare.answers.importing.card_rows import Contacts
from aftercare.answers.importing.doing import carry_out
from aftercare.answers.importing.incoming import OUTCOMES, Plan
from aftercare.book.titles import listed
from aftercare.commands import deeds, imported
from aftercare.commands.imported import Imported
from aftercare.commands.named import named_bytes
from aftercare.commands.session import Session
from aftercare.errors import Fault, InvalidBook, InvalidInput
from aftercare.language import N_, _
from aftercare.plain import vcards
from aftercare.plain.moments import day_of
from aftercare.render.output import put, say

if TYPE_CHECKING:
    from aftercare.book.pen import Pen

_SAID = {
    "created": N_("cards that make a new customer: {count}"),
    "changed": N_("cards that bring something to a customer: {count}"),
    "unchanged": N_("cards unchanged: {count}"),
    "differs": N_("cards that differ: {count}"),
    "refused": N_("cards refused: {count}"),
}


def bring_in(session: Session, file: str, *, dry_run: bool, keep_good: bool, update: bool, fmt: str) -> None:
    """Read the cards, see what the book lacks of them, write that, and account for every card.

    One card that is refused and nothing is written, unless to *keep_good*; either way the exit code is 3.
    """
    session.book()  # so that the file's faults are said in the book's language
    found = vcards.read(named_bytes(file), file)
    with session.pen("import contacts", dry_run=dry_run) as pen:
        if pen.before.invalid:  # a card could be theirs, and would be taken for new
            raise InvalidBook(pen.before.faults)
        done, unread = _do(session, pen, found, file, keep_good=keep_good, update=update, dry=dry_run)
        if done.wrote and not dry_run:
            new = [one for one in done.ids if one]
            deeds.written(session, pen, f"import customer {listed(new or done.changed)}")
        if done.wrote:
            done = done._replace(effect=imported.effect_of(session, pen))
    if unread:
        say(_("not read: {names}").format(names=", ".join(sorted(unread))))
    imported.tell_differences(done, file)
    imported.answer(done) if fmt == "json" else _tell(done)
    if done.refused:
        raise InvalidInput(sorted(done.refused, key=lambda fault: fault.line))


def _do(
    session: Session, pen: Pen, found: vcards.Cards, file: str, *, keep_good: bool, update: bool, dry: bool
) -> tuple[Imported, set[str]]:
    """Plan, and do with the pen what is planned; again without the cards that turn out to be no customers."""
    bad: list[Fault] = []
    while True:
        plan, lines = Plan(), {fault.line for fault in bad}
        for fault in (*found.faults, *bad):
            plan.refuse(file, fault.line, fault.code, fault.message)
        contacts = Contacts(pen.before, plan, file, day_of(session.now()), update=update)
        contacts.take([card for card in found.cards if card.line not in lines])
        if plan.refused and not keep_good:
            return Imported(plan, [], [], None, plan.refused, dry, keep_good), contacts.unread
        done = carry_out(pen, plan, file, imported.follow())
        if not done.refused:
            return Imported(plan, done.ids, done.changed, None, plan.refused, dry, keep_good), contacts.unread
        bad += done.refused
        pen.start_over()


def _tell(done: Imported) -> None:
    for outcome in OUTCOMES:
        put(_(_SAID[outcome]).format(count=done.plan.count(outcome)))
    if done.dry or not done.wrote:
        say(_("nothing was written"))
