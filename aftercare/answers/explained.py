"""Why a remedy is open, or why it is not: the lines that grant it, what takes it away, the line that came nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aftercare.answers.remedies import with_line
from aftercare.plain.tree import Path
from aftercare.policies.judging.combining import WHYS, why_of
from aftercare.policies.judging.hearing import Hearing
from aftercare.policies.judging.outcomes import Frame, Outcome, weighed
from aftercare.policies.judging.situation import Situation
from aftercare.policies.judging.tracing import traced_check
from aftercare.policies.judging.verdict import Cite, Grant, Remedy, Result, Traced, Verdict
from aftercare.policies.judging.weighing import Check, distance
from aftercare.policies.pack import Pack
from aftercare.policies.shape import Words


@dataclass(frozen=True, slots=True)
class Ground:
    """What one line came to for a remedy, with the checks behind it."""

    line: str
    title: Words
    result: Result
    checks: tuple[Traced, ...]
    """Those that the line holds by, or may hold by; of one that does not hold, all."""
    failing: tuple[Traced, ...]
    """Of a line that does not hold, the checks that make it so: all of them would have to be different."""
    cite: tuple[Cite, ...]
    grant: Grant | None = None
    """What the verdict says that it gives."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One remedy of a verdict, and what every line came to that could grant it."""

    remedy: Remedy
    granting: tuple[Ground, ...]
    """The lines that grant it, or may: the one that answers first."""
    taking: tuple[Ground, ...]
    """The lines that take it away, since they open another remedy in its place."""
    refusing: tuple[Ground, ...]
    """The lines that do not grant it, the one that came nearest first; where none is for this case, those of packs that
    are for other goods, other days or other people.
    """


def explained(packs: Iterable[Pack], case: Situation, verdict: Verdict, name: str) -> Explained:
    """Why the verdict says of a remedy what it says; *packs* and *case* are those that it was reached with.

    Where nothing is left to claim no line counts, and there are none.
    """
    remedy = verdict.remedy(name)
    if verdict.ended is not None:
        return Explained(remedy, (), (), ())
    frames, outcomes = weighed(Hearing([pack for pack in packs if pack.has_law], case))
    wholes = {frame.pack.id: frame for frame in frames}
    named = [one for one in outcomes if name in one.line.remedies]
    refusing = tuple(_ground(one, wholes, "refused") for one in _nearest_first(named))
    return Explained(
        remedy,
        tuple(_granting(named, wholes, remedy)),
        tuple(_ground(one, wholes, "granted") for one in _taking(outcomes, name)),
        refusing if named else tuple(_elsewhere(frames, name)),
    )


def located(found: Explained, line: Callable[[str, Path], int]) -> Explained:
    """The same with the line of the file for each fact that stands in a record."""

    def of(grounds: Sequence[Ground]) -> tuple[Ground, ...]:
        return tuple(
            replace(
                one,
                checks=tuple(with_line(check, line) for check in one.checks),
                failing=tuple(with_line(check, line) for check in one.failing),
            )
            for one in grounds
        )

    return replace(found, granting=of(found.granting), taking=of(found.taking), refusing=of(found.refusing))


def _granting(named: Sequence[Outcome], wholes: Mapping[str, Frame], remedy: Remedy) -> Iterator[Ground]:
    """The lines that hold, each once: in the reading of its windows that its grant in the verdict comes from."""
    grants = [grant for grant in (remedy.best, *remedy.then) if grant is not None]
    order = {line: at for at, line in enumerate([*(grant.line for grant in grants), *remedy.also])}
    best: dict[str, tuple[bool, Outcome]] = {}
    for one in named:
        line = one.line.line
        grant = next((grant for grant in grants if grant.line == line), None)
        fits = grant is not None and (grant.until, grant.cite) == (one.weighed.until, one.cite)
        if one.holds and (line not in best or (fits and not best[line][0])):
            best[line] = fits, one
    for line, (__, one) in sorted(best.items(), key=lambda pair: order.get(pair[0], len(order))):
        grant = next((grant for grant in grants if grant.line == line), None)
        result: Result = "ask" if one.weighed.truth == "unknown" else "granted" if line in order else "overridden"
        yield replace(_ground(one, wholes, result), grant=grant)


def _taking(outcomes: Sequence[Outcome], name: str) -> Iterator[Outcome]:
    found = {one.line.line: one for one in outcomes if one.weighed.truth == "yes" and name in one.line.instead_of}
    yield from found.values()


def _nearest_first(named: Sequence[Outcome]) -> Iterator[Outcome]:
    """The lines that do not hold in any reading."""
    held = {one.line.line for one in named if one.holds}

    def far(one: Outcome) -> tuple[int, tuple[bool, int, int]]:
        return WHYS.index(why_of(one.weighed)), distance(one.weighed.reasons)

    nearest: dict[str, Outcome] = {}
    for one in sorted((one for one in named if one.line.line not in held), key=far):
        nearest.setdefault(one.line.line, one)
    yield from nearest.values()


def _elsewhere(frames: Sequence[Frame], name: str) -> Iterator[Ground]:
    """Of each pack that is for other goods, other days or other people the first line that would grant the remedy."""
    for frame in frames:
        line = next((line for line in frame.pack.law.lines if name in line.remedies), None)
        if frame.is_elsewhere and line is not None:
            checks, failing = (
                tuple(traced_check(line.line, "refused", check, ()) for check in some)
                for some in (frame.whole.checks, frame.whole.reasons)
            )
            yield Ground(line.line, line.title, "refused", checks, failing, ())


def _ground(one: Outcome, wholes: Mapping[str, Frame], result: Result) -> Ground:
    def written(checks: Iterable[Check]) -> tuple[Traced, ...]:
        return tuple(dict.fromkeys(traced_check(one.line.line, result, check, one.cite) for check in checks))

    looked_at = (*wholes[one.pack.id].whole.checks, *one.weighed.checks)
    return Ground(
        line=one.line.line,
        title=one.line.title,
        result=result,
        # An alternative that does not hold says nothing of a line that holds by another.
        checks=written(check for check in looked_at if result == "refused" or check.truth != "no"),
        failing=written(one.weighed.reasons),
        cite=one.cite,
    )
