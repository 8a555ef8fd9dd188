"""Going through many things so that somebody may see how far we are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

Follow: TypeAlias = Callable[[str, Sequence[Any]], Iterable[Any]]
"""Gives each of some things; it is told what they are: "files", "customers" or "records"."""


def unseen(_what: str, items: Sequence[Any]) -> Iterable[Any]:
    """Nobody looks."""
    return items
