"""The shop's credo: its lines as rows, in a list, and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aftercare import language
from aftercare.language import _
from aftercare.plain.text import printable
from aftercare.policies.credo import Basic

ON_PAPER = 5
"""How many lines a sheet has room for: the first."""
FIELDS = ("id", "kind", "number", "text", "for", "pack", "from", "to")


def basic_row(basic: Basic) -> dict[str, Any]:
    """One line for machines."""
    return {
        "id": basic.line,
        "kind": "credo",
        "number": basic.number,
        "text": basic.text._asdict(),
        "for": list(basic.names),
        "pack": basic.pack,
        "from": basic.since.isoformat() if basic.since else None,
        "to": basic.until.isoformat() if basic.until else None,
    }


def told(row: Mapping[str, Any]) -> str:
    """One line of a credo for people."""
    return printable(f"{row['number']}. {row['text'][language.current()]}")


def offended(basics: Sequence[Basic]) -> Iterator[str]:
    """The lines that a finding offends, as they stand behind it."""
    for basic in basics:
        yield _("(credo {number}: {text})").format(number=basic.number, text=basic.text.said(language.current()))


def on_paper(basics: Sequence[Basic]) -> Mapping[str, Any]:
    """The credo as a sheet has it: a title and its first lines; no lines where there is none."""
    spoken = language.current()
    lines = [f"{basic.number}. {basic.text.said(spoken)}" for basic in basics[:ON_PAPER]]
    return {"title": _("What we hold ourselves to"), "lines": lines}
