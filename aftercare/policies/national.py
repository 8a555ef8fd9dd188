"""A national standard of service, as far as its text was seen: groups and indicators, but no points of any of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from aftercare.policies.compiled import tree_of
from aftercare.policies.pack import Source
from aftercare.policies.shape import Words

_FILE = Path(__file__).parent / "gbt-27922-2011.yaml"


class Clause(NamedTuple):
    """A clause that was seen."""

    number: str
    text: Words
    cite: tuple[str, ...]


class Indicator(NamedTuple):
    """One of the fifteen things that are looked at, with those of its clauses that were seen."""

    id: str
    name: Words
    clauses: tuple[Clause, ...]


class Group(NamedTuple):
    """Some indicators, and the points that are to be had for all of them."""

    id: str
    name: Words
    points: int
    indicators: tuple[Indicator, ...]
    cite: tuple[str, ...]


class Grade(NamedTuple):
    """A grade, and the score from which it is given."""

    id: str
    name: Words
    least: int
    cite: tuple[str, ...]


class Standard(NamedTuple):
    """The standard, as far as it was seen, and what of it was not."""

    id: str
    number: str
    title: Words
    weight: Words
    since: date
    checked_on: date
    groups: tuple[Group, ...]
    grades: tuple[Grade, ...]
    not_seen: tuple[Words, ...]
    sources: Mapping[str, Source]

    @property
    def indicators(self) -> list[Indicator]:
        """All indicators, in the order of their groups."""
        return [indicator for group in self.groups for indicator in group.indicators]


@cache
def standard() -> Standard:
    """GB/T 27922-2011."""
    said: Mapping[str, Any] = tree_of(_FILE)
    return Standard(
        id=said["id"],
        number=said["number"],
        title=_words(said["title"]),
        weight=_words(said["weight"]),
        since=date.fromisoformat(said["in_force"]),
        checked_on=date.fromisoformat(said["checked_on"]),
        groups=tuple(_group(row) for row in said["groups"]),
        grades=tuple(
            Grade(row["id"], _words(row["name"]), int(row["from"]), tuple(row["cite"])) for row in said["grades"]
        ),
        not_seen=tuple(_words(row) for row in said["not_seen"]),
        sources={key: Source(row["what"], row["where"], row["sure"]) for key, row in said["sources"].items()},
    )


def _group(row: Mapping[str, Any]) -> Group:
    indicators = [
        Indicator(one["id"], _words(one["name"]), _clauses(one.get("clauses", []))) for one in row["indicators"]
    ]
    return Group(row["id"], _words(row["name"]), int(row["points"]), tuple(indicators), tuple(row["cite"]))


def _clauses(rows: Sequence[Mapping[str, Any]]) -> tuple[Clause, ...]:
    return tuple(Clause(row["number"], _words(row), tuple(row["cite"])) for row in rows)


def _words(row: Mapping[str, Any]) -> Words:
    return Words(row["en"], row["zh"])
