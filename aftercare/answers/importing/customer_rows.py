"""Customers among the rows of a spreadsheet: known again by their key, by a phone, or by name and address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from aftercare.answers.importing.incoming import Gap, Line, Plan, Source
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain import lunar, moments, phones
from aftercare.plain.text import fold
from aftercare.plain.tree import Path, Tree
from aftercare.records.customer import Customer

_FEWEST_DIGITS = 5
"""A number with fewer digits is an extension or a short code, and nobody's own."""
_MOST_HOLDERS = 50
"""A number that so many customers have is nobody's own: a switchboard's, or one that was made up."""
_MASKED = re.compile(r"[*＊•#]|[xX]{2}")
_PLAIN: Mapping[str, Path] = MappingProxyType(
    {"region": ("address", "region"), "floor": ("address", "floor"), "address": ("address", "text")}
)


WAYS = ("key", "phone", "name")
"""By what a customer is known again, in this order."""


class Known(NamedTuple):
    """A customer of the book, or of a row before: the id (or what stands for it), and the facts as a row has them.

    ``key`` is the one the file gave; "" where it was made of name and phone.
    """

    ref: str
    facts: dict[str, Tree]
    key: str

    @property
    def person(self) -> Line:
        """The facts as those of a row."""
        return Line(0, self.facts)


class People:
    """The customers that the book has, and those that the rows before have made."""

    def __init__(self, shelf: Shelf) -> None:
        self._by_key: dict[str, Known] = {}
        self._by_phone: dict[str, list[Known]] = defaultdict(list)
        self._by_sign: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for record in shelf.of(Customer):
            self.add(record.id, facts_of(record), record.source_key or "")

    def add(self, ref: str, person: Line, key: str) -> None:
        """One more customer."""
        known = Known(ref, {**person.facts}, key if key != _made_up(person) else "")
        if key:
            self._by_key.setdefault(key, known)
        for number in _identifying(person.texts("phone")):
            self._by_phone[number].append(known)
        for sign in _signs(person):
            self._by_sign[sign].append(known)

    def learn(self, known: Known, person: Line, taken: Sequence[Gap]) -> None:
        """What a customer has taken from a row is known of them from here on."""
        for gap in taken:
            known.facts[gap.field] = gap.value if gap.field in {"phone", "note"} else person.facts[gap.field]
            if gap.field == "phone":
                for number in _identifying(person.texts("phone")):
                    self._by_phone[number].append(known)
            if gap.field in {"name", "phone", "address"}:
                for sign in _signs(known.person):
                    self._by_sign[sign].append(known)

    def same(self, person: Line) -> Known | None:
        """The customer that a row of a customer list is: of the same key, or the same name and phone or address."""
        by_key = self._by_key.get(key_of(person))
        if by_key:
            return by_key
        for sign in _signs(person):
            for known in self._by_sign.get(sign, ()):
                if _may_be(known, person):
                    return known
        return None

    def buyer(self, person: Line, ways: Sequence[str] = WAYS) -> Known | None:
        """The customer that an order is from, in the first of the *ways* in which one is known.

        By key: whoever has it; by phone: whoever has it, the namesake first; by name: as :meth:`same`.
        """
        for way in ways:
            found = self._by_key.get(own_key(person)) if way == "key" else self._by_way(way, person)
            if found:
                return found
        return None

    def _by_way(self, way: str, person: Line) -> Known | None:
        if way == "name":
            return self.same(person)
        numbers = list(_identifying(person.texts("phone")))
        for sign in _signs(person, numbers):
            for known in self._by_sign.get(sign, ()):
                if _may_be(known, person):
                    return known
        holders = [known for number in numbers for known in self._by_phone.get(number, ())[:_MOST_HOLDERS]]
        may = {known.ref: known for known in holders if _may_be(known, person)}
        return next(iter(may.values())) if len(may) == 1 and len(holders) < _MOST_HOLDERS else None


def own_key(person: Line) -> str:
    """The key that the file itself has for a customer; "" where it has none."""
    return person.text("source_key")


def key_of(person: Line) -> str:
    """The key by which a row's customer is known again: the file's own, else the name with a phone or the address."""
    return own_key(person) or _made_up(person)


def _made_up(person: Line) -> str:
    numbers = list(_identifying(person.texts("phone")))
    told = numbers[0] if numbers else person.text("address") or next(iter(person.texts("phone")), "")
    return f"{fold(person.text('name'))} {fold(told)}".strip()


def _may_be(known: Known, person: Line) -> bool:
    """Who has another key of that file's own is somebody else, whatever else they share."""
    key = own_key(person)
    return not key or not known.key or known.key == key


def name_of(person: Line) -> str:
    """What a customer is called: by their name; where the file has none, by its key."""
    return person.text("name") or own_key(person)


def tree_of(person: Line) -> dict[str, Tree]:
    """The record of a new customer."""
    address: dict[str, Tree] = {
        "text": person.text("address"),
        "region": person.text("region"),
        "distance_km": person.text("distance_km"),
        "floor": person.text("floor"),
    }
    return {
        "name": name_of(person),
        "phones": list(person.texts("phone")),
        "address": {key: said for key, said in address.items() if said},
        "birthday": person.facts.get("lunar_birthday") or person.facts.get("birthday"),
        "since": person.text("since"),
        "note": person.text("note"),
        "source_key": key_of(person),
    }


def facts_of(record: Customer) -> Line:
    """A customer of the book as a row would tell of them."""
    address, birthday = record.address, record.birthday
    facts: dict[str, Tree] = {
        "name": record.name,
        "phone": list(record.phones),
        "address": address.text if address else None,
        "region": address.region if address else None,
        "floor": address.floor if address else None,
        "distance_km": str(address.distance_km) if address and address.distance_km is not None else None,
        "birthday": birthday.solar if birthday else None,
        "lunar_birthday": {"lunar": birthday.lunar} if birthday and birthday.lunar else None,
        "since": moments.iso(record.since) if record.since else None,
        "note": record.note,
    }
    return Line(0, {name: said for name, said in facts.items() if said})


def _identifying(numbers: Sequence[str]) -> Iterator[str]:
    """The digits of the phones that tell people apart; a masked number (138****8000) is many people's."""
    for number in numbers:
        digits = phones.digits(number)
        if len(digits) >= _FEWEST_DIGITS and not _MASKED.search(number):
            yield digits


def _signs(person: Line, numbers: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """By what a namesake is the same: the name with each phone, and (where no *numbers* are given) the address."""
    name = fold(person.text("name"))
    if not name:
        return
    yield from ((name, number) for number in (_identifying(person.texts("phone")) if numbers is None else numbers))
    if numbers is None and (address := fold(person.text("address"))):
        yield name, f"@{address}"


class Customers:
    """Takes the rows of a customer list."""

    def __init__(self, shelf: Shelf, made: Plan, source: Source) -> None:
        self.people = People(shelf)
        self.made = made
        self.source = source

    def take(self, lines: Sequence[Line]) -> None:
        """Plan the new customers, and account for every row."""
        for line in lines:
            if line.line in self.made.rows:
                continue
            if not name_of(line):
                self.made.refuse(self.source.file, line.line, "missing", _("{field} is missing").format(field="name"))
                continue
            person = _one_birthday(line)
            known = self.people.same(person)
            if known is None:
                ref = self.made.make("customer", tree_of(person), person.line)
                self.people.add(ref, person, key_of(person))
                self.made.rows[person.line] = "created"
            else:
                gaps = list(differing(known.person, person))
                taken = self.made.settle(person.line, known.ref, gaps, update=self.source.update)
                self.people.learn(known, person, taken)


def _one_birthday(line: Line) -> Line:
    """The row with a lunar birthday under its own name, whichever column it was in."""
    said = line.facts.get("birthday")
    if not isinstance(said, dict):
        return line
    facts = {name: value for name, value in line.facts.items() if name != "birthday"}
    return Line(line.line, {**facts, "lunar_birthday": said})


def differing(known: Line, person: Line) -> Iterator[Gap]:
    """The fields of a row that its customer does not have, or has otherwise; what the row leaves out does not count."""
    if person.text("name") and fold(known.text("name")) != fold(person.text("name")):
        yield Gap("name", ("name",), person.text("name"))
    had = set(map(phones.digits, known.texts("phone")))
    more = [number for number in person.texts("phone") if phones.digits(number) not in had]
    if more:
        yield Gap("phone", ("phones",), [*known.texts("phone"), *more], fills=True)
    for name, path in _PLAIN.items():
        if person.text(name) and fold(person.text(name)) != fold(known.text(name)):
            yield Gap(name, path, person.text(name), fills=not known.text(name))
    if person.text("distance_km") and Decimal(person.text("distance_km")) != Decimal(known.text("distance_km") or -1):
        said = person.text("distance_km")
        yield Gap("distance_km", ("address", "distance_km"), said, fills=not known.text("distance_km"))
    yield from _other_days(known, person)
    if person.text("note") and person.text("note") not in known.text("note"):
        whole = "\n".join(filter(None, (known.text("note"), person.text("note"))))
        yield Gap("note", ("note",), whole, fills=not known.text("note"))


def _other_days(known: Line, person: Line) -> Iterator[Gap]:
    moon, known_moon = person.facts.get("lunar_birthday"), known.facts.get("lunar_birthday")
    has_none = not known_moon and not known.text("birthday")
    if isinstance(moon, dict):
        if not isinstance(known_moon, dict) or _lunar_day(moon) != _lunar_day(known_moon):
            yield Gap("lunar_birthday", ("birthday",), moon, fills=has_none)
    elif person.text("birthday") and person.text("birthday") != known.text("birthday"):
        yield Gap("birthday", ("birthday",), person.text("birthday"), fills=has_none)
    since = person.text("since")
    if since and since[:10] != known.text("since")[:10]:
        yield Gap("since", ("since",), since, fills=not known.text("since"))


def _lunar_day(said: dict[str, Tree]) -> lunar.LunarDay:
    return lunar.parse(str(said.get("lunar")))
