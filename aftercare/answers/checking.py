"""What is wrong in a book and can be mended: its files, its references, and facts that contradict each other."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel

from aftercare.answers.chosen import rules_in
from aftercare.book.book import Book
from aftercare.book.files import Unusable
from aftercare.book.ids import parse, path_of
from aftercare.book.references import dangling, references
from aftercare.book.settings import FILE
from aftercare.book.shelf import Shelf, kind_of
from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment, is_late, iso
from aftercare.plain.reading import Unreadable, line_of, read
from aftercare.plain.text import fold
from aftercare.plain.tree import Path, dotted
from aftercare.policies import categories
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.product import Product
from aftercare.records.sale import Sale
from aftercare.records.schema import field_at, fields_of, leaves, unknown_keys

GROUPS = ("files", "references", "book")
"""What may be looked at: each file by itself, what records say of each other, or all of it."""
_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "customer": (("since", "left.on"),),
    "sale": (("sold_on", "cancelled.on"),),
    "delivery": (
        ("dispatched_at", "attempts.*.at"),
        ("dispatched_at", "arrived_at"),
        ("dispatched_at", "signed.at"),
        ("arrived_at", "signed.at"),
    ),
    "installation": (("started_at", "signed.at"),),
    "claim": (
        ("fault.found_on", "reported_on"),
        ("repairs.*.in", "repairs.*.diagnosed"),
        ("repairs.*.in", "repairs.*.repaired"),
        ("repairs.*.in", "repairs.*.tested"),
        ("repairs.*.in", "repairs.*.out"),
        ("repairs.*.in", "repairs.*.waiting.*.from"),
        ("repairs.*.waiting.*.from", "repairs.*.waiting.*.to"),
        ("loans.*.at", "loans.*.back"),
        ("reported_on", "closed.on"),
    ),
    "promise": (("made_on", "kept.at"), ("made_on", "released.on"), ("made_on", "broken.on")),
}
"""For each kind, dates of which the first cannot come after the second."""
_AFTER_SALE: dict[str, tuple[str, ...]] = {
    "delivery": ("dispatched_at", "arrived_at", "signed.at"),
    "installation": ("started_at", "signed.at"),
    "claim": ("reported_on",),
}
"""Dates that cannot come before the day of the sale."""


class Finding(NamedTuple):
    """Something wrong with a record: where in it, a code as in ``docs/check.md``, and the sentence."""

    record: str
    path: Path
    code: str
    sentence: str


class Checked(NamedTuple):
    """All that is wrong, in the order of files and lines; *invalid* if a file could not be used at all."""

    faults: list[Fault]
    invalid: bool


def checked(book: Book, group: str = "book") -> Checked:
    """Everything that is wrong in one of :data:`GROUPS`; files that are not valid are always named."""
    shelf = book.read()
    broken = [*shelf.faults, *(faults_of_packs(book) if group != "references" else ())]
    findings = [finding for part in _PARTS[group] for finding in part(shelf)]
    mended = [*_located(book, findings), *(_unknown_settings(book) if group != "references" else ())]
    return Checked(sorted(dict.fromkeys([*broken, *mended]), key=lambda f: (f.file, f.line, f.code)), bool(broken))


def faults_of_packs(book: Book) -> list[Fault]:
    """What is wrong with the shop's own packs, and with the names of packs in the settings."""
    return list(rules_in(book)[1])


def _located(book: Book, findings: Iterable[Finding]) -> Iterator[Fault]:
    for record, path, code, sentence in findings:
        named = parse(record)
        file = path_of(named) if named else record
        yield Fault(file, _line(book, file, path), code, sentence)


def _line(book: Book, file: str, path: Path) -> int:
    """The line of a value; the first one of a file that has changed since it was read and cannot be any more."""
    try:
        data = book.bytes_of(file)
        read(data, file)
    except (FileNotFoundError, Unusable, Unreadable):
        return 1
    return line_of(data, path)


def _unknown_settings(book: Book) -> Iterator[Fault]:
    for path in unknown_keys(book.settings):
        yield Fault(FILE, _line(book, FILE, path), "unknown-key", _unknown(type(book.settings), path))


def _unknown_keys(shelf: Shelf) -> Iterator[Finding]:
    for record in shelf.records.values():
        for path in unknown_keys(record):
            yield Finding(record.id, path, "unknown-key", _unknown(type(record), path))


def _unknown(model: type[BaseModel], path: Path) -> str:
    """The sentence about a key that nobody knows, with the ones that may have been meant."""
    above = field_at(model, path[:-1]) if path[:-1] else None
    part = (above.part if above else None) or model
    near = difflib.get_close_matches(str(path[-1]), [field.name for field in fields_of(part)], n=1)
    if near:
        return _("{where} is not known; did you mean {near}?").format(where=dotted(path), near=near[0])
    return _("{where} is not known; nothing is made of it").format(where=dotted(path))


def _categories(shelf: Shelf) -> Iterator[Finding]:
    tree = categories.tree()
    for product in shelf.of(Product):
        if tree.find(product.category) is None:
            near = ", ".join(tree.near(product.category)) or "aftercare policy categories"
            sentence = _("category: there is no {value}; perhaps: {near}").format(value=product.category, near=near)
            yield Finding(product.id, ("category",), "category", sentence)


def _references(shelf: Shelf) -> Iterator[Finding]:
    for record in shelf.records.values():
        promises = {r.path: r.text for r in references(record) if "any_promise" in r.kinds}
        wrong = dict(dangling(shelf, record))
        for path, sentence in wrong.items():
            yield Finding(record.id, path, "promise" if path in promises else "reference", sentence)
        for path, text in promises.items():
            if path not in wrong and not _has_line(shelf, text):
                sentence = _("{where}: there is no {text}").format(where=dotted(path), text=text)
                yield Finding(record.id, path, "promise", sentence)


def _has_line(shelf: Shelf, promise: str) -> bool:
    """Whether a promise about a unit names a line that its sale has."""
    head, *steps = promise.split("/")
    sale = shelf.get(head)
    if not isinstance(sale, Sale) or not steps or not (steps[0].isascii() and steps[0].isdigit()):
        return True
    return 0 < int(steps[0]) <= len(sale.items)


def _order(shelf: Shelf) -> Iterator[Finding]:
    for record in shelf.records.values():
        kind = kind_of(record.id)
        moments: dict[Path, Moment] = {leaf.path: leaf.value for leaf in leaves(record) if isinstance(leaf.value, date)}
        for first, second in _ORDER.get(kind, ()):
            yield from _reversed(record, moments, first.split("."), second.split("."))
        sale = _sale_of(shelf, record)
        if sale is not None:
            yield from _before_sale(record, sale, moments, _AFTER_SALE.get(kind, ()))


def _reversed(record: Record, moments: dict[Path, Moment], first: list[str], second: list[str]) -> Iterator[Finding]:
    """The pairs of dates that stand in the wrong order; a ``*`` is one position in both."""
    for path, later in moments.items():
        if not _fits(path, second):
            continue
        positions = iter([step for step in path if isinstance(step, int)])
        before: Path = tuple(next(positions) if step == "*" else step for step in first)
        earlier = moments.get(before)
        if earlier is not None and is_late(earlier, later):
            sentence = _("{where} ({when}) is before {other} ({then})").format(
                where=dotted(path), when=iso(later), other=dotted(before), then=iso(earlier)
            )
            yield Finding(record.id, path, "order", sentence)


def _fits(path: Path, pattern: list[str]) -> bool:
    return len(path) == len(pattern) and all(
        isinstance(step, int) if wanted == "*" else step == wanted for step, wanted in zip(path, pattern, strict=True)
    )


def _before_sale(record: Record, sale: Sale, moments: dict[Path, Moment], fields: tuple[str, ...]) -> Iterator[Finding]:
    for field in fields:
        path: Path = tuple(field.split("."))
        at = moments.get(path)
        if at is not None and is_late(sale.sold_on, at):
            sentence = _("{where} ({when}) is before {sale} was sold ({then})").format(
                where=field, when=iso(at), sale=sale.id, then=iso(sale.sold_on)
            )
            yield Finding(record.id, path, "order", sentence)


def _sale_of(shelf: Shelf, record: Record) -> Sale | None:
    match record:
        case Delivery() | Installation():
            sale = shelf.get(record.sale)
        case Claim():
            sale = shelf.get(record.unit.partition("/")[0])
        case _:
            return None
    return sale if isinstance(sale, Sale) else None


def _serials(shelf: Shelf) -> Iterator[Finding]:
    """One serial number on two units; what was called off may have been sold again."""
    known: dict[str, str] = {}
    for sale in shelf.of(Sale):
        for at, item in enumerate(sale.items if sale.cancelled is None else ()):
            if not item.serial:
                continue
            unit = f"{sale.id}/{at + 1}"
            other = known.setdefault(fold(item.serial).casefold(), unit)
            if other != unit:
                sentence = _("{serial} is also the serial number of {other}").format(serial=item.serial, other=other)
                yield Finding(sale.id, ("items", at, "serial"), "serial", sentence)


def _twice(shelf: Shelf) -> Iterator[Finding]:
    """Two records of one kind that came from the same row of an import."""
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in shelf.records.values():
        if record.source_key:
            known[kind_of(record.id), record.source_key].append(record.id)
    for (__, key), (first, *others) in known.items():
        for other in others:
            sentence = _("{first} was imported from the same row ({key})").format(first=first, key=key)
            yield Finding(other, ("source_key",), "twice", sentence)


_Part = Callable[[Shelf], Iterator[Finding]]
_PARTS: dict[str, tuple[_Part, ...]] = {
    "files": (_unknown_keys, _categories),
    "references": (_references,),
    "book": (_unknown_keys, _categories, _references, _order, _serials, _twice),
}
