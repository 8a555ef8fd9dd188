"""``list`` for the kinds whose records can be chosen by what follows from others, and not by a field of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, MutableMapping
from typing import Any

import click

from aftercare.answers import prospects
from aftercare.book.shelf import Shelf
from aftercare.commands.session import Session
from aftercare.commands.verbs import option
from aftercare.language import N_

FLAGS: Mapping[str, tuple[click.Option, ...]] = {
    "customer": (
        option("--prospects", "chosen__prospects", is_flag=True, text=N_("only those who have bought nothing yet")),
    ),
    "enquiry": (
        option("--open", "chosen__open", is_flag=True, text=N_("only those that led to no sale and were not closed")),
    ),
    "offer": (
        option("--on", "chosen__on", metavar="D", text=N_("only those in force on this day")),
        option("--sale", "chosen__sale", metavar="REF", text=N_("only those that this sale meets")),
    ),
}
"""The flags of a kind beside those of its fields."""
Asked = Mapping[str, Any]


def chosen(session: Session, shelf: Shelf, values: MutableMapping[str, Any]) -> Callable[[str], bool]:
    """Whether a record is among those that the flags choose, which are taken out of the *values*."""
    own = [name for name in values if name.startswith("chosen__")]
    asked = {name.removeprefix("chosen__"): values.pop(name) for name in own}
    wanted = [ids(session, shelf, asked) for flags, ids in _CHOSEN if any(asked.get(flag) for flag in flags)]
    return lambda record: all(record in ids for ids in wanted)


def _offers(session: Session, shelf: Shelf, asked: Asked) -> Collection[str]:
    from aftercare.commands import offers_met  # the sales are weighed only where somebody asks

    return offers_met.among(session, shelf, asked)


_CHOSEN: tuple[tuple[tuple[str, ...], Callable[[Session, Shelf, Asked], Collection[str]]], ...] = (
    (("prospects",), lambda _session, shelf, _asked: prospects.prospects(shelf)),
    (("open",), lambda _session, shelf, _asked: prospects.open_enquiries(shelf)),
    (("on", "sale"), _offers),
)
"""By which flags records are chosen, and which these are."""
