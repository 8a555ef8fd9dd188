"""Patterns that are made when they are first used: to make all that a module may need takes longer than to load it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial


def late(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A pattern, to be called for: made once, and not where a command never looks for it."""
    return cache(partial(re.compile, pattern, flags))
