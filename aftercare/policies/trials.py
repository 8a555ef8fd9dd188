"""Packs tried on worked cases: which packs a case is about, what they answer, and where that is not what it expects."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, iso
from aftercare.plain.text import fold
from aftercare.policies.cases import Case
from aftercare.policies.decide import decide
from aftercare.policies.law import loose_ends
from aftercare.policies.pack import Pack
from aftercare.policies.situation import Situation, situation
from aftercare.policies.verdict import Grant, Traced, Verdict
from aftercare.policies.vocabulary import NONE

Outcome: TypeAlias = Literal["passed", "failed", "not_covered"]


class Miss(NamedTuple):
    """One thing that did not come out as expected; ``remedy`` is the one that it is about, "" for none."""

    key: str
    expected: str
    got: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one case."""

    case: Case
    packs: tuple[Pack, ...] = ()
    """The packs it was tried on; none: no pack here covers its law."""
    situation: Situation | None = None
    verdict: Verdict | None = None
    misses: tuple[Miss, ...] = ()
    near: str = ""
    """The pack that the name of its law may have meant, where nothing covers it."""

    @property
    def state(self) -> Outcome:
        """Whether it passed."""
        if self.verdict is None:
            return "not_covered"
        return "failed" if self.misses else "passed"

    @property
    def messages(self) -> list[str]:
        """What is to be said of it, each naming the case, what was expected and what came."""
        if self.verdict is None:
            return [self._not_covered()]
        return [
            _("{case}: {key}: expected {expected}, got {got}").format(
                case=self.case.id, key=miss.key, expected=miss.expected, got=miss.got
            )
            for miss in self.misses
        ]

    def _not_covered(self) -> str:
        if self.near:
            return _("{case}: no pack here covers the law {law}; did you mean {near}?").format(
                case=self.case.id, law=self.case.law, near=self.near
            )
        return _("{case}: no pack here covers the law {law}").format(case=self.case.id, law=self.case.law)

    def trace(self) -> list[Traced]:
        """The checks of the lines that grant a remedy which did not come out as expected."""
        remedies = {miss.remedy for miss in self.misses}
        lines = {line.line for pack in self.packs for line in pack.law.lines if remedies.intersection(line.remedies)}
        return [check for check in self.verdict.trace if check.line in lines] if self.verdict else []


def packs_for(law: str, region: str, shipped: Sequence[Pack], own: Sequence[Pack] = ()) -> tuple[Pack, ...]:
    """The packs that are in force for a case of that *law*; none where no pack covers it.

    The id of a pack stands for it alone, or, where it builds on windows or entitlements of others, for it and the
    national law of its country.  ``cn`` stands for all shipped law of the country, with that of the *region*; an empty
    region is not known, ``none`` is none.  ``ca-qc`` is that of the country and its part.
    """
    own_ids = {pack.id for pack in own}
    named = next((pack for pack in (*own, *shipped) if pack.id == law and pack.law), None)
    others = [pack for pack in shipped if pack.law and pack.id not in {law, *own_ids}]
    if named is None:
        country, __, part = law.partition("-")
        if part and not any(_is(pack.region, part) for pack in others):
            return ()
        return tuple(pack for pack in others if _holds(pack, country, part or region))
    if not any(loose.code != "no-such-column" for loose in loose_ends(named.law, (), ())):
        return (named,)
    return (*(pack for pack in others if _holds(pack, named.country or "CN", NONE)), named)


def _holds(pack: Pack, country: str, region: str) -> bool:
    if pack.country != country.upper():
        return False
    return not pack.region or not region or _is(pack.region, region)


def _is(region: str, name: str) -> bool:
    return fold(region).casefold() == fold(name).casefold()


def try_all(
    cases: Iterable[Case], shipped: Sequence[Pack], own: Sequence[Pack] = ()
) -> tuple[list[Trial], list[Fault]]:
    """What came of each case, and the faults of those that cannot be tried.

    The facts of a case must be understood only where a pack covers its law: other laws may know other facts.
    """
    trials: list[Trial] = []
    faults: list[Fault] = []
    for case in cases:
        packs = _packs_of(case, shipped, own)
        if packs and case.misfits:
            faults += case.misfits
        elif packs:
            trials.append(_tried(case, packs))
        else:
            near = difflib.get_close_matches(
                case.law, [pack.id for pack in (*shipped, *own) if pack.law], n=1, cutoff=0.85
            )
            trials.append(Trial(case, near="".join(near)))
    return trials, faults


def _packs_of(case: Case, shipped: Sequence[Pack], own: Sequence[Pack]) -> tuple[Pack, ...]:
    region = case.facts.get("region")
    return packs_for(case.law, region if isinstance(region, str) else "", shipped, own)


def _tried(case: Case, packs: tuple[Pack, ...]) -> Trial:
    facts = situation(case.facts, case.today, next((pack.country for pack in packs if pack.country), "CN"))
    verdict = decide(packs, facts, case.asked)
    return Trial(case, packs, facts, verdict, tuple(_compared(case, verdict)))


def _compared(case: Case, verdict: Verdict) -> Iterator[Miss]:
    yield from _remedies(case, verdict)
    yield from _windows(case, verdict)
    yield from _money(case, verdict)
    expected = case.expect
    if expected.ask is not None and expected.ask != set(verdict.ask):
        yield Miss("ask", _listed(expected.ask), _listed(verdict.ask))
    if missing := expected.assumed - set(verdict.assumed):
        yield Miss("assumed", _listed(missing), _listed(verdict.assumed))
    party = verdict.burden_of_proof or NONE
    if expected.burden_of_proof and expected.burden_of_proof != party:
        yield Miss("burden_of_proof", expected.burden_of_proof, party)
    if expected.repair_days is not None and expected.repair_days != verdict.repair_days:
        yield Miss("repair_days", _listed(expected.repair_days), _listed(verdict.repair_days))
    for remedy, bearer in expected.liable.items():
        best = verdict.remedy(remedy).best
        got = best.liable if best else _state(verdict, remedy)
        if got != bearer:
            yield Miss(f"liable.{remedy}", bearer, got, remedy)


def _remedies(case: Case, verdict: Verdict) -> Iterator[Miss]:
    expected = case.expect.remedies
    for remedy, state in expected.items():
        if verdict.remedy(remedy).state != state:
            yield Miss(f"remedies.{remedy}", state, _state(verdict, remedy), remedy)
    if case.expect.others_closed:
        for remedy, found in verdict.remedies.items():
            if remedy not in expected and found.state != "closed":
                yield Miss(f"others.{remedy}", "closed", _state(verdict, remedy), remedy)


def _state(verdict: Verdict, remedy: str) -> str:
    found = verdict.remedy(remedy)
    why = found.why or ", ".join(found.ask)
    return f"{found.state} ({why})" if why else found.state


def _windows(case: Case, verdict: Verdict) -> Iterator[Miss]:
    for name, until in case.expect.until.items():
        got = verdict.windows.get(name)
        if name not in verdict.windows:
            near = difflib.get_close_matches(name, verdict.windows, n=1)
            known = ", ".join(near or verdict.windows) or NONE
            yield Miss(f"until.{name}", _day(until), _("no such window; there are: {known}").format(known=known))
        elif not _same(until, got):
            yield Miss(f"until.{name}", _day(until), _day(got))


def _same(expected: Moment | None, got: Moment | None) -> bool:
    """Whether they are the same day; the hour matters where both have one."""
    if expected is None or got is None:
        return expected is got
    return iso(expected) == iso(got) if type(expected) is type(got) else day_of(expected) == day_of(got)


def _day(moment: Moment | None) -> str:
    return iso(moment) if moment else _("no day that can be said")


def _money(case: Case, verdict: Verdict) -> Iterator[Miss]:
    for key, wanted in (("fee", case.expect.fee), ("amount", case.expect.amount)):
        for remedy, expected in wanted.items():
            best = verdict.remedy(remedy).best
            got = (_fee(best) if key == "fee" else best.amount) if best else None
            if best is None or got != expected:
                said = _sum(got) if best else _state(verdict, remedy)
                yield Miss(f"{key}.{remedy}", _sum(expected), said, remedy)


def _fee(grant: Grant) -> Decimal | None:
    return grant.fee.amount if grant.fee else Decimal(0)


def _sum(amount: Decimal | None) -> str:
    return f"{amount:.2f}" if amount is not None else _("unknown")


def _listed(values: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, values))) or NONE


class Edge(NamedTuple):
    """A window of a pack, and whether some case lies on its last good day, and on the day after."""

    pack: str
    window: str
    last_day: bool
    day_after: bool


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
