"""What every writing command does the same: read what was typed, write it, and say what it did to the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from aftercare.answers import effects
from aftercare.answers.effects import Change
from aftercare.answers.finding import OfShelf
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.book.ids import loosely
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import limits
from aftercare.commands.flags import Reader, flag_for
from aftercare.commands.looking_up import meant
from aftercare.commands.session import Session
from aftercare.errors import FutureFact, Missing, NoSuchRecord, NotCommitted, Unfitting
from aftercare.language import word
from aftercare.plain.moments import iso
from aftercare.plain.reading import read
from aftercare.plain.splicing import Edit, applied
from aftercare.plain.tree import Tree
from aftercare.plain.words import echo, understand
from aftercare.records.base import Record
from aftercare.records.typed import Misfit, Mistyped, typed
from aftercare.render.effects import filled, said
from aftercare.render.output import put, put_json, say


class Beside(NamedTuple):
    """What else a command wrote beside its record: for the JSON answer by name, and in sentences."""

    rows: Mapping[str, Sequence[str]]
    said: Sequence[str]


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

    return Reader(resolve, moment, shelf.settings.currency or "")


def resolved(session: Session, shelf: Shelf, text: str, kinds: tuple[str, ...], *, echoed: bool = True) -> str:
    """The id that a typed REF means, echoed in words where it was not written in full.

    Not *echoed* where the answer itself begins with these words.
    """
    return meant(session, OfShelf(shelf), text, kinds, echoed=echoed)


def own(session: Session, shelf: Shelf, text: str, kind: str) -> str:
    """The record of one kind that is to be changed: here the id of a record of another kind is no word for it."""
    named = loosely(text)
    if named and named.kind.name != kind:
        raise NoSuchRecord(word(kind), text)
    return resolved(session, shelf, text, (kind,))


@contextmanager
def typed_in(kind: str) -> Iterator[None]:
    """Turn the misfits of what was typed into an error that names the flag."""
    try:
        yield
    except Mistyped as error:
        missing = [flag_for(kind, m.path) for m in error.misfits if m.code == "missing"]
        if missing:
            raise Missing(missing) from None
        raise _bad(kind, error.misfits[0]) from None
    except FutureFact as error:
        path = tuple(int(step) if step.isdecimal() else step for step in error.field.split("."))
        raise FutureFact(flag_for(kind, path), error.when, error.now) from None


def _bad(kind: str, misfit: Misfit) -> Unfitting:
    """What does not fit, under its flag; of a line of a sale the part is named too (``--item qty``)."""
    flag = flag_for(kind, misfit.path)
    if flag.startswith("--") and len(misfit.path) > 2 and isinstance(misfit.path[1], int):
        flag = f"{flag} {misfit.path[-1]}"
    return Unfitting(flag, misfit.sentence.partition(": ")[2] or misfit.sentence)


def checked(kind: str, record_id: str, edits: Sequence[Edit], pen: Pen) -> Sequence[Edit]:
    """The edits of an own verb, once it is sure that what they make is a record; the error names the flag."""
    file, data = pen.file_of(record_id)
    tree = applied(read(data, file), edits)
    with typed_in(kind):
        typed(kind, tree, pen.book.settings.setting)
    return edits


def written(session: Session, pen: Pen, message: str) -> None:
    """Write what the pen holds; a commit that could not be made is said, and is the exit code, but stops nothing.

    The refusals are those of :func:`allowed`.
    """
    allowed(session, pen)
    try:
        pen.done(message)
    except NotCommitted as error:
        session.not_committed(error)


def allowed(session: Session, pen: Pen) -> None:
    """Refuse what no command may write.

    None takes what is not there, be it a part or a customer's points, on any day, nor gives a benefit to whom it is not
    for.
    """
    limits.refuse_shortfalls(session, pen)
    visits = pen.touched_of("visit")
    contacts = [record for record in visits if getattr(record, "wants", None) or getattr(record, "gave", None)]
    if contacts:
        from aftercare.commands.benefits import refuse_misuse  # most contacts are not about benefits

        refuse_misuse(session, pen, contacts)


def change_of(session: Session, pen: Pen) -> Change:
    """The difference that what was written makes to the promises of the customers it touches."""
    return effects.together(changes_of(session, pen))


def changes_of(session: Session, pen: Pen) -> Iterator[Change]:
    """The same, of some customers after the others: nobody has to hold a hundred thousand promises at once."""
    owners = effects.owners(pen)
    if owners:  # of goods and the like nothing is promised to anybody
        yield from effects.changes(pen, sorted(owners), session.rules(pen.book), session.now())


def tell(
    session: Session,
    pen: Pen,
    *,
    ids: list[str] | None = None,
    fmt: str = "table",
    beside: Beside | None = None,
) -> None:
    """Print the new ids on stdout and the effect on stderr, what was done *beside* first; in JSON all is one answer."""
    change = change_of(session, pen)
    if fmt == "json":
        rows = [
            {"id": i, "kept": [p.id for p in change.kept], "promised": [p.id for p in change.promised]}
            | (dict(beside.rows) if beside else {})
            for i in (ids if ids is not None else pen.touched_ids)
        ]
        put_json(rows[0] if len(rows) == 1 else rows)
        return
    for new in ids or ():
        put(new)
    for sentence in beside.said if beside else ():
        say(sentence)
    tell_change(change)


def tell_change(change: Change) -> None:
    """Say on stderr what was done to the ledger."""
    tell_clauses(said(change))


def tell_clauses(clauses: Iterable[str]) -> None:
    """Say on stderr what belongs together, side by side as far as lines are wide."""
    for line in filled(clauses):
        say(line)


def add_one(
    session: Session,
    kind: str,
    make: Callable[[Pen, Reader], dict[str, Tree]],
    *,
    fmt: str,
    verb: str = "add",
    beside: Callable[[Pen, Record], Beside] | None = None,
    then: Callable[[Session, Pen, Record], None] | None = None,
) -> Record:
    """Write one new record, and print its id and what it did, and *then* what else there is to say of it.

    What *beside* writes with the same pen is done with it, or not at all.
    """
    with session.writing(f"{kind} {verb}") as pen:
        tree = make(pen, reader(session, pen.shelf))
        with typed_in(kind):
            record = pen.add(kind, tree)
        more = beside(pen, record) if beside else None
        written(session, pen, f"{kind} {verb} {record.id}")
    tell(session, pen, ids=[record.id], fmt=fmt, beside=more)
    if then:
        then(session, pen, record)
    return record


def ledger_now(session: Session, pen: Pen, customers: Iterable[str]) -> Ledger:
    """The ledger as the pen found it, of some customers."""
    return ledger_of(pen.shelf, session.rules(pen.book), session.now(), sorted(customers))


def values_of(context_values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the record's own flags among all that a command got."""
    return {name: value for name, value in context_values.items() if name.startswith("field__")}
