"""The mappings that ship, for the exports of marketplaces and other programs: ``docs/marketplaces.md`` lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from aftercare.plain.text import fold
from aftercare.policies.compiled import tree_of

_FOLDER = Path(__file__).parent / "mappings"
_INDEX = Path(__file__).parent / "mappings.yaml"


class Shipped(NamedTuple):
    """One of them: its name, the kind of its rows, whose export it is for, and the titles that it is known by."""

    name: str
    kind: str
    of: str
    known_by: tuple[str, ...]

    def text(self) -> bytes:
        """The mapping itself, a file like an operator's own."""
        return (_FOLDER / f"{self.name}.yaml").read_bytes()


def every() -> Iterator[Shipped]:
    """All of them, as they are listed."""
    for name, said in tree_of(_INDEX).items():
        yield Shipped(name, said["kind"], said["of"], tuple(said["known_by"]))


def named(name: str) -> Shipped | None:
    """The one of this name."""
    return next((one for one in every() if one.name == name), None)


def recognised(kind: str, titles: Iterable[str]) -> Shipped | None:
    """The one whose titles are all there; of several the one that is known by most."""
    there = {fold(title) for title in titles}
    fitting = [one for one in every() if one.kind == kind and there.issuperset(map(fold, one.known_by))]
    return max(fitting, key=lambda one: len(one.known_by), default=None)
