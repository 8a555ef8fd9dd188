"""How the rows of an order differ from the sale that the book has: the fields by name, nothing changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftercare.answers.importing import order_facts
from aftercare.answers.importing.cells import Habits
from aftercare.answers.importing.incoming import Line
from aftercare.answers.importing.product_rows import Goods
from aftercare.answers.works import Work, covers
from aftercare.book.shelf import kind_of
from aftercare.plain import money, phones
from aftercare.plain.moments import Moment, day_of, parse
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.fields import Window
from aftercare.records.sale import Item, Sale


def matched(lines: Sequence[Line], sale: Sale, goods: Goods) -> list[int | None]:
    """For each row the number of the sale's line that it is about: of the same product and serial, else product.

    Rows that were called off come last: their lines may never have been a part of the sale.
    """
    found: dict[int, int] = {}
    rows = sorted(enumerate(lines), key=lambda row: order_facts.is_cancelled(row[1]))
    left = dict(enumerate(sale.items, start=1))
    for by_serial in (True, False):
        for place, line in rows:
            if place in found or (by_serial and not line.text("serial")):
                continue
            for number, item in left.items():
                if goods.fits(item.product, line) and (not by_serial or _same(item.serial, line.text("serial"))):
                    found[place] = number
                    del left[number]
                    break
    return [found.get(place) for place in range(len(lines))]


def of_row(line: Line, number: int | None, facts: Line, sale: Sale, person: Line, habits: Habits) -> Iterator[str]:
    """The fields in which a row differs from its sale; what the row leaves out does not count."""
    yield from _of_sale(line, sale)
    yield from _of_people(facts, sale, person)
    if order_facts.is_cancelled(line):
        if number and sale.cancelled is None:
            yield "state"
    elif number is None:
        yield "product"
    if number:
        yield from _of_item(line, sale, sale.items[number - 1], habits)


def _of_sale(line: Line, sale: Sale) -> Iterator[str]:
    if line.text("sold_on") and not _same_time(parse(line.text("sold_on")), sale.sold_on):
        yield "sold_on"
    if line.text("channel") not in {"", sale.channel or "shop"}:
        yield "channel"
    if line.text("invoice") and not _same(sale.invoice, line.text("invoice")):
        yield "invoice"
    if line.text("note") and line.text("note") not in (sale.note or ""):
        yield "note"


def _of_people(facts: Line, sale: Sale, person: Line) -> Iterator[str]:
    """Whether the sale's customer or recipient has another name, phone or address."""
    to = sale.deliver_to
    names = {fold(person.text("name")), fold((to and to.name) or "")}
    addresses = {fold(person.text("address")), fold((to and to.address) or "")}
    numbers = {phones.digits(number) for number in (*person.texts("phone"), (to and to.phone) or "")}
    for name in ("name", "to_name"):
        if facts.text(name) and fold(facts.text(name)) not in names:
            yield name
    for name in ("phone", "to_phone"):
        if facts.texts(name) and phones.digits(facts.texts(name)[0]) not in numbers:
            yield name
    for name in ("address", "to_address"):
        if facts.text(name) and fold(facts.text(name)) not in addresses:
            yield name


def _of_item(line: Line, sale: Sale, item: Item, habits: Habits) -> Iterator[str]:
    if line.text("serial") and not _same(item.serial, line.text("serial")):
        yield "serial"
    if line.text("qty") and int(line.text("qty")) != item.pieces:
        yield "qty"
    price = order_facts.price(line, habits)
    if price and (item.price is None or item.price != money.parse(price, habits.setting.currency)):
        yield "price" if line.text("price") else "amount"
    told = sale.told_for(item)
    for name, window in (("deliver_by", told.deliver), ("install_by", told.install)):
        if line.facts.get(name) and not _same_window(line.facts[name], window):
            yield name


def work_known(kind: str, number: int, line: Line, column: str, works: Sequence[Work]) -> bool | None:
    """Whether the book knows of the work that a row tells of: yes; no, it says otherwise; or nothing at all (None)."""
    about = [work for work in works if kind_of(work.id) == kind and covers(work, number)]
    if not about:
        return None
    at, by = parse(line.text(column)), line.text("signed_by") if kind == "delivery" else ""
    return any(
        work.signed and _same_time(at, work.signed.at) and (not by or fold(by) == fold(work.signed.by))
        for work in about
    )


def _same(known: str | None, said: str) -> bool:
    return fold(known or "").casefold() == fold(said).casefold()


def _same_time(said: Moment, known: Moment) -> bool:
    """Whether two moments agree: to the minute where both have an hour, else by the day."""
    return said == known if type(said) is type(known) else day_of(said) == day_of(known)


def _same_window(said: Tree, known: Window | None) -> bool:
    if known is None or not isinstance(said, dict):
        return False
    ends, begins = said.get("by"), said.get("from")
    if not isinstance(ends, str) or not _same_time(parse(ends), known.by):
        return False
    return not isinstance(begins, str) or (known.from_ is not None and _same_time(parse(begins), known.from_))
