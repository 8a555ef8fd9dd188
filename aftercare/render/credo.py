"""The shop's credo: its lines as rows, in a list, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aftercare import language
from aftercare.language import _
from aftercare.plain.text import printable

if TYPE_CHECKING:
    from aftercare.policies.credo import Basic

ON_PAPER = 5
"""How many lines a sheet has room for: the first."""
FIELDS = ("id", "kind", "number", "text", "for", "pack", "from", "to")


def told(row: Mapping[str, Any]) -> str:
    """One line of a credo for people."""
    return printable(f"{row['number']}. {row['text'][language.current()]}")


def offended(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines that a finding offends, as they stand behind it."""
    for row in rows:
        yield _("(credo {number}: {text})").format(number=row["number"], text=row["text"][language.current()])


def on_paper(basics: Sequence[Basic]) -> Mapping[str, Any]:
    """The credo as a sheet has it: a title and its first lines; no lines where there is none."""
    spoken = language.current()
    lines = [f"{basic.number}. {basic.text.said(spoken)}" for basic in basics[:ON_PAPER]]
    return {"title": _("What we hold ourselves to"), "lines": lines}
