"""The table of facts in ``docs/claims.md``: where each stands in the records, its flag, and what its absence means."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.situations import WHERE
from aftercare.policies import vocabulary
from aftercare.policies.vocabulary import Fact

HEADING = "| fact | what it is | in the records | where nobody says |"
_CLAIM = "claim: facts"


def table() -> list[str]:
    """The lines of the table, a row for each fact that can be stated, in the order of the vocabulary."""
    return [HEADING, "|---|---|---|---|", *_rows()]


def _rows() -> Iterator[str]:
    for fact in vocabulary.facts().values():
        if not fact.measured:
            where = WHERE.get(fact.name, _CLAIM)
            yield f"| `{fact.name}` | {fact.label.en} ({fact.label.zh}) | {where} | {_absent(fact)} |"


def _absent(fact: Fact) -> str:
    if fact.absent == vocabulary.ASK:
        return "asked for, where it matters"
    if fact.because is None:
        return "it did not happen"
    return f"taken for granted: {fact.absent}; {fact.because.en}"
