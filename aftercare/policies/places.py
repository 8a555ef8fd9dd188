"""Places: the names of countries and of their parts, and why there are no rules for some of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from aftercare.plain.text import fold
from aftercare.policies.compiled import tree_of
from aftercare.policies.shape import Words

_FILE = Path(__file__).parent / "places.yaml"


class Place(NamedTuple):
    """A country, or a part of one: its ``key`` in packs and settings, its names, and why no pack has law for it."""

    key: str
    name: Words
    also: tuple[str, ...]
    why: Words | None
    regions: tuple[Place, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether it is meant by a name in either language, or by another name for it."""
        return _folded(name) in {_folded(one) for one in (self.key, *self.name, *self.also)}


@cache
def places() -> Mapping[str, Place]:
    """The countries that are known here, by their codes of ISO 3166."""
    rows: Mapping[str, Any] = tree_of(_FILE)
    return {key: _place(key, row) for key, row in rows.items()}


def country(name: str) -> str:
    """The code of the country of that name; the name itself, in capitals, where none is known."""
    return next((place.key for place in places().values() if place.is_called(name)), name.upper())


def is_region(code: str, region: str, name: str) -> bool:
    """Whether *name* means that *region* of a country."""
    place = places().get(code)
    known = next((one for one in place.regions if one.key == region), None) if place else None
    return known.is_called(name) if known else _folded(region) == _folded(name)


def region_of(code: str, name: str) -> str:
    """The key of the region of that name in a country; the name itself where none is known."""
    place = places().get(code)
    return next((one.key for one in place.regions if one.is_called(name)), name) if place else name


def region_name(name: str, language: str) -> str:
    """A part of a country as people of a language call it; the name as it is where none is known."""
    regions = (region for place in places().values() for region in place.regions)
    return next((region.name.said(language) for region in regions if region.is_called(name)), name)


def place_name(code: str, region: str, language: str) -> str:
    """A country, or its part, as people of a language call it; "" where there is neither."""
    place = places().get(code)
    names = [place.name.said(language) if place else code, region_name(region, language) if region else ""]
    return ", ".join(filter(None, names)) if language == "en" else "".join(names)


def of_law(law: str) -> tuple[str, str]:
    """The country and the region whose law a case calls by a short name, like ``uk`` or ``ca-qc``."""
    head, __, part = law.partition("-")
    code = country(head)
    return code, region_of(code, part)


def _place(key: str, row: Mapping[str, Any]) -> Place:
    regions = row.get("regions", {})
    return Place(
        key=key,
        name=Words(row["en"], row["zh"]),
        also=tuple(row.get("also", ())),
        why=Words(row["why"]["en"], row["why"]["zh"]) if "why" in row else None,
        regions=tuple(_place(name, one) for name, one in regions.items()),
    )


def _folded(name: str) -> str:
    return fold(name).casefold().strip()
