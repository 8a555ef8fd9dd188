"""Customers among the cards of an address book: known again by the card's UID, else as rows of a customer list are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from aftercare.answers.importing.card_facts import Said, Unfit, said_by
from aftercare.answers.importing.customer_rows import Known, People, differing, facts_of, key_of, tree_of
from aftercare.answers.importing.incoming import Gap, Line, Plan
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


class Contacts:
    """Takes the cards of an address book."""

    def __init__(self, shelf: Shelf, made: Plan, file: str, today: date, *, update: bool) -> None:
        self.people = People(shelf)
        self.made = made
        self.file = file
        self.today = today
        self.update = update
        self.unread: set[str] = set()
        self._shelf = shelf
        self._mark = mark_of(shelf.settings)
        self._by_uid = {one.source_key: one for one in shelf.of(Customer) if (one.source_key or "").startswith(_KEY)}
        self._lines: dict[str, int] = {}
        self._known: dict[str, Known] = {}
        self._taken: dict[tuple[str, str], Tree] = {}

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
        known = self._whose(card, said, person)
        if known is None:
            self._make(person, said)
        else:
            gaps = [*differing(known.person, person), *self._differing(known.ref, said.more)]
            if record_of(said.uid, self._mark) and not _akin(known.person, person):
                # A shop of the same name may have written it of somebody of its own: nothing of it is taken.
                gaps = [gap._replace(path=()) for gap in gaps]
            taken = self.made.settle(card.line, known.ref, gaps, update=self.update)
            self._taken.update({(known.ref, gap.field): gap.value for gap in taken})
            self.people.learn(known, person, [gap for gap in taken if gap.field in person.facts])

    def _whose(self, card: Card, said: Said, person: Line) -> Known | None:
        """The customer whose card it is; of our own export by the id."""
        own = record_of(said.uid, self._mark)
        record = self._shelf.get(own) if own else self._by_uid.get(f"{_KEY}{said.uid}") if said.uid else None
        if isinstance(record, Staff):
            return Known(record.id, dict(person.facts), "")
        if is_of_a_book(said.uid, "ST") or (record is not None and not isinstance(record, Customer)):
            raise Unfit(card.line, "not-a-customer", _("a card of somebody who works for a shop"))
        if record is not None and record.forgotten:
            sentence = _("{record} was forgotten, and is not brought back by an old card")
            raise Unfit(card.line, "forgotten", sentence.format(record=record.id))
        if record is not None and record.id not in self._known:
            self._known[record.id] = Known(record.id, dict(facts_of(record).facts), "")
        same = self._known[record.id] if record is not None else self.people.same(person)
        return self._known.setdefault(same.ref, same) if same else None

    def _make(self, person: Line, said: Said) -> None:
        key = f"{_KEY}{said.uid}" if said.uid else key_of(person)
        ref = self.made.make("customer", {**tree_of(person), **said.more, "source_key": key}, person.line)
        self.people.add(ref, person, key_of(person))
        self.made.rows[person.line] = "created"

    def _differing(self, ref: str, more: dict[str, Tree]) -> Iterator[Gap]:
        """The other fields that a card says otherwise than its customer; of one that is new nothing is known."""
        record = self._shelf.get(ref)
        if not isinstance(record, Customer):
            return
        had = self._taken.get((ref, "tags")) or list(record.tags)
        if isinstance(had, list) and (tags := _without(more.get("tags"), had)):
            yield Gap("tags", ("tags",), [*had, *tags], fills=True)
        near = {(fold(one.name), phones.digits(one.phone or "")) for one in record.contacts}
        told = [one for one in more.get("contacts") or () if isinstance(one, dict)]
        if any((fold(str(one["name"])), phones.digits(str(one.get("phone") or ""))) not in near for one in told):
            has_none = not record.contacts and (ref, "contacts") not in self._taken
            yield Gap("contacts", ("contacts",), list(told), fills=has_none)
        for name in ("pinyin", "language"):
            if more.get(name) and more[name] != getattr(record, name):
                yield Gap(name, (name,), more[name], fills=not getattr(record, name))


def _akin(known: Line, person: Line) -> bool:
    """Whether both have the name, or a phone, in common."""
    numbers = {phones.digits(number) for number in known.texts("phone")}
    is_called = any(phones.digits(number) in numbers for number in person.texts("phone"))
    return is_called or fold(known.text("name")) == fold(person.text("name"))


def _without(tags: Tree, had: Sequence[Tree]) -> list[Tree]:
    """Those of the tags that a customer has not yet."""
    folded = {fold(str(tag)) for tag in had}
    return [tag for tag in tags if fold(str(tag)) not in folded] if isinstance(tags, list) else []
