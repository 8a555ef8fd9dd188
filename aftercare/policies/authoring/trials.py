"""Packs tried on worked cases: which packs a case is about, what they answer, and where that is not what it expects."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from aftercare.errors import Fault
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, iso
from aftercare.plain.tree import Tree
from aftercare.policies.authoring.cases import Case
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import Situation, situation
from aftercare.policies.judging.verdict import Grant, Traced, Verdict
from aftercare.policies.law import loose_ends
from aftercare.policies.pack import Pack
from aftercare.policies.places import is_region, of_law
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

    The id of a pack stands for it and the packs that it says it adds to; for it alone where it says none, or, where it
    builds on windows or entitlements of others, for it and the national law of its country.  ``cn`` stands for all
    shipped law of the country that the place puts in force, with that of the *region*; an empty region is not known,
    ``none`` is none.  ``ca-qc`` is that of the country and its part.
    """
    own_ids = {pack.id for pack in own}
    named = next((pack for pack in (*own, *shipped) if pack.id == law and pack.law), None)
    others = [pack for pack in shipped if pack.law and pack.id not in {law, *own_ids}]
    if named is None:
        country, part = of_law(law)
        if part and not any(is_region(country, pack.region, part) for pack in others if pack.region):
            return ()
        return tuple(pack for pack in others if pack.chosen == "place" and _holds(pack, country, part or region))
    if named.adds_to:
        return (*(pack for pack in others if pack.id in named.adds_to), named)
    if not any(loose.code != "no-such-column" for loose in loose_ends(named.law, (), ())):
        return (named,)
    beside = (pack for pack in others if pack.chosen == "place" and _holds(pack, named.country or "CN", NONE))
    return (*beside, named)


def _holds(pack: Pack, country: str, region: str) -> bool:
    if pack.country != country:
        return False
    return not pack.region or not region or is_region(country, pack.region, region)


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
    facts = situation(_placed(case, packs), case.today, next((pack.country for pack in packs if pack.country), "CN"))
    verdict = decide(packs, facts, case.asked)
    return Trial(case, packs, facts, verdict, tuple(_compared(case, verdict)))


def _placed(case: Case, packs: Sequence[Pack]) -> Mapping[str, Tree]:
    """The facts of a case; the law of a part of a country, where the case names that, says where its shop is."""
    named = next((pack for pack in packs if pack.id == case.law), None)
    region = (named.region if named else "") or of_law(case.law)[1]
    return case.facts if "region" in case.facts or not region else {**case.facts, "region": region}


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
