"""The own verbs of promises.

A spoken promise has a record of its own, which is edited.  The facts about any other (moved, released, broken,
apologised) stand in a promise record with ``of``: one for each promise, made when the first fact comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import click

from aftercare.answers import due as answers
from aftercare.answers import filters
from aftercare.answers.affairs import behind
from aftercare.answers.ids_of_now import ids_of_now
from aftercare.answers.kept_with import keep_with
from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Promise
from aftercare.answers.states import ENDED, OPEN
from aftercare.book.ids import loosely
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds, facts
from aftercare.commands.facts import AT, MOVE
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON, show_record
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import Contradicts, NoSuchRecord
from aftercare.language import N_, _, word
from aftercare.plain.moments import day_of
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.text import for_ids
from aftercare.plain.tree import Tree
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.words import PROMISE_KINDS
from aftercare.render.names import names_of
from aftercare.render.output import put
from aftercare.render.promises import FIELDS, columns
from aftercare.render.rows import Choice, emit, emit_one
from aftercare.render.sentences import promise_story

REF = argument("ref", metavar="PROMISE")
REASON = option("--reason", required=True, metavar="S", text=N_("why"))
Beside: TypeAlias = Callable[[Pen, Reader, Promise], list[Edit]]


def promise_of(session: Session, ledger: Ledger, shelf: Shelf, ref: str) -> Promise:
    """The promise that a REF means: its own id, or words that find the record of a spoken one."""
    return _known(ledger, promise_id(session, shelf, ref), ref)


def promise_now(session: Session, pen: Pen, ref: str) -> tuple[Ledger, Promise]:
    """The promise that a REF means as the pen found it, with the ledger of those whom it is about."""
    found = promise_id(session, pen.shelf, ref)
    ledger = deeds.ledger_now(session, pen, behind(pen.shelf, found))
    return ledger, _known(ledger, found, ref)


def promise_id(session: Session, shelf: Shelf, ref: str) -> str:
    """The id of the promise that a REF means, if there is one."""
    if "/" in for_ids(ref):
        found = deeds.resolved(session, shelf, ref, ("any_promise",))
    else:
        found = deeds.own(session, shelf, ref, "promise")
    record = shelf.get(found)
    return record.of if isinstance(record, PromiseRecord) and record.of else found


def _known(ledger: Ledger, found: str, ref: str) -> Promise:
    promise = ledger.get(found)
    if promise is None:
        raise NoSuchRecord(_("promise"), ref)
    return promise


def add_fact(
    session: Session, ref: str, verb_name: str, fmt: str, make: Any, beside: Beside | None = None
) -> tuple[Pen, Promise]:
    """Add a fact about a promise, to its own record or to the record of facts about it.

    *beside* writes more with the same pen, and says what of that belongs into the record.
    """
    with session.writing(f"promise {verb_name}") as pen:
        ledger, promise = promise_now(session, pen, ref)
        reader = deeds.reader(session, pen.shelf)
        edits: list[Edit] = make(reader, promise, ledger)
        edits += beside(pen, reader, promise) if beside else []
        record = record_about(pen, promise)
        if record is None:
            tree = _new_record(session, promise, edits)
            with deeds.typed_in("promise"):
                written_id = pen.add("promise", tree).id
        else:
            written_id = record.id
            pen.edit(written_id, deeds.checked("promise", written_id, edits, pen))
        deeds.written(session, pen, f"promise {verb_name} {written_id}")
    deeds.tell(session, pen, ids=[written_id] if fmt == "json" else None, fmt=fmt)
    return pen, promise


def record_about(pen: Pen, promise: Promise) -> PromiseRecord | None:
    """The record of a promise itself, or that of the facts about it, where there is one."""
    own = pen.shelf.get(promise.id)
    if isinstance(own, PromiseRecord):
        return own
    return next((record for record in records_about(pen.shelf, promise.id) if record.of == promise.id), None)


def records_about(shelf: Shelf, *ids: str) -> Iterator[PromiseRecord]:
    """Records among which all are of, or about, these promises or breaches."""
    heads = (shelf.get(one.partition("/")[0]) for one in ids)
    on = {name for head in heads if head for name in head.ids}
    return shelf.hanging(PromiseRecord, *on, *{owner for one in ids for owner in behind(shelf, one)})


def _new_record(session: Session, promise: Promise, edits: list[Edit]) -> dict[str, Tree]:
    from aftercare.plain.splicing import applied

    return applied({"of": promise.id, "made_on": day_of(session.now()).isoformat()}, edits)


def refuse_ended(promise: Promise) -> None:
    """Nothing becomes of a promise any more that was kept, broken or let go."""
    if promise.state in ENDED:
        raise Contradicts(_("{promise} is {state} already").format(promise=promise.id, state=word(promise.state)))


@verb(
    "keep",
    N_("A spoken promise was kept."),
    REF,
    AT,
    option("--by", metavar="REF", text=N_("who of the shop kept it")),
    option("--how", metavar="S", text=N_("how")),
    JSON,
    example="aftercare promise keep PM26-0007 --how 已回电话",
)
def keep(session: Session, ref: str, at: str | None, by: str | None, how: str | None, fmt: str) -> None:
    """A spoken promise was kept; any other is kept by the record of what was done."""

    def make(reader: Any, promise: Promise, ledger: Ledger) -> list[Edit]:
        refuse_ended(promise)
        if promise.id != promise.draft.record:
            command = keep_with(promise, ledger.affairs[promise.draft.to])
            raise Contradicts(
                _("{promise} is kept by the record of what was done").format(promise=promise.id), " ".join(command)
            )
        kept: dict[str, Tree] = {"at": facts.at(session, reader, at)}
        if by:
            kept["by"] = reader.resolve(by, ("staff",))
        if how:
            kept["how"] = how
        return [Set(("kept",), kept)]

    add_fact(session, ref, "keep", fmt, make)


@verb(
    "postpone",
    N_("Move a promise to another time."),
    REF,
    *MOVE,
    JSON,
    example="aftercare promise postpone PM26-0007 --to 下周三 --asked-by customer --reason 出差",
)
def postpone(session: Session, ref: str, fmt: str, **values: Any) -> None:
    """Move a promise."""

    def make(reader: Any, promise: Promise, ledger: Ledger) -> list[Edit]:
        refuse_ended(promise)
        return [Append(("moved",), facts.move(session, reader, values))]

    add_fact(session, ref, "postpone", fmt, make)


@verb(
    "release",
    N_("The customer let go of a promise."),
    REF,
    REASON,
    option("--how", metavar="S", text=N_("how the customer said so")),
    AT,
    JSON,
    example="aftercare promise release PM26-0007 --reason 已自行解决",
)
def release(session: Session, ref: str, reason: str, how: str | None, at: str | None, fmt: str) -> None:
    """The customer let go."""

    def make(reader: Any, promise: Promise, ledger: Ledger) -> list[Edit]:
        refuse_ended(promise)
        fact: dict[str, Tree] = {"on": facts.at(session, reader, at), "reason": reason}
        return [Set(("released",), fact | ({"how": how} if how else {}))]

    add_fact(session, ref, "release", fmt, make)


@verb(
    "break",
    N_("We say that we will not keep a promise."),
    REF,
    REASON,
    AT,
    JSON,
    example="aftercare promise break PM26-0007 --reason 厂家停产",
)
def break_(session: Session, ref: str, reason: str, at: str | None, fmt: str) -> None:
    """We will not keep it."""

    def make(reader: Any, promise: Promise, ledger: Ledger) -> list[Edit]:
        refuse_ended(promise)
        return [Set(("broken",), {"on": facts.at(session, reader, at), "reason": reason})]

    add_fact(session, ref, "break", fmt, make)


@verb(
    "list",
    N_("List promises, spoken ones and all others."),
    option("--state", multiple=True, type=click.Choice((*OPEN, *ENDED, "open")), text=N_("only in this state")),
    option("--what", multiple=True, type=click.Choice(PROMISE_KINDS), text=N_("only this kind of promise")),
    option("--binds", multiple=True, type=click.Choice(("told", "law", "plan")), text=N_("only what binds so")),
    option("--customer", multiple=True, metavar="REF", text=N_("only to this customer")),
    option("--person", multiple=True, metavar="REF", text=N_("only what this person is to do")),
    option("--where", multiple=True, metavar="FIELD=V", text=N_("a filter: FIELD=V, FIELD!=V, FIELD~TEXT, …")),
    option("--period", metavar="P", text=N_("made in 2026, 2026-Q1, 2026-03 or D..D")),
    *output_options(),
    example="aftercare promise list --state overdue --format json",
)
def list_(session: Session, where: tuple[str, ...], period: str | None, **asked: Any) -> None:
    """The promises of the book."""
    _book, shelf, ledger = session.ledger()
    states = {s for state in asked["state"] for s in (OPEN if state == "open" else (state,))}
    people = {
        name: {deeds.resolved(session, shelf, ref, (kind,)) for ref in asked[name]}
        for name, kind in (("customer", "customer"), ("person", "staff"))
    }
    chosen = [
        promise
        for promise in ledger.promises
        if (not states or promise.state in states)
        and (not asked["what"] or promise.what in asked["what"])
        and (not asked["binds"] or promise.draft.binds in asked["binds"])
        and (not people["customer"] or promise.draft.to in people["customer"])
        and (not people["person"] or promise.person in people["person"])
        and _made_within(promise, period, session)
    ]
    now = session.now()
    rows = [answers.row(promise, ledger, now) for promise in chosen]
    for text in where:
        rows = filters.where(rows, text, session.moment_now(), ids_of_now(shelf))
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    emit(rows, columns(names_of(shelf), now), choice, header=FIELDS)


def _made_within(promise: Promise, period: str | None, session: Session) -> bool:
    if period is None:
        return True
    first, last = filters.period(period, session.moment_now())
    return first <= day_of(promise.draft.made_on) <= last


def _about_breach(session: Session, shelf: Shelf, ref: str) -> str | None:
    """The record that a REF names, if it is about a breach of service and so about no promise."""
    from aftercare.commands import accept  # most records are about promises

    named = loosely(ref)
    record = shelf.get(str(named)) if named else None
    is_about = isinstance(record, PromiseRecord) and record.of and accept.meant(record.of)
    return record.id if record and is_about else None


@verb(
    "show",
    N_("Show a promise and how it was made and kept."),
    REF,
    *output_options(),
    example="aftercare promise show SA26-0012/1/deliver",
)
def show(session: Session, ref: str, **asked: Any) -> None:
    """One promise: its record where it has one, its story, its row."""
    _book, shelf, ledger = session.ledger()
    choice = Choice(asked["fmt"], asked["fields"])
    about = _about_breach(session, shelf, ref)
    if about:
        show_record(session, shelf, about, choice)
        return
    promise = promise_of(session, ledger, shelf, ref)
    row = answers.row(promise, ledger, session.now())
    if choice.fmt == "table" and not choice.fields:
        for line in promise_story(row, shelf):
            put(line)
    elif choice.fmt == "json" and not choice.fields and isinstance(shelf.get(promise.id), PromiseRecord):
        show_record(session, shelf, promise.id, choice)
    else:
        emit_one(row, choice)
