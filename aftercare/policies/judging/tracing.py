"""The trace of a verdict: every check of every line, each once, with what the line came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from aftercare.policies.judging.outcomes import Frame, Outcome
from aftercare.policies.judging.verdict import Cite, Remedy, Result, Traced
from aftercare.policies.judging.weighing import Check


class Trace(Sequence[Traced]):
    """The trace, written down when somebody first looks at it: most answers are given without."""

    def __init__(self, rows: Callable[[], Iterable[Traced]]) -> None:
        self._rows = rows

    @cached_property
    def _written(self) -> tuple[Traced, ...]:
        return tuple(self._rows())

    @overload
    def __getitem__(self, at: int) -> Traced: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Traced, ...]: ...
    def __getitem__(self, at: int | slice) -> Traced | tuple[Traced, ...]:
        """The row, or the rows, at a position."""
        return self._written[at]

    def __len__(self) -> int:
        return len(self._written)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._written == tuple(other)

    def __hash__(self) -> int:
        return hash(self._written)


def standing_lines(remedies: Mapping[str, Remedy]) -> frozenset[str]:
    """The lines whose grants stand in the answer."""
    found = {line for one in remedies.values() for line in one.also}
    found |= {grant.line for one in remedies.values() for grant in (one.best, *one.then) if grant}
    return frozenset(found)


def _result(outcome: Outcome, standing: frozenset[str]) -> Result:
    if outcome.weighed.truth != "yes":
        return "refused" if outcome.weighed.truth == "no" else "ask"
    return "overridden" if outcome.line.remedies and outcome.line.line not in standing else "granted"


def traced(frames: Sequence[Frame], outcomes: Sequence[Outcome], standing: frozenset[str]) -> Iterator[Traced]:
    """What was looked at: for each pack whether it is for the case, then line by line, everything once."""
    results = _results(outcomes, standing)
    for frame in frames:
        whole: Result = "granted" if frame.whole.truth == "yes" else "refused" if frame.whole.truth == "no" else "ask"
        for check in frame.whole.checks:
            yield traced_check(frame.pack.id, whole, check, ())
        if frame.is_elsewhere:
            continue
        rows: dict[tuple[str, int], Traced] = {}
        for outcome in outcomes:
            if outcome.pack is frame.pack:
                line = outcome.line.line
                for check in outcome.weighed.checks:
                    # What was weighed once is one check, in whichever reading or ground it stands again.
                    if (line, id(check)) not in rows and check not in frame.whole.checks:
                        rows[line, id(check)] = traced_check(line, results[line], check, outcome.cite)
        order = {line: at for at, line in enumerate(results)}
        yield from sorted(rows.values(), key=lambda row: order[row.line])


def _results(outcomes: Sequence[Outcome], standing: frozenset[str]) -> dict[str, Result]:
    """What each line came to: the best of its readings and of the grounds that it builds on."""
    order: tuple[Result, ...] = ("granted", "overridden", "ask", "refused")
    found: dict[str, Result] = {}
    for outcome in outcomes:
        line, result = outcome.line.line, _result(outcome, standing)
        found[line] = min(found.get(line, result), result, key=order.index)
    return found


def traced_check(line: str, result: Result, check: Check, cite: tuple[Cite, ...]) -> Traced:
    """A check of a line as the trace has it."""
    return Traced(
        line=line,
        result=result,
        because=check.kind,
        fact=check.fact or None,
        value=check.value or None,
        wanted=check.wanted or None,
        origin=check.origin,
        record=check.place.record if check.place else None,
        record_line=None,
        value_since=check.value_since,
        steps=check.steps,
        cite=cite,
        path=check.place.path if check.place else (),
        truth=check.truth,
        title=check.title,
    )
