"""What was given to make good: the remedies beside our apologies, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.plain.moments import Moment, in_order
from aftercare.plain.money import Amount


class Given(NamedTuple):
    """One remedy, the record of its apology, and when it was given."""

    record: str
    remedy: str
    cost: Amount | None
    at: Moment


class Spent(NamedTuple):
    """How many remedies were given, and what they cost, each currency for itself."""

    remedies: int
    costs: tuple[Amount, ...]


def given(affairs: Affairs) -> list[Given]:
    """Every remedy that the customer had, the earliest first; one that was promised for later once it was given."""
    return sorted(_given(affairs), key=lambda one: (in_order(one.at), one.record))


def _given(affairs: Affairs) -> Iterator[Given]:
    kept = {record.id: record.kept.at for record in affairs.promises if record.kept}
    for record in affairs.promises:
        said = record.apologised
        if said and said.remedy and said.at:
            at = kept.get(said.remedy_in) if said.remedy_in else said.at
            if at:
                yield Given(record.id, said.remedy, said.cost, at)


def spent(affairs: Affairs) -> Spent:
    """What all remedies come to."""
    found = given(affairs)
    sums: dict[str, Amount] = {}
    for cost in (one.cost for one in found if one.cost):
        before = sums.get(cost.currency)
        sums[cost.currency] = cost._replace(value=cost.value + (before.value if before else 0))
    return Spent(len(found), tuple(sums[currency] for currency in sorted(sums)))
