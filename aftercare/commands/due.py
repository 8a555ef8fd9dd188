"""``aftercare due``: what we owe, to whom, by when."""

from __future__ import annotations

import sys
from typing import Any

import click

from aftercare.answers import due as answers
from aftercare.answers.finding import resolve
from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Promise
from aftercare.book.shelf import Shelf
from aftercare.commands.session import Session
from aftercare.commands.spans import SPAN
from aftercare.commands.verbs import option, output_options, verb
from aftercare.language import N_, _
from aftercare.plain.moments import day_of, earlier
from aftercare.plain.words import echo
from aftercare.records.words import PROMISE_KINDS
from aftercare.render.output import say
from aftercare.render.promises import FIELDS, lines
from aftercare.render.rows import Choice, emit


@verb(
    "due",
    N_("What is overdue or due today, the latest behind its time first."),
    option("--within", type=SPAN, metavar="7d", text=N_("also what comes within this time")),
    option("--overdue", is_flag=True, text=N_("only what is overdue")),
    option("--since", type=SPAN, metavar="1h", text=N_("only what became due or overdue in this time")),
    option("--by", metavar="REF", text=N_("only what this person is to do")),
    option("--what", multiple=True, type=click.Choice(PROMISE_KINDS), text=N_("only this kind of promise")),
    option("--how", is_flag=True, text=N_("with the command that keeps each")),
    option("--exit-code", is_flag=True, text=N_("exit 1 when anything is due")),
    *output_options(),
    example="aftercare due --within 7d --how",
)
def due(session: Session, **asked: Any) -> None:
    """What is owed on the day."""
    _book, shelf, ledger = session.ledger()
    now = session.now()
    within, since = asked["within"], asked["since"]
    found = answers.due(ledger, now, within=within, overdue_only=asked["overdue"])
    if since is not None:
        found = answers.newly_due(found, earlier(session.moment_now(), since, session.zone()), now)
    if asked["by"]:
        person = resolve(shelf, asked["by"], ("staff",), day_of(now).year)
        found = [promise for promise in found if promise.person == person]
    if asked["what"]:
        found = [promise for promise in found if promise.what in asked["what"]]
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    rows = [answers.row(promise, ledger, now) for promise in found]
    if choice.fmt == "table" and not choice.fields:
        lines(rows, shelf, now, choice, how=asked["how"])
    else:
        emit(rows, [], choice, header=FIELDS)
    if not found:
        _what_next(session, ledger, shelf)
    if asked["exit_code"]:
        session.found(bool(found))


def _what_next(session: Session, ledger: Ledger, shelf: Shelf) -> None:
    """On a terminal an empty list says what comes next; cron sees nothing, so it sends no mail."""
    if not sys.stderr.isatty():
        return
    coming = [p for p in ledger.promises if p.state == "waiting" and p.due]
    if not coming:
        say(_("nothing is due, and nothing is promised"))
        return
    first: Promise = min(coming, key=lambda p: (str(p.due.from_ or p.due.by) if p.due else "", p.id))
    when = echo((first.due.from_ or first.due.by) if first.due else session.now())
    say(_("nothing is due; next comes {promise} on {when}").format(promise=first.id, when=when))
