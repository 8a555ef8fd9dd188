"""Claims that fell short: less decided than was open, repairs over their time, loans still out, a worn replacement.

What was charged for parts and labour is looked at by :mod:`charges`.
"""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.breaches import charges, qualified
from aftercare.answers.breaches.finding import Scope, Seen, day_after, is_late_one, lateness
from aftercare.answers.breaches.qualified import Done
from aftercare.answers.decided import withheld
from aftercare.answers.promises import Promise
from aftercare.language import _, word
from aftercare.plain.moments import day_of
from aftercare.plain.tree import Path
from aftercare.policies.standards import WORKSHOP
from aftercare.records.claim import Claim, Decision

_STEPS = {"finish_repair": ("late-repair", "repairs"), "return_loan": ("loan-out", "loans")}
"""What the promises of a claim are a breach of when they are late, and the part of the claim that each numbers."""


def seen(scope: Scope) -> Iterator[Seen]:
    """What may be a breach in the claims of one customer."""
    claims = {claim.id: claim for claim in scope.affairs.claims}
    for promise in scope.promises.values():
        claim = claims.get(promise.id.split("/", 1)[0])
        if claim and promise.what in _STEPS and is_late_one(promise):
            yield from _late(scope, claim, promise)
    for claim in claims.values():
        yield from _less_than_open(scope, claim)
        yield from _sub_standard(scope, claim)
        yield from charges.labour(scope, claim)
        yield from _unqualified(scope, claim)
    yield from charges.above_cost(scope)


def _unqualified(scope: Scope, claim: Claim) -> Iterator[Seen]:
    """Who repaired it in the shop had not what a standard asks for on the day of the work."""
    for nth, repair in enumerate(claim.repairs, start=1):
        done = repair.repaired or repair.out
        if done and repair.result != "not_done":
            path: Path = ("repairs", nth - 1, *(("by",) if repair.by else ()))
            categories = (scope.category_of(claim.unit),)
            work = Done(WORKSHOP, claim.id, claim.id, path, repair.by or "", categories, day_of(done), nth)
            yield from qualified.seen(scope, work)


def _late(scope: Scope, claim: Claim, promise: Promise) -> Iterator[Seen]:
    code, part = _STEPS[promise.what]
    if promise.what == "return_loan" and promise.state != "overdue":
        return
    nth = int(promise.id.rpartition(".")[2])
    end: Path = ("out",) if part == "repairs" and promise.kept else ()
    yield Seen(
        code=code,
        subject=claim.id,
        on=day_after(promise),
        record=claim.id,
        path=(part, nth - 1, *end),
        what=lateness(promise, scope.now),
        categories=(scope.category_of(claim.unit),),
        person=promise.person,
        promise=promise.id,
        nth=nth,
        bound=promise.draft.binds != "plan",
    )


def _less_than_open(scope: Scope, claim: Claim) -> Iterator[Seen]:
    """Decided less than the verdict it was taken on says was open; without its verdict nothing is said against it."""
    for nth, decision in enumerate(claim.decisions, start=1):
        kept_back = _kept_back(claim, decision)
        if kept_back and not any(_grants(later, kept_back) for later in claim.decisions[nth:]):
            if decision.refused:
                sentence = _("{remedy} was open, and was refused")
            else:
                sentence = _("{remedy} was open, and {decided} was decided")
            yield Seen(
                code="less-than-open",
                subject=claim.id,
                on=day_of(decision.on),
                record=claim.id,
                path=("decisions", nth - 1),
                what=sentence.format(remedy=word(kept_back), decided=word(decision.remedy)),
                categories=(scope.category_of(claim.unit),),
                person=decision.by or "",
                nth=nth,
            )


def _kept_back(claim: Claim, decision: Decision) -> str | None:
    """The remedy that was open and was not given."""
    states = {name: said.state for name, said in decision.verdict.remedies.items()} if decision.verdict else {}
    return withheld(decision.asked or claim.asked, decision.remedy, bool(decision.refused), states)


def _grants(decision: Decision, remedy: str) -> bool:
    return decision.remedy == remedy and not decision.refused


def _sub_standard(scope: Scope, claim: Claim) -> Iterator[Seen]:
    if claim.replaced and claim.replaced.used:
        yield Seen(
            code="sub-standard",
            subject=claim.id,
            on=day_of(claim.replaced.on),
            record=claim.id,
            path=("replaced", "used"),
            what=_("replaced by a unit that had been repaired or used before"),
            categories=(scope.category_of(claim.unit),),
            person=claim.replaced.by or "",
        )
