"""Parts as rows, tables and sentences: how each stands, and its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from aftercare.answers.finding import describe
from aftercare.answers.stock import Row, figure
from aftercare.answers.supplies import Level
from aftercare.book.shelf import Shelf
from aftercare.language import N_, _
from aftercare.plain import money
from aftercare.plain.moments import Moment, is_late, iso, parse
from aftercare.plain.text import printable
from aftercare.plain.tree import dotted
from aftercare.records.part import Counted, Part
from aftercare.render.rows import Column

FIELDS = (
    "id", "kind", "name", "number", "place", "stock", "set_aside", "free", "on_order", "expected", "reorder_at", "cost",
    "waiting", "to_order", "supplier", "here_by",
)  # fmt: skip
"""The fields of a part's row, for the header of a CSV without rows."""
LEDGER_FIELDS = (
    "id", "kind", "row", "at", "what", "qty", "change", "balance", "for", "cost", "charged", "expected", "from", "by",
    "reason",
)  # fmt: skip
"""The fields of a row of a part's ledger."""
_WHAT = {
    "ordered": N_("ordered"),
    "received": N_("received"),
    "used": N_("used"),
    "put_back": N_("put back"),
    "counted": N_("counted"),
    "written_off": N_("written off"),
}


def row(level: Level) -> dict[str, Any]:
    """How a part stands, for machines; ``to_order`` is 0 where nothing is to be ordered."""
    part = level.part
    return {
        "id": part.id,
        "kind": "part",
        "name": part.name,
        "number": part.number,
        "place": part.place,
        "stock": _number(level.stock),
        "set_aside": _number(level.set_aside),
        "free": _number(level.free),
        "on_order": _number(level.on_order),
        "expected": _iso(level.expected),
        "reorder_at": None if part.reorder_at is None else _number(part.reorder_at),
        "cost": money.plain(level.cost) if level.cost else None,
        "waiting": list(level.waiting),
        "to_order": _number(level.to_order),
        "supplier": part.supplier,
        "here_by": _iso(level.here_by),
    }


def _number(qty: Decimal) -> int | float:
    return int(qty) if qty == qty.to_integral_value() else float(qty)


def _iso(moment: Moment | None) -> str | None:
    return iso(moment) if moment else None


def columns(now: Moment) -> list[Column]:
    """The table of all parts; what should have come by now is marked."""

    def expected(value: Any) -> str:
        late = value and is_late(now, parse(value))
        return _("{day}, late").format(day=value) if late else str(value or "")

    return [
        *_named(),
        Column("stock", N_("in stock")),
        Column("set_aside", N_("set aside")),
        Column("on_order", N_("on order")),
        Column("expected", N_("expected"), expected),
        Column("reorder_at", N_("order at")),
        Column("cost", N_("cost price")),
    ]


def to_order() -> list[Column]:
    """The table of what is to be ordered."""
    return [
        *_named(),
        Column("to_order", N_("to order")),
        Column("supplier", N_("supplier")),
        Column("here_by", N_("here by")),
        Column("stock", N_("in stock")),
        Column("on_order", N_("on order")),
        Column("waiting", N_("repairs that wait")),
    ]


def _named() -> list[Column]:
    return [Column("id", N_("ID")), Column("name", N_("part")), Column("number", N_("number"))]


def head(level: Level, shelf: Shelf) -> str:
    """A part in one line."""
    return printable(
        _("{part}: {stock} in stock, {aside} set aside, {coming} on order").format(
            part=describe(shelf, level.part.id),
            stock=figure(level.stock),
            aside=figure(level.set_aside),
            coming=figure(level.on_order),
        )
    )


def ledger_row(part: Part, one: Row) -> dict[str, Any]:
    """One row of the ledger, for machines."""
    entry = one.entry.model_dump(mode="json", by_alias=True)
    named = entry.get("for") or []
    return {
        "id": part.id,
        "kind": "part",
        "row": dotted(one.path),
        "at": iso(one.entry.at),
        "what": one.path[0],
        "qty": _number(one.entry.qty),
        "change": _number(one.change),
        "balance": _number(one.balance),
        "for": named if isinstance(named, list) else [named],
        **{name: entry.get(name) for name in ("cost", "charged", "expected", "from", "by", "reason")},
    }


def ledger_columns() -> list[Column]:
    """The table of a part's ledger."""
    return [
        Column("at", N_("day"), lambda value: value.replace("T", " ")),
        Column("what", N_("entry"), lambda value: _(_WHAT[value])),
        Column("qty", N_("pieces")),
        Column("balance", N_("in stock")),
        Column("said", N_("more")),
    ]


def remarks(one: Row, shelf: Shelf) -> str:
    """What else a row says: from whom, for whom, what it cost or brought, what was missing."""
    return _(", ").join(_remarks(one, shelf))


def _remarks(one: Row, shelf: Shelf) -> Iterator[str]:
    said = _said(one)
    if isinstance(one.entry, Counted) and one.change:
        sentence = _("{qty} fewer than the ledger said") if one.change < 0 else _("{qty} more than the ledger said")
        yield sentence.format(qty=figure(abs(one.change)))
    if "from" in said:
        yield _("from {supplier}").format(supplier=said["from"])
    if "expected" in said:
        yield _("to come by {when}").format(when=str(said["expected"]).replace("T", " "))
    if "cost" in said:
        yield _("at {amount} each").format(amount=said["cost"])
    if "for" in said:
        named = said["for"] if isinstance(said["for"], list) else [said["for"]]
        yield _("for {what}").format(what=_(", ").join(describe(shelf, name) for name in named))
    if "charged" in said:
        yield _("charged {amount}").format(amount=said["charged"])
    if "reason" in said:
        yield str(said["reason"])
    if "by" in said:
        yield describe(shelf, said["by"]).partition(" ")[2]


def _said(one: Row) -> dict[str, Any]:
    """What a row says, without what it does not say."""
    dumped = one.entry.model_dump(mode="json", by_alias=True)
    return {name: value for name, value in dumped.items() if value not in (None, [])}
