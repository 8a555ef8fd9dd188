"""Windows: named stretches of time with a last good day.  A window knows time; only a line grants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias

from aftercare.policies.conditions import Block
from aftercare.policies.shape import Node, Words

Start: TypeAlias = Literal["first", "latest", "earliest", "end", "day_after"]
Stays: TypeAlias = Literal["days", "started_24h"]
"""How a stay in the workshop is counted: out minus in, or every day of 24 hours that was begun (car rules art. 40)."""
Pauses: TypeAlias = Literal["", "stay", "waiting"]
ACTS: Mapping[str, str] = {
    "fault_on": "show",
    "withdrawn_on": "declare",
    "notified_on": "notify",
    "dispatched_back_on": "send",
}
"""What must happen by the last good day, by the fact that a window tests first; for any other it is the claim."""
UNITS = ("days", "workdays", "months", "years")
KEYS = (
    "title", "from", "value", "latest", "variants", "meter", "floor", "tests", "act", "pauses", "restarts", "roll",
    "calendar", "count", "when", "narrower", "cite",
)  # fmt: skip
VARIANT_KEYS = ("when", "from", "value", "meter", "pauses", "restarts", "roll", "calendar", "count", "cite")
PAUSES = ("stay", "waiting")
Cites: TypeAlias = Callable[[Node], tuple[tuple[str, str], ...]]
"""Reads the citations of a pack: the key of a source and the article, as often as there are articles."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: a count of one unit; or where the count stands: in the *column* of the table of goods, or in a
    *fact*, whose entry for the value of the fact *by* it is where it has several.
    """

    unit: str
    count: int = 0
    column: str = ""
    fact: str = ""
    by: str = ""

    def __str__(self) -> str:
        """As it is printed in a reckoning."""
        return f"{self.count} {self.unit}"


class DatedLength(NamedTuple):
    """The length that holds from a governing day on; None: the window ends to exist."""

    since: date
    length: Length | None


class Floor(NamedTuple):
    """A window ends no earlier than this long after a fact, or after another window's end."""

    names: tuple[str, ...]
    length: Length


class Variant(NamedTuple):
    """What a window is where some facts hold: its fields that change."""

    when: Block
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time.

    It runs from the first known of ``names`` (facts or other windows' ends), from the latest or the earliest of them,
    or from (the day after) another window's end.  The day that ``tests`` names first must lie inside it.
    """

    pack: str
    name: str
    title: Words | None
    start: Start
    names: tuple[str, ...]
    values: tuple[DatedLength, ...]
    tests: tuple[str, ...]
    act: str
    pauses: Pauses
    """``stay``: the time in repair is added to its end.  ``waiting``: that of waiting for a repair or a replacement is,
    its first and its last day both counted.
    """
    restarts: bool
    """A replacement begins it anew."""
    rolls: bool
    """A last day that is a day off moves to the next working day."""
    counts_first: bool
    """The first day is counted."""
    when: Block | None
    cite: tuple[tuple[str, str], ...]
    calendar: str = ""
    """The calendar of its days off; "" for that of the pack."""
    stays: Stays = "days"
    latest: tuple[str, ...] = ()
    """It has no length of its own and ends with the last of these windows."""
    variants: tuple[Variant, ...] = field(default=(), hash=False)
    meter: tuple[str, Decimal] | None = None
    """It is over too as soon as this fact is over the figure."""
    floor: Floor | None = None
    narrower: Words | None = None
    """Why it gives less than that of the pack that its own extends."""

    def value(self, governing: date) -> DatedLength | None:
        """The newest length on or before the governing day; None before the first of them."""
        return next((dated for dated in reversed(self.values) if dated.since <= governing), None)


@dataclass(frozen=True, slots=True)
class Restatement:
    """A rule that reads other packs' windows its own way: another start, pauses, a restart.  It can only better them.

    The lines of the other packs are judged once as they stand and once with their windows so restated.
    """

    pack: str
    id: str
    title: Words
    windows: tuple[str, ...]
    names: tuple[str, ...]
    pauses: bool
    restarts: bool
    cite: tuple[tuple[str, str], ...]
    unless: tuple[Block, ...] = ()
    """What it leaves as it is."""

    def of(self, window: Window) -> Window:
        """The window as this rule reads it."""
        return replace(
            window,
            start="first",
            names=self.names,
            pauses=window.pauses or ("stay" if self.pauses else ""),
            restarts=window.restarts or self.restarts,
            cite=(*window.cite, *self.cite),
        )


class Counting(NamedTuple):
    """How the periods of a pack are counted, unless a window says otherwise."""

    counts_first: bool = False
    rolls: bool = False
    calendar: str = ""
    tests: tuple[str, ...] = ("fault_on",)
    stays: Stays = "days"
