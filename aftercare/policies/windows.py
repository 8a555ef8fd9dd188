"""Windows: named stretches of time with a last good day.  A window knows time; only a line grants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from aftercare.language import N_
from aftercare.policies.conditions import Block, fact_name, read_block
from aftercare.policies.shape import Node, Words, value_of

Start: TypeAlias = Literal["first", "latest", "end", "day_after"]
ACTS: Mapping[str, str] = {
    "fault_on": "show",
    "withdrawn_on": "declare",
    "notified_on": "notify",
    "dispatched_back_on": "send",
}
"""What must happen by the last good day, by the fact that a window tests first; for any other it is the claim."""
UNITS = ("days", "workdays", "months", "years")
_MOST = {"days": 36500, "workdays": 10000, "months": 1200, "years": 100}
KEYS = ("title", "from", "value", "tests", "act", "pauses", "restarts", "roll", "count", "when", "cite")
Cites: TypeAlias = Callable[[Node], tuple[tuple[str, str], ...]]
"""Reads the citations of a pack: the key of a source and the article, as often as there are articles."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: a count of one unit, or the *column* of the table of goods that holds the count."""

    unit: str
    count: int = 0
    column: str = ""

    def __str__(self) -> str:
        """As it is printed in a reckoning."""
        return f"{self.count} {self.unit}"


class DatedLength(NamedTuple):
    """The length that holds from a governing day on; None: the window ends to exist."""

    since: date
    length: Length | None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time.

    It runs from the first known of ``names`` (facts or other windows' starts), from the latest of them, or from (the
    day after) another window's end.  The day that ``tests`` names first must lie inside it.
    """

    pack: str
    name: str
    title: Words | None
    start: Start
    names: tuple[str, ...]
    values: tuple[DatedLength, ...]
    tests: tuple[str, ...]
    act: str
    pauses: bool
    """The time in repair is added to its end."""
    restarts: bool
    """A replacement begins it anew."""
    rolls: bool
    """A last day that is a day off moves to the next working day."""
    counts_first: bool
    """The first day is counted."""
    when: Block | None
    cite: tuple[tuple[str, str], ...]

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

    def of(self, window: Window) -> Window:
        """The window as this rule reads it."""
        return Window(
            pack=window.pack,
            name=window.name,
            title=window.title,
            start="first",
            names=self.names,
            values=window.values,
            tests=window.tests,
            act=window.act,
            pauses=window.pauses or self.pauses,
            restarts=window.restarts or self.restarts,
            rolls=window.rolls,
            counts_first=window.counts_first,
            when=window.when,
            cite=(*window.cite, *self.cite),
        )


class Counting(NamedTuple):
    """How the periods of a pack are counted, unless a window says otherwise."""

    counts_first: bool = False
    rolls: bool = False
    calendar: str = ""
    tests: tuple[str, ...] = ("fault_on",)


def read_counting(node: Node) -> Counting:
    """The section ``counting``: ``{first_day: no, roll: working_day, calendar: CN, tests: [fault_on]}``."""
    said = node.keys(("first_day", "roll", "calendar", "tests"), needed=("first_day", "roll"))
    rolls = _roll(said["roll"]) if "roll" in said else False
    if rolls and "calendar" not in said:
        node.complain("missing", N_("{where}: a calendar is needed to tell which days are days off"))
    return Counting(
        counts_first=said["first_day"].yes() if "first_day" in said else False,
        rolls=rolls,
        calendar=said["calendar"].text() if "calendar" in said else "",
        tests=_facts(said["tests"]) if "tests" in said else ("fault_on",),
    )


def read_windows_of(node: Node, pack: str, counting: Counting, cites: Cites) -> list[Window]:
    """The section ``windows``: a name each, and what it is."""
    return [_window(name, entry, pack, counting, cites) for name, entry in node.named().items()]


def _window(name: str, node: Node, pack: str, counting: Counting, cites: Cites) -> Window:
    said = node.keys(KEYS, needed=("from", "value"))
    start, names = _start(said["from"]) if "from" in said else ("first", ())
    tests = value_of(said, "tests", _facts, counting.tests)
    return Window(
        pack=pack,
        name=name,
        title=said["title"].words() if "title" in said else None,
        start=start,
        names=names,
        values=value_of(said, "value", read_lengths, ()),
        tests=tests,
        act=value_of(
            said, "act", lambda node: node.choice((*ACTS.values(), "claim")), ACTS.get((*tests, "")[0], "claim")
        ),
        pauses=value_of(said, "pauses", lambda node: node.choice(("stay",)) != "", False),
        restarts=value_of(said, "restarts", lambda node: node.choice(("replacement",)) != "", False),
        rolls=value_of(said, "roll", _roll, counting.rolls),
        counts_first=value_of(
            said, "count", lambda node: node.choice(("after", "with")) == "with", counting.counts_first
        ),
        when=value_of(said, "when", read_block, None),
        cite=value_of(said, "cite", cites, ()),
    )


def _act(tests: tuple[str, ...]) -> str:
    return next((ACTS.get(name, "claim") for name in tests), "claim")


def _with_first(node: Node) -> bool:
    return node.choice(("after", "with")) == "with"


def _roll(node: Node) -> bool:
    return node.choice(("none", "working_day")) == "working_day"


def _facts(node: Node) -> tuple[str, ...]:
    return tuple(filter(None, (fact_name(entry) for entry in node.entries())))


def _start(node: Node) -> tuple[Start, tuple[str, ...]]:
    """A fact; a list, of which the first that is known counts; ``{latest: [...]}``; ``{end: W}``; ``{day_after: W}``.

    Whether a name is that of a fact or of a window is looked at when the pack is whole.
    """
    if isinstance(node.value, dict):
        said = node.keys(("latest", "end", "day_after"))
        if len(said) != 1:
            node.complain("shape", N_("{where}: a start is one of latest, end, day_after"))
            return "first", ()
        kind, entry = next(iter(said.items()))
        if kind == "latest":
            return "latest", tuple(one.text() for one in entry.entries())
        return ("end" if kind == "end" else "day_after"), (entry.text(),)
    entries = node.entries() if isinstance(node.value, list) else [node]
    return "first", tuple(entry.text() for entry in entries)


def read_lengths(node: Node) -> tuple[DatedLength, ...]:
    """A length for each day from which it holds."""
    dated = []
    for since, entry in node.named().items():
        day = Node(since, entry.path, entry.complaints).day()
        if day:
            dated.append(DatedLength(day, None if entry.value is None else _length(entry)))
    days = [one.since for one in dated]
    if days != sorted(days):
        node.complain("order", N_("{where}: the days are not in order"))
    return tuple(sorted(dated, key=lambda one: one.since))


def _length(node: Node) -> Length:
    said = node.keys(UNITS)
    if len(said) != 1:
        if isinstance(node.value, dict):
            node.complain("shape", N_("{where}: a length of time has one unit, like {example}"), example="{days: 7}")
        return Length("days")
    unit, entry = next(iter(said.items()))
    if isinstance(entry.value, dict):
        column = entry.keys(("goods",), needed=("goods",))
        return Length(unit, column=column["goods"].text() if "goods" in column else "")
    return Length(unit, entry.whole(0, _MOST[unit]))


def read_restatements(node: Node, pack: str, cites: Cites) -> list[Restatement]:
    """The section ``restates``."""
    found = []
    for entry in node.entries():
        keys = ("id", "title", "windows", "from", "pauses", "restarts", "cite")
        said = entry.keys(keys, needed=("id", "title", "windows", "from", "cite"))
        found.append(
            Restatement(
                pack=pack,
                id=value_of(said, "id", Node.text, ""),
                title=value_of(said, "title", Node.words, Words("", "")),
                windows=value_of(said, "windows", lambda node: tuple(one.text() for one in node.entries()), ()),
                names=value_of(said, "from", _facts, ()),
                pauses=value_of(said, "pauses", lambda node: node.choice(("stay",)) != "", False),
                restarts=value_of(said, "restarts", lambda node: node.choice(("replacement",)) != "", False),
                cite=value_of(said, "cite", cites, ()),
            )
        )
    return found
