"""The rules that a book's settings and its own ``policies/`` choose."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.answers.rules import Rules
from aftercare.book.settings import Settings
from aftercare.errors import Fault
from aftercare.policies import categories, load


def rules_of(settings: Settings, own: Sequence[tuple[str, bytes]]) -> tuple[Rules, tuple[Fault, ...]]:
    """The rules in force, and what is wrong with the packs that are not."""
    found = load.rules(own, country=settings.country or "", region=settings.region or "", named=settings.packs)
    return Rules(tuple(found.plans), categories.tree(), settings.opening_day), found.faults
