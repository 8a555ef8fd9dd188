"""The same fault again: which earlier repairs of a unit were meant to end the fault that it has now."""

from __future__ import annotations

from collections.abc import Iterable

from aftercare.plain.moments import in_order
from aftercare.plain.text import fold
from aftercare.records.claim import Claim, Repair


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
