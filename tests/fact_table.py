"""The tables of facts: in ``docs/claims.md`` where each stands in the records; in ``docs/cases.md`` how each is said,
what its absence means, and which are reckoned from others.
"""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.telling import WHERE
from aftercare.policies import vocabulary
from aftercare.policies.vocabulary import Fact

HEADING = "| fact | what it is | in the records | where nobody says |"
STATED = "| fact | meaning | value | absent |"
MEASURED = "| fact | meaning | what it may ask for |"
_VALUES = {"yesno": "yes or no", "money": "amount", "days": "list of days"}
_CLAIM = "claim: facts"


def table() -> list[str]:
    """The lines of the table, a row for each fact that can be stated, in the order of the vocabulary."""
    return [HEADING, "|---|---|---|---|", *_rows()]


def stated() -> list[str]:
    """A row for each fact that a case may state: its value, and what it means that nobody said it."""
    rows = (
        f"| `{fact.name}` | {fact.label.en} | {_value(fact)} | {_means(fact)} |"
        for fact in vocabulary.facts().values()
        if not fact.measured
    )
    return [STATED, "|---|---|---|---|", *rows]


def measured() -> list[str]:
    """A row for each fact that is reckoned from others."""
    rows = (
        f"| `{fact.name}` | {fact.label.en} | {', '.join(f'`{name}`' for name in fact.asks) or '–'} |"
        for fact in vocabulary.facts().values()
        if fact.measured
    )
    return [MEASURED, "|---|---|---|", *rows]


def _value(fact: Fact) -> str:
    words = ", ".join(f"`{word}`" for word in fact.choices)
    parts = f"{{{', '.join(fact.parts)}}}"
    return {
        "choice": words,
        "list": f"list of {words or 'texts'}",
        "events": f"list of {parts}",
        "group": parts,
    }.get(fact.type, _VALUES.get(fact.type, fact.type))


def _means(fact: Fact) -> str:
    return fact.absent if fact.assumed is None else f"assume {fact.assumed}"


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
