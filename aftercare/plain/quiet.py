"""Hours in which nobody is written to: ``21:00-08:00`` begins in the evening and ends in the morning."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from aftercare.plain.text import fold

_CLOCK = r"([01]?[0-9]|2[0-4]):([0-5][0-9])"
_SPAN = re.compile(rf"{_CLOCK} ?[-–—~] ?{_CLOCK}", re.ASCII)
_APART = re.compile(r"[,、;]")
_A_DAY = 24 * 60


class Hours(NamedTuple):
    """From one minute of the day, which belongs to them, to another, which does not; the end may be the earlier one."""

    start: int
    end: int

    def hold(self, at: datetime) -> bool:
        """Whether a time lies within them."""
        minute = at.hour * 60 + at.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


def hours(text: str) -> tuple[Hours, ...]:
    """The hours that a text says, several of them with commas between; ValueError for a text that says none."""
    return tuple(_span(one.strip()) for one in _APART.split(fold(text)))


def _span(text: str) -> Hours:
    said = _SPAN.fullmatch(text)
    if not said:
        raise ValueError(text)
    start, end = (int(said[at]) * 60 + int(said[at + 1]) for at in (1, 3))
    if start == end or start >= _A_DAY or end > _A_DAY:
        raise ValueError(text)
    return Hours(start, end)
