"""Questions about customers, products, sales and units: what happened, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from aftercare.answers import due as answers
from aftercare.answers import finding
from aftercare.answers import owed as owing
from aftercare.answers import timeline as times
from aftercare.answers.affairs import affairs_of, owner_of
from aftercare.answers.amends import spent
from aftercare.answers.happened import Entry
from aftercare.answers.standing import Standing
from aftercare.answers.standing import standing as standing_of
from aftercare.book.shelf import Shelf, kind_of
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import NoSuchRecord
from aftercare.language import N_, _
from aftercare.plain import money
from aftercare.plain.moments import iso
from aftercare.plain.money import Amount
from aftercare.records.outlines import outline_of
from aftercare.records.rows import row
from aftercare.records.sale import Sale
from aftercare.render.cells import columns
from aftercare.render.names import names_of
from aftercare.render.output import put, put_json, say
from aftercare.render.promises import FIELDS, lines
from aftercare.render.rows import Choice, Column, Row, emit
from aftercare.render.sentences import given_to_make_good, standing
from aftercare.render.sentences import timeline as told

REF = argument("ref", metavar="REF")


def _choice(asked: dict[str, Any]) -> Choice:
    return Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])


def _entries(entries: Sequence[Entry], shelf: Shelf, choice: Choice) -> None:
    if choice.fmt == "table" and not choice.fields:
        for line in told(entries[: choice.limit], shelf):
            put(line)
        return
    rows = [
        {
            "id": entry.record,
            "kind": kind_of(entry.record),
            "at": iso(entry.at),
            "what": entry.what,
            "about": entry.about.split(),
            "words": list(entry.words),
            "text": entry.text or None,
            "person": entry.person or None,
            "note": entry.note or None,
            "cost": entry.cost or None,
        }
        for entry in entries
    ]
    emit(rows, [], choice, header=["id", "kind", "at", "what", "about", "words", "text", "person", "note", "cost"])


@verb(
    "timeline",
    N_("Everything that happened with a customer, the earliest first."),
    REF,
    *output_options(),
    example="aftercare customer timeline 王建国",
)
def timeline(session: Session, ref: str, **asked: Any) -> None:
    """A customer's history."""
    book = session.book()
    shelf = session.read(book)
    customer = deeds.resolved(session, shelf, ref, ("customer",))
    affairs, choice = affairs_of(shelf.around([customer]))[customer], _choice(asked)
    _entries(times.of_customer(affairs, session.rules(book), session.now()), shelf, choice)
    if choice.fmt == "table" and not choice.fields:
        for line in given_to_make_good(spent(affairs)):
            put(line)


@verb(
    "find",
    N_("Find customers by name, pinyin, phone or address."),
    argument("text", metavar="TEXT"),
    *output_options(),
    example="aftercare customer find wjg",
)
def find_customer(session: Session, text: str, **asked: Any) -> None:
    """Customers by words."""
    shelf = session.read(session.book())
    rows = [row(record) for record in finding.search(shelf, text, ("customer",))]
    outline = outline_of("customer")
    emit(rows, columns(outline, finding.OfShelf(shelf).known_as), _choice(asked), header=outline.header)


def _unit_rows(shelf: Shelf, product: str | None) -> list[Row]:
    rows: list[Row] = []
    handed_over = finding.exchanges(shelf)
    for sale in shelf.of(Sale):
        for number, item in enumerate(sale.items, start=1):
            if product is None or item.product == product:
                serials = finding.serials_of(item, handed_over.get(f"{sale.id}/{number}", ()))
                rows.append(
                    {
                        "id": f"{sale.id}/{number}",
                        "kind": "unit",
                        "product": item.product,
                        "serial": next(iter(serials), None),
                        "qty": item.pieces,
                        "customer": sale.customer,
                        "sold_on": iso(sale.sold_on),
                        "cancelled": iso(sale.cancelled.on) if sale.cancelled else None,
                    }
                )
    return rows


def _emit_units(shelf: Shelf, rows: list[Row], choice: Choice) -> None:

    def words(record_id: str) -> str:
        return finding.describe(shelf, record_id).partition(" ")[2]

    columns = [
        Column("id", N_("unit")),
        Column("customer", N_("customer"), words),
        Column("product", N_("product"), words),
        Column("serial", N_("serial number")),
        Column("qty", N_("pieces")),
        Column("sold_on", N_("sold on")),
    ]
    emit(rows, columns, choice, header=["id", "kind", "product", "serial", "qty", "customer", "sold_on", "cancelled"])


@verb(
    "units",
    N_("Every unit of a product that was sold."),
    REF,
    *output_options(),
    example="aftercare product units KFR-35",
)
def product_units(session: Session, ref: str, **asked: Any) -> None:
    """The units of a product."""
    shelf = session.read(session.book())
    product = deeds.resolved(session, shelf, ref, ("product",))
    _emit_units(shelf, _unit_rows(shelf, product), _choice(asked))


@verb(
    "list",
    N_("List every unit that was sold."),
    option("--product", metavar="REF", text=N_("only of this product")),
    option("--customer", metavar="REF", text=N_("only of this customer")),
    *output_options(),
    example="aftercare unit list --product KFR-35",
)
def list_units(session: Session, product: str | None, customer: str | None, **asked: Any) -> None:
    """All units."""
    shelf = session.read(session.book())
    wanted = deeds.resolved(session, shelf, product, ("product",)) if product else None
    rows = _unit_rows(shelf, wanted)
    if customer:
        owner = deeds.resolved(session, shelf, customer, ("customer",))
        rows = [row for row in rows if row["customer"] == owner]
    _emit_units(shelf, rows, _choice(asked))


@verb(
    "show",
    N_("A unit's whole history and its standing."),
    REF,
    *output_options(),
    example="aftercare unit show SA26-0012/1",
)
def show_unit(session: Session, ref: str, **asked: Any) -> None:
    """A unit at a glance, then its history, then what is still owed for it."""
    book = session.book()
    shelf = session.read(book)
    choice = _choice(asked)
    page = choice.fmt == "table" and not choice.fields
    unit = deeds.resolved(session, shelf, ref, ("unit",), echoed=not page)
    owner = owner_of(shelf, unit) or ""
    ledger = session.ledger_in(book, shelf, [owner])
    affairs = ledger.affairs.get(owner)
    found = standing_of(affairs, unit, session.now()) if affairs else None
    if affairs is None or found is None:
        raise NoSuchRecord(_("unit"), ref)
    entries = times.of_unit(affairs, unit)
    owed_for_it = ledger.about(unit, *sorted(times.cases_of(affairs, unit)))
    promises = [answers.row(p, ledger, session.now()) for p in owed_for_it]
    if choice.fmt == "json" and not choice.fields:
        whole = _unit_json(found, entries, promises, shelf.settings.currency or "")
        put_json(whole, indent=1)
        return
    if not page:
        _entries(entries, shelf, choice)
        return
    for line in standing(found, shelf):
        put(line)
    for line in told(entries, shelf):
        put(line)
    still = sorted((row for row in promises if row["keep_with"] and row["due"]), key=lambda row: str(row["due"]))
    if still:
        put(_("still owed:"))
        lines(still, names_of(shelf), session.now(), Choice())


def _amount(value: Decimal, currency: str) -> str:
    return money.text(Amount(value), currency) if currency else format(value, "f")


def _unit_json(found: Standing, entries: list[Entry], promises: list[dict[str, Any]], currency: str) -> dict[str, Any]:
    return {
        "id": found.unit,
        "kind": "unit",
        "customer": found.customer,
        "product": found.product,
        "serials": list(found.serials),
        "since": iso(found.since),
        "months": found.months,
        "faults": found.faults,
        "repairs": found.repairs,
        "installations": found.installations,
        "contacts": found.contacts,
        "charged": _amount(found.charged, currency),
        "labour": _amount(found.labour, currency),
        "parts": int(found.parts) if found.parts == int(found.parts) else float(found.parts),
        "parts_charged": _amount(found.parts_charged, currency),
        "parts_at_cost": found.parts_at_cost if found.parts else None,
        "last_contact": iso(found.last_contact) if found.last_contact else None,
        "exchanges": found.exchanges,
        "refunded": iso(found.refunded) if found.refunded else None,
        "complaints": found.complaints,
        "reopened": found.reopened,
        "retired": iso(found.retired) if found.retired else None,
        "timeline": [{"id": e.record, "at": iso(e.at), "what": e.what, "text": e.text or None} for e in entries],
        "promises": promises,
    }


@verb(
    "owed",
    N_("What is still open before the sale is complete."),
    REF,
    option("--exit-code", is_flag=True, text=N_("exit 1 when anything is open")),
    *output_options(),
    example="aftercare sale owed SA26-0012",
)
def owed(session: Session, ref: str, exit_code: bool, **asked: Any) -> None:
    """What a sale still owes; nothing is printed when it is complete."""
    _book, shelf, ledger = session.ledger()
    sale = deeds.resolved(session, shelf, ref, ("sale",))
    found = owing.owed(ledger, sale)
    rows = [answers.row(promise, ledger, session.now()) for promise in found]
    choice = _choice(asked)
    if choice.fmt == "table" and not choice.fields:
        lines(rows, names_of(shelf), session.now(), choice)
        if not rows:
            say(_("{sale} is complete: everything promised with it is done").format(sale=sale))
    else:
        emit(rows, [], choice, header=FIELDS)
    if exit_code:
        session.found(bool(rows))
