"""Finding the record that a cell means: by its id, a key, a phone, a serial number, a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from aftercare.answers.importing.cells import Unfit
from aftercare.answers.importing.mapfile import BY, BY_ANY
from aftercare.answers.importing.mappings import Lookup
from aftercare.book.ids import loosely, split_unit
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _, word
from aftercare.plain import phones
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.customer import Customer
from aftercare.records.sale import Sale
from aftercare.records.schema import FieldOf


class Finder:
    """Finds records of a book by what cells say of them."""

    def __init__(self, shelf: Shelf, lookups: Mapping[str, Lookup]) -> None:
        self._shelf, self._lookups = shelf, lookups
        self._tables: dict[tuple[str, str], dict[str, list[str]]] = {}

    def value(self, name: str, field: FieldOf, said: Tree) -> Tree:
        """What a field holds: the id behind what a cell says where it refers to something, else just that."""
        refers = field.refers
        if refers is None:
            return said
        if isinstance(said, list):
            return [self._id(name, refers.kinds, str(one), or_words=refers.or_words) for one in said]
        return self._id(name, refers.kinds, str(said), or_words=refers.or_words)

    def _id(self, name: str, kinds: Sequence[str], text: str, *, or_words: bool) -> str:
        """The id that a text means; Unfit where it means none, or several."""
        lookup = self._lookups.get(name, Lookup())
        for kind in kinds:
            for way in lookup.by or BY.get(kind, BY_ANY):
                found = list(dict.fromkeys(self._found(kind, way, text)))
                if len(found) > 1:
                    sentence = _("{field}: “{text}” may be {found}")
                    raise Unfit("ambiguous", sentence.format(field=name, text=text, found=", ".join(found[:5])))
                if found:
                    return found[0]
        if or_words:
            return text
        sentence = _("{field}: the book has no {kind} “{text}”")
        raise Unfit("unknown", sentence.format(field=name, kind=", ".join(map(word, kinds)), text=text))

    def _found(self, kind: str, way: str, text: str) -> Iterator[str]:
        if way == "id":
            yield from self._by_id(kind, text)
            return
        if (kind, way) not in self._tables:
            table: dict[str, list[str]] = defaultdict(list)
            for word_of, ref in self._words(kind, way):
                table[word_of].append(ref)
            self._tables[kind, way] = table
        wanted = phones.digits(text) if way == "phone" else _folded(text)
        yield from self._tables[kind, way].get(wanted, ()) if wanted else ()

    def _by_id(self, kind: str, text: str) -> Iterator[str]:
        head, line = split_unit(text)
        named = loosely(head)
        record = self._shelf.get(str(named)) if named else None
        if record is None:
            return
        if kind == "unit":
            if isinstance(record, Sale) and line and line <= len(record.items):
                yield f"{record.id}/{line}"
        elif line is None and kind_of(record.id) == kind:
            yield record.id

    def _words(self, kind: str, way: str) -> Iterator[tuple[str, str]]:
        """The words by which records of a kind are found in one way, each with its id."""
        for record in self._shelf.of_kinds(["sale" if kind == "unit" else kind]):
            if way == "phone":
                numbers = record.phones if isinstance(record, Customer) else [getattr(record, "phone", None) or ""]
                yield from ((phones.digits(number), record.id) for number in numbers if number)
            elif kind == "unit" and isinstance(record, Sale):
                yield from _units(record, way)
            else:
                said = getattr(record, "source_key" if way == "key" else way, None)
                if isinstance(said, str) and said:
                    yield _folded(said), record.id


def _units(sale: Sale, way: str) -> Iterator[tuple[str, str]]:
    """The units of a sale by their serial numbers, or its only one by the order's number."""
    if way == "serial":
        for number, item in enumerate(sale.items, start=1):
            if item.serial:
                yield _folded(item.serial), f"{sale.id}/{number}"
    elif len(sale.items) == 1:
        for key in filter(None, (sale.order, sale.source_key) if way == "order" else ()):
            yield _folded(key), f"{sale.id}/1"


def _folded(text: str) -> str:
    return fold(text).casefold()
