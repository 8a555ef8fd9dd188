"""Finding records by what people say of them: ids, numbers, serial numbers, names, pinyin, phones, models, words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aftercare.answers import describing, naming
from aftercare.answers.ids_of_now import ids_of_now
from aftercare.book.ids import loosely, place_of, split_unit
from aftercare.book.shelf import Shelf
from aftercare.plain import names, phones
from aftercare.plain.moments import in_order
from aftercare.plain.text import fold
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.enquiry import Enquiry
from aftercare.records.installation import Installation
from aftercare.records.kinds import model_of
from aftercare.records.knowing import known_of, names_of, phones_of, texts_of, words_of
from aftercare.records.known import Known
from aftercare.records.names import BY_NAME, KINDS
from aftercare.records.rows import row
from aftercare.records.sale import Item, Sale


def resolve(shelf: Shelf, text: str, kinds: tuple[str, ...], year: int, *, numbers: bool = True) -> str:
    """The id that *text* means on a shelf, as :func:`aftercare.answers.naming.resolve` says."""
    return naming.resolve(OfShelf(shelf), text, kinds, year, numbers=numbers)


class OfShelf:
    """The records on a shelf, as who looks for one knows them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind as rows, in the order of their files."""
        return [row(record) for record in self._shelf.of(model_of(kind))]

    def row(self, record_id: str) -> dict[str, Any]:
        """One record as a row."""
        return row(self._shelf.records[record_id])

    @property
    def of_now(self) -> Callable[[str], str] | None:
        """What makes references of today of those that are typed; None where no record had another id."""
        return ids_of_now(self._shelf)

    def now(self, record_id: str) -> str:
        """The id of the record that has this id, or had it formerly; "" where there is none."""
        record = self._shelf.get(record_id)
        return record.id if record else ""

    def is_removed(self, record_id: str) -> bool:
        """Whether there was a record of this id, which was taken out."""
        return record_id in self._shelf.tombstones

    def lines(self, sale: str) -> int:
        """How many lines a sale has."""
        record = self._shelf.get(sale)
        return len(record.items) if isinstance(record, Sale) else 0

    def units_with_serial(self, text: str) -> list[str]:
        """The units with a serial number, be it that of the thing in use or of one that was replaced."""
        return [unit for unit, __ in units_with_serial(self._shelf, text)]

    def numbered(self, kind: str, number: int) -> list[str]:
        """The ids of a kind with this running number, of any year."""
        prefix = BY_NAME[kind].prefix
        return [one for of in range(100) if (one := f"{prefix}{of:02}-{number:04}") in self._shelf.records]

    def search(self, text: str, kinds: Iterable[str]) -> list[str]:
        """The ids of the records that a text finds, of all kinds or of *kinds*."""
        return [record.id for record in search(self._shelf, text, kinds)]

    def through_sales(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        """The works and claims of the sales that the text means, by the buyer or a serial number."""
        return [*_through_sales(self._shelf, text, kinds)]

    def describe(self, record_id: str) -> str:
        """A record in one line."""
        return describe(self._shelf, record_id)

    def known_as(self, record_id: str) -> str:
        """The same of a record, or of a unit in one; "" where there is none."""
        return describe(self._shelf, record_id) if self._shelf.get(split_unit(record_id)[0]) else ""


def units_with_serial(shelf: Shelf, text: str) -> Iterator[tuple[str, Sale]]:
    """The units with a serial number, be it that of the thing in use or of one that was replaced."""
    serial = fold(text).casefold()
    named = shelf.with_serial(serial)
    handed_over = exchanges(shelf, (record for record in named if isinstance(record, Claim)))
    for sale in _sales_of((*named, *map(shelf.get, (unit.partition("/")[0] for unit in handed_over)))):
        for number, item in enumerate(sale.items, start=1):
            unit = f"{sale.id}/{number}"
            if any(fold(one).casefold() == serial for one in serials_of(item, handed_over.get(unit, ()))):
                yield unit, sale


def _sales_of(records: Iterable[Record | None]) -> list[Sale]:
    """The sales among some records, each once, in the order of their files."""
    found = {record.id: record for record in records if isinstance(record, Sale)}
    return [found[one] for one in sorted(found, key=place_of)]


def exchanges(shelf: Shelf, claims: Iterable[Claim] | None = None) -> dict[str, list[Claim]]:
    """The claims under which another thing was handed over, by the id that their unit has now; of all *claims*, or of
    some.
    """
    found: dict[str, list[Claim]] = {}
    for claim in shelf.of(Claim) if claims is None else claims:
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


def _through_sales(shelf: Shelf, text: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """The works and claims of the sales that the text means, by the buyer's name or phone, or a serial number."""
    units = {unit for unit, __ in units_with_serial(shelf, text)}
    sales = (
        {sale.id for sale in search(shelf, text, ("sale",))} if {"claim", "delivery", "installation"} & {*kinds} else ()
    )
    for record in shelf.of_kinds(kinds):
        if isinstance(record, Claim):
            sale = shelf.get(record.unit.partition("/")[0])
            if record.unit in units if units else sale is not None and sale.id in sales:
                yield record.id
        elif isinstance(record, Delivery | Installation):
            sale = shelf.get(record.sale)
            if sale is not None and sale.id in sales:
                yield record.id


def search(shelf: Shelf, text: str, kinds: Iterable[str] = ()) -> list[Record]:
    """The records that *text* finds, of all kinds or of *kinds*: exact answers alone where there are any."""
    wanted = set(kinds) or {kind.name for kind in KINDS}
    pool = shelf.of_kinds(wanted)
    numbered = {sale.id for __, sale in units_with_serial(shelf, text)} if "sale" in wanted else set()
    named = loosely(text)
    numbered |= set(shelf.shared.get(str(named), ())) if named and shelf.shared else set()
    exact = [record for record in pool if record.id in numbered or _is_exactly(record, text)]
    return exact or [record for record in pool if _answers_to(shelf, record, text)]


def _is_exactly(record: Record, text: str) -> bool:
    typed = fold(text).casefold()
    return any(fold(word).casefold() == typed for word in (record.id, *words_of(record)))


def _answers_to(shelf: Shelf, record: Record, text: str) -> bool:
    if any(names.matches(name, text) for name in names_of(record)):
        return True
    if any(phones.matches(number, text) for number in phones_of(record)):
        return True
    if isinstance(record, Sale | Enquiry):
        buyer = shelf.get(record.customer)
        if isinstance(buyer, Customer) and _answers_to(shelf, buyer, text):
            return True
    return _says(record, text)


def _says(record: Record, text: str) -> bool:
    """Whether any text of the record holds the words; a single letter or digit is no word, and a phone no text."""
    typed = fold(text).casefold()
    if len(typed) < 2 and typed.isascii():
        return False
    return any(typed in fold(text).casefold() for text in texts_of(record))


def describe(shelf: Shelf, record_id: str) -> str:
    """A record in one line: its id and the words by which people know it (``CL26-0012 王建国 空调 KFR-35``)."""

    def get(one: str) -> Known | None:
        record = shelf.get(one)
        return known_of(record) if record else None

    return describing.described(get, record_id)


def in_a_sentence(shelf: Shelf, record_id: str) -> str:
    """The same for a line that people read: a bracket of full width has no blank before it."""
    return describing.in_a_sentence(describe(shelf, record_id))
