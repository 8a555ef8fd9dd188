"""The same fault again: which earlier repairs of a unit were meant to end the fault that it has now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aftercare.plain.moments import Moment, in_order, is_late
from aftercare.plain.text import fold
from aftercare.records.claim import Claim, Repair


class Stay(NamedTuple):
    """One repair of a claim, with those of the same fault around it."""

    claim: Claim
    number: int
    """Which of the claim's repairs it is, counted from 1."""
    repair: Repair
    before: Sequence[str]
    """The claims of the repairs of the same fault that had gone out when it came in, the earliest first."""
    back: Moment | None
    """When the unit first came in again with the fault; None where it has not."""
    back_in: str
    """The claim of that repair; "" where there is none."""

    @property
    def id(self) -> str:
        """The name by which lists know it: ``CL26-0004/1``."""
        return f"{self.claim.id}/{self.number}"


def stays(claims: Sequence[Claim]) -> list[Stay]:
    """The repairs of one customer's claims, in the order of the claims, and whether each held.

    Of a unit all claims must be among them; repairs of other units are never of the same fault.
    """
    each = [(claim, number, one) for claim in claims for number, one in enumerate(claim.repairs, start=1)]
    earlier = {id(one): _before(claim, one, claims) for claim, __, one in each}
    back: dict[int, tuple[Moment, str]] = {}
    for claim, __, one in sorted(each, key=lambda stay: in_order(stay[2].in_)):
        for known, _of in earlier[id(one)]:
            back.setdefault(id(known), (one.in_, claim.id))
    return [
        Stay(claim, number, one, [of for __, of in earlier[id(one)]], *back.get(id(one), (None, "")))
        for claim, number, one in each
    ]


def _before(claim: Claim, repair: Repair, claims: Iterable[Claim]) -> list[tuple[Repair, str]]:
    """The repairs of the same fault that had gone out when this one came in, each with its claim."""
    found = repeated(claim, claims, repair.problem)
    return [(one, of) for one, of in found if one is not repair and one.out and not is_late(one.out, repair.in_)]


def repeated(
    claim: Claim, others: Iterable[Claim], problem: str | None = None, same_as: str | None = None
) -> list[tuple[Repair, str]]:
    """The finished repairs of the same fault, the earliest first, each with the claim that it is of.

    It is the same fault where a claim says so (*same_as*, directly or by way of another claim), where what was found is
    called the same (*problem*, else the claim's symptom), and within the claim where a repair did not mend it.
    """
    about = {other.id: other for other in others if other.unit == claim.unit} | {claim.id: claim}
    linked = _linked(claim, about, same_as)
    name = problem or _symptom(claim)
    found = []
    for other in about.values():
        for repair in other.repairs:
            if repair.out is None:
                continue
            called = repair.problem or _symptom(other)
            is_named = bool(called and name) and fold(called or "").casefold() == fold(name or "").casefold()
            failed = other is claim and repair.result in {"not_fixed", "not_done"}
            if other.id in linked or is_named or failed:
                found.append((repair, other.id))
    return sorted(found, key=lambda pair: in_order(pair[0].in_))


def _symptom(claim: Claim) -> str | None:
    return claim.fault.symptom if claim.fault else None


def _linked(claim: Claim, about: dict[str, Claim], same_as: str | None) -> set[str]:
    """The earlier claims that *claim* says have its fault, and those that they name in turn."""
    found: set[str] = set()
    step = same_as or (claim.fault.same_as if claim.fault else None)
    while step and step in about and step not in found and step != claim.id:
        found.add(step)
        fault = about[step].fault
        step = fault.same_as if fault else None
    return found
