"""The verbs that every noun has and that write, made from the models: add, set, edit, remove; and a record's page."""

from __future__ import annotations

from typing import Any

import click

from aftercare.answers import finding
from aftercare.book.shelf import Shelf
from aftercare.commands import adding, deeds, reading
from aftercare.commands.flags import options_of
from aftercare.commands.nouns import GENERIC
from aftercare.commands.session import Session
from aftercare.commands.verbs import Verb, argument, option
from aftercare.errors import Missing, UsageProblem
from aftercare.language import N_, _
from aftercare.records.complaint import Complaint
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.kinds import model_of
from aftercare.records.offer import Offer
from aftercare.records.product import Product
from aftercare.records.rows import row
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish
from aftercare.render import records as shown
from aftercare.render.output import confirmed, put
from aftercare.render.rows import Choice, emit_one

JSON = option("--format", "fmt", type=click.Choice(("table", "json")), default="table", text=N_("how to print"))
FROM = option("--from", "source", metavar="FILE", text=N_("records from a file, YAML, JSON or JSONL; - is stdin"))


def add_verb(kind: str) -> Verb:
    """``KIND add``."""
    own = adding.OWN_FLAGS.get(kind, ())
    taken = frozenset(name for flag in own for name in flag.opts)
    params = [*own, *options_of(kind, without=taken), FROM, JSON]

    def add(session: Session, source: str | None, fmt: str, **values: Any) -> None:
        if source:
            if any(value not in (None, ()) for value in values.values()):
                raise UsageProblem(_("--from brings whole records; it stands alone"))
            reading.add_from(session, kind, source, fmt)
            return
        adding.add(session, kind, values, fmt)

    return Verb("add", callback=click.pass_obj(add), params=params, help=GENERIC["add"], example=model_of(kind).example)


def show_record(session: Session, shelf: Shelf, record_id: str, choice: Choice) -> None:
    """Print one record: for people a page, for machines its row."""
    record = shelf.get(record_id)
    if record is None:
        return
    if choice.fmt == "table" and not choice.fields:
        for line in shown.page(record, shelf):
            put(line)
        if isinstance(record, Delivery | Installation | Visit):
            _show_checklist(session, shelf, record)
        if isinstance(record, Complaint | Customer):
            _show_standing(shelf, record)
        if isinstance(record, Product):
            _show_product(session, record)
        if isinstance(record, Wish):
            _show_wish(shelf, record)
        if isinstance(record, Offer | Sale):
            _show_offers(session, shelf, record)
    else:
        emit_one(row(record), choice)


def _show_standing(shelf: Shelf, record: Complaint | Customer) -> None:
    from aftercare.commands import progress  # only complaints have any

    for line in progress.page(shelf, record) if isinstance(record, Complaint) else progress.of_customer(shelf, record):
        put("  " + line)


def _show_product(session: Session, record: Product) -> None:
    from aftercare.commands import product_information  # only products have any

    for line in product_information.page(session, record):
        put("  " + line)


def _show_wish(shelf: Shelf, record: Wish) -> None:
    from aftercare.commands import wish_progress  # only wishes have any

    for line in wish_progress.page(shelf, record):
        put("  " + line)


def _show_offers(session: Session, shelf: Shelf, record: Offer | Sale) -> None:
    from aftercare.commands import offers_met  # the ledger is reckoned only where there are offers

    told = offers_met.page if isinstance(record, Offer) else offers_met.of_sale
    for line in told(session, shelf, record):  # type: ignore[arg-type]
        put("  " + line)


def _show_checklist(session: Session, shelf: Shelf, work: Delivery | Installation | Visit) -> None:
    from aftercare.commands import checklists  # the rules are paid for only by those who are shown their answer

    for line in checklists.page(session, shelf, work):
        put("  " + line)


def set_verb(kind: str) -> Verb:
    """``KIND set``."""

    def set_(session: Session, ref: str, changes: tuple[str, ...], fmt: str) -> None:
        from aftercare.commands.changes import edits_of

        with session.writing(f"{kind} set") as pen:
            record_id = deeds.own(session, pen.shelf, ref, kind)
            edits = edits_of(kind, record_id, changes, deeds.reader(session, pen.shelf), pen)
            pen.edit(record_id, edits)
            deeds.written(session, pen, f"{kind} set {record_id}")
        deeds.tell(session, pen, fmt=fmt)

    params = [argument("ref", metavar="REF"), argument("changes", many=True, metavar="PATH=VALUE..."), JSON]
    example = f"aftercare {kind} set 1 note=…"
    return Verb("set", callback=click.pass_obj(set_), params=params, help=GENERIC["set"], example=example)


def edit_verb(kind: str) -> Verb:
    """``KIND edit``."""

    def edit(session: Session, ref: str) -> None:
        from aftercare.commands.editor import edited

        edited(session, kind, ref)

    params = [argument("ref", metavar="REF")]
    return Verb(
        "edit", callback=click.pass_obj(edit), params=params, help=GENERIC["edit"], example=f"aftercare {kind} edit 1"
    )


def remove_verb(kind: str) -> Verb:
    """``KIND remove``."""

    def remove(session: Session, ref: str, reason: str | None, yes: bool) -> None:
        if not yes:
            ref = _confirm(session, kind, ref)
        with session.writing(f"{kind} remove") as pen:
            record_id = deeds.own(session, pen.shelf, ref, kind)
            pen.remove(record_id, reason or "")
            deeds.written(session, pen, f"{kind} remove {record_id}")
        deeds.tell(session, pen)

    params = [
        argument("ref", metavar="REF"),
        option("--reason", metavar="S", text=N_("why")),
        option("--yes", is_flag=True, text=N_("do not ask")),
    ]
    example = f"aftercare {kind} remove 1 --reason … --yes"
    return Verb("remove", callback=click.pass_obj(remove), params=params, help=GENERIC["remove"], example=example)


def _confirm(session: Session, kind: str, ref: str) -> str:
    """The id of what is meant, once the operator agreed; nothing else goes, whatever the words fit by then."""
    import sys

    if not sys.stdin.isatty():
        raise Missing(["--yes"])
    shelf = session.read(session.book())
    record_id = deeds.own(session, shelf, ref, kind)
    if not confirmed(_("remove {record}?").format(record=finding.describe(shelf, record_id))):
        raise click.Abort
    return record_id
