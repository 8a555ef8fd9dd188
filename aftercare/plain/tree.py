"""The tree of a record: what a YAML file says before a model types it.

Every scalar is text, or None where nothing is said (``~`` or an empty value); so what was written is what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any, TypeAlias

from aftercare.plain import moments

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
Path: TypeAlias = tuple[str | int, ...]
"""The way from the top to a value: keys of mappings, and positions in lists counted from 0."""

MOST_FAULTS = 100
"""Of so many faults one file is accused, whatever else is wrong with it; who mends it hears of the rest."""


def get(tree: Tree, path: Path) -> Tree:
    """The value at *path*, or None where there is nothing."""
    for step in path:
        if isinstance(tree, dict) and isinstance(step, str):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and 0 <= step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def dotted(path: Path) -> str:
    """A path as an operator writes it, positions counted from 1: ``("items", 0, "price")`` is ``items.1.price``."""
    return ".".join(step if isinstance(step, str) else str(step + 1) for step in path)


def textify(value: Any) -> Tree:
    """The tree of any value that YAML, JSON or a model may hold: yes and no, plain figures, ISO dates.

    Nothing is dropped; TypeError for a value that has no text, ValueError for keys that become the same text.
    """
    if value is None or isinstance(value, str | Enum):
        return textify(value.value) if isinstance(value, Enum) else value
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return [textify(item) for item in value]
    return _scalar(value)


def _mapping(value: Mapping[Any, Any]) -> dict[str, Tree]:
    tree: dict[str, Tree] = {}
    for key, item in value.items():
        name = textify(key)
        if not isinstance(name, str):
            raise TypeError(key)
        if name in tree:
            raise ValueError(name)
        tree[name] = textify(item)
    return tree


def _scalar(value: Any) -> str:
    from decimal import Decimal  # only typed values pay for it

    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return moments.iso(value)
    if isinstance(value, time):
        return value.isoformat(timespec="minutes" if value.second == 0 else "seconds")
    raise TypeError(value)
