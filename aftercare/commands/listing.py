"""``list`` for the kinds whose records can be chosen by what follows from others, and not by a field of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import click

from aftercare.answers import prospects
from aftercare.book.shelf import Shelf
from aftercare.commands.verbs import option
from aftercare.language import N_

FLAGS: Mapping[str, tuple[click.Option, ...]] = {
    "customer": (
        option("--prospects", "chosen__prospects", is_flag=True, text=N_("only those who have bought nothing yet")),
    ),
    "enquiry": (
        option("--open", "chosen__open", is_flag=True, text=N_("only those that led to no sale and were not closed")),
    ),
}
"""The flags of a kind beside those of its fields."""
_CHOSEN: Mapping[str, Callable[[Shelf], frozenset[str]]] = {
    "chosen__prospects": prospects.prospects,
    "chosen__open": prospects.open_enquiries,
}


def chosen(shelf: Shelf, values: MutableMapping[str, Any]) -> Callable[[str], bool]:
    """Whether a record is among those that the flags choose, which are taken out of the *values*."""
    wanted = [_CHOSEN[name](shelf) for name in _CHOSEN if values.pop(name, False)]
    return lambda record: all(record in ids for ids in wanted)
