"""``part stock``: what is there, set aside and on order; what to order now; and the ledger of one part."""

from __future__ import annotations

from typing import Any

from aftercare.answers import stock as answers
from aftercare.answers import supplies
from aftercare.answers.ids_of_now import claims_by_any_id
from aftercare.answers.supplies import Level
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import Moment
from aftercare.records.part import Part
from aftercare.render import stock as shown
from aftercare.render.output import put
from aftercare.render.rows import Choice, emit, table


@verb(
    "stock",
    N_("What is there, on order and to be ordered; of one part its ledger."),
    argument("ref", metavar="[REF]", required=False),
    option("--reorder", is_flag=True, text=N_("only what is to be ordered now, and how many")),
    *output_options(),
    example="aftercare part stock --reorder",
)
def stock(session: Session, ref: str | None, reorder: bool, **asked: Any) -> None:
    """The stock of all parts, or the ledger of one."""
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    shelf, now = session.read(session.book()), session.now()
    if ref and reorder:
        raise UsageProblem(_("--reorder is about all parts; give it without a REF"))
    if ref:
        page = choice.fmt == "table" and not choice.fields
        _one(shelf, deeds.resolved(session, shelf, ref, ("part",), echoed=not page), now, choice)
        return
    levels = [level for level in _levels(shelf, now) if level.to_order or not reorder]
    rows = [shown.row(level) for level in levels]
    emit(rows, shown.to_order() if reorder else shown.columns(now), choice, header=shown.FIELDS)


def _levels(shelf: Shelf, now: Moment) -> list[Level]:
    claims = claims_by_any_id(shelf)
    parts = {part.id: part for part in shelf.of(Part)}
    old = {former: part for part in parts.values() for former in part.earlier_ids}
    waits = supplies.waiting(claims.values(), old | parts)
    return [supplies.level(parts[name], claims, waits.get(name, []), now) for name in sorted(parts)]


def _one(shelf: Shelf, part_id: str, now: Moment, choice: Choice) -> None:
    level = next(level for level in _levels(shelf, now) if level.part.id == part_id)
    ledger = answers.ledger(level.part, now)
    rows = [shown.ledger_row(level.part, row) for row in ledger]
    if choice.fmt != "table" or choice.fields:
        emit(rows, [], choice, header=shown.LEDGER_FIELDS)
        return
    put(shown.head(level, shelf))
    told = [{**one, "said": shown.remarks(row, shelf)} for one, row in zip(rows, ledger, strict=True)]
    table(told[: choice.limit], shown.ledger_columns())
