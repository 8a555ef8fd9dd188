"""What customers said about products, in their own words, by product and theme; nobody is named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.answers.observed import Look, Noted, look_at, subjects_of
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.plain.text import fold
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish

KINDS = ("fault", "complaint", "wish", "question", "heard")
"""As what something was said."""
SHORTEST = 2
"""A theme of fewer letters than these is looked for in no words: it would be found everywhere."""


class Said(NamedTuple):
    """One thing that a customer said of a product; the theme is "" where no record names one."""

    kind: str
    id: str
    on: Moment
    product: str
    theme: str
    words: str


class Theme(NamedTuple):
    """All that was said of one product about one theme, the latest first."""

    product: str
    theme: str
    said: list[Said]

    @property
    def kinds(self) -> dict[str, int]:
        """How many things were said as what, in the order of :data:`KINDS`."""
        counted = Counter(one.kind for one in self.said)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}


def by_theme(
    shelf: Shelf, products: Mapping[str, Mapping[str, str]], noted: Sequence[Noted], first: date, last: date
) -> list[Theme]:
    """What was said from *first* to *last*, the theme of which most was said first, product by product.

    *products* says of each product what names mean the same part (:func:`aftercare.answers.quality.parts_of`), *noted*
    what the records noted of it.  A theme is a part or a wish's theme, spelled as it is most often.  What names
    none is of the theme that its words mention, if they mention one alone.
    """
    look = look_at(shelf, products)
    said = [one for one in (*_of_records(shelf, noted), *_of_contacts(look)) if first <= day_of(one.on) <= last]
    parts = ((one.product, one.component) for one in noted)
    themes = _Themes([*parts, *((one.product, one.theme) for one in said)], products)
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in sorted(said, key=lambda one: (in_order(one.on), one.id), reverse=True):
        found[one.product, themes.of(one)].append(one)
    total = Counter(one.product for one in said)
    lines = [Theme(product, themes.name(product, key), said) for (product, key), said in found.items()]
    return sorted(lines, key=lambda one: (-total[one.product], one.product, not one.theme, -len(one.said), one.theme))


def _of_records(shelf: Shelf, noted: Sequence[Noted]) -> Iterator[Said]:
    """Faults, whatever the workshop found, complaints and wishes that were not taken back."""
    for one in noted:
        kind = "fault" if one.what == "no_fault" else one.what
        if kind in {"fault", "complaint", "wish"} and one.words:
            record = shelf.get(one.id)
            theme = (record.theme or "") if isinstance(record, Wish) else one.component
            yield Said(kind, one.id, one.on, one.product, theme, one.words)


def _of_contacts(look: Look) -> Iterator[Said]:
    """What customers asked, and what else was heard; what became a record of its own is told by that record."""
    for visit in look.shelf.of(Visit):
        words = [("question", visit.question)] if visit.question else []
        words += [("heard", text) for text in visit.heard if look.shelf.get(text.strip()) is None]
        for product in look.about(subjects_of(visit)) if words else ():
            yield from (Said(kind, visit.id, visit.at, product, "", text) for kind, text in words)


class _Themes:
    """The themes that records name, by product."""

    def __init__(self, named: Sequence[tuple[str, str]], parts: Mapping[str, Mapping[str, str]]) -> None:
        self._parts = parts
        self._spelled: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        """For each product the folded names of its themes, each with the key that they stand for."""
        for product, theme in named:
            if theme:
                key = self._key(product, theme)
                self._spelled[product, key][theme] += 1
                self._names[product] |= {key: key, _folded(theme): key}
        for product, names in self._names.items():
            names |= {name: key for name, key in parts.get(product, {}).items() if key in names}

    def name(self, product: str, key: str) -> str:
        """A theme as the records spell it most often."""
        spellings = self._spelled.get((product, key), Counter())
        return min(spellings, key=lambda name: (-spellings[name], name), default="")

    def of(self, one: Said) -> str:
        """The key of the theme that something is about, or ""."""
        if one.theme:
            return self._key(one.product, one.theme)
        words, names = _folded(one.words), self._names.get(one.product, {})
        met = [name for name in names if len(name) >= SHORTEST and name in words]
        keys = {names[name] for name in met if not any(name != other and name in other for other in met)}
        return keys.pop() if len(keys) == 1 else ""

    def _key(self, product: str, theme: str) -> str:
        said = _folded(theme)
        return self._parts.get(product, {}).get(said, said)


def _folded(text: str) -> str:
    return fold(text).strip().casefold()
