"""What the rows of an order say otherwise than the sale that the book has, or beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftercare.answers.importing import order_facts
from aftercare.answers.importing.cells import Habits
from aftercare.answers.importing.incoming import Gap, Line
from aftercare.answers.importing.order_facts import Order
from aftercare.answers.importing.order_works import Told, same_time, window_of
from aftercare.answers.importing.product_rows import Goods
from aftercare.answers.works import Work, covers
from aftercare.plain import money, phones
from aftercare.plain.moments import parse
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.fields import Window
from aftercare.records.sale import Sale


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


def of_row(line: Line, number: int | None, order: Order, told: Told, person: Line, habits: Habits) -> Iterator[Gap]:
    """The fields in which a row differs from its sale; what the row leaves out does not count."""
    sale = told.sale
    yield from _of_sale(line, sale)
    yield from _of_people(order.facts, sale, person)
    if order_facts.is_cancelled(line):
        if number and sale.cancelled is None:
            off = order_facts.cancelled(order.lines)
            yield Gap("state", ("cancelled",), off, fills=True) if off else Gap("state")
    elif number is None:
        yield Gap("product")
    if number:
        yield from _of_item(line, sale, number, habits)
        yield from _of_times(line, sale, number, told.works)


def _of_sale(line: Line, sale: Sale) -> Iterator[Gap]:
    if line.text("sold_on") and not same_time(parse(line.text("sold_on")), sale.sold_on):
        yield Gap("sold_on", ("sold_on",), line.text("sold_on"))
    if line.text("channel") not in {"", sale.channel or "shop"}:
        yield Gap("channel", ("channel",), line.text("channel"))
    if line.text("invoice") and not _same(sale.invoice, line.text("invoice")):
        yield Gap("invoice", ("invoice",), line.text("invoice"), fills=not sale.invoice)
    if line.text("note") and line.text("note") not in (sale.note or ""):
        yield Gap("note", ("note",), line.text("note"), fills=not sale.note)


def _of_people(facts: Line, sale: Sale, person: Line) -> Iterator[Gap]:
    """Whether the sale's customer or recipient has another name, phone or address."""
    to = sale.deliver_to
    names = {fold(person.text("name")), fold((to and to.name) or "")}
    addresses = {fold(person.text("address")), fold((to and to.address) or "")}
    numbers = {phones.digits(number) for number in (*person.texts("phone"), (to and to.phone) or "")}
    for name in ("name", "to_name"):
        if facts.text(name) and fold(facts.text(name)) not in names:
            yield Gap(name)
    for name in ("phone", "to_phone"):
        if facts.texts(name) and phones.digits(facts.texts(name)[0]) not in numbers:
            yield Gap(name)
    for name in ("address", "to_address"):
        if facts.text(name) and fold(facts.text(name)) not in addresses:
            yield Gap(name)


def _of_item(line: Line, sale: Sale, number: int, habits: Habits) -> Iterator[Gap]:
    item, at = sale.items[number - 1], ("items", number - 1)
    if line.text("serial") and not _same(item.serial, line.text("serial")):
        yield Gap("serial", (*at, "serial"), line.text("serial"), fills=not item.serial)
    if line.text("qty") and int(line.text("qty")) != item.pieces:
        yield Gap("qty", (*at, "qty"), line.text("qty"))
    price = order_facts.price(line, habits)
    if price and (item.price is None or item.price != money.parse(price, habits.setting.currency)):
        name = "price" if line.text("price") else "amount"
        yield Gap(name, (*at, "price"), price, fills=item.price is None)


def _of_times(line: Line, sale: Sale, number: int, works: Sequence[Work]) -> Iterator[Gap]:
    """A promised time that the sale does not have is taken; another one than it has is never: that is a move."""
    item = sale.items[number - 1]
    told = sale.told_for(item)
    for name, step, window in (("deliver_by", "deliver", told.deliver), ("install_by", "install", told.install)):
        said = line.facts.get(name)
        if said and not _same_window(said, window):
            free = window is None and not any(covers(work, number) and window_of(work) for work in works)
            path = ("told", step) if len(sale.items) == 1 else ("items", number - 1, "told", step)
            yield Gap(name, path, said, fills=True) if free else Gap(name)


def _same(known: str | None, said: str) -> bool:
    return fold(known or "").casefold() == fold(said).casefold()


def _same_window(said: Tree, known: Window | None) -> bool:
    if known is None or not isinstance(said, dict):
        return False
    ends, begins = said.get("by"), said.get("from")
    if not isinstance(ends, str) or not same_time(parse(ends), known.by):
        return False
    return not isinstance(begins, str) or (known.from_ is not None and same_time(parse(begins), known.from_))
