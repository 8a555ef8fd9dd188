"""Tables of goods: what a rule says of each kind, a row a category, a column a figure.

An empty cell is "no such thing for these goods".  ``unknown`` is "there is a figure, and no source was found for it":
what hangs on it is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from aftercare.language import N_
from aftercare.plain.text import fold
from aftercare.policies import categories
from aftercare.policies.compiled import tree_of
from aftercare.policies.conditions import number
from aftercare.policies.reading_plans import category_of
from aftercare.policies.shape import Node, Words

UNKNOWN = "unknown"
_CATALOGUES = Path(__file__).parent / "catalogues.yaml"


class Row(NamedTuple):
    """What a rule says of one kind of goods."""

    category: str
    figures: Mapping[str, Decimal]
    unknown: frozenset[str]
    """The columns whose figures exist and are not known."""
    main_parts: tuple[Words, ...]
    sure: str


@dataclass(frozen=True, slots=True)
class Goods:
    """The table of a pack."""

    rows: Mapping[str, Row]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def row(self, category: str) -> Row | None:
        """The row of the category, or of the nearest one above it."""
        parents = categories.tree().parents(category)
        return next((self.rows[one] for one in parents if one in self.rows), None)

    def below(self, category: str) -> bool:
        """Whether only goods of a narrower category have a row, so that the category does not yet say which."""
        tree = categories.tree()
        return self.row(category) is None and any(tree.is_a(one, category) for one in self.rows)


def is_main(row: Row, component: str) -> bool | None:
    """Whether a part is one of the main parts; None where its name only contains that of one."""
    said = fold(component).casefold().strip()
    names = [fold(name).casefold() for part in row.main_parts for name in part]
    if said in names:
        return True
    return None if any(name and name in said for name in names) else False


def read_goods(node: Node, sure: tuple[str, ...]) -> Goods:
    """The section ``goods``: a category each, and its row."""
    rows: dict[str, Row] = {}
    for key, entry in node.named().items():
        category = category_of(Node(key, entry.path, entry.complaints))
        rows[category] = _row(category, entry, sure)
    return Goods(rows)


def _row(category: str, node: Node, sure: tuple[str, ...]) -> Row:
    figures: dict[str, Decimal] = {}
    unknown: set[str] = set()
    parts: tuple[Words, ...] = ()
    how_sure = "verified"
    for key, entry in node.named().items():
        if key == "main_parts":
            parts = tuple(one.words() for one in entry.entries())
        elif key == "sure":
            how_sure = entry.choice(sure)
        elif entry.value == UNKNOWN:
            unknown.add(key)
        elif entry.value is not None:
            figures[key] = number(entry)
            if figures[key] < 0:
                entry.complain("number", N_("{where}: “{value}” is less than nothing"))
    return Row(category, figures, frozenset(unknown), parts, how_sure)


@cache
def catalogues() -> Mapping[str, frozenset[str]]:
    """Each country's goods that a rule of the three guarantees names, whatever packs are in force."""
    listed: Mapping[str, Any] = tree_of(_CATALOGUES)
    return {country: frozenset(_names(rules)) for country, rules in listed.items()}


def _names(rules: object) -> Iterator[str]:
    if isinstance(rules, dict):
        for rows in rules.values():
            yield from (str(row) for row in rows)


def in_catalogue(country: str, category: str) -> bool | None:
    """Whether a rule names the goods; None where only goods of a narrower category are named."""
    tree, listed = categories.tree(), catalogues().get(country, frozenset())
    if any(one in listed for one in tree.parents(category)):
        return True
    return None if any(tree.is_a(one, category) for one in listed) else False
