"""``export all FILE.sqlite``: the book as a database, with what follows from its records on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from aftercare.answers.exporting import entitlements as given
from aftercare.answers.exporting import reckoned, tables
from aftercare.commands.put_out import refuse_if_there, saved
from aftercare.errors import UsageProblem
from aftercare.language import _
from aftercare.records.kinds import MODELLED

if TYPE_CHECKING:
    from aftercare.answers.exporting.gathered import Gathered
    from aftercare.answers.exporting.tables import Table, Values
    from aftercare.answers.ledger import Ledger
    from aftercare.answers.recalled import Recalled
    from aftercare.commands.exports import Wanted
    from aftercare.commands.session import Session


def put_out(session: Session, wanted: Wanted) -> None:
    """Make the database, and put it where it was asked for."""
    from aftercare.render.database import VIEWS, database

    if wanted.target is None:
        raise UsageProblem(_("a database is nothing for a stream: name a FILE"), "aftercare export all shop.sqlite")
    refuse_if_there(wanted.target, wanted.force)  # first: beside a folder (`` or ``/``) there may be no place
    beside = wanted.target.with_name(f"{wanted.target.stem}.metadata.json")
    if wanted.metadata:
        refuse_if_there(beside, wanted.force)
    every = list(all_tables(split=False, entitlements=wanted.entitlements))
    data = database(every, rows(session, wanted, split=False))
    if not wanted.metadata:
        saved(wanted.target, data, wanted.force)
        return
    from aftercare.commands.put_out_folders import held, put_together

    described = {name: sentence for name, (sentence, __) in VIEWS.items()}
    text = reckoned.metadata(every, described, wanted.target.stem)
    files = {wanted.target.name: data, beside.name: f"{text}\n".encode()}
    with held(wanted.target.parent):
        put_together(wanted.target.parent, files.items(), force=wanted.force)


def all_tables(*, split: bool, entitlements: bool) -> Iterator[Table]:
    """Every table: of records, of the lists within them, and of what is reckoned."""
    for table in tables.drawn(split=split):
        yield from table.every()
    yield reckoned.promises_table(split=split)
    yield reckoned.findings_table(split=split)
    if entitlements:
        yield given.table(split=split)


def rows(session: Session, wanted: Wanted, *, split: bool) -> dict[str, Iterable[Values]]:
    """The rows of every table."""
    from aftercare.commands.exports import hidden

    records, known, findings = _known(session)
    found: dict[str, list[Values]] = defaultdict(list)
    now = records.formerly()
    by_kind = {table.kind: table for table in tables.drawn(split=split)}
    shown = hidden(session, records, wanted)
    for kind in MODELLED:
        for row in shown(kind):
            tables.rows_of(by_kind[kind], row, found, now)
    made: dict[str, Iterable[Values]] = dict(found)
    made["promises"] = reckoned.promises_of(known, split=split)
    made["findings"] = reckoned.findings(findings, nameless=wanted.anonymous, split=split)
    if wanted.entitlements:
        book = session.book()
        made[given.NAME] = given.rows(session.read(book), session.rules(book), session.now(), split=split)
    return made


def _known(session: Session) -> tuple[Gathered, Recalled | Ledger, Iterable[Mapping[str, Any]]]:
    """The records, the promises and what is wrong, all of one state of the book."""
    from aftercare.answers.exporting.gathered import OfIndex, OfShelf
    from aftercare.commands.check import found_in, with_attached

    known = session.rechecked()
    if known:
        return OfIndex(known.index), known, with_attached(session, known.found(""), known.index).rows
    __, shelf, ledger = session.ledger()
    return OfShelf(shelf), ledger, found_in(session, "", with_settled=True).rows
