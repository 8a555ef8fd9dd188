"""Things put together by what they have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


def grouped(things: Iterable[_T], by: Callable[[_T], _K]) -> Mapping[_K, Sequence[_T]]:
    """Things by their keys, those of each in the order in which they came."""
    found: dict[_K, list[_T]] = defaultdict(list)
    for thing in things:
        found[by(thing)].append(thing)
    return dict(found)
