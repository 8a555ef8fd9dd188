"""``aftercare due``: what we owe, to whom, by when."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from aftercare.answers.lateness import is_newly_due, standing_of
from aftercare.commands.session import Session
from aftercare.commands.spans import SPAN
from aftercare.commands.verbs import option, output_options, verb
from aftercare.language import N_, _
from aftercare.plain.moments import Moment, day_of, earlier
from aftercare.records.words import PROMISE_KINDS
from aftercare.render.output import say
from aftercare.render.promises import FIELDS, Names, lines
from aftercare.render.rows import Choice, emit

if TYPE_CHECKING:
    from aftercare.answers.recalled import Recalled


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
    option(
        "--notify",
        is_flag=False,
        flag_value="shop",
        type=click.Choice(("shop", "customers")),
        text=N_("send it to the shop's own channels; or write to the customers whom something concerns"),
    ),
    option("--dry-run", is_flag=True, text=N_("with --notify: show each message and to whom; send and write nothing")),
    option("--outbox", metavar="DIR", text=N_("with --notify: the folder in which messages wait")),
    option("--sent", is_flag=True, text=N_("with --notify: what waits in the outbox for customers was sent by hand")),
    *output_options(),
    example="aftercare due --within 7d --how",
)
def due(session: Session, **asked: Any) -> None:
    """What is owed on the day; or it is told to whom it concerns."""
    if any(asked[name] for name in ("notify", "dry_run", "outbox", "sent")):
        from aftercare.commands.notifying import refuse_flags

        refuse_flags(session, asked)
    if asked["notify"] == "customers":
        from aftercare.commands.notifying_customers import tell_customers

        tell_customers(session, asked, _person(session, asked["by"]) if asked["by"] else "")
        return
    recalled = session.recalled()
    found = _by_index(recalled, asked) if recalled else _by_records(session, asked)
    found = found._replace(rows=_chosen(session, found.rows, asked))
    if asked["notify"]:
        from aftercare.commands.notifying_shop import tell_shop

        tell_shop(session, found.rows, found.names, asked)
    else:
        _show(session, found, asked)
    if asked["exit_code"]:
        session.found(bool(found.rows))


def _chosen(session: Session, rows: list[dict[str, Any]], asked: dict[str, Any]) -> list[dict[str, Any]]:
    """What is left of the rows by the time, the person and the kinds that are asked for."""
    if asked["since"] is not None:
        now, since = session.now(), earlier(session.moment_now(), asked["since"], session.zone())
        rows = [row for row in rows if is_newly_due(standing_of(row), since, now)]
    if asked["by"]:
        person = _person(session, asked["by"])
        rows = [row for row in rows if row["person"] == person]
    if asked["what"]:
        rows = [row for row in rows if row["what"] in asked["what"]]
    return rows


def _show(session: Session, found: _Found, asked: dict[str, Any]) -> None:
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    if choice.fmt == "table" and not choice.fields:
        lines(found.rows, found.names, session.now(), choice, how=asked["how"])
    else:
        emit(found.rows, [], choice, header=FIELDS)
    if not found.rows:
        _what_next(found.next)


class _Found(NamedTuple):
    """What is due, how to call what it names, and what comes next (asked of a terminal alone)."""

    rows: list[dict[str, Any]]
    names: Names
    next: tuple[str, Moment] | None


def _by_index(recalled: Recalled, asked: dict[str, Any]) -> _Found:
    from aftercare.render.recalled_names import names_in

    rows = recalled.due(within=asked["within"], overdue_only=asked["overdue"])
    coming = recalled.first_waiting() if sys.stderr.isatty() else None
    return _Found(rows, names_in(recalled.index), coming)


def _by_records(session: Session, asked: dict[str, Any]) -> _Found:
    from aftercare.answers import due as answers
    from aftercare.render.names import names_of

    _book, shelf, ledger = session.ledger()
    now, within = session.now(), asked["within"]
    promises = answers.due(ledger, now, within=within, overdue_only=asked["overdue"])
    waiting = [(p.id, p.due.from_ or p.due.by) for p in ledger.promises if p.state == "waiting" and p.due]
    coming = min(waiting, key=lambda one: (str(one[1]), one[0]), default=None)
    return _Found([answers.row(promise, ledger, now) for promise in promises], names_of(shelf), coming)


def _person(session: Session, text: str) -> str:
    from aftercare.answers.finding import resolve

    shelf = session.book().read(verify=session.verifies)
    return resolve(shelf, text, ("staff",), day_of(session.now()).year)


def _what_next(coming: tuple[str, Moment] | None) -> None:
    """On a terminal an empty list says what comes next; cron sees nothing, so it sends no mail."""
    from aftercare.plain.words import echo

    if not sys.stderr.isatty():
        return
    if coming is None:
        say(_("nothing is due, and nothing is promised"))
        return
    promise, at = coming
    say(_("nothing is due; next comes {promise} on {when}").format(promise=promise, when=echo(at)))
