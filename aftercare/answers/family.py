"""The tree of who brought whom: every customer the same, whatever they bought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.promises import Promise


class Node(NamedTuple):
    """One customer in the tree; ``last`` says of each step down to them whether it was the last at its fork."""

    affairs: Affairs
    last: tuple[bool, ...] = ()

    @property
    def depth(self) -> int:
        """How many steps below the one with whom the tree begins."""
        return len(self.last)


def tree(people: Mapping[str, Affairs], root: str = "") -> list[Node]:
    """A customer with all whom they brought, and whom these brought, each before those; in the order of their ids.

    Without a *root* everybody of the book who brought somebody or is said to have been brought.
    """
    begun = [people[root]] if root else [one for one in people.values() if _begins(one)]
    found: list[Node] = []
    waiting = [Node(one) for one in reversed(begun)]
    while waiting:
        node = waiting.pop()
        found.append(node)
        brought = sorted(node.affairs.brought, key=lambda one: one.customer.id)
        below = [Node(one, (*node.last, place == len(brought))) for place, one in enumerate(brought, start=1)]
        waiting.extend(reversed(below))
    return found


def _begins(one: Affairs) -> bool:
    if one.customer.id == HOUSE or one.brought_by:
        return False
    return bool(one.brought or one.customer.referred_by)


def thanks(promises: Iterable[Promise]) -> dict[str, Promise]:
    """The thanks that are owed, or were given, for each customer who was brought, by that one's id."""
    found: dict[str, Promise] = {}
    for promise in promises:
        plan = promise.draft.plan
        if plan and plan.after == "referred":
            found.setdefault(promise.draft.about[0], promise)
    return found
