"""The records of the sample shop, one value of one of them at an edge: the first day there is, the last, too much."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from aftercare.book.book import Book
from aftercare.errors import EditNotFaithful
from aftercare.plain.splicing import Set, apply
from aftercare.plain.tree import Path as Place
from aftercare.records.fields import Amounted, Dated, Figured, Lasting
from aftercare.records.schema import leaves

DAYS = ("0001-01-01", "9999-12-31", "9999-12-31T23:59:59", "0001-01-01T00:00", "2024-02-29")
FIGURES = ("0", "1", "9999999", "999999999999")
AMOUNTS = ("0", "9999999999999", "USD 1.00")
LENGTHS = ("0d", "9999y", "9999h", "9999m")


class Edge(NamedTuple):
    """One value of a record at an edge."""

    file: str
    place: Place
    text: str
    data: bytes


def edges(root: Path) -> Iterator[Edge]:
    """Each field of each kind that is a day, a figure or an amount, once, at each of its edges."""
    book = Book(root)
    seen: set[tuple[str, str]] = set()
    from aftercare.book.ids import parse, path_of

    for record in book.read().records.values():
        named = parse(record.id)
        assert named is not None
        for leaf in leaves(record):
            key = (record.id[:2], ".".join(step for step in leaf.path if isinstance(step, str)))
            texts = _texts(leaf.field.marks)
            if not texts or key in seen:
                continue
            seen.add(key)
            file = path_of(named)
            for text in texts:
                try:
                    yield Edge(file, leaf.path, text, apply(book.bytes_of(file), [Set(leaf.path, text)], file))
                except EditNotFaithful:
                    continue


def _texts(marks: tuple[object, ...]) -> tuple[str, ...]:
    found = {Dated: DAYS, Figured: FIGURES, Amounted: AMOUNTS, Lasting: LENGTHS}
    return next((texts for mark, texts in found.items() if any(isinstance(one, mark) for one in marks)), ())
