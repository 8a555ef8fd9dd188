"""A customer's points as rows, tables and sentences: the balance, the lots, the entries."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from typing import Any

from aftercare.answers.affairs import Affairs
from aftercare.answers.finding import describe
from aftercare.answers.points import WHATS, Account, Lot, Piece, Row
from aftercare.answers.rewards import chosen
from aftercare.answers.rules import Rules
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import N_, _, plural
from aftercare.plain.moments import Moment, day_of, iso
from aftercare.plain.text import printable
from aftercare.policies.points import worth_at_large
from aftercare.render.rows import Column

FIELDS = (
    "id", "kind", "name", "phone", "on", "balance", "short", "expiring", "expires_on", "worth", *WHATS, "lots",
)  # fmt: skip
"""The fields of a customer's row, for the header of a CSV without rows."""
ENTRY_FIELDS = (
    "id", "kind", "customer", "at", "what", "points", "balance", "short", "missing", "line", "about", "pieces",
)  # fmt: skip
"""The fields of an entry."""
_WHAT = {
    "earned": N_("earned"),
    "given": N_("given"),
    "drawn": N_("drawn"),
    "returned": N_("put back"),
    "taken_back": N_("taken back"),
    "set_off": N_("set off"),
    "expired": N_("expired"),
}
_CENT = Decimal("0.01")


def row(affairs: Affairs, found: Account, rules: Rules, on: Moment) -> dict[str, Any]:
    """A customer's points on a day, for machines; what each sort of entry came to stands without a sign."""
    customer, there = affairs.customer, found.there
    first = there[0].last_day if there else None
    return {
        "id": customer.id,
        "kind": "customer",
        "name": customer.name,
        "phone": next(iter(customer.phones), None),
        "on": day_of(on).isoformat(),
        "balance": found.balance,
        "short": found.short,
        "expiring": sum(lot.left for lot in there if lot.last_day == first) if first else 0,
        "expires_on": first.isoformat() if first else None,
        "worth": _worth(found.balance, rules, on),
        **{what: found.total(what) for what in WHATS},
        "lots": [_lot(lot) for lot in there],
    }


def _worth(balance: int, rules: Rules, on: Moment) -> str | None:
    """What the points are worth in money, whole times only; none where no rule says so."""
    worth = worth_at_large(rules.standards.points, day_of(on))
    return f"{(balance // worth.points * worth.amount).quantize(_CENT, ROUND_DOWN):f}" if worth else None


def _lot(lot: Lot) -> dict[str, Any]:
    return {
        "source": lot.source,
        "line": lot.line or None,
        "on": lot.on.isoformat(),
        "last_day": lot.last_day.isoformat() if lot.last_day else None,
        "points": lot.points,
        "left": lot.left,
    }


def entry(customer: str, one: Row) -> dict[str, Any]:
    """One entry, for machines."""
    return {
        "id": one.record,
        "kind": kind_of(one.record),
        "customer": customer,
        "at": iso(one.at),
        "what": one.what,
        "points": one.points,
        "balance": one.balance,
        "short": one.short,
        "missing": one.missing,
        "line": one.line or None,
        "about": list(one.about),
        "pieces": [_piece(piece) for piece in one.pieces],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "source": piece.source,
        "on": piece.on.isoformat(),
        "last_day": piece.last_day.isoformat() if piece.last_day else None,
        "points": piece.points,
    }


def head(one: dict[str, Any]) -> Iterator[str]:
    """A customer's points at a glance."""
    who = " ".join(filter(None, (one["id"], one["name"], one["phone"])))
    has = plural("{customer}: {count} point", "{customer}: {count} points", one["balance"])
    said = [has.format(customer=who, count=one["balance"])]
    if one["expires_on"]:
        expiring = _("{count} of them are good until {day}")
        said.append(expiring.format(count=one["expiring"], day=one["expires_on"]))
    if one["worth"] and Decimal(one["worth"]):
        said.append(_("worth {amount}").format(amount=one["worth"]))
    yield printable(_(", ").join(said))
    if one["short"]:
        yield _("{count} more were to be taken back and are spent; what comes in next is set off against them").format(
            count=one["short"]
        )


def columns() -> list[Column]:
    """The table of all customers with points."""
    return [
        Column("id", N_("ID")),
        Column("name", N_("customer")),
        Column("phone", N_("phone")),
        Column("balance", N_("points")),
        Column("expiring", N_("expire next")),
        Column("expires_on", N_("good until")),
        Column("short", N_("short")),
    ]


def lot_columns(shelf: Shelf) -> list[Column]:
    """The table of what is left, in the order in which it is drawn."""
    return [
        Column("left", N_("left")),
        Column("points", N_("of")),
        Column("on", N_("since")),
        Column("last_day", N_("good until"), _until),
        Column("source", N_("from"), lambda source: describe(shelf, source)),
    ]


def _until(value: Any) -> str:
    return value or _("without end")


def entry_columns() -> list[Column]:
    """The table of entries."""
    return [
        Column("at", N_("day"), lambda value: value.replace("T", " ")),
        Column("what", N_("entry"), lambda value: _(_WHAT[value])),
        Column("points", N_("points")),
        Column("balance", N_("balance")),
        Column("id", N_("record")),
        Column("said", N_("more")),
    ]


def remarks(one: Row, affairs: Affairs) -> str:
    """What else is to be said of an entry: for what, why, from which lots, until when it is good."""
    return _(", ").join(_remarks(one, affairs))


def _remarks(one: Row, affairs: Affairs) -> Iterator[str]:
    record = next((record for record in affairs.points if record.id == one.record), None)
    if record and one.what == "drawn":
        yield chosen(record, affairs)
    if record and one.what == "given" and record.reason:
        yield record.reason
    if record and one.what in {"returned", "taken_back"} and record.cancelled and record.cancelled.reason:
        yield record.cancelled.reason
    if one.what in {"earned", "given"}:
        yield from (_("good until {day}").format(day=piece.last_day) for piece in one.pieces if piece.last_day)
    elif one.what != "expired":
        for piece in one.pieces:
            yield _("{count} of {source}").format(count=piece.points, source=piece.source)
    if one.missing:
        yield plural("{count} is short", "{count} are short", one.missing).format(count=one.missing)
