"""What the rules of the day give under each open claim, as a table: ``claim check`` of all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aftercare.answers.asking.tables import Meant
from aftercare.answers.exporting.reckoned import drawn, laid
from aftercare.answers.exporting.tables import Table, Values
from aftercare.plain.moments import Moment, is_late, iso
from aftercare.policies.judging.situation import Misstated

if TYPE_CHECKING:
    from aftercare.answers.rules import Rules
    from aftercare.book.shelf import Shelf

NAME = "entitlements"


_COLUMNS = (
    Meant("id", "", "the claim and the remedy"),
    Meant("claim", ">", "the open claim"),
    Meant("unit", ">", "what it is about"),
    Meant("on", "@", "the day by whose rules it was judged"),
    Meant("asked", "", "what the customer asks for"),
    Meant("remedy", "", "the remedy"),
    Meant("state", "", "whether it is open, as claim check says it"),
    Meant("until", "@", "until when it is open, or was"),
    Meant("fee", "%", "what it costs the customer, in the book's currency"),
    Meant("line", "", "the line of the rules that gives it"),
)


def table(*, split: bool = False) -> Table:
    """A row for each remedy of each open claim."""
    return drawn(NAME, _COLUMNS, split=split)


def rows(shelf: Shelf, rules: Rules, on: Moment, *, split: bool) -> Iterator[Values]:
    """The rows of the claims that are open; what is said of one that no rule can weigh gives none."""
    found = _rows(shelf, rules, on)
    return laid(_COLUMNS, found) if split else found


def _rows(shelf: Shelf, rules: Rules, on: Moment) -> Iterator[Values]:
    from aftercare.answers.remedies import open_claims, verdict

    for claim, affairs in open_claims(shelf):
        if is_late(claim.reported_on, on):
            continue
        try:
            found = verdict(affairs, claim.unit, rules, on, claim=claim)
        except Misstated:
            continue
        for name, remedy in found.remedies.items():
            grant = remedy.best
            fee = grant.fee.amount if grant and grant.fee else None
            until = (grant.until if grant else None) or remedy.ended
            yield (
                f"{claim.id}/{name}",
                claim.id,
                claim.unit,
                iso(on),
                claim.asked,
                name,
                remedy.state,
                iso(until) if until else None,
                float(fee) if fee is not None else None,
                grant.line if grant else None,
            )
