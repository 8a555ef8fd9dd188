"""``list`` for the kinds whose records can be chosen by what follows from others, and not by a field of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

import click

from aftercare.commands.session import Session
from aftercare.commands.verbs import option
from aftercare.language import N_

if TYPE_CHECKING:
    from aftercare.book.shelf import Shelf

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
_CHOSEN = "chosen__"


def parted(values: Mapping[str, Any]) -> tuple[Asked, Asked]:
    """What the flags of a kind choose by, and what those of its fields do."""
    own = {name.removeprefix(_CHOSEN): value for name, value in values.items() if name.startswith(_CHOSEN)}
    return own, {name: value for name, value in values.items() if not name.startswith(_CHOSEN)}


def chosen(session: Session, shelf: Shelf, asked: Asked) -> Callable[[str], bool]:
    """Whether a record is among those that the flags choose."""
    wanted = [ids(session, shelf, asked) for flags, ids in _CHOICES if any(asked.get(flag) for flag in flags)]
    return lambda record: all(record in ids for ids in wanted)


def _prospects(session: Session, shelf: Shelf, asked: Asked) -> Collection[str]:
    from aftercare.answers import prospects

    return prospects.prospects(shelf)


def _open_enquiries(session: Session, shelf: Shelf, asked: Asked) -> Collection[str]:
    from aftercare.answers import prospects

    return prospects.open_enquiries(shelf)


def _offers(session: Session, shelf: Shelf, asked: Asked) -> Collection[str]:
    from aftercare.commands import offers_met  # the sales are weighed only where somebody asks

    return offers_met.among(session, shelf, asked)


_CHOICES: tuple[tuple[tuple[str, ...], Callable[[Session, Shelf, Asked], Collection[str]]], ...] = (
    (("prospects",), _prospects),
    (("open",), _open_enquiries),
    (("on", "sale"), _offers),
)
"""By which flags records are chosen, and which these are."""
