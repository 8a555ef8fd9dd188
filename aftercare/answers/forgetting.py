"""What forgetting a customer asks for: what is still owed to them, and what the balance has to remember."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aftercare.answers.affairs import Affairs
from aftercare.answers.endings import OF_THE_GOODS
from aftercare.answers.promises import Promise
from aftercare.plain.moments import day_of
from aftercare.plain.tree import Tree
from aftercare.policies.plans import YEARLY

BETWEEN_US = OF_THE_GOODS - {"pack", "make_safe", "report"}
"""The kinds of promise for which goods or money still change hands: for these the person is needed."""


def still_owed(affairs: Affairs, promises: Iterable[Promise]) -> Iterator[str]:
    """The ids of what goods or money are still owed by: promises, claims with a repair or a loan that goes on."""
    named = [one.id for one in promises if one.is_open and one.what in BETWEEN_US]
    yield from named
    for claim in affairs.claims:
        in_hand = any(stay.out is None for stay in claim.repairs) or any(loan.back is None for loan in claim.loans)
        if in_hand and claim.closed is None and not any(one.partition("/")[0] == claim.id for one in named):
            yield claim.id


def greetings_to_remember(promises: Iterable[Promise]) -> list[Tree]:
    """The greetings of before as the customer's file keeps them: without a day that would tell the birthday.

    What is still open becomes void with the forgetting.
    """
    found: list[Tree] = []
    for promise in promises:
        plan = promise.draft.plan
        if plan is None or plan.after not in YEARLY:
            continue
        one: dict[str, Tree] = {
            "step": promise.id.partition("/")[2],
            "made_on": day_of(promise.draft.made_on).replace(day=1).isoformat(),
            "state": "void" if promise.is_open else promise.state,
        }
        if promise.kept:
            one["by"] = promise.kept.record
        found.append(one)
    return found
