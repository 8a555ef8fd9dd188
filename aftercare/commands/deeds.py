"""What every writing command does the same: read what was typed, write it, and say what it did to the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from aftercare.answers import finding
from aftercare.answers.affairs import customer_of
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.promises import Promise
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands.flags import Reader, flag_for
from aftercare.commands.session import Session
from aftercare.errors import BadValue, Missing, NotCommitted
from aftercare.language import _
from aftercare.plain.moments import day_of, iso
from aftercare.plain.reading import read
from aftercare.plain.splicing import Edit, applied
from aftercare.plain.text import width
from aftercare.plain.tree import Path, Tree, get
from aftercare.plain.words import echo, understand
from aftercare.records.base import Record
from aftercare.records.typed import Misfit, Mistyped, typed
from aftercare.render.output import put, say

WIDEST = 100
"""Columns of the longest line on stderr."""


class Change(NamedTuple):
    """What a command did to the ledger."""

    kept: list[Promise]
    promised: list[Promise]
    ended: list[Promise]


def reader(session: Session, shelf: Shelf) -> Reader:
    """Reads typed values against a shelf; what was meant is echoed on stderr where it was not written out."""
    now = session.moment_now()

    def resolve(text: str, kinds: tuple[str, ...]) -> str:
        return resolved(session, shelf, text, kinds)

    def moment(text: str) -> str:
        found = understand(text, now, shelf.settings.time_zone or "")
        if iso(found) != text:
            say(f"{text} = {echo(found)}")
        return iso(found)

    return Reader(resolve, moment)


def resolved(session: Session, shelf: Shelf, text: str, kinds: tuple[str, ...]) -> str:
    """The id that a typed REF means, echoed in words where it was not written in full."""
    found = finding.resolve(shelf, text, kinds, day_of(session.now()).year)
    if found != text:
        say(finding.describe(shelf, found) if "/" not in found or found.count("/") == 1 else found)
    return found


@contextmanager
def typed_in(kind: str, tree: dict[str, Tree] | None = None) -> Iterator[None]:
    """Turn the misfits of what was typed into an error that names the flag."""
    try:
        yield
    except Mistyped as error:
        missing = [flag_for(kind, m.path) for m in error.misfits if m.code == "missing"]
        if missing:
            raise Missing(missing) from None
        raise _bad(kind, error.misfits[0], tree or {}) from None


def _bad(kind: str, misfit: Misfit, tree: dict[str, Tree]) -> BadValue:
    path: Path = misfit.path
    value = get(tree, path)
    sentence = misfit.sentence.partition(": ")[2] or misfit.sentence
    shown = value if isinstance(value, str) else ""
    return BadValue(flag_for(kind, path), shown, sentence.removeprefix(f"“{shown}” "))


def checked(kind: str, record_id: str, edits: Sequence[Edit], pen: Pen) -> Sequence[Edit]:
    """The edits of an own verb, once it is sure that what they make is a record; the error names the flag."""
    file, data = pen.file_of(record_id)
    tree = applied(read(data, file), edits)
    with typed_in(kind, tree):
        typed(kind, tree, pen.book.settings.setting)
    return edits


def written(session: Session, pen: Pen, message: str) -> None:
    """Write what the pen holds; a commit that could not be made is said, and is the exit code, but stops nothing."""
    try:
        pen.done(message)
    except NotCommitted as error:
        session.exit_code = error.exit_code
        say(f"aftercare: {error.sentence}")


def change_of(session: Session, pen: Pen) -> Change:
    """The difference that what was written makes to the promises of the customers it touches."""
    owners = {
        owner
        for record in pen.touched
        for shelf in (pen.before, pen.shelf)
        if (owner := customer_of(shelf, shelf.get(record.id) or record))
    }
    rules, now = session.rules(pen.book), session.now()
    before = {p.id: p for p in ledger_of(pen.before, rules, now, owners).promises}
    after = {p.id: p for p in ledger_of(pen.shelf, rules, now, owners).promises}
    settled = [p for p in after.values() if not p.is_open and (p.id not in before or before[p.id].is_open)]
    return Change(
        kept=[p for p in settled if p.kept],
        promised=[p for p in after.values() if p.is_open and p.due and _is_new(before.get(p.id), p)],
        ended=[p for p in settled if not p.kept],
    )


def _is_new(before: Promise | None, after: Promise) -> bool:
    return before is None or not before.is_open or before.due != after.due


def tell(session: Session, pen: Pen, *, ids: list[str] | None = None, fmt: str = "table") -> None:
    """Print the new ids on stdout and the effect on stderr; in JSON both are one answer."""
    change = change_of(session, pen)
    if fmt == "json":
        rows = [
            {"id": i, "kept": [p.id for p in change.kept], "promised": [p.id for p in change.promised]}
            for i in (ids if ids is not None else [r.id for r in pen.touched])
        ]
        put(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False))
        return
    for new in ids or ():
        put(new)
    for line in _filled(said(change)):
        say(line)


def _filled(clauses: Iterable[str]) -> Iterator[str]:
    """Clauses side by side in lines of at most :data:`WIDEST` columns."""
    line = ""
    for clause in clauses:
        if line and width(f"{line}; {clause}") > WIDEST:
            yield f"{line};"
            line = clause
        else:
            line = f"{line}; {clause}" if line else clause
    if line:
        yield line


def said(change: Change) -> Iterator[str]:
    """The change in words."""
    for promise in change.kept:
        late = promise.state == "kept_late"
        sentence = _("keeps {promise}, late") if late else _("keeps {promise}, in time")
        yield sentence.format(promise=promise.id)
    for promise in change.promised:
        by = echo(promise.due.by) if promise.due else ""
        yield _("promises {promise} by {when}").format(promise=promise.id, when=by)
    for promise in change.ended:
        sentence = {
            "released": _("releases {promise}"),
            "broken": _("breaks {promise}"),
        }.get(promise.state, _("voids {promise}"))
        yield sentence.format(promise=promise.id)


def add_one(
    session: Session, kind: str, make: Callable[[Pen, Reader], dict[str, Tree]], *, fmt: str, verb: str = "add"
) -> Record:
    """Write one new record, and print its id and what it did."""
    with session.writing(f"{kind} {verb}") as pen:
        tree = make(pen, reader(session, pen.shelf))
        with typed_in(kind, tree):
            record = pen.add(kind, tree)
        written(session, pen, f"{kind} {verb} {record.id}")
    tell(session, pen, ids=[record.id], fmt=fmt)
    return record


def ledger_now(session: Session, pen: Pen) -> Ledger:
    """The ledger as the pen found it, of the whole book."""
    return ledger_of(pen.shelf, session.rules(pen.book), session.now())


def values_of(context_values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the record's own flags among all that a command got."""
    return {name: value for name, value in context_values.items() if name.startswith("field__")}
