"""Products among the rows of an order export: known by their number, else their model, else their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aftercare.answers.importing.incoming import Line, Plan
from aftercare.answers.importing.mappings import Lookup
from aftercare.book.shelf import Shelf
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.policies.categories import ROOT, Categories
from aftercare.records.product import Product

_IDENTIFYING = ("sku", "model")
WAYS = (*_IDENTIFYING, "name")
"""By what a product is known again, in this order; by its name only where the row has nothing better."""
_TRAILING = re.compile(r"[\s0-9A-Za-z./()*+\-]+$")


class Known(NamedTuple):
    """A product of the book or of a row before, its words folded; ``ref`` is the id, or what stands for it."""

    ref: str
    sku: str
    model: str
    name: str


class Goods:
    """The products that the book has, and those that the rows before have made."""

    def __init__(self, shelf: Shelf, categories: Categories, lookup: Lookup = Lookup()) -> None:  # noqa: B008
        self._categories = categories
        self._ways, self.makes = lookup.by or WAYS, lookup.makes
        self._known: dict[str, Known] = {}
        self._by_word: dict[tuple[str, str], list[Known]] = {}
        for product in shelf.of(Product):
            self._add(Known(product.id, *(_word(w) for w in (product.sku, product.model, product.name))))

    def _add(self, known: Known) -> None:
        self._known[known.ref] = known
        for field in ("sku", "model", "name"):
            word = getattr(known, field)
            if word:
                self._by_word.setdefault((field, word), []).append(known)

    def take(self, line: Line, made: Plan) -> str:
        """The product of a row: one that is there, else a new one."""
        found = self._find(line)
        if found:
            return found.ref
        asked = _asked(line)
        tree: dict[str, Tree] = {
            "name": line.text("product") or line.text("model") or line.text("sku"),
            "model": line.text("model"),
            "sku": line.text("sku"),
            "source_key": line.text("sku") or line.text("model") or line.text("product"),
            **category_of(self._categories, line.text("category"), line.text("product")),
        }
        ref = made.make("product", tree, line.line)
        self._add(asked._replace(ref=ref, name=_word(str(tree["name"]))))
        return ref

    def has(self, line: Line) -> bool:
        """Whether the product of a row is known."""
        return self._find(line) is not None

    def _find(self, line: Line) -> Known | None:
        asked = _asked(line)
        for field in self._ways:
            if field == "name":
                break
            for known in self._by_word.get((field, getattr(asked, field)), ()):
                if not _contradict(known, asked):
                    return known
        if "name" not in self._ways or any(getattr(asked, field) for field in self._ways if field != "name"):
            return None
        namesakes = self._by_word.get(("name", asked.name), [])
        if len(namesakes) == 1:
            return namesakes[0]
        return next((known for known in namesakes if not known.sku and not known.model), None)

    def fits(self, ref: str, line: Line) -> bool:
        """Whether a row may be about a product: they share the surest word that both have."""
        known, asked = self._known.get(ref), _asked(line)
        if known is None:
            return False
        for field in ("sku", "model", "name"):
            one, other = getattr(known, field), getattr(asked, field)
            if one and other:
                return bool(one == other)
        return False


def category_of(categories: Categories, said: str, name: str) -> dict[str, Tree]:
    """The category that the column says, else the one that the name ends with; the shop's own word is kept."""
    found = categories.find(said) if said else None
    if found:
        return {"category": found}
    guesses = (categories.find(end) for end in _endings(name))
    guessed = next(filter(None, guesses), ROOT)
    return {"category": guessed, "tags": [said] if said else []}


def _endings(name: str) -> Iterator[str]:
    """The ends of a name from the longest on, since a Chinese or English compound ends with what the thing is."""
    for whole in (fold(name), _TRAILING.sub("", fold(name))):
        starts = [n for n in range(len(whole) - 1) if n == 0 or not (whole[n].isascii() and whole[n - 1] != " ")]
        yield from (whole[n:] for n in starts)


def _asked(line: Line) -> Known:
    return Known("", *(_word(line.text(name)) for name in ("sku", "model", "product")))


def _word(text: str | None) -> str:
    return fold(text).casefold() if text else ""


def _contradict(known: Known, asked: Known) -> bool:
    return any(
        getattr(known, field) and getattr(asked, field) and getattr(known, field) != getattr(asked, field)
        for field in _IDENTIFYING
    )
