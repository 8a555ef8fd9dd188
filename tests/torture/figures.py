"""What a lane of the torture found: one figure for each kind of harm that it tried, kept and drawn into a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = Path(__file__).with_name("last.json")
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures of the last run -->\n", "<!-- end of figures -->\n"


class CannotTry(Exception):
    """This machine lacks what a lane, or the rest of one, needs: root, strace, loop devices.  It claims nothing."""


class Figure(NamedTuple):
    """One harm as it was tried.

    ``promise`` is the number in ``docs/reliability.md``, 1 to 10; ``what`` the harm in words; ``tried`` how many times,
    counted in ``unit``; ``bad`` how often each thing happened that must not (``lost``, ``torn``, …): all are 0 where
    the promise holds.
    """

    promise: int
    what: str
    tried: int
    unit: str
    bad: Mapping[str, int]

    @property
    def holds(self) -> bool:
        """Whether something was tried at all, and nothing went wrong."""
        return self.tried > 0 and not any(self.bad.values())

    def row(self) -> str:
        """The row of the page's table."""
        wrong = ", ".join(f"{count} {name}" for name, count in self.bad.items())
        return f"| {self.promise} | {self.what} | {self.tried:,} {self.unit} | {wrong} |"


def kept() -> dict[str, list[Figure]]:
    """The figures of the last run of each lane."""
    return {lane: [Figure(*row) for row in rows] for lane, rows in json.loads(KEPT.read_text("utf-8")).items()}


def keep(lane: str, found: Iterable[Figure]) -> None:
    """Remember what a lane found, and draw the page anew."""
    every = {**kept(), lane: list(found)}
    lines = (f"  {json.dumps(name)}: {json.dumps(every[name], ensure_ascii=False)}" for name in sorted(every))
    KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), encoding="utf-8")


def drawn(page: str) -> str:
    """The page with the table of the figures that are kept."""
    before, _begin, rest = page.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    figures = sorted((figure for rows in kept().values() for figure in rows), key=lambda figure: figure.promise)
    rows = ["| promise | harm | tried | found |", "|---|---|---|---|", *(figure.row() for figure in figures)]
    return before + BEGIN + "\n".join(rows) + "\n" + END + after
