"""The credo of a shop: the few things that it says in public all its people keep to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from aftercare.policies.shape import Words

CONDUCT = "conduct"
"""What a line names that is about how one behaves, whatever duty that offends."""
_OF_CONDUCT = frozenset({"follow_conduct", "ask_for_nothing"})


class Basic(NamedTuple):
    """One line of a credo: what the shop says in public that all its people keep to."""

    pack: str
    id: str
    number: int
    """Its place in the credo, counted from 1."""
    text: Words
    names: tuple[str, ...]
    """The duties and codes of findings that it speaks of; :data:`CONDUCT` is how one behaves."""
    cite: tuple[str, ...]
    since: date | None
    until: date | None
    """The days, both included, within which its pack is in force."""

    @property
    def line(self) -> str:
        """Its name among all lines: ``pack/id``."""
        return f"{self.pack}/{self.id}"

    def row(self) -> dict[str, Any]:
        """One line for machines."""
        return {
            "id": self.line,
            "kind": "credo",
            "number": self.number,
            "text": self.text._asdict(),
            "for": list(self.names),
            "pack": self.pack,
            "from": self.since.isoformat() if self.since else None,
            "to": self.until.isoformat() if self.until else None,
        }

    def in_force(self, on: date) -> bool:
        """Whether its pack is in force on that day."""
        return not ((self.since and on < self.since) or (self.until and on > self.until))

    def concerns(self, code: str, duty: str) -> bool:
        """Whether a finding of that code, of a breach of that duty, offends it."""
        return code in self.names or duty in self.names or (CONDUCT in self.names and duty in _OF_CONDUCT)


def credo_on(basics: Sequence[Basic], on: date) -> tuple[Basic, ...]:
    """The one credo that counts on a day: of those in force the one that began last, else the later pack's."""
    fitting = [one for one in basics if one.in_force(on)]
    newest = max((one.since or date.min for one in fitting), default=date.min)
    pack = next((one.pack for one in reversed(fitting) if (one.since or date.min) == newest), "")
    return tuple(one for one in fitting if one.pack == pack)
