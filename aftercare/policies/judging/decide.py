"""The verdict of one case under the packs in force.

Every line of every pack is weighed; each that holds is a grant, a bundle that is never taken apart.  No pack can take
away what another grants.  Lines that build on an entitlement (``given``) are weighed once the others are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aftercare.plain.moments import Moment
from aftercare.policies.judging.combining import combined
from aftercare.policies.judging.grants import left, taken
from aftercare.policies.judging.hearing import Hearing
from aftercare.policies.judging.outcomes import Frame, Outcome, weighed
from aftercare.policies.judging.situation import Situation, days_in
from aftercare.policies.judging.tracing import Trace, standing_lines, traced
from aftercare.policies.judging.verdict import PackUsed, Party, Remedy, Verdict
from aftercare.policies.judging.weighing import YES, all_of
from aftercare.policies.pack import Pack
from aftercare.policies.shape import Words
from aftercare.policies.windows import Stays


def decide(packs: Sequence[Pack], case: Situation, asked: str = "") -> Verdict:
    """The verdict on the case's day; *asked* is the remedy that the customer asks for."""
    hearing = Hearing([pack for pack in packs if pack.has_law], case)
    frames, outcomes = weighed(hearing)
    remedies = combined(
        list(left(outcomes, case)),
        [(o.line.remedies, o.weighed, o.cite) for o in outcomes if not (o.holds or o.line.review)],
        _named(hearing.packs),
        taken(outcomes),
    )
    asks = _asks([one.ask for one in remedies.values()])
    provisional = {name for o in outcomes for name in o.weighed.provisional}
    party, unsure = _burden(hearing, frames)
    if party is None and asked in remedies and (best := remedies[asked].best) is not None:
        party = best.proof
    return Verdict(
        on=case.on,
        fault_on=case.day("fault_on"),
        asked=asked or None,
        repair_days=tuple(days_in(stay, case.on, _stays(frames)) for stay in case.value("repairs") or ()),
        burden_of_proof=party,
        remedies=remedies,
        ask=asks,
        assumed=_assumed(frames, outcomes),
        windows=_windows(hearing, frames),
        packs=tuple(PackUsed(f.pack.id, f.pack.version, f.pack.sha256) for f in frames if f.whole.truth != "no"),
        provisional=tuple(sorted({*provisional, *unsure})),
        review=_reviews(outcomes, remedies, case),
        facts={name: given.text for name, given in case.stated.items()},
        trace=Trace(lambda: traced(frames, outcomes, standing_lines(remedies))),
    )


def _stays(frames: Sequence[Frame]) -> Stays:
    """How the packs that are for this case count a stay in the workshop."""
    return next((one.pack.law.counting.stays for one in frames if not one.is_elsewhere and one.pack.law.lines), "days")


def _named(packs: Sequence[Pack]) -> list[str]:
    return list(dict.fromkeys(name for pack in packs for line in pack.law.lines for name in line.remedies))


def _asks(per_remedy: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The facts to ask for, the one that settles most remedies first."""
    names = dict.fromkeys(name for asks in per_remedy for name in asks)
    return tuple(sorted(names, key=lambda name: -sum(name in asks for asks in per_remedy)))


def _assumed(frames: Sequence[Frame], outcomes: Sequence[Outcome]) -> dict[str, str]:
    """What was taken for granted and bears on the answer: what a granted line rests on, and what alone refuses one."""
    granting = {outcome.pack.id for outcome in outcomes if outcome.holds}
    found = {
        check.fact: check.value
        for frame in frames
        if frame.pack.id in granting
        for check in frame.whole.checks
        if check.origin == "assumed"
    }
    for outcome in outcomes:
        reasons = outcome.weighed.reasons
        bears = outcome.weighed.checks if outcome.holds else reasons
        if outcome.holds or all(check.origin == "assumed" for check in reasons):
            found.update({check.fact: check.value for check in bears if check.origin == "assumed"})
    return found


def _windows(hearing: Hearing, frames: Sequence[Frame]) -> dict[str, Moment | None]:
    """The last good day of every window of the packs that are for this case; one that does not exist is left out."""
    found: dict[str, Moment | None] = {}
    for frame in frames:
        if frame.is_elsewhere:
            continue
        view = hearing.view(frame.pack)
        for window in frame.pack.law.windows:
            end = view.end(window.name)
            if not end.absent:
                found.setdefault(window.name, end.day)
        for rule in frame.pack.law.restates:
            for name in rule.windows:
                end = hearing.view(frame.pack, rule).end(name)
                if not end.absent:
                    found[f"{frame.pack.id}/{name}"] = end.day
    return found


def _burden(hearing: Hearing, frames: Sequence[Frame]) -> tuple[Party | None, tuple[str, ...]]:
    """Who must prove that the defect was there: the trader inside the window that says so, the consumer after it.

    Inside it, for goods that the rule does not name, nobody says; nor where the day of the fault is not known.
    """
    evidence = [(frame, rule) for frame in frames if not frame.is_elsewhere for rule in frame.pack.law.evidence]
    if not evidence or hearing.case.value("fault") is not True:
        return None, ()
    over = True
    for frame, rule in evidence:
        view = hearing.view(frame.pack)
        in_time = all_of([frame.whole, *(view.condition(one) for one in rule.within)])
        goods = view.block(rule.when) if rule.when is not None else YES
        if in_time.truth == "yes" and goods.truth == "yes":
            return rule.party, in_time.provisional
        over = over and in_time.truth == "no"
    return ("consumer" if over else None), ()


def _reviews(outcomes: Sequence[Outcome], remedies: Mapping[str, Remedy], case: Situation) -> tuple[Words, ...]:
    """What a person must judge: lines that say so, figures that nobody has, facts that contradict each other.

    What bears only on remedies that are open anyway is left out: there is nothing to judge.
    """
    found: list[Words] = []
    for outcome in outcomes:
        line, weighed = outcome.line, outcome.weighed
        if all(remedies[name].state == "open" for name in line.remedies):
            continue
        if weighed.truth == "yes" and line.review:
            found.append(line.because or line.title)
        elif outcome.holds and weighed.figure and not weighed.missing:
            title = line.title
            found.append(Words(f"no source was found for a figure of “{title.en}”", f"“{title.zh}”的期限没有查到出处"))
    for first, second in case.contradicted:
        found.append(_contradicting(first, second))
    return tuple(dict.fromkeys(found))


def _contradicting(first: str, second: str) -> Words:
    if first == second:
        return Words(f"the dates of {first} contradict each other", f"{first} 的日期互相矛盾")
    return Words(f"{first} and {second} contradict each other", f"{first} 与 {second} 互相矛盾")
