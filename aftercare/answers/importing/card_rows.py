"""Customers among the cards of an address book: known again by the card's UID, else as rows of a customer list are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers.importing.card_facts import Said, Unfit, said_by
from aftercare.answers.importing.customer_rows import People, differing, facts_of, key_of, tree_of
from aftercare.answers.importing.incoming import Line, Plan
from aftercare.answers.outside import is_of_a_book, mark_of, record_of
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain import phones
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.plain.vcards import Card
from aftercare.records.customer import Customer
from aftercare.records.staff import Staff

_KEY = "uid:"
"""What the key of a record begins with that came of a card with a UID."""


class _Known(NamedTuple):
    """Whose card it is: the id (or what stands for it), and the facts of the book."""

    ref: str
    person: Line


class Contacts:
    """Takes the cards of an address book."""

    def __init__(self, shelf: Shelf, made: Plan, file: str, today: date) -> None:
        self.people = People(shelf)
        self.made = made
        self.file = file
        self.today = today
        self.unread: set[str] = set()
        self._shelf = shelf
        self._mark = mark_of(shelf.settings)
        self._by_uid = {one.source_key: one for one in shelf.of(Customer) if (one.source_key or "").startswith(_KEY)}
        self._lines: dict[str, int] = {}

    def take(self, cards: Sequence[Card]) -> None:
        """Plan the new customers, and account for every card."""
        for card in cards:
            try:
                self._take(card, said_by(card, self.today))
            except Unfit as error:
                self.made.refuse(self.file, error.line, error.code, error.sentence)
                self.made.rows[card.line] = self.made.rows.pop(error.line)

    def _take(self, card: Card, said: Said) -> None:
        if not said.facts.get("name"):
            raise Unfit(card.line, "missing", _("{field} is missing").format(field="FN"))
        if said.uid:
            first = self._lines.setdefault(said.uid, card.line)
            if first != card.line:
                sentence = _("the card in line {line} has the same UID")
                raise Unfit(card.line, "duplicate-uid", sentence.format(line=first))
        self.unread.update(said.unread)
        person = Line(card.line, said.facts)
        known = self._known(card, said, person)
        if known is None:
            self._make(person, said)
            return
        otherwise = [gap.field for gap in differing(known.person, person)]
        if fields := [*otherwise, *self._differing(known.ref, said.more)]:
            self.made.differ(card.line, known.ref, fields)
        else:
            self.made.rows[card.line] = "unchanged"

    def _known(self, card: Card, said: Said, person: Line) -> _Known | None:
        """The customer whose card it is; of our own export by the id."""
        own = record_of(said.uid, self._mark)
        record = self._shelf.get(own) if own else self._by_uid.get(f"{_KEY}{said.uid}") if said.uid else None
        if isinstance(record, Staff):
            return _Known(record.id, person)
        if is_of_a_book(said.uid, "ST") or (record is not None and not isinstance(record, Customer)):
            raise Unfit(card.line, "not-a-customer", _("a card of somebody who works for a shop"))
        if record is not None and record.forgotten:
            sentence = _("{record} was forgotten, and is not brought back by an old card")
            raise Unfit(card.line, "forgotten", sentence.format(record=record.id))
        if record is not None:
            return _Known(record.id, facts_of(record))
        same = self.people.same(person)
        return _Known(same.ref, same.person) if same else None

    def _make(self, person: Line, said: Said) -> None:
        key = f"{_KEY}{said.uid}" if said.uid else key_of(person)
        ref = self.made.make("customer", {**tree_of(person), **said.more, "source_key": key}, person.line)
        self.people.add(ref, person, key_of(person))
        self.made.rows[person.line] = "created"

    def _differing(self, ref: str, more: dict[str, Tree]) -> Iterator[str]:
        """The other fields that a card says otherwise than its customer; of one that is new nothing is known."""
        record = self._shelf.get(ref)
        if not isinstance(record, Customer):
            return
        if not {fold(str(tag)) for tag in more.get("tags") or ()} <= set(map(fold, record.tags)):
            yield "tags"
        had = {(fold(one.name), phones.digits(one.phone or "")) for one in record.contacts}
        told = [one for one in more.get("contacts") or () if isinstance(one, dict)]
        if not {(fold(str(one["name"])), phones.digits(str(one.get("phone") or ""))) for one in told} <= had:
            yield "contacts"
        for name in ("pinyin", "language"):
            if more.get(name) and more[name] != getattr(record, name):
                yield name
