"""What was decided under a claim, against what was open and against what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from aftercare.plain.moments import in_order
from aftercare.records.claim import Claim, Decision
from aftercare.records.words import WORSE_THAN

MONEY_BACK = frozenset({"refund", "refund_with_fee", "rescind", "reject", "final_reject", "withdraw"})
"""Remedies that are done when the price was paid back."""
ANOTHER_ONE = frozenset({"replace", "replace_other_model", "replace_with_fee"})
"""Remedies that are done when another one was handed over."""
BESIDE = frozenset({"loan_unit", "damages", "set_additional_period"})
"""What is granted beside another remedy and takes the place of none."""
_NO_LESS: Mapping[str, frozenset[str]] = {
    "repair": frozenset({"replace", "refund"}),
    "replace_assembly": frozenset({"replace", "refund"}),
    "replace_with_fee": frozenset({"replace"}),
    "refund_with_fee": frozenset({"refund"}),
}
"""What a customer may be given in the place of what was asked for, and has no less: a new one for a repair."""


def standing(claim: Claim) -> Decision | None:
    """The decision that stands: the last one that grants a remedy."""
    granted = [decision for decision in claim.decisions if not decision.refused]
    return granted[-1] if granted else None


def last_word(claim: Claim) -> Decision | None:
    """What was decided last, granted or refused, but for what is granted beside another remedy."""
    said = [decision for decision in claim.decisions if decision.remedy not in BESIDE]
    return sorted(said, key=lambda decision: in_order(decision.on))[-1] if said else None


def is_refused(claim: Claim) -> bool:
    """Whether the last word is that the price is not paid back; refusing what was open ends nothing that is owed."""
    last = last_word(claim)
    if last is None or not last.refused or last.remedy not in MONEY_BACK:
        return False
    said = last.verdict.remedies.get(last.remedy) if last.verdict else None
    return said is None or said.state != "open"


def undone(claim: Claim) -> Literal["replace", "refund"] | None:
    """What was decided and has not been done: an exchange, or money to be paid back."""
    decision = standing(claim)
    if decision is None:
        return None
    if decision.remedy in MONEY_BACK and claim.refunded is None:
        return "refund"
    return "replace" if decision.remedy in ANOTHER_ONE and claim.replaced is None else None


def withheld(asked: str | None, remedy: str, refused: bool, states: Mapping[str, str]) -> str | None:
    """The open remedy that a decision keeps from the customer; ``None`` where it keeps none.

    *states* are those of the remedies in the verdict that the decision was taken on.  What was asked for and is open
    is kept back by any other remedy, but for one that is no less; what costs the customer something keeps back the
    same one free of charge; and a refusal keeps back what it refuses.
    """
    if refused:
        return remedy if states.get(remedy) == "open" else None
    free = WORSE_THAN.get(remedy)
    if free and states.get(free) == "open":
        return free
    if asked is None or asked == remedy or remedy in _NO_LESS.get(asked, ()):
        return None
    return asked if states.get(asked) == "open" else None
