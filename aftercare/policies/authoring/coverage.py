"""What worked cases leave untried: lines that none grants, refuses or asks about, and windows without their edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aftercare.plain.moments import day_of
from aftercare.policies.authoring.trials import Trial
from aftercare.policies.judging.situation import Situation


class Edge(NamedTuple):
    """A window of a pack, and whether some case lies on its last good day, and on the day after."""

    pack: str
    window: str
    last_day: bool
    day_after: bool


class Tried(NamedTuple):
    """A line, and whether some case grants it, some case refuses it, and some case has to ask."""

    line: str
    granted: bool
    refused: bool
    asked: bool


def tried(trials: Sequence[Trial]) -> list[Tried]:
    """All lines of the packs that were tried, in the order of the packs.

    A line that holds counts as granted, also where a better one answers.
    """
    results: dict[str, set[str]] = {
        line.line: set() for trial in trials for pack in trial.packs for line in pack.law.lines
    }
    for trial in trials:
        for check in trial.verdict.trace if trial.verdict else ():
            if check.line in results:
                results[check.line].add(check.result)
    return [
        Tried(line, bool(found & {"granted", "overridden"}), "refused" in found, "ask" in found)
        for line, found in results.items()
    ]


def edges(trials: Iterable[Trial]) -> list[Edge]:
    """All windows of the packs that were tried, in the order of the packs."""
    reached: dict[tuple[str, str], set[int]] = {}
    for trial in trials:
        for pack, window, days in _distances(trial):
            reached.setdefault((pack, window), set()).update(days)
    return [Edge(pack, window, 0 in days, 1 in days) for (pack, window), days in reached.items()]


def _distances(trial: Trial) -> Iterator[tuple[str, str, set[int]]]:
    """For each window of each pack, how many days past its last good day the day lies that it tests."""
    if trial.verdict is None or trial.situation is None:
        return
    used = {pack.id for pack in trial.verdict.packs}
    for pack in trial.packs:
        for window in pack.law.windows:
            end = trial.verdict.windows.get(window.name) if pack.id in used else None
            tested = _tested(window.tests, trial.situation)
            yield pack.id, window.name, {(tested - day_of(end)).days} if end and tested else set()


def _tested(facts: Iterable[str], case: Situation) -> date | None:
    return next((day for day in map(case.day, facts) if day), None)
