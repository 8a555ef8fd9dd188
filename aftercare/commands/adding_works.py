"""``add`` for deliveries and installations: when they were arranged, the lines they are for, the time they promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aftercare.answers.affairs import affairs_with, owner_of
from aftercare.answers.ledger import Ledger
from aftercare.answers.lines import to_install, told_of
from aftercare.answers.promises import Term
from aftercare.answers.works import term_of
from aftercare.book.pen import Pen
from aftercare.commands.deeds import ledger_now
from aftercare.commands.flags import Reader
from aftercare.commands.session import Session
from aftercare.errors import BadValue, Contradicts
from aftercare.language import _
from aftercare.plain.moments import day_of, iso
from aftercare.plain.text import nth
from aftercare.plain.tree import Tree
from aftercare.records.sale import Sale, Told

_NOUN = {"deliver": "delivery", "install": "installation"}


def complete(what: str) -> Callable[..., dict[str, Tree]]:
    """What makes the tree of a new work whole; *what* is the promise that works of its kind keep."""

    def completed(
        session: Session, pen: Pen, reader: Reader, tree: dict[str, Tree], values: Mapping[str, Any]
    ) -> dict[str, Tree]:
        if not tree.get("arranged_on"):
            tree["arranged_on"] = _earliest(session, tree)
        window = tree.get(what)
        sale = pen.shelf.get(str(tree.get("sale")))
        if isinstance(sale, Sale):
            _refuse_lines(sale, tree.get("items"))
            if isinstance(window, dict):
                _refuse_other_time(_ledger_of(session, pen, sale), sale, what, tree, window)
            if what == "install" and not tree.get("items"):
                _name_lines(session, pen, sale, tree)
        return tree

    return completed


def _ledger_of(session: Session, pen: Pen, sale: Sale) -> Ledger:
    """What was promised to whom a sale was made."""
    return ledger_now(session, pen, {owner_of(pen.shelf, sale.id) or ""})


def _name_lines(session: Session, pen: Pen, sale: Sale, tree: dict[str, Tree]) -> None:
    """An installation of a mixed sale says which of the goods it is for."""
    affairs = affairs_with(pen.shelf, owner_of(pen.shelf, sale.id) or "")
    lines = to_install(affairs, sale, session.rules(pen.book)) if affairs else []
    if 0 < len(lines) < len(sale.items):
        tree["items"] = [str(line) for line in lines]


def _earliest(session: Session, tree: dict[str, Tree]) -> str:
    """A work written down after it was done was arranged no later than it was done."""
    signed = tree.get("signed")
    days = [str(tree[name])[:10] for name in ("dispatched_at", "arrived_at", "started_at") if tree.get(name)]
    if isinstance(signed, dict) and signed.get("at"):
        days.append(str(signed["at"])[:10])
    return min([*days, day_of(session.now()).isoformat()])


def _refuse_lines(sale: Sale, items: Tree) -> None:
    for entry in items if isinstance(items, list) else []:
        line = entry.get("item") if isinstance(entry, dict) else entry
        if not (isinstance(line, str) and nth(line, len(sale.items))):
            raise BadValue("--items", str(line), _("{sale} has no such line").format(sale=sale.id))
        pieces = sale.items[int(line) - 1].pieces
        if isinstance(entry, dict) and not nth(str(entry.get("qty") or 1), pieces):
            raise BadValue("--items", f"{line}:{entry['qty']}", _("the line has fewer pieces than that"))


def _refuse_other_time(ledger: Ledger, sale: Sale, what: str, tree: dict[str, Tree], window: dict[str, Tree]) -> None:
    """A work that names another time than was told would hide a move: that is what ``postpone`` is for.

    The same time, as first told or as moved since, adds nothing; it is kept for lines of which nothing was told.
    """
    named = {str(e.get("item")) if isinstance(e, dict) else str(e) for e in _entries(tree.get("items"))}
    lines = [number for number in range(1, len(sale.items) + 1) if not named or str(number) in named]
    told = {
        n: said
        for n in lines
        if (said := getattr(_told(ledger, sale, n), what)) and not _is_again(ledger, f"{sale.id}/{n}/{what}")
    }
    for number, first in told.items():
        promise = ledger.get(f"{sale.id}/{number}/{what}")
        terms = [term_of(first), *([promise.due] if promise and promise.due else [])]
        if not any(_is_same(window, term) for term in terms):
            raise Contradicts(
                _("{sale} was told {when}; another time is a move").format(sale=sale.id, when=iso(terms[-1].by)),
                f"aftercare {_NOUN[what]} postpone {sale.id} --to {window.get('by')} --asked-by …",
            )
    if len(told) == len(lines):
        tree.pop(what, None)


def _told(ledger: Ledger, sale: Sale, number: int) -> Told:
    """What the customer was told about a line, be it by what the shop published."""
    affairs = ledger.affairs.get(sale.customer)
    return told_of(affairs, sale, number, ledger.rules) if affairs else sale.told_for(sale.items[number - 1])


def _is_again(ledger: Ledger, promise_id: str) -> bool:
    """Whether what was put up once is to be put up again: another time is then no move of the first one."""
    promise = ledger.get(promise_id)
    return promise is not None and promise.what == "install" and promise.kept is not None


def _is_same(window: dict[str, Tree], term: Term) -> bool:
    begins = iso(term.from_) if term.from_ else None
    return iso(term.by) == window.get("by") and window.get("from", begins) == begins


def _entries(items: Tree) -> list[Tree]:
    return items if isinstance(items, list) else []
