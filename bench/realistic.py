"""A realistic book of any size, drawn from a fixed seed: records of all kinds, ten years of them, most of them done.

usage: python -m bench.realistic FOLDER [RECORDS] [LIVE]      (1,000 records, where nothing else is said)

Of the records one in ten still owes something, and one in a hundred should have done so by now: so many lines ``due``
prints.  With LIVE only years long past grow: what is new, open and late stays that of a book of LIVE records.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from bench.besides import FILES_BESIDE, besides
from bench.shop import CLOSED, Shop, Written
from bench.stories import household, kept_promise
from bench.unfinished import forgotten, unfinished

OPEN_IN, OVERDUE_IN = 10, 100
"""One of so many records owes something; one of so many is late with it."""
FORGOTTEN_IN = 800
"""One of so many is open since years long past, a third of these late."""
_ROOM = 60
"""So many records at most a household comes to."""


def drawn(records: int, live: int | None = None) -> list[Written]:
    """The records of a book, at least 200, in the order of their making; with *live* only old years exceed it."""
    shop = Shop(live or records)
    _live(shop, live or records)
    shop.until = CLOSED
    while shop.counts["records"] < records - _ROOM:
        household(shop)
    while shop.counts["records"] < records:
        kept_promise(shop, shop.known(CLOSED), CLOSED - timedelta(days=shop.rng.randrange(3, 300)))
    return shop.made


def _live(shop: Shop, records: int) -> None:
    """All that is not long past, and most of the rest."""
    while shop.counts["records"] + _to_come(shop, records) < records:
        household(shop)
    besides(shop)
    for at in range(round(records / FORGOTTEN_IN)):
        forgotten(shop, late=at % 3 == 0)
    while _left(shop, records, OVERDUE_IN, "overdue") > 0:
        unfinished(shop, late=True)
    while _left(shop, records, OPEN_IN, "open") > 0:
        unfinished(shop, late=False)


def _to_come(shop: Shop, records: int) -> int:
    """About so many records come after the households: a gift that is owed makes two."""
    return round(1.1 * _left(shop, records, OPEN_IN, "open")) + len(shop.goods) + 2 * _ROOM


def _left(shop: Shop, records: int, one_in: int, what: str) -> int:
    return records // one_in - shop.counts[what]


def write_realistic(folder: Path, records: int, live: int | None = None) -> list[Written]:
    """Write a new book of just so many records, and give what it holds."""
    made = drawn(records, live)
    write_files(folder, made)
    return made


def write_files(folder: Path, made: Iterable[Written]) -> None:
    """Write a new book of records that were drawn."""
    folder.mkdir(parents=True)
    places: set[str] = set()
    for one in made:
        place = one.path.rpartition("/")[0]
        if place not in places:
            places.add(place)
            (folder / place).mkdir(parents=True)
        to = os.open(f"{folder}/{one.path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        os.write(to, f"id: {one.id}\n{one.text}".encode())
        os.close(to)
    for path, text in FILES_BESIDE.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def main() -> None:
    """Write a book, and say what it holds."""
    folder, *sizes = sys.argv[1:]
    made = write_realistic(Path(folder), *(map(int, sizes or ("1000",))))
    is_open, late = sum(one.is_open for one in made), sum(one.is_overdue for one in made)
    print(f"{len(made)} records, {is_open} open, {late} overdue")
    kinds = Counter(one.kind for one in made)
    print(", ".join(f"{number} {kind}" for kind, number in kinds.most_common()))


if __name__ == "__main__":
    main()
