"""The tree of goods: what holds for a category holds for everything below it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from aftercare.plain.text import fold
from aftercare.policies.compiled import tree_of

ROOT = "goods"
_FILE = Path(__file__).parent / "categories.yaml"


class Category(NamedTuple):
    """One node: its permanent ``id``, its parent (None for the root), its names, and whether a fitter is needed."""

    id: str
    parent: str | None
    zh: str
    en: str
    also: tuple[str, ...]
    installed: bool
    depth: int


class Categories:
    """All categories, walked from the root down, children after their parent in the order of the file."""

    def __init__(self, nodes: Mapping[str, Category]) -> None:
        self._nodes = nodes
        self._ids = {_key(name): node.id for node in nodes.values() for name in _names(node)}
        self._parents: dict[str, tuple[str, ...]] = {}
        for id, node in nodes.items():
            self._parents[id] = (id, *(self._parents[node.parent] if node.parent else ()))

    def __iter__(self) -> Iterator[Category]:
        children: dict[str | None, list[Category]] = {}
        for node in self._nodes.values():
            children.setdefault(node.parent, []).append(node)
        return _walk(children, None)

    def __contains__(self, id: object) -> bool:
        return id in self._nodes

    def __getitem__(self, id: str) -> Category:
        return self._nodes[id]

    def find(self, text: str) -> str | None:
        """The id of the category that the text names: its id, a name in either language, or another name for it.

        Case, full-width letters, and blanks, dashes or underscores between words make no difference.
        """
        return self._ids.get(_key(text))

    def near(self, text: str) -> list[str]:
        """Up to three ids that the text may have meant, the likeliest first."""
        asked = _key(text)
        if not asked:
            return []
        # The longest name within the text is the best guess: 变频挂机空调 is an air conditioner before all else.
        within = sorted((name for name in self._ids if len(name) > 1 and name in asked), key=len, reverse=True)
        around = [name for name in self._ids if asked in name]
        alike = difflib.get_close_matches(asked, self._ids, n=3, cutoff=0.6)
        return list(dict.fromkeys(self._ids[name] for name in [*alike, *within, *around]))[:3]

    def name(self, id: str, language: str) -> str:
        """The category's name in ``zh`` or ``en``."""
        node = self._nodes[id]
        return node.zh if language == "zh" else node.en

    def parents(self, id: str) -> Sequence[str]:
        """The category itself, its parent, and so on up to the root; KeyError where there is no such category."""
        return self._parents[id]

    def is_a(self, id: str, ancestor: str) -> bool:
        """Whether the category is the other one or lies below it."""
        return ancestor in self.parents(id)

    def installed(self, id: str) -> bool:
        """Whether such goods are of no use until a fitter has put them up or connected them."""
        return self._nodes[id].installed


@cache
def tree() -> Categories:
    """The categories that ship with the program."""
    return built(tree_of(_FILE))


def built(rows: Mapping[str, object]) -> Categories:
    """The tree of rows as ``categories.yaml`` has them; ValueError names a row whose parent does not come before it."""
    nodes: dict[str, Category] = {}
    for key, row in rows.items():
        above = row.get("in") if isinstance(row, dict) else None
        if not isinstance(row, dict) or (above is None) is not (key == ROOT) or (above and above not in nodes):
            raise ValueError(key)
        parent = nodes.get(above or "")
        nodes[key] = Category(
            id=key,
            parent=above,
            zh=row["zh"],
            en=row["en"],
            also=tuple(row.get("also", ())),
            installed=row["installed"] == "yes" if "installed" in row else bool(parent and parent.installed),
            depth=parent.depth + 1 if parent else 0,
        )
    return Categories(nodes)


def _names(node: Category) -> tuple[str, ...]:
    return (node.id, node.zh, node.en, *node.also)


def _key(text: str) -> str:
    return fold(text).casefold().replace("_", " ").replace("-", " ").replace(" ", "")


def _walk(children: Mapping[str | None, list[Category]], parent: str | None) -> Iterator[Category]:
    for node in children.get(parent, ()):
        yield node
        yield from _walk(children, node.id)
