"""What the records of a book tell of one person, and the records without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from aftercare.answers.affairs import customer_of
from aftercare.book.references import is_id_of
from aftercare.book.shelf import Shelf
from aftercare.plain.blotting import OwnWords
from aftercare.plain.tree import Path, Tree, get
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.event import Event
from aftercare.records.fields import BLANK
from aftercare.records.schema import Value, leaves, unknown_keys

_PHONES = frozenset({"phone", "phones"})
_ADDRESSES = frozenset({"text", "address"})
_NAMES = frozenset({"name", "pinyin", "by", "card", "trained"})
_NO_NAMES = frozenset({("contact", "by")})
"""The channel that a customer prefers: "phone" is nobody's name."""


class Loss(NamedTuple):
    """One value that goes: where it stands, what it is, and what is left of it ("" is nothing)."""

    path: Path
    before: str
    after: str


def records_of(shelf: Shelf, customer: Customer) -> list[Record]:
    """The customer's file and every record that is about this customer and nobody else, in the order of their ids."""
    mine = (record for record in shelf.records.values() if customer_of(shelf, record) == customer.id)
    return sorted(mine, key=lambda record: (record.id != customer.id, record.id))


def events_of(shelf: Shelf, customer: Customer) -> Iterator[tuple[Event, list[int]]]:
    """The events on whose lists the customer stands, each with the places, from 0."""
    ids = set(customer.ids)
    for event in shelf.of(Event):
        places = [place for place, guest in enumerate(event.guests) if guest.customer in ids]
        if places:
            yield event, places


def own_words(records: Iterable[Record]) -> OwnWords:
    """The names, addresses and phones that records hold of a person and of the household."""
    said: dict[str, list[str]] = {"names": [], "addresses": [], "numbers": []}
    for record in records:
        for leaf in leaves(record):
            kind = _kind(leaf)
            if kind and BLANK not in str(leaf.value):  # a history that was rewritten has blanks in old versions
                said[kind].append(str(leaf.value))
    return OwnWords(**said)


def known_by(customer: Customer) -> OwnWords:
    """What a customer's own file says of who that is and who else lives there: what is looked for everywhere."""
    return own_words([customer])


def names_somebody(leaf: Value) -> bool:
    """Whether the value itself is a name, a phone or an address, whoever's."""
    return bool(_kind(leaf))


def _kind(leaf: Value) -> str:
    personal = leaf.field.personal
    if personal is None or personal.leaves == "words" or leaf.path in _NO_NAMES:
        return ""
    for kind, names in (("numbers", _PHONES), ("addresses", _ADDRESSES), ("names", _NAMES)):
        if leaf.field.name in names:
            return kind
    return ""


def without(record: Record, tree: dict[str, Tree], words: OwnWords, within: Path = ()) -> tuple[Any, list[Loss]]:
    """The *tree* of a record without the person, and what went; of an event only what lies *within* one row.

    What is marked as personal goes.  Of words that tell of the thing or the work only the person's *own words* go.
    Keys that nobody knows go from the customer's file; in other records only those words do.
    """
    left, losses = deepcopy(tree), []
    for leaf in leaves(record):
        if leaf.path[: len(within)] == within and (loss := _loss(leaf, words)):
            losses.append(loss)
            _put(left, loss)
    for path in () if within else unknown_keys(record):
        loss = _loss_of_unknown(path, get(left, path), words, whole=isinstance(record, Customer))
        if loss:
            losses.append(loss)
            _put(left, loss)
    return _pruned(left), losses


def blotted(record: Record, tree: dict[str, Tree], words: OwnWords) -> tuple[Any, list[Loss]]:
    """Somebody else's record without a person's *words* in its free texts; who it names itself stays."""
    left, losses = deepcopy(tree), []
    for leaf in leaves(record):
        if leaf.field.personal and not names_somebody(leaf) and isinstance(leaf.value, str):
            after = words.blotted(leaf.value, BLANK)
            if after != leaf.value and leaf.field.name != "source_key":
                losses.append(Loss(leaf.path, leaf.value, after))
                _put(left, losses[-1])
    return left, losses


def _loss(leaf: Value, words: OwnWords) -> Loss | None:
    personal, text = leaf.field.personal, str(leaf.value)
    if personal is None or text == BLANK:
        return None
    if leaf.field.may_refer and is_id_of(text, leaf.field.may_refer.kinds):
        return None
    if personal.leaves == "words":
        after = words.blotted(text, BLANK)
        if after == text:
            return None
        # A key that named the person is none any more.
        return Loss(leaf.path, text, "" if leaf.field.name == "source_key" else after)
    return Loss(leaf.path, text, BLANK if personal.leaves == "trace" else "")


def _loss_of_unknown(path: Path, value: Tree, words: OwnWords, *, whole: bool) -> Loss | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else str(value)
    if whole:
        return Loss(path, text, "")
    if not words.are_in(text):
        return None
    return Loss(path, text, words.blotted(text, BLANK) if isinstance(value, str) else "")


def _put(tree: dict[str, Tree], loss: Loss) -> None:
    """Make the loss; where a file says in short what the model spreads out (a birthday), the whole value goes."""
    path = loss.path
    while len(path) > 1 and get(tree, path) is None:
        path = path[:-1]
    holder: Any = get(tree, path[:-1])
    holder[path[-1]] = loss.after or None


def _pruned(tree: Tree) -> Any:
    """The tree without what nothing is left of."""
    if isinstance(tree, dict):
        inner = {name: _pruned(value) for name, value in tree.items()}
        return {name: value for name, value in inner.items() if value not in (None, {}, [])}
    if isinstance(tree, list):
        return [value for item in tree if (value := _pruned(item)) not in (None, {}, [])]
    return tree
