"""Which rows of an order export are one order: those of one number, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aftercare.answers.importing import cells
from aftercare.answers.importing.cells import Habits, Unfit
from aftercare.answers.importing.mappings import Entry, texts_of


class Group(NamedTuple):
    """The rows of one order by their places.

    ``key`` is its number, or the key that the file has for it; "" in a sheet without any, of which each row is an order
    by itself; None of rows that lack theirs in a sheet where others have one.
    """

    key: str | None
    places: Sequence[int]


def grouped(entries: Sequence[Entry], habits: Habits) -> list[Group]:
    """The orders in the order of their first rows; before them the rows that lack a number."""
    keys, numbered = [""] * len(entries), False
    for field in ("order", "source_key"):  # the second, where a row has both
        for place, texts in enumerate(texts_of(entries, field)):
            said = _said(field, texts, habits) if texts else None
            numbered = numbered or said is not None
            keys[place] = said or keys[place]
    if not numbered:
        return [Group("", (place,)) for place in range(len(entries))]
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    without = places.pop("", [])
    return [*([Group(None, without)] if without else []), *(Group(key, some) for key, some in places.items())]


def _said(field: str, texts: Sequence[str], habits: Habits) -> str | None:
    """The key in a cell; None where it cannot be read, which is said when its row is taken."""
    try:
        said = cells.value(field, texts, habits)
    except Unfit:
        return None
    return said if isinstance(said, str) else ""
