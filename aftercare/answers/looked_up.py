"""Records looked up in the index: their rows, what they are called, and which of them somebody means.

The rules are those of :mod:`aftercare.answers.finding`, which goes by the records themselves; here the database goes
through them, and none is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from aftercare.answers import describing
from aftercare.answers.naming import of_now
from aftercare.book.ids import split_unit
from aftercare.plain.text import fold
from aftercare.records.known import Known
from aftercare.records.names import BY_NAME, KINDS, kind_of_id
from aftercare.records.outlines import whole

if TYPE_CHECKING:
    from aftercare.book.index.indexed import Indexed
    from aftercare.book.settings import Settings
    from aftercare.book.shelf import Shelf

_CENTURY = 100
_FEWEST = 2
"""A single letter or digit is no word."""
_NAMED = """
    SELECT id FROM people WHERE :typed <> '' AND instr(folded, :typed)
    UNION SELECT id FROM people WHERE :letters <> ''
      AND (instr(spelt, '/' || :letters) OR instr(spelt, '=' || :letters || '='))
    """
_CALLED = """
    SELECT id FROM phones WHERE :plain <> '' AND substr(phone, -length(:plain)) = :plain
      OR :inland <> '' AND substr(inland, -length(:inland)) = :inland
      OR :whole <> '' AND substr(whole, -length(:whole)) = :whole
    """


def is_searchable(text: str) -> bool:
    """Whether a text can be looked up: the index holds no signs that cannot be shown, and knows no words with any."""
    return fold(text).isprintable()


class LookedUp:
    """The records of a book by its index, which is fresh, as who looks for one knows them."""

    def __init__(self, index: Indexed) -> None:
        self._index = index
        self._known: dict[str, Known | None] = {}

    @property
    def index(self) -> Indexed:
        """The index itself."""
        return self._index

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind as rows, in the order of their files."""
        asked = "SELECT id, row FROM rows WHERE id BETWEEN ? AND ? ORDER BY id"
        return [whole(one, kind, json.loads(said)) for one, said in self._ask(asked, *_span(kind))]

    def row(self, record_id: str) -> dict[str, Any]:
        """One record as a row."""
        ((said,),) = self._ask("SELECT row FROM rows WHERE id = ?", record_id)
        return whole(record_id, kind_of_id(record_id), json.loads(said))

    def shelf_around(self, record_id: str, settings: Settings) -> Shelf:
        """A shelf on which a record stands with all that is told of it on its page."""
        from aftercare.book.index.lazily import shelf_around

        return shelf_around(self._index, settings, record_id)

    @cached_property
    def formerly(self) -> dict[str, str]:
        """The ids that records had, with those of now."""
        return self._index.formerly()

    @property
    def of_now(self) -> Callable[[str], str] | None:
        """What makes references of today of those that are typed; None where no record had another id."""
        return (lambda reference: of_now(self, reference)) if self.formerly else None

    def now(self, record_id: str) -> str:
        """The id of the record that has this id, or had it formerly; "" where there is none."""
        known = self._get(record_id)
        return known.id if known else ""

    def is_removed(self, record_id: str) -> bool:
        """Whether there was a record of this id, which was taken out."""
        return bool(self._ask("SELECT 1 FROM files WHERE id = ? AND state = 'removed'", record_id))

    def lines(self, sale: str) -> int:
        """How many lines a sale has."""
        known = self._get(sale)
        return len(known.goods) if known else 0

    def units_with_serial(self, text: str) -> list[str]:
        """The units with a serial number, be it that of the thing in use or of one that was replaced."""
        found: set[tuple[str, int]] = set()
        for (unit,) in self._ask("SELECT unit FROM serials WHERE serial = ?", fold(text).casefold()):
            head, __, line = unit.partition("/")
            sale = self.now(head)
            if kind_of_id(sale) == "sale" and line in map(str, range(1, self.lines(sale) + 1)):
                found.add((sale, int(line)))
        return [f"{sale}/{line}" for sale, line in sorted(found)]

    def numbered(self, kind: str, number: int) -> list[str]:
        """The ids of a kind with this running number, of any year."""
        ids = [f"{BY_NAME[kind].prefix}{year:02}-{number:04}" for year in range(_CENTURY)]
        marks = ",".join("?" * len(ids))
        return [one for (one,) in self._ask(f"SELECT id FROM known WHERE id IN ({marks})", *ids)]  # noqa: S608

    def describe(self, record_id: str) -> str:
        """A record in one line."""
        return describing.described(self._get, record_id)

    def known_as(self, record_id: str) -> str:
        """The same of a record, or of a unit in one; "" where there is none."""
        return self.describe(record_id) if self._get(split_unit(record_id)[0]) else ""

    def search(self, text: str, kinds: Iterable[str] = ()) -> list[str]:
        """The ids of the records that a text finds, of all kinds or of *kinds*: if any is exact, of those alone."""
        wanted = frozenset(kinds) or frozenset(BY_NAME)
        typed = fold(text).casefold()
        exact = {one for (one,) in self._ask("SELECT id FROM words WHERE word = ?", typed)}
        exact |= {
            one for (one,) in self._ask("SELECT id FROM known WHERE id = ?", typed.upper()) if one.casefold() == typed
        }
        if "sale" in wanted:
            exact |= {unit.partition("/")[0] for unit in self.units_with_serial(text)}
        return _of_kinds(exact, wanted) or _of_kinds(self._answering(text, typed, wanted), wanted)

    def through_sales(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        """The works and claims of the sales that the text means, by the buyer or a serial number."""
        works = [kind for kind in ("claim", "delivery", "installation") if kind in kinds]
        units = set(self.units_with_serial(text))
        sales = set(self.search(text, ("sale",))) if works else set()
        found = {
            one
            for kind in works
            for one, about in self._ask("SELECT id, about FROM known WHERE id BETWEEN ? AND ?", *_span(kind))
            if (about in units if kind == "claim" and units else self.now(about.partition("/")[0]) in sales)
        }
        return _of_kinds(found, frozenset(works))

    def _answering(self, text: str, typed: str, wanted: frozenset[str]) -> set[str]:
        """Whoever has such a name or phone, whatever says these words, and what those people bought or asked."""
        found = self._people(text, typed)
        if len(typed) >= _FEWEST or not typed.isascii():
            found |= {one for (one,) in self._ask("SELECT id FROM texts WHERE instr(said, ?)", typed)}
        buyers = {one for one in found if kind_of_id(one) == "customer"}
        for kind in ("sale", "enquiry") if buyers else ():
            if kind in wanted:
                theirs = self._ask("SELECT id, owner FROM known WHERE id BETWEEN ? AND ?", *_span(kind))
                found |= {one for one, owner in theirs if self.formerly.get(owner, owner) in buyers}
        return found

    def _people(self, text: str, typed: str) -> set[str]:
        from aftercare.plain import names, phones  # the patterns are made only where somebody is looked for

        letters = names.spoken_letters(text)
        new = self._spelt_now() if letters else {}
        found = {one for one, spelt in new.items() if f"/{letters}" in spelt or f"={letters}=" in spelt}
        found |= {one for (one,) in self._index.connection.execute(_NAMED, {"typed": typed, "letters": letters})}
        ends = phones.wanted(text)
        if ends:
            found |= {one for (one,) in self._index.connection.execute(_CALLED, ends._asdict())}
        return found

    def _spelt_now(self) -> dict[str, str]:
        """How those are spelt whom nobody has asked for yet in Latin letters; noted as far as the disk lets us."""
        import sqlite3

        from aftercare.plain.names import pinyin_of

        new = self._ask("SELECT id, name FROM people WHERE spelt IS NULL")
        if not new:
            return {}
        spelt = cache(pinyin_of)
        with self._index.changing(), suppress(sqlite3.Error):
            self._index.connection.executemany(
                "UPDATE people SET spelt = ? WHERE id = ? AND name = ?", [(spelt(name), one, name) for one, name in new]
            )
        found: dict[str, str] = {}
        for one, name in new:
            found[one] = found.get(one, "") + spelt(name)
        return found

    def _get(self, record_id: str) -> Known | None:
        """By what a record is known that has an id, or had it formerly."""
        if record_id not in self._known:
            found = self._read(record_id)
            self._known[record_id] = found or self._read(self.formerly.get(record_id, ""))
        return self._known[record_id]

    def _read(self, record_id: str) -> Known | None:
        asked = "SELECT id, name, more, owner, about, goods FROM known WHERE id = ?"
        for one, name, more, owner, about, goods in self._ask(asked, record_id) if record_id else ():
            return Known(one, name, more, owner, about, tuple(json.loads(goods)))
        return None

    def _ask(self, asked: str, *values: str) -> list[Any]:
        return self._index.connection.execute(asked, values).fetchall()


def _span(kind: str) -> tuple[str, str]:
    """Between which texts the ids of a kind lie."""
    prefix = BY_NAME[kind].prefix
    return prefix, f"{prefix}~"


def _of_kinds(ids: Iterable[str], kinds: frozenset[str]) -> list[str]:
    """Those of some kinds, in the order of their files."""
    return [one for kind in _in_order() if kind in kinds for one in sorted(_with_prefix(ids, BY_NAME[kind].prefix))]


def _in_order() -> Iterator[str]:
    """The kinds in the order of their folders."""
    return (kind.name for kind in sorted(KINDS, key=lambda kind: kind.folder))


def _with_prefix(ids: Iterable[str], prefix: str) -> Iterator[str]:
    return (one for one in ids if one.startswith(prefix))
