"""Lengths of time as rules state them: as rows, and in words."""

from __future__ import annotations

from aftercare.language import _, plural
from aftercare.plain.moments import Span


def span_of(span: Span) -> dict[str, int]:
    """A length of time as a pack writes it: one unit; no days at all are ``{"days": 0}``."""
    return {unit: count for unit, count in span._asdict().items() if count} or {"days": 0}


def in_words(span: dict[str, int]) -> str:
    """A length of time as :func:`span_of` writes it, in words."""
    ((unit, count),) = span.items()
    if not count:
        return _("the day itself")
    match unit:
        case "hours":
            sentence = plural("{n} hour", "{n} hours", count)
        case "days":
            sentence = plural("{n} day", "{n} days", count)
        case "months":
            sentence = plural("{n} month", "{n} months", count)
        case _:
            sentence = plural("{n} year", "{n} years", count)
    return sentence.format(n=count)
