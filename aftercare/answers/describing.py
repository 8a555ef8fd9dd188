"""Records in words: how people call them, told from what each of those concerned says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from aftercare.book.ids import split_unit
from aftercare.records.known import Known
from aftercare.records.names import BY_NAME

Get: TypeAlias = Callable[[str], Known | None]
"""By what the record is known that has an id, or had it formerly; None where there is none."""
_SHOWN = 2
"""So many lines of a sale are named where none is meant in particular."""


def described(get: Get, record_id: str) -> str:
    """A record in one line: its id and the words by which people know it (``CL26-0012 王建国 空调 KFR-35``)."""
    head, line = split_unit(record_id)
    found = get(head)
    words = _known_as(get, found, line) if found else ()
    return " ".join((record_id, *filter(None, words)))


def in_a_sentence(said: str) -> str:
    """The same for a line that people read: a bracket of full width has no blank before it."""
    head, between, words = said.partition(" ")
    return f"{head}{'' if words.startswith('（') else between}{words}"


def _known_as(get: Get, found: Known, line: int | None) -> Iterable[str]:
    if _is(found, "sale"):
        return _name(get, found.owner), *_goods(get, found, line)
    if found.about:
        return described(get, found.about).split(" ")[1:]
    gift = get(found.goods[0]) if found.goods else None
    given = gift.name if gift and _is(gift, "part") else ""
    return _name(get, found.owner), given, found.name, found.more


def _name(get: Get, customer: str) -> str:
    found = get(customer) if customer else None
    return found.name if found and _is(found, "customer") else ""


def _goods(get: Get, sale: Known, line: int | None) -> Iterator[str]:
    items = [sale.goods[line - 1]] if line and line <= len(sale.goods) else sale.goods[:_SHOWN]
    for product in map(get, items):
        if product and _is(product, "product"):
            yield from (product.name, product.more)


def _is(found: Known, kind: str) -> bool:
    return found.id.startswith(BY_NAME[kind].prefix)
