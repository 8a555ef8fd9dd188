"""What a command did to the ledger, in words that stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aftercare.answers.effects import Change
from aftercare.language import _
from aftercare.plain.text import width
from aftercare.plain.words import echo

WIDEST = 100
"""Columns of the longest line."""


def said(change: Change) -> Iterator[str]:
    """The change in words."""
    for promise in change.kept:
        late = promise.state == "kept_late"
        sentence = _("keeps {promise}, late") if late else _("keeps {promise}, in time")
        yield sentence.format(promise=promise.id)
    for promise in change.ended:
        sentence = {
            "released": _("releases {promise}"),
            "broken": _("breaks {promise}"),
        }.get(promise.state, _("voids {promise}"))
        yield sentence.format(promise=promise.id)
    for promise in change.nearer:
        if promise.kept_pieces:
            sentence = _("keeps {done} of {all} pieces of {promise}")
        else:
            sentence = _("{promise}: nobody was reached, it is still owed")
        yield sentence.format(done=promise.kept_pieces, all=promise.draft.pieces, promise=promise.id)
    for promise in change.promised:
        by = echo(promise.due.by) if promise.due else ""
        yield _("promises {promise} by {when}").format(promise=promise.id, when=by)


def filled(clauses: Iterable[str]) -> Iterator[str]:
    """Clauses side by side in lines of at most :data:`WIDEST` columns."""
    line, between = "", _("; ")
    for clause in clauses:
        if line and width(line + between + clause) > WIDEST:
            yield f"{line}{between}".rstrip()
            line = clause
        else:
            line = f"{line}{between}{clause}" if line else clause
    if line:
        yield line
