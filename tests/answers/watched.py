"""A list that counts how often it is gone through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

_T = TypeVar("_T")


class Watched(list[_T]):
    """The things of a list, and how often somebody went through them."""

    walks = 0

    def __iter__(self) -> Iterator[_T]:
        self.walks += 1
        return super().__iter__()
