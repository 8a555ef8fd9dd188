"""What the rules of the day give under each open claim, as a table: ``claim check`` of all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aftercare.answers.exporting.tables import UNITS, Column, Table, Values
from aftercare.plain.moments import Moment, is_late, iso
from aftercare.policies.judging.situation import Misstated

if TYPE_CHECKING:
    from aftercare.answers.rules import Rules
    from aftercare.book.shelf import Shelf

NAME = "entitlements"


def table(*, split: bool = False) -> Table:
    """A row for each remedy of each open claim."""

    def moment(name: str, sentence: str) -> list[Column]:
        if not split:
            return [Column(name, "moment", sentence=sentence)]
        return [Column(name, "day", sentence=sentence), Column(f"{name}_time", "time", sentence=sentence)]

    return Table(
        NAME,
        NAME,
        [Column("id", "text", sentence="the claim and the remedy")],
        [
            Column("claim", "text", refers="claims", sentence="the open claim"),
            Column("unit", "text", refers=UNITS, sentence="what it is about"),
            *moment("on", "the day by whose rules it was judged"),
            Column("asked", "text", sentence="what the customer asks for"),
            Column("remedy", "text", sentence="the remedy"),
            Column("state", "text", sentence="whether it is open, as claim check says it"),
            *moment("until", "until when it is open, or was"),
            Column("fee", "number", sentence="what it costs the customer, in the book's currency"),
            Column("line", "text", sentence="the line of the rules that gives it"),
        ],
    )


def rows(shelf: Shelf, rules: Rules, on: Moment, *, split: bool) -> Iterator[Values]:
    """The rows of the claims that are open; what is said of one that no rule can weigh gives none."""
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
                *_moment(on, split=split),
                claim.asked,
                name,
                remedy.state,
                *_moment(until, split=split),
                float(fee) if fee is not None else None,
                grant.line if grant else None,
            )


def _moment(moment: Moment | None, *, split: bool) -> Values:
    said = iso(moment) if moment else None
    if not split:
        return (said,)
    return (said[:10], said if len(said) > len("2026-03-04") else None) if said else (None, None)
