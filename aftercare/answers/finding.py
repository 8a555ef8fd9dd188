"""Finding records by what people say of them: ids, numbers, serial numbers, names, pinyin, phones, models, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aftercare.answers.ids_of_now import id_of_now
from aftercare.book.ids import loosely, split_unit, step_of
from aftercare.book.shelf import Shelf, kind_of
from aftercare.errors import NoSuchRecord, SeveralRecords, WasRemoved
from aftercare.language import _, word
from aftercare.plain import names, phones
from aftercare.plain.moments import in_order
from aftercare.plain.text import fold
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.enquiry import Enquiry
from aftercare.records.installation import Installation
from aftercare.records.names import BY_NAME, KINDS
from aftercare.records.offer import Offer
from aftercare.records.part import Part
from aftercare.records.points import Points
from aftercare.records.product import Product
from aftercare.records.sale import Item, Sale
from aftercare.records.schema import leaves
from aftercare.records.staff import Staff
from aftercare.records.wish import Wish

PHONES = frozenset({"phone", "phones"})
"""The fields that are found by their last digits, four or more, and not by any."""


def resolve(shelf: Shelf, text: str, kinds: tuple[str, ...], year: int, *, numbers: bool = True) -> str:
    """The id that *text* means, among records of *kinds* (``unit`` is a line of a sale, "any_promise" any promise).

    An id in any case, with or without its zeros and dash; the bare running number (with *numbers*: of this *year*,
    else of the newest year that has it); a serial number; or words that find exactly one record.
    """
    head, line = split_unit(fold(text).replace("、", "/"))
    if "unit" in kinds:
        found = _unit(shelf, head, line, text, kinds, year, numbers)
        if found:
            return found
    if "any_promise" in kinds and "/" in text:
        return _promise(shelf, fold(text).replace("、", "/"))
    wanted = tuple(kind for kind in kinds if kind in BY_NAME)
    return _record(shelf, text, wanted, year, numbers)


def _promise(shelf: Shelf, text: str) -> str:
    head, __, step = text.partition("/")
    named = loosely(head)
    record = shelf.get(str(named)) if named else None
    if record is None:
        raise NoSuchRecord(_("promise"), text)
    return id_of_now(shelf, f"{record.id}/{step_of(step)}")


def _unit(
    shelf: Shelf, head: str, line: int | None, text: str, kinds: tuple[str, ...], year: int, numbers: bool
) -> str | None:
    """The unit that is meant: a line of a sale, the only line of one, or the thing with a serial number."""
    if line is not None:
        sale = shelf.get(_record(shelf, head, ("sale",), year, numbers))
        if not isinstance(sale, Sale) or line > len(sale.items):
            raise NoSuchRecord(_("unit"), text)
        return f"{sale.id}/{line}"
    units = [unit for unit, __ in units_with_serial(shelf, text)]
    if len(units) == 1:
        return units[0]
    if len(units) > 1:
        raise SeveralRecords(_("unit"), text, [describe(shelf, unit) for unit in units])
    if set(kinds) - {"unit"}:
        return None
    sale = shelf.get(_record(shelf, text, ("sale",), year, numbers))
    if isinstance(sale, Sale) and len(sale.items) == 1:
        return f"{sale.id}/1"
    candidates = [f"{sale.id}/{n}" for n in range(1, len(sale.items) + 1)] if isinstance(sale, Sale) else []
    raise SeveralRecords(_("unit"), text, [describe(shelf, unit) for unit in candidates])


def units_with_serial(shelf: Shelf, text: str) -> Iterator[tuple[str, Sale]]:
    """The units with a serial number, be it that of the thing in use or of one that was replaced."""
    serial = fold(text).casefold()
    handed_over = exchanges(shelf)
    for sale in shelf.of(Sale):
        for number, item in enumerate(sale.items, start=1):
            unit = f"{sale.id}/{number}"
            if any(fold(one).casefold() == serial for one in serials_of(item, handed_over.get(unit, ()))):
                yield unit, sale


def exchanges(shelf: Shelf) -> dict[str, list[Claim]]:
    """The claims under which another thing was handed over, by the id that their unit has now."""
    found: dict[str, list[Claim]] = {}
    for claim in shelf.of(Claim):
        if claim.replaced:
            head, sign, line = claim.unit.partition("/")
            sale = shelf.get(head)
            found.setdefault(f"{sale.id}{sign}{line}" if sale else claim.unit, []).append(claim)
    return found


def serials_of(item: Item, claims: Iterable[Claim]) -> tuple[str, ...]:
    """The serial numbers of a unit, that of the thing in use first, the one that was sold last.

    *claims* are those about the unit.  After an exchange without a number the number in use is not known, and the
    first one here is the last that was.
    """
    handed_over = sorted((one for claim in claims if (one := claim.replaced)), key=lambda one: in_order(one.on))
    numbers = [item.serial, *(one.serial for one in handed_over)]
    return tuple(dict.fromkeys(number for number in reversed(numbers) if number))


def _record(shelf: Shelf, text: str, kinds: tuple[str, ...], year: int, numbers: bool) -> str:
    named = loosely(text)
    if named and named.kind.name in kinds:
        record = shelf.get(str(named))
        if record:
            return record.id
        raise WasRemoved(str(named)) if str(named) in shelf.tombstones else NoSuchRecord(word(named.kind.name), text)
    typed = fold(text)
    if numbers and len(kinds) == 1 and typed.isascii() and typed.isdigit() and len(typed) <= 6:
        numbered = _numbered(shelf, kinds[0], int(typed), year)
        if numbered:
            return numbered
    found = [record.id for record in search(shelf, text, kinds)] or list(_through_sales(shelf, text, kinds))
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralRecords(_named(kinds) if len(kinds) <= 3 else "", text, [describe(shelf, i) for i in found[:12]])
    raise NoSuchRecord(_named(kinds), text)


def _through_sales(shelf: Shelf, text: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """The works and claims of the sales that the text means, by the buyer's name or phone, or a serial number."""
    units = {unit for unit, __ in units_with_serial(shelf, text)}
    sales = (
        {sale.id for sale in search(shelf, text, ("sale",))} if {"claim", "delivery", "installation"} & {*kinds} else ()
    )
    for record in shelf.records.values():
        if kind_of(record.id) not in kinds:
            continue
        if isinstance(record, Claim):
            sale = shelf.get(record.unit.partition("/")[0])
            if record.unit in units if units else sale is not None and sale.id in sales:
                yield record.id
        elif isinstance(record, Delivery | Installation):
            sale = shelf.get(record.sale)
            if sale is not None and sale.id in sales:
                yield record.id


def _named(kinds: tuple[str, ...]) -> str:
    return " / ".join(word(kind) for kind in kinds) if len(kinds) <= 3 else _("record")


def _numbered(shelf: Shelf, kind: str, number: int, year: int) -> str | None:
    """The record with this running number in *year*, else in the newest year that has it."""
    prefix = BY_NAME[kind].prefix
    ids = [i for i in shelf.records if i.startswith(prefix) and i[5:].isdigit() and int(i[5:]) == number]
    this_year = f"{prefix}{year % 100:02d}-{number:04d}"
    return this_year if this_year in ids else max(ids, default=None)


def search(shelf: Shelf, text: str, kinds: Iterable[str] = ()) -> list[Record]:
    """The records that *text* finds, of all kinds or of *kinds*: exact answers alone where there are any."""
    wanted = set(kinds) or {kind.name for kind in KINDS}
    pool = [record for record in shelf.records.values() if kind_of(record.id) in wanted]
    numbered = {sale.id for __, sale in units_with_serial(shelf, text)} if "sale" in wanted else set()
    named = loosely(text)
    numbered |= set(shelf.shared.get(str(named), ())) if named and shelf.shared else set()
    exact = [record for record in pool if record.id in numbered or _is_exactly(record, text)]
    return exact or [record for record in pool if _answers_to(shelf, record, text)]


def _is_exactly(record: Record, text: str) -> bool:
    typed = fold(text).casefold()
    return any(fold(word).casefold() == typed for word in _words(record))


def _words(record: Record) -> Iterator[str]:
    """The words that mean a record by themselves."""
    match record:
        case Customer() | Staff():
            yield record.name
        case Product():
            yield from filter(None, (record.name, record.model, record.sku))
        case Part():
            yield from filter(None, (record.name, record.number))
        case Sale():
            yield from filter(None, (record.invoice, record.order))
        case Offer():
            yield record.title
        case _:
            pass
    yield from (word for word in (*record.ids, record.source_key) if word)


def _answers_to(shelf: Shelf, record: Record, text: str) -> bool:
    match record:
        case Customer():
            numbers = [*record.phones, *(contact.phone for contact in record.contacts if contact.phone)]
            if _is_called(record.name, record.pinyin, text) or any(phones.matches(n, text) for n in numbers):
                return True
        case Staff():
            if _is_called(record.name, record.pinyin, text) or (record.phone and phones.matches(record.phone, text)):
                return True
        case Sale() | Enquiry():
            buyer = shelf.get(record.customer)
            if isinstance(buyer, Customer) and _answers_to(shelf, buyer, text):
                return True
        case _:
            pass
    return _says(record, text)


def _is_called(name: str, pinyin: str | None, text: str) -> bool:
    return names.matches(name, text) or bool(pinyin and names.matches(pinyin, text))


def _says(record: Record, text: str) -> bool:
    """Whether any text of the record holds the words; a single letter or digit is no word, and a phone no text."""
    typed = fold(text).casefold()
    if len(typed) < 2 and typed.isascii():
        return False
    texts = (leaf.value for leaf in leaves(record) if isinstance(leaf.value, str) and not PHONES & set(leaf.path))
    return any(typed in fold(text).casefold() for text in texts)


def describe(shelf: Shelf, record_id: str) -> str:
    """A record in one line: its id and the words by which people know it (``CL26-0012 王建国 空调 KFR-35``)."""
    head, line = split_unit(record_id)
    record = shelf.get(head)
    words = _known_as(shelf, record, line) if record else ()
    return " ".join((record_id, *filter(None, words)))


def in_a_sentence(shelf: Shelf, record_id: str) -> str:
    """The same for a line that people read: a bracket of full width has no blank before it."""
    head, between, words = describe(shelf, record_id).partition(" ")
    return f"{head}{'' if words.startswith('（') else between}{words}"


def _known_as(shelf: Shelf, record: Record, line: int | None) -> Iterable[str | None]:
    match record:
        case Customer():
            return called(record), next(iter(record.phones), None)
        case Staff():
            return record.name, record.role
        case Product():
            return record.name, record.model
        case Part():
            return record.name, record.number
        case Offer():
            return (record.title,)
        case Sale():
            return _name(shelf, record.customer), *_goods(shelf, record, line)
        case _:
            return _words_of_customer(shelf, record)


def _words_of_customer(shelf: Shelf, record: Record) -> Iterable[str | None]:
    """Whose it is, and what they said or chose; of what is about a sale the words of that sale."""
    about = getattr(record, "sale", None) or getattr(record, "unit", None)
    if about:
        return describe(shelf, about).split(" ")[1:]
    owner = getattr(record, "customer", None) or getattr(record, "to", None)
    return (_name(shelf, owner) if owner else None), *_said(shelf, record)


def _said(shelf: Shelf, record: Record) -> Iterable[str | None]:
    match record:
        case Enquiry():
            return (record.question,)
        case Complaint():
            return (record.what,)
        case Wish():
            return (record.words,)
        case Points():
            return _drawn_for(shelf, record)
        case _:
            return (getattr(record, "name", None),)


def _name(shelf: Shelf, customer: str) -> str | None:
    record = shelf.get(customer)
    return called(record) if isinstance(record, Customer) else None


def called(customer: Customer) -> str:
    """The customer's name, or that there is none any more."""
    return _("(forgotten)") if customer.forgotten else customer.name


def _drawn_for(shelf: Shelf, record: Points) -> Iterator[str | None]:
    """What points were drawn for, or why they were given."""
    gift = shelf.get(record.gift) if record.gift else None
    yield gift.name if isinstance(gift, Part) else None
    yield record.for_ or record.reason


def _goods(shelf: Shelf, sale: Sale, line: int | None) -> list[str | None]:
    items = [sale.items[line - 1]] if line and line <= len(sale.items) else sale.items[:2]
    products = [shelf.get(item.product) for item in items]
    return [word for p in products if isinstance(p, Product) for word in (p.name, p.model)]
